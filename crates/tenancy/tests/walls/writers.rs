//! One writer a company at a time, and nobody else waits.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use tenancy::limits::LOCK_WAIT;
use tenancy::{Capability, Cx, Error, NewTenant, RequestKey, TenantRef};
use testkit::Kit;

use crate::town::{ask, ask_reading, change};

#[test]
fn a_second_writer_waits_for_the_first_and_takes_the_next_number() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let first = change(&cx).await;
        let second = tokio::spawn({
            let cx = cx.clone();
            async move { change(&cx).await.change() }
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(!second.is_finished(), "the second writer waits");
        first.commit(&()).await.expect("committed");
        assert_eq!(second.await.expect("the second writer"), 2);
    });
}

#[test]
fn a_writer_that_waits_too_long_is_told_that_another_change_is_being_saved() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let first = change(&cx).await;
        let began = Instant::now();
        assert!(matches!(
            cx.write(Capability::Documents, &RequestKey::fresh()).await,
            Err(Error::Busy)
        ));
        assert!(began.elapsed() >= LOCK_WAIT);
        first.commit(&()).await.expect("the first is not disturbed");
        assert_eq!(change(&cx).await.change(), 2);
    });
}

#[test]
fn a_reader_never_waits_and_sees_what_was_there_before() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let mut writing = change(&cx).await;
        ask(
            &mut writing,
            "insert into contact (name, customer, vendor) values ('Nord', true, false)",
        )
        .await
        .expect("a contact");
        // Whoever waited for the writer would wait in vain: it commits only after this answer.
        assert_eq!(
            ask_reading(&cx, "select count(*)::text from contact").await,
            Ok(vec!["0".to_owned()])
        );
        writing.commit(&()).await.expect("committed");
        assert_eq!(
            ask_reading(&cx, "select count(*)::text from contact").await,
            Ok(vec!["1".to_owned()])
        );
    });
}

#[test]
fn of_two_requests_with_one_key_at_once_one_writes_and_the_other_gets_its_answer() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let key = RequestKey::fresh();
        let request = async |cx: Cx| match cx.write(Capability::Documents, &key).await.expect("opened") {
            tenancy::Opened::Change(tx) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
                let n = tx.change();
                tx.commit(&n).await.expect("committed");
                (true, n)
            }
            tenancy::Opened::Repeated(answer) => (false, answer.read().expect("a number")),
        };
        let (one, other) = tokio::join!(request(cx.clone()), request(cx.clone()));
        assert_ne!(one.0, other.0, "one of them wrote");
        assert_eq!((one.1, other.1), (1, 1));
    });
}

async fn write_often(cx: Cx, times: usize) -> Result<Vec<i64>, Error> {
    let mut numbers = Vec::new();
    for _ in 0..times {
        let mut tx = change(&cx).await;
        ask(
            &mut tx,
            "insert into contact (name, customer, vendor) values (gen_random_uuid()::text, true, false)",
        )
        .await
        .expect("a contact");
        numbers.push(tx.change());
        tx.commit(&()).await?;
    }
    Ok(numbers)
}

#[test]
fn eight_writers_on_eight_companies_each_count_from_one_without_a_gap() {
    testkit::run(async |kit| {
        let mut companies = Vec::new();
        for _ in 0..8 {
            companies.push(kit.company("Juniper Cycles").await);
        }
        let all = try_join_all(companies.into_iter().map(|cx| write_often(cx, 10)))
            .await
            .expect("all are kept");
        for numbers in all {
            assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
        }
    });
}

#[test]
fn four_writers_on_one_company_leave_no_number_out_and_its_times_never_go_back() {
    testkit::run(async |kit| {
        let cx = kit.company("Juniper Cycles").await;
        let all = try_join_all((0..4).map(|_| write_often(cx.clone(), 10)))
            .await
            .expect("all are kept");
        let mut numbers: Vec<i64> = all.into_iter().flatten().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
        let backwards = ask_reading(
            &cx,
            "select n::text from (select n, at < lag(at) over (order by n) as back from change) c where back",
        )
        .await;
        assert_eq!(backwards, Ok(vec![]));
        let events = ask_reading(&cx, "select count(*)::text from audit_event e where e.change <> e.seq").await;
        assert_eq!(events, Ok(vec!["0".to_owned()]), "the chain is in the changes' order");
    });
}

/// Claims a company as often as the stock has to be filled for it.
async fn claim(kit: &Kit, new: &NewTenant) -> Result<TenantRef, Error> {
    loop {
        match kit.tenancy.claim(new).await {
            Err(Error::NoStock) => {
                kit.provisioner().stock_to(4).await?;
            }
            Err(Error::SlugTaken) => {}
            claimed => return claimed,
        }
    }
}

fn harbor_books() -> NewTenant {
    NewTenant {
        name: "Harbor Books".to_owned(),
        request_key: RequestKey::fresh(),
    }
}

#[test]
fn companies_claimed_at_once_are_different_ones_with_different_names() {
    testkit::run(async |kit| {
        let wanted: Vec<NewTenant> = (0..8).map(|_| harbor_books()).collect();
        let tenants = try_join_all(wanted.iter().map(|new| claim(kit, new)))
            .await
            .expect("all are claimed");
        assert_eq!(tenants.iter().map(|t| t.id).collect::<HashSet<_>>().len(), 8);
        assert_eq!(tenants.iter().map(|t| &t.slug).collect::<HashSet<_>>().len(), 8);
    });
}

#[test]
fn one_request_made_twice_at_once_gets_one_company() {
    testkit::run(async |kit| {
        let new = harbor_books();
        let (one, other) = tokio::join!(claim(kit, &new), claim(kit, &new));
        assert_eq!(one.expect("claimed").id, other.expect("the same one").id);
    });
}
