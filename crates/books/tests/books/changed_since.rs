//! What comes into closed and locked days afterward, and what it did to the year.

use books::accounts::{AccountChange, account_get, account_list, account_update};
use books::fiscal_years::{fiscal_year_close, fiscal_year_reopen};
use books::journal::{journal_update, journal_void};
use books::locks::{NewLockException, exception_grant, lock_set};
use books::reports::{ChangedEarlier, ChangedHow, HeldAs, changed_since_close, changed_since_list};
use ledger::accounts::CashFlow;
use ledger::dates::FiscalYear;
use tenancy::Cx;
use testkit::run;
use time::macros::date;
use time::{Date, Duration, OffsetDateTime};

use crate::fixture::{self, issued, key, post, typed_again};
use crate::years::{RENT, SALE, TODAY, close, three_years};

/// Lets the admin of these books into the locked days for a day.
async fn let_in(cx: &Cx, from_day: Date) {
    let exception = NewLockException {
        person: cx.actor().name.clone(),
        from_day,
        until: OffsetDateTime::now_utc() + Duration::DAY,
        reason: "A late bill".to_owned(),
    };
    exception_grant(cx, &exception, &key()).await.expect("granted");
}

#[test]
fn what_comes_into_a_closed_year_shows_with_its_documents_and_its_net_income_then_and_now() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let (sale, bill) = (
            issued(&cx, date!(2025 - 03 - 01), &SALE).await,
            issued(&cx, date!(2025 - 04 - 01), &RENT).await,
        );
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        assert_eq!(changed_since_close(&cx, TODAY).await.expect("an answer"), None);
        let_in(&cx, date!(2025 - 01 - 01)).await;
        assert_eq!(
            changed_since_close(&cx, TODAY).await.expect("an answer"),
            None,
            "nothing came in yet"
        );

        let late = issued(&cx, date!(2025 - 12 - 31), &RENT).await;
        journal_void(&cx, bill.id, bill.version, TODAY, "Twice", &key())
            .await
            .expect("void");
        let mut more = typed_again(&fixture::document(&cx, sale.id).await);
        (more.lines[0].amount, more.lines[1].amount) = (15_000, -15_000);
        journal_update(&cx, sale.id, sale.version, &more, &key())
            .await
            .expect("revised");
        post(&cx, date!(2026 - 01 - 01), &SALE).await;

        let changed = changed_since_close(&cx, TODAY)
            .await
            .expect("an answer")
            .expect("something changed");
        let [year] = changed.as_slice() else {
            panic!("only 2025 changed: {changed:?}")
        };
        assert_eq!(
            (year.from, year.to, year.held_as),
            (Some(date!(2025 - 01 - 01)), date!(2025 - 12 - 31), HeldAs::ClosedYear)
        );
        assert_eq!((year.documents, year.accounts, year.difference), (3, 0, 5000));
        assert_eq!(
            changed_since_close(&cx, date!(2024 - 12 - 31))
                .await
                .expect("an answer"),
            None,
            "a statement of 2024 shows nothing of it"
        );

        let list = changed_since_list(&cx).await.expect("the list");
        let details = list.iter().find(|one| one.period.is_changed()).expect("2025");
        assert_eq!((details.net_income_then, details.net_income_now), (17_000, 22_000));
        let told: Vec<_> = details
            .documents
            .iter()
            .map(|one| (one.document_id, one.what, one.difference, one.actor.as_str()))
            .collect();
        let dana = "dana@junipercycles.example";
        assert_eq!(
            told,
            [
                (sale.id, ChangedHow::Revised, 5000, dana),
                (bill.id, ChangedHow::TakenBack, 3000, dana),
                (late.id, ChangedHow::Made, -3000, dana),
            ]
        );
    });
}

#[test]
fn a_year_that_was_reopened_and_closed_again_counts_from_its_newest_closing() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let end = date!(2025 - 12 - 31);
        fiscal_year_close(&cx, &close(end), &key()).await.expect("closed");
        fiscal_year_reopen(&cx, end, "Amended", &key()).await.expect("reopened");
        post(&cx, end, &RENT).await;
        fiscal_year_close(&cx, &close(end), &key()).await.expect("closed again");
        assert_eq!(changed_since_close(&cx, TODAY).await.expect("an answer"), None);
        let list = changed_since_list(&cx).await.expect("the list");
        let year = list.iter().find(|one| one.period.to == end).expect("2025");
        assert_eq!((year.net_income_then, year.net_income_now), (7000, 7000));
    });
}

#[test]
fn what_comes_into_the_locked_days_after_the_last_closed_year_shows_as_well() {
    run(async |kit| {
        let cx = three_years(kit).await;
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        lock_set(&cx, Some(date!(2026 - 06 - 30)), "Second quarter filed", &key())
            .await
            .expect("locked");
        let_in(&cx, date!(2026 - 06 - 01)).await;
        post(&cx, date!(2026 - 06 - 30), &RENT).await;
        let changed = changed_since_close(&cx, TODAY)
            .await
            .expect("an answer")
            .expect("something changed");
        let [quarter] = changed.as_slice() else {
            panic!("only the locked days changed: {changed:?}")
        };
        assert_eq!(
            (quarter.from, quarter.to, quarter.held_as, quarter.difference),
            (
                Some(date!(2026 - 01 - 01)),
                date!(2026 - 06 - 30),
                HeldAs::Locked,
                -3000
            )
        );
    });
}

#[test]
fn an_account_that_is_retyped_after_the_close_shows_where_it_has_postings() {
    run(async |kit| {
        let cx = three_years(kit).await;
        post(&cx, date!(2025 - 07 - 01), &RENT).await;
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        let accounts = account_list(&cx, None).await.expect("the chart");
        for name in ["Rent", "Travel"] {
            let account = accounts.iter().find(|account| account.name == name).expect(name);
            retype(&cx, account.id, "other_expense").await;
        }
        let changed = changed_since_close(&cx, TODAY)
            .await
            .expect("an answer")
            .expect("something changed");
        assert_eq!(
            changed
                .iter()
                .map(|year| (year.to, year.accounts, year.difference))
                .collect::<Vec<_>>(),
            [(date!(2025 - 12 - 31), 1, 0)]
        );
        let list = changed_since_list(&cx).await.expect("the list");
        let rent = &list[0].accounts[0];
        assert_eq!(
            (rent.name.as_str(), rent.retyped.clone()),
            ("Rent", Some(("expense".to_owned(), "other_expense".to_owned())))
        );
        assert_eq!((&rent.placed, &rent.merged), (&None, &None));
    });
}

#[test]
fn an_account_that_stands_in_another_part_of_the_cash_flows_after_the_close_shows_where_it_has_postings() {
    run(async |kit| {
        let cx = three_years(kit).await;
        post(&cx, date!(2025 - 07 - 01), &RENT).await;
        fiscal_year_close(&cx, &close(date!(2025 - 12 - 31)), &key())
            .await
            .expect("closed");
        let rent = account_get(&cx, fixture::account(&cx, "Rent").await)
            .await
            .expect("rent");
        let change = |change: AccountChange| AccountChange {
            moves_locked: true,
            version: None,
            ..change
        };
        let words_alone = change(AccountChange {
            detail_type: "OtherMiscellaneousServiceCost".to_owned(),
            ..AccountChange::of(&rent)
        });
        account_update(&cx, rent.id, &words_alone, &key())
            .await
            .expect("changed");
        assert_eq!(changed_since_close(&cx, TODAY).await.expect("an answer"), None);
        let moved = change(AccountChange {
            cash_flow: Some(CashFlow::Investing),
            ..AccountChange::of(&rent)
        });
        account_update(&cx, rent.id, &moved, &key()).await.expect("moved");
        let list = changed_since_list(&cx).await.expect("the list");
        let told: Vec<_> = list[0]
            .accounts
            .iter()
            .map(|one| (one.name.as_str(), one.flows))
            .collect();
        assert_eq!(told, [("Rent", Some((CashFlow::Operating, CashFlow::Investing)))]);
        assert_eq!((list[0].period.accounts, list[0].period.is_changed()), (1, true));
    });
}

#[test]
fn what_came_into_a_locked_month_is_not_forgotten_as_the_lock_moves_on() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let (january, february) = (date!(2026 - 01 - 31), date!(2026 - 02 - 28));
        lock_set(&cx, Some(january), "January filed", &key())
            .await
            .expect("locked");
        let_in(&cx, date!(2026 - 01 - 01)).await;
        let late = post(&cx, date!(2026 - 01 - 15), &SALE).await;
        lock_set(&cx, Some(february), "February filed", &key())
            .await
            .expect("locked");
        let changed = changed_since_close(&cx, TODAY)
            .await
            .expect("an answer")
            .expect("something changed");
        let [month] = changed.as_slice() else {
            panic!("only January changed: {changed:?}")
        };
        assert_eq!(
            (month.from, month.to, month.documents, month.difference),
            (None, january, 1, 10_000)
        );
        let list = changed_since_list(&cx).await.expect("the list");
        let days: Vec<_> = list.iter().map(|one| (one.period.to, one.documents.len())).collect();
        assert_eq!(days, [(february, 0), (january, 1)]);
        assert_eq!(list[1].documents[0].document_id, late);
        assert_eq!(
            list[0].earlier,
            [],
            "February was locked with what had come into January by then"
        );
        lock_set(&cx, None, "Everything anew", &key()).await.expect("opened");
        lock_set(&cx, Some(february), "Filed again", &key())
            .await
            .expect("locked");
        assert_eq!(
            changed_since_close(&cx, TODAY).await.expect("an answer"),
            None,
            "what was opened counts from its new lock"
        );
        lock_set(&cx, Some(date!(2026 - 03 - 31)), "March filed", &key())
            .await
            .expect("locked");
        let list = changed_since_list(&cx).await.expect("the list");
        let days: Vec<_> = list.iter().map(|one| (one.period.from, one.period.to)).collect();
        assert_eq!(days, [(None, date!(2026 - 03 - 31))], "unchanged days stand together");
    });
}

#[test]
fn a_closed_year_says_which_earlier_year_changed_since_it_was_closed() {
    run(async |kit| {
        let cx = three_years(kit).await;
        let closed = close(date!(2025 - 12 - 31));
        fiscal_year_close(&cx, &closed, &key()).await.expect("closed");
        let_in(&cx, date!(2024 - 01 - 01)).await;
        post(&cx, date!(2024 - 06 - 30), &SALE).await;
        let list = changed_since_list(&cx).await.expect("the list");
        let of = |to| list.iter().find(|one| one.period.to == to).expect("a closed year");
        let year = of(date!(2025 - 12 - 31));
        assert!(!year.period.is_changed(), "its own days are as they were");
        assert_eq!(
            year.earlier,
            [ChangedEarlier {
                year: FiscalYear {
                    starts_on: date!(2024 - 01 - 01),
                    ends_on: date!(2024 - 12 - 31)
                },
                difference: 10_000
            }]
        );
        assert!(of(date!(2024 - 12 - 31)).period.is_changed());
    });
}

/// As the chart of accounts would, without its own rules.
async fn retype(cx: &Cx, account_id: i64, account_type: &str) {
    let tenancy::Opened::Change(mut tx) = cx.write(tenancy::Capability::Journal, &key()).await.expect("a change")
    else {
        panic!("a fresh key was used before")
    };
    sqlx::query!("update account set type = $2 where id = $1", account_id, account_type)
        .execute(&mut *tx)
        .await
        .expect("retyped");
    tx.commit(&()).await.expect("kept");
}
