//! Statements month by month, beside hledger's own income statement and balance sheet.

use std::collections::BTreeMap;

use books::reports::{StatementAsked, report_statement};
use ledger::accounts::{AccountType, Side, Statement as StatementOf};
use ledger::statements::{SectionKey, Statement, StatementKind, TotalName, Unit};
use tenancy::Cx;
use testkit::run;
use time::{Date, Month};

use crate::other_programs::{Hledger, Journal};
use crate::textbook::Textbook;
use crate::{company, textbook_file, workload};

/// The months of a year, and the amounts of each account in them.
async fn monthly(cx: &Cx, kind: StatementKind, year: i32) -> Statement {
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
    rows.map(|row| (row.account.clone(), of_months(statement, &row.amounts)))
        .collect()
}

fn types(statements: [&Statement; 2]) -> BTreeMap<String, char> {
    let sections = statements.into_iter().flat_map(|statement| &statement.sections);
    sections
        .flat_map(|section| {
            let letter = letter(section_type(section.key));
            section.rows.iter().map(move |row| (row.account.clone(), letter))
        })
        .collect()
}

/// Every month of both statements is hledger's: each account, and the last line.
async fn assert_is_hledgers(cx: &Cx, journal: &Journal, hledger: &Hledger, year: i32) {
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

#[test]
fn each_month_of_the_textbooks_statements_is_hledgers() {
    run(async |kit| {
        let (Some(textbook), Some(hledger)) = (Textbook::load(), Hledger::find()) else {
            return;
        };
        let file = textbook_file(&textbook);
        let cx = company(kit, &file).await;
        assert_is_hledgers(&cx, &Journal::of_file(&file), &hledger, 2019).await;
    });
}

#[test]
fn each_month_of_a_thousand_invoices_is_hledgers() {
    run(async |kit| {
        let (Some(invoices), Some(hledger)) = (workload::invoices(1_000), Hledger::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        assert_is_hledgers(&cx, &workload::plain_journal(&invoices), &hledger, 2026).await;
    });
}
