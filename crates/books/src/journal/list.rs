//! The list of journal entries, newest first, a page at a time.

use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;
use crate::documents::DocumentState;

/// Most entries of one page.
pub const JOURNAL_PAGE_MAX: i64 = 100;

/// Which entries to list; the default is all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct JournalFilter {
    /// Only those in this state.
    pub state: Option<DocumentState>,
    /// Only those dated on this day or later.
    pub from: Option<Date>,
    /// Only those dated on this day or earlier.
    pub to: Option<Date>,
    /// Only those with a line on this account.
    pub account_id: Option<i64>,
    /// Only those whose number, reference or memo holds this text, in any case.
    pub text: Option<String>,
}

/// An entry in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalRow {
    /// Its id.
    pub id: i64,
    /// Its day.
    pub date: Date,
    /// Its number, once issued.
    pub number: Option<String>,
    /// Its note.
    pub memo: Option<String>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// Where it stands.
    pub state: DocumentState,
}

/// The last entry of a page: the next page begins after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct JournalPosition {
    /// Its day.
    pub date: Date,
    /// Its id.
    pub id: i64,
}

/// A page of the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JournalPage {
    /// The entries, newest first.
    pub entries: Vec<JournalRow>,
    /// Where the next page begins, when there is one.
    pub next: Option<JournalPosition>,
}

/// The entries that `filter` lets through by date, newest first; at most `limit` and never more than 100, from after `after`.
pub async fn journal_list(
    cx: &Cx,
    filter: &JournalFilter,
    after: Option<JournalPosition>,
    limit: i64,
) -> Result<JournalPage, Error> {
    let limit = limit.clamp(1, JOURNAL_PAGE_MAX);
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        "select d.id, r.doc_date, d.number, r.memo, r.total, d.state
         from revision r join document d on d.id = r.document_id
         where r.retired_in is null and d.kind = 'journal_entry'
           and ($1::text is null or d.state = $1)
           and ($2::date is null or r.doc_date >= $2)
           and ($3::date is null or r.doc_date <= $3)
           and ($4::bigint is null or exists (select from document_line l where l.revision_id = r.id and l.account_id = $4))
           and ($5::text is null or strpos(lower(concat_ws(' ', d.number, r.reference, r.memo)), lower($5)) > 0)
           and ($6::date is null or (r.doc_date, r.document_id) < ($6, $7::bigint))
         order by r.doc_date desc, r.document_id desc limit $8",
        filter.state.map(DocumentState::code),
        filter.from,
        filter.to,
        filter.account_id,
        filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()),
        after.map(|position| position.date),
        after.map(|position| position.id),
        limit + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut entries: Vec<JournalRow> = rows
        .into_iter()
        .map(|row| JournalRow {
            id: row.id,
            date: row.doc_date,
            number: row.number,
            memo: row.memo,
            total: row.total,
            state: DocumentState::of(&row.state),
        })
        .collect();
    let more = entries.len() as i64 > limit;
    if more {
        entries.pop();
    }
    let next = entries.last().filter(|_| more).map(|last| JournalPosition {
        date: last.date,
        id: last.id,
    });
    Ok(JournalPage { entries, next })
}
