//! The chain: each event's hash covers the one before it, and the first link covers the company's id.

use sha2::{Digest as _, Sha256};
use thiserror::Error;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{Digest, Event, FormatError};

/// An event as its table holds it.
#[derive(Clone, Copy, Debug)]
pub struct StoredEvent<'a> {
    /// Its number.
    pub seq: i64,
    /// Its change.
    pub change: i64,
    /// Its table, kept beside the bytes so that a row's history is found.
    pub source: &'a str,
    /// Its row, kept for the same.
    pub row_id: &'a str,
    /// What was hashed.
    pub bytes: &'a [u8],
    /// The link.
    pub hash: &'a [u8],
    /// The row of its change, which must say the same of who and when.
    pub made_by: Option<StoredChange<'a>>,
}

/// Who made a change, and when, as its table holds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StoredChange<'a> {
    /// UTC.
    pub at: OffsetDateTime,
    /// The kind of actor.
    pub actor_kind: &'a str,
    /// The actor.
    pub actor: &'a str,
    /// The actor's role.
    pub role: &'a str,
    /// The request's id.
    pub request: &'a str,
}

/// The first event that does not hold, and why. What comes after it proves nothing.
#[derive(Debug, Error)]
#[error("event {seq}: {fault}")]
pub struct BadEvent {
    /// The event's number as its table has it.
    pub seq: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with an event.
#[derive(Debug, Error)]
pub enum Fault {
    /// Numbers go up by one: events are missing or were put in.
    #[error("event {expected} should come here")]
    Gap {
        /// The number that should have come.
        expected: i64,
    },
    /// The bytes, or those of an event before, are not what was hashed.
    #[error("its hash is not that of the event before and its bytes")]
    Hash,
    /// The hash is right and the bytes are no event.
    #[error(transparent)]
    Unreadable(#[from] FormatError),
    /// A column of the event's row says something else than its bytes.
    #[error("its column {0} says something else than its bytes")]
    Column(&'static str),
    /// The row of its change says something else of who made it, or when.
    #[error("its change says something else of its {0}")]
    Change(&'static str),
    /// Its change is gone.
    #[error("its change {0} is missing")]
    ChangeMissing(i64),
    /// It is of another company's chain.
    #[error("it belongs to company {0}")]
    Company(Uuid),
    /// Changes come one after the other.
    #[error("its change {change} comes after {before}")]
    Backwards {
        /// The event's change.
        change: i64,
        /// The change of the event before.
        before: i64,
    },
}

/// Checks a company's events one by one, in their order, in constant memory.
#[derive(Clone, Debug)]
pub struct ChainVerifier {
    company: Uuid,
    seq: i64,
    change: i64,
    hash: Digest,
}

/// The link before the first event: the company's id makes every company's chain its own.
pub fn first_link(company: Uuid) -> Digest {
    Sha256::digest(format!("cartefi audit 1 {company}")).into()
}

impl ChainVerifier {
    /// Starts before a company's first event.
    pub fn new(company: Uuid) -> Self {
        Self {
            company,
            seq: 0,
            change: 0,
            hash: first_link(company),
        }
    }

    /// Checks the next event and gives what it says.
    pub fn check<'a>(&mut self, stored: &StoredEvent<'a>) -> Result<Event<'a>, BadEvent> {
        self.step(stored).map_err(|fault| BadEvent { seq: stored.seq, fault })
    }

    /// The number of the last event, 0 before the first.
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// The change of the last event, 0 before the first.
    pub fn change(&self) -> i64 {
        self.change
    }

    /// The last link.
    pub fn hash(&self) -> Digest {
        self.hash
    }

    fn step<'a>(&mut self, stored: &StoredEvent<'a>) -> Result<Event<'a>, Fault> {
        let expected = self.seq + 1;
        if stored.seq != expected {
            return Err(Fault::Gap { expected });
        }
        let hash: Digest = Sha256::new()
            .chain_update(self.hash)
            .chain_update(stored.bytes)
            .finalize()
            .into();
        if hash != stored.hash {
            return Err(Fault::Hash);
        }
        let event = Event::parse(stored.bytes)?;
        if event.company != self.company {
            return Err(Fault::Company(event.company));
        }
        columns_agree(stored, &event)?;
        if event.change < self.change {
            return Err(Fault::Backwards {
                change: event.change,
                before: self.change,
            });
        }
        *self = Self {
            company: self.company,
            seq: event.seq,
            change: event.change,
            hash,
        };
        Ok(event)
    }
}

fn columns_agree(stored: &StoredEvent<'_>, event: &Event<'_>) -> Result<(), Fault> {
    let columns = [
        ("seq", stored.seq == event.seq),
        ("change", stored.change == event.change),
        ("source", stored.source == event.table),
        ("row_id", stored.row_id == event.row),
    ];
    if let Some((column, _)) = columns.into_iter().find(|(_, same)| !same) {
        return Err(Fault::Column(column));
    }
    let by = stored.made_by.ok_or(Fault::ChangeMissing(event.change))?;
    let columns = [
        ("time", by.at == event.at),
        ("kind of actor", by.actor_kind == event.actor_kind),
        ("actor", by.actor == event.actor),
        ("role", by.role == event.role),
        ("request", by.request == event.request),
    ];
    match columns.into_iter().find(|(_, same)| !same) {
        Some((column, _)) => Err(Fault::Change(column)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::format::tests::written;

    const COMPANY: Uuid = Uuid::from_u128(0x1f);

    const DANA: StoredChange<'static> = StoredChange {
        at: datetime!(2026-10-31 17:04:05.678901 UTC),
        actor_kind: "person",
        actor: "dana@junipercycles.example",
        role: "admin",
        request: "r1",
    };

    #[derive(Clone)]
    struct Row {
        seq: i64,
        change: i64,
        row_id: &'static str,
        bytes: Vec<u8>,
        hash: Vec<u8>,
    }

    impl Row {
        fn stored(&self) -> StoredEvent<'_> {
            StoredEvent {
                seq: self.seq,
                change: self.change,
                source: "account",
                row_id: self.row_id,
                bytes: &self.bytes,
                hash: &self.hash,
                made_by: Some(DANA),
            }
        }
    }

    /// Three events in two changes, chained as the database chains them.
    fn chain() -> Vec<Row> {
        let mut link = first_link(COMPANY);
        [(1, 1, "1"), (2, 1, "2"), (3, 2, "3")]
            .into_iter()
            .map(|(seq, change, row_id)| {
                let bytes = written(COMPANY, change, seq, row_id, "{}");
                link = rehash(link, &bytes);
                Row {
                    seq,
                    change,
                    row_id,
                    bytes,
                    hash: link.to_vec(),
                }
            })
            .collect()
    }

    fn rehash(link: Digest, bytes: &[u8]) -> Digest {
        Sha256::digest([&link[..], bytes].concat()).into()
    }

    fn first_bad(rows: &[Row]) -> Option<BadEvent> {
        let mut verifier = ChainVerifier::new(COMPANY);
        rows.iter().find_map(|row| verifier.check(&row.stored()).err())
    }

    #[test]
    fn the_first_link_is_the_hash_of_the_companys_id() {
        // sha256sum of the 52 bytes "cartefi audit 1 00000000-0000-0000-0000-000000000000".
        let known = "4c0af1a5e487e5ef0e872e09e4a4ce937c7bc1b24afba6b23a9103c8ca800ec3";
        assert_eq!(hex::encode(first_link(Uuid::nil())), known);
    }

    #[test]
    fn an_untouched_chain_holds_and_ends_in_its_last_link() {
        let rows = chain();
        let mut verifier = ChainVerifier::new(COMPANY);
        for row in &rows {
            verifier.check(&row.stored()).expect("the event holds");
        }
        assert_eq!((verifier.seq(), verifier.change()), (3, 2));
        assert_eq!(verifier.hash().as_slice(), rows[2].hash);
    }

    #[test]
    fn a_changed_byte_is_found_at_the_event_that_holds_it() {
        let mut rows = chain();
        rows[1].bytes = String::from_utf8(rows[1].bytes.clone())
            .expect("text")
            .replacen("dana@", "evan@", 1)
            .into_bytes();
        let bad = first_bad(&rows).expect("a bad event");
        assert!(matches!((bad.seq, bad.fault), (2, Fault::Hash)));
    }

    #[test]
    fn an_event_hashed_anew_breaks_the_link_of_the_one_after_it() {
        let mut rows = chain();
        rows[1].bytes = written(COMPANY, 1, 2, "2", r#"{"name": "other"}"#);
        let link: Digest = rows[0].hash.as_slice().try_into().expect("32 bytes");
        rows[1].hash = rehash(link, &rows[1].bytes).to_vec();
        let bad = first_bad(&rows).expect("a bad event");
        assert!(matches!((bad.seq, bad.fault), (3, Fault::Hash)));
    }

    #[test]
    fn an_event_taken_out_is_a_gap() {
        let mut rows = chain();
        rows.remove(1);
        let bad = first_bad(&rows).expect("a bad event");
        assert!(matches!((bad.seq, bad.fault), (3, Fault::Gap { expected: 2 })));
    }

    #[test]
    fn a_column_that_differs_from_the_bytes_is_named() {
        let mut rows = chain();
        rows[2].row_id = "4";
        assert!(matches!(
            first_bad(&rows).expect("a bad event").fault,
            Fault::Column("row_id")
        ));
        let mut rows = chain();
        rows[2].change = 1;
        assert!(matches!(
            first_bad(&rows).expect("a bad event").fault,
            Fault::Column("change")
        ));
    }

    #[test]
    fn a_change_that_names_somebody_else_is_found() {
        let rows = chain();
        let mut stored = rows[0].stored();
        stored.made_by = Some(StoredChange {
            actor: "evan@junipercycles.example",
            ..DANA
        });
        assert!(matches!(
            ChainVerifier::new(COMPANY).check(&stored),
            Err(BadEvent {
                seq: 1,
                fault: Fault::Change("actor")
            })
        ));
        stored.made_by = None;
        assert!(matches!(
            ChainVerifier::new(COMPANY).check(&stored),
            Err(BadEvent {
                seq: 1,
                fault: Fault::ChangeMissing(1)
            })
        ));
    }

    #[test]
    fn an_event_of_another_company_is_refused_even_when_it_is_linked_in() {
        let other = Uuid::from_u128(0x2f);
        let bytes = written(other, 1, 1, "1", "{}");
        let row = Row {
            seq: 1,
            change: 1,
            row_id: "1",
            hash: rehash(first_link(COMPANY), &bytes).to_vec(),
            bytes,
        };
        assert!(matches!(first_bad(&[row]).expect("a bad event").fault, Fault::Company(id) if id == other));
    }

    #[test]
    fn another_companys_whole_chain_fails_at_its_first_event() {
        let rows = chain();
        let bad = ChainVerifier::new(Uuid::from_u128(0x2f))
            .check(&rows[0].stored())
            .expect_err("another company");
        assert!(matches!((bad.seq, bad.fault), (1, Fault::Hash)));
    }

    #[test]
    fn change_numbers_never_go_back() {
        let mut rows = chain();
        let link: Digest = rows[2].hash.as_slice().try_into().expect("32 bytes");
        let bytes = written(COMPANY, 1, 4, "4", "{}");
        rows.push(Row {
            seq: 4,
            change: 1,
            row_id: "4",
            hash: rehash(link, &bytes).to_vec(),
            bytes,
        });
        let bad = first_bad(&rows).expect("a bad event");
        assert!(matches!(
            (bad.seq, bad.fault),
            (4, Fault::Backwards { change: 1, before: 2 })
        ));
    }
}
