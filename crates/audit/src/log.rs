//! The audit page: who did what, when, and what it changed, newest first.

use tenancy::{Capability, Cx};
use time::OffsetDateTime;

use crate::{AuditError, Difference, Event, UNRECORDED_TABLES, differences};

/// Events of one page at most.
pub const PAGE_MAX: i64 = 200;

/// Which events. What is none does not narrow.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Of this table.
    pub table: Option<String>,
    /// Of the row with this key; with a table it is one row's history.
    pub row: Option<String>,
    /// By this actor: an e-mail address, `operator:<user>` or a job's name.
    pub actor: Option<String>,
    /// From this moment on.
    pub from: Option<OffsetDateTime>,
    /// Before this moment.
    pub to: Option<OffsetDateTime>,
}

/// One event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Its number in the chain.
    pub seq: i64,
    /// Its change: entries of one change were made together.
    pub change: i64,
    /// When, UTC.
    pub at: OffsetDateTime,
    /// `person`, `customer`, `job` or `operator`.
    pub actor_kind: String,
    /// Who.
    pub actor: String,
    /// As what.
    pub role: String,
    /// In which request.
    pub request: String,
    /// `insert`, `update`, `delete`, `reveal`, `export` or `access`.
    pub action: String,
    /// The table; `plain_name` says it in words.
    pub table: String,
    /// The row's key.
    pub row: String,
    /// What it changed.
    pub differences: Vec<Difference>,
}

/// A page of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// What `before_seq` gets the next, older page; none at the end.
    pub older: Option<i64>,
}

struct Row {
    seq: i64,
    bytes: Vec<u8>,
}

/// The newest `limit` events (`PAGE_MAX` at most) before `before_seq` that pass the filter.
///
/// # Errors
/// `Tenancy` where the books cannot be read; `Unreadable` where an event's bytes are none.
pub async fn page(cx: &Cx, filter: &Filter, before_seq: Option<i64>, limit: i64) -> Result<Page, AuditError> {
    let before = before_seq.unwrap_or(i64::MAX);
    let limit = limit.clamp(1, PAGE_MAX);
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = match (&filter.table, &filter.row) {
        // One row's history has an index of its own; a text that leaves the table open would not use it.
        (Some(table), Some(row)) => {
            sqlx::query_as!(
                Row,
                "select e.seq, e.bytes from audit_event e join change c on c.n = e.change
                 where e.source = $1 and e.row_id = $2 and e.seq < $3
                   and ($4::text is null or c.actor = $4) and ($5::timestamptz is null or c.at >= $5) and ($6::timestamptz is null or c.at < $6)
                 order by e.seq desc limit $7",
                table,
                row,
                before,
                filter.actor,
                filter.from,
                filter.to,
                limit + 1
            )
            .fetch_all(&mut *tx)
            .await?
        }
        (table, row) => {
            sqlx::query_as!(
                Row,
                "select e.seq, e.bytes from audit_event e join change c on c.n = e.change
                 where ($1::text is null or e.source = $1) and ($2::text is null or e.row_id = $2) and e.seq < $3
                   and ($4::text is null or c.actor = $4) and ($5::timestamptz is null or c.at >= $5) and ($6::timestamptz is null or c.at < $6)
                 order by e.seq desc limit $7",
                table.as_deref(),
                row.as_deref(),
                before,
                filter.actor,
                filter.from,
                filter.to,
                limit + 1
            )
            .fetch_all(&mut *tx)
            .await?
        }
    };
    let mut entries = rows.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    // One more was asked for, to know whether there is an older page.
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    let older = if entries.len() > full {
        entries.truncate(full);
        entries.last().map(|entry| entry.seq)
    } else {
        None
    };
    Ok(Page { entries, older })
}

/// Where the chain stands: a head that somebody wrote down elsewhere shows later that nothing before it was touched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// The last event's number.
    pub seq: i64,
    /// The last change's number.
    pub change: i64,
    /// The last link.
    pub hash: Vec<u8>,
}

/// The chain's head, as the company's books keep it; only a verification says that the events agree with it.
pub async fn head(cx: &Cx) -> Result<Head, AuditError> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(sqlx::query_as!(Head, "select seq, change, hash from audit_head")
        .fetch_one(&mut *tx)
        .await?)
}

/// The names of the recorded tables, for a filter to choose from.
pub async fn tables(cx: &Cx) -> Result<Vec<String>, AuditError> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut names = sqlx::query_scalar!(r#"select name as "name!" from audit_tables() order by name"#)
        .fetch_all(&mut *tx)
        .await?;
    names.retain(|name| !UNRECORDED_TABLES.contains(&name.as_str()));
    Ok(names)
}

fn entry(row: &Row) -> Result<Entry, AuditError> {
    let event = Event::parse(&row.bytes).map_err(|source| AuditError::Unreadable { seq: row.seq, source })?;
    Ok(Entry {
        seq: event.seq,
        change: event.change,
        at: event.at,
        actor_kind: event.actor_kind.into_owned(),
        actor: event.actor.into_owned(),
        role: event.role.into_owned(),
        request: event.request.into_owned(),
        action: event.action.into_owned(),
        table: event.table.into_owned(),
        row: event.row.into_owned(),
        differences: differences(
            event.before.map(|image| image.get()),
            event.after.map(|image| image.get()),
        ),
    })
}
