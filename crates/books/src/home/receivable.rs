//! What customers owe today, by how late it is.

use ledger::money::sum_checked;
use tenancy::{Read, TenantTx};
use time::Date;

use crate::Error;

/// What customers owe by days past due, minor units. A credit that was not applied yet is negative, at its own age.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Receivable {
    /// Not due yet, or due today.
    pub current: i64,
    /// 1 to 30 days past due.
    pub late_30: i64,
    /// 31 to 60 days past due.
    pub late_60: i64,
    /// 61 to 90 days past due.
    pub late_90: i64,
    /// 91 days and more past due.
    pub later: i64,
}

impl Receivable {
    /// All of it: the balance of the accounts receivable at that day's end.
    ///
    /// # Errors
    /// `Invalid` where the amounts add up to more than can be kept.
    pub fn total(&self) -> Result<i64, Error> {
        Ok(sum_checked([
            self.current,
            self.late_30,
            self.late_60,
            self.late_90,
            self.later,
        ])?)
    }

    /// Reads it as of the end of a day. An item without a due date is due on its document's day.
    pub(super) async fn read(tx: &mut TenantTx<Read>, today: Date) -> Result<Self, Error> {
        let row = sqlx::query!(
            r#"with item as (select i.id from open_item i join account a on a.id = i.account_id where a.type = 'accounts_receivable'),
            part as (
                select p.open_item_id as id, p.amount from posting p join item on item.id = p.open_item_id
                where p.retired_in is null and p.posted_on <= $1
                union all
                select s.debit_item_id, -s.amount from settlement s join item on item.id = s.debit_item_id
                where s.retired_in is null and s.applied_on <= $1
                union all
                select s.credit_item_id, s.amount from settlement s join item on item.id = s.credit_item_id
                where s.retired_in is null and s.applied_on <= $1
            ),
            open as (select id, sum(amount) as amount from part group by id having sum(amount) <> 0),
            aged as (
                select open.amount, $1 - coalesce(
                    (select min(n.due_on) from instalment n where n.revision_id = r.id and n.open_item_id = i.id), r.doc_date) as days
                from open join open_item i on i.id = open.id
                join revision r on r.document_id = i.document_id and r.retired_in is null
            )
            select coalesce(sum(amount) filter (where days <= 0), 0)::bigint as "current!",
                coalesce(sum(amount) filter (where days between 1 and 30), 0)::bigint as "late_30!",
                coalesce(sum(amount) filter (where days between 31 and 60), 0)::bigint as "late_60!",
                coalesce(sum(amount) filter (where days between 61 and 90), 0)::bigint as "late_90!",
                coalesce(sum(amount) filter (where days > 90), 0)::bigint as "later!"
            from aged"#,
            today
        )
        .fetch_one(&mut **tx)
        .await?;
        Ok(Self {
            current: row.current,
            late_30: row.late_30,
            late_60: row.late_60,
            late_90: row.late_90,
            later: row.later,
        })
    }
}
