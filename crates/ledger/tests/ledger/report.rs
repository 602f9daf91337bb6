//! Reports of one column, as tests ask for them.

use ledger::accounts::{AccountType, CashFlow};
use ledger::dates::FiscalYears;
use ledger::money::{AmountOverflow, Currency};
use ledger::statements::{
    AccountBalance, Asked, Balances, Basis, Days, Face, Plan, Shown, Span, Statement, StatementKind, TrialBalance,
    TrialColumns, Unit, balance_sheet, plan, profit_and_loss, trial_balance,
};
use time::Date;

pub const CALENDAR: FiscalYears = FiscalYears {
    first_month: 1,
    changes: Vec::new(),
};

/// An account without number, parent or role.
pub fn account(account_id: i64, name: &str, account_type: AccountType, amount: i64) -> AccountBalance {
    AccountBalance {
        account_id,
        parent_id: None,
        number: None,
        name: name.to_owned(),
        account_type,
        role: None,
        cash_flow: CashFlow::usual(account_type, None),
        active: true,
        amounts: vec![amount],
    }
}

/// What some accounts hold in one measure.
pub fn balances(accounts: &[AccountBalance], retained_before: i64) -> Balances {
    Balances {
        accounts: accounts.to_vec(),
        retained_before: vec![retained_before],
    }
}

/// What is asked of a statement in one column.
pub fn asked(kind: StatementKind, from: Date, to: Date) -> Asked {
    Asked {
        kind,
        span: Span { from, to },
        unit: Unit::Total,
        prior_period: false,
        prior_year: false,
        percent_of_income: false,
        against_now: None,
    }
}

/// The plan of a statement in one column.
pub fn single(kind: StatementKind, from: Date, to: Date) -> Plan {
    plan(&asked(kind, from, to), &CALENDAR).expect("one column is not too many")
}

/// A balance sheet in one column.
pub fn sheet_of(as_of: Date, accounts: &[AccountBalance], retained_before: i64) -> Result<Statement, AmountOverflow> {
    let plan = single(StatementKind::BalanceSheet, as_of, as_of);
    balance_sheet(
        Currency::USD,
        plan,
        &balances(accounts, retained_before),
        Shown::default(),
    )
}

/// A profit and loss in one column.
pub fn earned_of(from: Date, to: Date, accounts: &[AccountBalance]) -> Result<Statement, AmountOverflow> {
    let plan = single(StatementKind::ProfitAndLoss, from, to);
    profit_and_loss(Currency::USD, plan, &balances(accounts, 0), Shown::default())
}

/// A trial balance in one pair of columns.
pub fn trial_of(accounts: &[AccountBalance], retained_before: i64) -> Result<TrialBalance, AmountOverflow> {
    let balances = balances(accounts, retained_before);
    trial_balance(Currency::USD, TrialColumns::single(), &balances, Shown::default())
}

/// The face of a report of these days.
pub fn face(days: Days) -> Face {
    Face {
        company: "Printing Plus".to_owned(),
        days,
        basis: Basis::Accrual,
        currency: Currency::USD,
        made: "Feb 1, 2019, 9:14 AM CST".to_owned(),
        made_at: "2019-02-01T15:14:09Z".to_owned(),
        change: 17,
        chain: "7f3ac90e12ab".to_owned(),
        known: None,
    }
}
