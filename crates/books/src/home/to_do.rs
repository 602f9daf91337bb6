//! What waits to be done.

use ledger::accounts::AccountRole;
use tenancy::{Read, TenantTx};

use super::coming::Due;
use crate::Error;
use crate::accounts::{Merges, ids_of_roles};
use crate::review::MATCH_DAYS_MAX;

/// Suggestions are counted while no more lines wait than this: each is looked for among the postings around it.
pub const SUGGESTIONS_COUNTED_MAX: i64 = 200;

/// What waits to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ToDo {
    /// Bank lines that nobody coded, matched or excluded yet.
    pub bank_lines_to_review: i64,
    /// How many of them the books may hold already; none where too many wait to look.
    pub bank_lines_suggested: Option<i64>,
    /// Bank lines that cannot be taken as they are.
    pub bank_lines_doubtful: i64,
    /// What customers should have paid by now.
    pub overdue: Overdue,
    /// What should have been paid to vendors by now.
    pub overdue_bills: Overdue,
    /// Journal entries that are drafts.
    pub draft_entries: i64,
    /// Recurring templates whose last entry could not be made.
    pub recurring_problems: i64,
    /// What Opening Balance Equity still holds, debit positive: the set-up ends when it is zero.
    pub opening_balance_equity: i64,
    /// Whether money accounts have entries and there is no opening entry.
    pub lacks_opening_entry: bool,
}

/// What is past due on one side, less what the same customers or vendors paid ahead: as [`crate::settlements::owed_get`] counts it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Overdue {
    /// How many open items of those who owe something overdue.
    pub items: i64,
    /// How many customers or vendors those are.
    pub contacts: i64,
    /// Minor units, positive.
    pub amount: i64,
}

pub(super) async fn read(tx: &mut TenantTx<Read>, due: &Due) -> Result<ToDo, Error> {
    let opening = ids_of_roles(tx, &[AccountRole::OpeningBalanceEquity]).await?;
    let row = sqlx::query!(
        r#"select
            (select coalesce(sum(l.n), 0) from bank_account b cross join lateral
                (select count(*) as n from bank_line l where l.bank_account_id = b.id and l.state = 'new') l)::bigint as "review!",
            (select coalesce(sum(l.n), 0) from bank_account b cross join lateral
                (select count(*) as n from bank_line l where l.bank_account_id = b.id and l.state = 'doubtful') l)::bigint as "doubtful!",
            (select count(*) from document d where d.kind = 'journal_entry' and d.state in ('draft', 'submitted')) as "drafts!",
            (select count(*) from recurring_template t where t.active and t.problem is not null) as "recurring!",
            (select coalesce(sum(t.amount), 0) from month_total t where t.account_id = any ($1))::bigint as "opening!",
            not exists (select from document d where d.kind = 'opening_entry' and d.state <> 'void')
                and exists (select from month_total t join account a on a.id = t.account_id
                    where a.type in ('bank', 'credit_card')) as "lacks_opening_entry!""#,
        &opening
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(ToDo {
        bank_lines_to_review: row.review,
        bank_lines_suggested: if row.review <= SUGGESTIONS_COUNTED_MAX {
            Some(suggested(tx, row.review).await?)
        } else {
            None
        },
        bank_lines_doubtful: row.doubtful,
        overdue: due.overdue,
        overdue_bills: due.overdue_bills,
        draft_entries: row.drafts,
        recurring_problems: row.recurring,
        opening_balance_equity: row.opening,
        lacks_opening_entry: row.lacks_opening_entry,
    })
}

/// How many new lines have a candidate on the review list: a posting there of the same amount, within ten days and not matched.
async fn suggested(tx: &mut TenantTx<Read>, waiting: i64) -> Result<i64, Error> {
    if waiting == 0 {
        return Ok(0);
    }
    let (merged, shown_as) = Merges::load(tx).await?.columns();
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from bank_line l join bank_account b on b.id = l.bank_account_id
           where l.state = 'new' and exists (
               select from posting p join document d on d.id = p.document_id
               where p.account_id = any (array(
                     select m.id from unnest($2::bigint[], $3::bigint[]) as m (id, shown_as) where m.shown_as = b.account_id) || b.account_id)
                 and p.amount = l.amount and p.retired_in is null
                 and p.posted_on between l.posted_on - $1::int and l.posted_on + $1::int
                 and d.state = 'issued' and d.kind <> 'opening_entry'
                 and not exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null))"#,
        MATCH_DAYS_MAX,
        &merged,
        &shown_as
    )
    .fetch_one(&mut **tx)
    .await?)
}
