//! The list of transactions: every document of every kind, filtered, sorted and paged.

use sqlx::FromRow;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use tenancy::{Capability, Cx, Direction, KeyKind, ListQuery, Page, Read, Seek, SortKey, TenantTx, Totals};
use time::Date;

use super::{DocumentKind, DocumentState};
use crate::Error;
use crate::accounts::ids_shown_as;
use crate::words::Sought;

/// Most documents of a page that people see.
pub const DOCUMENT_PAGE_MAX: u16 = 100;
/// Most documents that a list counts and adds up; of more it says that there are more.
pub const DOCUMENT_TOTALS_MAX: u32 = 10_000;

/// One row a document: its live revision.
const FROM: &str = "revision r join document d on d.id = r.document_id and r.retired_in is null left join contact c on c.id = r.contact_id";
const COLUMNS: &str = "d.id, d.kind, d.state, r.n as version, r.doc_date, d.number, r.reference, c.name as contact, r.total, r.adjusting, \
    coalesce(nullif(r.memo, ''), (select l.description from document_line l where l.revision_id = r.id and l.description <> '' \
    order by l.position limit 1)) as words";
/// Of `[beginning, its end, number, pattern]`: numbers and references from their beginning, the number in a series, and the names of
/// those that a document or a line of it is with. Each part reads an index of its own; a line of an earlier revision finds nothing, as
/// the list shows live ones.
const BEGINS: &str = "r.id in (\
    select s.id from revision s where s.retired_in is null and s.reference is not null \
    and lower(s.reference) ~>=~ ({})[1] and lower(s.reference) ~<~ ({})[2] \
    union all select s.id from document e join revision s on s.document_id = e.id and s.retired_in is null \
    where e.number is not null and lower(e.number) ~>=~ ({})[1] and lower(e.number) ~<~ ({})[2] \
    union all select s.id from series t join document e on e.series_id = t.id and e.series_no = ({})[3]::bigint \
    join revision s on s.document_id = e.id and s.retired_in is null \
    union all select s.id from revision s where s.retired_in is null \
    and s.contact_id in (select n.id from contact n where n.name ilike ({})[4]) \
    union all select l.revision_id from document_line l where l.contact_id in (select n.id from contact n where n.name ilike ({})[4]))";
/// The same, and words within memos and lines.
const HOLDS: &str = "r.id in (\
    select s.id from revision s where s.retired_in is null and s.reference is not null \
    and lower(s.reference) ~>=~ ({})[1] and lower(s.reference) ~<~ ({})[2] \
    union all select s.id from document e join revision s on s.document_id = e.id and s.retired_in is null \
    where e.number is not null and lower(e.number) ~>=~ ({})[1] and lower(e.number) ~<~ ({})[2] \
    union all select s.id from series t join document e on e.series_id = t.id and e.series_no = ({})[3]::bigint \
    join revision s on s.document_id = e.id and s.retired_in is null \
    union all select s.id from revision s where s.retired_in is null \
    and s.contact_id in (select n.id from contact n where n.name ilike ({})[4]) \
    union all select l.revision_id from document_line l where l.contact_id in (select n.id from contact n where n.name ilike ({})[4]) \
    union all select s.id from revision s where s.retired_in is null and s.memo ilike ({})[4] \
    union all select l.revision_id from document_line l where l.description <> '' and l.description ilike ({})[4])";

/// Which documents to list; the default is all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DocumentFilter {
    /// Only those whose number or reference begins with this, or whose memo, lines or names hold it, in any case. A number counts
    /// without its series' prefix too.
    pub text: Option<String>,
    /// Only those of this kind.
    pub kind: Option<DocumentKind>,
    /// Only those in this state.
    pub state: Option<DocumentState>,
    /// Only those dated on this day or later.
    pub from: Option<Date>,
    /// Only those dated on this day or earlier.
    pub to: Option<Date>,
    /// Only those with a line on this account, or on one that was merged into it.
    pub account_id: Option<i64>,
    /// Only those with this customer or vendor, as a whole or in a line.
    pub contact_id: Option<i64>,
    /// Only those of at least this total, minor units.
    pub least: Option<i64>,
    /// Only those of at most this total, minor units.
    pub most: Option<i64>,
    /// Only those marked as adjusting.
    pub adjusting: bool,
    /// Only those entered by somebody whose e-mail address holds this, in any case.
    pub entered_by: Option<String>,
}

/// What the list is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum DocumentSort {
    /// The document's day.
    #[default]
    Date,
    /// Its number: those of a series by the number in it, then imported ones as texts; drafts last.
    Number,
    /// Its total.
    Amount,
    /// The name of the one it is with; those with nobody last.
    Name,
}

impl DocumentSort {
    /// What places in a list sorted so are made of.
    pub fn key(self) -> SortKey {
        let (expression, kind, nullable) = match self {
            Self::Date => ("r.doc_date", KeyKind::Date, false),
            Self::Number => (
                "case when d.series_no is null then lower(d.number) else lpad(d.series_no::text, 15, '0') end",
                KeyKind::Text,
                true,
            ),
            Self::Amount => ("r.total", KeyKind::Integer, false),
            Self::Name => ("lower(c.name)", KeyKind::Text, true),
        };
        SortKey {
            expression,
            kind,
            nullable,
        }
    }
}

/// A document in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DocumentRow {
    /// Its id.
    pub id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: DocumentState,
    /// The live revision's number.
    pub version: i32,
    /// Its day.
    pub date: Date,
    /// Its number, once issued or as imported.
    pub number: Option<String>,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// The one it is with.
    pub contact: Option<String>,
    /// Its note; where it has none, the words of its first line that has some.
    pub words: Option<String>,
    /// The sum of its debits, minor units.
    pub total: i64,
    /// Whether it is marked as adjusting.
    pub adjusting: bool,
}

impl FromRow<'_, PgRow> for DocumentRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let kind: &str = row.try_get("kind")?;
        Ok(Self {
            id: row.try_get("id")?,
            kind: DocumentKind::parse(kind).ok_or_else(|| sqlx::Error::Decode("an unknown kind of document".into()))?,
            state: DocumentState::of(row.try_get("state")?),
            version: row.try_get("version")?,
            date: row.try_get("doc_date")?,
            number: row.try_get("number")?,
            reference: row.try_get("reference")?,
            contact: row.try_get("contact")?,
            words: row.try_get("words")?,
            total: row.try_get("total")?,
            adjusting: row.try_get::<Option<bool>, _>("adjusting")?.unwrap_or_default(),
        })
    }
}

/// A page of the documents that `filter` lets through: at most `limit`, and never more than 1,000.
pub async fn document_list(
    cx: &Cx,
    filter: &DocumentFilter,
    sort: DocumentSort,
    direction: Direction,
    seek: &Seek,
    limit: u16,
) -> Result<Page<DocumentRow>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let list = query(&mut tx, filter).await?.sorted(sort.key(), direction);
    Ok(list.page(&mut tx, seek, limit).await?)
}

/// How many documents `filter` lets through, and the sum of their totals: of at most `rows_max` of them.
pub async fn document_totals(cx: &Cx, filter: &DocumentFilter, rows_max: u32) -> Result<Totals, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(query(&mut tx, filter)
        .await?
        .totals(&mut tx, "r.total", rows_max)
        .await?)
}

async fn query(tx: &mut TenantTx<Read>, filter: &DocumentFilter) -> Result<ListQuery, Error> {
    let mut list = ListQuery::new(COLUMNS, FROM, "r.document_id")
        .only_where("d.kind = {}", filter.kind.map(DocumentKind::code))
        .only_where("d.state = {}", filter.state.map(DocumentState::code))
        .only_where("r.doc_date >= {}", filter.from)
        .only_where("r.doc_date <= {}", filter.to)
        .only_where("r.total >= {}", filter.least)
        .only_where("r.total <= {}", filter.most)
        .only_where(
            "r.contact_id = {} or exists (select from document_line l where l.revision_id = r.id and l.contact_id = {})",
            filter.contact_id,
        )
        .only_where(
            "exists (select from revision f join change g on g.n = f.made_in \
             where f.document_id = r.document_id and f.n = 1 and strpos(lower(g.actor), lower({})) > 0)",
            words_of(filter.entered_by.as_deref()),
        );
    if let Some(account_id) = filter.account_id {
        let ids = ids_shown_as(tx, account_id).await?;
        list = list.only_with(
            "exists (select from document_line l where l.revision_id = r.id and l.account_id = any ({}))",
            ids,
        );
    }
    if filter.adjusting {
        list = list.only("r.adjusting");
    }
    let Some(sought) = filter.text.as_deref().and_then(Sought::of) else {
        return Ok(list);
    };
    let number = sought.number.unwrap_or_default().to_string();
    let condition = match sought.pattern {
        Some(_) => HOLDS,
        None => BEGINS,
    };
    let pattern = sought.within_or_beginning();
    Ok(list.only_with(condition, vec![sought.from, sought.to, number, pattern]))
}

fn words_of(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
