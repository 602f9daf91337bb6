//! What is open on a day: receivable, payable, undeposited and clearing amounts, item by item.

use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;

/// Most items of one page.
pub const OPEN_ITEM_PAGE_MAX: i64 = 500;

/// Which items to list; the default is all of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OpenItemFilter {
    /// Only those on this account.
    pub account_id: Option<i64>,
    /// Only those of this customer or vendor.
    pub contact_id: Option<i64>,
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

/// The last item of a page: the next page begins after it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenItemPosition {
    /// When it is due.
    pub due_on: Date,
    /// Its id.
    pub id: i64,
}

/// A page of open items.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenItemPage {
    /// The items, first due first.
    pub items: Vec<OpenItem>,
    /// Where the next page begins, when there is one.
    pub next: Option<OpenItemPosition>,
}

/// The items that are open at the end of the day `as_of`, first due first; at most 500, from after `after`. Due dates are those
/// of the documents as they stand now.
pub async fn open_item_list(
    cx: &Cx,
    filter: &OpenItemFilter,
    as_of: Date,
    after: Option<OpenItemPosition>,
) -> Result<OpenItemPage, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select i.id, i.document_id, d.kind, d.number, r.doc_date, due.on as "due_on!", i.account_id, a.name as account, i.contact_id, c.name as "contact?",
            posted.amount as "amount!", (posted.amount - settled.debit + settled.credit)::bigint as "open!"
           from open_item i
           join document d on d.id = i.document_id
           join revision r on r.document_id = d.id and r.retired_in is null
           join account a on a.id = i.account_id
           left join contact c on c.id = i.contact_id
           cross join lateral (
               select coalesce(min(n.due_on), r.doc_date) as on from instalment n where n.revision_id = r.id and n.open_item_id = i.id
           ) due
           cross join lateral (
               select coalesce(sum(p.amount), 0)::bigint as amount from posting p
               where p.open_item_id = i.id and p.retired_in is null and p.posted_on <= $1
           ) posted
           cross join lateral (
               select coalesce((select sum(s.amount) from settlement s where s.debit_item_id = i.id and s.retired_in is null and s.applied_on <= $1), 0) as debit,
                      coalesce((select sum(s.amount) from settlement s where s.credit_item_id = i.id and s.retired_in is null and s.applied_on <= $1), 0) as credit
           ) settled
           where ($2::bigint is null or i.account_id = $2) and ($3::bigint is null or i.contact_id = $3)
             and ($4::date is null or (due.on, i.id) > ($4, $5::bigint))
             and posted.amount - settled.debit + settled.credit <> 0
           order by due.on, i.id limit $6"#,
        as_of,
        filter.account_id,
        filter.contact_id,
        after.map(|position| position.due_on),
        after.map(|position| position.id),
        OPEN_ITEM_PAGE_MAX + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        items.push(OpenItem {
            id: row.id,
            document_id: row.document_id,
            kind: known(DocumentKind::parse(&row.kind).ok_or(()))?,
            number: row.number,
            date: row.doc_date,
            due_on: row.due_on,
            account_id: row.account_id,
            account: row.account,
            contact_id: row.contact_id,
            contact: row.contact,
            amount: row.amount,
            open: row.open,
        });
    }
    let more = items.len() as i64 > OPEN_ITEM_PAGE_MAX;
    if more {
        items.pop();
    }
    let next = items.last().filter(|_| more).map(|last| OpenItemPosition {
        due_on: last.due_on,
        id: last.id,
    });
    Ok(OpenItemPage { items, next })
}
