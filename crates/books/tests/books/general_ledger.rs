//! The general ledger: every account with its lines, page by page, whole, and as it was known at any change.

use std::collections::BTreeMap;

use books::accounts::{NewAccount, account_create, account_merge};
use books::documents::Marks;
use books::journal::{JournalInput, journal_create_issued, journal_update, journal_void};
use books::locks::lock_set;
use books::reports::{
    GeneralLedger, GeneralLedgerKey, LedgerAccount, LedgerFilter, LedgerLine, Moment, Since, general_ledger_export,
    report_general_ledger, report_ledger, report_trial_balance,
};
use ledger::accounts::AccountType;
use ledger::money::Currency;
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture::{self, END, contact, document, entry, issued, key, post, typed_again};
use crate::journal_report;

/// What a page shows of itself must join the page before: gives all accounts, each with all its lines.
pub async fn whole(cx: &Cx, filter: &LedgerFilter, accounts: &[i64], page: i64) -> Vec<LedgerAccount> {
    let mut whole: Vec<LedgerAccount> = Vec::new();
    let mut after: Option<GeneralLedgerKey> = None;
    loop {
        let GeneralLedger { accounts, next, .. } = report_general_ledger(cx, filter, accounts, after, page)
            .await
            .expect("a general ledger")
            .statement;
        assert!(accounts.iter().map(|account| account.lines.len()).sum::<usize>() as i64 <= page);
        for account in accounts {
            add(&mut whole, account);
        }
        after = next.map(|key| key.to_string().parse().expect("the key is read back"));
        if after.is_none() {
            break;
        }
    }
    for account in &whole {
        assert_adds_up(account);
    }
    whole
}

/// Adds a page's part of an account: the balance it brings forward is that of the line before.
fn add(whole: &mut Vec<LedgerAccount>, part: LedgerAccount) {
    let last = whole.last_mut();
    match last.filter(|_| part.is_continued) {
        None => {
            assert_eq!(part.brought_forward, part.beginning_balance);
            whole.push(part);
        }
        Some(account) => {
            assert_eq!(account.account_id, part.account_id);
            assert!(account.end.is_none(), "an account that ended goes on");
            assert_eq!(
                account.lines.last().map(|line| line.balance),
                Some(part.brought_forward)
            );
            account.lines.extend(part.lines);
            account.end = part.end;
        }
    }
}

fn counts(line: &&LedgerLine) -> bool {
    !matches!(line.since, Some(Since::Made(_)))
}

fn assert_adds_up(account: &LedgerAccount) {
    let mut balance = account.beginning_balance;
    let (mut debit, mut credit) = (0, 0);
    for line in account.lines.iter().filter(counts) {
        balance += line.amount;
        debit += line.amount.max(0);
        credit -= line.amount.min(0);
        assert_eq!(line.balance, balance, "{}", account.account);
    }
    let end = account.end.expect("an account ends");
    assert_eq!(
        (end.total_debit, end.total_credit),
        (debit, credit),
        "{}",
        account.account
    );
    assert_eq!(end.ending_balance, balance, "{}", account.account);
}

/// The accounts' ending balances by name, without those of zero.
pub fn endings(accounts: &[LedgerAccount]) -> BTreeMap<String, i64> {
    let ends = accounts
        .iter()
        .map(|account| (account.account.clone(), account.end.expect("an end").ending_balance));
    ends.filter(|(_, balance)| *balance != 0).collect()
}

/// An account with its beginning balance, and each line's posting and balance.
pub type AccountPostings = (i64, i64, Vec<(i64, i64)>);

/// The accounts as they are compared.
pub fn postings(accounts: &[LedgerAccount]) -> Vec<AccountPostings> {
    let of_account = |account: &LedgerAccount| {
        let lines = account.lines.iter().map(|line| (line.posting_id, line.balance));
        (account.account_id, account.beginning_balance, lines.collect())
    };
    accounts.iter().map(of_account).collect()
}

async fn trial_balance(cx: &Cx, as_of: Date) -> BTreeMap<String, i64> {
    let rows = report_trial_balance(cx, as_of)
        .await
        .expect("a trial balance")
        .statement
        .rows;
    rows.into_iter()
        .map(|row| (row.account, row.debit.minor - row.credit.minor))
        .filter(|(_, balance)| *balance != 0)
        .collect()
}

/// Everything of a company's general ledger holds: whatever the pages, the lines add up, and the end is the trial balance.
pub async fn holds(cx: &Cx, from: Date, to: Date) {
    let filter = LedgerFilter::over(from, to);
    let accounts = whole(cx, &filter, &[], 500).await;
    assert_eq!(accounts, whole(cx, &filter, &[], 3).await);
    assert_eq!(endings(&accounts), trial_balance(cx, to).await);
    let balance: i64 = accounts.iter().map(|account| account.beginning_balance).sum();
    assert_eq!(balance, 0, "what the period begins with is balanced");
    assert_eq!(exported(cx, &filter).await, accounts);
}

async fn exported(cx: &Cx, filter: &LedgerFilter) -> Vec<LedgerAccount> {
    let mut export = general_ledger_export(cx, filter, &[]).await.expect("an export");
    let mut whole = Vec::new();
    while let Some(accounts) = export.next_batch().await.expect("a batch") {
        for account in accounts {
            add(&mut whole, account);
        }
    }
    whole
}

/// Two years of a small shop.
async fn shop(cx: &Cx) {
    for (day, legs) in [
        (
            date!(2025 - 12 - 30),
            [("Business Checking", 30_000), ("Sales of Services", -30_000)],
        ),
        (
            date!(2026 - 01 - 02),
            [
                ("Accounts Receivable @ Hollis Hardware", 12_000),
                ("Sales of Services", -12_000),
            ],
        ),
        (
            date!(2026 - 01 - 05),
            [
                ("Business Checking", 12_000),
                ("Accounts Receivable @ Hollis Hardware", -12_000),
            ],
        ),
        (
            date!(2026 - 01 - 20),
            [("Rent", 50_000), ("Business Checking", -50_000)],
        ),
        (
            date!(2026 - 02 - 10),
            [("Sales of Services", 3000), ("Business Checking", -3000)],
        ),
    ] {
        post(cx, day, &legs).await;
    }
}

#[test]
fn every_page_of_every_account_adds_up_to_the_trial_balance() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        for (from, to) in [
            (date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
            (date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
            (date!(2026 - 01 - 06), date!(2026 - 02 - 10)),
            (date!(2026 - 03 - 01), date!(2026 - 03 - 31)),
        ] {
            holds(&cx, from, to).await;
        }
    });
}

#[test]
fn accounts_stand_in_report_order_and_those_with_a_balance_alone_too() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let filter = LedgerFilter::over(date!(2026 - 02 - 01), date!(2026 - 02 - 28));
        let accounts = whole(&cx, &filter, &[], 500).await;
        let names: Vec<(&str, i64, usize)> = accounts
            .iter()
            .map(|account| (account.account.as_str(), account.beginning_balance, account.lines.len()))
            .collect();
        assert_eq!(
            names,
            [
                ("Business Checking", -8000, 1),
                ("Retained Earnings", -30_000, 0),
                ("Sales of Services", -12_000, 1),
                ("Rent", 50_000, 0),
            ]
        );
        assert_eq!(accounts[1].of_earlier_years, Some(-30_000));
    });
}

#[test]
fn it_is_narrowed_to_accounts_and_to_a_customer_and_says_whose_balances_it_shows() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let bank = fixture::account(&cx, "Business Checking").await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let only = whole(&cx, &year, &[bank], 2).await;
        assert_eq!(endings(&only), fixture::amounts(&[("Business Checking", -11_000)]));
        let hollis = LedgerFilter {
            contact_id: Some(contact(&cx, "Hollis Hardware").await),
            ..year
        };
        let of_hollis = whole(&cx, &hollis, &[], 1).await;
        let shown: Vec<(&str, usize)> = of_hollis
            .iter()
            .map(|account| (account.account.as_str(), account.lines.len()))
            .collect();
        assert_eq!(shown, [("Accounts Receivable", 2)]);
        let too_many = vec![bank; 101];
        let refused = report_general_ledger(&cx, &year, &too_many, None, 100).await;
        assert_eq!(fixture::fields(refused), ["account"]);
    });
}

async fn adjusting(cx: &Cx, day: Date, legs: &[(&str, i64)]) {
    let input = JournalInput {
        marks: Marks {
            adjusting: true,
            ..Marks::default()
        },
        ..entry(cx, day, legs).await
    };
    journal_create_issued(cx, &input, &key())
        .await
        .expect("an adjusting entry");
}

#[test]
fn adjusting_entries_are_marked_and_stand_alone_where_that_is_asked() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        adjusting(
            &cx,
            date!(2026 - 01 - 31),
            &[("Rent", -4000), ("Prepaid Expenses", 4000)],
        )
        .await;
        let filter = LedgerFilter {
            adjusting: true,
            ..LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31))
        };
        let accounts = whole(&cx, &filter, &[], 500).await;
        assert_eq!(
            endings(&accounts),
            fixture::amounts(&[("Prepaid Expenses", 4000), ("Rent", -4000)])
        );
        assert!(
            accounts
                .iter()
                .flat_map(|account| &account.lines)
                .all(|line| line.adjusting)
        );
        let later = LedgerFilter {
            from: date!(2026 - 02 - 01),
            ..filter
        };
        let accounts = whole(&cx, &later, &[], 500).await;
        assert_eq!(accounts.iter().map(|account| account.beginning_balance).sum::<i64>(), 0);
        assert_eq!(accounts.len(), 2);
    });
}

#[test]
fn an_account_that_was_merged_stands_with_its_target() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let new = NewAccount::named("Shop Rent", AccountType::Expense);
        let shop_rent = account_create(&cx, &new, &key()).await.expect("an account");
        post(
            &cx,
            date!(2026 - 01 - 10),
            &[("Rent", 1000), ("Business Checking", -1000)],
        )
        .await;
        post(
            &cx,
            date!(2026 - 01 - 11),
            &[("Shop Rent", 2000), ("Business Checking", -2000)],
        )
        .await;
        post(&cx, date!(2026 - 01 - 12), &[("Rent", 3000), ("Shop Rent", -3000)]).await;
        let rent = fixture::account(&cx, "Rent").await;
        account_merge(&cx, shop_rent, rent, false, &key())
            .await
            .expect("a merge");
        let filter = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 01 - 31));
        let accounts = whole(&cx, &filter, &[], 2).await;
        assert_eq!(
            endings(&accounts),
            fixture::amounts(&[("Business Checking", -3000), ("Rent", 3000)])
        );
        let of_rent = &accounts[1];
        let shown: Vec<(i64, &str)> = of_rent
            .lines
            .iter()
            .map(|line| (line.amount, line.other_side.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (1000, "1000 Business Checking"),
                (2000, "1000 Business Checking"),
                (3000, "6200 Rent"),
                (-3000, "6200 Rent"),
            ]
        );
        // The register of either is the target's.
        for id in [rent, shop_rent] {
            let register = report_ledger(&cx, id, &filter, None, 500)
                .await
                .expect("a register")
                .statement;
            assert_eq!((register.account_id, register.ending_balance), (rent, 3000));
        }
    });
}

#[test]
fn as_known_at_a_change_it_is_what_it_was_and_marks_what_came_and_went_since() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let first = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let then = LedgerFilter {
            moment: Moment::Change(first.provenance.change),
            ..year
        };
        let written = issued(
            &cx,
            date!(2026 - 01 - 03),
            &[("Rent", 700), ("Business Checking", -700)],
        )
        .await;
        let billed = post(
            &cx,
            date!(2026 - 01 - 04),
            &[("Rent", 800), ("Business Checking", -800)],
        )
        .await;
        let now = report_general_ledger(&cx, &year, &[], None, 500)
            .await
            .expect("a ledger");
        let between = LedgerFilter {
            moment: Moment::Change(now.provenance.change),
            ..year
        };
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 01 - 03),
            "Entered twice.",
            &key(),
        )
        .await
        .expect("it is voided");
        let before = document(&cx, billed).await;
        let mut revised = typed_again(&before);
        revised.lines[0].amount = 900;
        revised.lines[1].amount = -900;
        journal_update(&cx, billed, before.version, &revised, &key())
            .await
            .expect("a revision");

        let known = whole(&cx, &then, &[], 2).await;
        assert_eq!(endings(&known), endings(&first.statement.accounts));
        let known = whole(&cx, &between, &[], 2).await;
        assert_eq!(endings(&known), endings(&now.statement.accounts));
        let rent = known.iter().find(|account| account.account == "Rent").expect("rent");
        let shown: Vec<(i64, bool, bool)> = rent
            .lines
            .iter()
            .map(|line| (line.amount, line.voided, matches!(line.since, Some(Since::Retired(_)))))
            .collect();
        assert_eq!(shown, [(700, false, true), (800, false, true), (50_000, false, false)]);

        let with_since = LedgerFilter {
            shows_since: true,
            ..between
        };
        let known = whole(&cx, &with_since, &[], 2).await;
        let rent = known.iter().find(|account| account.account == "Rent").expect("rent");
        let made: Vec<i64> = rent
            .lines
            .iter()
            .filter(|line| !counts(line))
            .map(|line| line.amount)
            .collect();
        assert_eq!(made, [900]);
        assert_eq!(endings(&known), endings(&now.statement.accounts));

        let account = fixture::account(&cx, "Rent").await;
        let register = report_ledger(&cx, account, &between, None, 500)
            .await
            .expect("a register")
            .statement;
        assert_eq!(
            (register.ending_balance, register.ending_balance_now),
            (51_500, Some(50_900))
        );
    });
}

#[test]
fn the_newest_line_first_a_register_has_the_same_balances() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        for name in ["Business Checking", "Sales of Services"] {
            let account = fixture::account(&cx, name).await;
            let oldest = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
            let newest = LedgerFilter {
                newest_first: true,
                ..oldest
            };
            let mut forward = register(&cx, account, &oldest, 500).await;
            for page in [1, 2, 500] {
                let backward = register(&cx, account, &newest, page).await;
                forward.reverse();
                assert_eq!(backward, forward, "{name}, {page} a page");
                forward.reverse();
            }
        }
    });
}

/// The postings and balances of a register, page by page.
async fn register(cx: &Cx, account: i64, filter: &LedgerFilter, page: i64) -> Vec<(i64, i64)> {
    let mut lines = Vec::new();
    let mut after = None;
    loop {
        let part = report_ledger(cx, account, filter, after, page)
            .await
            .expect("a page")
            .statement;
        lines.extend(part.lines.iter().map(|line| (line.posting_id, line.balance)));
        after = part.next;
        if after.is_none() {
            return lines;
        }
    }
}

#[test]
fn a_flat_file_has_a_row_a_line_and_begins_each_account_with_its_balance() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let filter = LedgerFilter::over(date!(2026 - 02 - 01), date!(2026 - 02 - 28));
        let accounts = whole(&cx, &filter, &[], 500).await;
        let rows: Vec<String> = accounts
            .iter()
            .flat_map(|account| {
                account
                    .to_csv(filter.from, Currency::USD)
                    .lines()
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(rows.len(), 6);
        assert_eq!(
            rows[0],
            "1000,Business Checking,Bank,2026-02-01,Beginning balance,,,,,,,,-80.00,,,,,"
        );
        let line = &accounts[0].lines[0];
        assert!(
            rows[1].starts_with(&format!(
                "1000,Business Checking,Bank,2026-02-10,Journal entry,JE-5,,,,4000 Sales of Services,,30.00,-110.00,,{},{},",
                line.document_id, line.posting_id
            )),
            "{}",
            rows[1]
        );
        assert!(rows[2].starts_with("3900,Retained Earnings,Equity,2026-02-01,Beginning balance,,,,,,,,300.00"));
    });
}

#[test]
fn a_period_that_ends_before_it_begins_and_a_page_of_no_account_are_refused() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let backwards = LedgerFilter::over(date!(2026 - 02 - 01), date!(2026 - 01 - 31));
        let refused = report_general_ledger(&cx, &backwards, &[], None, 100).await;
        assert_eq!(fixture::fields(refused), ["to"]);
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let nowhere = GeneralLedgerKey {
            account_id: 999_999,
            line: None,
        };
        let refused = report_general_ledger(&cx, &year, &[], Some(nowhere), 100).await;
        assert!(matches!(refused, Err(books::Error::NotFound(_))));
    });
}

#[test]
fn an_entry_voided_behind_a_lock_stands_on_both_days_also_in_the_journal() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let written = issued(
            &cx,
            date!(2026 - 01 - 20),
            &[("Rent", 500), ("Business Checking", -500)],
        )
        .await;
        lock_set(&cx, Some(date!(2026 - 01 - 31)), "January is filed.", &key())
            .await
            .expect("a lock");
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 02 - 03),
            "Paid back.",
            &key(),
        )
        .await
        .expect("it is voided");
        holds(&cx, date!(2026 - 01 - 01), date!(2026 - 02 - 28)).await;
        let entries = journal_report::whole(&cx, date!(2026 - 01 - 01), END, 1).await;
        let days: Vec<(Date, bool, i64)> = entries
            .iter()
            .map(|entry| (entry.posted_on, entry.voided, entry.total_debit))
            .collect();
        assert_eq!(
            days,
            [(date!(2026 - 01 - 20), true, 500), (date!(2026 - 02 - 03), true, 500)]
        );
    });
}
