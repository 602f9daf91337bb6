//! What the bank accounts hold: on each of the last days, today, and by what is entered ahead.

use ledger::accounts::AccountRole;
use ledger::forecast::forecast_end;
use ledger::money::sum_checked;
use tenancy::{Read, TenantTx};
use time::Date;

use crate::Error;
use crate::accounts::ids_of_roles;
use crate::reports::DayEnd;

/// The accounts that hold money, and those that stand beside it.
#[derive(Default)]
pub(super) struct CashAccounts {
    pub(super) banks: Vec<i64>,
    cards: Vec<i64>,
    undeposited: Vec<i64>,
    pub(super) banks_in_use: usize,
    pub(super) cards_in_use: usize,
}

/// What is no cash in a bank account, but near to it. Minor units.
pub(super) struct BesideCash {
    /// What is owed on cards: positive as a rule.
    pub(super) cards_owed: i64,
    /// Received and not deposited.
    pub(super) undeposited: i64,
}

impl CashAccounts {
    pub(super) async fn read(tx: &mut TenantTx<Read>) -> Result<Self, Error> {
        let rows = sqlx::query!(
            r#"select id, type as account_type, active and merged_into is null as "in_use!" from account
               where type in ('bank', 'credit_card')"#
        )
        .fetch_all(&mut **tx)
        .await?;
        let mut accounts = Self {
            undeposited: ids_of_roles(tx, &[AccountRole::UndepositedFunds]).await?,
            ..Self::default()
        };
        for row in rows {
            match row.account_type.as_str() {
                "bank" => {
                    accounts.banks.push(row.id);
                    accounts.banks_in_use += usize::from(row.in_use);
                }
                _ => {
                    accounts.cards.push(row.id);
                    accounts.cards_in_use += usize::from(row.in_use);
                }
            }
        }
        Ok(accounts)
    }

    /// What stands beside the cash at the end of a day.
    pub(super) async fn beside(&self, tx: &mut TenantTx<Read>, day: Date) -> Result<BesideCash, Error> {
        Ok(BesideCash {
            cards_owed: sum_checked([balance(tx, &self.cards, day).await?.saturating_neg()])?,
            undeposited: balance(tx, &self.undeposited, day).await?,
        })
    }
}

/// What accounts hold together at the end of a day, minor units, debit positive.
pub(super) async fn balance(tx: &mut TenantTx<Read>, accounts: &[i64], day: Date) -> Result<i64, Error> {
    if accounts.is_empty() {
        return Ok(0);
    }
    let end = DayEnd::of(day);
    Ok(sqlx::query_scalar!(
        r#"select ((select coalesce(sum(t.amount), 0) from month_total t where t.account_id = any ($1) and t.month < $2)
            + $5::bigint * (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id = any ($1) and p.retired_in is null and p.posted_on >= $3 and p.posted_on < $4))::bigint as "cash!""#,
        accounts,
        end.months_before,
        end.from,
        end.until,
        end.sign
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Cash at the end of a first day, what each day after it moved through today, and what is entered ahead.
pub(super) struct CashHistory {
    first: i64,
    moved: Vec<(Date, i64)>,
    ahead: Vec<(Date, i64)>,
}

impl CashHistory {
    pub(super) async fn read(
        tx: &mut TenantTx<Read>,
        accounts: &CashAccounts,
        first: Date,
        today: Date,
    ) -> Result<Self, Error> {
        let moved = sqlx::query!(
            r#"select posted_on, sum(amount)::bigint as "amount!" from posting
               where account_id = any ($1) and retired_in is null and posted_on > $2 and posted_on <= $3 group by posted_on"#,
            &accounts.banks,
            first,
            today
        )
        .fetch_all(&mut **tx)
        .await?;
        // What comes in and what goes out on a day stay apart; a transfer between two banks is neither.
        let ahead = sqlx::query!(
            r#"select d.posted_on, sum(d.amount)::bigint as "amount!" from (
                   select posted_on, sum(amount) as amount from posting
                   where account_id = any ($1) and retired_in is null and posted_on > $2 and posted_on <= $3
                   group by posted_on, document_id having sum(amount) <> 0
               ) d group by d.posted_on, d.amount > 0"#,
            &accounts.banks,
            today,
            forecast_end(today)
        )
        .fetch_all(&mut **tx)
        .await?;
        Ok(Self {
            first: balance(tx, &accounts.banks, first).await?,
            moved: moved.into_iter().map(|row| (row.posted_on, row.amount)).collect(),
            ahead: ahead.into_iter().map(|row| (row.posted_on, row.amount)).collect(),
        })
    }

    /// Cash at the end of a day through today.
    pub(super) fn at(&self, day: Date) -> Result<i64, Error> {
        let moved = self.moved.iter().filter(|(on, _)| *on <= day);
        Ok(sum_checked(moved.map(|(_, amount)| *amount).chain([self.first]))?)
    }

    /// What is entered with a day after today.
    pub(super) fn ahead(&self) -> impl Iterator<Item = (Date, i64)> {
        self.ahead.iter().copied()
    }
}
