//! What is applied between documents and others: what comes loose when they are voided.

use tenancy::{Capability, Cx, Mode, TenantTx};

use super::SettledDocument;
use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;

/// Most documents that are named with what is applied; the rest are counted.
pub const APPLIED_NAMED_MAX: i64 = 3;

/// An amount of another document that is applied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// The other document.
    pub document: SettledDocument,
    /// Minor units, positive.
    pub amount: i64,
}

/// What is applied: the first documents by their age, and how many there are.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct AppliedAmounts {
    /// The first of them, 3 at most.
    pub named: Vec<Applied>,
    /// How many there are.
    pub in_all: i64,
}

/// What of other documents is applied to these, or these to them: it becomes open again where these are voided together.
pub async fn settlement_applied(cx: &Cx, documents: &[i64]) -> Result<AppliedAmounts, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    applied(&mut tx, documents).await
}

/// The same within a transaction.
pub(crate) async fn applied<M: Mode>(tx: &mut TenantTx<M>, documents: &[i64]) -> Result<AppliedAmounts, Error> {
    // What was taken back within a lock and its reverse add up to nothing.
    let rows = sqlx::query!(
        r#"select o.id as "id!", o.kind as "kind!", o.number, sum(s.amount)::bigint as "amount!", count(*) over () as "in_all!"
           from open_item mine
           join settlement s on mine.id in (s.debit_item_id, s.credit_item_id) and s.retired_in is null
           join open_item theirs on theirs.id in (s.debit_item_id, s.credit_item_id) and theirs.id <> mine.id
           join document o on o.id = theirs.document_id
           where mine.document_id = any ($1) and theirs.document_id <> all ($1)
           group by o.id, o.kind, o.number having sum(s.amount) <> 0 order by o.id limit $2"#,
        documents,
        APPLIED_NAMED_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    let in_all = rows.first().map_or(0, |row| row.in_all);
    let named = rows
        .into_iter()
        .map(|row| of_row(row.id, &row.kind, row.number, row.amount))
        .collect::<Result<_, Error>>()?;
    Ok(AppliedAmounts { named, in_all })
}

/// What of other documents the change of this number took back from a document: what voiding it made open again.
pub async fn settlement_released(cx: &Cx, document: i64, change: i64) -> Result<AppliedAmounts, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select o.id as "id!", o.kind as "kind!", o.number, sum(abs(s.amount))::bigint as "amount!", count(*) over () as "in_all!"
           from open_item mine
           join settlement s on mine.id in (s.debit_item_id, s.credit_item_id)
               and (s.retired_in = $2 or (s.made_in = $2 and s.reverses_id is not null))
           join open_item theirs on theirs.id in (s.debit_item_id, s.credit_item_id) and theirs.id <> mine.id
           join document o on o.id = theirs.document_id
           where mine.document_id = $1 and theirs.document_id <> $1
           group by o.id, o.kind, o.number order by o.id limit $3"#,
        document,
        change,
        APPLIED_NAMED_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    let in_all = rows.first().map_or(0, |row| row.in_all);
    let named = rows
        .into_iter()
        .map(|row| of_row(row.id, &row.kind, row.number, row.amount))
        .collect::<Result<_, Error>>()?;
    Ok(AppliedAmounts { named, in_all })
}

fn of_row(id: i64, kind: &str, number: Option<String>, amount: i64) -> Result<Applied, Error> {
    let kind = known(DocumentKind::parse(kind).ok_or(()))?;
    Ok(Applied {
        document: SettledDocument { id, kind, number },
        amount,
    })
}
