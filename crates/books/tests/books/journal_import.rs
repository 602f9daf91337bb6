//! Journal entries from a file.

use books::accounts::{NewAccount, account_create, account_list, account_merge};
use books::check::books_check;
use books::contacts::contact_choices;
use books::documents::{DocumentState, Marks, document_get};
use books::journal_import::{ImportOutcome, journal_import};
use books::recurring::{TemplateInput, recurring_create};
use ledger::accounts::AccountType;
use tenancy::{Cx, Role};
use testkit::run;
use time::macros::date;

use crate::fixture::{self, END, amounts, balances};

pub const HEADER: &str = "Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name";

pub async fn import(cx: &Cx, rows: &[&str]) -> ImportOutcome {
    imported(cx, rows, false).await
}

pub async fn dry_run(cx: &Cx, rows: &[&str]) -> ImportOutcome {
    imported(cx, rows, true).await
}

async fn imported(cx: &Cx, rows: &[&str], dry_run: bool) -> ImportOutcome {
    let file = format!("{HEADER}\n{}\n", rows.join("\n"));
    journal_import(cx, file.as_bytes(), dry_run, &fixture::key())
        .await
        .expect("the import runs")
}

/// What an import that found nothing wrong did.
pub fn counts(outcome: &ImportOutcome) -> (usize, usize, usize) {
    assert_eq!(outcome.errors, []);
    (outcome.new, outcome.known, outcome.doubtful)
}

/// The number of the last change: what a dry run must leave as it is.
pub async fn last_change(cx: &Cx) -> i64 {
    books::reports::report_trial_balance(cx, END)
        .await
        .expect("a trial balance")
        .provenance
        .change
}

/// The documents of that number, oldest first.
pub async fn numbered(cx: &Cx, number: &str) -> Vec<i64> {
    let mut tx = cx.read(tenancy::Capability::ReadBooks).await.expect("the books open");
    sqlx::query_scalar!("select id from document where number = $1 order by id", number)
        .fetch_all(&mut *tx)
        .await
        .expect("the documents are read")
}

pub const RENT: [&str; 2] = [
    "A-7,01/31/2026,Rent,,\"1,200.00\",,January,",
    "A-7,01/31/2026,Business Checking,,,\"1,200.00\",January,",
];

#[test]
fn rows_of_one_number_are_one_entry_issued_under_that_number() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let outcome = import(
            &cx,
            &[
                "101,01/05/2026,Business Checking,,\"$1,500.25\",,Deposit,",
                "102,1/6/2026,6200,,40,,,",
                "101,01/05/2026,Sales of Services,,,1500.25,Deposit,",
                "102,1/6/2026,1000 Business Checking,,0.00,40.00,,",
            ],
        )
        .await;
        assert_eq!(counts(&outcome), (2, 0, 0));
        assert_eq!(
            balances(&cx, END).await,
            amounts(&[
                ("Business Checking", 1_460_25),
                ("Sales of Services", -1_500_25),
                ("Rent", 40_00)
            ])
        );
        let document = document_get(&cx, numbered(&cx, "101").await[0])
            .await
            .expect("the entry");
        assert_eq!(document.state, DocumentState::Issued);
        assert_eq!(document.number.as_deref(), Some("101"));
        assert_eq!(document.doc_date, date!(2026 - 01 - 05));
        assert_eq!(document.total, 1_500_25);
        assert_eq!(document.lines[0].description, "Deposit");
        assert_eq!(books_check(&cx).await.expect("the check runs"), []);
    });
}

#[test]
fn imported_numbers_leave_the_companys_own_series_alone() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let file = [
            "JE-1,01/05/2026,Rent,,5.00,,,",
            "JE-1,01/05/2026,Business Checking,,,5.00,,",
        ];
        import(&cx, &file).await;
        let written = fixture::issued(
            &cx,
            date!(2026 - 01 - 06),
            &[("Rent", 1_00), ("Business Checking", -1_00)],
        )
        .await;
        assert_eq!(written.number.as_deref(), Some("JE-1"));
        let again = import(&cx, &file).await;
        assert_eq!((again.new, again.known), (0, 1), "the same file is known as ever");
    });
}

#[test]
fn missing_accounts_are_created_with_their_parents_and_types() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let outcome = import(
            &cx,
            &[
                "1,01/05/2026,Vehicles Fleet:Vans:Blue Van,Fixed Assets,100.00,,,",
                "1,01/05/2026,vehicles fleet:VANS:blue van,,5.00,,,",
                "1,01/05/2026,Utilities:Water,Expenses,20.00,,,",
                "1,01/05/2026,Business Checking,Bank,,125.00,,",
            ],
        )
        .await;
        assert_eq!(counts(&outcome), (1, 0, 0));
        let accounts = account_list(&cx, None).await.expect("the chart");
        let created: Vec<(&str, &str)> = accounts
            .iter()
            .filter(|account| account.number.is_none())
            .map(|account| (account.path.as_str(), account.account_type.name()))
            .collect();
        assert_eq!(
            created,
            [
                ("Vehicles Fleet", "Fixed Asset"),
                ("Vehicles Fleet:Vans", "Fixed Asset"),
                ("Vehicles Fleet:Vans:Blue Van", "Fixed Asset"),
                ("Utilities:Water", "Expense"),
            ]
        );
        assert_eq!(balances(&cx, END).await["Blue Van"], 105_00);
    });
}

#[test]
fn an_unused_account_of_another_type_gives_way_to_the_files_and_a_used_one_does_not() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let supplies = [
            "1,01/05/2026,Supplies,Other Current Assets,9.00,,,",
            "1,01/05/2026,Business Checking,,,9.00,,",
        ];
        assert_eq!(counts(&import(&cx, &supplies).await), (1, 0, 0));
        let named: Vec<(String, bool)> = account_list(&cx, None)
            .await
            .expect("the chart")
            .into_iter()
            .filter(|account| account.name == "Supplies")
            .map(|account| (account.account_type.name().to_owned(), account.active))
            .collect();
        assert_eq!(
            named,
            [("Other Current Asset".to_owned(), true), ("Expense".to_owned(), false)]
        );
        assert_eq!(counts(&import(&cx, &supplies).await), (0, 1, 0));
        let again = import(
            &cx,
            &[
                "2,01/05/2026,Supplies,Expenses,9.00,,,",
                "2,01/05/2026,Business Checking,,,9.00,,",
            ],
        )
        .await;
        assert_eq!(
            again.errors[0].message,
            "The account “Supplies” is of type Other Current Asset, not Expense."
        );
    });
}

#[test]
fn names_become_customers_and_vendors_by_the_accounts_they_stand_on() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let outcome = import(
            &cx,
            &[
                "1,01/05/2026,Accounts Receivable,,10.00,,,Hollis Hardware",
                "1,01/05/2026,Sales of Services,,,10.00,,Hollis Hardware",
                "2,01/06/2026,Rent,,20.00,,,Fern Supply",
                "2,01/06/2026,Accounts Payable,,,20.00,,fern supply",
                "3,01/07/2026,Travel,,5.00,,,Night Train",
                "3,01/07/2026,Business Checking,,,5.00,,",
                "4,01/08/2026,Business Checking,,6.00,,,",
                "4,01/08/2026,Sales of Services,,,6.00,,Walk-in",
                "5,01/09/2026,Accounts Receivable,,1.00,,,Fern Supply",
                "5,01/09/2026,Sales of Services,,,1.00,,",
            ],
        )
        .await;
        assert_eq!(counts(&outcome), (5, 0, 0));
        let contacts = contact_choices(&cx).await.expect("the contacts");
        let kinds: Vec<(&str, bool, bool)> = contacts
            .iter()
            .map(|contact| (contact.name.as_str(), contact.customer, contact.vendor))
            .collect();
        assert_eq!(
            kinds,
            [
                ("Fern Supply", true, true),
                ("Hollis Hardware", true, false),
                ("Night Train", false, true),
                ("Walk-in", true, false)
            ]
        );
        assert_eq!(fixture::open_items(&cx, END).await.len(), 3);
        assert_eq!(books_check(&cx).await.expect("the check runs"), []);
    });
}

#[test]
fn a_vendor_that_owes_becomes_a_customer_too() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        import(
            &cx,
            &[
                "1,01/06/2026,Rent,,20.00,,,",
                "1,01/06/2026,Accounts Payable,,,20.00,,Fern Supply",
            ],
        )
        .await;
        import(
            &cx,
            &[
                "2,01/06/2026,Accounts Receivable,,3.00,,,FERN SUPPLY",
                "2,01/06/2026,Sales of Services,,,3.00,,",
            ],
        )
        .await;
        let contacts = contact_choices(&cx).await.expect("the contacts");
        assert_eq!(contacts.len(), 1);
        assert!(contacts[0].customer && contacts[0].vendor);
    });
}

#[test]
fn two_lines_of_an_entry_on_one_receivable_are_two_open_items() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let rows = [
            "1,01/05/2026,Accounts Receivable,,10.00,,,Hollis Hardware",
            "1,01/05/2026,Accounts Receivable,,30.00,,,Hollis Hardware",
            "1,01/05/2026,Sales of Services,,,40.00,,",
        ];
        assert_eq!(counts(&import(&cx, &rows).await), (1, 0, 0));
        let mut open: Vec<i64> = fixture::open_items(&cx, END)
            .await
            .into_iter()
            .map(|item| item.open)
            .collect();
        open.sort_unstable();
        assert_eq!(open, [10_00, 30_00]);
    });
}

#[test]
fn an_editor_imports_no_journal() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let editor = kit.with_role(&cx, Role::Editor);
        for dry_run in [true, false] {
            let refused = journal_import(&editor, b"", dry_run, &fixture::key()).await;
            assert!(matches!(refused, Err(books::Error::Tenancy(tenancy::Error::Forbidden))));
        }
    });
}

#[test]
fn a_thousand_entries_are_made_together_as_they_would_be_one_by_one() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let rows: Vec<String> = (1..=1_000)
            .flat_map(|n| {
                let day = format!("{:02}/{:02}/2026", n % 12 + 1, n % 28 + 1);
                [
                    format!("{n},{day},Accounts Receivable,,{n}.00,,,Customer {}", n % 7),
                    format!("{n},{day},Sales of Services,,,{n}.00,,"),
                ]
            })
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert_eq!(counts(&import(&cx, &rows).await), (1_000, 0, 0));
        assert_eq!(
            balances(&cx, END).await,
            amounts(&[("Accounts Receivable", 500_500_00), ("Sales of Services", -500_500_00)])
        );
        assert_eq!(books_check(&cx).await.expect("the check runs"), []);
        assert_eq!(counts(&import(&cx, &rows).await), (0, 1_000, 0));
    });
}

#[test]
fn an_account_that_was_merged_away_is_in_a_file_the_one_it_was_merged_into() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let file = [
            "T-1,01/05/2026,Trips,Expense,40.00,,Train,",
            "T-1,01/05/2026,Business Checking,,,40.00,Train,",
        ];
        assert_eq!(counts(&import(&cx, &file).await), (1, 0, 0));
        let (trips, travel) = (
            fixture::account(&cx, "Trips").await,
            fixture::account(&cx, "Travel").await,
        );
        account_merge(&cx, trips, travel, false, &fixture::key())
            .await
            .expect("merged");
        assert_eq!(counts(&import(&cx, &file).await), (0, 1, 0), "it was imported before");
        let later = [
            "T-2,02/05/2026,Trips,Expense,60.00,,Train,",
            "T-2,02/05/2026,Business Checking,,,60.00,Train,",
        ];
        assert_eq!(counts(&import(&cx, &later).await), (1, 0, 0));
        assert_eq!(
            balances(&cx, END).await,
            amounts(&[("Trips", 40_00), ("Travel", 60_00), ("Business Checking", -100_00)])
        );
        assert_eq!(counts(&import(&cx, &later).await), (0, 1, 0));
    });
}

#[test]
fn an_account_that_a_template_uses_or_that_shows_another_gives_way_to_no_file() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let template = TemplateInput {
            name: "Supplies".to_owned(),
            memo: String::new(),
            reference: String::new(),
            marks: Marks::default(),
            schedule: None,
            issues: true,
            reversing: false,
            lines: vec![
                fixture::line(&cx, "Supplies", 4000).await,
                fixture::line(&cx, "Business Checking", -4000).await,
            ],
        };
        recurring_create(&cx, &template, &fixture::key())
            .await
            .expect("a template");
        let trips = account_create(&cx, &NewAccount::named("Trips", AccountType::Expense), &fixture::key())
            .await
            .expect("an account");
        fixture::post(
            &cx,
            date!(2026 - 01 - 02),
            &[("Trips", 1000), ("Business Checking", -1000)],
        )
        .await;
        account_merge(
            &cx,
            trips,
            fixture::account(&cx, "Travel").await,
            false,
            &fixture::key(),
        )
        .await
        .expect("merged");
        for name in ["Supplies", "Travel"] {
            let rows = [
                format!("S-1,01/05/2026,{name},Cost of Goods Sold,40.00,,,"),
                "S-1,01/05/2026,Business Checking,,,40.00,,".to_owned(),
            ];
            let outcome = import(&cx, &[&rows[0], &rows[1]]).await;
            let message = format!("The account “{name}” is of type Expense, not Cost of Goods Sold.");
            assert_eq!(
                outcome.errors.iter().map(|error| &error.message).collect::<Vec<_>>(),
                [&message]
            );
        }
    });
}
