//! The list of transactions: every document of every kind, filtered, sorted and paged.

use sqlx::FromRow;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use tenancy::{Capability, Cx, Direction, KeyKind, ListQuery, Page, Read, Seek, Served, SortKey, TenantTx, Totals};
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
/// A document that is with nobody as a whole is with those of its lines: read of the rows of a page alone.
const COLUMNS: &str = "d.id, d.kind, d.state, r.n as version, r.doc_date, d.number, r.reference, r.total, r.adjusting, \
    case when r.contact_id is null then (select array_agg(distinct n.name) from document_line l join contact n on n.id = l.contact_id \
    where l.revision_id = r.id) else array[c.name] end as contacts, \
    coalesce(nullif(r.memo, ''), (select l.description from document_line l where l.revision_id = r.id and l.description <> '' \
    order by l.position limit 1)) as words";
/// What the index `document_in_order` has.
const NUMBER: &str = "case when d.series_no is null then lower(d.number) else lpad(d.series_no::text, 15, '0') end";
/// What the index `contact_in_order` has.
const NAME: &str = "lower(c.name)";
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
    union all select s.id from revision s where s.retired_in is null and s.memo is not null and lower(s.memo) like lower(({})[4]) \
    union all select l.revision_id from document_line l where l.description <> '' and lower(l.description) like lower(({})[4]))";
/// `BEGINS` of one row.
const EACH_BEGINS: &str = "lower(r.reference) ~>=~ ({})[1] and lower(r.reference) ~<~ ({})[2] \
    or lower(d.number) ~>=~ ({})[1] and lower(d.number) ~<~ ({})[2] or d.series_no = ({})[3]::bigint \
    or r.contact_id in (select n.id from contact n where n.name ilike ({})[4]) \
    or exists (select from document_line l where l.revision_id = r.id \
        and l.contact_id in (select n.id from contact n where n.name ilike ({})[4]) offset 0)";
/// `HOLDS` of one row.
const EACH_HOLDS: &str = "lower(r.reference) ~>=~ ({})[1] and lower(r.reference) ~<~ ({})[2] \
    or lower(d.number) ~>=~ ({})[1] and lower(d.number) ~<~ ({})[2] or d.series_no = ({})[3]::bigint \
    or r.contact_id in (select n.id from contact n where n.name ilike ({})[4]) or lower(r.memo) like lower(({})[4]) \
    or exists (select from document_line l where l.revision_id = r.id \
        and (l.description <> '' and lower(l.description) like lower(({})[4]) \
            or l.contact_id in (select n.id from contact n where n.name ilike ({})[4])) offset 0)";

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
    /// The name of the one it is with as a whole; those with nobody, or in their lines alone, last.
    Name,
}

impl DocumentSort {
    /// What places in a list sorted so are made of.
    pub fn key(self) -> SortKey {
        let (expression, kind, nullable) = match self {
            Self::Date => ("r.doc_date", KeyKind::Date, false),
            Self::Number => (NUMBER, KeyKind::Text, true),
            Self::Amount => ("r.total", KeyKind::Integer, false),
            Self::Name => (NAME, KeyKind::Text, true),
        };
        let served = match self {
            Self::Date | Self::Amount => None,
            Self::Number => Some((&[NUMBER], "d.series_no is null and d.number is null", "d.id")),
            Self::Name => Some((&[NAME], "r.contact_id is null", "r.document_id")),
        };
        SortKey {
            expression,
            kind,
            nullable,
            served: served.map(|(parts, without, tie)| Served {
                parts,
                first_at: "{}",
                without,
                tie,
            }),
        }
    }
}

/// Whom a document is with: as a whole, or where it says nobody, in its lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Whom {
    /// With nobody.
    #[default]
    Nobody,
    /// With this customer or vendor; all lines that name one name this one.
    One(String),
    /// Its lines name several.
    Several,
}

impl Whom {
    fn of(names: Vec<String>) -> Self {
        let mut names = names.into_iter();
        match (names.next(), names.next()) {
            (None, _) => Self::Nobody,
            (Some(name), None) => Self::One(name),
            (Some(_), Some(_)) => Self::Several,
        }
    }

    /// As a list says it.
    pub fn words(&self) -> &str {
        match self {
            Self::Nobody => "",
            Self::One(name) => name,
            Self::Several => "Several",
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
    /// Whom it is with.
    pub contact: Whom,
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
            contact: Whom::of(row.try_get::<Option<Vec<String>>, _>("contacts")?.unwrap_or_default()),
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

/// How many documents `filter` lets through, and the sum of their totals, of at most `rows_max` of them. What is void counts for
/// nothing.
pub async fn document_totals(cx: &Cx, filter: &DocumentFilter, rows_max: u32) -> Result<Totals, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(query(&mut tx, filter)
        .await?
        .totals(&mut tx, "case when d.state = 'void' then 0 else r.total end", rows_max)
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
    let (each, all) = match sought.pattern {
        Some(_) => (EACH_HOLDS, HOLDS),
        None => (EACH_BEGINS, BEGINS),
    };
    let pattern = sought.within_or_beginning();
    Ok(list.only_found(each, all, vec![sought.from, sought.to, number, pattern]))
}

fn words_of(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}
