//! What people type to find something, as the indexes take it.

/// Without so many letters and digits in a row a text is looked for at the beginning of numbers, references and names alone: an index
/// finds what is within others by three of them.
const WITHIN_CHARS_MIN: usize = 3;

/// Most words of a text that are tried as its figure.
const FIGURES_MAX: usize = 3;

/// What is looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Sought {
    /// As it was typed, without spaces around it.
    pub(crate) text: String,
    /// In small letters: where a number or a name begins.
    pub(crate) from: String,
    /// The end of everything that begins so.
    pub(crate) to: String,
    /// What LIKE finds it by within a text; none where the index would not serve it.
    pub(crate) pattern: Option<String>,
    /// The number that it is, if it is one.
    pub(crate) number: Option<i64>,
}

impl Sought {
    /// What a text looks for; none where it is empty.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let from = text.to_lowercase();
        Some(Self {
            text: text.to_owned(),
            // The greatest character there is: whatever begins with the text comes before it.
            to: format!("{from}\u{10FFFF}"),
            from,
            pattern: is_indexed(text).then(|| format!("%{}%", escaped(text))),
            number: text.parse().ok().filter(|number| *number > 0),
        })
    }

    /// What LIKE finds: the text anywhere, or, where an index would not serve that, at the beginning alone.
    pub(crate) fn within_or_beginning(&self) -> String {
        let beginning = || format!("{}%", escaped(&self.text));
        self.pattern.clone().unwrap_or_else(beginning)
    }
}

/// An amount or a number, and the words beside it: `3200 cedar`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct FigureAndWords {
    /// What may be an amount or the beginning of a number.
    pub(crate) figure: Sought,
    /// What LIKE finds each of the other words by, within a text; at least one.
    pub(crate) patterns: Vec<String>,
}

impl FigureAndWords {
    /// Each way in which a text can be meant so: one of its words with a digit in it is the figure; [`FIGURES_MAX`] at most are tried.
    pub(crate) fn of(text: &str) -> Vec<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() < 2 {
            return Vec::new();
        }
        let has_digit = |(_, word): &(usize, &&str)| word.contains(|c: char| c.is_ascii_digit());
        let figures = words.iter().enumerate().filter(has_digit).take(FIGURES_MAX);
        let of = |(at, figure): (usize, &&str)| {
            let others = words.iter().enumerate().filter(|(place, _)| *place != at);
            Some(Self {
                figure: Sought::of(figure)?,
                patterns: others.map(|(_, word)| format!("%{}%", escaped(word))).collect(),
            })
        };
        figures.filter_map(of).collect()
    }
}

/// Whether some letters and digits follow one another in a text, enough for an index: punctuation and spaces are not in it.
fn is_indexed(text: &str) -> bool {
    let runs = text.split(|character: char| !character.is_alphanumeric());
    runs.map(|run| run.chars().count())
        .any(|length| length >= WITHIN_CHARS_MIN)
}

/// A text of which LIKE takes every character as itself.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percent_sign_is_looked_for_as_itself() {
        let sought = Sought::of(" 100%_\\ ").expect("something");
        assert_eq!(sought.pattern.as_deref(), Some("%100\\%\\_\\\\%"));
        assert_eq!(sought.text, "100%_\\");
    }

    #[test]
    fn two_letters_are_looked_for_at_the_beginning_alone() {
        let sought = Sought::of("JE").expect("something");
        assert_eq!((sought.pattern, sought.from.as_str()), (None, "je"));
        let sought = Sought::of("JE").expect("something");
        assert!("je-1042" > sought.from.as_str() && "je-1042" < sought.to.as_str());
        assert_eq!(Sought::of("  "), None);
    }

    #[test]
    fn what_no_three_letters_or_digits_in_a_row_stand_in_is_looked_for_at_the_beginning_alone() {
        for text in ["---", "w w", "a-b-c", "%%%", "12.34", "Q&A", "à é"] {
            let sought = Sought::of(text).expect("something");
            assert_eq!(sought.pattern, None, "{text}");
            assert_eq!(sought.from, text.to_lowercase());
        }
        for text in ["abc", "a abc", "é1à", "1,234.50"] {
            assert!(Sought::of(text).expect("something").pattern.is_some(), "{text}");
        }
    }

    #[test]
    fn a_figure_among_words_is_told_from_them_and_each_that_may_be_it_is_tried() {
        let read = |text: &str| -> Vec<(String, Vec<String>)> {
            let of = FigureAndWords::of(text).into_iter();
            of.map(|each| (each.figure.text, each.patterns)).collect()
        };
        assert_eq!(read("3200 cedar"), [("3200".to_owned(), vec!["%cedar%".to_owned()])]);
        assert_eq!(read(" 100% cedar $3,200.00 ").len(), 2);
        assert_eq!(read("1 2 3 4 5").len(), FIGURES_MAX);
        for none in ["3200", "cedar property", "", " 3200 "] {
            assert_eq!(read(none), [], "{none}");
        }
    }

    #[test]
    fn a_number_may_be_one_of_a_series() {
        assert_eq!(Sought::of("1042").and_then(|sought| sought.number), Some(1042));
        assert_eq!(Sought::of("-3").and_then(|sought| sought.number), None);
    }
}
