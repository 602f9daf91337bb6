//! Lines taken back and lines left out.

use books::documents::{DocumentState, document_get};
use books::review::{LineState, line_code, line_exclude, line_undo};
use tenancy::RequestKey;

use super::*;
use crate::fixture;

const OCTOBER: [Transaction<'_>; 1] = [("20261001", "-42.50", "a1", "Corner Hardware")];

#[test]
fn a_line_undone_waits_for_review_again_and_its_document_is_void() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let expense = code(&cx, bank, "Corner Hardware", "Supplies").await;
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        line_undo(&cx, hardware, &RequestKey::fresh()).await.expect("undone");
        assert_eq!(
            document_get(&cx, expense).await.expect("a document").state,
            DocumentState::Void
        );
        assert_eq!(line(&cx, bank, "Corner Hardware").await.state, LineState::New);
        assert_eq!(balance(&cx, "Supplies").await, 0);
        code(&cx, bank, "Corner Hardware", "Rent").await;
        assert_eq!(
            (balance(&cx, "Rent").await, balance(&cx, "Business Checking").await),
            (4250, -4250)
        );
    });
}

#[test]
fn a_document_that_somebody_changed_outlives_the_line_it_was_made_of() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let expense = code(&cx, bank, "Corner Hardware", "Supplies").await;
        revise(&cx, expense).await;
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        line_undo(&cx, hardware, &RequestKey::fresh()).await.expect("undone");
        assert_eq!(
            document_get(&cx, expense).await.expect("a document").state,
            DocumentState::Issued
        );
        let candidates = line(&cx, bank, "Corner Hardware").await.candidates;
        assert_eq!(candidates.iter().map(|c| c.document_id).collect::<Vec<_>>(), [expense]);
    });
}

#[test]
fn an_excluded_line_stays_out_until_it_is_undone() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await);
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        line_exclude(&cx, hardware, &RequestKey::fresh())
            .await
            .expect("excluded");
        let supplies = coding(account(&cx, "Supplies").await);
        let refused = line_code(&cx, hardware, &supplies, &RequestKey::fresh()).await;
        assert_eq!(told(refused), [": This line is excluded. Undo that first."]);
        assert_eq!(
            told(line_exclude(&cx, hardware, &RequestKey::fresh()).await),
            [": This line is excluded already."]
        );
        line_undo(&cx, hardware, &RequestKey::fresh()).await.expect("undone");
        let nothing = line_undo(&cx, hardware, &RequestKey::fresh()).await;
        assert_eq!(
            told(nothing),
            [": There is nothing to undo: this line waits for review."]
        );
    });
}
