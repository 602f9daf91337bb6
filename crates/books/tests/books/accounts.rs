//! The chart of accounts.

use books::accounts::{
    ACCOUNTS_MAX, AccountChange, NewAccount, account_choices, account_create, account_get, account_list, account_update,
};
use ledger::accounts::{AccountType, CashFlow};
use tenancy::{Capability, Opened};
use time::macros::date;

use crate::fixture::{self, account, company, fields, key, message};

fn new(name: &str, parent_id: Option<i64>) -> NewAccount {
    NewAccount {
        parent_id,
        ..NewAccount::named(name, AccountType::Expense)
    }
}

fn as_it_is(account: &books::accounts::Account) -> AccountChange {
    AccountChange {
        version: None,
        ..AccountChange::of(account)
    }
}

#[test]
fn a_subaccount_stands_below_its_parent_under_its_full_name() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let travel = account(&cx, "Travel").await;
        let air = account_create(&cx, &new("Air", Some(travel)), &key())
            .await
            .expect("a subaccount");
        let list = account_list(&cx, None).await.expect("the chart");
        let at = list.iter().position(|account| account.id == air).expect("it is listed");
        assert_eq!(
            (list[at - 1].id, list[at].path.as_str(), list[at].depth),
            (travel, "Travel:Air", 1)
        );
        let choices = account_choices(&cx).await.expect("choices");
        assert!(
            choices
                .iter()
                .any(|choice| choice.id == air && choice.label == "Travel:Air")
        );
        assert!(
            choices
                .iter()
                .any(|choice| choice.label == "1000 Business Checking" && choice.account_type == AccountType::Bank)
        );
        assert!(
            !choices.iter().any(|choice| choice.label == "1200 Inventory"),
            "an inactive account is not offered"
        );
    });
}

#[test]
fn an_account_needs_a_name_of_its_own_and_a_parent_of_its_type() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (checking, inventory) = (account(&cx, "Business Checking").await, account(&cx, "Inventory").await);
        assert_eq!(
            fields(account_create(&cx, &new(" ", Some(checking)), &key()).await),
            ["name", "parent"]
        );
        assert_eq!(
            fields(account_create(&cx, &new("Travel:Air", Some(i64::MAX)), &key()).await),
            ["name", "parent"]
        );
        assert_eq!(
            fields(account_create(&cx, &new("travel", None), &key()).await),
            ["name"]
        );
        assert_eq!(
            fields(
                account_create(
                    &cx,
                    &NewAccount {
                        number: "6280".to_owned(),
                        ..new("Trips", None)
                    },
                    &key()
                )
                .await
            ),
            ["number"]
        );
        let below_inactive = NewAccount {
            account_type: AccountType::OtherCurrentAsset,
            ..new("Parts", Some(inventory))
        };
        assert_eq!(fields(account_create(&cx, &below_inactive, &key()).await), ["parent"]);
    });
}

#[test]
fn a_chart_has_five_levels_and_no_circle() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut levels = vec![account(&cx, "Travel").await];
        for level in 2..=5 {
            let parent = levels.last().copied();
            levels.push(
                account_create(&cx, &new(&format!("Level {level}"), parent), &key())
                    .await
                    .expect("a level"),
            );
        }
        assert!(
            message(account_create(&cx, &new("Level 6", Some(levels[4])), &key()).await).contains("at most 5 levels")
        );
        let travel = account_get(&cx, levels[0]).await.expect("the account");
        let circle = AccountChange {
            parent_id: Some(levels[3]),
            ..as_it_is(&travel)
        };
        assert_eq!(
            message(account_update(&cx, travel.id, &circle, &key()).await),
            "An account cannot be below itself."
        );
    });
}

#[test]
fn a_system_account_can_be_renamed_but_stays_active() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let receivable = account_get(&cx, account(&cx, "Accounts Receivable").await)
            .await
            .expect("the account");
        let renamed = AccountChange {
            name: "Trade Debtors".to_owned(),
            number: "1110".to_owned(),
            ..as_it_is(&receivable)
        };
        account_update(&cx, receivable.id, &renamed, &key())
            .await
            .expect("renamed");
        assert_eq!(
            account_get(&cx, receivable.id).await.expect("the account").label(),
            "1110 Trade Debtors"
        );
        assert_eq!(
            fields(
                account_update(
                    &cx,
                    receivable.id,
                    &AccountChange {
                        active: false,
                        ..renamed
                    },
                    &key()
                )
                .await
            ),
            ["active"]
        );
    });
}

#[test]
fn an_inactive_account_takes_no_new_amounts_and_keeps_its_old_ones() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let day = date!(2026 - 03 - 02);
        fixture::post(&cx, day, &[("Business Savings", 5000), ("Business Checking", -5000)]).await;
        let savings = account_get(&cx, account(&cx, "Business Savings").await)
            .await
            .expect("the account");
        account_update(
            &cx,
            savings.id,
            &AccountChange {
                active: false,
                ..as_it_is(&savings)
            },
            &key(),
        )
        .await
        .expect("made inactive");
        let more = fixture::entry(&cx, day, &[("Business Savings", 100), ("Business Checking", -100)]).await;
        assert_eq!(
            fields(books::journal::journal_create_issued(&cx, &more, &key()).await),
            ["lines.0.account"]
        );
        let list = account_list(&cx, Some(day)).await.expect("the chart");
        assert_eq!(
            list.iter()
                .find(|account| account.id == savings.id)
                .and_then(|account| account.balance),
            Some(5000)
        );
    });
}

#[test]
fn a_parent_is_made_inactive_after_its_subaccounts_and_active_before_them() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let travel = account_get(&cx, account(&cx, "Travel").await)
            .await
            .expect("the account");
        let air = account_create(&cx, &new("Air", Some(travel.id)), &key())
            .await
            .expect("a subaccount");
        let (off, air_off) = (
            AccountChange {
                active: false,
                ..as_it_is(&travel)
            },
            AccountChange {
                active: false,
                ..as_it_is(&account_get(&cx, air).await.expect("the account"))
            },
        );
        assert!(message(account_update(&cx, travel.id, &off, &key()).await).starts_with("Air is below it"));
        account_update(&cx, air, &air_off, &key())
            .await
            .expect("the subaccount first");
        account_update(&cx, travel.id, &off, &key())
            .await
            .expect("then its parent");
        assert_eq!(
            fields(
                account_update(
                    &cx,
                    air,
                    &AccountChange {
                        active: true,
                        ..air_off
                    },
                    &key()
                )
                .await
            ),
            ["active"]
        );
    });
}

#[test]
fn balances_of_a_day_are_those_of_its_trial_balance_with_the_years_before_in_retained_earnings() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        for (day, amount) in [
            (date!(2025 - 12 - 31), 10_000),
            (date!(2026 - 01 - 31), 1),
            (date!(2026 - 02 - 10), 10),
            (date!(2026 - 02 - 11), 100),
            (date!(2026 - 03 - 01), 1_000),
        ] {
            fixture::post(
                &cx,
                day,
                &[("Business Checking", amount), ("Sales of Services", -amount)],
            )
            .await;
        }
        let day = date!(2026 - 02 - 10);
        let list = account_list(&cx, Some(day)).await.expect("the chart");
        let balance = |name: &str| {
            list.iter()
                .find(|account| account.name == name)
                .expect("it is listed")
                .balance
        };
        assert_eq!(balance("Business Checking"), Some(10_011));
        assert_eq!(balance("Cash on Hand"), Some(0));
        assert_eq!(balance("Sales of Services"), Some(-11));
        assert_eq!(balance("Retained Earnings"), Some(-10_000));
        let together: i64 = list.iter().filter_map(|account| account.balance).sum();
        assert_eq!(together, 0);
        let without = account_list(&cx, None).await.expect("the chart");
        assert!(without.iter().all(|account| account.balance.is_none()));
    });
}

#[test]
fn an_account_keeps_what_is_said_of_it_and_has_its_types_usual_detail_type() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let loan = NewAccount {
            number: "2510".to_owned(),
            description: " Until June ".to_owned(),
            tax_line: "16b".to_owned(),
            cash_flow: Some(CashFlow::Financing),
            ..NewAccount::named("Bridge Loan", AccountType::OtherCurrentLiability)
        };
        let id = account_create(&cx, &loan, &key()).await.expect("an account");
        let made = account_get(&cx, id).await.expect("the account");
        assert_eq!(made.detail_type.as_deref(), Some("OtherCurrentLiabilities"));
        assert_eq!(made.description.as_deref(), Some("Until June"));
        assert_eq!(
            (made.tax_line.as_deref(), made.cash_flow),
            (Some("16b"), Some(CashFlow::Financing))
        );
        let change = AccountChange {
            detail_type: "Loan payable".to_owned(),
            description: String::new(),
            cash_flow: None,
            ..as_it_is(&made)
        };
        account_update(&cx, id, &change, &key()).await.expect("changed");
        let changed = account_get(&cx, id).await.expect("the account");
        assert_eq!(changed.detail_type.as_deref(), Some("LoanPayable"));
        assert_eq!((changed.description, changed.cash_flow), (None, None));
    });
}

#[test]
fn a_detail_type_of_another_type_is_refused_and_a_text_of_ones_own_is_kept() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let with_detail = |name: &str, detail_type: &str| NewAccount {
            detail_type: detail_type.to_owned(),
            ..NewAccount::named(name, AccountType::Expense)
        };
        assert_eq!(
            message(account_create(&cx, &with_detail("Bells", "Checking"), &key()).await),
            "“Checking” is a detail type of Bank, not of Expense. Choose one of this type's."
        );
        let id = account_create(&cx, &with_detail("Bells", "Small parts, EUR"), &key())
            .await
            .expect("an account");
        let made = account_get(&cx, id).await.expect("the account");
        assert_eq!(made.detail_type.as_deref(), Some("Small parts, EUR"));
        let long = NewAccount {
            description: "x".repeat(1_001),
            tax_line: "x".repeat(41),
            detail_type: "x".repeat(61),
            number: "x".repeat(21),
            ..NewAccount::named("x".repeat(101), AccountType::Expense)
        };
        assert_eq!(
            fields(account_create(&cx, &long, &key()).await),
            ["number", "name", "detail_type", "description", "tax_line"]
        );
    });
}

#[test]
fn a_company_has_at_most_five_thousand_accounts() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let there = account_list(&cx, None).await.expect("the chart").len();
        let Opened::Change(mut tx) = cx.write(Capability::Journal, &key()).await.expect("a change") else {
            panic!("the key is fresh");
        };
        let missing = i32::try_from(ACCOUNTS_MAX - there - 1).expect("a small number");
        sqlx::query!("insert into account (name, type, currency) select 'Account ' || n, 'expense', 'USD' from generate_series(1, $1::int) n", missing)
            .execute(&mut *tx)
            .await
            .expect("nearly all of them");
        tx.commit(&()).await.expect("committed");
        account_create(&cx, &new("The last one", None), &key())
            .await
            .expect("the five thousandth");
        assert_eq!(fields(account_create(&cx, &new("One more", None), &key()).await), [""]);
    });
}

#[test]
fn a_change_made_from_an_account_that_somebody_changed_meanwhile_is_refused() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = account(&cx, "Travel").await;
        let seen = account_get(&cx, id).await.expect("the account");
        let renumbered = AccountChange {
            number: "6999".to_owned(),
            ..AccountChange::of(&seen)
        };
        account_update(&cx, id, &renumbered, &key()).await.expect("renumbered");
        let now = account_get(&cx, id).await.expect("the account");
        let described = AccountChange {
            description: "Trips to fairs".to_owned(),
            ..AccountChange::of(&seen)
        };
        let refused = account_update(&cx, id, &described, &key()).await;
        assert!(
            matches!(refused, Err(books::Error::Stale { live }) if Some(live) == now.version),
            "{refused:?}"
        );
        assert_eq!(account_get(&cx, id).await.expect("the account"), now);
        let looked_at = AccountChange {
            description: "Trips to fairs".to_owned(),
            ..AccountChange::of(&now)
        };
        account_update(&cx, id, &looked_at, &key()).await.expect("described");
        let after = account_get(&cx, id).await.expect("the account");
        assert_eq!(after.number.as_deref(), Some("6999"), "what the other did stays");
        assert_eq!(after.description.as_deref(), Some("Trips to fairs"));
    });
}
