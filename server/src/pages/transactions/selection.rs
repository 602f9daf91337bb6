//! What is done with the rows that are selected: all of it, or nothing.

use app::forms::{ACTION, FieldError, FormState};
use app::view::lists::SELECT;
use app::view::transactions::{ASKED, VoidQuestion, action};
use axum::http::StatusCode;
use books::journal::{Selected, SelectedSum, journal_issue_selected, journal_selected_sums, journal_void_selected};
use books::settlements::settlement_applied;
use ledger::money::format_amount;
use tenancy::RequestKey;

use crate::errors::PageError;
use crate::forms::request_key;
use crate::pages::accounting::{Facts, released_words};
use crate::refusals::NotRecorded;
use crate::visitor::Company;

/// The question whether what is selected is to be voided: how many entries, and what they add up to.
pub(super) async fn question(facts: &Facts, company: &Company, form: &FormState) -> Result<VoidQuestion, NotRecorded> {
    let selected = selected(form)?;
    let sums = journal_selected_sums(&company.cx, &selected).await?;
    let drafts: usize = sums.iter().map(|sum| sum.drafts).sum();
    let drafts = match drafts {
        0 => String::new(),
        1 => " One of them is a draft.".to_owned(),
        drafts => format!(" {drafts} of them are drafts."),
    };
    if sums.is_empty() {
        let message = "What is selected was voided meanwhile, or is no journal entry. Select the rows again.";
        return Err(FieldError::form(message).into());
    }
    let ids: Vec<i64> = selected.iter().map(|entry| entry.id).collect();
    let released = settlement_applied(&company.cx, &ids).await.map_err(NotRecorded::from)?;
    let them = match selected.len() {
        1 => "it",
        _ => "them",
    };
    Ok(VoidQuestion {
        words: format!("Void {}?{drafts}", entries_words(&sums)),
        releases: released_words(&released, them, facts.currency),
        asked: asked(&selected),
    })
}

/// `3 entries of 1,234.00 USD in all`.
pub(super) fn entries_words(sums: &[SelectedSum]) -> String {
    let amounts: Vec<String> = sums
        .iter()
        .map(|sum| format!("{} {}", format_amount(sum.total, sum.currency), sum.currency.code()))
        .collect();
    let amounts = amounts.join(" and ");
    match sums.iter().map(|sum| sum.entries).sum::<usize>() {
        1 => format!("1 entry of {amounts}"),
        count => format!("{count} entries of {amounts} in all"),
    }
}

/// A selection as the question about it carries it.
fn asked(selected: &[Selected]) -> String {
    let mut selected: Vec<(i64, i32)> = selected.iter().map(|entry| (entry.id, entry.version)).collect();
    selected.sort_unstable();
    let selected: Vec<String> = selected.iter().map(|(id, version)| format!("{id}.{version}")).collect();
    selected.join(" ")
}

/// Does it, and gives the key by which the books know what was done.
pub(super) async fn act(facts: &Facts, company: &Company, form: &FormState) -> Result<RequestKey, NotRecorded> {
    let key = request_key(form)?;
    let selected = selected(form)?;
    match form.value(ACTION) {
        action::POST => {
            journal_issue_selected(&company.cx, &selected, &key).await?;
        }
        action::VOID if form.value(ASKED) != asked(&selected) => {
            let message = "Other rows are selected than those that you were asked about, and nothing was voided. Look at the question \
                           again.";
            return Err(FieldError::form(message).into());
        }
        action::VOID => {
            let reason = form.value("reason");
            journal_void_selected(&company.cx, &selected, facts.today, reason, &key).await?;
        }
        _ => return Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    }
    Ok(key)
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
    use ledger::money::Currency;

    use super::*;

    #[test]
    fn a_question_names_the_sum_of_each_currency() {
        let sum = |code: &str, entries, total| SelectedSum {
            currency: Currency::parse(code).expect("a currency"),
            entries,
            drafts: 0,
            total,
        };
        let one = [sum("USD", 1, 5_000)];
        assert_eq!(entries_words(&one), "1 entry of 50.00 USD");
        let several = [sum("JPY", 1, 700), sum("USD", 2, 123_400)];
        assert_eq!(entries_words(&several), "3 entries of 700 JPY and 1,234.00 USD in all");
    }

    #[test]
    fn the_question_is_about_the_same_rows_in_whatever_order_they_come() {
        let row = |id| Selected { id, version: 2 };
        assert_eq!(asked(&[row(18), row(17)]), "17.2 18.2");
        assert_eq!(asked(&[row(17), row(18)]), "17.2 18.2");
        assert_ne!(asked(&[row(17)]), asked(&[row(18)]));
    }

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
