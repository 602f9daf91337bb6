//! Replaying the events: what every row must look like now, compared with what it does look like.
//!
//! An owner who turns the recorders off leaves a perfect chain and different books; only this finds it. Of each row a hash is kept,
//! so that memory grows with the rows and not with the events.

use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

use crate::{Digest, Event, RowFault, RowFindings};

/// The latest image of every row, as a hash.
#[derive(Debug, Default)]
pub struct Replay {
    tables: HashMap<String, HashMap<String, Digest>>,
    found: RowFindings,
}

impl Replay {
    /// Takes the next event. What it says of the row before must be what the events before it left.
    pub fn apply(&mut self, event: &Event<'_>) {
        if !matches!(&*event.action, "insert" | "update" | "delete") {
            return;
        }
        // Tables are few: their names are looked for before one is kept.
        if !self.tables.contains_key(&*event.table) {
            self.tables.insert(event.table.to_string(), HashMap::new());
        }
        let Some(rows) = self.tables.get_mut(&*event.table) else {
            return;
        };
        let known = match event.after {
            Some(after) => rows.insert(event.row.to_string(), image_digest(after.get())),
            None => rows.remove(&*event.row),
        };
        if known != event.before.map(RawValue::get).map(image_digest) {
            self.found
                .push(&event.table, &event.row, RowFault::ChangedOutside { seq: event.seq });
        }
    }

    /// Compares one row that is there now; each is compared once.
    pub fn compare(&mut self, table: &str, row: &str, image: &str) {
        match self.tables.get_mut(table).and_then(|rows| rows.remove(row)) {
            Some(known) if known == image_digest(image) => {}
            Some(_) => self.found.push(table, row, RowFault::Different),
            None => self.found.push(table, row, RowFault::Extra),
        }
    }

    /// Leaves out a table that cannot be compared.
    pub fn forget(&mut self, table: &str) {
        self.tables.remove(table);
    }

    /// Everything that differs. What no `compare` asked for is missing.
    pub fn finish(mut self) -> RowFindings {
        let mut missing: Vec<(&String, &String)> = self
            .tables
            .iter()
            .flat_map(|(table, rows)| rows.keys().map(move |row| (table, row)))
            .collect();
        missing.sort_unstable();
        for (table, row) in missing {
            self.found.push(table, row, RowFault::Missing);
        }
        self.found
    }
}

/// The hash of an image's fields, each with its text as it stands. Fields that are null are left out: a column that a later step
/// adds is null in every row that was recorded before it.
fn image_digest(image: &str) -> Digest {
    let mut hash = Sha256::new();
    match serde_json::from_str::<BTreeMap<String, &RawValue>>(image) {
        Ok(fields) => {
            for (name, value) in fields {
                if value.get() != "null" {
                    for text in [name.as_str(), value.get()] {
                        hash.update((text.len() as u64).to_be_bytes());
                        hash.update(text);
                    }
                }
            }
        }
        Err(_) => hash.update(image),
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::format::tests::written;
    use crate::{ROWS_NAMED_MAX, RowFinding};

    /// Replays (action, row, before, after).
    fn replayed(events: &[(&str, &str, &str, &str)]) -> Replay {
        let mut replay = Replay::default();
        for (seq, (action, row, before, after)) in (1..).zip(events) {
            let bytes = String::from_utf8(written(Uuid::nil(), 1, seq, row, after)).expect("text");
            let bytes = bytes.replacen("\"action\":\"insert\"", &format!("\"action\":\"{action}\""), 1);
            let bytes = bytes.replacen("\"before\":null", &format!("\"before\":{before}"), 1);
            replay.apply(&Event::parse(bytes.as_bytes()).expect("an event"));
        }
        replay
    }

    fn faults(found: &RowFindings) -> Vec<(&str, RowFault)> {
        found.named.iter().map(|f| (f.row.as_str(), f.fault)).collect()
    }

    const CASH: &str = r#"{"id": 1, "name": "Cash", "number": null}"#;
    const BANK: &str = r#"{"id": 1, "name": "Bank", "number": null}"#;

    #[test]
    fn rows_that_are_as_their_last_events_left_them_are_found_so() {
        let mut replay = replayed(&[
            ("insert", "1", "null", CASH),
            ("update", "1", CASH, BANK),
            ("insert", "2", "null", CASH),
            ("delete", "2", CASH, "null"),
        ]);
        replay.compare("account", "1", BANK);
        assert_eq!(replay.finish(), RowFindings::default());
    }

    #[test]
    fn a_row_missing_one_too_many_and_one_changed_are_each_named() {
        let mut replay = replayed(&[("insert", "1", "null", CASH), ("insert", "2", "null", CASH)]);
        replay.compare("account", "1", BANK);
        replay.compare("account", "3", CASH);
        let found = replay.finish();
        assert_eq!(
            faults(&found),
            [
                ("1", RowFault::Different),
                ("3", RowFault::Extra),
                ("2", RowFault::Missing)
            ]
        );
        assert_eq!(found.count, 3);
    }

    #[test]
    fn a_change_made_outside_the_record_and_then_recorded_over_is_still_found() {
        // The row was turned from Cash to Bank with the recorders off; then an ordinary update followed.
        let again = r#"{"id": 1, "name": "Bank", "number": "1000"}"#;
        let mut replay = replayed(&[("insert", "1", "null", CASH), ("update", "1", BANK, again)]);
        replay.compare("account", "1", again);
        assert_eq!(faults(&replay.finish()), [("1", RowFault::ChangedOutside { seq: 2 })]);
    }

    #[test]
    fn a_row_put_in_twice_was_removed_outside_the_record_in_between() {
        let mut replay = replayed(&[("insert", "1", "null", CASH), ("insert", "1", "null", CASH)]);
        replay.compare("account", "1", CASH);
        assert_eq!(faults(&replay.finish()), [("1", RowFault::ChangedOutside { seq: 2 })]);
    }

    #[test]
    fn a_column_that_a_later_step_added_empty_is_no_difference() {
        let mut replay = replayed(&[("insert", "1", "null", CASH)]);
        replay.compare(
            "account",
            "1",
            r#"{"id": 1, "name": "Cash", "number": null, "merged_into": null}"#,
        );
        assert_eq!(replay.finish().count, 0);
    }

    #[test]
    fn fields_cannot_run_into_each_other() {
        assert_ne!(
            image_digest(r#"{"a": 11, "b": 1}"#),
            image_digest(r#"{"a": 1, "b": 11}"#)
        );
        assert_ne!(image_digest(r#"{"a": "1"}"#), image_digest(r#"{"a": 1}"#));
    }

    #[test]
    fn events_that_no_table_shows_make_no_row() {
        let replay = replayed(&[("reveal", "1", "null", r#"{"field": "tax_id"}"#)]);
        assert_eq!(replay.finish().count, 0);
    }

    #[test]
    fn twenty_rows_are_named_and_the_rest_is_counted() {
        let mut replay = Replay::default();
        for row in 0..25 {
            replay.compare("account", &row.to_string(), CASH);
        }
        let found = replay.finish();
        assert_eq!((found.named.len(), found.count), (ROWS_NAMED_MAX, 25));
        assert_eq!(
            found.named[0],
            RowFinding {
                table: "account".into(),
                row: "0".into(),
                fault: RowFault::Extra
            }
        );
    }
}
