//! What was applied to what, so that it can be looked at and taken back.

use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;

/// Most settlements that are listed, newest first.
pub const SETTLEMENT_LIST_MAX: i64 = 200;

/// A settlement that stands, or stood until a lock had passed over it.
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
    /// The day on which it was taken back, where its own day was locked by then: until that day it counts.
    pub taken_back_on: Option<Date>,
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

/// The settlements between open items of a customer or vendor, newest first; at most 200. One that was taken back in open days is as if
/// it had never been; one whose day was locked is listed with the day from which it does not count.
pub async fn settlement_list(cx: &Cx, contact_id: i64) -> Result<Vec<Settlement>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let rows = sqlx::query!(
        r#"select s.id, i.account_id, s.amount, s.applied_on, d.id as debit_id, d.kind as debit_kind, d.number as debit_number,
            e.id as credit_id, e.kind as credit_kind, e.number as credit_number, back.applied_on as "taken_back_on?"
         from settlement s
         join open_item i on i.id = s.debit_item_id
         join document d on d.id = i.document_id
         join open_item j on j.id = s.credit_item_id
         join document e on e.id = j.document_id
         left join settlement back on back.reverses_id = s.id and back.retired_in is null
         where i.contact_id = $1 and s.retired_in is null and s.reverses_id is null
         order by s.applied_on desc, s.id desc limit $2"#,
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
            taken_back_on: row.taken_back_on,
        });
    }
    Ok(settlements)
}
