//! What was applied to what, so that it can be looked at and taken back.

use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;

/// Most settlements that are listed, newest first.
pub const SETTLEMENT_LIST_MAX: i64 = 200;

/// A settlement that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settlement {
    /// Its id.
    pub id: i64,
    /// The account that both sides are on.
    pub account_id: i64,
    /// The side that is settled.
    pub debit: SettledDocument,
    /// The side that settles.
    pub credit: SettledDocument,
    /// Minor units, positive.
    pub amount: i64,
    /// The day it counts from.
    pub applied_on: Date,
}

/// The document of one side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SettledDocument {
    /// Its id.
    pub id: i64,
    /// What it is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Option<String>,
}

/// The settlements between open items of a customer or vendor that were not taken back, newest first; at most 200.
pub async fn settlement_list(cx: &Cx, contact_id: i64) -> Result<Vec<Settlement>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        "select s.id, i.account_id, s.amount, s.applied_on, d.id as debit_id, d.kind as debit_kind, d.number as debit_number,
            e.id as credit_id, e.kind as credit_kind, e.number as credit_number
         from settlement s
         join open_item i on i.id = s.debit_item_id
         join document d on d.id = i.document_id
         join open_item j on j.id = s.credit_item_id
         join document e on e.id = j.document_id
         where i.contact_id = $1 and s.retired_in is null and s.reverses_id is null
           and not exists (select from settlement b where b.reverses_id = s.id and b.retired_in is null)
         order by s.applied_on desc, s.id desc limit $2",
        contact_id,
        SETTLEMENT_LIST_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut settlements = Vec::with_capacity(rows.len());
    for row in rows {
        let side = |id, kind: &str, number| {
            Ok::<_, Error>(SettledDocument {
                id,
                kind: known(DocumentKind::parse(kind).ok_or(()))?,
                number,
            })
        };
        settlements.push(Settlement {
            id: row.id,
            account_id: row.account_id,
            debit: side(row.debit_id, &row.debit_kind, row.debit_number)?,
            credit: side(row.credit_id, &row.credit_kind, row.credit_number)?,
            amount: row.amount,
            applied_on: row.applied_on,
        });
    }
    Ok(settlements)
}
