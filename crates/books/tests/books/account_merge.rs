//! Merging an account into another, and undoing it.

use books::accounts::{
    Account, AccountChange, NewAccount, account_choices, account_create, account_get, account_merge,
    account_merge_obstacle, account_moved_by_merge, account_open_get, account_unmerge, account_update,
};
use books::bank_accounts::bank_account_connect;
use books::fiscal_years::fiscal_year_close_checks;
use books::home::home_figures;
use books::journal::journal_create_issued;
use books::locks::lock_set;
use books::opening::opening_status;
use books::reports::report_trial_balance;
use ledger::accounts::AccountType;
use tenancy::Cx;
use time::macros::date;

use crate::fixture::{account, balances, company, entry, fields, key, message, post};

const DAY: time::Date = date!(2026 - 03 - 02);

async fn new_expense(cx: &Cx, name: &str) -> i64 {
    account_create(cx, &NewAccount::named(name, AccountType::Expense), &key())
        .await
        .expect("an account")
}

async fn merge(cx: &Cx, id: i64, into: i64) {
    account_merge(cx, id, into, false, &key()).await.expect("merged");
}

async fn get(cx: &Cx, id: i64) -> Account {
    account_get(cx, id).await.expect("the account")
}

#[test]
fn a_merged_account_keeps_its_postings_and_is_no_longer_offered() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (travel, trips) = (account(&cx, "Travel").await, new_expense(&cx, "Trips").await);
        post(&cx, DAY, &[("Trips", 4000), ("Business Checking", -4000)]).await;
        let moved = account_moved_by_merge(&cx, trips).await.expect("what moves");
        assert_eq!((moved.lines, moved.amount, moved.along.len()), (1, 4000, 0));
        merge(&cx, trips, travel).await;
        let merged = get(&cx, trips).await;
        assert_eq!((merged.active, merged.merged_into), (false, Some(travel)));
        let choices = account_choices(&cx).await.expect("choices");
        assert!(!choices.iter().any(|choice| choice.id == trips));
        assert_eq!(balances(&cx, DAY).await.get("Trips"), Some(&4000), "its postings stay");
        let more = entry(&cx, DAY, &[("Trips", 100), ("Business Checking", -100)]).await;
        assert_eq!(
            fields(journal_create_issued(&cx, &more, &key()).await),
            ["lines.0.account"]
        );
        assert_eq!(
            message(journal_create_issued(&cx, &more, &key()).await),
            "Line 1: this account was merged into 6280 Travel. Choose that one."
        );
    });
}

#[test]
fn a_merge_is_undone_as_it_was() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (travel, trips) = (account(&cx, "Travel").await, new_expense(&cx, "Trips").await);
        let before = get(&cx, trips).await;
        merge(&cx, trips, travel).await;
        account_unmerge(&cx, trips, false, &key()).await.expect("undone");
        // All but the change that last touched it.
        let undone = get(&cx, trips).await;
        let version = before.version;
        assert_eq!(Account { version, ..undone }, before);
        assert!(
            account_unmerge(&cx, trips, false, &key()).await.is_err(),
            "there is no merge to undo any more"
        );
    });
}

#[test]
fn a_name_or_number_given_away_meanwhile_stands_in_the_way_of_undoing() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let new = NewAccount {
            number: "6285".to_owned(),
            ..NewAccount::named("Trips", AccountType::Expense)
        };
        let trips = account_create(&cx, &new, &key()).await.expect("an account");
        merge(&cx, trips, account(&cx, "Travel").await).await;
        let again = account_create(&cx, &new, &key())
            .await
            .expect("the name and number are free");
        let refused = account_unmerge(&cx, trips, false, &key()).await.expect_err("refused");
        let words: Vec<String> = refused.problems().into_iter().map(|problem| problem.message).collect();
        assert_eq!(
            words,
            [
                "Another account is called Trips by now. Rename that one first, then undo the merge.",
                "6285 Trips has its number by now. Change that number first, then undo the merge."
            ]
        );
        let renamed = AccountChange {
            number: String::new(),
            name: "Trips, new".to_owned(),
            ..AccountChange::of(&get(&cx, again).await)
        };
        account_update(&cx, again, &renamed, &key()).await.expect("renamed");
        account_unmerge(&cx, trips, false, &key()).await.expect("undone");
    });
}

#[test]
fn system_accounts_and_those_with_open_items_are_not_merged_away() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let fees = account(&cx, "Merchant Processing Fees").await;
        let bank_charges = account(&cx, "Bank Charges").await;
        assert!(
            message(account_merge(&cx, fees, bank_charges, false, &key()).await).contains("CarteFi itself books to")
        );
        merge(&cx, bank_charges, fees).await;
        let receivable = account(&cx, "Accounts Receivable").await;
        let second = account_create(
            &cx,
            &NewAccount::named("Receivables, wholesale", AccountType::AccountsReceivable),
            &key(),
        )
        .await
        .expect("an account");
        assert!(message(account_merge(&cx, second, receivable, false, &key()).await).contains("open by name"));
        let sales = [
            ("Sales of Services", -650_00),
            ("Receivables, wholesale @ Ann's Rides", 600_00),
            ("Receivables, wholesale @ Bo's Boats", 50_00),
        ];
        post(&cx, DAY, &sales).await;
        let open = account_open_get(&cx, second).await.expect("what is open");
        assert_eq!((open.amount, open.items, open.contacts), (650_00, 2, 2));
        let obstacle = async |id: i64| account_merge_obstacle(&cx, id).await.expect("an answer");
        assert!(
            obstacle(second)
                .await
                .is_some_and(|words| words.contains("open by name"))
        );
        assert_eq!(obstacle(account(&cx, "Travel").await).await, None);
    });
}

#[test]
fn a_merge_needs_the_same_type_an_active_target_and_no_subaccounts() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (travel, trips) = (account(&cx, "Travel").await, new_expense(&cx, "Trips").await);
        let refusal = async |id: i64, into: i64| message(account_merge(&cx, id, into, false, &key()).await);
        assert!(refusal(trips, trips).await.contains("not merged into itself"));
        assert!(refusal(trips, i64::MAX).await.contains("Choose the account"));
        let penalties = account(&cx, "Penalties").await;
        assert_eq!(
            refusal(trips, penalties).await,
            "Trips is of type Expense, and Penalties is of type Other Expense. Change the type of one of them first."
        );
        let below = NewAccount {
            parent_id: Some(trips),
            ..NewAccount::named("Air", AccountType::Expense)
        };
        let air = account_create(&cx, &below, &key()).await.expect("a subaccount");
        assert!(refusal(trips, travel).await.starts_with("Air is below it."));
        // Merged into its own parent, it is in nobody's way.
        merge(&cx, air, trips).await;
        merge(&cx, trips, travel).await;
        let hotels = new_expense(&cx, "Hotels").await;
        assert!(refusal(hotels, trips).await.contains("is inactive"));
        assert_eq!(refusal(trips, hotels).await, "It is merged into 6280 Travel already.");
        let moved = account_moved_by_merge(&cx, travel).await.expect("what moves");
        assert_eq!(moved.along, ["Trips", "Trips:Air"]);
    });
}

#[test]
fn an_account_with_a_banks_statements_is_not_merged_away() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (checking, savings) = (
            account(&cx, "Business Checking").await,
            account(&cx, "Business Savings").await,
        );
        bank_account_connect(&cx, savings, None, &key())
            .await
            .expect("connected");
        assert!(message(account_merge(&cx, savings, checking, false, &key()).await).contains("A bank's statements"));
        merge(&cx, checking, savings).await;
    });
}

#[test]
fn what_was_merged_is_changed_only_once_the_merge_is_undone() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (travel, trips) = (account(&cx, "Travel").await, new_expense(&cx, "Trips").await);
        merge(&cx, trips, travel).await;
        let active = AccountChange {
            active: true,
            ..AccountChange::of(&get(&cx, trips).await)
        };
        assert_eq!(
            message(account_update(&cx, trips, &active, &key()).await),
            "It was merged into 6280 Travel. Undo the merge first, then change it."
        );
        // The type of the target takes along what was merged into it.
        let retyped = AccountChange {
            account_type: AccountType::OtherExpense,
            detail_type: String::new(),
            ..AccountChange::of(&get(&cx, travel).await)
        };
        account_update(&cx, travel, &retyped, &key()).await.expect("retyped");
        assert_eq!(get(&cx, trips).await.account_type, AccountType::OtherExpense);
    });
}

#[test]
fn a_merge_that_moves_locked_history_is_asked_about_both_ways() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (travel, trips) = (account(&cx, "Travel").await, new_expense(&cx, "Trips").await);
        post(&cx, DAY, &[("Trips", 4000), ("Business Checking", -4000)]).await;
        lock_set(&cx, Some(DAY), "filed", &key()).await.expect("locked");
        assert_eq!(
            fields(account_merge(&cx, trips, travel, false, &key()).await),
            ["moves_locked"]
        );
        account_merge(&cx, trips, travel, true, &key()).await.expect("merged");
        assert_eq!(
            fields(account_unmerge(&cx, trips, false, &key()).await),
            ["moves_locked"]
        );
        account_unmerge(&cx, trips, true, &key()).await.expect("undone");
    });
}

#[test]
fn fifty_merges_follow_one_another_from_whichever_end_they_are_made() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut row = Vec::new();
        for n in 0..=51 {
            row.push(new_expense(&cx, &format!("Trips {n}")).await);
        }
        post(&cx, DAY, &[("Trips 0", 4000), ("Business Checking", -4000)]).await;
        for pair in row[..=50].windows(2) {
            merge(&cx, pair[0], pair[1]).await;
        }
        let shown = async || {
            let trial_balance = report_trial_balance(&cx, DAY).await.expect("a trial balance").statement;
            assert!(trial_balance.is_balanced(), "{trial_balance:?}");
            trial_balance
                .rows
                .iter()
                .map(|row| row.account.clone())
                .collect::<Vec<_>>()
        };
        assert!(shown().await.contains(&"Trips 50".to_owned()), "{:?}", shown().await);
        let refused = account_merge(&cx, row[50], row[51], false, &key()).await;
        assert_eq!(
            message(refused),
            "50 merges follow one another into Trips 50 already, which is the most. Undo the last of them, and merge that account into Trips 51 itself."
        );
        assert_eq!(
            fields(account_merge(&cx, row[50], row[51], false, &key()).await),
            ["into"]
        );
        account_unmerge(&cx, row[49], false, &key()).await.expect("undone");
        merge(&cx, row[49], row[51]).await;
        merge(&cx, row[50], row[51]).await;
        assert!(shown().await.contains(&"Trips 51".to_owned()), "{:?}", shown().await);
    });
}

#[test]
fn what_a_role_holds_is_what_was_merged_into_its_account_too() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let today = date!(2026 - 11 - 22);
        let pairs = [
            (
                "Opening Difference",
                AccountType::Equity,
                "Opening Balance Equity",
                -700,
            ),
            ("Ask My Accountant", AccountType::Expense, "Uncategorized Expense", 400),
            ("Drawer", AccountType::OtherCurrentAsset, "Undeposited Funds", 300),
        ];
        for (name, account_type, into, amount) in pairs {
            let id = account_create(&cx, &NewAccount::named(name, account_type), &key())
                .await
                .expect("an account");
            post(&cx, DAY, &[(name, amount), ("Business Checking", -amount)]).await;
            merge(&cx, id, account(&cx, into).await).await;
        }
        let home = home_figures(&cx, today).await.expect("the figures");
        assert_eq!((home.to_do.opening_balance_equity, home.undeposited), (-700, 300));
        assert_eq!(opening_status(&cx).await.expect("the status").equity_balance, -700);
        let checks = fiscal_year_close_checks(&cx, date!(2026 - 12 - 31))
            .await
            .expect("the checks");
        assert_eq!((checks.opening_balance_equity, checks.uncategorized_lines), (-700, 1));
    });
}
