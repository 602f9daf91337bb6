//! Locking periods.

use books::Error;
use books::journal::journal_create_issued;
use books::locks::{lock_get, lock_list, lock_set};
use tenancy::Role;
use time::macros::date;

use crate::fixture::{company, entry, fields, key, message, post};

#[test]
fn nothing_is_posted_in_a_locked_period_until_it_is_opened_again() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        assert_eq!(lock_get(&cx).await.expect("the lock"), None);
        lock_set(&cx, Some(date!(2026 - 10 - 31)), "October is done", &key())
            .await
            .expect("locked");
        let legs = [("Rent", 10_00), ("Business Checking", -10_00)];
        let refused = journal_create_issued(&cx, &entry(&cx, date!(2026 - 10 - 31), &legs).await, &key()).await;
        assert_eq!(
            message(refused),
            "The books are locked through Oct 31, 2026. Choose a later date, or ask your accountant to open the period."
        );
        post(&cx, date!(2026 - 11 - 01), &legs).await;
        lock_set(&cx, None, "A bill came late", &key()).await.expect("opened");
        post(&cx, date!(2026 - 10 - 31), &legs).await;
    });
}

#[test]
fn a_lock_says_who_set_it_and_why_and_its_history_stays() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let accountant = kit.with_role(&cx, Role::Accountant);
        assert_eq!(
            fields(lock_set(&accountant, Some(date!(2026 - 10 - 31)), " ", &key()).await),
            ["reason"]
        );
        lock_set(&accountant, Some(date!(2026 - 10 - 31)), "October is done", &key())
            .await
            .expect("locked");
        lock_set(&cx, None, "A bill came late", &key()).await.expect("opened");
        assert_eq!(lock_get(&cx).await.expect("the lock"), None);
        let list = lock_list(&cx).await.expect("the history");
        let said: Vec<_> = list
            .iter()
            .map(|lock| (lock.through, lock.reason.as_str(), lock.actor.as_str()))
            .collect();
        let opened = (None, "A bill came late", "dana@junipercycles.example");
        let locked = (
            Some(date!(2026 - 10 - 31)),
            "October is done",
            "accountant@junipercycles.example",
        );
        assert_eq!(said, [opened, locked]);
    });
}

#[test]
fn a_lock_that_reaches_to_today_is_allowed_and_says_so() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        lock_set(&cx, Some(date!(2026 - 12 - 31)), "Closing down", &key())
            .await
            .expect("locked");
        let lock = lock_get(&cx).await.expect("the lock").expect("there is one");
        assert!(
            lock.notice(date!(2026 - 10 - 31))
                .is_some_and(|notice| notice.ends_with("Dec 31, 2026."))
        );
        assert!(lock.notice(date!(2026 - 12 - 31)).is_some());
        assert_eq!(lock.notice(date!(2027 - 01 - 01)), None);
    });
}

#[test]
fn a_lock_lies_within_the_years_that_dates_may_have() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let beyond = date!(2200 - 01 - 01);
        assert_eq!(
            fields(lock_set(&cx, Some(beyond), "For ever", &key()).await),
            ["through"]
        );
    });
}

#[test]
fn an_editor_locks_nothing() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let refused = lock_set(&kit.with_role(&cx, Role::Editor), None, "Because", &key()).await;
        assert!(matches!(refused, Err(Error::Tenancy(tenancy::Error::Forbidden))));
    });
}
