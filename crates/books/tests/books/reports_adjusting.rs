//! Adjusting entries in reports of lines: alone, left out, and beside the unadjusted trial balance.

use books::accounts::{NewAccount, account_create, account_merge};
use books::documents::Marks;
use books::journal::{JournalInput, journal_create_issued, journal_create_reversing, journal_reverse, journal_void};
use books::locks::lock_set;
use books::reports::{
    AccountLedger, Adjusting, JournalReportFilter, LedgerFilter, Moment, Since, TrialBalanceAsked,
    report_general_ledger, report_journal, report_ledger, report_trial_balance_asked,
};
use ledger::accounts::AccountType;
use ledger::statements::{ADJUSTMENTS_NAMED_MAX, TrialBalance};
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture::{self, contact, entry, key, post};
use crate::general_ledger::whole;

const START: Date = date!(2026 - 01 - 01);
const END: Date = date!(2026 - 12 - 31);

async fn adjusting(cx: &Cx, day: Date, legs: &[(&str, i64)]) -> books::documents::Written {
    let input = JournalInput {
        marks: Marks {
            adjusting: true,
            ..Marks::default()
        },
        ..entry(cx, day, legs).await
    };
    journal_create_issued(cx, &input, &key())
        .await
        .expect("an adjusting entry")
}

/// Two years with adjusting entries in both; one of them was voided after its month was locked.
async fn adjusted_years(cx: &Cx) {
    let bank = "Business Checking";
    let day = |month: u8, day: u8| Date::from_calendar_date(2026, time::Month::try_from(month).expect("a month"), day);
    post(
        cx,
        date!(2025 - 05 - 05),
        &[(bank, 90_000), ("Sales of Services", -90_000)],
    )
    .await;
    post(
        cx,
        date!(2025 - 06 - 01),
        &[("Prepaid Expenses", 12_000), (bank, -12_000)],
    )
    .await;
    adjusting(
        cx,
        date!(2025 - 12 - 31),
        &[("Rent", 7000), ("Prepaid Expenses", -7000)],
    )
    .await;
    post(cx, day(1, 20).expect("a day"), &[("Rent", 50_000), (bank, -50_000)]).await;
    post(
        cx,
        day(2, 10).expect("a day"),
        &[(bank, 20_000), ("Sales of Services", -20_000)],
    )
    .await;
    adjusting(
        cx,
        day(3, 31).expect("a day"),
        &[("Rent", 3000), ("Prepaid Expenses", -3000)],
    )
    .await;
    adjusting(
        cx,
        day(4, 1).expect("a day"),
        &[("Prepaid Expenses", 500), ("Rent", -500)],
    )
    .await;
    let void = adjusting(
        cx,
        day(4, 30).expect("a day"),
        &[("Rent", 800), ("Prepaid Expenses", -800)],
    )
    .await;
    lock_set(cx, day(4, 30).ok(), "April is filed.", &key())
        .await
        .expect("a lock");
    journal_void(
        cx,
        void.id,
        void.version,
        date!(2026 - 05 - 02),
        "Entered twice.",
        &key(),
    )
    .await
    .expect("it is voided");
}

async fn trial(cx: &Cx, as_of: Date, moment: Moment) -> TrialBalance {
    let asked = TrialBalanceAsked {
        adjusted: true,
        moment,
        ..TrialBalanceAsked::of(as_of)
    };
    report_trial_balance_asked(cx, &asked)
        .await
        .expect("a trial balance")
        .statement
}

async fn register(cx: &Cx, account_id: i64, filter: LedgerFilter) -> AccountLedger {
    report_ledger(cx, account_id, &filter, None, 500)
        .await
        .expect("a register")
        .statement
}

#[test]
fn every_figure_before_between_and_after_adjusting_entries_opens_lines_that_add_up_to_it() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        adjusted_years(&cx).await;
        let head = report_journal(&cx, &JournalReportFilter::over(START, END), None, 1)
            .await
            .expect("a journal")
            .provenance
            .change;
        for (as_of, moment) in [
            (date!(2026 - 03 - 31), Moment::Now),
            (END, Moment::Now),
            (END, Moment::Change(head)),
            (END, Moment::Change(head - 1)),
        ] {
            let trial = trial(&cx, as_of, moment).await;
            assert!(trial.rows.len() > 3);
            for row in &trial.rows {
                let account = row.account_id.expect("an account");
                let filter = |adjusting| LedgerFilter {
                    adjusting,
                    moment,
                    ..LedgerFilter::over(START, as_of)
                };
                let [unadjusted, moved, adjusted] = &row.sides[..] else {
                    panic!("three pairs of columns")
                };
                let what = format!("{} at {as_of} {moment:?}", row.account);
                let before = register(&cx, account, filter(Adjusting::LeftOut)).await;
                assert_eq!(before.on_statements, unadjusted.debit - unadjusted.credit, "{what}");
                assert!(before.lines.iter().all(|line| !line.adjusting), "{what}");
                assert_eq!(
                    before
                        .lines
                        .last()
                        .map_or(before.beginning_balance, |line| line.balance),
                    before.ending_balance,
                    "{what}"
                );
                let between = register(&cx, account, filter(Adjusting::Only)).await;
                assert_eq!(
                    (between.total_debit, between.total_credit),
                    (moved.debit, moved.credit),
                    "{what}"
                );
                let after = register(&cx, account, filter(Adjusting::Among)).await;
                assert_eq!(after.on_statements, adjusted.debit - adjusted.credit, "{what}");
            }
        }
    });
}

/// The numbers of the entries that adjust an account, and how many there are besides.
fn adjusted_by(trial: &TrialBalance, account: &str) -> (Vec<String>, usize) {
    let row = trial.rows.iter().find(|row| row.account == account).expect("a row");
    let names = row.adjusted_by.entries.iter().map(|entry| entry.name().to_owned());
    (names.collect(), row.adjusted_by.more)
}

#[test]
fn each_account_names_the_entries_that_adjust_it_by_number_and_counts_those_beyond_the_twelfth() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        adjusted_years(&cx).await;
        let march = trial(&cx, date!(2026 - 03 - 31), Moment::Now).await;
        let numbers = |numbers: &[&str]| numbers.iter().map(|&number| number.to_owned()).collect::<Vec<String>>();
        // JE-3 adjusts the year before.
        assert_eq!(adjusted_by(&march, "Rent"), (numbers(&["JE-6"]), 0));
        assert_eq!(adjusted_by(&march, "Prepaid Expenses"), (numbers(&["JE-6"]), 0));
        assert_eq!(adjusted_by(&march, "Business Checking"), (numbers(&[]), 0));
        let year = trial(&cx, END, Moment::Now).await;
        assert_eq!(adjusted_by(&year, "Rent"), (numbers(&["JE-6", "JE-7", "JE-8"]), 0));
        let known = report_journal(&cx, &JournalReportFilter::over(START, END), None, 1).await;
        let known = known.expect("a journal").provenance.change;
        for day in 1..=12 {
            let day = Date::from_calendar_date(2026, time::Month::June, day).expect("a day");
            adjusting(&cx, day, &[("Rent", 100), ("Prepaid Expenses", -100)]).await;
        }
        let (named, more) = adjusted_by(&trial(&cx, END, Moment::Now).await, "Rent");
        assert_eq!((named.len(), more), (ADJUSTMENTS_NAMED_MAX, 3));
        assert_eq!(named[..4], numbers(&["JE-6", "JE-7", "JE-8", "JE-9"]));
        let then = trial(&cx, END, Moment::Change(known)).await;
        assert_eq!(adjusted_by(&then, "Rent"), (numbers(&["JE-6", "JE-7", "JE-8"]), 0));
    });
}

#[test]
fn an_entry_on_an_account_and_on_what_was_merged_into_it_is_named_once() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let storage = NewAccount::named("Storage", AccountType::Expense);
        let storage = account_create(&cx, &storage, &key()).await.expect("an account");
        let legs = [("Rent", 300), ("Storage", 200), ("Prepaid Expenses", -500)];
        adjusting(&cx, date!(2026 - 03 - 31), &legs).await;
        account_merge(&cx, storage, fixture::account(&cx, "Rent").await, false, &key())
            .await
            .expect("merged");
        let trial = trial(&cx, END, Moment::Now).await;
        assert_eq!(adjusted_by(&trial, "Rent"), (vec!["JE-1".to_owned()], 0));
        let rent = trial.rows.iter().find(|row| row.account == "Rent").expect("a row");
        assert_eq!(rent.sides[1].debit, 500);
    });
}

#[test]
fn a_general_ledger_without_adjusting_entries_is_the_unadjusted_trial_balance_on_every_page() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        adjusted_years(&cx).await;
        let filter = LedgerFilter {
            adjusting: Adjusting::LeftOut,
            ..LedgerFilter::over(START, END)
        };
        let trial = trial(&cx, END, Moment::Now).await;
        let unadjusted: Vec<(&str, i64)> = trial
            .rows
            .iter()
            .map(|row| (row.account.as_str(), row.sides[0].debit - row.sides[0].credit))
            .filter(|(_, amount)| *amount != 0)
            .collect();
        for page in [1, 2, 500] {
            let accounts = whole(&cx, &filter, &[], page).await;
            let ends: Vec<(&str, i64)> = accounts
                .iter()
                .map(|account| (account.account.as_str(), account.end.expect("an end").ending_balance))
                .collect();
            assert_eq!(ends, unadjusted, "{page} a page");
        }
        let journal = JournalReportFilter {
            adjusting: Adjusting::LeftOut,
            ..JournalReportFilter::over(START, END)
        };
        let report = report_journal(&cx, &journal, None, 500).await.expect("a journal");
        let days: Vec<Date> = report.statement.entries.iter().map(|entry| entry.posted_on).collect();
        assert_eq!(days, [date!(2026 - 01 - 20), date!(2026 - 02 - 10)]);
        let totals = report.statement.totals.expect("totals");
        assert_eq!((totals.entries, totals.debit), (2, 70_000));
    });
}

#[test]
fn what_was_entered_since_is_found_by_its_customer_and_by_its_mark() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        adjusted_years(&cx).await;
        let now = report_general_ledger(&cx, &LedgerFilter::over(START, END), &[], None, 1)
            .await
            .expect("a ledger");
        let hollis = contact(&cx, "Hollis Hardware").await;
        let june = date!(2026 - 06 - 01);
        post(
            &cx,
            june,
            &[
                ("Accounts Receivable @ Hollis Hardware", 400),
                ("Sales of Services", -400),
            ],
        )
        .await;
        adjusting(&cx, june, &[("Rent", 60), ("Prepaid Expenses", -60)]).await;
        let then = LedgerFilter {
            moment: Moment::Change(now.provenance.change),
            shows_since: true,
            ..LedgerFilter::over(START, END)
        };
        let since = async |filter: LedgerFilter, name: &str| -> Vec<i64> {
            let account = fixture::account(&cx, name).await;
            let register = register(&cx, account, filter).await;
            let ledger = whole(&cx, &filter, &[account], 500).await;
            let lines = ledger.into_iter().flat_map(|account| account.lines);
            assert_eq!(lines.collect::<Vec<_>>(), register.lines);
            let made = register
                .lines
                .iter()
                .filter(|line| matches!(line.since, Some(Since::Made(_))));
            made.map(|line| line.amount).collect()
        };
        let of_hollis = LedgerFilter {
            contact_id: Some(hollis),
            ..then
        };
        assert_eq!(since(of_hollis, "Accounts Receivable").await, [400]);
        let marked = |adjusting| LedgerFilter { adjusting, ..then };
        assert_eq!(since(marked(Adjusting::Only), "Rent").await, [60]);
        assert_eq!(since(marked(Adjusting::LeftOut), "Rent").await, Vec::<i64>::new());
        assert_eq!(since(marked(Adjusting::LeftOut), "Accounts Receivable").await, [400]);
    });
}

/// What an account shows at a day before, between and after the adjusting entries: minor units, debit positive.
async fn three_columns(cx: &Cx, as_of: Date, account: &str) -> [i64; 3] {
    let trial = trial(cx, as_of, Moment::Now).await;
    let row = trial.rows.iter().find(|row| row.account.ends_with(account));
    let [unadjusted, moved, adjusted] = &row.expect("a row").sides[..] else {
        panic!("three pairs of columns")
    };
    [unadjusted, moved, adjusted].map(|side| side.debit - side.credit)
}

#[test]
fn an_accrual_and_its_reversal_in_the_same_fiscal_year_leave_the_unadjusted_trial_balance_as_it_was_entered() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        post(
            &cx,
            date!(2026 - 01 - 20),
            &[("Rent", 50_000), ("Business Checking", -50_000)],
        )
        .await;
        let accrual = JournalInput {
            marks: Marks {
                adjusting: true,
                accrual_only: true,
            },
            ..entry(
                &cx,
                date!(2026 - 01 - 31),
                &[("Rent", 3000), ("Prepaid Expenses", -3000)],
            )
            .await
        };
        let written = journal_create_reversing(&cx, &accrual, date!(2026 - 02 - 01), &key())
            .await
            .expect("an accrual");
        let accrued = fixture::document(&cx, written.id).await;
        let reversal = fixture::document(&cx, accrued.reversed_by_id.expect("a reversal")).await;
        assert_eq!(reversal.marks, accrual.marks);
        assert_eq!(
            three_columns(&cx, date!(2026 - 01 - 31), "Rent").await,
            [50_000, 3000, 53_000]
        );
        assert_eq!(three_columns(&cx, END, "Rent").await, [50_000, 0, 50_000]);
    });
}

#[test]
fn a_reversal_after_the_year_end_is_no_adjustment_of_the_new_year() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let accrual = adjusting(
            &cx,
            date!(2026 - 12 - 31),
            &[("Rent", 3000), ("Prepaid Expenses", -3000)],
        )
        .await;
        let reversal = journal_reverse(&cx, accrual.id, date!(2027 - 01 - 01), &key())
            .await
            .expect("a reversal");
        assert_eq!(fixture::document(&cx, reversal.id).await.marks, Marks::default());
        assert_eq!(three_columns(&cx, END, "Rent").await, [0, 3000, 3000]);
        assert_eq!(
            three_columns(&cx, date!(2027 - 01 - 31), "Rent").await,
            [-3000, 0, -3000]
        );
    });
}
