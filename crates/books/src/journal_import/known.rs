//! Entries that were imported before, as they were then.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::Date;

use crate::Error;
use crate::accounts::Merges;

/// A line as it is compared: account, contact, amount, description.
type Leg = (i64, Option<i64>, i64, String);

/// The entries imported before under the numbers of a file.
pub(super) struct Imported(HashMap<String, Vec<(Date, Vec<Leg>)>>);

/// How an entry of a file stands to those imported before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    New,
    Known,
    Doubtful,
}

impl Imported {
    /// Reads the first revision of every imported entry, not void, that has one of these numbers. An account that was merged since is
    /// the one it was merged into, as it is when a file names it now.
    pub(super) async fn load(connection: &mut PgConnection, numbers: &[String]) -> Result<Self, Error> {
        let merges = Merges::load(&mut *connection).await?;
        let rows = sqlx::query!(
            r#"select d.id, d.number as "number!", r.doc_date, l.account_id, l.contact_id, l.amount, l.description
               from document d
               join revision r on r.document_id = d.id and r.n = 1
               join document_line l on l.revision_id = r.id
               where d.kind = 'journal_entry' and d.source = 'import' and d.state = 'issued' and d.number = any ($1)
               order by d.id"#,
            numbers
        )
        .fetch_all(connection)
        .await?;
        let mut imported: HashMap<String, Vec<(Date, Vec<Leg>)>> = HashMap::new();
        let mut last = None;
        for row in rows {
            let entries = imported.entry(row.number).or_default();
            if last != Some(row.id) {
                last = Some(row.id);
                entries.push((row.doc_date, Vec::new()));
            }
            if let Some((_, legs)) = entries.last_mut() {
                legs.push((
                    merges.shown_as(row.account_id),
                    row.contact_id,
                    row.amount,
                    row.description,
                ));
            }
        }
        Ok(Self(imported))
    }

    pub(super) fn standing(&self, number: &str, date: Date, lines: &[FileLeg]) -> Standing {
        match self.0.get(number) {
            None => Standing::New,
            Some(entries) => {
                let is_same = |(day, legs): &(Date, Vec<Leg>)| *day == date && is_same(legs, lines);
                if entries.iter().any(is_same) {
                    Standing::Known
                } else {
                    Standing::Doubtful
                }
            }
        }
    }
}

/// A line of a file as it is compared. What the books do not have under its name any more, as it was renamed since, may be anything.
pub(super) struct FileLeg {
    pub(super) account_id: Option<i64>,
    /// None where the line names nobody; within, none where nobody has that name.
    pub(super) contact_id: Option<Option<i64>>,
    pub(super) amount: i64,
    pub(super) description: String,
}

impl FileLeg {
    /// How much of it is known: what says most is compared first, so that it takes no other line's place.
    fn doubts(&self) -> usize {
        usize::from(self.account_id.is_none()) + usize::from(self.contact_id == Some(None))
    }

    fn is(&self, leg: &Leg) -> bool {
        let (account_id, contact_id, amount, description) = leg;
        let same_contact = match self.contact_id {
            None => contact_id.is_none(),
            Some(None) => contact_id.is_some(),
            Some(named) => *contact_id == named,
        };
        self.amount == *amount
            && self.description == *description
            && self.account_id.is_none_or(|named| named == *account_id)
            && same_contact
    }
}

/// Whether the lines are those of an entry, in any order.
fn is_same(legs: &[Leg], lines: &[FileLeg]) -> bool {
    let mut left: Vec<&Leg> = legs.iter().collect();
    let mut lines: Vec<&FileLeg> = lines.iter().collect();
    lines.sort_by_key(|line| line.doubts());
    let all_found = lines.iter().all(|line| {
        let place = left.iter().position(|leg| line.is(leg));
        place.map(|place| left.swap_remove(place)).is_some()
    });
    all_found && left.is_empty()
}
