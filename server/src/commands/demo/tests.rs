//! The demo company's books as an accountant would look at them.

use std::collections::BTreeMap;

use books::accounts::{Account, account_list};
use books::bank_accounts::bank_account_list;
use books::check::books_check;
use books::home::home_figures;
use books::locks::lock_get;
use books::review::{LineFilter, LineSort, LineState, review_list};
use ledger::accounts::AccountType;
use tenancy::{Direction, Seek};
use testkit::Kit;
use time::macros::date;

use super::calendar::{month_end, months_after};
use super::*;

const TODAY: Date = date!(2026 - 11 - 22);

async fn demo(kit: &Kit) -> Cx {
    kit.provisioner().stock_to(2).await.expect("a stock");
    let actor = Actor::operator("test");
    let tenant = made(&kit.tenancy, &actor, RequestKey::fresh(), Some(TODAY))
        .await
        .expect("the demo company");
    kit.tenancy
        .cx(tenant, Actor::person(DANA), Role::Admin, "test".to_owned())
}

/// Every account's balance at the end of a day, by name, but for those that are zero.
async fn balances(cx: &Cx, day: Date) -> BTreeMap<String, i64> {
    let accounts = account_list(cx, Some(day)).await.expect("the accounts");
    let balances = accounts
        .into_iter()
        .map(|account| (account.path, account.balance.unwrap_or_default()));
    balances.filter(|(_, balance)| *balance != 0).collect()
}

fn bank_total(accounts: &[Account]) -> i64 {
    let banks = accounts
        .iter()
        .filter(|account| account.account_type == AccountType::Bank);
    banks.filter_map(|account| account.balance).sum()
}

#[test]
fn made_twice_for_one_day_the_books_are_the_same() {
    testkit::run(async |kit| {
        let (one, other) = (demo(kit).await, demo(kit).await);
        assert_ne!(one.tenant().slug, other.tenant().slug);
        for day in [date!(2025 - 06 - 30), date!(2025 - 12 - 31), TODAY] {
            let of_one = balances(&one, day).await;
            assert!(of_one.len() > 12, "{of_one:?}");
            assert_eq!(of_one, balances(&other, day).await);
        }
        let counts = async |cx: &Cx| {
            let accounts = bank_account_list(cx).await.expect("the bank accounts");
            let lines: Vec<_> = accounts
                .into_iter()
                .map(|account| (account.stated_balance, account.lines))
                .collect();
            (lines, home_figures(cx, TODAY).await.expect("home"))
        };
        assert_eq!(counts(&one).await, counts(&other).await);
    });
}

#[test]
fn everything_that_always_holds_holds_in_the_demo_companys_books() {
    testkit::run(async |kit| {
        let cx = demo(kit).await;
        assert_eq!(books_check(&cx).await.expect("the books are read"), []);
        audit::verify(&cx).await.expect("the record verifies");
    });
}

#[test]
fn the_shop_never_runs_out_of_cash_or_stock_and_has_too_much_of_neither() {
    testkit::run(async |kit| {
        let cx = demo(kit).await;
        let begin = date!(2025 - 01 - 01);
        for months in 0..=22 {
            let day = month_end(months_after(begin, months)).min(TODAY);
            let accounts = account_list(&cx, Some(day)).await.expect("the accounts");
            let cash = bank_total(&accounts);
            assert!((500_000..15_000_000).contains(&cash), "{day}: {cash}");
            let stock = accounts.iter().find(|account| account.path == "Inventory");
            let stock = stock.and_then(|account| account.balance).unwrap_or_default();
            assert!((2_500_000..11_000_000).contains(&stock), "{day}: a stock of {stock}");
        }
    });
}

#[test]
fn most_of_what_is_owed_is_not_due_yet_and_some_of_it_is_late() {
    testkit::run(async |kit| {
        let cx = demo(kit).await;
        let home = home_figures(&cx, TODAY).await.expect("home");
        let owed = home.receivable;
        let late = owed.late_30 + owed.late_60 + owed.late_90 + owed.later;
        assert!(late > 0 && late < owed.current, "customers owe {owed:?}");
        assert!(owed.later > 0, "the rowing club's bill is months old: {owed:?}");
        let owing = home.payable;
        assert!(owing.current > 0, "bills are there that are not due: {owing:?}");
        let late = owing.late_30 + owing.late_60 + owing.late_90 + owing.later;
        assert!(late < owing.current, "the shop owes {owing:?}");
    });
}

#[test]
fn a_year_earns_what_a_shop_earns() {
    let story = Story::until(TODAY);
    let years = [
        (date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
        (date!(2026 - 01 - 01), TODAY),
    ];
    for (from, to) in years {
        let moved = |is_of: fn(&str) -> bool| story.moved(is_of, from, to);
        let income = -moved(|account| account.starts_with("Sales of") || account == chart::DISCOUNTS);
        let gross = income - moved(|account| account.starts_with("Cost of Goods") || account == chart::SUBCONTRACTORS);
        let net = -moved(chart::is_earning);
        assert!(income > 35_000_000, "{from}: income {income}");
        assert!(
            (30..=60).contains(&(gross * 100 / income)),
            "{from}: {gross} of {income}"
        );
        assert!((4..=25).contains(&(net * 100 / income)), "{from}: {net} of {income}");
    }
}

#[test]
fn the_shop_pays_what_the_state_the_city_and_the_county_ask_of_one_in_seattle() {
    let story = Story::until(TODAY);
    for (from, to) in [
        (date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
        (date!(2026 - 01 - 01), TODAY),
    ] {
        let moved = |is_of: fn(&str) -> bool| story.moved(is_of, from, to);
        let income = -moved(|account| account.starts_with("Sales of"));
        let taxes = moved(|account| account == chart::TAXES);
        assert!(
            (4..=12).contains(&(taxes * 1_000 / income)),
            "{from}: {taxes} of {income}"
        );
        // A customer who resells pays none.
        let sales_tax = story.credited(chart::SALES_TAX, from, to);
        assert!(
            (80..=103).contains(&(sales_tax * 1_000 / income)),
            "{from}: {sales_tax} of {income}"
        );
    }
}

#[test]
fn what_nobody_remembers_is_not_in_a_month_that_is_locked() {
    for today in [
        date!(2026 - 11 - 22),
        date!(2026 - 11 - 05),
        date!(2026 - 12 - 31),
        date!(2027 - 01 - 02),
        date!(2027 - 02 - 28),
    ] {
        let story = Story::until(today);
        let oldest = story.waiting().first().expect("lines wait").on;
        let unlocked = oldest.replace_day(1).expect("a first day");
        let is_unknown = |leg: &&story::Leg| leg.account == chart::UNCATEGORIZED;
        let coded = story.lines.iter().filter(|line| match &line.becomes {
            story::Becomes::Coded(legs) => legs.iter().any(|leg| is_unknown(&leg)),
            _ => false,
        });
        let days: Vec<Date> = coded.map(|line| line.on).collect();
        assert_eq!(days, story.unknown_on.into_iter().collect::<Vec<_>>(), "{today}");
        assert!(
            days.iter().all(|day| (unlocked..oldest).contains(day)),
            "{today}: {days:?}"
        );
        let is_asked = story
            .drafts
            .iter()
            .any(|draft| draft.legs.iter().any(|leg| is_unknown(&leg)));
        assert_eq!(is_asked, story.unknown_on.is_some(), "{today}");
    }
}

#[test]
fn thirty_eight_bank_lines_wait_most_of_them_with_an_entry_that_fits_after_the_last_locked_day() {
    testkit::run(async |kit| {
        let cx = demo(kit).await;
        let locked = lock_get(&cx).await.expect("the lock").through;
        assert_eq!(locked, Some(date!(2026 - 10 - 31)));
        let mut waiting = Vec::new();
        for account in bank_account_list(&cx).await.expect("the bank accounts") {
            let filter = LineFilter {
                bank_account_id: account.id,
                states: vec![LineState::New],
                ..LineFilter::default()
            };
            let page = review_list(&cx, &filter, LineSort::Date, Direction::Descending, &Seek::First, 100)
                .await
                .expect("the list");
            waiting.extend(page.rows);
        }
        assert_eq!(waiting.len(), story::WAITING_LINES);
        assert!(waiting.iter().all(|line| Some(line.posted_on) > locked), "{locked:?}");
        let fitting = waiting.iter().filter(|line| !line.candidates.is_empty()).count();
        assert!((19..38).contains(&fitting), "{fitting} have an entry that fits");
    });
}
