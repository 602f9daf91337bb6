//! Locking periods: two levels, and exceptions that expire.

use books::Error;
use books::home::home_figures;
use books::journal::journal_create_issued;
use books::locks::{
    ExceptionState, LockLevel, NewLockException, exception_grant, exception_list, exception_revoke, lock_get,
    lock_list, lock_set, lock_set_at,
};
use tenancy::{Actor, Cx, Role};
use testkit::Kit;
use time::macros::date;
use time::{Duration, OffsetDateTime};

use crate::fixture::{company, entry, fields, key, message, post};

const LEGS: [(&str, i64); 2] = [("Rent", 1000), ("Business Checking", -1000)];

/// The accountant of that address: journal entries are for accountants and admins.
fn accountant(kit: &Kit, cx: &Cx, person: &str) -> Cx {
    let actor = Actor::person(&format!("{person}@junipercycles.example"));
    kit.tenancy
        .cx(cx.tenant().clone(), actor, Role::Accountant, "test".to_owned())
}

fn exception_for_sam() -> NewLockException {
    NewLockException {
        person: "sam@junipercycles.example".to_owned(),
        from_day: date!(2026 - 10 - 15),
        until: OffsetDateTime::now_utc() + Duration::DAY,
        reason: "A bill of October came late".to_owned(),
    }
}

#[test]
fn nothing_is_posted_in_a_locked_period_until_it_is_opened_again() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        assert_eq!(lock_get(&cx).await.expect("the locks").everyone, None);
        lock_set(&cx, Some(date!(2026 - 10 - 31)), "October is done", &key())
            .await
            .expect("locked");
        let refused = journal_create_issued(&cx, &entry(&cx, date!(2026 - 10 - 31), &LEGS).await, &key()).await;
        assert_eq!(
            message(refused),
            "The books are locked through Oct 31, 2026 for everyone. Choose a later date, or ask an accountant or admin to open the period."
        );
        post(&cx, date!(2026 - 11 - 01), &LEGS).await;
        lock_set(&cx, None, "A bill came late", &key()).await.expect("opened");
        post(&cx, date!(2026 - 10 - 31), &LEGS).await;
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
        assert_eq!(lock_get(&cx).await.expect("the locks").everyone, None);
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
fn a_lock_for_editors_and_one_for_everyone_are_in_force_side_by_side() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let (september, october) = (date!(2026 - 09 - 30), date!(2026 - 10 - 31));
        lock_set_at(&cx, LockLevel::Editors, Some(october), "I am finishing October", &key())
            .await
            .expect("locked");
        lock_set_at(&cx, LockLevel::Everyone, Some(september), "Third quarter filed", &key())
            .await
            .expect("locked");
        let editor = kit.with_role(&cx, Role::Editor);
        for (person, through) in [(&cx, september), (&editor, october)] {
            let locks = lock_get(person).await.expect("the locks");
            assert_eq!(locks.everyone.and_then(|lock| lock.through), Some(september));
            assert_eq!(locks.editors.and_then(|lock| lock.through), Some(october));
            assert_eq!(locks.through, Some(through), "{:?}", person.role());
            let home = home_figures(person, date!(2026 - 11 - 22)).await.expect("the figures");
            assert_eq!(home.closed_through, Some(through), "{:?}", person.role());
        }
        post(&cx, october, &LEGS).await;
        let levels: Vec<_> = lock_list(&cx)
            .await
            .expect("the history")
            .iter()
            .map(|lock| lock.level)
            .collect();
        assert_eq!(levels, [LockLevel::Everyone, LockLevel::Editors]);
        // One level is opened without the other.
        lock_set_at(&cx, LockLevel::Editors, None, "October is finished", &key())
            .await
            .expect("opened");
        assert_eq!(lock_get(&editor).await.expect("the locks").through, Some(september));
    });
}

#[test]
fn a_lock_that_reaches_to_today_is_allowed_and_says_so() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        lock_set(&cx, Some(date!(2026 - 12 - 31)), "Closing down", &key())
            .await
            .expect("locked");
        let lock = lock_get(&cx).await.expect("the locks").everyone.expect("there is one");
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
fn an_editor_locks_nothing_and_lets_nobody_through() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let editor = kit.with_role(&cx, Role::Editor);
        let refused = lock_set(&editor, None, "Because", &key()).await;
        assert!(matches!(refused, Err(Error::Tenancy(tenancy::Error::Forbidden))));
        let refused = exception_grant(&editor, &exception_for_sam(), &key()).await;
        assert!(matches!(refused, Err(Error::Tenancy(tenancy::Error::Forbidden))));
    });
}

#[test]
fn an_exception_lets_one_person_through_until_it_is_revoked() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let october = date!(2026 - 10 - 31);
        lock_set(&cx, Some(october), "October is filed", &key())
            .await
            .expect("locked");
        let id = exception_grant(&cx, &exception_for_sam(), &key())
            .await
            .expect("granted");
        let (sam, lee) = (accountant(kit, &cx, "sam"), accountant(kit, &cx, "lee"));
        let locks = lock_get(&sam).await.expect("the locks");
        assert_eq!(locks.through, Some(date!(2026 - 10 - 14)));
        assert_eq!(locks.but_for_exception, Some(october));
        let others = lock_get(&lee).await.expect("the locks");
        assert_eq!((others.through, others.but_for_exception), (Some(october), None));

        post(&sam, date!(2026 - 10 - 15), &LEGS).await;
        let early = journal_create_issued(&sam, &entry(&sam, date!(2026 - 10 - 14), &LEGS).await, &key()).await;
        assert!(message(early).contains("locked through Oct 14, 2026"));
        assert_eq!(
            fields(journal_create_issued(&lee, &entry(&lee, date!(2026 - 10 - 15), &LEGS).await, &key()).await),
            ["date"]
        );

        exception_revoke(&cx, id, &key()).await.expect("revoked");
        assert_eq!(
            message(exception_revoke(&cx, id, &key()).await),
            "Somebody ended this exception already."
        );
        assert_eq!(lock_get(&sam).await.expect("the locks").through, Some(october));
        let list = exception_list(&sam).await.expect("the exceptions");
        let [only] = list.as_slice() else {
            panic!("one exception was granted")
        };
        assert_eq!(
            (only.person.as_str(), only.reason.as_str()),
            ("sam@junipercycles.example", "A bill of October came late")
        );
        assert!(
            matches!(&only.state, ExceptionState::Revoked { by, .. } if by == "dana@junipercycles.example"),
            "{only:?}"
        );
    });
}

#[test]
fn an_exception_lasts_thirty_days_at_most_and_says_for_whom_and_why() {
    testkit::run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let now = OffsetDateTime::now_utc();
        let until = |until| NewLockException {
            until,
            ..exception_for_sam()
        };
        assert_eq!(
            fields(exception_grant(&cx, &until(now + Duration::days(31)), &key()).await),
            ["until"]
        );
        assert_eq!(fields(exception_grant(&cx, &until(now), &key()).await), ["until"]);
        exception_grant(&cx, &until(now + Duration::days(30)), &key())
            .await
            .expect("thirty days");
        let nothing = NewLockException {
            person: " ".to_owned(),
            from_day: date!(2200 - 01 - 01),
            reason: String::new(),
            ..exception_for_sam()
        };
        assert_eq!(
            fields(exception_grant(&cx, &nothing, &key()).await),
            ["person", "from_day", "reason"]
        );
        let list = exception_list(&cx).await.expect("the exceptions");
        assert_eq!(
            list.iter().map(|one| one.state.clone()).collect::<Vec<_>>(),
            [ExceptionState::Running]
        );
    });
}
