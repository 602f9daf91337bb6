//! Fiscal years: short ones, another first month, closing and reopening, and what changed since.

use books::company::{company_get, company_set_up};
use books::fiscal_years::{
    YearClose, YearRow, YearState, fiscal_year_add, fiscal_year_close, fiscal_year_close_checks,
    fiscal_year_first_month_preview, fiscal_year_first_month_set, fiscal_year_list, fiscal_year_remove,
    fiscal_year_reopen,
};
use books::journal::{journal_create_issued, journal_save_draft};
use books::locks::{LockLevel, lock_get, lock_set, lock_set_at};
use books::reports::{report_balance_sheet, report_year_start};
use ledger::accounts::AccountType;
use ledger::statements::TotalName;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use tenancy::{Cx, Role};
use testkit::run;
use time::macros::date;
use time::{Date, Duration};

use crate::fixture::{self, company, entry, fields, key, message, post};

pub const TODAY: Date = date!(2026 - 11 - 22);
pub const SALE: [(&str, i64); 2] = [("Business Checking", 10_000), ("Sales of Services", -10_000)];
pub const RENT: [(&str, i64); 2] = [("Rent", 3000), ("Business Checking", -3000)];

pub fn close(ends_on: Date) -> YearClose {
    YearClose {
        ends_on,
        today: TODAY,
        reason: "The return is filed".to_owned(),
        anyway: false,
    }
}

/// Net income, retained earnings and all equity at the end of a day.
pub async fn equity(cx: &Cx, as_of: Date) -> (i64, i64, i64) {
    let sheet = report_balance_sheet(cx, as_of)
        .await
        .expect("a balance sheet")
        .statement;
    assert_eq!(sheet.total(TotalName::Difference).minor, 0, "{as_of}");
    let section = sheet.section(AccountType::Equity).expect("equity");
    let of = |name: &str| {
        let rows = section.rows.iter().filter(|row| row.account == name);
        rows.map(|row| row.amount()).sum()
    };
    (
        of("Net Income"),
        of("Retained Earnings"),
        section.rows.iter().map(|row| row.amount()).sum(),
    )
}

pub async fn years(cx: &Cx) -> Vec<YearRow> {
    fiscal_year_list(cx, TODAY).await.expect("the years")
}

pub async fn state_of(cx: &Cx, ends_on: Date) -> YearState {
    let years = years(cx).await;
    let row = years.iter().find(|row| row.year.ends_on == ends_on);
    row.unwrap_or_else(|| panic!("no year ends on {ends_on}")).state
}

/// A company with income in 2024, 2025 and 2026.
pub async fn three_years(kit: &testkit::Kit) -> Cx {
    let cx = company(kit, "Juniper Cycles").await;
    for day in [date!(2024 - 05 - 20), date!(2025 - 05 - 20), date!(2026 - 05 - 20)] {
        post(&cx, day, &SALE).await;
    }
    cx
}

#[test]
fn on_the_first_day_of_the_year_net_income_has_moved_to_retained_earnings_and_total_equity_is_the_same() {
    run(async |kit| {
        let cx = three_years(kit).await;
        assert_eq!(equity(&cx, date!(2025 - 12 - 31)).await, (10_000, 10_000, 20_000));
        assert_eq!(equity(&cx, date!(2026 - 01 - 01)).await, (0, 20_000, 20_000));
        // Closing posts nothing.
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        assert_eq!(equity(&cx, date!(2025 - 12 - 31)).await, (10_000, 10_000, 20_000));
        assert_eq!(equity(&cx, date!(2026 - 01 - 01)).await, (0, 20_000, 20_000));
    });
}

#[test]
fn a_short_first_year_turns_on_its_own_days() {
    run(async |kit| {
        let cx = fixture::company_from(kit, "Juniper Cycles", Some(date!(2026 - 03 - 15))).await;
        fiscal_year_add(
            &cx,
            date!(2026 - 03 - 15),
            date!(2026 - 09 - 30),
            "We began on March 15",
            &key(),
        )
        .await
        .expect("set");
        post(&cx, date!(2026 - 03 - 15), &SALE).await;
        post(&cx, date!(2026 - 09 - 30), &SALE).await;
        assert_eq!(equity(&cx, date!(2026 - 09 - 30)).await, (20_000, 0, 20_000));
        assert_eq!(equity(&cx, date!(2026 - 10 - 01)).await, (0, 20_000, 20_000));
        let shown: Vec<(Date, Date, bool, i64)> = years(&cx)
            .await
            .iter()
            .map(|row| {
                (
                    row.year.starts_on,
                    row.year.ends_on,
                    row.year.is_short(),
                    row.net_income,
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                (date!(2027 - 01 - 01), date!(2027 - 12 - 31), false, 0),
                (date!(2026 - 10 - 01), date!(2026 - 12 - 31), true, 0),
                (date!(2026 - 03 - 15), date!(2026 - 09 - 30), true, 20_000),
            ]
        );
    });
}

#[test]
fn a_year_that_was_set_is_taken_back_while_nothing_in_it_is_locked() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        post(&cx, date!(2026 - 04 - 01), &SALE).await;
        fiscal_year_add(
            &cx,
            date!(2026 - 03 - 15),
            date!(2026 - 12 - 31),
            "We began then",
            &key(),
        )
        .await
        .expect("set");
        let set = years(&cx)
            .await
            .into_iter()
            .find_map(|row| row.set_as)
            .expect("a year that was set");
        assert_eq!(set.1, "We began then");
        lock_set(&cx, Some(date!(2026 - 06 - 30)), "Filed", &key())
            .await
            .expect("locked");
        // Only days after the first posting count, and it stays in a year that begins before it.
        fiscal_year_remove(&cx, set.0, &key()).await.expect("removed");
        assert_eq!(
            report_year_start(&cx, date!(2026 - 06 - 30)).await.expect("a year"),
            date!(2026 - 01 - 01)
        );
        let again = fiscal_year_add(&cx, date!(2026 - 05 - 01), date!(2026 - 12 - 31), "Other days", &key()).await;
        assert_eq!(fields(again), ["starts_on"], "April and May were in one year");
    });
}

#[test]
fn a_year_that_is_set_has_days_a_reason_and_no_day_of_another() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let add = async |from, to, why| fields(fiscal_year_add(&cx, from, to, why, &key()).await);
        assert_eq!(
            add(date!(2026 - 01 - 01), date!(2027 - 01 - 07), " ").await,
            ["reason", "ends_on"]
        );
        assert_eq!(
            add(date!(2026 - 02 - 01), date!(2026 - 01 - 31), "x").await,
            ["ends_on"]
        );
        assert_eq!(
            add(date!(1899 - 12 - 31), date!(1900 - 11 - 30), "x").await,
            ["starts_on"]
        );
        fiscal_year_add(&cx, date!(2026 - 01 - 01), date!(2027 - 01 - 06), "53 weeks", &key())
            .await
            .expect("53 weeks");
        assert_eq!(
            add(date!(2027 - 01 - 06), date!(2027 - 12 - 31), "x").await,
            ["starts_on"]
        );
    });
}

#[test]
fn another_first_month_leaves_closed_years_and_makes_the_one_between_short() {
    run(async |kit| {
        let cx = three_years(kit).await;
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        let before = equity(&cx, date!(2025 - 12 - 31)).await;
        let preview = fiscal_year_first_month_preview(&cx, 7).await.expect("a preview");
        assert_eq!(preview.kept_through, Some(date!(2025 - 12 - 31)));
        assert_eq!(preview.after.end_of(date!(2026 - 01 - 01)), date!(2026 - 06 - 30));
        assert_eq!(company_get(&cx).await.expect("the company").fiscal_year_first_month, 1);
        fiscal_year_first_month_set(&cx, 7, &key()).await.expect("changed");
        assert_eq!(company_get(&cx).await.expect("the company").fiscal_year_first_month, 7);
        assert_eq!(equity(&cx, date!(2025 - 12 - 31)).await, before);
        assert_eq!(equity(&cx, date!(2026 - 06 - 30)).await, (10_000, 20_000, 30_000));
        assert_eq!(equity(&cx, date!(2026 - 07 - 01)).await, (0, 30_000, 30_000));
        let short = years(&cx)
            .await
            .into_iter()
            .find(|row| row.year.is_short())
            .expect("a short year");
        assert_eq!(
            (short.year.starts_on, short.year.ends_on),
            (date!(2026 - 01 - 01), date!(2026 - 06 - 30))
        );
        assert_eq!(
            fields(fiscal_year_first_month_set(&cx, 13, &key()).await),
            ["fiscal_year_first_month"]
        );
    });
}

#[test]
fn years_that_are_locked_and_not_closed_are_kept_as_rows_when_the_first_month_changes() {
    run(async |kit| {
        let cx = three_years(kit).await;
        lock_set(&cx, Some(date!(2025 - 12 - 31)), "2025 is filed", &key())
            .await
            .expect("locked");
        fiscal_year_first_month_set(&cx, 7, &key()).await.expect("changed");
        let set: Vec<Date> = years(&cx)
            .await
            .into_iter()
            .filter(|row| row.set_as.is_some())
            .map(|row| row.year.ends_on)
            .collect();
        assert_eq!(set, [date!(2025 - 12 - 31), date!(2024 - 12 - 31)]);
        // And back again: they are regular years once more.
        fiscal_year_first_month_set(&cx, 1, &key()).await.expect("changed back");
        assert_eq!(
            report_year_start(&cx, date!(2026 - 11 - 22)).await.expect("a year"),
            date!(2026 - 01 - 01)
        );
    });
}

#[test]
fn closing_a_year_locks_it_for_everyone_and_closes_the_ones_before_it() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let checks = fiscal_year_close_checks(&cx, date!(2025 - 12 - 31))
            .await
            .expect("the checks");
        assert_eq!(
            checks.years.iter().map(|year| year.ends_on).collect::<Vec<_>>(),
            [date!(2024 - 12 - 31), date!(2025 - 12 - 31)]
        );
        assert_eq!((checks.net_income, checks.is_something_open()), (10_000, false));
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        for ends_on in [date!(2024 - 12 - 31), date!(2025 - 12 - 31)] {
            assert_eq!(state_of(&cx, ends_on).await, YearState::Closed);
        }
        assert_eq!(state_of(&cx, date!(2026 - 12 - 31)).await, YearState::Open);
        let lock = lock_get(&cx).await.expect("the locks").everyone.expect("a lock");
        assert_eq!(
            (lock.through, lock.reason.as_str()),
            (Some(date!(2025 - 12 - 31)), "The return is filed")
        );
        assert_eq!(
            message(fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key()).await),
            "This year is closed already."
        );
        let lowered = lock_set(&cx, Some(date!(2025 - 06 - 30)), "One more", &key()).await;
        assert_eq!(
            message(lowered),
            "The fiscal year through Dec 31, 2025 is closed. Reopen it first, with the reason."
        );
    });
}

#[test]
fn a_year_that_is_not_over_or_ends_on_another_day_does_not_close() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let early = fiscal_year_close(&cx, &close(date!(2026 - 12 - 31)), &key()).await;
        assert_eq!(
            message(early),
            "This year runs through Dec 31, 2026. Close it once it is over."
        );
        assert!(fiscal_year_close_checks(&cx, date!(2025 - 11 - 30)).await.is_err());
        let why = YearClose {
            reason: " ".to_owned(),
            ..close(date!(2025 - 12 - 31))
        };
        assert_eq!(fields(fiscal_year_close(&cx, &why, &key()).await), ["reason"]);
    });
}

#[test]
fn what_is_open_in_a_year_is_named_before_it_closes() {
    run(async |kit| {
        let cx = three_years(kit).await;
        post(
            &cx,
            date!(2025 - 06 - 01),
            &[("Uncategorized Expense", 700), ("Business Checking", -700)],
        )
        .await;
        post(
            &cx,
            date!(2025 - 06 - 02),
            &[("Business Checking", 500), ("Opening Balance Equity", -500)],
        )
        .await;
        for day in [date!(2025 - 12 - 31), date!(2026 - 01 - 01)] {
            let draft = entry(&cx, day, &RENT).await;
            journal_save_draft(&cx, &draft, &key()).await.expect("a draft");
        }
        let checks = fiscal_year_close_checks(&cx, date!(2025 - 12 - 31))
            .await
            .expect("the checks");
        assert_eq!((checks.uncategorized_lines, checks.drafts), (1, 1));
        assert_eq!((checks.opening_balance_equity, checks.trial_balance), (-500, 0));
        assert_eq!(
            fields(fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key()).await),
            ["anyway"]
        );
        let anyway = YearClose {
            anyway: true,
            ..close(date!(2025 - 12 - 31))
        };
        fiscal_year_close(&cx, &anyway, &key()).await.expect("closed anyway");
    });
}

#[test]
fn a_reopened_year_is_unlocked_from_its_first_day_and_years_reopen_from_the_last_one_backward() {
    run(async |kit| {
        let cx = three_years(kit).await;
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        let first = fiscal_year_reopen(&cx, date!(2024 - 12 - 31), "Amended", &key()).await;
        assert!(message(first).starts_with("The year through Dec 31, 2025 is closed after this one."));
        assert_eq!(
            fields(fiscal_year_reopen(&cx, date!(2025 - 12 - 31), "", &key()).await),
            ["reason"]
        );
        fiscal_year_reopen(&cx, date!(2025 - 12 - 31), "An amended return", &key())
            .await
            .expect("reopened");
        assert_eq!(state_of(&cx, date!(2025 - 12 - 31)).await, YearState::Open);
        assert_eq!(state_of(&cx, date!(2024 - 12 - 31)).await, YearState::Closed);
        let lock = lock_get(&cx).await.expect("the locks").everyone.expect("a lock");
        assert_eq!(
            (lock.through, lock.reason.as_str()),
            (Some(date!(2024 - 12 - 31)), "An amended return")
        );
        let reopened = years(&cx)
            .await
            .into_iter()
            .find(|row| row.year.ends_on == date!(2025 - 12 - 31))
            .expect("the year");
        assert_eq!(
            reopened.closing.expect("it was closed once").reason,
            "The return is filed"
        );
        post(&cx, date!(2025 - 12 - 31), &RENT).await;
    });
}

#[test]
fn a_short_year_that_is_reopened_keeps_its_days() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        post(&cx, date!(2025 - 04 - 01), &SALE).await;
        fiscal_year_add(
            &cx,
            date!(2025 - 03 - 15),
            date!(2025 - 09 - 30),
            "We began then",
            &key(),
        )
        .await
        .expect("set");
        fiscal_year_close(&cx, &close(date!(2025 - 09 - 30)), &key())
            .await
            .expect("closed");
        fiscal_year_reopen(&cx, date!(2025 - 09 - 30), "Amended", &key())
            .await
            .expect("reopened");
        assert_eq!(
            report_year_start(&cx, date!(2025 - 10 - 01)).await.expect("a year"),
            date!(2025 - 10 - 01)
        );
        fiscal_year_close(&cx, &close(date!(2025 - 09 - 30)), &key())
            .await
            .expect("closed again");
        assert_eq!(state_of(&cx, date!(2025 - 09 - 30)).await, YearState::Closed);
    });
}

#[test]
fn a_year_that_the_books_reach_back_to_stays_although_nothing_was_posted_in_it() {
    run(async |kit| {
        let cx = fixture::company_from(kit, "Juniper Cycles", Some(date!(2024 - 01 - 01))).await;
        post(&cx, date!(2025 - 05 - 20), &SALE).await;
        lock_set(&cx, Some(date!(2025 - 12 - 31)), "Filed", &key())
            .await
            .expect("locked");
        fiscal_year_first_month_set(&cx, 7, &key()).await.expect("changed");
        assert_eq!(
            report_year_start(&cx, date!(2024 - 12 - 31)).await.expect("a year"),
            date!(2024 - 01 - 01)
        );
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        assert_eq!(state_of(&cx, date!(2024 - 12 - 31)).await, YearState::Closed);
    });
}

#[test]
fn an_editors_lock_closes_no_year_and_pins_none() {
    run(async |kit| {
        let cx = three_years(kit).await;
        lock_set_at(
            &cx,
            LockLevel::Editors,
            Some(date!(2025 - 12 - 31)),
            "Being finished",
            &key(),
        )
        .await
        .expect("locked");
        assert_eq!(state_of(&cx, date!(2025 - 12 - 31)).await, YearState::Open);
        fiscal_year_first_month_set(&cx, 7, &key()).await.expect("changed");
        assert_eq!(
            report_year_start(&cx, date!(2025 - 12 - 31)).await.expect("a year"),
            date!(2025 - 07 - 01)
        );
    });
}

#[test]
fn an_editor_closes_nothing() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let editor = kit.with_role(&cx, Role::Editor);
        let refused = fiscal_year_close(&editor, &close(date!(2025 - 12 - 31)), &key()).await;
        assert!(matches!(refused, Err(books::Error::Tenancy(tenancy::Error::Forbidden))));
        let refused = journal_create_issued(&editor, &entry(&cx, TODAY, &RENT).await, &key()).await;
        assert!(refused.is_err());
    });
}

#[test]
fn total_equity_does_not_depend_on_the_fiscal_years() {
    let config = Config {
        cases: 12,
        failure_persistence: None,
        ..Config::default()
    };
    run(async |kit| {
        let mut runner = TestRunner::new(config);
        let day = (0..1_400_i64).prop_map(|days| date!(2023 - 01 - 01) + Duration::days(days));
        let books = (
            prop::collection::vec((day.clone(), -90_000_i64..900_00, any::<bool>()), 1..12),
            1..=12_u8,
            1..=12_u8,
            prop::option::of((day.clone(), 0..371_i64)),
            prop::option::of(day.clone()),
            prop::collection::vec(day, 6),
        );
        for _ in 0..12 {
            let tried = books.new_tree(&mut runner).expect("books").current();
            let inputs = format!("{tried:?}");
            let (entries, first_month, then, set, locked, asked) = tried;
            let cx = kit.company("Any Years").await;
            let new = books::company::NewCompany {
                fiscal_year_first_month: first_month,
                ..fixture::new_company("Any Years")
            };
            company_set_up(&cx, &new, &key()).await.expect("set up");
            let mut expected: Vec<(Date, i64)> = Vec::new();
            for (day, amount, earns) in entries.iter().filter(|(_, amount, _)| *amount != 0) {
                let other = if *earns { "Sales of Services" } else { "Notes Payable" };
                post(&cx, *day, &[("Business Checking", *amount), (other, -*amount)]).await;
                if *earns {
                    expected.push((*day, *amount));
                }
            }
            if let Some((starts_on, days)) = set {
                let ends_on = starts_on + Duration::days(days);
                fiscal_year_add(&cx, starts_on, ends_on, "Set", &key())
                    .await
                    .expect("set");
            }
            let mut before = Vec::new();
            if let Some(locked) = locked {
                lock_set(&cx, Some(locked), "Filed", &key()).await.expect("locked");
                for day in asked.iter().filter(|day| **day <= locked) {
                    before.push((*day, equity(&cx, *day).await));
                }
            }
            fiscal_year_first_month_set(&cx, then, &key()).await.expect("changed");
            for day in asked {
                let total: i64 = expected
                    .iter()
                    .filter(|(on, _)| *on <= day)
                    .map(|(_, amount)| *amount)
                    .sum();
                let (net, retained, equity) = equity(&cx, day).await;
                assert_eq!((net + retained, equity), (total, total), "{day} of {inputs}");
            }
            for (day, was) in before {
                assert_eq!(
                    equity(&cx, day).await,
                    was,
                    "what was locked on {day} says the same, of {inputs}"
                );
            }
        }
    });
}
