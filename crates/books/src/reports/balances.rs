//! The balance of every account before a period and at its end: one query over month totals and the postings of the months that
//! the two days cut.

use ledger::accounts::{AccountRole, AccountType, Statement};
use ledger::money::sum_checked;
use ledger::statements::{self, AccountBalance, BalanceSheet, Basis};
use tenancy::{Read, TenantTx};
use time::Date;

use super::{DayEnd, Frame, day_before};
use crate::Error;

/// All accounts with what they held before a period and what they hold at its end.
pub(crate) struct Movements {
    /// Minor units, debit positive.
    accounts: Vec<Movement>,
    /// What all income and expense accounts earned before the period: a profit is positive.
    earned_before: i64,
}

struct Movement {
    /// The account, with what it holds at the end.
    closing: AccountBalance,
    opening: i64,
}

/// Balances as a trial balance and a balance sheet take them.
pub(crate) struct YearBalances {
    pub(crate) accounts: Vec<AccountBalance>,
    pub(crate) retained_before: i64,
}

/// Reads what every account held before `from` and holds at the end of `to`.
pub(crate) async fn movements(tx: &mut TenantTx<Read>, from: Date, to: Date) -> Result<Movements, Error> {
    let (before, end) = (DayEnd::of(day_before(from)), DayEnd::of(to));
    let rows = sqlx::query!(
        r#"with part as (
            select t.account_id, sum(t.amount) filter (where t.month < $1) as opening, sum(t.amount) filter (where t.month < $5) as closing
            from month_total t where t.month < greatest($1, $5) group by t.account_id
            union all
            select p.account_id, $4::bigint * sum(p.amount), 0 from posting p
            where p.retired_in is null and p.posted_on >= $2 and p.posted_on < $3 group by p.account_id
            union all
            select p.account_id, 0, $8::bigint * sum(p.amount) from posting p
            where p.retired_in is null and p.posted_on >= $6 and p.posted_on < $7 group by p.account_id
        )
        select a.id, a.parent_id, a.number, a.name, a.type as account_type, a.role,
            coalesce(sum(part.opening), 0)::bigint as "opening!", coalesce(sum(part.closing), 0)::bigint as "closing!"
        from account a left join part on part.account_id = a.id group by a.id"#,
        before.months_before,
        before.from,
        before.until,
        before.sign,
        end.months_before,
        end.from,
        end.until,
        end.sign
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in rows {
        let closing = AccountBalance {
            account_id: row.id,
            parent_id: row.parent_id,
            number: row.number,
            name: row.name,
            account_type: AccountType::parse(&row.account_type).map_err(|_| Error::NotFound("that account type"))?,
            role: row.role.and_then(|role| AccountRole::parse(&role).ok()),
            amount: row.closing,
        };
        accounts.push(Movement {
            closing,
            opening: row.opening,
        });
    }
    let earned = accounts
        .iter()
        .filter(|account| account.earns())
        .map(|account| account.opening);
    let earned_before = -sum_checked(earned)?;
    Ok(Movements {
        accounts,
        earned_before,
    })
}

impl Movement {
    fn earns(&self) -> bool {
        self.closing.account_type.statement() == Statement::ProfitAndLoss
    }
}

impl Movements {
    /// For a period that is a fiscal year so far: income and expenses of the period, everything else cumulative.
    pub(crate) fn of_a_year(self) -> YearBalances {
        let retained_before = self.earned_before;
        let accounts = self.accounts.into_iter().map(|account| match account.earns() {
            true => account.moved(),
            false => account.closing,
        });
        YearBalances {
            accounts: accounts.collect(),
            retained_before,
        }
    }

    /// What the period itself moved.
    pub(crate) fn of_the_period(self) -> Vec<AccountBalance> {
        self.accounts.into_iter().map(Movement::moved).collect()
    }
}

impl Movement {
    fn moved(self) -> AccountBalance {
        let amount = self.closing.amount.saturating_sub(self.opening);
        AccountBalance { amount, ..self.closing }
    }
}

/// The balance sheet at the end of a day.
pub(crate) async fn balance_sheet_of(
    tx: &mut TenantTx<Read>,
    frame: &Frame,
    as_of: Date,
) -> Result<BalanceSheet, Error> {
    let balances = movements(tx, frame.years.start_of(as_of), as_of).await?.of_a_year();
    Ok(statements::balance_sheet(
        as_of,
        Basis::Accrual,
        frame.currency,
        &balances.accounts,
        balances.retained_before,
    )?)
}
