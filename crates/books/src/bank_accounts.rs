//! Bank and card accounts that statements come for, and the numbers that the bank has for them.
//!
//! A number is sealed for its row. Its mask is what everybody sees; its fingerprint, a keyed digest, is how a later file of the
//! same account is known without opening anything.

use ledger::accounts::AccountType;
use serde::{Deserialize, Serialize};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::Date;
use vault::{CompanyKeys, Context};

use crate::Error;
use crate::accounts::Merges;
use crate::fields::known;
use crate::reveals::reveal_change;

/// Longest number, in bytes: what a statement file may give.
pub const BANK_NUMBER_BYTES_MAX: usize = feeds::IDENTIFIER_BYTES_MAX;

/// A connected account, with what the bank says and what the books say.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BankAccount {
    /// Its id, which bank lines carry.
    pub id: i64,
    /// The account in the chart.
    pub account_id: i64,
    /// That account's number and name.
    pub account: String,
    /// `bank` or `credit_card`.
    pub account_type: AccountType,
    /// Three capitals.
    pub currency: String,
    /// The last characters of the bank's number, where it is known.
    pub mask: Option<String>,
    /// What the newest statement said the balance was, minor units.
    pub stated_balance: Option<i64>,
    /// The day it said it for.
    pub stated_on: Option<Date>,
    /// The books' balance over all dates, with what was merged into the account. Minor units, debit positive.
    pub book_balance: i64,
    /// What its lines to be reviewed add up to, minor units.
    pub waiting_amount: i64,
    /// Its lines by state.
    pub lines: LineCounts,
}

/// How many lines of a bank account stand where. Withdrawn ones are not counted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct LineCounts {
    /// To be reviewed.
    pub new: i64,
    /// Read, but not to be accepted as they are.
    pub doubtful: i64,
    /// In the books.
    pub accepted: i64,
    /// Left out on purpose.
    pub excluded: i64,
}

/// The connected accounts, in the order of the chart.
pub async fn bank_account_list(cx: &Cx) -> Result<Vec<BankAccount>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let (merged, shown_as) = Merges::load(&mut tx).await?.columns();
    let rows = sqlx::query!(
        r#"select b.id, b.account_id, concat_ws(' ', a.number, a.name) as "account!", a.type as account_type, a.currency,
            b.mask, b.stated_balance, b.stated_on,
            (select coalesce(sum(t.amount), 0)::bigint from month_total t where t.account_id = a.id or t.account_id in (
                select m.id from unnest($1::bigint[], $2::bigint[]) as m (id, shown_as) where m.shown_as = a.id)) as "book_balance!",
            l.new as "new!", l.doubtful as "doubtful!", l.accepted as "accepted!", l.excluded as "excluded!",
            l.waiting_amount as "waiting_amount!"
           from bank_account b join account a on a.id = b.account_id
           cross join lateral (
               select count(*) filter (where state = 'new') as new, count(*) filter (where state = 'doubtful') as doubtful,
                      count(*) filter (where state = 'accepted') as accepted, count(*) filter (where state = 'excluded') as excluded,
                      (coalesce(sum(amount) filter (where state = 'new'), 0))::bigint as waiting_amount
               from bank_line where bank_account_id = b.id) l
           order by a.number nulls last, a.name, b.id"#,
        &merged,
        &shown_as
    )
    .fetch_all(&mut *tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(BankAccount {
                id: row.id,
                account_id: row.account_id,
                account: row.account,
                account_type: known(AccountType::parse(&row.account_type))?,
                currency: row.currency,
                mask: row.mask,
                stated_balance: row.stated_balance,
                stated_on: row.stated_on,
                book_balance: row.book_balance,
                waiting_amount: row.waiting_amount,
                lines: LineCounts {
                    new: row.new,
                    doubtful: row.doubtful,
                    accepted: row.accepted,
                    excluded: row.excluded,
                },
            })
        })
        .collect()
}

/// Connects an account of the chart, of type bank or credit card, and gives the bank account's id. A number, where one is
/// given, replaces an earlier one: banks give a card a new number now and then.
///
/// # Errors
/// At `account` or `bank_number`.
pub async fn bank_account_connect(
    cx: &Cx,
    account_id: i64,
    bank_number: Option<&str>,
    key: &RequestKey,
) -> Result<i64, Error> {
    cx.require(Capability::BankAccounts)?;
    let keys = cx.keys().await?;
    let number = match bank_number.map(str::trim) {
        None | Some("") => None,
        Some(text) => Some(BankNumber::parse(&keys, text)?),
    };
    let mut tx = change!(cx, Capability::BankAccounts, key);
    let account = sqlx::query!("select type, active from account where id = $1", account_id)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NotFound("that account"))?;
    check_kind("account", &account.r#type, account.active)?;
    let id = connect(&mut tx, account_id).await?;
    if let Some(number) = number {
        keep_number(&mut tx, &keys, id, &number).await?;
    }
    tx.commit(&id).await?;
    Ok(id)
}

/// The bank account that has this number at its bank.
pub async fn bank_account_for_number(cx: &Cx, number: &str) -> Result<Option<i64>, Error> {
    cx.require(Capability::Documents)?;
    let keys = cx.keys().await?;
    let number = BankNumber::parse(&keys, number.trim())?;
    let mut tx = cx.read(Capability::Documents).await?;
    Ok(sqlx::query_scalar!(
        "select id from bank_account where number_fingerprint = $1",
        &number.fingerprint[..]
    )
    .fetch_optional(&mut *tx)
    .await?)
}

/// The bank's number for an account, in clear. That it was looked at is committed to the record before the number is given; a
/// repeated request looks again and is recorded again.
///
/// # Errors
/// `NotFound` when the account has none.
pub async fn bank_number_reveal(cx: &Cx, id: i64, key: &RequestKey) -> Result<String, Error> {
    const MISSING: Error = Error::NotFound("that bank account's number");
    cx.require(Capability::RevealSealed)?;
    let mut tx = reveal_change(cx, key).await?;
    let sealed = sqlx::query_scalar!("select number_sealed from bank_account where id = $1", id)
        .fetch_optional(&mut *tx)
        .await?
        .flatten()
        .ok_or(MISSING)?;
    sqlx::query!("select audit_note('reveal', 'bank_account', $1, null)", id.to_string())
        .execute(&mut *tx)
        .await?;
    let place = place(&tx, id);
    tx.commit(&()).await?;
    let number = cx.keys().await?.open(place, &sealed)?;
    String::from_utf8(number.to_vec()).map_err(|_| vault::VaultError::UnknownFormat.into())
}

/// A number with what is derived from it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct BankNumber {
    text: String,
    pub(crate) fingerprint: [u8; 32],
    pub(crate) mask: String,
}

impl BankNumber {
    /// The number, in the spelling given. Spaces, hyphens and case make no difference to the fingerprint.
    pub(crate) fn parse(keys: &CompanyKeys, text: &str) -> Result<Self, Error> {
        let compared: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .flat_map(char::to_uppercase)
            .collect();
        if compared.is_empty() || text.len() > BANK_NUMBER_BYTES_MAX || text.contains('\0') {
            let message =
                format!("Enter the number as the bank writes it, at most {BANK_NUMBER_BYTES_MAX} characters.");
            return Err(Error::at("bank_number", message));
        }
        // The last four; of a short number less, so that the mask never is the number.
        let length = compared.chars().count();
        let shown = (length / 2).min(4);
        Ok(Self {
            fingerprint: keys.fingerprint("bank account number", compared.as_bytes()),
            mask: compared.chars().skip(length - shown).collect(),
            text: text.to_owned(),
        })
    }
}

/// Refuses, at a field, an account that no statement can be of.
pub(crate) fn check_kind(field: &str, account_type: &str, active: bool) -> Result<(), Error> {
    if !is_bank_or_card(account_type) {
        return Err(Error::at(field, "Choose an account of type Bank or Credit Card."));
    }
    if !active {
        return Err(Error::at(
            field,
            "This account is inactive. Choose another, or make it active in the chart of accounts.",
        ));
    }
    Ok(())
}

/// Whether statements come for accounts of this type.
pub(crate) fn is_bank_or_card(account_type: &str) -> bool {
    [AccountType::Bank, AccountType::CreditCard]
        .iter()
        .any(|kind| kind.code() == account_type)
}

/// The bank account of an account of the chart, made if there is none.
pub(crate) async fn connect(tx: &mut TenantTx<Write>, account_id: i64) -> Result<i64, Error> {
    let made = sqlx::query_scalar!(
        "insert into bank_account (account_id) values ($1) on conflict (account_id) do nothing returning id",
        account_id
    )
    .fetch_optional(&mut **tx)
    .await?;
    match made {
        Some(id) => Ok(id),
        None => Ok(
            sqlx::query_scalar!("select id from bank_account where account_id = $1", account_id)
                .fetch_one(&mut **tx)
                .await?,
        ),
    }
}

/// Seals a number for its row; writes nothing where the row has it already.
pub(crate) async fn keep_number(
    tx: &mut TenantTx<Write>,
    keys: &CompanyKeys,
    id: i64,
    number: &BankNumber,
) -> Result<(), Error> {
    let sealed = keys.seal(place(tx, id), number.text.as_bytes())?;
    sqlx::query!(
        "update bank_account set number_sealed = $2, number_fingerprint = $3, mask = $4
         where id = $1 and number_fingerprint is distinct from $3",
        id,
        sealed,
        &number.fingerprint[..],
        number.mask
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Where a bank account's number is sealed for.
fn place<M>(tx: &TenantTx<M>, id: i64) -> Context<'static> {
    Context {
        company: tx.tenant().uuid(),
        table: "bank_account",
        column: "number",
        row_id: id,
    }
}
