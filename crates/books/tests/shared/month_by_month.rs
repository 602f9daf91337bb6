//! The statements of a year, month by month, beside those of hledger and beside the balances of hledger and beancount.

use std::collections::BTreeMap;

use books::reports::{StatementAsked, report_statement};
use ledger::accounts::{AccountType, Side, Statement as StatementOf};
use ledger::statements::{SectionKey, Statement, StatementKind, StatementRow, TotalName, Unit};
use tenancy::Cx;
use time::{Date, Month};

use crate::Balances;
use crate::other_programs::{Hledger, Journal};

/// The last days of a year's months.
pub fn month_ends(year: i32) -> impl Iterator<Item = Date> {
    (1..=12_u8).map(move |month| {
        let month = Month::try_from(month).expect("a month");
        Date::from_calendar_date(year, month, month.length(year)).expect("a day")
    })
}

/// An account's name for the other programs, where a colon would set it below another one.
pub fn plain_name(account: &str) -> String {
    account.replace(':', " - ")
}

/// The months of a year, and the amounts of each account in them.
pub async fn monthly(cx: &Cx, kind: StatementKind, year: i32) -> Statement {
    let first = Date::from_calendar_date(year, Month::January, 1).expect("a day");
    let last = Date::from_calendar_date(year, Month::December, 31).expect("a day");
    let asked = StatementAsked {
        unit: Unit::Month,
        ..StatementAsked::total(kind, first, last)
    };
    report_statement(cx, &asked).await.expect("a statement").statement
}

/// An amount of each month, in the order of the months: the whole year, which is read first, ends December's balance sheet.
fn of_months(statement: &Statement, amounts: &[i64]) -> Vec<i64> {
    let cells = statement.cells(Some(amounts)).into_iter().take(12);
    let amounts = cells.map(|cell| match cell {
        ledger::statements::Cell::Amount(amount) => amount,
        other => panic!("a month shows an amount, not {other:?}"),
    });
    amounts.collect()
}

fn section_type(key: SectionKey) -> AccountType {
    match key {
        SectionKey::Of(account_type) => account_type,
        other => panic!("{other:?} is no type"),
    }
}

/// hledger's letter for a type.
const fn letter(account_type: AccountType) -> char {
    match (account_type.statement(), account_type.normal_side()) {
        (StatementOf::ProfitAndLoss, Side::Credit) => 'R',
        (StatementOf::ProfitAndLoss, Side::Debit) => 'X',
        (StatementOf::BalanceSheet, _) if matches!(account_type, AccountType::Equity) => 'E',
        (StatementOf::BalanceSheet, Side::Debit) => 'A',
        (StatementOf::BalanceSheet, Side::Credit) => 'L',
    }
}

/// The rows of accounts as hledger shows them: assets, liabilities, revenues and expenses positive.
fn rows(statement: &Statement) -> BTreeMap<String, Vec<i64>> {
    let sections = statement.sections.iter();
    let rows = sections
        .filter(|section| section_type(section.key) != AccountType::Equity)
        .flat_map(|section| &section.rows);
    rows.map(|row| (plain_name(&row.account), of_months(statement, &row.amounts)))
        .filter(|(_, amounts)| amounts.iter().any(|amount| *amount != 0))
        .collect()
}

pub fn types(statements: [&Statement; 2]) -> BTreeMap<String, char> {
    let sections = statements.into_iter().flat_map(|statement| &statement.sections);
    sections
        .flat_map(|section| {
            let letter = letter(section_type(section.key));
            section.rows.iter().map(move |row| (plain_name(&row.account), letter))
        })
        .collect()
}

/// Every month of both statements is hledger's: each account, and the last line.
pub async fn assert_is_hledgers(cx: &Cx, journal: &Journal, hledger: &Hledger, year: i32) {
    let earned = monthly(cx, StatementKind::ProfitAndLoss, year).await;
    let sheet = monthly(cx, StatementKind::BalanceSheet, year).await;
    let types = types([&earned, &sheet]);
    for (statement, command, last) in [
        (&earned, "incomestatement", TotalName::NetIncome),
        (&sheet, "balancesheet", TotalName::Assets),
    ] {
        let mut theirs = hledger.monthly(command, journal, &types, year);
        let net = theirs.remove("Net:").expect("hledger's last line");
        assert_eq!(rows(statement), theirs, "{command}");
        let total = |name| {
            let (_, amounts) = statement
                .totals
                .iter()
                .find(|(known, _)| *known == name)
                .expect("a total");
            of_months(statement, amounts)
        };
        // hledger's balance sheet ends with assets less liabilities, which is equity.
        let ours = match last {
            TotalName::Assets => {
                let pairs = total(TotalName::Assets).into_iter().zip(total(TotalName::Liabilities));
                pairs.map(|(assets, liabilities)| assets - liabilities).collect()
            }
            name => total(name),
        };
        assert_eq!(ours, net, "the last line of {command}");
    }
    assert!(sheet.is_balanced());
}

/// What another program has on every account at the end of the year before and of each month; what stands below an account is on it.
pub struct Held(Vec<Balances>);

impl Held {
    /// Asks the program for its balances at the end of each of these days.
    pub fn in_year(year: i32, balances: impl Fn(Date) -> Balances) -> Self {
        let before = Date::from_calendar_date(year - 1, Month::December, 31).expect("a day");
        let whole = |day| {
            let mut whole = Balances::new();
            for (account, amount) in balances(day) {
                let (account, _) = account.split_once(':').unwrap_or((&account, ""));
                *whole.entry(account.to_owned()).or_default() += amount;
            }
            whole
        };
        Self(std::iter::once(before).chain(month_ends(year)).map(whole).collect())
    }

    /// What accounts held at the ends of the months, debit positive.
    fn at_ends<'a>(&self, accounts: impl IntoIterator<Item = &'a String>) -> Vec<i64> {
        self.at(accounts)[1..].to_vec()
    }

    /// What they held before each month.
    fn before<'a>(&self, accounts: impl IntoIterator<Item = &'a String>) -> Vec<i64> {
        self.at(accounts)[..12].to_vec()
    }

    /// What moved on them in each month.
    fn moved<'a>(&self, accounts: impl IntoIterator<Item = &'a String>) -> Vec<i64> {
        self.at(accounts).windows(2).map(|held| held[1] - held[0]).collect()
    }

    fn at<'a>(&self, accounts: impl IntoIterator<Item = &'a String>) -> Vec<i64> {
        let mut sums = vec![0; self.0.len()];
        for account in accounts {
            for (sum, held) in sums.iter_mut().zip(&self.0) {
                *sum += held.get(account).copied().unwrap_or_default();
            }
        }
        sums
    }

    /// The accounts that anything moved on.
    fn moving(&self) -> impl Iterator<Item = &String> {
        let known: BTreeMap<&String, ()> = self.0.iter().flat_map(Balances::keys).map(|name| (name, ())).collect();
        known
            .into_keys()
            .filter(|account| self.moved([*account]).iter().any(|amount| *amount != 0))
    }
}

fn negated(amounts: Vec<i64>) -> Vec<i64> {
    amounts.into_iter().map(|amount| -amount).collect()
}

fn total(statement: &Statement, name: TotalName) -> Vec<i64> {
    let known = statement.totals.iter().find(|(known, _)| *known == name);
    of_months(statement, &known.expect("a total").1)
}

/// Every month of the profit and loss, the balance sheet and the statement of cash flows is what the balances of another program come
/// to: each account, what was earned, what is owned less what is owed, and the cash before and after.
pub async fn assert_is_what_they_hold(cx: &Cx, held: &Held, year: i32) {
    let earned = monthly(cx, StatementKind::ProfitAndLoss, year).await;
    let sheet = monthly(cx, StatementKind::BalanceSheet, year).await;
    let types = types([&earned, &sheet]);
    let of_letters = |letters: &'static str| {
        let accounts = types.iter().filter(move |(_, letter)| letters.contains(**letter));
        accounts.map(|(account, _)| account)
    };
    for account in held.moving() {
        assert!(types.contains_key(account), "{account} stands on no statement");
    }
    for account in of_letters("RX") {
        let moved = held.moved([account]);
        let theirs = if types[account] == 'R' { negated(moved) } else { moved };
        assert_eq!(row(&earned, account), theirs, "{account} earned");
    }
    for account in of_letters("AL") {
        let ends = held.at_ends([account]);
        let theirs = if types[account] == 'L' { negated(ends) } else { ends };
        assert_eq!(row(&sheet, account), theirs, "{account} held");
    }
    let net_income = negated(held.moved(of_letters("RX")));
    assert_eq!(total(&earned, TotalName::NetIncome), net_income);
    assert_eq!(total(&sheet, TotalName::Assets), held.at_ends(of_letters("A")));
    assert_eq!(
        total(&sheet, TotalName::Liabilities),
        negated(held.at_ends(of_letters("L")))
    );
    assert!(sheet.is_balanced());
    assert_cash_is_what_they_hold(cx, held, year, &net_income).await;
}

/// Why cash is not what was earned: each account once, and cash as the other program has it.
async fn assert_cash_is_what_they_hold(cx: &Cx, held: &Held, year: i32, net_income: &[i64]) {
    let flow = monthly(cx, StatementKind::CashFlow, year).await;
    let rows = |key: SectionKey| {
        let section = flow.sections.iter().find(move |section| section.key == key);
        &section.expect("a section").rows
    };
    let names = |rows: &[StatementRow]| rows.iter().map(|row| plain_name(&row.account)).collect::<Vec<String>>();
    let mut moved = vec![0; 12];
    let mut seen = Vec::new();
    for key in [SectionKey::Operating, SectionKey::Investing, SectionKey::Financing] {
        for row in rows(key) {
            let (name, ours) = (plain_name(&row.account), of_months(&flow, &row.amounts));
            // The one row that is of no account is net income.
            let theirs = match row.account_id() {
                None => net_income.to_vec(),
                Some(_) => negated(held.moved([&name])),
            };
            assert_eq!(ours, theirs, "{name}");
            moved = moved.iter().zip(ours).map(|(sum, amount)| sum + amount).collect();
            seen.push(name);
        }
    }
    let cash = names(rows(SectionKey::CashAtEnd));
    assert_eq!(total(&flow, TotalName::CashAtEnd), held.at_ends(&cash));
    let at_beginning = flow
        .sections
        .iter()
        .find(|section| section.key == SectionKey::CashAtBeginning);
    let at_beginning = of_months(&flow, &at_beginning.expect("a section").total);
    assert_eq!(at_beginning, held.before(&cash));
    assert_eq!(total(&flow, TotalName::NetChangeInCash), moved);
    assert_eq!(moved, held.moved(&cash));
    seen.sort();
    let all = seen.len();
    seen.dedup();
    assert_eq!(seen.len(), all, "an account stands in one part of the statement");
    assert!(flow.is_balanced());
}

/// A row of accounts, by months; of an account that is not shown nothing.
fn row(statement: &Statement, account: &str) -> Vec<i64> {
    let mut rows = statement.sections.iter().flat_map(|section| &section.rows);
    rows.find(|row| plain_name(&row.account) == account)
        .map_or_else(|| vec![0; 12], |row| of_months(statement, &row.amounts))
}
