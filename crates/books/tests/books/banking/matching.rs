//! Lines that are in the books already: matches, and the two sides of a transfer.

use books::accounts::{NewAccount, account_create, account_merge, account_unmerge};
use books::bank_accounts::bank_account_list;
use books::home::home_figures;
use books::journal::journal_void;
use books::locks::lock_set;
use books::review::{LineState, line_match, line_transfer, line_undo};
use ledger::accounts::AccountType;
use tenancy::RequestKey;

use super::*;
use crate::fixture;

/// Imports both sides of a transfer of 500.00 from checking to savings.
async fn both_sides(cx: &Cx) -> (i64, i64) {
    let out = statement("900100200300", &[("20261001", "-500.00", "o", "To savings")]);
    let back = statement("900100200301", &[("20261003", "500.00", "i", "From checking")]);
    (
        bank_account(&import(cx, "Business Checking", out).await),
        bank_account(&import(cx, "Business Savings", back).await),
    )
}

#[test]
fn a_transfer_whose_two_sides_are_imported_is_posted_once() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, savings) = both_sides(&cx).await;
        let out = line(&cx, checking, "To savings").await.id;
        let made = line_transfer(&cx, out, account(&cx, "Business Savings").await, &RequestKey::fresh())
            .await
            .expect("made");
        let other = line(&cx, savings, "From checking").await;
        assert_eq!(other.candidates.len(), 1);
        assert_eq!(
            other.candidates[0].reason,
            "Transfer of Oct 1, 2026, 1000 Business Checking: the same amount 2 days earlier."
        );
        let matched = line_transfer(
            &cx,
            other.id,
            account(&cx, "Business Checking").await,
            &RequestKey::fresh(),
        )
        .await
        .expect("matched");
        assert_eq!(
            (made.made, matched.made, matched.document_id),
            (true, false, made.document_id)
        );
        assert_eq!(document_count(&cx, "issued").await, 1);
        assert_eq!(
            (
                balance(&cx, "Business Checking").await,
                balance(&cx, "Business Savings").await
            ),
            (-50_000, 50_000)
        );
    });
}

#[test]
fn a_transfer_stands_until_the_last_line_matched_to_it_is_undone() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, savings) = both_sides(&cx).await;
        let (out, back) = (
            line(&cx, checking, "To savings").await.id,
            line(&cx, savings, "From checking").await.id,
        );
        let to_savings = account(&cx, "Business Savings").await;
        line_transfer(&cx, out, to_savings, &RequestKey::fresh())
            .await
            .expect("made");
        line_transfer(&cx, back, account(&cx, "Business Checking").await, &RequestKey::fresh())
            .await
            .expect("matched");
        line_undo(&cx, out, &RequestKey::fresh()).await.expect("undone");
        assert_eq!(
            balance(&cx, "Business Savings").await,
            50_000,
            "the other side's bank says it happened"
        );
        let again = line_transfer(&cx, out, to_savings, &RequestKey::fresh())
            .await
            .expect("matched again");
        assert!(!again.made);
        line_undo(&cx, out, &RequestKey::fresh()).await.expect("undone");
        line_undo(&cx, back, &RequestKey::fresh()).await.expect("undone");
        assert_eq!(
            (document_count(&cx, "issued").await, document_count(&cx, "void").await),
            (0, 1)
        );
        assert_eq!(balance(&cx, "Business Savings").await, 0);
    });
}

#[test]
fn a_transfer_of_another_amount_or_of_another_season_is_another_transfer() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, _) = both_sides(&cx).await;
        let out = line(&cx, checking, "To savings").await.id;
        line_transfer(&cx, out, account(&cx, "Business Savings").await, &RequestKey::fresh())
            .await
            .expect("made");
        let later = [
            ("20261224", "500.00", "l1", "A season on"),
            ("20261002", "500.01", "l2", "A cent more"),
        ];
        let savings = bank_account(&import(&cx, "Business Savings", statement("900100200301", &later)).await);
        for name in ["A season on", "A cent more"] {
            let other = line(&cx, savings, name).await;
            assert_eq!(other.candidates, []);
            let accepted = line_transfer(
                &cx,
                other.id,
                account(&cx, "Business Checking").await,
                &RequestKey::fresh(),
            )
            .await;
            assert!(accepted.expect("made").made, "{name}");
        }
        assert_eq!(document_count(&cx, "issued").await, 3);
    });
}

#[test]
fn a_transfer_whose_sides_are_weeks_apart_is_posted_once() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, _) = both_sides(&cx).await;
        let out = line(&cx, checking, "To savings").await.id;
        line_transfer(&cx, out, account(&cx, "Business Savings").await, &RequestKey::fresh())
            .await
            .expect("made");
        let late = [("20261116", "500.00", "l1", "Check from checking")];
        let savings = bank_account(&import(&cx, "Business Savings", statement("900100200301", &late)).await);
        let other = line(&cx, savings, "Check from checking").await.id;
        let checking = account(&cx, "Business Checking").await;
        let accepted = line_transfer(&cx, other, checking, &RequestKey::fresh()).await;
        assert!(!accepted.expect("matched").made);
        assert_eq!(document_count(&cx, "issued").await, 1);
    });
}

#[test]
fn a_transfer_goes_to_another_bank_or_card_account() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, _) = both_sides(&cx).await;
        let out = line(&cx, checking, "To savings").await.id;
        let itself = line_transfer(&cx, out, account(&cx, "Business Checking").await, &RequestKey::fresh()).await;
        assert_eq!(
            told(itself),
            ["account: The money moved to or from another account: choose that one."]
        );
        let expense = line_transfer(&cx, out, account(&cx, "Rent").await, &RequestKey::fresh()).await;
        assert_eq!(
            told(expense),
            ["account: Choose an account of type Bank or Credit Card."]
        );
        line_transfer(&cx, out, account(&cx, "Credit Card").await, &RequestKey::fresh())
            .await
            .expect("a card is paid");
        assert_eq!(balance(&cx, "Credit Card").await, 50_000);
    });
}

#[test]
fn a_line_is_matched_to_what_was_typed_before_the_statement_came() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(
            &cx,
            day("09/28/2026"),
            &[("Rent", 50_000), ("Business Checking", -50_000)],
        )
        .await;
        fixture::post(
            &cx,
            day("09/28/2026"),
            &[("Rent", 40_000), ("Business Checking", -40_000)],
        )
        .await;
        let (checking, _) = both_sides(&cx).await;
        let out = line(&cx, checking, "To savings").await;
        assert_eq!(out.candidates.len(), 1);
        let posting = out.candidates[0].posting_id;
        line_match(&cx, out.id, posting, &RequestKey::fresh())
            .await
            .expect("matched");
        assert_eq!(line(&cx, checking, "To savings").await.state, LineState::Accepted);
        assert_eq!(
            balance(&cx, "Business Checking").await,
            -90_000,
            "a match posts nothing"
        );
        line_undo(&cx, out.id, &RequestKey::fresh()).await.expect("undone");
        assert_eq!(document_count(&cx, "issued").await, 2, "what a person typed stays");
    });
}

#[test]
fn what_a_line_is_matched_to_is_void_only_once_the_match_is_undone_also_in_a_locked_period() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let entry = fixture::post(
            &cx,
            day("09/28/2026"),
            &[("Rent", 50_000), ("Business Checking", -50_000)],
        )
        .await;
        let (checking, _) = both_sides(&cx).await;
        let out = line(&cx, checking, "To savings").await;
        line_match(&cx, out.id, out.candidates[0].posting_id, &RequestKey::fresh())
            .await
            .expect("matched");
        let void = async || journal_void(&cx, entry, 1, day("11/02/2026"), "Entered twice", &RequestKey::fresh()).await;
        let refused = [": A bank line is matched to this. Undo the match on the Banking page first."];
        assert_eq!(told(void().await), refused);
        lock_set(&cx, Some(day("10/31/2026")), "closed", &RequestKey::fresh())
            .await
            .expect("locked");
        assert_eq!(told(void().await), refused);
        line_undo(&cx, out.id, &RequestKey::fresh()).await.expect("undone");
        void().await.expect("void");
        assert_eq!(balance(&cx, "Business Checking").await, 0);
    });
}

#[test]
fn a_line_is_matched_only_to_a_free_posting_of_its_account_and_amount() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let document = fixture::post(
            &cx,
            day("10/01/2026"),
            &[("Rent", 50_000), ("Business Checking", -50_000)],
        )
        .await;
        let other = fixture::post(
            &cx,
            day("10/01/2026"),
            &[("Rent", 40_000), ("Business Checking", -40_000)],
        )
        .await;
        let twice = [
            ("20261001", "-500.00", "o1", "To savings"),
            ("20261001", "-500.00", "o2", "Once more"),
        ];
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &twice)).await);
        let out = line(&cx, bank, "To savings").await.id;
        let legs = postings(&cx, document).await;
        let refused = async |line: i64, posting: i64| told(line_match(&cx, line, posting, &RequestKey::fresh()).await);
        assert_eq!(
            refused(out, legs[0]).await,
            ["posting: That is on another account than the line."]
        );
        assert_eq!(
            refused(out, postings(&cx, other).await[1]).await,
            ["posting: That is not of the line's amount, -500.00."]
        );
        line_match(&cx, out, legs[1], &RequestKey::fresh())
            .await
            .expect("matched");
        let again = line(&cx, bank, "Once more").await.id;
        assert_eq!(
            refused(again, legs[1]).await,
            ["posting: Another bank line is matched to that already."]
        );
    });
}

async fn postings(cx: &Cx, document_id: i64) -> Vec<i64> {
    let document = books::documents::document_get(cx, document_id)
        .await
        .expect("a document");
    document.postings.iter().map(|posting| posting.id).collect()
}

#[test]
fn what_was_merged_into_a_banks_account_is_on_that_account_for_its_lines_too() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let old = account_create(
            &cx,
            &NewAccount::named("Old Checking", AccountType::Bank),
            &RequestKey::fresh(),
        )
        .await
        .expect("an account");
        let checking = account(&cx, "Business Checking").await;
        let posted = time::macros::date!(2026 - 10 - 02);
        fixture::post(&cx, posted, &[("Meals", 2500), ("Old Checking", -2500)]).await;
        let back = statement("900100200301", &[("20261003", "500.00", "i", "From checking")]);
        let savings = bank_account(&import(&cx, "Business Savings", back).await);
        let from = line(&cx, savings, "From checking").await.id;
        let made = line_transfer(&cx, from, old, &RequestKey::fresh()).await.expect("made");
        account_merge(&cx, old, checking, false, &RequestKey::fresh())
            .await
            .expect("merged");

        let out = [
            ("20261001", "-500.00", "o", "To savings"),
            ("20261002", "-25.00", "m", "Corner Cafe"),
        ];
        let connected = bank_account(&import(&cx, "Business Checking", statement("900100200300", &out)).await);
        let listed = bank_account_list(&cx).await.expect("the bank accounts");
        let balance = listed
            .iter()
            .find(|bank| bank.id == connected)
            .map(|bank| bank.book_balance);
        assert_eq!(balance, Some(-52_500), "as the balance sheet has it");
        let to_do = home_figures(&cx, time::macros::date!(2026 - 11 - 22))
            .await
            .expect("the figures")
            .to_do;
        assert_eq!(to_do.bank_lines_suggested, Some(2));

        let savings_account = account(&cx, "Business Savings").await;
        let to_savings = line(&cx, connected, "To savings").await.id;
        let matched = line_transfer(&cx, to_savings, savings_account, &RequestKey::fresh())
            .await
            .expect("matched");
        assert_eq!((matched.made, matched.document_id), (false, made.document_id));
        let cafe = line(&cx, connected, "Corner Cafe").await;
        assert_eq!(cafe.candidates.len(), 1);
        line_match(&cx, cafe.id, cafe.candidates[0].posting_id, &RequestKey::fresh())
            .await
            .expect("matched");

        // The lines are on Business Checking: what they are matched to does not leave it.
        let refused = account_unmerge(&cx, old, false, &RequestKey::fresh()).await;
        assert_eq!(
            fixture::message(refused),
            "Bank lines are matched to what is on it. Undo those matches on the Banking page first."
        );
        for id in [cafe.id, to_savings] {
            line_undo(&cx, id, &RequestKey::fresh()).await.expect("undone");
        }
        account_unmerge(&cx, old, false, &RequestKey::fresh())
            .await
            .expect("undone");
    });
}
