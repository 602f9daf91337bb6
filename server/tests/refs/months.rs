//! The demo company's books beside those of hledger and beancount, month by month over both years.
//!
//! What the other programs read is the journal report: the lines of the entries, with no sum of ours in them.

use books::reports::{JournalReportFilter, LedgerFilter, report_trial_balance};
use ledger::money::{Currency, format_plain};
use ledger::statements::StatementKind;
use tenancy::Cx;
use testkit::run;
use time::macros::date;
use time::{Date, Month};

use crate::Balances;
use crate::demo::demo;
use crate::golden_lines::{accounts_of, entries_of, lines};
use crate::month_by_month::{
    Held, assert_is_hledgers, assert_is_what_they_hold, month_ends, monthly, plain_name, types,
};
use crate::other_programs::{Beancount, Entry, Hledger, Journal};

const YEARS: [i32; 2] = [2025, 2026];

/// Everything that was ever posted, also what lies ahead.
async fn journal(cx: &Cx) -> Journal {
    let ever = JournalReportFilter::over(date!(2024 - 01 - 01), date!(2027 - 12 - 31));
    let entries = entries_of(cx, &ever).await.into_iter().map(|entry| Entry {
        date: entry.posted_on.to_string(),
        legs: entry
            .lines
            .iter()
            .map(|line| (plain_name(&line.account), format_plain(line.amount, Currency::USD)))
            .collect(),
    });
    Journal {
        entries: entries.collect(),
    }
}

#[test]
fn each_month_of_the_demo_companys_statements_is_hledgers() {
    run(async |kit| {
        let Some(hledger) = Hledger::find() else { return };
        let cx = &demo(kit).await.cx;
        let journal = journal(cx).await;
        assert!(journal.entries.len() > 500, "{} entries", journal.entries.len());
        for year in YEARS {
            assert_is_hledgers(cx, &journal, &hledger, year).await;
        }
    });
}

#[test]
fn each_month_of_the_demo_companys_statements_is_what_hledger_and_beancount_hold() {
    run(async |kit| {
        let (Some(hledger), Some(beancount)) = (Hledger::find(), Beancount::find()) else {
            return;
        };
        let cx = &demo(kit).await.cx;
        let journal = journal(cx).await;
        for year in YEARS {
            let by_hledger = Held::in_year(year, |day| hledger.balances(&journal, day));
            assert_is_what_they_hold(cx, &by_hledger, year).await;
            let by_beancount = Held::in_year(year, |day| beancount.balances(&journal, day));
            assert_is_what_they_hold(cx, &by_beancount, year).await;
        }
    });
}

/// The other program's balances at the end of a day as a trial balance shows them: what was earned before the first day of the year
/// is retained earnings.
async fn closed(cx: &Cx, balances: &impl Fn(Date) -> Balances, day: Date) -> Balances {
    let earned = monthly(cx, StatementKind::ProfitAndLoss, 2025).await;
    let sheet = monthly(cx, StatementKind::BalanceSheet, 2025).await;
    let (mut now, mut types) = (balances(day), types([&earned, &sheet]));
    let earned = monthly(cx, StatementKind::ProfitAndLoss, 2026).await;
    types.extend(self::types([&earned, &sheet]));
    if day.year() > 2025 {
        let earlier = balances(Date::from_calendar_date(day.year() - 1, Month::December, 31).expect("a day"));
        for (account, amount) in earlier {
            if matches!(types.get(&account), Some('R' | 'X')) {
                *now.entry(account).or_default() -= amount;
                *now.entry("Retained Earnings".to_owned()).or_default() += amount;
            }
        }
    }
    now.retain(|_, amount| *amount != 0);
    now
}

async fn trial_balance(cx: &Cx, day: Date) -> Balances {
    let report = report_trial_balance(cx, day).await.expect("a trial balance").statement;
    let rows = report.rows.into_iter();
    rows.map(|row| (plain_name(&row.account), row.debit.minor - row.credit.minor))
        .collect()
}

#[test]
fn the_demo_companys_trial_balance_is_hledgers_at_the_end_of_every_month_once_earlier_years_are_closed() {
    run(async |kit| {
        let Some(hledger) = Hledger::find() else { return };
        let cx = &demo(kit).await.cx;
        let journal = journal(cx).await;
        for day in YEARS.into_iter().flat_map(month_ends) {
            let theirs = closed(cx, &|day| hledger.balances(&journal, day), day).await;
            assert_eq!(trial_balance(cx, day).await, theirs, "{day}");
        }
    });
}

#[test]
fn the_demo_companys_trial_balance_is_beancounts_at_the_end_of_every_month_once_earlier_years_are_closed() {
    run(async |kit| {
        let Some(beancount) = Beancount::find() else { return };
        let cx = &demo(kit).await.cx;
        let journal = journal(cx).await;
        for day in YEARS.into_iter().flat_map(month_ends) {
            let theirs = closed(cx, &|day| beancount.balances(&journal, day), day).await;
            assert_eq!(trial_balance(cx, day).await, theirs, "{day}");
        }
    });
}

#[test]
fn every_line_of_the_demo_companys_first_year_has_the_balance_that_hledger_gives_it() {
    run(async |kit| {
        let Some(hledger) = Hledger::find() else { return };
        let cx = &demo(kit).await.cx;
        let journal = journal(cx).await;
        // The opening entry is of the day before the first year.
        let year = LedgerFilter::over(date!(2024 - 12 - 31), date!(2025 - 12 - 31));
        for account in accounts_of(cx, &year).await {
            let ours = lines(&account);
            let mut theirs = hledger.register(&journal, &plain_name(&account.account));
            theirs.truncate(ours.len());
            assert_eq!(ours, theirs, "{}", account.account);
        }
    });
}
