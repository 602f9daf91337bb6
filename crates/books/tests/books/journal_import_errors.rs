//! What is wrong with a journal file, each at its line. Every file here has a header on line 1.

use books::accounts::{AccountChange, account_list, account_update};
use books::journal_import::{ERRORS_SHOWN, ImportOutcome};
use books::locks::lock_set;
use tenancy::Cx;
use testkit::run;
use time::macros::date;

use crate::fixture::{self, END, amounts, balances};
use crate::journal_import::{dry_run, import};

const CREDIT: &str = "1,01/05/2026,Business Checking,,,5.00,,";

/// The errors of a file, which a dry run and an import tell alike, and which leave the books empty.
async fn errors(cx: &Cx, rows: &[&str]) -> Vec<(usize, String)> {
    let outcome: ImportOutcome = dry_run(cx, rows).await;
    assert_eq!(import(cx, rows).await, outcome);
    assert_eq!(balances(cx, END).await, amounts(&[]));
    outcome
        .errors
        .into_iter()
        .map(|error| (error.line, error.message))
        .collect()
}

#[test]
fn a_wrong_cell_is_named_at_its_line() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let long = "x".repeat(1_001);
        for (row, message) in [
            ("1,,Rent,,5.00,,,".to_owned(), "The Journal Date is missing."),
            (
                "1,t,Rent,,5.00,,,".to_owned(),
                "“t” is not a date. Write it like 10/31/2026.",
            ),
            (
                "1,1/5/26,Rent,,5.00,,,".to_owned(),
                "“1/5/26” is not a date. Write it like 10/31/2026.",
            ),
            (
                "1,31/01/2026,Rent,,5.00,,,".to_owned(),
                "There is no month 31. Write the month first: 10/31/2026.",
            ),
            ("1,01/05/2026,,,5.00,,,".to_owned(), "The Account Name is missing."),
            (
                "1,01/05/2026,Rent:,,5.00,,,".to_owned(),
                "“Rent:” is not an account's name. Write a subaccount like Parent:Sub.",
            ),
            (
                format!("1,01/05/2026,{},Bank,5.00,,,", "a".repeat(101)),
                "An account's name has at most 100 characters. Shorten it.",
            ),
            (
                "1,01/05/2026,Nowhere,,5.00,,,".to_owned(),
                "There is no account “Nowhere”. Add it to the chart of accounts, or add the column Account Type, with which it is created.",
            ),
            (
                "1,01/05/2026,Rent,Revenue,5.00,,,".to_owned(),
                "“Revenue” is not an account type. Use one of QuickBooks' types, such as Bank or Expense.",
            ),
            (
                "1,01/05/2026,Accounts Receivable,Bank,5.00,,,Ann".to_owned(),
                "The account “Accounts Receivable” is of type Accounts Receivable, not Bank.",
            ),
            (
                "1,01/05/2026,Rent:Garage,Bank,5.00,,,".to_owned(),
                "“Rent” is of type Expense, and a subaccount has its parent's type, not Bank.",
            ),
            (
                "1,01/05/2026,A:B:C:D:E:F,Bank,5.00,,,".to_owned(),
                "“A:B:C:D:E:F” is more than 5 levels deep. Name an account higher up.",
            ),
            (
                "1,01/05/2026,Inventory,,5.00,,,".to_owned(),
                "The account “Inventory” is inactive. Make it active in the chart of accounts, or name another.",
            ),
            (
                "1,01/05/2026,Rent,,,,,".to_owned(),
                "There is no amount. Fill in Debits or Credits.",
            ),
            (
                "1,01/05/2026,Rent,,0.00,,,".to_owned(),
                "There is no amount. Fill in Debits or Credits.",
            ),
            (
                "1,01/05/2026,Rent,,5.00,5.00,,".to_owned(),
                "There are two amounts. Fill in Debits or Credits, and leave the other one empty.",
            ),
            (
                "1,01/05/2026,Rent,,-5.00,,,".to_owned(),
                "An amount is negative. Write it without the sign on the other side.",
            ),
            (
                "1,01/05/2026,Rent,,five,,,".to_owned(),
                "“five” is not an amount. Write it like 1,234.50.",
            ),
            (
                "1,01/05/2026,Rent,,\"12,50\",,,".to_owned(),
                "The commas in “12,50” do not separate thousands. Write it like 1,234.50.",
            ),
            (
                "1,01/05/2026,Rent,,5.001,,,".to_owned(),
                "“5.001” has more decimals than USD, which has 2.",
            ),
            (
                format!("1,01/05/2026,Rent,,5.00,,{long},"),
                "The Description has more than 1000 characters. Shorten it.",
            ),
            (
                format!("1,01/05/2026,Rent,,5.00,,,{}", "n".repeat(201)),
                "The Name has more than 200 characters. Shorten it.",
            ),
            (
                "1,01/05/2026,Accounts Receivable,,5.00,,,".to_owned(),
                "The Name is missing: a line on a receivable account needs its customer.",
            ),
            (
                "1,01/05/2026,Accounts Payable,,5.00,,,".to_owned(),
                "The Name is missing: a line on a payable account needs its vendor.",
            ),
        ] {
            let found = errors(&cx, &[CREDIT, &row]).await;
            assert_eq!(found, [(3, message.to_owned())], "{row}");
        }
    });
}

#[test]
fn a_number_that_is_missing_or_too_long_is_refused() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let found = errors(&cx, &[",01/05/2026,Rent,,5.00,,,"]).await;
        assert_eq!(
            found,
            [(
                2,
                "The Journal No. is missing. Rows with the same one are one entry.".to_owned()
            )]
        );
        let long = format!("{},01/05/2026,Rent,,5.00,,,", "9".repeat(41));
        let found = errors(&cx, &[&long]).await;
        assert_eq!(
            found,
            [(2, "The Journal No. has more than 40 characters. Shorten it.".to_owned())]
        );
    });
}

#[test]
fn an_entry_that_is_no_entry_is_named_at_its_first_line() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        assert_eq!(
            errors(&cx, &[CREDIT]).await,
            [(2, "The entry 1 has one line. An entry needs at least two.".to_owned())]
        );
        assert_eq!(
            errors(&cx, &["1,01/05/2026,Rent,,\"1,005.00\",,,", CREDIT]).await,
            [(
                2,
                "The entry 1: Debits are 1,005.00 and credits 5.00. They must be equal.".to_owned()
            )]
        );
        assert_eq!(
            errors(
                &cx,
                &["1,01/05/2026,Rent,,5.00,,,", "1,01/06/2026,Business Checking,,,5.00,,"]
            )
            .await,
            [(
                3,
                "This has another date than line 2, and both have the Journal No. 1. An entry has one date.".to_owned()
            )]
        );
        let huge = "92233720368547758.07";
        let rows = [
            format!("1,01/05/2026,Rent,,{huge},,,"),
            format!("1,01/05/2026,Travel,,{huge},,,"),
            CREDIT.to_owned(),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert_eq!(
            errors(&cx, &rows).await,
            [
                (
                    2,
                    "The entry 1: Line 1: the amount is too large, the most is 1,000,000,000,000.00.".to_owned()
                ),
                (2, "The entry 1: The amounts are too large to add up.".to_owned()),
                (
                    3,
                    "The entry 1: Line 2: the amount is too large, the most is 1,000,000,000,000.00.".to_owned()
                ),
            ]
        );
    });
}

#[test]
fn an_entry_of_more_than_500_lines_is_refused_at_the_501st() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let rows: Vec<&str> = ["1,01/05/2026,Rent,,1.00,,,", "1,01/05/2026,Business Checking,,,1.00,,"]
            .into_iter()
            .cycle()
            .take(502)
            .collect();
        assert_eq!(
            errors(&cx, &rows).await,
            [(502, "The entry 1 has more than 500 lines. Split it.".to_owned())]
        );
        assert_eq!(dry_run(&cx, &rows[..500]).await.errors, []);
    });
}

#[test]
fn a_locked_day_and_one_before_the_books_are_refused() {
    run(async |kit| {
        let cx = fixture::company_from(kit, "Juniper Cycles", Some(date!(2026 - 01 - 01))).await;
        let day = |day: &str| {
            [
                format!("1,{day},Rent,,5.00,,,"),
                format!("1,{day},Business Checking,,,5.00,,"),
            ]
        };
        let found = errors(&cx, &day("12/31/2025").each_ref().map(String::as_str)).await;
        assert_eq!(
            found,
            [(2, "This is dated Dec 31, 2025, and these books begin on Jan 1, 2026. Earlier amounts belong in the opening entry.".to_owned())]
        );
        lock_set(
            &cx,
            Some(date!(2026 - 03 - 31)),
            "The quarter is filed.",
            &fixture::key(),
        )
        .await
        .expect("a lock");
        let found = errors(&cx, &day("03/31/2026").each_ref().map(String::as_str)).await;
        assert_eq!(
            found,
            [(
                2,
                "This is dated Mar 31, 2026, and the books are locked through Mar 31, 2026.".to_owned()
            )]
        );
        assert_eq!(
            dry_run(&cx, &day("04/01/2026").each_ref().map(String::as_str))
                .await
                .errors,
            []
        );
    });
}

#[test]
fn an_account_below_an_inactive_one_is_not_created() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let accounts = account_list(&cx, None).await.expect("the chart");
        let travel = accounts
            .iter()
            .find(|account| account.name == "Travel")
            .expect("an account");
        let change = AccountChange {
            active: false,
            ..AccountChange::of(travel)
        };
        account_update(&cx, travel.id, &change, &fixture::key())
            .await
            .expect("it is made inactive");
        let found = errors(&cx, &["1,01/05/2026,Travel:Hotels,Expenses,5.00,,,", CREDIT]).await;
        assert_eq!(
            found,
            [(
                2,
                "The account “Travel” is inactive. Make it active in the chart of accounts first.".to_owned()
            )]
        );
    });
}

#[test]
fn of_many_errors_a_hundred_are_shown_with_how_many_more_there_are() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let rows: Vec<String> = (1..=137).map(|n| format!("{n},01/05/2026,Rent,,,,,")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let found = errors(&cx, &rows).await;
        assert_eq!(found.len(), ERRORS_SHOWN + 1);
        assert_eq!(found[99].0, 101);
        assert_eq!(
            found[100],
            (
                102,
                "From here on there are 37 more errors, which are not shown.".to_owned()
            )
        );
    });
}

#[test]
fn a_line_in_another_currency_is_refused() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let file = "Journal No.,Journal Date,Account Name,Debits,Credits,Currency\n1,01/05/2026,Rent,5.00,,USD\n1,01/05/2026,Business Checking,,5.00,EUR\n";
        let outcome = books::journal_import::journal_import(&cx, file.as_bytes(), true, &fixture::key())
            .await
            .expect("the import runs");
        let found: Vec<(usize, &str)> = outcome
            .errors
            .iter()
            .map(|error| (error.line, error.message.as_str()))
            .collect();
        assert_eq!(found, [(3, "This line is in EUR, and these books are in USD.")]);
    });
}
