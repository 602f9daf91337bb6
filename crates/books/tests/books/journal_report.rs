//! The journal report: every entry with its lines, page by page and whole.

use books::documents::{DocumentKind, Marks};
use books::journal::{JournalInput, journal_create_issued, journal_update, journal_void};
use books::locks::lock_set;
use books::reports::{
    Adjusting, GENERAL_LEDGER_COLUMNS, JOURNAL_REPORT_COLUMNS, JournalKey, JournalReportFilter, LedgerFilter, Moment,
    PrintedAs, PrintedJournal, PrintedLedger, REGISTER_COLUMNS, ReportEntry, Since, general_ledger_export,
    journal_export, report_journal, report_ledger, report_trial_balance,
};
use ledger::money::Currency;
use tenancy::{Cx, Role};
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture::{self, END, entry, issued, key, post};
use crate::general_ledger;

/// Every entry of a period, page by page; each is balanced.
pub async fn whole(cx: &Cx, from: Date, to: Date, page: i64) -> Vec<ReportEntry> {
    filtered(cx, &JournalReportFilter::over(from, to), page).await
}

async fn filtered(cx: &Cx, filter: &JournalReportFilter, page: i64) -> Vec<ReportEntry> {
    let mut entries: Vec<ReportEntry> = Vec::new();
    let mut after: Option<JournalKey> = None;
    loop {
        let part = report_journal(cx, filter, after, page)
            .await
            .expect("a journal")
            .statement;
        let lines: usize = part.entries.iter().map(|entry| entry.lines.len()).sum();
        let last = part.entries.last().map_or(0, |entry| entry.lines.len());
        assert!(
            ((lines - last) as i64) < page,
            "a page ends with the entry that fills it"
        );
        entries.extend(part.entries);
        after = part
            .next
            .map(|key| key.to_string().parse().expect("the key is read back"));
        if after.is_some() {
            assert_eq!(part.totals, None);
            continue;
        }
        let totals = part.totals.expect("the last page has the totals");
        assert_eq!(totals.entries, entries.len() as i64);
        assert_eq!(totals.debit, entries.iter().map(|entry| entry.total_debit).sum::<i64>());
        assert_eq!(totals.credit, totals.debit);
        break;
    }
    for entry in &entries {
        assert_eq!(entry.total_debit, entry.total_credit);
        assert_eq!(entry.lines.iter().map(|line| line.amount).sum::<i64>(), 0);
    }
    assert!(entries.is_sorted_by_key(|entry| (entry.posted_on, entry.document_id)));
    entries
}

#[test]
fn every_entry_stands_whole_whatever_the_pages_and_adds_up_to_the_trial_balance() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for n in 1..=7 {
            let legs = [
                ("Business Checking", n * 3),
                ("Sales of Services", -n),
                ("Sales Tax Payable", -2 * n),
            ];
            post(&cx, date!(2026 - 03 - 05), &legs).await;
        }
        let all = whole(&cx, date!(2026 - 01 - 01), END, 500).await;
        assert_eq!(all.len(), 7);
        for page in [1, 2, 7] {
            assert_eq!(whole(&cx, date!(2026 - 01 - 01), END, page).await, all);
        }
        let rows = report_trial_balance(&cx, date!(2026 - 12 - 31))
            .await
            .expect("a report")
            .statement
            .rows;
        for row in rows {
            let lines = all.iter().flat_map(|entry| &entry.lines);
            let sum: i64 = lines
                .filter(|line| line.account == row.account)
                .map(|line| line.amount)
                .sum();
            assert_eq!(sum, row.debit.minor - row.credit.minor, "{}", row.account);
        }
        let filter = JournalReportFilter::over(date!(2026 - 01 - 01), END);
        let mut export = journal_export(&cx, &filter).await.expect("an export");
        let mut exported = Vec::new();
        while let Some(entries) = export.next_batch().await.expect("a batch") {
            exported.extend(entries);
        }
        assert_eq!(exported, all);
    });
}

#[test]
fn it_is_narrowed_by_kind_by_adjusting_entries_and_by_who_entered_them() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let other = kit.with_role(&cx, Role::Accountant);
        post(
            &cx,
            date!(2026 - 03 - 05),
            &[("Rent", 500), ("Business Checking", -500)],
        )
        .await;
        let input = JournalInput {
            marks: Marks {
                adjusting: true,
                ..Marks::default()
            },
            ..entry(&cx, date!(2026 - 03 - 06), &[("Rent", -100), ("Prepaid Expenses", 100)]).await
        };
        journal_create_issued(&other, &input, &key()).await.expect("an entry");
        let year = JournalReportFilter::over(date!(2026 - 01 - 01), END);
        let days = async |filter: JournalReportFilter| -> Vec<u8> {
            let entries = filtered(&cx, &filter, 500).await;
            entries.iter().map(|entry| entry.posted_on.day()).collect()
        };
        assert_eq!(days(year.clone()).await, [5, 6]);
        let of = |kind| JournalReportFilter {
            kind: Some(kind),
            ..year.clone()
        };
        assert_eq!(days(of(DocumentKind::JournalEntry)).await, [5, 6]);
        assert_eq!(days(of(DocumentKind::Expense)).await, Vec::<u8>::new());
        let adjusting = JournalReportFilter {
            adjusting: Adjusting::Only,
            ..year.clone()
        };
        assert_eq!(days(adjusting).await, [6]);
        let by = |name: &str| JournalReportFilter {
            entered_by: Some(name.to_owned()),
            ..year.clone()
        };
        let name = other.actor().name.to_uppercase();
        let entries = filtered(&cx, &by(&name), 500).await;
        assert!(entries.iter().any(|entry| entry.posted_on.day() == 6));
        assert!(entries.iter().all(|entry| entry.entered_by == other.actor().name));
        assert_eq!(days(by("nobody of that name")).await, Vec::<u8>::new());
    });
}

#[test]
fn what_reverses_a_void_behind_a_lock_was_entered_by_who_voided_it() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let other = kit.with_role(&cx, Role::Accountant);
        let day = date!(2026 - 03 - 05);
        let rent = issued(&cx, day, &[("Rent", 500), ("Business Checking", -500)]).await;
        lock_set(&cx, Some(day), "Filed.", &key()).await.expect("a lock");
        let on = date!(2026 - 04 - 01);
        journal_void(&other, rent.id, rent.version, on, "Entered twice.", &key())
            .await
            .expect("it is voided");
        let filter = JournalReportFilter::over(date!(2026 - 01 - 01), END);
        let entries = filtered(&cx, &filter, 500).await;
        let entered = |entry: &ReportEntry| (entry.posted_on, entry.entered_by.clone());
        assert_eq!(
            entries.iter().map(entered).collect::<Vec<_>>(),
            [(day, cx.actor().name.clone()), (on, other.actor().name.clone())]
        );
        assert!(entries[0].entered_at < entries[1].entered_at);
        let by_other = JournalReportFilter {
            entered_by: Some(other.actor().name.clone()),
            ..filter
        };
        let found = filtered(&cx, &by_other, 500).await;
        assert_eq!(
            found.iter().map(entered).collect::<Vec<_>>(),
            [(on, other.actor().name.clone())]
        );
    });
}

#[test]
fn as_known_at_a_change_it_has_what_was_voided_since() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let written = issued(
            &cx,
            date!(2026 - 03 - 05),
            &[("Rent", 500), ("Business Checking", -500)],
        )
        .await;
        let year = JournalReportFilter::over(date!(2026 - 01 - 01), END);
        let then = report_journal(&cx, &year, None, 100).await.expect("a journal");
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 03 - 05),
            "Entered twice.",
            &key(),
        )
        .await
        .expect("it is voided");
        assert_eq!(filtered(&cx, &year, 100).await, []);
        let known = JournalReportFilter {
            moment: Moment::Change(then.provenance.change),
            ..year
        };
        let entries = filtered(&cx, &known, 100).await;
        let [entry] = &entries[..] else { panic!("one entry") };
        assert!(!entry.voided && entry.lines.iter().all(|line| line.since.is_some()));
        assert_eq!(entry.total_debit, 500);
        let rows = entry.to_csv(Currency::USD);
        let first = rows.lines().next().expect("a row");
        assert!(
            first.starts_with("2026-03-05,Journal entry,JE-1,,,,,6200,Rent,,,5.00,,retired by change "),
            "{first}"
        );
    });
}

#[test]
fn an_entry_that_counts_on_the_accrual_basis_alone_says_so_in_every_file_of_lines() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (from, day) = (date!(2026 - 01 - 01), date!(2026 - 03 - 31));
        let input = JournalInput {
            marks: Marks {
                adjusting: true,
                accrual_only: true,
            },
            ..entry(&cx, day, &[("Rent", 900), ("Payroll Liabilities", -900)]).await
        };
        journal_create_issued(&cx, &input, &key()).await.expect("an accrual");
        let entries = whole(&cx, from, END, 100).await;
        assert!(entries[0].accrual_only);
        let csv = entries[0].to_csv(Currency::USD);
        assert!(
            csv.starts_with("2026-03-31,Journal entry,JE-1,yes,yes,,,6200,Rent,"),
            "{csv}"
        );
        let export = journal_export(&cx, &JournalReportFilter::over(from, END))
            .await
            .expect("a journal");
        let printed = |printed_as| {
            let mut printed = PrintedJournal::new(export.face(), Adjusting::Among, printed_as);
            printed.entry(&entries[0]).expect("it is printed")
        };
        assert!(printed(PrintedAs::Text).contains("Journal entry JE-1 (adjusting) (accrual only)\n"));
        assert!(printed(PrintedAs::Json).contains("\"accrual_only\": true"));
        drop(export);
        let filter = LedgerFilter::over(from, END);
        let accounts = general_ledger::whole(&cx, &filter, &[], 100).await;
        let rent = accounts
            .iter()
            .find(|account| account.account == "Rent")
            .expect("the account");
        assert!(rent.lines[0].accrual_only);
        let csv = rent.to_csv(from, Currency::USD);
        assert!(csv.contains(",Journal entry,JE-1,yes,yes,"), "{csv}");
        let export = general_ledger_export(&cx, &filter, &[]).await.expect("a ledger");
        let printed = |printed_as| {
            let mut printed = PrintedLedger::new(export.face(), Adjusting::Among, printed_as);
            printed.account(rent).expect("it is printed")
        };
        assert!(printed(PrintedAs::Text).contains("Journal entry JE-1 (adjusting) (accrual only)"));
        assert!(printed(PrintedAs::Json).contains("\"accrual_only\":true"));
        let register = report_ledger(&cx, rent.account_id, &filter, None, 100)
            .await
            .expect("a register")
            .statement;
        assert!(
            register
                .csv_line(&register.lines[0])
                .starts_with("2026-03-31,Journal entry,JE-1,yes,yes,")
        );
        let columns = [&GENERAL_LEDGER_COLUMNS[..], &JOURNAL_REPORT_COLUMNS, &REGISTER_COLUMNS];
        for mark in ["Accrual only", "Void"] {
            assert!(columns.iter().all(|columns| columns.contains(&mark)), "{mark}");
        }
        assert_eq!(register.csv_ending().matches(',').count() + 1, REGISTER_COLUMNS.len());
    });
}

#[test]
fn with_what_was_entered_since_it_stands_marked_among_the_others_and_counts_in_no_total() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (day, bank) = (date!(2026 - 03 - 05), "Business Checking");
        let revised = issued(&cx, day, &[("Rent", 500), (bank, -500)]).await;
        post(&cx, date!(2026 - 03 - 06), &[("Meals", 40), (bank, -40)]).await;
        let year = JournalReportFilter::over(date!(2026 - 01 - 01), END);
        let then = report_journal(&cx, &year, None, 100).await.expect("a journal");
        let input = entry(&cx, day, &[("Rent", 700), (bank, -700)]).await;
        journal_update(&cx, revised.id, revised.version, &input, &key())
            .await
            .expect("revised");
        post(&cx, date!(2026 - 03 - 04), &[("Travel", 90), (bank, -90)]).await;
        let known = JournalReportFilter {
            moment: Moment::Change(then.provenance.change),
            ..year
        };
        let with_since = JournalReportFilter {
            shows_since: true,
            ..known.clone()
        };
        for page in [1, 3, 100] {
            let mut shown = Vec::new();
            let mut after = None;
            let totals = loop {
                let part = report_journal(&cx, &with_since, after, page)
                    .await
                    .expect("a journal")
                    .statement;
                shown.extend(part.entries);
                after = part.next;
                if after.is_none() {
                    break part.totals.expect("totals");
                }
            };
            let entries: Vec<(u8, i64, i64)> = shown
                .iter()
                .map(|entry| (entry.posted_on.day(), entry.total_debit, entry.total_credit))
                .collect();
            assert_eq!(entries, [(4, 0, 0), (5, 500, 500), (6, 40, 40)], "{page} a page");
            assert_eq!((totals.entries, totals.debit), (2, 540));
            let lines: Vec<(i64, bool, bool)> = shown[1]
                .lines
                .iter()
                .map(|line| {
                    let is_made = matches!(line.since, Some(Since::Made(_)));
                    (line.amount, is_made, matches!(line.since, Some(Since::Retired(_))))
                })
                .collect();
            assert_eq!(
                lines,
                [
                    (500, false, true),
                    (-500, false, true),
                    (700, true, false),
                    (-700, true, false)
                ]
            );
        }
        let days = filtered(&cx, &known, 100).await;
        assert_eq!(days.len(), 2, "unless it is asked for");
        let mut export = journal_export(&cx, &with_since).await.expect("an export");
        let entries = export.next_batch().await.expect("a batch").expect("entries");
        assert!(entries[0].to_csv(Currency::USD).contains(",made by change "));
    });
}
