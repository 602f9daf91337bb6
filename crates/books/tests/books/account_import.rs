//! A chart of accounts from a file in QuickBooks Online's layout.

use books::accounts::{
    Account, AccountChange, AccountFile, AccountsImported, Verdict, account_import, account_import_preview,
    account_list, account_update,
};
use books::locks::lock_set;
use ledger::accounts::{AccountRole, AccountType, CashFlow};
use tenancy::Cx;
use time::macros::date;

use crate::fixture::{balances, company, fields, key, message, post};
use crate::journal_import::{counts, import as import_journal};

const HEADING: &str = "Account Number,Account Name,Type,Detail Type,Description,Balance\n";

async fn preview(cx: &Cx, lines: &str) -> AccountFile {
    account_import_preview(cx, format!("{HEADING}{lines}").as_bytes())
        .await
        .expect("the file is read")
}

/// What becomes of each line, in a word, a change or a reason.
fn verdicts(file: &AccountFile) -> Vec<String> {
    let words = |verdict: &Verdict| match verdict {
        Verdict::New => "new".to_owned(),
        Verdict::NewParent => "new parent".to_owned(),
        Verdict::Same => "same".to_owned(),
        Verdict::Changed(changes) => changes
            .iter()
            .map(|change| format!("{}: {} -> {}", change.what, change.before, change.after))
            .collect::<Vec<_>>()
            .join("; "),
        Verdict::Refused(message) => message.clone(),
    };
    file.lines.iter().map(|line| words(&line.verdict)).collect()
}

async fn import(cx: &Cx, lines: &str) -> AccountsImported {
    let seen = preview(cx, lines).await.seen;
    account_import(cx, format!("{HEADING}{lines}").as_bytes(), &seen, false, &key())
        .await
        .expect("the file is imported")
}

async fn chart(cx: &Cx) -> Vec<Account> {
    account_list(cx, None).await.expect("the chart")
}

async fn named(cx: &Cx, path: &str) -> Account {
    let mut found = chart(cx).await.into_iter().filter(|account| account.path == path);
    found.next().unwrap_or_else(|| panic!("there is no {path}"))
}

#[test]
fn new_accounts_are_added_in_order_with_numbers_and_parents() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file = "6711,Workshop:Tools:Hand Tools,Expenses,Supplies & Materials,Small ones,0.00\n\
                    6700,Workshop,Expense,,,\n\
                    ,Depot:Rent,Cost of Goods Sold,,,\n";
        let seen = preview(&cx, file).await;
        assert_eq!(verdicts(&seen), ["new parent", "new", "new", "new parent", "new"]);
        let counts = import(&cx, file).await;
        assert_eq!((counts.new, counts.changed, counts.refused), (5, 0, 0));
        let tools = named(&cx, "Workshop:Tools:Hand Tools").await;
        assert_eq!(tools.number.as_deref(), Some("6711"));
        assert_eq!(
            (tools.detail_type.as_deref(), tools.description.as_deref()),
            (Some("SuppliesMaterials"), Some("Small ones"))
        );
        assert_eq!(named(&cx, "Workshop").await.number.as_deref(), Some("6700"));
        assert_eq!(named(&cx, "Depot").await.account_type, AccountType::CostOfGoodsSold);
        let again = preview(&cx, file).await;
        assert_eq!(verdicts(&again), ["same", "same", "same"]);
        let nothing = account_import(&cx, format!("{HEADING}{file}").as_bytes(), &again.seen, false, &key()).await;
        assert!(message(nothing).starts_with("Nothing in this file"));
    });
}

#[test]
fn types_are_read_in_the_singular_and_the_plural_and_name_the_system_accounts() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let before = chart(&cx).await.len();
        let file = ",Accounts Receivable (A/R),Accounts receivable (A/R),Accounts Receivable (A/R),,840.00\n\
                    ,Accounts Payable (A/P),Accounts Payable,,,\n\
                    ,Payments to deposit,Other Current Asset,Undeposited Funds,,\n\
                    ,Vehicles,Fixed Asset,Vehicles,,\n\
                    ,Notes Payable,Long Term Liability,,,\n\
                    ,Notes payable,Long-Term Liabilities,,,\n";
        let seen = preview(&cx, file).await;
        assert_eq!(
            verdicts(&seen),
            [
                "same",
                "same",
                "same",
                "same",
                "same",
                "Line 6 names this account already. Remove one of the two."
            ]
        );
        assert_eq!(chart(&cx).await.len(), before);
        let holders = chart(&cx).await;
        let receivable = holders
            .iter()
            .filter(|account| account.role == Some(AccountRole::AccountsReceivable));
        assert_eq!(receivable.count(), 1);
    });
}

#[test]
fn what_differs_is_shown_before_it_is_changed_and_an_empty_cell_leaves_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file = "6205,RENT,Expenses,,Main St,\n\
                    6280,Trips,Expenses,Travel,,\n\
                    ,Inventory,Other Current Assets,,,\n\
                    ,Utilities,Other Expense,,,\n";
        let seen = preview(&cx, file).await;
        assert_eq!(
            verdicts(&seen),
            [
                "Number: 6200 -> 6205; Name: Rent -> RENT; Description:  -> Main St",
                "Name: Travel -> Trips",
                "State: inactive -> active",
                "Type: Expense -> Other Expense"
            ]
        );
        let counts = import(&cx, file).await;
        assert_eq!((counts.new, counts.changed), (0, 4));
        let rent = named(&cx, "RENT").await;
        assert_eq!(rent.detail_type.as_deref(), Some("RentOrLeaseOfBuildings"));
        assert!(named(&cx, "Inventory").await.active);
        assert_eq!(named(&cx, "Utilities").await.account_type, AccountType::OtherExpense);
    });
}

#[test]
fn numbers_change_hands_within_a_file_and_not_beyond_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file =
            "6300,Travel,Expenses,,,\n6280,Utilities,Expenses,,,\n6200,Depot,Expenses,,,\n6100,Meals,Expense,,,\n";
        let seen = preview(&cx, file).await;
        assert_eq!(
            verdicts(&seen),
            [
                "Number: 6280 -> 6300",
                "Number: 6300 -> 6280",
                "Name: Rent -> Depot",
                "The number 6100 is that of Insurance. Give one of the two another number."
            ]
        );
        import(&cx, file).await;
        assert_eq!(named(&cx, "Travel").await.number.as_deref(), Some("6300"));
        assert_eq!(named(&cx, "Utilities").await.number.as_deref(), Some("6280"));
        assert_eq!(named(&cx, "Meals").await.number.as_deref(), Some("6290"));
    });
}

#[test]
fn each_line_that_cannot_be_says_why_and_the_others_are_recorded() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Meals", 1000), ("Business Checking", -1000)],
        )
        .await;
        let file = "1,Bells,Trinkets,,,\n\
                    2,,Expenses,,,\n\
                    3,A:B:C:D:E:F,Expenses,,,\n\
                    4,Travel:Air,Bank,,,\n\
                    5,Meals,Other Expense,,,\n\
                    6,Retained Earnings,Income,,,\n\
                    7,Bells:Brass,Expenses,,,\n\
                    8,Horns,Expenses,Checking,,\n\
                    9,Baskets,Expenses,,,\n\
                    9,Racks,Expenses,,,\n\
                    10,Locks::Chains,Expenses,,,\n\
                    11,Lamps,Expenses,,a,b,c\n\
                    12,Pumps,,,,\n";
        let seen = preview(&cx, file).await;
        let words = verdicts(&seen);
        assert_eq!(words.len(), 13);
        let expected = [
            "“Trinkets” is no account type.",
            "The Account Name is missing.",
            "A chart has at most 5 levels",
            "Its parent “Travel” is of type Expense",
            "It is of type Expense here, and the file says Other Expense.",
            "CarteFi itself books to Retained Earnings",
            "Its parent “Bells” is left out.",
            "“Checking” is a detail type of Bank",
            "new",
            "The number 9 is that of Baskets.",
            "A name is missing beside a colon",
            "This line has more cells than there are columns.",
            "The Type is missing.",
        ];
        for (words, expected) in words.iter().zip(expected) {
            assert!(words.starts_with(expected), "{words}");
        }
        let counts = import(&cx, file).await;
        assert_eq!((counts.new, counts.changed, counts.same, counts.refused), (1, 0, 0, 12));
        assert_eq!(named(&cx, "Baskets").await.number.as_deref(), Some("9"));
    });
}

#[test]
fn a_journal_file_of_quickbooks_means_the_system_account_by_its_name() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let before = chart(&cx).await.len();
        let rows = [
            "1,01/31/2026,Accounts Receivable (A/R),Accounts receivable (A/R),840.00,,Ramp,Hollis Hardware",
            "1,01/31/2026,Sales of Services,Income,,840.00,Ramp,",
        ];
        assert_eq!(counts(&import_journal(&cx, &rows).await), (1, 0, 0));
        assert_eq!(chart(&cx).await.len(), before, "no second receivable account");
        let balances = balances(&cx, date!(2026 - 01 - 31)).await;
        assert_eq!(balances.get("Accounts Receivable"), Some(&84_000));
    });
}

#[test]
fn a_file_that_means_something_else_by_now_is_looked_at_again() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file = ",Bells,Expenses,,,\n,Horns,Expenses,,,\n";
        let seen = preview(&cx, file).await.seen;
        import(&cx, ",Bells,Expenses,,,\n").await;
        let late = account_import(&cx, format!("{HEADING}{file}").as_bytes(), &seen, false, &key()).await;
        assert!(message(late).starts_with("Somebody changed the chart of accounts meanwhile"));
        let counts = import(&cx, file).await;
        assert_eq!((counts.new, counts.same), (1, 1));
    });
}

#[test]
fn a_detail_type_of_a_file_that_moves_locked_cash_flows_is_asked_about_and_says_which() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file = ",Payroll Liabilities,Other Current Liabilities,Line of Credit,,\n\
                    ,Meals,Expenses,Travel,,\n";
        let nothing_posted = preview(&cx, file).await;
        assert_eq!(
            verdicts(&nothing_posted)[0],
            "Detail type: Payroll Tax Payable -> Line of Credit; \
             Cash flow statement: Operating activities -> Financing activities"
        );
        assert_eq!(nothing_posted.moves, None);
        let legs = [("Business Checking", 50_000), ("Payroll Liabilities", -50_000)];
        post(&cx, date!(2025 - 03 - 02), &legs).await;
        let open = preview(&cx, file).await.moves.expect("history moves");
        assert_eq!(open.along, ["Payroll Liabilities"]);
        assert_eq!((open.lines, open.amount, open.locked_through), (1, -50_000, None));
        lock_set(&cx, Some(date!(2025 - 12 - 31)), "filed", &key())
            .await
            .expect("locked");
        let seen = preview(&cx, file).await;
        let moves = seen.moves.clone().expect("history moves");
        assert_eq!(
            (moves.locked_through, moves.locked_years),
            (Some(date!(2025 - 12 - 31)), 1)
        );
        let file = format!("{HEADING}{file}");
        let refused = account_import(&cx, file.as_bytes(), &seen.seen, false, &key()).await;
        assert_eq!(fields(refused), ["moves_locked"]);
        assert_eq!(named(&cx, "Payroll Liabilities").await.flows(), CashFlow::Operating);
        account_import(&cx, file.as_bytes(), &seen.seen, true, &key())
            .await
            .expect("it was agreed to");
        assert_eq!(named(&cx, "Payroll Liabilities").await.flows(), CashFlow::Financing);
    });
}

#[test]
fn an_account_with_a_part_of_its_own_stays_there_whatever_detail_type_a_file_gives_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let legs = [("Business Checking", 50_000), ("Payroll Liabilities", -50_000)];
        post(&cx, date!(2025 - 03 - 02), &legs).await;
        let owed = named(&cx, "Payroll Liabilities").await;
        let own = AccountChange {
            cash_flow: Some(CashFlow::Operating),
            ..AccountChange::of(&owed)
        };
        account_update(&cx, owed.id, &own, &key()).await.expect("its own part");
        lock_set(&cx, Some(date!(2025 - 12 - 31)), "filed", &key())
            .await
            .expect("locked");
        let file = ",Payroll Liabilities,Other Current Liabilities,Line of Credit,,\n";
        assert_eq!(preview(&cx, file).await.moves, None);
        assert_eq!(import(&cx, file).await.changed, 1);
        assert_eq!(named(&cx, "Payroll Liabilities").await.flows(), CashFlow::Operating);
    });
}

#[test]
fn the_same_request_imports_once() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let file = format!("{HEADING},Bells,Expenses,,,\n");
        let seen = account_import_preview(&cx, file.as_bytes()).await.expect("read").seen;
        let key = key();
        let first = account_import(&cx, file.as_bytes(), &seen, false, &key)
            .await
            .expect("imported");
        let second = account_import(&cx, file.as_bytes(), &seen, false, &key)
            .await
            .expect("told again");
        assert_eq!(first, second);
        let bells = chart(&cx).await.into_iter().filter(|account| account.name == "Bells");
        assert_eq!(bells.count(), 1);
    });
}

#[test]
fn five_thousand_accounts_come_in_and_one_more_does_not() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let there = chart(&cx).await.len();
        let room = books::accounts::ACCOUNTS_MAX - there;
        let line = |n: usize| format!("X{n},Part {}:Number {n},Expenses,,,\n", n % 7);
        // Seven parents are added beside them.
        let file: String = (0..room - 7 + 1).map(line).collect();
        let seen = preview(&cx, &file).await;
        assert_eq!(seen.counts().refused, 1);
        let counts = import(&cx, &file).await;
        assert_eq!(counts.new, room);
        assert_eq!(chart(&cx).await.len(), books::accounts::ACCOUNTS_MAX);
    });
}

/// Every account of a long row takes the number of the next, and the last keeps its own: from the last to the first no line can be.
#[test]
fn numbers_that_wait_for_each_other_are_refused_at_every_line_in_one_look() {
    testkit::run(async |kit| {
        const ACCOUNTS: usize = 3_000;
        let cx = company(kit, "Juniper Cycles").await;
        let file: String = (1..=ACCOUNTS).map(|n| format!("Y{n},Part {n},Expenses,,,\n")).collect();
        import(&cx, &file).await;
        let moved: String = (1..ACCOUNTS)
            .map(|n| format!("Y{},Part {n},Expenses,,,\n", n + 1))
            .collect();
        let seen = preview(&cx, &moved).await;
        assert_eq!(seen.counts().refused, ACCOUNTS - 1);
        assert_eq!(
            verdicts(&seen)[0],
            "The number Y2 is that of Part 2. Give one of the two another number."
        );
        let all: String = (1..=ACCOUNTS)
            .map(|n| format!("Y{},Part {n},Expenses,,,\n", n % ACCOUNTS + 1))
            .collect();
        assert_eq!(
            preview(&cx, &all).await.counts().changed,
            ACCOUNTS,
            "a circle is no conflict"
        );
    });
}
