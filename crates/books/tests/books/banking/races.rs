//! Two people at the same moment.

use books::review::{line_code, line_transfer};
use books::statements::{statement_import, statement_undo};
use tenancy::RequestKey;

use super::*;
use crate::fixture;

const OUT: [Transaction<'_>; 1] = [("20261001", "-500.00", "o", "Out")];
const BACK: [Transaction<'_>; 1] = [("20261002", "500.00", "i", "In")];

#[test]
fn two_people_who_code_one_line_at_once_make_one_document() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OUT)).await);
        let out = line(&cx, bank, "Out").await.id;
        let (rent, supplies) = (
            coding(account(&cx, "Rent").await),
            coding(account(&cx, "Supplies").await),
        );
        let keys = [RequestKey::fresh(), RequestKey::fresh()];
        let (one, other) = tokio::join!(
            line_code(&cx, out, &rent, &keys[0]),
            line_code(&cx, out, &supplies, &keys[1])
        );
        let refused = if one.is_ok() { other } else { one };
        assert_eq!(
            told(refused),
            [": This line is in the books already. Undo that first if it is to become something else."]
        );
        assert_eq!(document_count(&cx, "issued").await, 1);
        assert_eq!(balance(&cx, "Business Checking").await, -50_000);
    });
}

#[test]
fn both_sides_of_a_transfer_coded_at_once_are_one_transfer() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let (checking, savings) = (
            account(&cx, "Business Checking").await,
            account(&cx, "Business Savings").await,
        );
        let bank = bank_account(&import(&cx, "Business Checking", statement("900100200300", &OUT)).await);
        let other_bank = bank_account(&import(&cx, "Business Savings", statement("900100200301", &BACK)).await);
        let (out, back) = (line(&cx, bank, "Out").await.id, line(&cx, other_bank, "In").await.id);
        let keys = [RequestKey::fresh(), RequestKey::fresh()];
        let (one, other) = tokio::join!(
            line_transfer(&cx, out, savings, &keys[0]),
            line_transfer(&cx, back, checking, &keys[1])
        );
        let (one, other) = (one.expect("accepted"), other.expect("accepted"));
        assert_eq!(one.document_id, other.document_id);
        assert!(one.made != other.made, "one made it, the other found it");
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
fn a_file_imported_twice_at_once_is_imported_once() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let choice = plainly(account(&cx, "Business Checking").await);
        let keys = [RequestKey::fresh(), RequestKey::fresh()];
        let upload = || source(statement("900100200300", &OUT));
        let (one, other) = tokio::join!(
            statement_import(&cx, upload(), &choice, &keys[0]),
            statement_import(&cx, upload(), &choice, &keys[1])
        );
        let (one, other) = (one.expect("imported"), other.expect("imported"));
        assert_eq!(one.counts.new + other.counts.new, 1);
        assert_eq!(one.counts.known + other.counts.known, 1);
        assert_eq!(lines(&cx, bank_account(&one)).await.len(), 1);
    });
}

#[test]
fn a_form_posted_twice_at_once_gets_one_answer() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let choice = plainly(account(&cx, "Business Checking").await);
        let key = RequestKey::fresh();
        let upload = || source(statement("900100200300", &OUT));
        let (one, other) = tokio::join!(
            statement_import(&cx, upload(), &choice, &key),
            statement_import(&cx, upload(), &choice, &key)
        );
        let one = one.expect("imported");
        assert_eq!(one, other.expect("the same answer"));
        assert_eq!(new_known_doubtful(&one), [1, 0, 0]);
    });
}

#[test]
fn a_line_coded_while_its_import_is_undone_is_in_the_books_or_withdrawn_never_both() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let imported = import(&cx, "Business Checking", statement("900100200300", &OUT)).await;
        let out = line(&cx, bank_account(&imported), "Out").await.id;
        let rent = coding(account(&cx, "Rent").await);
        let keys = [RequestKey::fresh(), RequestKey::fresh()];
        let (_, undone) = tokio::join!(
            line_code(&cx, out, &rent, &keys[0]),
            statement_undo(&cx, imported.import_id.expect("an import"), &keys[1])
        );
        undone.expect("undone");
        assert_eq!(
            (balance(&cx, "Rent").await, document_count(&cx, "issued").await),
            (0, 0)
        );
    });
}
