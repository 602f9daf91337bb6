//! Giving an account another type.

use books::accounts::{
    Account, AccountChange, NewAccount, account_create, account_get, account_list, account_moved_by_retype,
    account_update,
};
use books::bank_accounts::bank_account_connect;
use books::locks::lock_set;
use books::reports::report_profit_and_loss;
use ledger::accounts::{AccountType, CashFlow};
use tenancy::Cx;
use time::macros::date;

use crate::fixture::{account, company, fields, key, message, post};

async fn named(cx: &Cx, name: &str) -> Account {
    let id = account(cx, name).await;
    account_get(cx, id).await.expect("the account")
}

fn retyped(account: &Account, account_type: AccountType) -> AccountChange {
    AccountChange {
        account_type,
        detail_type: String::new(),
        version: None,
        ..AccountChange::of(account)
    }
}

async fn below(cx: &Cx, parent: &Account, name: &str) -> i64 {
    let new = NewAccount {
        parent_id: Some(parent.id),
        ..NewAccount::named(name, parent.account_type)
    };
    account_create(cx, &new, &key()).await.expect("a subaccount")
}

#[test]
fn an_account_moves_within_its_statement_with_what_is_below_it() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let travel = named(&cx, "Travel").await;
        let air = below(&cx, &travel, "Air").await;
        post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Air", 12_000), ("Business Checking", -12_000)],
        )
        .await;
        let moved = account_moved_by_retype(&cx, travel.id).await.expect("what moves");
        assert_eq!((moved.lines, moved.amount), (1, 12_000));
        assert_eq!(
            (moved.along, moved.locked_through),
            (vec!["Travel:Air".to_owned()], None)
        );
        let change = retyped(&travel, AccountType::OtherExpense);
        account_update(&cx, travel.id, &change, &key()).await.expect("retyped");
        for id in [travel.id, air] {
            let account = account_get(&cx, id).await.expect("the account");
            assert_eq!(account.account_type, AccountType::OtherExpense);
        }
        let air = account_get(&cx, air).await.expect("the account");
        assert_eq!(air.detail_type.as_deref(), Some("OtherMiscellaneousExpense"));
        report_profit_and_loss(&cx, date!(2026 - 01 - 01), date!(2026 - 12 - 31))
            .await
            .expect("the report");
    });
}

#[test]
fn a_type_does_not_cross_the_statements_nor_open_items() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let travel = named(&cx, "Travel").await;
        for account_type in [
            AccountType::FixedAsset,
            AccountType::Equity,
            AccountType::AccountsReceivable,
        ] {
            let change = retyped(&travel, account_type);
            assert_eq!(fields(account_update(&cx, travel.id, &change, &key()).await)[0], "type");
        }
        let notes = named(&cx, "Notes Payable").await;
        let to_payable = retyped(&notes, AccountType::AccountsPayable);
        assert!(
            message(account_update(&cx, notes.id, &to_payable, &key()).await).contains("carries open items by name")
        );
        let vehicles = named(&cx, "Vehicles").await;
        let to_asset = retyped(&vehicles, AccountType::OtherAsset);
        account_update(&cx, vehicles.id, &to_asset, &key())
            .await
            .expect("a fixed asset becomes another asset");
    });
}

#[test]
fn system_accounts_keep_their_type_whatever_they_are_called() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let fees = named(&cx, "Merchant Processing Fees").await;
        let renamed = AccountChange {
            name: "Card fees".to_owned(),
            ..AccountChange::of(&fees)
        };
        account_update(&cx, fees.id, &renamed, &key()).await.expect("renamed");
        let fees = named(&cx, "Card fees").await;
        let change = retyped(&fees, AccountType::OtherExpense);
        assert_eq!(fields(account_update(&cx, fees.id, &change, &key()).await), ["type"]);
    });
}

#[test]
fn an_account_with_a_banks_statements_stays_a_bank_or_card_account() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let savings = named(&cx, "Business Savings").await;
        bank_account_connect(&cx, savings.id, None, &key())
            .await
            .expect("connected");
        let change = |account_type| retyped(&savings, account_type);
        assert_eq!(
            message(account_update(&cx, savings.id, &change(AccountType::OtherCurrentAsset), &key()).await),
            "A bank's statements come in here. It stays a bank or card account, and is not merged away."
        );
        account_update(&cx, savings.id, &change(AccountType::CreditCard), &key())
            .await
            .expect("a card account");
    });
}

#[test]
fn a_subaccount_takes_a_parent_of_its_new_type_along_or_none() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let travel = named(&cx, "Travel").await;
        let id = below(&cx, &travel, "Parking Fines").await;
        let fines = account_get(&cx, id).await.expect("the account");
        let stays_below = retyped(&fines, AccountType::OtherExpense);
        assert_eq!(fields(account_update(&cx, id, &stays_below, &key()).await), ["parent"]);
        let below_penalties = AccountChange {
            parent_id: Some(account(&cx, "Penalties").await),
            ..stays_below
        };
        account_update(&cx, id, &below_penalties, &key())
            .await
            .expect("retyped");
        assert_eq!(
            account_get(&cx, id).await.expect("the account").path,
            "Penalties:Parking Fines"
        );
    });
}

#[test]
fn history_of_locked_years_moves_only_when_somebody_says_so() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        for day in [date!(2024 - 06 - 30), date!(2025 - 03 - 02), date!(2026 - 03 - 02)] {
            post(&cx, day, &[("Meals", 1000), ("Business Checking", -1000)]).await;
        }
        lock_set_for_everyone(&cx, date!(2025 - 12 - 31)).await;
        let meals = named(&cx, "Meals").await;
        let moved = account_moved_by_retype(&cx, meals.id).await.expect("what moves");
        assert_eq!(
            (moved.locked_years, moved.locked_through),
            (2, Some(date!(2025 - 12 - 31)))
        );
        let change = retyped(&meals, AccountType::CostOfGoodsSold);
        let refused = account_update(&cx, meals.id, &change, &key()).await;
        assert_eq!(
            message(refused),
            "This changes what the reports of 2 locked years show: the books are locked through Dec 31, 2025. Say that you want it."
        );
        let agreed = AccountChange {
            moves_locked: true,
            ..change
        };
        account_update(&cx, meals.id, &agreed, &key()).await.expect("retyped");
        let others = account_list(&cx, None).await.expect("the chart");
        assert!(
            others
                .iter()
                .any(|account| account.id == meals.id && account.account_type == AccountType::CostOfGoodsSold)
        );
    });
}

async fn lock_set_for_everyone(cx: &Cx, through: time::Date) {
    lock_set(cx, Some(through), "filed", &key()).await.expect("locked");
}

#[test]
fn another_part_of_the_cash_flows_moves_history_of_locked_years_only_when_somebody_says_so() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        post(
            &cx,
            date!(2025 - 03 - 02),
            &[("Business Checking", 50_000), ("Payroll Liabilities", -50_000)],
        )
        .await;
        lock_set_for_everyone(&cx, date!(2025 - 12 - 31)).await;
        let owed = named(&cx, "Payroll Liabilities").await;
        for change in [
            AccountChange {
                cash_flow: Some(CashFlow::Financing),
                ..AccountChange::of(&owed)
            },
            AccountChange {
                detail_type: "Line of Credit".to_owned(),
                ..AccountChange::of(&owed)
            },
        ] {
            let refused = account_update(&cx, owed.id, &change, &key()).await;
            assert_eq!(fields(refused), ["moves_locked"], "{change:?}");
        }
        let same_part = AccountChange {
            detail_type: "SalesTaxPayable".to_owned(),
            ..AccountChange::of(&owed)
        };
        account_update(&cx, owed.id, &same_part, &key())
            .await
            .expect("its figures stay where they are");
        let agreed = AccountChange {
            cash_flow: Some(CashFlow::Financing),
            moves_locked: true,
            version: None,
            ..same_part
        };
        account_update(&cx, owed.id, &agreed, &key()).await.expect("moved");
        assert_eq!(named(&cx, "Payroll Liabilities").await.flows(), CashFlow::Financing);
    });
}

#[test]
fn an_account_without_a_detail_type_keeps_none_as_something_else_of_it_changes() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let meals = named(&cx, "Meals").await;
        without_detail_type(&cx, meals.id).await;
        let renamed = AccountChange {
            name: "Meals out".to_owned(),
            version: None,
            ..AccountChange::of(&account_get(&cx, meals.id).await.expect("the account"))
        };
        account_update(&cx, meals.id, &renamed, &key()).await.expect("renamed");
        assert_eq!(named(&cx, "Meals out").await.detail_type, None);
    });
}

/// As accounts are that were made before there were detail types.
async fn without_detail_type(cx: &Cx, id: i64) {
    let tenancy::Opened::Change(mut tx) = cx.write(tenancy::Capability::Journal, &key()).await.expect("a change")
    else {
        panic!("a fresh key was used before")
    };
    sqlx::query!("update account set detail_type = null where id = $1", id)
        .execute(&mut *tx)
        .await
        .expect("without one");
    tx.commit(&()).await.expect("kept");
}
