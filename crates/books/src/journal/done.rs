//! What a request of the journal did, read again for whoever is told of it: from the answer that its change keeps, so that an address
//! carries no figure that somebody could make up.

use serde::Deserialize;
use tenancy::{Capability, Cx, RequestKey};

use super::{DraftsPosted, SelectedSum};
use crate::Error;
use crate::journal_import::ImportOutcome;

/// What was done with several entries at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JournalDone {
    /// So many drafts were posted.
    Posted(usize),
    /// Entries were voided: how many and how much, a row for each currency.
    Voided(Vec<SelectedSum>),
    /// So many entries were imported.
    Imported(usize),
}

/// What the request of this key did with several journal entries; none where there was no such request, or it did something else.
pub async fn journal_done(cx: &Cx, key: &RequestKey) -> Result<Option<JournalDone>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let answer = sqlx::query_scalar!("select answer from change where request_key = $1", key.as_str())
        .fetch_optional(&mut *tx)
        .await?;
    Ok(answer.flatten().as_deref().and_then(of_answer))
}

/// Answers by their shape, of which no other request of the books has one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Posted(DraftsPosted),
    Voided(Vec<SelectedSum>),
    Imported(ImportOutcome),
}

fn of_answer(answer: &str) -> Option<JournalDone> {
    match serde_json::from_str(answer).ok()? {
        Answer::Posted(DraftsPosted { drafts_posted }) => Some(JournalDone::Posted(drafts_posted)),
        Answer::Voided(sums) if sums.is_empty() => None,
        Answer::Voided(sums) => Some(JournalDone::Voided(sums)),
        Answer::Imported(outcome) => Some(JournalDone::Imported(outcome.new)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_by_its_shape_and_that_of_another_request_is_none() {
        let outcome = ImportOutcome {
            new: 12,
            ..ImportOutcome::default()
        };
        let imported = serde_json::to_string(&outcome).expect("an answer");
        assert_eq!(of_answer(&imported), Some(JournalDone::Imported(12)));
        assert_eq!(of_answer(r#"{"drafts_posted":3}"#), Some(JournalDone::Posted(3)));
        let sums = r#"[{"currency":"USD","entries":2,"drafts":0,"total":33456}]"#;
        assert!(matches!(of_answer(sums), Some(JournalDone::Voided(sums)) if sums[0].total == 33_456));
        for other in [
            "7",
            "null",
            "[]",
            r#"{"id":7,"version":1}"#,
            r#"{"new":1,"changed":0,"refused":0}"#,
            "junk",
        ] {
            assert_eq!(of_answer(other), None, "{other}");
        }
    }
}
