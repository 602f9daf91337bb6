//! Refusal 4 and the second half of 5: a matched posting is retired only with its match, a match stays within its bank line and its
//! posting, and a line is accepted when its matches add up to it.

use tenancy::RefusalCode::{AccountRule, BeyondOpen, Constraint, Matched, NeverChanged};

use crate::fixture::{Books, CHECKING, ISSUED, POSTING, RENT, SAVINGS, code, leg, rent, retire};

const DAY: &str = "2026-10-31";

const MATCH: &str = "insert into bank_match (bank_line_id, posting_id, amount, made_in) values";
const ACCEPT: &str = "update bank_line set state = 'accepted' where id = 1";

/// Statements that put in a bank line of an amount, in a state.
fn line(identity: &str, amount: i64, state: &str) -> String {
    format!(
        "insert into bank_line (bank_account_id, identity, posted_on, amount, amount_text, currency, state) values (1, '{identity}', '{DAY}', {amount}, 'as given', 'USD', '{state}')"
    )
}

/// Rent of 50.00 out of Checking (postings 1 and 2, the second on the bank) and a new bank line of it.
async fn with_line(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    books.write(&rent(1, DAY, 5000)).await;
    books.write(&line("a", -5000, "new")).await;
    books
}

async fn matched(kit: &'static testkit::Kit) -> Books {
    let books = with_line(kit).await;
    books.write(&format!("{MATCH} (1, 2, -5000, {{n}}); {ACCEPT}")).await;
    books
}

#[test]
fn a_matched_posting_is_not_retired_alone() {
    testkit::run(async |kit| {
        let books = matched(kit).await;
        books.refused(&retire(1), Matched).await;
        let unmatch = "update bank_match set retired_in = {n}";
        books
            .allowed(&format!("{unmatch}; {}; update bank_line set state = 'new'", retire(1)))
            .await;
        // Or in one statement.
        let together = format!(
            "with gone as ({unmatch} returning id) {}; update bank_line set state = 'new'",
            retire(1)
        );
        books.allowed(&together).await;
    });
}

#[test]
fn a_matched_postings_other_side_can_still_be_recategorized() {
    testkit::run(async |kit| {
        let books = matched(kit).await;
        let revise = format!(
            "with gone as (update posting set retired_in = {{n}} where id = 1 returning id), made as ({POSTING} {} returning id) select count(*) from gone, made",
            leg(1, 1, SAVINGS, DAY, 5000)
        );
        books.allowed(&revise).await;
    });
}

#[test]
fn an_accepted_line_does_not_lose_its_match_alone() {
    testkit::run(async |kit| {
        let books = matched(kit).await;
        books
            .refused("update bank_match set retired_in = {n}", BeyondOpen)
            .await;
        books
            .allowed("update bank_match set retired_in = {n}; update bank_line set state = 'new'")
            .await;
    });
}

#[test]
fn a_line_that_is_not_accepted_keeps_no_match() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books
            .refused(&format!("{MATCH} (1, 2, -5000, {{n}})"), BeyondOpen)
            .await;
        let books = matched(kit).await;
        for state in ["new", "excluded", "withdrawn"] {
            books
                .refused(&format!("update bank_line set state = '{state}'"), BeyondOpen)
                .await;
        }
    });
}

#[test]
fn a_line_is_not_accepted_before_its_matches_add_up_to_it() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books.refused(ACCEPT, BeyondOpen).await;
        books
            .refused(&format!("{MATCH} (1, 2, -4000, {{n}}); {ACCEPT}"), BeyondOpen)
            .await;
        books.refused(&line("b", 100, "accepted"), BeyondOpen).await;
    });
}

#[test]
fn a_match_beyond_its_line_or_its_posting_is_refused() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books.write(&rent(2, DAY, 7000)).await;
        books
            .refused(&format!("{MATCH} (1, 4, -7000, {{n}}); {ACCEPT}"), BeyondOpen)
            .await;
        books
            .refused(&format!("{MATCH} (1, 2, -5001, {{n}})"), BeyondOpen)
            .await;
        // Two matches of one statement, together beyond the line.
        books
            .refused(
                &format!("{MATCH} (1, 2, -3000, {{n}}), (1, 4, -3000, {{n}})"),
                BeyondOpen,
            )
            .await;
        // Two lines, together beyond the posting.
        books.write(&line("b", -3000, "new")).await;
        let line = books.number("select max(id) from bank_line").await;
        books
            .refused(
                &format!("{MATCH} (1, 2, -5000, {{n}}), ({line}, 2, -3000, {{n}})"),
                BeyondOpen,
            )
            .await;
        books.allowed(&format!("{MATCH} (1, 2, -2000, {{n}}), (1, 4, -3000, {{n}}), ({line}, 2, -3000, {{n}}); update bank_line set state = 'accepted'")).await;
    });
}

#[test]
fn a_match_is_with_a_live_posting_of_its_own_account_and_sign() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        // The rent's side, which is another account.
        books
            .refused(&format!("{MATCH} (1, 1, -5000, {{n}})"), BeyondOpen)
            .await;
        books.refused(&format!("{MATCH} (1, 2, 5000, {{n}})"), BeyondOpen).await;
        books.refused(&format!("{MATCH} (1, 2, 0, {{n}})"), Constraint).await;
        books
            .write(&format!(
                "{ISSUED}; {POSTING} {}, {}",
                leg(2, 1, CHECKING, DAY, 5000),
                leg(2, 2, RENT, DAY, -5000)
            ))
            .await;
        books
            .refused(&format!("{MATCH} (1, 3, -5000, {{n}})"), BeyondOpen)
            .await;
        books
            .refused(
                &format!("{}; {MATCH} (1, 2, -5000, {{n}}); {ACCEPT}", retire(1)),
                BeyondOpen,
            )
            .await;
    });
}

#[test]
fn a_posting_is_matched_to_a_line_once() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books
            .refused(
                &format!("{MATCH} (1, 2, -2000, {{n}}); {MATCH} (1, 2, -3000, {{n}})"),
                Constraint,
            )
            .await;
    });
}

#[test]
fn a_doubtful_line_is_not_accepted_and_doubt_has_a_reason() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books.refused(&line("b", -5000, "doubtful"), Constraint).await;
        let doubtful = "insert into bank_line (bank_account_id, identity, posted_on, amount, amount_text, currency, state, doubt)
                        values (1, 'c', '2026-10-31', -5000, '-50.001', 'USD', 'doubtful', 'more decimals than USD has')";
        books.write(doubtful).await;
        for state in ["new", "accepted"] {
            books
                .refused(
                    &format!("update bank_line set state = '{state}' where doubt is not null"),
                    BeyondOpen,
                )
                .await;
        }
        books
            .allowed("update bank_line set state = 'excluded' where doubt is not null")
            .await;
        let without_amount =
            "insert into bank_line (bank_account_id, identity, posted_on, amount, amount_text, currency, state)
                              values (1, 'd', '2026-10-31', null, '?', 'USD', 'accepted')";
        books.refused(without_amount, Constraint).await;
    });
}

#[test]
fn a_bank_line_comes_once() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books.refused(&line("a", -5000, "new"), Constraint).await;
        assert_eq!(
            code(books.race(&line("b", -1, "new"), &line("b", -1, "new")).await),
            Constraint
        );
    });
}

#[test]
fn of_two_writers_who_match_one_line_the_second_is_refused() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        books.write(&rent(2, DAY, 5000)).await;
        let with = |posting: i64| {
            format!(
                "{MATCH} (1, {posting}, -5000, {{n}}); update bank_line set state = 'accepted' where id = 1 and state = 'new'"
            )
        };
        assert_eq!(code(books.race(&with(2), &with(4)).await), BeyondOpen);
    });
}

#[test]
fn of_a_match_and_the_voiding_of_its_posting_at_once_the_second_is_refused() {
    testkit::run(async |kit| {
        let books = with_line(kit).await;
        let accept = format!("{MATCH} (1, 2, -5000, {{n}}); {ACCEPT}");
        assert_eq!(code(books.race(&accept, &retire(1)).await), Matched);
        let books = with_line(kit).await;
        assert_eq!(code(books.race(&retire(1), &accept).await), BeyondOpen);
    });
}

#[test]
fn a_match_is_never_changed_only_retired() {
    testkit::run(async |kit| {
        let books = matched(kit).await;
        books.never("update bank_match set amount = -4000", NeverChanged).await;
        books
            .write("update bank_match set retired_in = {n}; update bank_line set state = 'new'")
            .await;
        books
            .refused("update bank_match set retired_in = {n}", NeverChanged)
            .await;
    });
}

#[test]
fn a_match_reaches_what_was_merged_into_the_lines_account_and_keeps_it_there() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let paid = format!(
            "{ISSUED}; {POSTING} {}, {}",
            leg(1, 1, RENT, DAY, 5000),
            leg(1, 2, SAVINGS, DAY, -5000)
        );
        books.write(&paid).await;
        books.write(&line("a", -5000, "new")).await;
        let matching = format!("{MATCH} (1, 2, -5000, {{n}}); {ACCEPT}");
        books.refused(&matching, BeyondOpen).await;
        books
            .write(&format!(
                "update account set merged_into = {CHECKING}, active = false where id = {SAVINGS}"
            ))
            .await;
        books.write(&matching).await;
        let undo = format!("update account set merged_into = null, active = true where id = {SAVINGS}");
        books.refused(&undo, AccountRule).await;
        let unmatch = "update bank_match set retired_in = {n}; update bank_line set state = 'new'";
        books.allowed(&format!("{unmatch}; {undo}")).await;
    });
}
