//! The audit page: who did what, when, and what it changed, newest first.

use sqlx::FromRow;
use tenancy::{Capability, Cx, Direction, KeyKind, ListQuery, Page, Seek, SortKey, Totals};
use time::OffsetDateTime;

use crate::{AuditError, Difference, Event, UNRECORDED_TABLES, differences};

/// Events of one page at most.
pub const PAGE_MAX: u16 = 200;
/// Most events that a list counts; of more it says that there are more.
pub const TOTALS_MAX: u32 = 10_000;

/// What events do, as [`Entry::action`] says it.
pub const ACTIONS: [&str; 6] = ["insert", "update", "delete", "reveal", "export", "access"];

/// What most events do; those that do something else have an index, which this condition names.
const USUAL_ACTIONS: [&str; 2] = ["insert", "update"];
const DOES_SOMETHING_ELSE: &str = "position(',\"action\":\"insert\",\"table\":\"'::bytea in e.bytes) = 0 \
    and position(',\"action\":\"update\",\"table\":\"'::bytea in e.bytes) = 0";

/// The order of the log: that in which the events were chained.
pub const ORDER: SortKey = SortKey {
    expression: "e.seq",
    kind: KeyKind::Integer,
    nullable: false,
    served: None,
};

/// Which events. What is none does not narrow.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filter {
    /// Of this table.
    pub table: Option<String>,
    /// Of the row with this key; with a table it is one row's history.
    pub row: Option<String>,
    /// Of this change.
    pub change: Option<i64>,
    /// That did this: one of [`ACTIONS`].
    pub action: Option<String>,
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

#[derive(FromRow)]
struct Row {
    seq: i64,
    bytes: Vec<u8>,
}

/// A page of the events that pass the filter: at most `limit`, and never more than [`PAGE_MAX`].
///
/// # Errors
/// `Tenancy` where the books cannot be read; `Unreadable` where an event's bytes are none.
pub async fn page(
    cx: &Cx,
    filter: &Filter,
    direction: Direction,
    seek: &Seek,
    limit: u16,
) -> Result<Page<Entry>, AuditError> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let list = query(filter).sorted(ORDER, direction);
    let page = list.page::<Row>(&mut tx, seek, limit.min(PAGE_MAX)).await?;
    page.try_map(|row| entry(&row))
}

/// The newest `limit` events that pass the filter, [`PAGE_MAX`] at most.
///
/// # Errors
/// As `page`.
pub async fn newest(cx: &Cx, filter: &Filter, limit: u16) -> Result<Vec<Entry>, AuditError> {
    Ok(page(cx, filter, Direction::Descending, &Seek::First, limit).await?.rows)
}

/// How many events pass the filter: of at most `rows_max` of them.
pub async fn totals(cx: &Cx, filter: &Filter, rows_max: u32) -> Result<Totals, AuditError> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(query(filter).totals(&mut tx, "0", rows_max).await?)
}

/// What narrows nothing stands nowhere in the statement: one row's history has an index of its own.
fn query(filter: &Filter) -> ListQuery {
    let list = ListQuery::new(
        "e.seq, e.bytes",
        "audit_event e join change g on g.n = e.change",
        "e.seq",
    );
    let is_seldom = |action: &str| !USUAL_ACTIONS.contains(&action);
    let list = match filter.action.as_deref().is_some_and(is_seldom) {
        true => list.only(DOES_SOMETHING_ELSE),
        false => list,
    };
    list.only_where("e.source = {}", filter.table.as_deref())
        .only_where("e.row_id = {}", filter.row.as_deref())
        .only_where("e.change = {}", filter.change)
        // The bytes of format 1 hold this once, and no image of a row can: those have spaces between their keys and values.
        .only_where(
            "position(convert_to(',\"action\":\"' || {} || '\",\"table\":\"', 'UTF8') in e.bytes) > 0",
            filter.action.as_deref(),
        )
        .only_where("g.actor = {}", filter.actor.as_deref())
        .only_where("g.at >= {}", filter.from)
        .only_where("g.at < {}", filter.to)
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
