//! What is done with the lines that are selected: all of it, or nothing.

use app::forms::{ACTION, FieldError, FormState};
use app::view::banking::review::{Done, DoneLink, Tab, action};
use app::view::lists::SELECT;
use books::review::{SelectedLine, line_exclude_selected, line_match_selected, line_undo_selected};

use crate::forms::request_key;
use crate::refusals::NotRecorded;
use crate::visitor::Company;

/// Whether a form is about the lines that are selected, and not about one row.
pub(super) fn is_of(form: &FormState) -> bool {
    let ours = [action::MATCH_SELECTED, action::EXCLUDE_SELECTED, action::UNDO_SELECTED];
    ours.contains(&form.value(ACTION))
}

/// Does it, and says what: `match.3`.
pub(super) async fn act(company: &Company, bank_account_id: i64, form: &FormState) -> Result<String, NotRecorded> {
    let (cx, key) = (&company.cx, request_key(form)?);
    let lines = selected(form)?;
    let (what, count) = match form.value(ACTION) {
        action::MATCH_SELECTED => ("match", line_match_selected(cx, bank_account_id, &lines, &key).await?),
        action::EXCLUDE_SELECTED => (
            "exclude",
            line_exclude_selected(cx, bank_account_id, &lines, &key).await?,
        ),
        _ => ("undo", line_undo_selected(cx, bank_account_id, &lines, &key).await?),
    };
    Ok(format!("{what}.{count}"))
}

/// The lines whose boxes were checked, each with what was suggested for it.
fn selected(form: &FormState) -> Result<Vec<SelectedLine>, FieldError> {
    let mut selected: Vec<SelectedLine> = Vec::new();
    for value in form.values(SELECT) {
        let parsed = match value.split_once('.') {
            Some((id, posting)) => id.parse().ok().zip(posting.parse().ok().map(Some)),
            None => value.parse().ok().map(|id| (id, None)),
        };
        let (id, posting_id) =
            parsed.ok_or_else(|| FieldError::form("A line could not be read. Select the lines again."))?;
        if selected.iter().all(|line| line.id != id) {
            selected.push(SelectedLine { id, posting_id });
        }
    }
    Ok(selected)
}

/// What was just done: `match.3` reads “3 lines were matched.”
pub(super) fn done(company: &Company, bank_account_id: i64, did: &str) -> Option<Done> {
    let (what, count) = did.split_once('.')?;
    let count: usize = count.parse().ok()?;
    let (one, many, leads_to) = match what {
        "match" => ("1 line was matched.", "lines were matched.", Tab::Accepted),
        "exclude" => ("1 line was excluded.", "lines were excluded.", Tab::Excluded),
        "undo" => ("1 line is back on the list.", "lines are back on the list.", Tab::New),
        _ => return None,
    };
    Some(Done {
        words: match count {
            1 => one.to_owned(),
            count => format!("{count} {many}"),
        },
        link: Some(DoneLink {
            text: format!("To “{}”", leads_to.label()),
            href: leads_to.address(&company.cx.tenant().slug, bank_account_id),
        }),
        undo: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_taken_once_with_what_was_suggested_for_it() {
        let form = FormState::new("k")
            .with(SELECT, "17.5")
            .with(SELECT, "17.5")
            .with(SELECT, "18");
        let line = |id, posting_id| SelectedLine { id, posting_id };
        assert_eq!(selected(&form).expect("lines"), [line(17, Some(5)), line(18, None)]);
        assert!(selected(&FormState::new("k").with(SELECT, "17.x")).is_err());
        assert!(is_of(&form.with(ACTION, action::UNDO_SELECTED)));
        assert!(!is_of(&FormState::new("k").with(ACTION, action::UNDO)));
    }
}
