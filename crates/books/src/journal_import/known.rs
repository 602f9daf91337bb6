//! Entries that were imported before, as they were then.

use std::collections::HashMap;

use sqlx::PgConnection;
use time::Date;

use crate::Error;
use crate::documents::{Content, ContentLine};

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
    /// Reads the first revision of every imported entry, not void, that has one of these numbers.
    pub(super) async fn load(connection: &mut PgConnection, numbers: &[String]) -> Result<Self, Error> {
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
                legs.push((row.account_id, row.contact_id, row.amount, row.description));
            }
        }
        for (_, legs) in imported.values_mut().flatten() {
            legs.sort_unstable();
        }
        Ok(Self(imported))
    }

    pub(super) fn standing(&self, number: &str, content: &Content) -> Standing {
        let Some(entries) = self.0.get(number) else {
            return Standing::New;
        };
        let leg = |line: &ContentLine| (line.account_id, line.contact_id, line.amount, line.description.clone());
        let mut legs: Vec<Leg> = content.lines.iter().map(leg).collect();
        legs.sort_unstable();
        match entries
            .iter()
            .any(|(date, imported)| *date == content.doc_date && *imported == legs)
        {
            true => Standing::Known,
            false => Standing::Doubtful,
        }
    }
}
