//! What the preview of a file of journal entries says before anything is in the books, and that the import then does just that.

use books::accounts::account_list;
use books::contacts::contact_choices;
use books::journal::{JournalDone, journal_done};
use books::journal_import::{
    CONTACTS_SHOWN, ImportPreview, Mapping, journal_import_preview, journal_import_stage, journal_import_staged,
};
use ledger::accounts::{AccountType, CashFlow};
use tenancy::Cx;
use time::macros::date;

use crate::fixture::{account, company, contact, key, open_items};

const HEADER: &str = "Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name,Due Date";

async fn staged(cx: &Cx, header: &str, rows: &[&str]) -> (i64, ImportPreview) {
    let file = format!("{header}\n{}\n", rows.join("\n"));
    let id = journal_import_stage(cx, "old.csv", file.as_bytes(), &key())
        .await
        .expect("kept");
    let preview = journal_import_preview(cx, id, Mapping::default())
        .await
        .expect("a preview");
    (id, preview)
}

async fn imported(cx: &Cx, id: i64) {
    journal_import_staged(cx, id, Mapping::default(), &key())
        .await
        .expect("imported");
}

#[test]
fn the_customers_and_vendors_that_will_be_made_are_named_and_the_columns_that_are_not_read() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        contact(&cx, "Cedar Property").await;
        let header = format!("{HEADER},Class,,'=Location");
        let rows = [
            "1,01/05/2026,Accounts Receivable,,50.00,,,Hollis Hardware,,Shop,,",
            "1,01/05/2026,Sales of Services,,,50.00,,,,Shop,,",
            "2,01/05/2026,Rent,,20.00,,,Cedar Property,,,,",
            "2,01/05/2026,Utilities,,5.00,,,Staples,,,,",
            "2,01/05/2026,Business Checking,,,25.00,,,,,,",
        ];
        let (id, preview) = staged(&cx, &header, &rows).await;
        assert_eq!(preview.outcome.errors, []);
        assert_eq!(
            (preview.unread.as_slice(), preview.unread_count),
            (["Class", "=Location"].map(str::to_owned).as_slice(), 2)
        );
        let made: Vec<_> = preview
            .contacts
            .iter()
            .map(|made| (made.name.as_str(), made.customer, made.vendor))
            .collect();
        assert_eq!(made, [("Hollis Hardware", true, false), ("Staples", false, true)]);
        assert_eq!(preview.contact_count, 2);
        imported(&cx, id).await;
        let names: Vec<String> = contact_choices(&cx)
            .await
            .expect("contacts")
            .into_iter()
            .map(|c| c.name)
            .collect();
        assert_eq!(names, ["Cedar Property", "Hollis Hardware", "Staples"]);
        let (_, again) = staged(&cx, &header, &rows).await;
        assert_eq!(
            (again.contacts.len(), again.contact_count),
            (0, 0),
            "they are there now"
        );
    });
}

#[test]
fn of_many_new_contacts_the_first_are_named_and_all_are_counted() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let rows: Vec<String> = (0..CONTACTS_SHOWN + 5)
            .map(|n| format!("{n},01/05/2026,Rent,,1.00,,,Vendor {n},\n{n},01/05/2026,Business Checking,,,1.00,,,"))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let (id, preview) = staged(&cx, HEADER, &rows).await;
        assert_eq!(preview.contacts.len(), CONTACTS_SHOWN);
        assert_eq!(preview.contact_count, CONTACTS_SHOWN + 5);
        let request = key();
        let import = async || {
            let outcome = journal_import_staged(&cx, id, Mapping::default(), &request).await;
            outcome.expect("imported")
        };
        let (outcome, repeated) = (import().await, import().await);
        assert_eq!(outcome.brings.contacts.len(), CONTACTS_SHOWN);
        assert_eq!(contact_choices(&cx).await.expect("contacts").len(), CONTACTS_SHOWN + 5);
        // More than a change keeps of its answer: a repeat is told the counts.
        assert_eq!(
            (repeated.new, repeated.brings.contact_count),
            (outcome.new, CONTACTS_SHOWN + 5)
        );
        assert_eq!(repeated.brings.contacts, []);
        let done = journal_done(&cx, &request).await.expect("an answer");
        assert_eq!(done, Some(JournalDone::Imported(outcome.new)));
    });
}

#[test]
fn a_new_account_has_the_detail_type_that_its_name_says_and_stands_in_the_cash_flow_by_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let rows = [
            "1,01/05/2026,Depreciation Expense,Expenses,10.00,,,,",
            "1,01/05/2026,Old Machines,Fixed Assets,20.00,,,,",
            "1,01/05/2026,Old Machines:Accumulated Depreciation - Press,Fixed Assets,,10.00,,,",
            "1,01/05/2026,Shop Loan,Other Current Liabilities,,20.00,,,",
        ];
        let (id, preview) = staged(&cx, HEADER, &rows).await;
        let made: Vec<_> = preview
            .made
            .iter()
            .map(|made| {
                (
                    made.name.as_str(),
                    made.account_type,
                    made.detail_type.map(|detail| detail.name),
                )
            })
            .collect();
        assert_eq!(
            made,
            [
                ("Depreciation Expense", AccountType::Expense, None),
                ("Old Machines", AccountType::FixedAsset, None),
                (
                    "Old Machines:Accumulated Depreciation - Press",
                    AccountType::FixedAsset,
                    Some("Accumulated Depreciation")
                ),
                ("Shop Loan", AccountType::OtherCurrentLiability, None),
            ]
        );
        imported(&cx, id).await;
        let accounts = account_list(&cx, None).await.expect("the chart");
        let stands = |name: &str| {
            let account = accounts.iter().find(|account| account.name == name).expect("made");
            CashFlow::usual(account.account_type, account.detail_type.as_deref())
        };
        assert_eq!(stands("Accumulated Depreciation - Press"), CashFlow::Operating);
        assert_eq!(stands("Old Machines"), CashFlow::Investing);
    });
}

#[test]
fn a_due_date_counts_on_what_is_owed_and_is_left_out_elsewhere_with_a_warning() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let rows = [
            "1,01/05/2026,Accounts Receivable,,50.00,,,Hollis Hardware,02/04/2026",
            "1,01/05/2026,Sales of Services,,,50.00,,,02/04/2026",
            "2,01/06/2026,Rent,,20.00,,,,",
            "2,01/06/2026,Accounts Payable,,,20.00,,Cedar Property,",
        ];
        let (id, preview) = staged(&cx, HEADER, &rows).await;
        assert_eq!(preview.outcome.errors, []);
        assert_eq!(preview.unread, Vec::<String>::new(), "Due Date is read");
        let warnings: Vec<_> = preview.outcome.warnings.iter().map(|warning| warning.line).collect();
        assert_eq!(warnings, [3], "nothing is due on sales");
        assert!(preview.outcome.warnings[0].message.contains("“Sales of Services”"));
        imported(&cx, id).await;
        let due: Vec<_> = open_items(&cx, date!(2026 - 12 - 31))
            .await
            .into_iter()
            .map(|item| item.due_on)
            .collect();
        assert_eq!(due, [date!(2026 - 01 - 06), date!(2026 - 02 - 04)]);
    });
}

#[test]
fn a_due_date_that_is_none_or_comes_before_the_entry_stands_against_the_file_at_its_line() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        account(&cx, "Accounts Receivable").await;
        let rows = [
            "1,01/05/2026,Accounts Receivable,,50.00,,,Hollis Hardware,01/04/2026",
            "1,01/05/2026,Sales of Services,,,50.00,,,",
            "2,01/05/2026,Accounts Receivable,,50.00,,,Hollis Hardware,soon",
            "2,01/05/2026,Sales of Services,,,50.00,,,",
        ];
        let (_, preview) = staged(&cx, HEADER, &rows).await;
        let errors: Vec<_> = preview
            .outcome
            .errors
            .iter()
            .map(|e| (e.line, e.message.as_str()))
            .collect();
        assert_eq!(
            errors,
            [
                (
                    2,
                    "The Due Date is before the Journal Date, Jan 5, 2026. Correct it, or leave it empty."
                ),
                (4, "The Due Date: “soon” is not a date. Write it like 10/31/2026."),
            ]
        );
    });
}
