//! What is done with the rows that are selected: all of it, or nothing.

use app::forms::{ACTION, FieldError, FormState};
use app::view::lists::SELECT;
use app::view::transactions::action;
use axum::http::StatusCode;
use books::journal::{Selected, journal_issue_selected, journal_void_selected};

use crate::errors::PageError;
use crate::forms::request_key;
use crate::pages::accounting::Facts;
use crate::refusals::NotRecorded;
use crate::visitor::Company;

/// Does it, and says what: `post.3`.
pub(super) async fn act(facts: &Facts, company: &Company, form: &FormState) -> Result<String, NotRecorded> {
    let key = request_key(form)?;
    let what = form.value(ACTION);
    let selected = selected(form)?;
    let count = match what {
        action::POST => journal_issue_selected(&company.cx, &selected, &key).await?,
        action::VOID => journal_void_selected(&company.cx, &selected, facts.today, form.value("reason"), &key).await?,
        _ => return Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    };
    Ok(format!("{what}.{count}"))
}

/// The rows whose boxes were checked, each with the version that was shown.
fn selected(form: &FormState) -> Result<Vec<Selected>, FieldError> {
    let mut selected: Vec<Selected> = Vec::new();
    for value in form.values(SELECT) {
        let parsed = value.split_once('.').and_then(|(id, version)| {
            Some(Selected {
                id: id.parse().ok()?,
                version: version.parse().ok()?,
            })
        });
        let entry = parsed.ok_or_else(|| FieldError::form("A row could not be read. Select the rows again."))?;
        if !selected.contains(&entry) {
            selected.push(entry);
        }
    }
    Ok(selected)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_taken_once_as_it_was_seen() {
        let form = FormState::new("k")
            .with(SELECT, "17.2")
            .with(SELECT, "17.2")
            .with(SELECT, "18.1");
        let selected = selected(&form).expect("rows");
        assert_eq!(
            selected,
            [Selected { id: 17, version: 2 }, Selected { id: 18, version: 1 }]
        );
        assert!(super::selected(&FormState::new("k").with(SELECT, "all")).is_err());
    }
}
