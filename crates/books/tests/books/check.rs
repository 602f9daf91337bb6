//! The check finds what is false, also where somebody went past every rule.

use books::check::{Rule, books_check};
use books::fiscal_years::fiscal_year_add;
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
        let cash = details
            .iter()
            .find(|detail| detail.contains("cash"))
            .expect("a finding of cash");
        assert_eq!(
            cash,
            "2026-01-01 to 2026-12-31: cash at the end exceeds that of the balance sheet by -0.05"
        );
        assert_eq!(
            broken(&cx).await,
            [
                "balance_sheet_balances",
                "cash_flow_ends_in_cash",
                "month_totals_are_lines"
            ]
        );
    });
}

#[test]
fn every_fiscal_year_ends_in_its_own_cash_whether_short_or_whole() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        for day in [date!(2024 - 07 - 04), date!(2025 - 07 - 04), date!(2026 - 07 - 04)] {
            fixture::post(&cx, day, &[("Business Checking", 70_00), ("Notes Payable", -70_00)]).await;
        }
        // A short year from the middle of one month to the middle of another.
        let (from, to) = (date!(2025 - 03 - 15), date!(2025 - 07 - 20));
        fiscal_year_add(&cx, from, to, "Other days", &fixture::key())
            .await
            .expect("a short year");
        assert_eq!(broken(&cx).await, Vec::<&str>::new());
        let mut tx = past_all_rules(kit, &cx).await;
        let checking = fixture::account(&cx, "Business Checking").await;
        sqlx::query!(
            "update month_total set amount = amount - 300 where month = '2024-07-01' and account_id = $1",
            checking
        )
        .execute(&mut *tx)
        .await
        .expect("it is forged");
        tx.commit().await.expect("it is forged");
        let findings = books_check(&cx).await.expect("the check runs");
        let cash: Vec<&str> = findings
            .iter()
            .filter(|finding| finding.rule == Rule::CashFlowEndsInCash)
            .map(|finding| finding.detail.as_str())
            .collect();
        // What moved in the forged year stands in the cash that every later year begins with, so the later ones end as they should.
        assert_eq!(
            cash,
            ["2024-01-01 to 2024-12-31: cash at the end exceeds that of the balance sheet by 3.00"]
        );
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
        let [account, item] = &findings[..] else {
            panic!("{findings:?}")
        };
        assert!(
            account.detail.ends_with(": 0.00 on the account, -80.00 open"),
            "{}",
            account.detail
        );
        assert!(item.detail.ends_with(": 80.00 kept, lines 0.00"), "{}", item.detail);
        assert_eq!(
            broken(&cx).await,
            ["control_accounts_are_open_items", "open_item_totals_are_lines"]
        );
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

#[test]
fn what_is_kept_of_an_open_item_is_compared_with_its_postings_and_its_due_date() {
    run(async |kit| {
        for forgery in [
            "update open_item_total set amount = amount + 1 where amount = 8000",
            "update open_item_total set due_on = due_on + 1 where amount = 8000",
            "update open_item_total set holds_from = holds_from - 1 where amount = 8000",
            "delete from open_item_total where amount = 8000",
        ] {
            let cx = fixture::company(kit, "Juniper Cycles").await;
            sold_and_paid(&cx).await;
            let mut tx = past_all_rules(kit, &cx).await;
            let forged = sqlx::raw_sql(forgery).execute(&mut *tx).await.expect("it is forged");
            assert!(forged.rows_affected() > 0, "{forgery}");
            tx.commit().await.expect("it is forged");
            assert_eq!(broken(&cx).await, ["open_item_totals_are_lines"], "{forgery}");
        }
    });
}
