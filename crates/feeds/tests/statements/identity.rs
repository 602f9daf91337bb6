//! By what lines are known again.

use std::collections::HashSet;

use feeds::{LineIdentity, StatementLine, line_identities, line_identity};
use proptest::prelude::*;
use time::Date;
use time::macros::date;

use crate::written::{TRANSACTION, account, checking};

fn identities(transactions: &str) -> Vec<LineIdentity> {
    line_identities("A", &account(checking(transactions)).lines)
}

#[test]
fn a_file_read_twice_gives_the_same_identities() {
    let transactions = format!("{TRANSACTION}{}{TRANSACTION}", TRANSACTION.replace("F1", "F2"));
    assert_eq!(identities(&transactions), identities(&transactions));
}

#[test]
fn two_equal_lines_are_the_first_and_the_second() {
    assert_eq!(
        identities(&TRANSACTION.repeat(2)),
        [
            line_identity("A", "F1", "-5.50", date!(2026 - 01 - 31), 1),
            line_identity("A", "F1", "-5.50", date!(2026 - 01 - 31), 2),
        ]
    );
}

#[test]
fn a_longer_file_knows_the_lines_of_a_shorter_one() {
    let later = TRANSACTION.replace("F1", "F2");
    let shorter = identities(&format!("{TRANSACTION}{TRANSACTION}"));
    let longer = identities(&format!("{TRANSACTION}{later}{TRANSACTION}{TRANSACTION}"));
    assert!(shorter.iter().all(|identity| longer.contains(identity)));
    assert_eq!(longer.len(), 4);
}

#[test]
fn a_reused_identifier_with_another_amount_or_day_is_another_line() {
    let first = identities(TRANSACTION);
    assert_ne!(first, identities(&TRANSACTION.replace("-5.50", "-5.51")));
    assert_ne!(first, identities(&TRANSACTION.replace("20260131", "20260130")));
}

#[test]
fn amounts_are_compared_by_value_and_words_are_not_compared() {
    let first = identities(TRANSACTION);
    for amount in ["-5.5", "-5,50", "-05.500", "-5.50"] {
        assert_eq!(first, identities(&TRANSACTION.replace("-5.50", amount)), "{amount}");
    }
    assert_eq!(first, identities(&TRANSACTION.replace("Coffee", "COFFEE HOUSE")));
    assert_eq!(
        identities(&TRANSACTION.replace("-5.50", "-500")),
        [line_identity("A", "F1", "-500.0", date!(2026 - 01 - 31), 1)]
    );
    assert_ne!(
        identities(&TRANSACTION.replace("-5.50", "-500")),
        identities(&TRANSACTION.replace("-5.50", "-5"))
    );
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Parts {
    account: String,
    fitid: String,
    minor: i64,
    day: i32,
    occurrence: u32,
}

impl Parts {
    /// The identity, the amount written with this many zeros too many.
    fn identity(&self, zeros: usize) -> LineIdentity {
        let amount = amount_text(self.minor, zeros);
        line_identity(&self.account, &self.fitid, &amount, day(self.day), self.occurrence)
    }
}

fn amount_text(minor: i64, zeros: usize) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    format!(
        "{sign}{}.{:02}{}",
        minor.abs() / 100,
        minor.abs() % 100,
        "0".repeat(zeros)
    )
}

fn day(number: i32) -> Date {
    Date::from_julian_day(date!(2026 - 01 - 01).to_julian_day() + number).expect("a day near 2026")
}

/// Parts from few values and of the characters that an identity is put together with, so that many
/// are nearly equal.
fn parts() -> impl Strategy<Value = Parts> {
    ("[1:/-]{0,4}", "[1:/-]{0,4}", -3_i64..3, 0..3, 1_u32..3).prop_map(|(account, fitid, minor, day, occurrence)| {
        Parts {
            account,
            fitid,
            minor,
            day,
            occurrence,
        }
    })
}

fn line(fitid: &str, minor: i64, day_number: i32) -> StatementLine {
    StatementLine {
        fitid: fitid.to_owned(),
        posted_on: day(day_number),
        amount_text: amount_text(minor, 0),
        ..account(checking(TRANSACTION)).lines.remove(0)
    }
}

proptest! {
    #[test]
    fn identities_are_equal_exactly_where_all_parts_are(
        one in parts(),
        other in parts(),
        zeros in 0..4_usize,
    ) {
        prop_assert_eq!(one.identity(0), one.identity(zeros));
        prop_assert_eq!(one == other, one.identity(0) == other.identity(zeros));
    }

    #[test]
    fn no_two_lines_of_a_file_share_an_identity_and_order_among_equals_does_not_matter(
        keys in prop::collection::vec(("[ab]?", -1_i64..2, 0..2), 0..30),
        shuffled in any::<prop::sample::Index>(),
    ) {
        let lines: Vec<StatementLine> =
            keys.iter().map(|(fitid, minor, day)| line(fitid, *minor, *day)).collect();
        let identities = line_identities("A", &lines);
        let distinct: HashSet<LineIdentity> = identities.iter().cloned().collect();
        prop_assert_eq!(distinct.len(), lines.len());

        let mut rotated = lines.clone();
        if !rotated.is_empty() {
            rotated.rotate_left(shuffled.index(lines.len()));
        }
        let again: HashSet<LineIdentity> = line_identities("A", &rotated).into_iter().collect();
        prop_assert_eq!(again, distinct);
    }
}
