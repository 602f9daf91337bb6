//! What was just done with entries of the list, in a sentence.

use books::journal::{JournalDone, journal_done};
use tenancy::RequestKey;

use super::selection::entries_words;
use crate::errors::PageError;
use crate::visitor::Company;

/// What the request of this key did, read from the books: an address says which request it was and no figure. None where it did
/// nothing of the kind.
pub(super) async fn words(company: &Company, key: &str) -> Result<Option<String>, PageError> {
    let Ok(key) = RequestKey::parse(key) else {
        return Ok(None);
    };
    let done = journal_done(&company.cx, &key).await?;
    Ok(done.map(|done| sentence(&done)))
}

fn sentence(done: &JournalDone) -> String {
    match done {
        JournalDone::Posted(1) => "1 draft was posted.".to_owned(),
        JournalDone::Posted(count) => format!("{count} drafts were posted."),
        JournalDone::Voided(sums) => {
            let count: usize = sums.iter().map(|sum| sum.entries).sum();
            let verb = if count == 1 { "was" } else { "were" };
            format!("{} {verb} voided.", entries_words(sums))
        }
        JournalDone::Imported(1) => "1 entry was imported.".to_owned(),
        JournalDone::Imported(count) => format!("{count} entries were imported."),
    }
}

#[cfg(test)]
mod tests {
    use books::journal::SelectedSum;
    use ledger::money::Currency;

    use super::*;

    #[test]
    fn what_was_done_is_said_with_how_many_and_how_much() {
        let sum = |currency, entries, total| SelectedSum {
            currency,
            entries,
            drafts: 0,
            total,
        };
        let jpy = Currency::parse("JPY").expect("a currency");
        for (done, words) in [
            (JournalDone::Posted(1), "1 draft was posted."),
            (JournalDone::Posted(3), "3 drafts were posted."),
            (JournalDone::Imported(12), "12 entries were imported."),
            (
                JournalDone::Voided(vec![sum(Currency::USD, 1, 5_000)]),
                "1 entry of 50.00 USD was voided.",
            ),
            (
                JournalDone::Voided(vec![sum(jpy, 1, 700), sum(Currency::USD, 2, 123_400)]),
                "3 entries of 700 JPY and 1,234.00 USD in all were voided.",
            ),
        ] {
            assert_eq!(sentence(&done), words);
        }
    }
}
