//! Where the set-up of the books stands.

use ledger::accounts::AccountRole;
use ledger::dates::format_date;
use ledger::money::{Currency, format_amount};
use tenancy::{Capability, Cx};
use time::Date;

use crate::Error;
use crate::accounts::ids_of_roles;
use crate::fields::known;

/// The live opening entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpeningEntry {
    /// Its id, as a document.
    pub id: i64,
    /// The version that a form is made from.
    pub version: i32,
    /// Its day.
    pub date: Date,
}

/// Where the set-up stands: it ends with Opening Balance Equity at zero.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpeningStatus {
    /// The first day of the books.
    pub books_begin_on: Option<Date>,
    /// The live opening entry.
    pub entry: Option<OpeningEntry>,
    /// What Opening Balance Equity holds, minor units, debit positive.
    pub equity_balance: i64,
    /// What is still to be done, in words; nothing when the set-up is complete.
    pub missing: Vec<String>,
}

/// Where the set-up of the books stands, and what is missing.
///
/// # Errors
/// `NotFound` while the company is not set up.
pub async fn opening_status(cx: &Cx) -> Result<OpeningStatus, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let company = sqlx::query!("select currency, books_begin_on from company")
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    let currency = known(Currency::parse(&company.currency))?;
    let entry = sqlx::query_as!(
        OpeningEntry,
        "select d.id, r.n as version, r.doc_date as date from document d join revision r on r.document_id = d.id and r.retired_in is null
         where d.kind = 'opening_entry' and d.state <> 'void'"
    )
    .fetch_optional(&mut *tx)
    .await?;
    let equity = ids_of_roles(&mut tx, &[AccountRole::OpeningBalanceEquity]).await?;
    let equity_balance = sqlx::query_scalar!(
        r#"select coalesce(sum(m.amount), 0)::bigint as "balance!" from month_total m where m.account_id = any ($1)"#,
        &equity
    )
    .fetch_one(&mut *tx)
    .await?;
    let mut missing = Vec::new();
    match (company.books_begin_on, &entry) {
        (None, _) => missing.push("The day the books begin is not set. Choose it in the settings.".to_owned()),
        (Some(begin), None) => missing.push(format!(
            "There is no opening entry. Enter the balances of the day before {}.",
            format_date(begin)
        )),
        (Some(_), Some(_)) => {}
    }
    if equity_balance != 0 {
        let side = if equity_balance > 0 { "debit" } else { "credit" };
        let amount = format_amount(equity_balance.saturating_abs(), currency);
        missing.push(format!(
            "Opening Balance Equity holds a {side} of {amount}. Find the balances that are missing. If none is, it is the owners’ part: \
             put their equity account in its place."
        ));
    }
    Ok(OpeningStatus {
        books_begin_on: company.books_begin_on,
        entry,
        equity_balance,
        missing,
    })
}
