//! What is open on a day: receivable, payable, undeposited and clearing amounts, item by item.

use ledger::accounts::AccountType;
use sqlx::FromRow;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use tenancy::{Capability, Cx, Direction, KeyKind, ListQuery, Page, Read, Seek, Served, SortKey, TenantTx, Totals};
use time::Date;

use crate::Error;
use crate::accounts::ids_shown_as;
use crate::documents::DocumentKind;
use crate::words::escaped;

/// Most items of a page that people see.
pub const OPEN_ITEM_PAGE_MAX: u16 = 100;
/// Most items that a list counts and adds up; of more it says that there are more.
pub const OPEN_ITEM_TOTALS_MAX: u32 = 10_000;

/// One row an item; `{}` is the day. What the database keeps of an item holds from its last posting or settlement on; of an earlier
/// day it is worked out, once, of those up to then.
const FROM: &str = "open_item_total i join document d on d.id = i.document_id \
    join revision r on r.document_id = d.id and r.retired_in is null \
    join account a on a.id = i.account_id left join contact c on c.id = i.contact_id \
    cross join lateral (select case when i.holds_from <= {} then i.amount else (select coalesce(sum(p.amount), 0)::bigint \
        from posting p where p.open_item_id = i.open_item_id and p.retired_in is null and p.posted_on <= {}) end as amount) posted \
    cross join lateral (select case when i.holds_from <= {} then i.open else (posted.amount \
        - coalesce((select sum(s.amount) from settlement s \
            where s.debit_item_id = i.open_item_id and s.retired_in is null and s.applied_on <= {}), 0) \
        + coalesce((select sum(s.amount) from settlement s \
            where s.credit_item_id = i.open_item_id and s.retired_in is null and s.applied_on <= {}), 0))::bigint end as amount \
        offset 0) still";
/// The same on a day from which on all sums hold: an index has what is open.
const FROM_KEPT: &str = "open_item_total i join document d on d.id = i.document_id \
    join revision r on r.document_id = d.id and r.retired_in is null \
    join account a on a.id = i.account_id left join contact c on c.id = i.contact_id \
    cross join lateral (select i.amount as amount) posted cross join lateral (select i.open as amount) still";
const COLUMNS: &str = "i.open_item_id as id, i.document_id, d.kind, d.number, r.reference, r.doc_date, i.due_on, i.account_id, \
    a.name as account, i.contact_id, c.name as contact, posted.amount, still.amount as open";
/// Owed in the usual way: a debit, but on payable accounts a credit.
const IS_OWED: &str = "(still.amount > 0) = (a.type <> 'accounts_payable')";
const IS_OVERDUE: &str = "(still.amount > 0) = (a.type <> 'accounts_payable') and i.due_on < {}";
const IS_NOT_DUE: &str = "(still.amount > 0) = (a.type <> 'accounts_payable') and i.due_on >= {}";
const IS_CREDIT: &str = "(still.amount > 0) <> (a.type <> 'accounts_payable')";

/// How an open item stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum OpenItemStanding {
    /// Owed, due or not.
    Owed,
    /// Owed, and due before the day.
    Overdue,
    /// Owed, and due on the day or later.
    NotDue,
    /// A payment or credit that is not applied to anything yet.
    Credit,
}

/// Which items to list; the default is all of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpenItemFilter {
    /// Only those on accounts of this type.
    pub account_type: Option<AccountType>,
    /// Only those on this account, or on one that was merged into it.
    pub account_id: Option<i64>,
    /// Only those of this customer or vendor.
    pub contact_id: Option<i64>,
    /// Only those whose document's number or reference begins with this, or whose memo holds it, in any case.
    pub text: Option<String>,
    /// Only those due on this day or later.
    pub due_from: Option<Date>,
    /// Only those due on this day or earlier.
    pub due_to: Option<Date>,
    /// Only those of which at least this is open, minor units without a sign.
    pub least: Option<i64>,
    /// Only those of which at most this is open, minor units without a sign.
    pub most: Option<i64>,
    /// Only those that stand so.
    pub standing: Option<OpenItemStanding>,
}

/// What the list is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum OpenItemSort {
    /// The name of the customer or vendor, then what is due first; those with nobody last.
    Name,
    /// When it is due.
    #[default]
    Due,
    /// The document's day.
    Date,
    /// What it was for, whatever its sign.
    Amount,
    /// What is open of it, whatever its sign.
    Open,
}

impl OpenItemSort {
    /// What places in a list sorted so are made of.
    pub fn key(self) -> SortKey {
        let (expression, kind, nullable) = match self {
            // Of two that had the same name the ids keep each together.
            Self::Name => (
                "lower(c.name) || chr(1) || lpad(c.id::text, 19, '0') || to_char(i.due_on, 'YYYYMMDD')",
                KeyKind::Text,
                true,
            ),
            Self::Due => ("i.due_on", KeyKind::Date, false),
            Self::Date => ("r.doc_date", KeyKind::Date, false),
            Self::Amount => ("abs(posted.amount)", KeyKind::Integer, false),
            Self::Open => ("abs(still.amount)", KeyKind::Integer, false),
        };
        // The key's parts: customers along one index, and of each what is due first along another.
        let served = (self == Self::Name).then_some(Served {
            parts: &["lower(c.name)", "c.id", "i.due_on"],
            first_at: "split_part({}, chr(1), 1)",
            without: "i.contact_id is null",
            tie: "i.open_item_id",
        });
        SortKey {
            expression,
            kind,
            nullable,
            served,
        }
    }
}

/// A leg of which something is open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenItem {
    /// Its id.
    pub id: i64,
    /// The document it belongs to.
    pub document_id: i64,
    /// What that document is.
    pub kind: DocumentKind,
    /// The document's number.
    pub number: Option<String>,
    /// Somebody else's number.
    pub reference: Option<String>,
    /// The document's day.
    pub date: Date,
    /// When it is due; the document's day where it has no due date.
    pub due_on: Date,
    /// The account.
    pub account_id: i64,
    /// The account's name.
    pub account: String,
    /// The customer or vendor.
    pub contact_id: Option<i64>,
    /// Their name.
    pub contact: Option<String>,
    /// What it was for on that day before anything was applied, minor units, debit positive.
    pub amount: i64,
    /// What is open on that day, minor units, debit positive.
    pub open: i64,
}

impl FromRow<'_, PgRow> for OpenItem {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        let kind: &str = row.try_get("kind")?;
        Ok(Self {
            id: row.try_get("id")?,
            document_id: row.try_get("document_id")?,
            kind: DocumentKind::parse(kind).ok_or_else(|| sqlx::Error::Decode("an unknown kind of document".into()))?,
            number: row.try_get("number")?,
            reference: row.try_get("reference")?,
            date: row.try_get("doc_date")?,
            due_on: row.try_get("due_on")?,
            account_id: row.try_get("account_id")?,
            account: row.try_get("account")?,
            contact_id: row.try_get("contact_id")?,
            contact: row.try_get("contact")?,
            amount: row.try_get("amount")?,
            open: row.try_get("open")?,
        })
    }
}

/// A page of the items that are open at the end of the day `as_of` and that `filter` lets through: at most `limit`, and never more
/// than 1,000. Due dates are those of the documents as they stand now.
pub async fn open_item_list(
    cx: &Cx,
    filter: &OpenItemFilter,
    as_of: Date,
    sort: OpenItemSort,
    direction: Direction,
    seek: &Seek,
    limit: u16,
) -> Result<Page<OpenItem>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let list = query(&mut tx, filter, as_of).await?.sorted(sort.key(), direction);
    Ok(list.page(&mut tx, seek, limit).await?)
}

/// How many of the items that are open at the end of the day `as_of` the filter lets through, and what is open of them, minor
/// units, debit positive: of at most `rows_max` of them.
pub async fn open_item_totals(cx: &Cx, filter: &OpenItemFilter, as_of: Date, rows_max: u32) -> Result<Totals, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let list = query(&mut tx, filter, as_of).await?;
    Ok(list.totals(&mut tx, "still.amount", rows_max).await?)
}

async fn query(tx: &mut TenantTx<Read>, filter: &OpenItemFilter, as_of: Date) -> Result<ListQuery, Error> {
    let is_kept = !sqlx::query_scalar!(
        r#"select exists (select from open_item_total where holds_from > $1) as "is_later!""#,
        as_of
    )
    .fetch_one(&mut **tx)
    .await?;
    let from = if is_kept { FROM_KEPT } else { FROM };
    let mut list = ListQuery::new(COLUMNS, from, "i.open_item_id")
        .given(as_of)
        .only_with("i.open_until > {}", as_of)
        .only("still.amount <> 0")
        .only_where("a.type = {}", filter.account_type.map(AccountType::code))
        .only_where("i.contact_id = {}", filter.contact_id)
        .only_where("i.due_on >= {}", filter.due_from)
        .only_where("i.due_on <= {}", filter.due_to)
        .only_where("abs(still.amount) >= {}", filter.least)
        .only_where("abs(still.amount) <= {}", filter.most);
    if let Some(account_id) = filter.account_id {
        list = list.only_with("i.account_id = any ({})", ids_shown_as(tx, account_id).await?);
    }
    list = match filter.standing {
        None => list,
        Some(OpenItemStanding::Owed) => list.only(IS_OWED),
        Some(OpenItemStanding::Overdue) => list.only_with(IS_OVERDUE, as_of),
        Some(OpenItemStanding::NotDue) => list.only_with(IS_NOT_DUE, as_of),
        Some(OpenItemStanding::Credit) => list.only(IS_CREDIT),
    };
    let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    Ok(list.only_where(
        "d.number ilike ({} || '%') or r.reference ilike ({} || '%') or r.memo ilike ('%' || {} || '%')",
        text.map(escaped),
    ))
}
