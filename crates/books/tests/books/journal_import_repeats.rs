//! Journal files that come again, and imports that write nothing.

use books::accounts::account_list;
use books::contacts::contact_choices;
use books::documents::document_get;
use books::journal::{journal_update, journal_void};
use books::journal_import::journal_import;
use testkit::run;
use time::macros::date;

use crate::fixture::{self, END, amounts, balances};
use crate::journal_import::{HEADER, RENT, counts, dry_run, import, last_change, numbered};

#[test]
fn a_file_imported_twice_adds_nothing() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        assert_eq!(counts(&import(&cx, &RENT).await), (1, 0, 0));
        let before = last_change(&cx).await;
        assert_eq!(counts(&import(&cx, &RENT).await), (0, 1, 0));
        assert_eq!(last_change(&cx).await, before);
        let more = [
            RENT[1],
            RENT[0],
            "A-8,02/28/2026,Rent,,1.00,,,",
            "A-8,02/28/2026,Business Checking,,,1.00,,",
        ];
        assert_eq!(counts(&import(&cx, &more).await), (1, 1, 0));
        assert_eq!(balances(&cx, END).await["Rent"], 120_100);
    });
}

#[test]
fn an_entry_that_was_corrected_since_is_still_known_and_a_void_one_is_not() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        import(&cx, &RENT).await;
        let document = document_get(&cx, numbered(&cx, "A-7").await[0])
            .await
            .expect("the entry");
        let mut corrected = fixture::typed_again(&document);
        corrected.lines[0].amount = 130_000;
        corrected.lines[1].amount = -130_000;
        let written = journal_update(&cx, document.id, document.version, &corrected, &fixture::key())
            .await
            .expect("it is corrected");
        assert_eq!(counts(&import(&cx, &RENT).await), (0, 1, 0));
        journal_void(
            &cx,
            written.id,
            written.version,
            date!(2026 - 01 - 31),
            "A duplicate.",
            &fixture::key(),
        )
        .await
        .expect("it is voided");
        assert_eq!(counts(&import(&cx, &RENT).await), (1, 0, 0));
        assert_eq!(balances(&cx, END).await["Rent"], 120_000);
    });
}

#[test]
fn a_number_imported_before_with_other_amounts_is_doubtful_and_stops_the_import() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        import(&cx, &RENT).await;
        let outcome = import(
            &cx,
            &[
                "A-8,02/28/2026,Rent,,1.00,,,",
                "A-8,02/28/2026,Business Checking,,,1.00,,",
                "A-7,01/31/2026,Rent,,1300.00,,January,",
                "A-7,01/31/2026,Business Checking,,,1300.00,January,",
            ],
        )
        .await;
        assert_eq!((outcome.new, outcome.known, outcome.doubtful), (1, 0, 1));
        assert_eq!(outcome.errors.len(), 1);
        assert_eq!(outcome.errors[0].line, 4);
        assert!(
            outcome.errors[0]
                .message
                .starts_with("The entry A-7 was imported before")
        );
        assert_eq!(balances(&cx, END).await["Rent"], 120_000);
    });
}

#[test]
fn a_dry_run_counts_the_same_and_writes_nothing() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let before = last_change(&cx).await;
        let rows = [
            "1,01/05/2026,Brand New,Bank,9.00,,,",
            "1,01/05/2026,Accounts Payable,,,9.00,,Somebody New",
        ];
        assert_eq!(counts(&dry_run(&cx, &rows).await), (1, 0, 0));
        assert_eq!(last_change(&cx).await, before);
        assert_eq!(balances(&cx, END).await, amounts(&[]));
        assert!(contact_choices(&cx).await.expect("the contacts").is_empty());
        assert!(
            account_list(&cx, None)
                .await
                .expect("the chart")
                .iter()
                .all(|account| account.name != "Brand New")
        );
        assert_eq!(counts(&import(&cx, &rows).await), (1, 0, 0));
    });
}

#[test]
fn one_wrong_line_keeps_the_whole_file_out() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let before = last_change(&cx).await;
        let outcome = import(
            &cx,
            &[
                RENT[0],
                RENT[1],
                "B-1,02/30/2026,Rent,,1.00,,,",
                "B-1,02/28/2026,Business Checking,,,1.00,,",
            ],
        )
        .await;
        assert_eq!(outcome.new, 1);
        assert_eq!(outcome.errors.len(), 1);
        assert_eq!(
            (outcome.errors[0].line, outcome.errors[0].message.as_str()),
            (4, "February 2026 has only 28 days.")
        );
        assert_eq!(last_change(&cx).await, before);
        assert_eq!(balances(&cx, END).await, amounts(&[]));
    });
}

#[test]
fn a_number_that_the_books_gave_to_an_entry_of_their_own_is_not_given_again() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Rent", 100), ("Business Checking", -100)],
        )
        .await;
        let rows = [
            "JE-1,03/02/2026,Rent,,1.00,,,",
            "JE-1,03/02/2026,Business Checking,,,1.00,,",
        ];
        let file = format!("{HEADER}\n{}\n", rows.join("\n"));
        let outcome = journal_import(&cx, file.as_bytes(), false, &fixture::key())
            .await
            .expect("the import runs");
        assert_eq!(
            (outcome.new, outcome.errors[0].line, outcome.errors[0].message.as_str()),
            (
                0,
                2,
                "These books gave the number JE-1 to an entry of their own. Write it differently, as in QB-JE-1."
            )
        );
    });
}

#[test]
fn an_import_sent_twice_is_done_once_and_told_the_same() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let file = format!("{HEADER}\r\n{}\r\n", RENT.join("\r\n"));
        let key = fixture::key();
        let first = journal_import(&cx, file.as_bytes(), false, &key)
            .await
            .expect("the import runs");
        let second = journal_import(&cx, file.as_bytes(), false, &key)
            .await
            .expect("the import is repeated");
        assert_eq!(first, second);
        assert_eq!(counts(&second), (1, 0, 0));
        assert_eq!(numbered(&cx, "A-7").await.len(), 1);
    });
}

#[test]
fn an_entry_is_known_although_its_accounts_and_names_were_changed_since() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let rows = [
            "B-1,02/28/2026,Shop Rent,Expense,900.00,,February,Cedar Property",
            "B-1,02/28/2026,Bells,Expense,100.00,,February,Cedar Property",
            "B-1,02/28/2026,Business Checking,,,1000.00,February,",
        ];
        assert_eq!(counts(&import(&cx, &rows).await), (1, 0, 0));
        rename(
            &cx,
            "update account set name = 'Rent of the shop' where name = 'Shop Rent'",
        )
        .await;
        assert_eq!(counts(&import(&cx, &rows).await), (0, 1, 0));
        rename(&cx, "update account set active = false where name = 'Bells'").await;
        rename(&cx, "update contact set name = 'Cedar' where name = 'Cedar Property'").await;
        assert_eq!(counts(&import(&cx, &rows).await), (0, 1, 0));
        let other = rows.map(|row| row.replace("900.00", "950.00").replace("1000.00", "1050.00"));
        let outcome = import(&cx, &other.each_ref().map(String::as_str)).await;
        assert_eq!((outcome.new, outcome.known), (0, 0), "other amounts are another entry");
        let names = account_list(&cx, None).await.expect("the chart");
        assert!(
            names.iter().all(|account| account.name != "Shop Rent"),
            "nothing was made anew"
        );
    });
}

/// Renames by hand, as somebody does on another page.
async fn rename(cx: &tenancy::Cx, statement: &'static str) {
    let opened = cx
        .write(tenancy::Capability::Journal, &fixture::key())
        .await
        .expect("a change opens");
    let tenancy::Opened::Change(mut tx) = opened else {
        panic!("the key is new");
    };
    sqlx::query(statement).execute(&mut *tx).await.expect("it is renamed");
    tx.commit(&()).await.expect("the change is kept");
}
