//! The balances a company begins with.

use books::Error;
use books::company::{CompanyChange, company_get, company_update};
use books::documents::DocumentKind;
use books::journal::journal_create_issued;
use books::locks::lock_set;
use books::opening::{
    OPENING_FILE_BYTES_MAX, OpeningInput, OpeningLine, opening_parse, opening_save, opening_status, opening_void,
};
use tenancy::Cx;
use time::Date;
use time::macros::date;

use crate::fixture::{
    END, account, amounts, balances, company, company_from, document, entry, fields, key, message, open_items,
};

const BEGIN: Date = date!(2026 - 01 - 01);
const BEFORE: Date = date!(2025 - 12 - 31);

async fn line(cx: &Cx, leg: &str, amount: i64) -> OpeningLine {
    let (name, somebody) = leg
        .split_once(" @ ")
        .map_or((leg, None), |(name, somebody)| (name, Some(somebody)));
    OpeningLine {
        account_id: account(cx, name).await,
        contact: somebody.map(str::to_owned),
        amount,
        due_on: None,
    }
}

async fn input(cx: &Cx, legs: &[(&str, i64)]) -> OpeningInput {
    let mut lines = Vec::new();
    for (leg, amount) in legs {
        lines.push(line(cx, leg, *amount).await);
    }
    OpeningInput {
        lines,
        difference_to_equity: false,
    }
}

const BALANCES: [(&str, i64); 5] = [
    ("Business Checking", 9_000_00),
    ("Accounts Receivable @ Ann's Rides", 300_00),
    ("Accounts Receivable @ Bo's Boats", 200_00),
    ("Accounts Payable @ Hollis Hardware", -500_00),
    ("Member Contributions", -9_000_00),
];

#[test]
fn the_opening_entry_is_dated_the_day_before_the_books_begin_and_its_receivables_are_open_items() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let mut typed = input(&cx, &BALANCES).await;
        typed.lines[1].due_on = Some(date!(2026 - 01 - 20));
        let written = opening_save(&cx, &typed, None, &key()).await.expect("saved");
        let opening = document(&cx, written.id).await;
        assert_eq!(
            (opening.kind, opening.doc_date, opening.number),
            (DocumentKind::OpeningEntry, BEFORE, None)
        );
        let items = open_items(&cx, BEFORE).await;
        let by_contact: Vec<_> = items
            .iter()
            .map(|item| (item.contact.as_deref().unwrap_or_default(), item.open, item.due_on))
            .collect();
        assert_eq!(
            by_contact,
            [
                ("Bo's Boats", 200_00, BEFORE),
                ("Hollis Hardware", -500_00, BEFORE),
                ("Ann's Rides", 300_00, date!(2026 - 01 - 20))
            ]
        );
        let receivable: i64 = items
            .iter()
            .filter(|item| item.account == "Accounts Receivable")
            .map(|item| item.open)
            .sum();
        assert_eq!(
            balances(&cx, BEFORE).await.get("Accounts Receivable"),
            Some(&receivable)
        );
        let status = opening_status(&cx).await.expect("the status");
        assert_eq!(
            (
                status.equity_balance,
                status.missing.len(),
                status.entry.map(|entry| entry.date)
            ),
            (0, 0, Some(BEFORE))
        );
    });
}

#[test]
fn an_opening_entry_needs_the_day_the_books_begin() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let refused = opening_save(&cx, &input(&cx, &BALANCES).await, None, &key()).await;
        assert_eq!(fields(refused), ["date"]);
        let status = opening_status(&cx).await.expect("the status");
        assert!(status.missing[0].starts_with("The day the books begin is not set."));
    });
}

#[test]
fn what_does_not_balance_goes_to_opening_balance_equity_only_when_asked() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        assert!(opening_status(&cx).await.expect("the status").missing[0].starts_with("There is no opening entry."));
        let mut typed = input(&cx, &BALANCES[..4]).await;
        assert_eq!(fields(opening_save(&cx, &typed, None, &key()).await), ["lines"]);
        typed.difference_to_equity = true;
        let first = opening_save(&cx, &typed, None, &key()).await.expect("saved");
        assert_eq!(
            balances(&cx, BEFORE).await.get("Opening Balance Equity"),
            Some(&-9_000_00)
        );
        let status = opening_status(&cx).await.expect("the status");
        assert_eq!(status.equity_balance, -9_000_00);
        assert!(
            status.missing[0].starts_with("Opening Balance Equity holds a credit of 9,000.00."),
            "{:?}",
            status.missing
        );
        // With the missing balance nothing is left for Opening Balance Equity.
        typed.lines.push(line(&cx, "Opening Balance Equity", -1).await);
        typed.lines.push(line(&cx, "Member Contributions", -9_000_00).await);
        opening_save(&cx, &typed, Some(first.version), &key())
            .await
            .expect("revised");
        assert!(opening_status(&cx).await.expect("the status").missing.is_empty());
    });
}

#[test]
fn every_problem_of_an_opening_entry_is_at_its_line() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let mut typed = input(
            &cx,
            &[
                ("Accounts Receivable", 10_00),
                ("Business Checking @ Ann's Rides", 0),
                ("Inventory", -10_00),
            ],
        )
        .await;
        typed.lines[1].due_on = Some(BEGIN);
        let wanted = [
            "lines.1.contact",
            "lines.1.due",
            "lines.0.contact",
            "lines.1.amount",
            "lines.2.account",
        ];
        assert_eq!(fields(opening_save(&cx, &typed, None, &key()).await), wanted);
        typed.difference_to_equity = true;
        assert_eq!(fields(opening_save(&cx, &typed, None, &key()).await), wanted);
    });
}

#[test]
fn a_company_has_one_live_opening_entry_and_revises_it() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let typed = input(&cx, &BALANCES).await;
        let first = opening_save(&cx, &typed, None, &key()).await.expect("saved");
        assert!(matches!(
            opening_save(&cx, &typed, None, &key()).await,
            Err(Error::Stale { live: 1 })
        ));
        assert_eq!(
            opening_save(&cx, &typed, Some(1), &key())
                .await
                .expect("nothing new")
                .version,
            1
        );
        let before = document(&cx, first.id).await;
        let mut corrected = input(&cx, &BALANCES).await;
        corrected.lines.swap(0, 4);
        (corrected.lines[0].amount, corrected.lines[4].amount) = (-9_100_00, 9_100_00);
        assert_eq!(
            opening_save(&cx, &corrected, Some(1), &key())
                .await
                .expect("revised")
                .version,
            2
        );
        let after = document(&cx, first.id).await;
        let kept = after
            .postings
            .iter()
            .filter(|posting| before.postings.contains(posting))
            .count();
        assert_eq!((after.postings.len(), kept), (5, 3));
        assert_eq!(balances(&cx, END).await.get("Business Checking"), Some(&9_100_00));
    });
}

#[test]
fn a_locked_opening_entry_stays_as_it_is() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let mut typed = input(&cx, &BALANCES).await;
        opening_save(&cx, &typed, None, &key()).await.expect("saved");
        lock_set(&cx, Some(BEFORE), "Agreed with the accountant", &key())
            .await
            .expect("locked");
        assert_eq!(
            opening_save(&cx, &typed, Some(1), &key())
                .await
                .expect("nothing new")
                .version,
            1
        );
        (typed.lines[0].amount, typed.lines[4].amount) = (9_100_00, -9_100_00);
        assert_eq!(fields(opening_save(&cx, &typed, Some(1), &key()).await)[0], "date");
        assert_eq!(fields(opening_void(&cx, 1, "Anew", &key()).await), ["date"]);
    });
}

#[test]
fn the_day_the_books_begin_moves_once_the_opening_entry_is_void() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let typed = input(&cx, &BALANCES).await;
        opening_save(&cx, &typed, None, &key()).await.expect("saved");
        let company = company_get(&cx).await.expect("the company");
        let moved = CompanyChange {
            name: company.name,
            entity_type: company.entity_type,
            time_zone: company.time_zone,
            basis: company.basis,
            fiscal_year_first_month: company.fiscal_year_first_month,
            books_begin_on: Some(date!(2026 - 02 - 01)),
        };
        assert_eq!(fields(company_update(&cx, &moved, &key()).await), ["books_begin_on"]);
        opening_void(&cx, 1, "Another day", &key()).await.expect("void");
        assert!(balances(&cx, END).await.is_empty());
        company_update(&cx, &moved, &key()).await.expect("moved");
        let again = opening_save(&cx, &typed, None, &key()).await.expect("saved");
        assert_eq!(document(&cx, again.id).await.doc_date, date!(2026 - 01 - 31));
    });
}

#[test]
fn only_the_opening_entry_lies_before_the_books() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let input = entry(&cx, BEFORE, &[("Rent", 10_00), ("Business Checking", -10_00)]).await;
        assert_eq!(fields(journal_create_issued(&cx, &input, &key()).await), ["date"]);
    });
}

#[test]
fn a_trial_balance_is_read_from_a_file_and_saved_as_it_is() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let file = "\u{feff}Juniper Cycles LLC\r\nTrial Balance\r\n\r\nAccount,Debit,Credit,Name,Due Date\r\n\
            1000 Business Checking,\"9,000.00\",,,\r\n\
            accounts receivable,$300.00,,Ann's Rides,1/20/26\r\n\
            1100,200,,Bo's Boats,\r\n\
            Accounts Payable,,500.00,Hollis Hardware,\r\n\
            Utilities,,,,\r\n\
            Member Contributions,,\"9,000.00\",,\r\n\
            TOTAL,\"9,500.00\",\"9,500.00\",,\r\n";
        let read = opening_parse(&cx, file.as_bytes(), BEGIN).await.expect("read");
        assert_eq!(
            (read.lines.len(), read.problems.len(), read.debits, read.credits),
            (5, 0, 9_500_00, 9_500_00)
        );
        assert_eq!(read.lines[1].due_on, Some(date!(2026 - 01 - 20)));
        opening_save(
            &cx,
            &OpeningInput {
                lines: read.lines,
                difference_to_equity: false,
            },
            None,
            &key(),
        )
        .await
        .expect("saved");
        let expected = [
            ("Business Checking", 9_000_00),
            ("Accounts Receivable", 500_00),
            ("Accounts Payable", -500_00),
            ("Member Contributions", -9_000_00),
        ];
        assert_eq!(balances(&cx, BEFORE).await, amounts(&expected));
    });
}

#[test]
fn a_trial_balance_of_more_than_a_megabyte_is_not_read() {
    testkit::run(async |kit| {
        let cx = company_from(kit, "Juniper Cycles", Some(BEGIN)).await;
        let heading = "Account,Debit,Credit\n";
        let full = heading.to_owned() + &"\n".repeat(OPENING_FILE_BYTES_MAX - heading.len());
        assert!(opening_parse(&cx, full.as_bytes(), BEGIN).await.is_ok());
        let more = full + "\n";
        assert_eq!(fields(opening_parse(&cx, more.as_bytes(), BEGIN).await), ["file"]);
    });
}

#[test]
fn a_file_says_at_which_line_it_is_wrong_and_saves_nothing() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file = ",Debit,Credit,Due\nPetty Cash,10.00,,\nRent,1.00,1.00,\nRent,1.005,,\nInventory,5.00,,\nAccounts Receivable,5.00,,02/31/2026\nTravel,2.00,,\n";
        let read = opening_parse(&cx, file.as_bytes(), BEGIN).await.expect("read");
        let lines: Vec<u64> = read.problems.iter().map(|problem| problem.line).collect();
        assert_eq!((lines, read.lines.len()), (vec![2, 3, 4, 5, 6], 1));
        assert!(
            read.problems[0]
                .message
                .starts_with("There is no account “Petty Cash”.")
        );
        assert_eq!(
            message(opening_parse(&cx, b"Rent;1.00\n", BEGIN).await),
            "There is no heading. The first line names the columns: Account, Debit, Credit, and perhaps Name and Due."
        );
        assert_eq!(fields(opening_parse(&cx, b"\xff\xfe", BEGIN).await), ["file"]);
        assert_eq!(
            fields(opening_parse(&cx, &vec![b','; 1_000_001], BEGIN).await),
            ["file"]
        );
        let long = format!("Account,Debit,Credit\n{}", "Rent,1.00,\n".repeat(501));
        let read = opening_parse(&cx, long.as_bytes(), BEGIN).await.expect("read");
        assert_eq!((read.lines.len(), read.problems.len()), (500, 1));
    });
}
