//! Month totals are what the lines say, whatever was posted and retired, and the record of all of it holds.

use ledger::entry::AMOUNT_MAX;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use tenancy::RefusalCode::Constraint;

use crate::fixture::{Books, CHECKING, Hand, ISSUED, POSTING, RENT, SAVINGS, leg, rent, retire, run};

const HISTORIES: usize = 8;

/// Accounts and months where the total is not the sum of the live lines.
const WRONG: &str = "select count(*) from (select account_id, date_trunc('month', posted_on)::date as month, sum(amount) as amount
                         from posting where retired_in is null group by 1, 2) l
                     full join month_total t using (account_id, month) where coalesce(l.amount, 0) <> coalesce(t.amount, 0)";

/// Accounts with a total of their own over all months, to see that the comparison compares something.
const TOTALS: &str = "select count(*) from month_total where amount <> 0";

/// What a change does.
#[derive(Clone, Debug)]
enum Step {
    /// A new document with an amount on each of some days, from one account to another.
    Post { from: i64, to: i64, lines: Vec<(u8, i64)> },
    /// Retires all that lives of a document, counted from the first.
    Retire { document: usize },
    /// Retires it and posts it anew, on one day.
    Revise { document: usize, day: u8, amount: i64 },
    /// Posts and lets go: nothing of it stays.
    Abandon,
}

fn step() -> impl Strategy<Value = Step> {
    let account = || prop::sample::select(vec![CHECKING, RENT, SAVINGS]);
    let amount = || prop_oneof![1..1_000_000_i64, -1_000_000_i64..-1, Just(i64::from(i32::MAX))];
    prop_oneof![
        4 => (account(), account(), prop::collection::vec((0..120_u8, amount()), 1..6)).prop_map(|(from, to, lines)| Step::Post { from, to, lines }),
        2 => (0..12_usize).prop_map(|document| Step::Retire { document }),
        2 => (0..12_usize, 0..120_u8, amount()).prop_map(|(document, day, amount)| Step::Revise { document, day, amount }),
        1 => Just(Step::Abandon),
    ]
}

/// Legs of a document: an amount out of one account into another on each of the days after September 1, 2026.
fn legs(document: usize, from: i64, to: i64, lines: &[(u8, i64)]) -> String {
    let document = i64::try_from(document).expect("a small number");
    let legs: Vec<String> = (1..)
        .step_by(2)
        .zip(lines)
        .flat_map(|(line_no, (day, amount))| {
            let day = (time::macros::date!(2026 - 09 - 01) + time::Duration::days(i64::from(*day))).to_string();
            [
                leg(document, line_no, to, &day, *amount),
                leg(document, line_no + 1, from, &day, -*amount),
            ]
        })
        .collect();
    format!("{POSTING} {}", legs.join(", "))
}

#[test]
fn month_totals_are_the_lines_after_any_history_and_the_record_of_it_holds() {
    testkit::run(async |kit| {
        let mut random = TestRunner::deterministic();
        for _ in 0..HISTORIES {
            let steps = prop::collection::vec(step(), 5..25)
                .new_tree(&mut random)
                .expect("steps")
                .current();
            let books = Books::new(kit).await;
            let mut documents = 0;
            for step in &steps {
                match step {
                    Step::Post { from, to, lines } => {
                        documents += 1;
                        books
                            .write(&format!("{ISSUED}; {}", legs(documents, *from, *to, lines)))
                            .await;
                    }
                    Step::Retire { document } | Step::Revise { document, .. } if documents > 0 => {
                        let document = document % documents + 1;
                        let mut statements = retire(i64::try_from(document).expect("a small number"));
                        if let Step::Revise { day, amount, .. } = step {
                            statements += &format!("; {}", legs(document, CHECKING, RENT, &[(*day, *amount)]));
                        }
                        books.write(&statements).await;
                    }
                    Step::Retire { .. } | Step::Revise { .. } => {}
                    Step::Abandon => {
                        let mut tx = books.open(Hand::Company).await;
                        run(&mut tx, "update posting set retired_in = {n} where retired_in is null")
                            .await
                            .expect("retired");
                    }
                }
            }
            assert_eq!(books.number(WRONG).await, 0, "{steps:?}");
            assert_eq!(
                books
                    .number("select coalesce(sum(amount), 0)::bigint from month_total")
                    .await,
                0,
                "{steps:?}"
            );
            let verified = audit::verify(&books.cx)
                .await
                .unwrap_or_else(|error| panic!("{error}: {steps:?}"));
            assert!(verified.events > 0);
        }
    });
}

#[test]
fn a_month_is_the_sum_of_its_days_and_of_no_other_months() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-09-30", 100)).await;
        books.write(&rent(2, "2026-10-01", 20)).await;
        books.write(&rent(3, "2026-10-31", 3)).await;
        assert_eq!(
            books
                .number("select amount from month_total where account_id = 2 and month = '2026-09-01'")
                .await,
            100
        );
        assert_eq!(
            books
                .number("select amount from month_total where account_id = 2 and month = '2026-10-01'")
                .await,
            23
        );
        assert_eq!((books.number(TOTALS).await, books.number(WRONG).await), (4, 0));
    });
}

#[test]
fn two_writers_at_once_add_to_the_same_month() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&format!("{ISSUED}; {ISSUED}")).await;
        let post = |document, amount| {
            format!(
                "{POSTING} {}, {}",
                leg(document, 1, RENT, "2026-10-31", amount),
                leg(document, 2, CHECKING, "2026-10-31", -amount)
            )
        };
        books.race(&post(1, 100), &post(2, 20)).await.expect("both are kept");
        assert_eq!(
            books
                .number("select amount from month_total where account_id = 2")
                .await,
            120
        );
        assert_eq!(books.number(WRONG).await, 0);
    });
}

#[test]
fn an_amount_that_no_business_has_is_refused_before_any_total_could_overflow() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.write(&rent(1, "2026-10-31", AMOUNT_MAX)).await;
        for beyond in [AMOUNT_MAX + 1, i64::MAX] {
            let mut tx = books.open(Hand::Company).await;
            assert!(run(&mut tx, &rent(2, "2026-10-31", beyond)).await.is_err(), "{beyond}");
        }
        assert_eq!(books.number(WRONG).await, 0);
    });
}

#[test]
fn a_month_of_an_account_has_a_bound_so_that_no_sum_of_months_overflows() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let entry = |n: i64| rent(n, "2026-10-31", 100_000_000_000_000);
        for n in 1..=10 {
            books.write(&entry(n)).await;
        }
        books.refused(&entry(11), Constraint).await;
    });
}
