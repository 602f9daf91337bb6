//! The lines behind a figure.

use books::documents::DocumentKind;
use books::journal::{JournalInputLine, journal_create_issued, journal_void};
use books::locks::lock_set;
use books::reports::{
    AccountLedger, LedgerFilter, LedgerKey, LedgerRow, Moment, SPLIT, YearClosing, ledger_export, report_balance_sheet,
    report_ledger, report_profit_and_loss, report_trial_balance,
};
use ledger::accounts::Side;
use tenancy::Cx;
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture;

/// The whole ledger, page by page; each page's balances must join the one before.
async fn ledger(cx: &Cx, account_id: i64, from: Date, to: Date, page: i64) -> AccountLedger {
    let mut after: Option<LedgerKey> = None;
    let mut whole: Option<AccountLedger> = None;
    loop {
        let part = report_ledger(cx, account_id, &LedgerFilter::over(from, to), after, page)
            .await
            .expect("a ledger")
            .statement;
        let last = whole.as_ref().and_then(|whole| whole.lines.last());
        assert_eq!(
            part.brought_forward,
            last.map_or(part.beginning_balance, |line| line.balance)
        );
        assert!(part.lines.len() <= usize::try_from(page).expect("a page"));
        after = part
            .next
            .map(|key| key.to_string().parse().expect("the key is read back"));
        match &mut whole {
            None => whole = Some(part),
            Some(whole) => {
                let above = whole.lines.len();
                whole
                    .closings
                    .extend(part.closings.into_iter().map(|closing| YearClosing {
                        lines_above: above + closing.lines_above,
                        ..closing
                    }));
                whole.lines.extend(part.lines);
            }
        }
        if after.is_none() {
            break;
        }
    }
    let whole = whole.expect("a page");
    let mut balance = whole.beginning_balance;
    let mut closed = 0;
    for row in whole.rows() {
        let (amount, after) = match row {
            LedgerRow::Line(line) => (line.amount, line.balance),
            LedgerRow::Closing(closing) => {
                closed += closing.amount;
                (closing.amount, closing.balance)
            }
        };
        balance += amount;
        assert_eq!(after, balance);
    }
    assert_eq!((whole.closed, whole.ending_balance), (closed, balance));
    assert_eq!(
        whole.total_debit - whole.total_credit,
        balance - whole.beginning_balance - closed
    );
    whole
}

/// Two years of a small shop, with an entry of several lines, a void and overdrawn cash.
async fn shop(cx: &Cx) {
    fixture::post(
        cx,
        date!(2025 - 12 - 30),
        &[("Business Checking", 30_000), ("Sales of Services", -30_000)],
    )
    .await;
    fixture::post(
        cx,
        date!(2026 - 01 - 02),
        &[
            ("Accounts Receivable @ Hollis Hardware", 12_000),
            ("Sales of Services", -10_000),
            ("Sales Tax Payable", -2000),
        ],
    )
    .await;
    fixture::post(
        cx,
        date!(2026 - 01 - 02),
        &[
            ("Business Checking", 12_000),
            ("Accounts Receivable @ Hollis Hardware", -12_000),
        ],
    )
    .await;
    fixture::post(
        cx,
        date!(2026 - 01 - 20),
        &[("Rent", 50_000), ("Business Checking", -50_000)],
    )
    .await;
    fixture::post(
        cx,
        date!(2026 - 02 - 10),
        &[("Sales of Services", 3000), ("Business Checking", -3000)],
    )
    .await;
    let void = fixture::issued(cx, date!(2026 - 02 - 11), &[("Rent", 700), ("Business Checking", -700)]).await;
    journal_void(
        cx,
        void.id,
        void.version,
        date!(2026 - 02 - 11),
        "Entered twice.",
        &fixture::key(),
    )
    .await
    .expect("it is voided");
}

#[test]
fn the_lines_of_every_row_of_every_report_add_up_to_its_figure() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        for as_of in [
            date!(2025 - 12 - 31),
            date!(2026 - 01 - 01),
            date!(2026 - 01 - 15),
            date!(2026 - 02 - 28),
        ] {
            let report = report_trial_balance(&cx, as_of).await.expect("a trial balance");
            assert!(!report.statement.rows.is_empty());
            for row in &report.statement.rows {
                let lines = ledger(
                    &cx,
                    row.account_id.expect("an account"),
                    report.provenance.from,
                    as_of,
                    2,
                )
                .await;
                let closed: i64 = lines.closed_years.iter().map(|year| year.net_income).sum();
                assert_eq!(lines.on_statements, lines.ending_balance - closed);
                assert_eq!(
                    lines.ending_balance - closed,
                    row.debit.minor - row.credit.minor,
                    "{} at {as_of}",
                    row.account
                );
            }
            let report = report_balance_sheet(&cx, as_of).await.expect("a balance sheet");
            for section in &report.statement.sections {
                for row in section.rows.iter().filter(|row| row.account != "Net Income") {
                    let lines = ledger(
                        &cx,
                        row.account_id().expect("an account"),
                        report.provenance.from,
                        as_of,
                        500,
                    )
                    .await;
                    let closed: i64 = lines.closed_years.iter().map(|year| year.net_income).sum();
                    assert_eq!(
                        (lines.ending_balance - closed).abs(),
                        row.amount().abs(),
                        "{} at {as_of}",
                        row.account
                    );
                }
            }
        }
        for (from, to) in [
            (date!(2026 - 01 - 02), date!(2026 - 02 - 28)),
            (date!(2025 - 12 - 01), date!(2026 - 01 - 20)),
        ] {
            let report = report_profit_and_loss(&cx, from, to).await.expect("a profit and loss");
            for section in &report.statement.sections {
                for row in &section.rows {
                    let lines = ledger(&cx, row.account_id().expect("an account"), from, to, 3).await;
                    let moved = lines.total_debit - lines.total_credit;
                    let face = if lines.account_type.normal_side() == Side::Debit {
                        moved
                    } else {
                        -moved
                    };
                    assert_eq!(face, row.amount(), "{} from {from} to {to}", row.account);
                }
            }
        }
    });
}

#[test]
fn a_line_says_its_document_its_customer_and_its_other_side() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let account = fixture::account(&cx, "Accounts Receivable").await;
        let lines = ledger(&cx, account, date!(2026 - 01 - 01), date!(2026 - 12 - 31), 500).await;
        assert_eq!(
            (lines.number.as_deref(), lines.account.as_str()),
            (Some("1100"), "Accounts Receivable")
        );
        assert_eq!(lines.beginning_balance, 0);
        let [billed, paid] = &lines.lines[..] else {
            panic!("two lines")
        };
        assert_eq!((billed.amount, billed.balance), (12_000, 12_000));
        assert_eq!(billed.kind, DocumentKind::JournalEntry);
        assert_eq!(billed.number.as_deref(), Some("JE-2"));
        assert_eq!(billed.contact.as_deref(), Some("Hollis Hardware"));
        assert_eq!(billed.other_side, SPLIT);
        assert_eq!((paid.amount, paid.balance), (-12_000, 0));
        assert_eq!(paid.other_side, "1000 Business Checking");
        assert!(!paid.voided);
    });
}

#[test]
fn income_begins_every_fiscal_year_at_zero_and_a_bank_account_does_not() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        shop(&cx).await;
        let sales = fixture::account(&cx, "Sales of Services").await;
        let bank = fixture::account(&cx, "Business Checking").await;
        let end = date!(2026 - 12 - 31);
        for (from, of_sales, of_bank) in [
            (date!(2025 - 12 - 31), -30_000, 30_000),
            (date!(2026 - 01 - 01), 0, 30_000),
            (date!(2026 - 01 - 03), -10_000, 42_000),
            (date!(2026 - 02 - 20), -7000, -11_000),
        ] {
            assert_eq!(
                ledger(&cx, sales, from, end, 500).await.beginning_balance,
                of_sales,
                "{from}"
            );
            assert_eq!(
                ledger(&cx, bank, from, end, 500).await.beginning_balance,
                of_bank,
                "{from}"
            );
        }
    });
}

#[test]
fn an_entry_voided_after_its_month_was_locked_shows_with_what_reversed_it() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let written = fixture::issued(
            &cx,
            date!(2026 - 01 - 20),
            &[("Rent", 50_000), ("Business Checking", -50_000)],
        )
        .await;
        lock_set(&cx, Some(date!(2026 - 01 - 31)), "January is filed.", &fixture::key())
            .await
            .expect("a lock");
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 02 - 03),
            "The landlord paid it back.",
            &fixture::key(),
        )
        .await
        .expect("it is voided");
        let rent = fixture::account(&cx, "Rent").await;
        let lines = ledger(&cx, rent, date!(2026 - 01 - 01), date!(2026 - 02 - 28), 500).await;
        let shown: Vec<(Date, i64, bool)> = lines
            .lines
            .iter()
            .map(|line| (line.posted_on, line.amount, line.voided))
            .collect();
        assert_eq!(
            shown,
            [
                (date!(2026 - 01 - 20), 50_000, true),
                (date!(2026 - 02 - 03), -50_000, true)
            ]
        );
        assert_eq!(lines.lines[1].other_side, "1000 Business Checking");
        assert_eq!(lines.ending_balance, 0);
    });
}

#[test]
fn pages_follow_each_other_also_within_one_day() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for cents in 1..=7 {
            fixture::post(
                &cx,
                date!(2026 - 03 - 05),
                &[("Business Checking", cents), ("Sales of Services", -cents)],
            )
            .await;
        }
        let bank = fixture::account(&cx, "Business Checking").await;
        let lines = ledger(&cx, bank, date!(2026 - 03 - 01), date!(2026 - 03 - 31), 3).await;
        let amounts: Vec<i64> = lines.lines.iter().map(|line| line.amount).collect();
        assert_eq!(amounts, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(lines.total_debit, 28);
    });
}

#[test]
fn an_account_that_is_not_there_has_no_ledger() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let report = report_ledger(
            &cx,
            999_999,
            &LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 01 - 31)),
            None,
            500,
        )
        .await;
        assert!(matches!(report, Err(books::Error::NotFound(_))));
    });
}

#[test]
fn the_file_of_a_register_is_one_snapshot_whatever_is_posted_while_it_is_read() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (bank, sales) = ("Business Checking", "Sales of Services");
        let (of_bank, of_sales) = (fixture::account(&cx, bank).await, fixture::account(&cx, sales).await);
        let line = |account_id, amount| JournalInputLine {
            line_no: None,
            account_id,
            contact_id: None,
            description: String::new(),
            amount,
            due_on: None,
        };
        // More lines than one batch has.
        for day in 1..=5 {
            let mut input = fixture::entry(&cx, date!(2026 - 03 - 01).replace_day(day).expect("a day"), &[]).await;
            input.lines = (1..=499).map(|n| line(of_bank, n)).collect();
            input.lines.push(line(of_sales, -499 * 500 / 2));
            journal_create_issued(&cx, &input, &fixture::key())
                .await
                .expect("an entry");
        }
        let filter = LedgerFilter {
            newest_first: true,
            ..LedgerFilter::over(date!(2026 - 03 - 01), date!(2026 - 03 - 31))
        };
        let mut export = ledger_export(&cx, of_bank, &filter).await.expect("an export");
        let mut lines = export.next_batch().await.expect("a batch").expect("lines").lines;
        assert!(lines.len() < 5 * 499, "a file has several batches");
        fixture::post(&cx, date!(2026 - 02 - 28), &[(bank, 7), (sales, -7)]).await;
        fixture::post(&cx, date!(2026 - 03 - 01), &[(bank, 11), (sales, -11)]).await;
        fixture::post(&cx, date!(2026 - 03 - 31), &[(bank, 13), (sales, -13)]).await;
        while let Some(more) = export.next_batch().await.expect("a batch") {
            lines.extend(more.lines);
        }
        let mut balance = export.ledger().beginning_balance;
        assert_eq!((balance, lines.len()), (0, 5 * 499));
        for line in &lines {
            balance += line.amount;
            assert_eq!(line.balance, balance);
        }
        assert_eq!(export.ledger().ending_balance, balance);
        assert!(lines.is_sorted_by_key(|line| (line.posted_on, line.document_id, line.line_no)));
    });
}

#[test]
fn the_file_of_a_register_says_what_came_and_went_since_and_ends_with_its_balance() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let day = date!(2026 - 03 - 05);
        let legs = [("Rent", 500), ("Business Checking", -500)];
        let written = fixture::issued(&cx, day, &legs).await;
        let rent = fixture::account(&cx, "Rent").await;
        let year = LedgerFilter::over(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let now = report_ledger(&cx, rent, &year, None, 500).await.expect("a register");
        journal_void(&cx, written.id, written.version, day, "Entered twice.", &fixture::key())
            .await
            .expect("it is voided");
        fixture::post(&cx, day, &[("Rent", 70), ("Business Checking", -70)]).await;
        let filter = LedgerFilter {
            moment: Moment::Change(now.provenance.change),
            shows_since: true,
            ..year
        };
        let mut export = ledger_export(&cx, rent, &filter).await.expect("an export");
        let lines = export.next_batch().await.expect("a batch").expect("lines").lines;
        let ledger = export.ledger();
        assert_eq!((ledger.ending_balance, ledger.ending_balance_now), (500, Some(70)));
        assert_eq!(ledger.changed_since, Some(-430));
        assert_eq!(ledger.csv_beginning(), ",Beginning balance,,,,,,,,,,0.00,,,\r\n");
        let rows: Vec<String> = lines.iter().map(|line| ledger.csv_line(line)).collect();
        assert!(
            rows[0]
                .starts_with("2026-03-05,Journal entry,JE-1,,,,,,1000 Business Checking,5.00,,5.00,retired by change "),
            "{rows:?}"
        );
        assert!(
            rows[1].starts_with("2026-03-05,Journal entry,JE-2,,,,,,1000 Business Checking,0.70,,5.00,made by change "),
            "{rows:?}"
        );
        assert_eq!(ledger.csv_ending(), ",Ending balance,,,,,,,,,,5.00,,,\r\n");
    });
}
