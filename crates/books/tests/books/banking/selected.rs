//! What is done with several lines at once: all of it, or nothing.

use books::journal::journal_void;
use books::locks::lock_set;
use books::review::{
    SELECTED_LINES_MAX, SelectedLine, line_exclude_selected, line_match_selected, line_undo_selected, review_totals,
};
use time::macros::date;

use super::*;
use crate::fixture::{self, key, post};

const NOVEMBER: [Transaction<'_>; 3] = [
    ("20261102", "-42.50", "n1", "Corner Hardware"),
    ("20261103", "1200.00", "n2", "Deposit"),
    ("20261104", "-75.00", "n3", "Nobody Knows"),
];

/// A company with two entries that are on the statement too, and the bank account of its lines.
async fn entered_twice(kit: &testkit::Kit) -> (Cx, i64) {
    let cx = fixture::company(kit, "Juniper Cycles").await;
    let bought = [("Supplies", 4_250), ("Business Checking", -4_250)];
    post(&cx, date!(2026 - 11 - 01), &bought).await;
    let sold = [("Business Checking", 120_000), ("Sales of Services", -120_000)];
    post(&cx, date!(2026 - 11 - 03), &sold).await;
    let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &NOVEMBER)).await);
    (cx, bank)
}

/// The lines of those names, as the list shows them.
async fn chosen(cx: &Cx, bank: i64, names: &[&str]) -> Vec<SelectedLine> {
    let lines = lines(cx, bank).await;
    let line = |name: &&str| {
        let line = lines
            .iter()
            .find(|line| line.name == *name)
            .expect("a line of that name");
        SelectedLine {
            id: line.id,
            posting_id: line.candidates.first().map(|candidate| candidate.posting_id),
        }
    };
    names.iter().map(line).collect()
}

async fn states(cx: &Cx, bank: i64) -> Vec<LineState> {
    lines(cx, bank).await.into_iter().map(|line| line.state).collect()
}

#[test]
fn suggestions_are_accepted_together_and_post_nothing_twice() {
    testkit::run(async |kit| {
        let (cx, bank) = entered_twice(kit).await;
        let suggested = LineFilter {
            bank_account_id: bank,
            suggested: true,
            ..LineFilter::default()
        };
        let found = review_totals(&cx, &suggested, 10).await.expect("totals");
        assert_eq!((found.rows, found.sum), (2, Some(115_750)));
        let both = chosen(&cx, bank, &["Corner Hardware", "Deposit"]).await;
        let again = key();
        let count = line_match_selected(&cx, bank, &both, &again).await.expect("matched");
        assert_eq!(count, 2);
        let repeated = line_match_selected(&cx, bank, &both, &again).await.expect("known");
        assert_eq!(repeated, 2, "a form sent twice is recorded once");
        assert_eq!(
            states(&cx, bank).await,
            [LineState::Accepted, LineState::Accepted, LineState::New]
        );
        assert_eq!(
            balance(&cx, "Business Checking").await,
            115_750,
            "nothing new was posted"
        );
    });
}

#[test]
fn one_line_that_refuses_is_named_at_its_row_and_keeps_all_from_being_matched() {
    testkit::run(async |kit| {
        let (cx, bank) = entered_twice(kit).await;
        let mut selected = chosen(&cx, bank, &["Corner Hardware", "Deposit", "Nobody Knows"]).await;
        let unknown = selected[2].id;
        assert_eq!(
            told(line_match_selected(&cx, bank, &selected, &key()).await),
            [format!(
                "select.{unknown}: Nobody Knows, Nov 4, 2026: Nothing in the books fits this line. Choose its category, or exclude it."
            )]
        );
        // The same posting cannot be both lines.
        selected[2].posting_id = selected[1].posting_id;
        let refused = told(line_match_selected(&cx, bank, &selected, &key()).await);
        assert_eq!(refused.len(), 1);
        assert!(
            refused[0].starts_with(&format!(
                "select.{unknown}: Nobody Knows, Nov 4, 2026: Another bank line"
            )),
            "{refused:?}"
        );
        assert_eq!(states(&cx, bank).await, [LineState::New; 3]);
    });
}

#[test]
fn a_suggestion_that_was_voided_meanwhile_is_refused() {
    testkit::run(async |kit| {
        let (cx, bank) = entered_twice(kit).await;
        let deposit = chosen(&cx, bank, &["Deposit"]).await;
        let document = line(&cx, bank, "Deposit").await.candidates[0].document_id;
        journal_void(&cx, document, 1, date!(2026 - 11 - 05), "Entered twice", &key())
            .await
            .expect("void");
        let refused = told(line_match_selected(&cx, bank, &deposit, &key()).await);
        assert!(refused[0].contains("changed or voided meanwhile"), "{refused:?}");
        assert_eq!(line(&cx, bank, "Deposit").await.state, LineState::New);
    });
}

#[test]
fn lines_are_excluded_and_put_back_together_or_not_at_all() {
    testkit::run(async |kit| {
        let (cx, bank) = entered_twice(kit).await;
        let all = chosen(&cx, bank, &["Corner Hardware", "Deposit", "Nobody Knows"]).await;
        assert_eq!(
            line_exclude_selected(&cx, bank, &all[..2], &key())
                .await
                .expect("left out"),
            2
        );
        let refused = told(line_exclude_selected(&cx, bank, &all, &key()).await);
        assert_eq!(refused.len(), 2, "{refused:?}");
        assert!(refused[0].ends_with("This line is excluded already."), "{refused:?}");
        assert_eq!(line(&cx, bank, "Nobody Knows").await.state, LineState::New);
        assert_eq!(
            line_undo_selected(&cx, bank, &all[..2], &key())
                .await
                .expect("put back"),
            2
        );
        assert_eq!(states(&cx, bank).await, [LineState::New; 3]);
        let refused = told(line_undo_selected(&cx, bank, &all[..1], &key()).await);
        assert!(refused[0].contains("There is nothing to undo"), "{refused:?}");
    });
}

#[test]
fn documents_of_lines_that_are_put_back_are_voided_unless_a_lock_keeps_one() {
    testkit::run(async |kit| {
        let (cx, bank) = entered_twice(kit).await;
        code(&cx, bank, "Nobody Knows", "Supplies").await;
        let deposit = chosen(&cx, bank, &["Deposit"]).await;
        line_match_selected(&cx, bank, &deposit, &key()).await.expect("matched");
        let both = chosen(&cx, bank, &["Deposit", "Nobody Knows"]).await;
        let before = balance(&cx, "Business Checking").await;
        lock_set(&cx, Some(date!(2026 - 11 - 30)), "Month filed", &key())
            .await
            .expect("the lock is set");
        let refused = told(line_undo_selected(&cx, bank, &both, &key()).await);
        assert!(
            refused[0].starts_with(&format!(
                "select.{}: Nobody Knows, Nov 4, 2026: The books are locked",
                both[1].id
            )),
            "{refused:?}"
        );
        assert_eq!(
            line(&cx, bank, "Deposit").await.state,
            LineState::Accepted,
            "none or all"
        );
        lock_set(&cx, None, "Filed anew", &key())
            .await
            .expect("the lock is lifted");
        line_undo_selected(&cx, bank, &both, &key()).await.expect("put back");
        assert_eq!(balance(&cx, "Business Checking").await, before + 7_500);
    });
}

#[test]
fn none_too_many_and_another_accounts_lines_are_refused() {
    testkit::run(async |kit| {
        let (cx, bank) = entered_twice(kit).await;
        let one = chosen(&cx, bank, &["Deposit"]).await;
        let refused = told(line_exclude_selected(&cx, bank, &[], &key()).await);
        assert_eq!(
            refused,
            [": Nothing is selected. Check the boxes of the lines you mean."]
        );
        let many = vec![one[0]; SELECTED_LINES_MAX + 1];
        let refused = told(line_exclude_selected(&cx, bank, &many, &key()).await);
        assert_eq!(refused, [": At most 100 lines are taken at once. Select fewer."]);
        let elsewhere = line_exclude_selected(&cx, bank + 1, &one, &key()).await;
        assert!(matches!(elsewhere, Err(Error::NotFound(_))), "{elsewhere:?}");
        assert_eq!(states(&cx, bank).await, [LineState::New; 3]);
    });
}
