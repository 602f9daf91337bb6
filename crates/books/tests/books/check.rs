//! The check finds what is false, also where somebody went past every rule.

use books::check::books_check;
use sqlx::{Postgres, Transaction};
use tenancy::Cx;
use testkit::{Kit, run};
use time::macros::date;

use crate::fixture;

/// A superuser's transaction in a company's schema, with the rules of the tables it alters turned off.
async fn past_all_rules(kit: &Kit, cx: &Cx) -> Transaction<'static, Postgres> {
    let pool = kit.superuser(cx).await;
    let mut tx = pool.begin().await.expect("a superuser enters");
    sqlx::query_scalar!("select set_config('search_path', $1, true)", cx.tenant().id.schema())
        .fetch_one(&mut *tx)
        .await
        .expect("the company's schema");
    sqlx::query!("alter table posting disable trigger user")
        .execute(&mut *tx)
        .await
        .expect("a superuser can");
    sqlx::query!("alter table document disable trigger user")
        .execute(&mut *tx)
        .await
        .expect("a superuser can");
    sqlx::query!("alter table bank_account disable trigger user")
        .execute(&mut *tx)
        .await
        .expect("a superuser can");
    sqlx::query!("alter table bank_line disable trigger user")
        .execute(&mut *tx)
        .await
        .expect("a superuser can");
    tx
}

/// The rules that do not hold, in the order of the check.
async fn broken(cx: &Cx) -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = books_check(cx)
        .await
        .expect("the check runs")
        .iter()
        .map(|finding| finding.rule.code())
        .collect();
    rules.dedup();
    rules
}

/// Two entries with a customer's open items.
async fn sold_and_paid(cx: &Cx) {
    fixture::post(
        cx,
        date!(2026 - 03 - 02),
        &[
            ("Accounts Receivable @ Hollis Hardware", 80_00),
            ("Sales of Services", -80_00),
        ],
    )
    .await;
    fixture::post(
        cx,
        date!(2026 - 03 - 05),
        &[
            ("Undeposited Funds", 80_00),
            ("Accounts Receivable @ Hollis Hardware", -80_00),
        ],
    )
    .await;
}

#[test]
fn whole_books_have_no_finding() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        assert_eq!(broken(&cx).await, Vec::<&str>::new());
        sold_and_paid(&cx).await;
        assert_eq!(broken(&cx).await, Vec::<&str>::new());
    });
}

#[test]
fn an_altered_posting_is_found_by_its_document_and_by_its_month() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let id = fixture::post(
            &cx,
            date!(2026 - 03 - 02),
            &[("Rent", 80_00), ("Business Checking", -80_00)],
        )
        .await;
        let mut tx = past_all_rules(kit, &cx).await;
        sqlx::query!(
            "update posting set amount = amount + 1, base_amount = amount + 1 where document_id = $1 and amount > 0",
            id
        )
        .execute(&mut *tx)
        .await
        .expect("it is forged");
        tx.commit().await.expect("it is forged");
        let findings = books_check(&cx).await.expect("the check runs");
        assert_eq!(findings[0].detail, format!("document {id} on 2026-03-02: off by 0.01"));
        assert_eq!(broken(&cx).await, ["postings_balance", "month_totals_are_lines"]);
    });
}

#[test]
fn an_altered_month_total_is_found_in_the_balance_sheets_from_then_on() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        sold_and_paid(&cx).await;
        let mut tx = past_all_rules(kit, &cx).await;
        let forged = sqlx::query!("update month_total set amount = amount + 5 where amount = 8000")
            .execute(&mut *tx)
            .await
            .expect("it is forged");
        assert_eq!(forged.rows_affected(), 1);
        tx.commit().await.expect("it is forged");
        let details: Vec<String> = books_check(&cx)
            .await
            .expect("the check runs")
            .into_iter()
            .map(|finding| finding.detail)
            .collect();
        assert_eq!(details[0], "2026-03-31: assets exceed liabilities and equity by 0.05");
        assert_eq!(broken(&cx).await, ["balance_sheet_balances", "month_totals_are_lines"]);
    });
}

#[test]
fn a_receivable_that_lost_its_open_item_is_found_by_its_customer() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        sold_and_paid(&cx).await;
        let mut tx = past_all_rules(kit, &cx).await;
        sqlx::query!("update posting set open_item_id = null where amount = 8000 and contact_id is not null")
            .execute(&mut *tx)
            .await
            .expect("it is forged");
        tx.commit().await.expect("it is forged");
        let findings = books_check(&cx).await.expect("the check runs");
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0].detail.ends_with(": 0.00 on the account, -80.00 open"),
            "{}",
            findings[0].detail
        );
        assert_eq!(broken(&cx).await, ["control_accounts_are_open_items"]);
    });
}

#[test]
fn a_skipped_number_is_found() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        sold_and_paid(&cx).await;
        let mut tx = past_all_rules(kit, &cx).await;
        sqlx::query!("update document set series_no = 7 where series_no = 2")
            .execute(&mut *tx)
            .await
            .expect("it is forged");
        tx.commit().await.expect("it is forged");
        let findings = books_check(&cx).await.expect("the check runs");
        assert_eq!(
            findings[0].detail,
            "journal_entry: 2 numbers from 1 to 7, the next one 3"
        );
        assert_eq!(broken(&cx).await, ["series_have_no_gaps"]);
    });
}

#[test]
fn an_accepted_bank_line_without_its_match_is_found() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let account = fixture::account(&cx, "Business Checking").await;
        let mut tx = past_all_rules(kit, &cx).await;
        let bank_account = sqlx::query_scalar!(
            "insert into bank_account (account_id) values ($1) returning id",
            account
        )
        .fetch_one(&mut *tx)
        .await
        .expect("it is forged");
        sqlx::query!(
            "insert into bank_line (bank_account_id, identity, posted_on, amount, amount_text, currency, state) values ($1, 'x', '2026-03-02', -500, '-5.00', 'USD', 'accepted')",
            bank_account
        )
        .execute(&mut *tx)
        .await
        .expect("it is forged");
        tx.commit().await.expect("it is forged");
        let findings = books_check(&cx).await.expect("the check runs");
        assert!(
            findings[0].detail.ends_with("(accepted): -5.00, matched 0.00"),
            "{}",
            findings[0].detail
        );
        assert_eq!(broken(&cx).await, ["matches_add_up"]);
    });
}
