//! Texts as forms bring them: trimmed, bounded, and free of what the database cannot keep.

use crate::Problem;

/// A text that may be empty: none then.
pub(crate) fn optional(field: &str, text: &str, chars_max: usize, problems: &mut Vec<Problem>) -> Option<String> {
    let text = text.trim();
    if text.contains('\0') {
        problems.push(Problem::at(
            field,
            "This holds a character that cannot be kept. Type it anew.",
        ));
    } else if text.chars().count() > chars_max {
        problems.push(Problem::at(
            field,
            format!("This has more than {chars_max} characters. Shorten it."),
        ));
    }
    (!text.is_empty()).then(|| text.to_owned())
}

/// A text that must be there; `missing` says what to do when it is not.
pub(crate) fn required(
    field: &str,
    text: &str,
    chars_max: usize,
    missing: &str,
    problems: &mut Vec<Problem>,
) -> String {
    optional(field, text, chars_max, problems).unwrap_or_else(|| {
        problems.push(Problem::at(field, missing));
        String::new()
    })
}

/// Goes on only without problems.
pub(crate) fn accept(problems: Vec<Problem>) -> Result<(), crate::Error> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(crate::Error::Invalid(problems))
    }
}

/// A text of the database whose CHECK is the list that `parse` knows; another one was written by a newer program.
pub(crate) fn known<T, E>(parsed: Result<T, E>) -> Result<T, crate::Error> {
    parsed.map_err(|_| tenancy::Error::WrongSchema.into())
}
