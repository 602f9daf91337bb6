//! The adjusting entries of a fiscal year so far, account by account: what they debit and credit, and which they are.

use std::collections::HashMap;

use ledger::statements::{ADJUSTMENTS_NAMED_MAX, AdjustedBy, AdjustingEntry};
use tenancy::{Read, TenantTx};
use time::Date;

use super::super::Moment;
use super::super::chart::KnownChart;
use super::Adjusted;
use crate::Error;

/// One query for the books as they stand and as they were known. Each row is one of the first entries of an account, with what all
/// of its entries come to. What was merged counts with the account it is shown as, so that an entry on both is one.
macro_rules! adjustments_query {
    ($is_counted:literal, $from:expr, $to:expr, $chart:expr $(, $known:expr)?) => {{
        let (merged, shown_as) = $chart.merged();
        sqlx::query_as!(
            AdjustmentRow,
            r#"select a.account_id as "account_id!", a.document_id as "document_id!", a.number, a.debits as "debits!",
                   a.credits as "credits!", a.entries as "entries!"
               from (
                   select e.account_id, e.document_id, d.number, count(*) over whole as entries,
                       (sum(e.debits) over whole)::bigint as debits, (sum(e.credits) over whole)::bigint as credits,
                       row_number() over (partition by e.account_id order by e.first_on, e.document_id) as place
                   from (
                       select coalesce(m.shown_as, p.account_id) as account_id, p.document_id, min(p.posted_on) as first_on,
                           coalesce(sum(p.amount) filter (where p.amount > 0), 0) as debits,
                           coalesce(sum(p.amount) filter (where p.amount < 0), 0) as credits
                       from revision r join posting p on p.document_id = r.document_id
                       left join unnest($3::bigint[], $4::bigint[]) as m (id, shown_as) on m.id = p.account_id
                       where r.adjusting and r.doc_date <= $2 and p.posted_on between $1 and $2 and "#
                + $is_counted
                + r#" group by 1, 2
                   ) e join document d on d.id = e.document_id
                   window whole as (partition by e.account_id)
               ) a
               where a.place <= $5 order by a.account_id, a.place"#,
            $from,
            $to,
            &merged,
            &shown_as,
            ADJUSTMENTS_NAMED_MAX as i64
            $(, $known)?
        )
    }};
}

struct AdjustmentRow {
    account_id: i64,
    document_id: i64,
    number: Option<String>,
    debits: i64,
    credits: i64,
    entries: i64,
}

/// What adjusting entries did to each account, by the account it is shown as. An entry that was voided in a lock stands there with
/// what reversed it, which may lie in a later year.
pub(super) async fn adjustments(
    tx: &mut TenantTx<Read>,
    moment: Moment,
    from: Date,
    to: Date,
) -> Result<HashMap<i64, Adjusted>, Error> {
    let rows = match moment {
        Moment::Now => {
            let chart = KnownChart::now(tx).await?;
            adjustments_query!("r.retired_in is null and p.retired_in is null", from, to, chart)
                .fetch_all(&mut **tx)
                .await?
        }
        Moment::Change(n) => {
            let chart = KnownChart::at(tx, n).await?;
            adjustments_query!(
                "r.made_in <= $6 and (r.retired_in is null or r.retired_in > $6)
                 and p.made_in <= $6 and (p.retired_in is null or p.retired_in > $6)",
                from,
                to,
                chart,
                n
            )
            .fetch_all(&mut **tx)
            .await?
        }
    };
    let mut adjusted: HashMap<i64, Adjusted> = HashMap::new();
    for row in rows {
        let account = adjusted.entry(row.account_id).or_insert_with(|| Adjusted {
            debits: row.debits,
            credits: row.credits,
            by: AdjustedBy {
                entries: Vec::new(),
                more: usize::try_from(row.entries).unwrap_or_default(),
            },
        });
        account.by.more = account.by.more.saturating_sub(1);
        account.by.entries.push(AdjustingEntry {
            document_id: row.document_id,
            number: row.number,
        });
    }
    Ok(adjusted)
}
