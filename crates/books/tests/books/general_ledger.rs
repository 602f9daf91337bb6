//! The general ledger: every account with its lines, page by page, whole, and as it was known at any change.

mod known;

use std::collections::BTreeMap;

use books::documents::Marks;
use books::journal::{JournalInput, journal_create_issued, journal_void};
use books::locks::lock_set;
use books::reports::{
    Adjusting, GENERAL_LEDGER_COLUMNS, GeneralLedger, GeneralLedgerKey, JOURNAL_REPORT_COLUMNS, JournalReportFilter,
    LedgerAccount, LedgerFilter, LedgerLine, LedgerRow, Moment, Since, YearClosing, general_ledger_export,
    journal_export, ledger_export, report_general_ledger, report_ledger, report_trial_balance,
};
use ledger::money::Currency;
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture::{self, END, contact, entry, issued, key, post};
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
            // Pages end with a line.
            assert_eq!(
                account.lines.last().map(|line| line.balance),
                Some(part.brought_forward)
            );
            let above = account.lines.len();
            account
                .closings
                .extend(part.closings.into_iter().map(|closing| YearClosing {
                    lines_above: above + closing.lines_above,
                    ..closing
                }));
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
    let mut closed = 0;
    for row in account.rows() {
        match row {
            LedgerRow::Line(line) if counts(&line) => {
                balance += line.amount;
                debit += line.amount.max(0);
                credit -= line.amount.min(0);
                assert_eq!(line.balance, balance, "{}", account.account);
            }
            LedgerRow::Line(_) => {}
            LedgerRow::Closing(closing) => {
                balance += closing.amount;
                closed += closing.amount;
                assert_eq!(closing.balance, balance, "{}", account.account);
            }
        }
    }
    let end = account.end.expect("an account ends");
    assert_eq!(
        (end.total_debit, end.total_credit),
        (debit, credit),
        "{}",
        account.account
    );
    assert_eq!(
        (end.closed, end.ending_balance),
        (closed, balance),
        "{}",
        account.account
    );
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
            // These cross the end of a year, or of several.
            (date!(2025 - 12 - 01), date!(2026 - 01 - 31)),
            (date!(2025 - 12 - 31), date!(2026 - 01 - 01)),
            (date!(2024 - 01 - 01), date!(2027 - 12 - 31)),
        ] {
            holds(&cx, from, to).await;
        }
    });
}

#[test]
fn a_year_that_ends_within_the_period_is_closed_by_computation_where_it_ends() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let filter = LedgerFilter::over(date!(2025 - 12 - 01), date!(2026 - 12 - 31));
        let accounts = whole(&cx, &filter, &[], 500).await;
        let named = |name: &str| {
            accounts
                .iter()
                .find(|account| account.account == name)
                .expect("the account")
        };
        let sales = named("Sales of Services");
        let shown: Vec<(String, i64, i64)> = sales
            .rows()
            .into_iter()
            .map(|row| match row {
                LedgerRow::Line(line) => (line.posted_on.to_string(), line.amount, line.balance),
                LedgerRow::Closing(closing) => (closing.words(), closing.amount, closing.balance),
            })
            .collect();
        let row = |words: &str, amount, balance| (words.to_owned(), amount, balance);
        assert_eq!(
            shown,
            [
                row("2025-12-30", -30_000, -30_000),
                row("Closing of FY 2025, by computation", 30_000, 0),
                row("2026-01-02", -12_000, -12_000),
                row("2026-02-10", 3000, -9000),
            ]
        );
        let retained = named("Retained Earnings");
        assert_eq!((retained.beginning_balance, retained.lines.len()), (0, 0));
        assert_eq!(retained.closings[0].amount, -30_000);
        assert_eq!(retained.end.expect("an end").ending_balance, -30_000);
        assert_eq!(named("Business Checking").closings, []);
        let file = sales.to_csv(filter.from, Currency::USD);
        let closing = file.lines().nth(2).expect("a row");
        assert_eq!(
            closing,
            "4000,Sales of Services,Income,2025-12-31,Year closing,,,,,,\"Closing of FY 2025, by computation\",,300.00,,0.00,,,,,"
        );
        // The register of either ends with the same figure; a profit and loss of the period is what it moved.
        let of_sales = report_ledger(&cx, sales.account_id, &filter, None, 500)
            .await
            .expect("a register")
            .statement;
        assert_eq!((of_sales.rows(), of_sales.ending_balance), (sales.rows(), -9000));
        assert_eq!(of_sales.moved(), -39_000);
        let retained = report_ledger(&cx, retained.account_id, &filter, None, 500)
            .await
            .expect("a register")
            .statement;
        assert_eq!(retained.on_statements, -30_000);
        // Where the last day is the year's own, it is not closed: nor is it in that day's trial balance.
        let year = LedgerFilter::over(date!(2025 - 12 - 01), date!(2025 - 12 - 31));
        assert!(
            whole(&cx, &year, &[], 500)
                .await
                .iter()
                .all(|account| account.closings.is_empty())
        );
    });
}

#[test]
fn a_file_says_whose_books_it_shows_and_what_it_was_made_of() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let (from, to) = (date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let year = LedgerFilter::over(from, to);
        let change = report_general_ledger(&cx, &year, &[], None, 1)
            .await
            .expect("a ledger")
            .provenance
            .change;
        let known = LedgerFilter {
            moment: Moment::Change(change - 1),
            ..year
        };
        let bank = fixture::account(&cx, "Business Checking").await;
        let journal = JournalReportFilter::over(from, to);
        // One file at a time: each is given back before the next one.
        let mut feet = Vec::new();
        let ledger = general_ledger_export(&cx, &year, &[]).await.expect("an export");
        feet.push(("General Ledger", ledger.csv_foot()));
        drop(ledger);
        let register = ledger_export(&cx, bank, &year).await.expect("an export");
        feet.push(("Account Register", register.csv_foot()));
        drop(register);
        let entries = journal_export(&cx, &journal).await.expect("an export");
        feet.push(("Journal", entries.csv_foot()));
        drop(entries);
        for (title, foot) in feet {
            for record in [
                "Company,Juniper Cycles\r\n",
                &format!("Report,{title}\r\n"),
                "Basis,Accrual basis\r\n",
                &format!("Change,{change}\r\n"),
                "Made,",
                "Chain,",
            ] {
                assert!(foot.contains(record), "{title}: {record} in {foot}");
            }
            assert!(!foot.contains("As known at"), "{foot}");
        }
        let foot = general_ledger_export(&cx, &known, &[])
            .await
            .expect("an export")
            .csv_foot();
        assert!(
            foot.contains(&format!("As known at,\"change {}, ", change - 1)),
            "{foot}"
        );
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

async fn adjusting(cx: &Cx, day: Date, legs: &[(&str, i64)]) -> i64 {
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
        .id
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
            adjusting: Adjusting::Only,
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
fn the_newest_line_first_a_register_has_the_same_balances() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        for name in ["Business Checking", "Sales of Services"] {
            let account = fixture::account(&cx, name).await;
            let oldest = LedgerFilter::over(date!(2025 - 01 - 01), date!(2026 - 12 - 31));
            let newest = LedgerFilter {
                newest_first: true,
                ..oldest
            };
            let mut forward = register(&cx, account, &oldest, 500).await;
            assert_eq!(register(&cx, account, &oldest, 1).await, forward, "{name}");
            let closings = forward.iter().filter(|(posting, ..)| posting.is_none()).count();
            assert_eq!(closings, usize::from(name == "Sales of Services"));
            for page in [1, 2, 500] {
                let backward = register(&cx, account, &newest, page).await;
                forward.reverse();
                assert_eq!(backward, forward, "{name}, {page} a page");
                forward.reverse();
            }
        }
    });
}

/// The amounts and balances of a register, page by page: of lines with their postings, of closings without.
async fn register(cx: &Cx, account: i64, filter: &LedgerFilter, page: i64) -> Vec<(Option<i64>, i64, i64)> {
    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let part = report_ledger(cx, account, filter, after, page)
            .await
            .expect("a page")
            .statement;
        rows.extend(part.rows().into_iter().map(|row| match row {
            LedgerRow::Line(line) => (Some(line.posting_id), line.amount, line.balance),
            LedgerRow::Closing(closing) => (None, closing.amount, closing.balance),
        }));
        after = part.next;
        if after.is_none() {
            return rows;
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
            "1000,Business Checking,Bank,2026-02-01,Beginning balance,,,,,,,,,,-80.00,,,,,"
        );
        let line = &accounts[0].lines[0];
        assert!(
            rows[1].starts_with(&format!(
                "1000,Business Checking,Bank,2026-02-10,Journal entry,JE-5,,,,,,4000 Sales of Services,,30.00,-110.00,,{},{},",
                line.document_id, line.posting_id
            )),
            "{}",
            rows[1]
        );
        assert!(rows[2].starts_with("3900,Retained Earnings,Equity,2026-02-01,Beginning balance,,,,,,,,,,300.00"));
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
        // Files of both say so in a column of its own.
        let is_void = |columns: &[&str], row: &str| {
            let place = columns.iter().position(|column| *column == "Void").expect("a column");
            row.split(',').nth(place) == Some("yes")
        };
        for entry in &entries {
            let csv = entry.to_csv(Currency::USD);
            assert!(csv.lines().all(|row| is_void(&JOURNAL_REPORT_COLUMNS, row)), "{csv}");
        }
        let filter = LedgerFilter::over(date!(2026 - 01 - 01), END);
        let mut export = general_ledger_export(&cx, &filter, &[]).await.expect("a ledger");
        let accounts = export.next_batch().await.expect("a batch").expect("accounts");
        for account in accounts {
            let csv = account.to_csv(filter.from, Currency::USD);
            let void = csv.lines().filter(|row| is_void(&GENERAL_LEDGER_COLUMNS, row)).count();
            assert_eq!(void, account.lines.len(), "{csv}");
        }
    });
}
