//! The general ledger, the journal report and the register of an account as text, as JSON and as CSV, compared to the letter with files
//! that were read and found right.

use books::accounts::account_list;
use books::reports::{
    Adjusting, GENERAL_LEDGER_COLUMNS, JOURNAL_REPORT_COLUMNS, JournalReportFilter, LedgerAccount, LedgerFilter,
    PrintedAs, PrintedJournal, PrintedLedger, PrintedRegister, ReportEntry, general_ledger_export, journal_export,
    ledger_export,
};
use ledger::csv::csv_record;
use ledger::money::Currency;
use tenancy::Cx;
use time::Date;

use crate::golden_file::{POSTED_AT, assert_golden};
use crate::golden_statements::face;

/// Day, amount and balance of each line.
pub fn lines(account: &LedgerAccount) -> Vec<(String, i64, i64)> {
    let lines = account.lines.iter();
    lines
        .map(|line| (line.posted_on.to_string(), line.amount, line.balance))
        .collect()
}

/// The whole general ledger, posted at one moment.
pub async fn accounts_of(cx: &Cx, filter: &LedgerFilter) -> Vec<LedgerAccount> {
    let mut export = general_ledger_export(cx, filter, &[]).await.expect("an export");
    let mut accounts: Vec<LedgerAccount> = Vec::new();
    while let Some(batch) = export.next_batch().await.expect("a batch") {
        for part in batch {
            match accounts.last_mut().filter(|_| part.is_continued) {
                Some(account) => {
                    account.lines.extend(part.lines);
                    account.closings.extend(part.closings);
                    account.end = part.end;
                }
                None => accounts.push(part),
            }
        }
    }
    for line in accounts
        .iter_mut()
        .flat_map(|account: &mut LedgerAccount| &mut account.lines)
    {
        line.posted_at = POSTED_AT;
    }
    accounts
}

/// The whole journal, entered at one moment.
pub async fn entries_of(cx: &Cx, filter: &JournalReportFilter) -> Vec<ReportEntry> {
    let mut export = journal_export(cx, filter).await.expect("an export");
    let mut entries = Vec::new();
    while let Some(batch) = export.next_batch().await.expect("a batch") {
        entries.extend(batch);
    }
    for entry in &mut entries {
        entry.entered_at = POSTED_AT;
    }
    entries
}

/// The whole general ledger, the whole journal and the register of an account, compared to the letter. The ledger and the journal have
/// the same lines, as many as are known to be.
pub async fn assert_lines(cx: &Cx, of: &str, from: Date, to: Date, count: Option<usize>, account: &str) {
    let filter = LedgerFilter::over(from, to);
    let accounts = accounts_of(cx, &filter).await;
    let mut csv = csv_record(GENERAL_LEDGER_COLUMNS);
    csv.extend(accounts.iter().map(|account| account.to_csv(from, Currency::USD)));
    let lines = csv.lines().count() - 1 - accounts.len();
    assert_eq!(count.unwrap_or(lines), lines);
    assert_golden(&format!("{of}-general-ledger.csv"), &csv);
    let filter_of_entries = JournalReportFilter::over(from, to);
    let entries = entries_of(cx, &filter_of_entries).await;
    let mut csv = csv_record(JOURNAL_REPORT_COLUMNS);
    csv.extend(entries.iter().map(|entry| entry.to_csv(Currency::USD)));
    assert_eq!(csv.lines().count(), 1 + lines);
    assert_golden(&format!("{of}-journal.csv"), &csv);
    for (printed_as, ending) in [(PrintedAs::Text, "txt"), (PrintedAs::Json, "json")] {
        // One file a company is under way at a time.
        let export = general_ledger_export(cx, &filter, &[]).await.expect("an export");
        let mut printed = PrintedLedger::new(face(export.face()), Adjusting::Among, printed_as);
        drop(export);
        let mut text = printed.begin().expect("a beginning");
        text.extend(
            accounts
                .iter()
                .map(|account| printed.account(account).expect("an account")),
        );
        assert_golden(&format!("{of}-general-ledger.{ending}"), &(text + &printed.end()));

        let mut export = journal_export(cx, &filter_of_entries).await.expect("an export");
        let mut printed = PrintedJournal::new(face(export.face()), Adjusting::Among, printed_as);
        let totals = export.totals().await.expect("totals");
        drop(export);
        let mut text = printed.begin().expect("a beginning");
        text.extend(entries.iter().map(|entry| printed.entry(entry).expect("an entry")));
        let end = printed.end(totals).expect("an end");
        assert_golden(&format!("{of}-journal.{ending}"), &(text + &end));

        let text = register(cx, account, &filter, printed_as).await;
        assert_golden(&format!("{of}-register.{ending}"), &text);
    }
}

/// An account's register as it is printed.
pub async fn register(cx: &Cx, account: &str, filter: &LedgerFilter, printed_as: PrintedAs) -> String {
    let all = account_list(cx, None).await.expect("the accounts");
    let account = all.iter().find(|of| of.path == account).expect("the account");
    let mut export = ledger_export(cx, account.id, filter).await.expect("an export");
    let mut printed = PrintedRegister::new(export.ledger(), face(export.face()), Adjusting::Among, printed_as);
    let mut text = printed.begin(export.ledger()).expect("a beginning");
    while let Some(mut part) = export.next_batch().await.expect("a batch") {
        for line in &mut part.lines {
            line.posted_at = POSTED_AT;
        }
        text += &printed.lines(&part).expect("lines");
    }
    text + &printed.end(export.ledger()).expect("an end")
}
