//! The documents whose postings in the period were made or retired since.

use sqlx::PgConnection;
use time::Date;

use super::periods::HeldPeriod;
use super::{CHANGED_DAYS_READ_MAX, CHANGED_LIST_MAX, ChangedDocument, ChangedHow};
use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;

/// How many documents, and how much more the period earns by them.
pub(super) async fn difference(connection: &mut PgConnection, held: &HeldPeriod) -> Result<(i64, i64), Error> {
    let row = sqlx::query!(
        r#"select count(distinct e.document_id) as "documents!",
            coalesce(-sum(e.amount) filter (where a.type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')), 0)::bigint
                as "difference!"
           from (
               select p.document_id, p.account_id, p.amount from posting p where p.made_in > $1 and p.posted_on between $2 and $3
               union all
               select p.document_id, p.account_id, -p.amount from posting p where p.retired_in > $1 and p.posted_on between $2 and $3
           ) e join account a on a.id = e.account_id"#,
        held.change,
        held.first_day(),
        held.to
    )
    .fetch_one(connection)
    .await?;
    Ok((row.documents, row.difference))
}

/// What came into the days before a period, or went from them, since it was closed or locked: each day with how much more it earns by
/// it. Such a day moves the balances that the period began with. At most 10,000 days, the last ones.
pub(super) async fn changed_days_before(
    connection: &mut PgConnection,
    held: &HeldPeriod,
) -> Result<Vec<(Date, i64)>, Error> {
    let Some(from) = held.from else { return Ok(Vec::new()) };
    let rows = sqlx::query!(
        r#"select e.posted_on as "posted_on!",
            coalesce(-sum(e.amount) filter (where a.type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')), 0)::bigint
                as "difference!"
           from (
               select p.posted_on, p.account_id, p.amount from posting p where p.made_in > $1 and p.posted_on < $2
               union all
               select p.posted_on, p.account_id, -p.amount from posting p where p.retired_in > $1 and p.posted_on < $2
           ) e join account a on a.id = e.account_id
           group by e.posted_on order by e.posted_on desc limit $3"#,
        held.change,
        from,
        CHANGED_DAYS_READ_MAX
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.posted_on, row.difference)).collect())
}

/// What each change did to each document, newest first.
pub(super) async fn changed_documents(
    connection: &mut PgConnection,
    held: &HeldPeriod,
) -> Result<Vec<ChangedDocument>, Error> {
    let rows = sqlx::query!(
        r#"select e.document_id as "document_id!", d.kind, d.number, r.doc_date, r.memo, c.n as change, c.at, c.actor, e.made as "made!",
            e.retired as "retired!", e.difference as "difference!"
           from (
               select e.document_id, e.change, bool_or(e.made) as made, bool_or(not e.made) as retired,
                   coalesce(-sum(e.amount) filter (where a.type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense')), 0)::bigint
                       as difference
               from (
                   select p.document_id, p.account_id, p.made_in as change, p.amount, true as made
                   from posting p where p.made_in > $1 and p.posted_on between $2 and $3
                   union all
                   select p.document_id, p.account_id, p.retired_in, -p.amount, false
                   from posting p where p.retired_in > $1 and p.posted_on between $2 and $3
               ) e join account a on a.id = e.account_id
               group by e.document_id, e.change order by e.change desc, e.document_id limit $4
           ) e
           join change c on c.n = e.change
           join document d on d.id = e.document_id
           join revision r on r.document_id = d.id and r.retired_in is null
           order by e.change desc, e.document_id"#,
        held.change,
        held.first_day(),
        held.to,
        CHANGED_LIST_MAX
    )
    .fetch_all(connection)
    .await?;
    let documents = rows.into_iter().map(|row| {
        Ok(ChangedDocument {
            document_id: row.document_id,
            kind: known(DocumentKind::parse(&row.kind).ok_or(()))?,
            number: row.number,
            doc_date: row.doc_date,
            memo: row.memo,
            what: match (row.made, row.retired) {
                (true, true) => ChangedHow::Revised,
                (false, true) => ChangedHow::TakenBack,
                (_, false) => ChangedHow::Made,
            },
            difference: row.difference,
            actor: row.actor,
            at: row.at,
            change: row.change,
        })
    });
    documents.collect()
}
