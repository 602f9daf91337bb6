//! An import undone whole.

use books::bank_accounts::bank_account_list;
use books::locks::lock_set;
use books::review::{LineState, line_exclude, line_transfer, line_undo};
use books::statements::{StatementUndone, statement_import_list, statement_undo, statement_undo_plan};
use tenancy::RequestKey;

use super::*;
use crate::fixture;

const OCTOBER: [Transaction<'_>; 3] = [
    ("20261001", "-42.50", "a1", "Corner Hardware"),
    ("20261002", "1200.00", "a2", "Deposit"),
    ("20261003", "-9.999", "a3", "Fraction"),
];

async fn states(cx: &Cx, bank: i64) -> Vec<LineState> {
    lines(cx, bank).await.into_iter().map(|line| line.state).collect()
}

#[test]
fn an_import_undone_takes_its_own_stated_balance_along_and_no_other() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let statement_of = |balance: &str, day: &str, id: &str| {
            let lines = [(day, "-1.00", id, "A line")];
            file(&[account_statement(
                "900100200300",
                "USD",
                &balance_of(balance, day),
                &lines,
            )])
        };
        let october = import(&cx, "Business Checking", statement_of("10.00", "20261031", "o1")).await;
        let november = import(&cx, "Business Checking", statement_of("8.00", "20261115", "n1")).await;
        // Later, but of an earlier day: what the bank said last stays shown.
        import(&cx, "Business Checking", statement_of("12.00", "20261001", "l1")).await;
        let stated = async || bank_account_list(&cx).await.expect("a list")[0].stated_balance;
        assert_eq!(stated().await, Some(8_00));
        for (undone, left) in [(october, Some(8_00)), (november, None)] {
            statement_undo(&cx, undone.import_id.expect("an import"), &RequestKey::fresh())
                .await
                .expect("undone");
            assert_eq!(stated().await, left);
        }
    });
}

#[test]
fn an_import_undone_leaves_no_trace_in_the_balances_and_can_be_made_again() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let october = || {
            file(&[account_statement(
                "900100200300",
                "USD",
                &balance_of("7.00", "20261003"),
                &OCTOBER,
            )])
        };
        let first = import(&cx, "Business Checking", october()).await;
        let (bank, import_id) = (bank_account(&first), first.import_id.expect("an import"));
        code(&cx, bank, "Corner Hardware", "Supplies").await;
        let deposit = line(&cx, bank, "Deposit").await.id;
        line_exclude(&cx, deposit, &RequestKey::fresh())
            .await
            .expect("excluded");

        let plan = statement_undo_plan(&cx, import_id).await.expect("a plan");
        let to_void: Vec<_> = plan
            .documents
            .iter()
            .map(|d| (d.name.as_str(), d.amount_text.as_str()))
            .collect();
        assert_eq!(
            (plan.line_count, to_void, plan.problems.len()),
            (3, vec![("Corner Hardware", "-42.50")], 0)
        );
        let undone = statement_undo(&cx, import_id, &RequestKey::fresh())
            .await
            .expect("undone");
        assert_eq!(
            undone,
            StatementUndone {
                withdrawn_lines: 3,
                voided_documents: 1
            }
        );
        assert_eq!(states(&cx, bank).await, [LineState::Withdrawn; 3]);
        assert_eq!(
            (
                balance(&cx, "Business Checking").await,
                document_count(&cx, "void").await
            ),
            (0, 1)
        );
        assert_eq!(bank_account_list(&cx).await.expect("a list")[0].stated_balance, None);
        assert_eq!(
            told(statement_undo(&cx, import_id, &RequestKey::fresh()).await),
            [": This import was undone already."]
        );

        let second = import(&cx, "Business Checking", october()).await;
        assert_eq!(new_known_doubtful(&second), [2, 0, 1]);
        assert_eq!(
            states(&cx, bank).await,
            [LineState::New, LineState::New, LineState::Doubtful]
        );
        let listed = statement_import_list(&cx).await.expect("a list");
        let shown: Vec<_> = listed
            .iter()
            .map(|import| (Some(import.id), import.undone, import.accounts.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                (second.import_id, false, "1000 Business Checking"),
                (first.import_id, true, "")
            ]
        );
    });
}

#[test]
fn an_import_is_not_undone_over_a_document_that_somebody_changed() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let first = import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await;
        let (bank, import_id) = (bank_account(&first), first.import_id.expect("an import"));
        let expense = code(&cx, bank, "Corner Hardware", "Supplies").await;
        code(&cx, bank, "Deposit", "Sales of Services").await;
        revise(&cx, expense).await;
        let hardware = line(&cx, bank, "Corner Hardware").await.id;
        let refused = told(statement_undo(&cx, import_id, &RequestKey::fresh()).await);
        let listed = format!(
            "lines.{hardware}: Oct 1, 2026, Corner Hardware, -42.50: somebody changed the expense that was made of it (number \
             {expense} in the books). Undo this line by itself first: what was changed then stays."
        );
        assert_eq!(refused, [listed]);
        let plan = statement_undo_plan(&cx, import_id).await.expect("a plan");
        assert_eq!(
            told::<()>(Err(Error::Invalid(plan.problems))),
            refused,
            "the plan says it before"
        );
        assert_eq!(balance(&cx, "Business Checking").await, 115_750, "nothing was undone");

        line_undo(&cx, hardware, &RequestKey::fresh())
            .await
            .expect("undone by itself");
        let undone = statement_undo(&cx, import_id, &RequestKey::fresh())
            .await
            .expect("undone");
        assert_eq!(
            undone,
            StatementUndone {
                withdrawn_lines: 3,
                voided_documents: 1
            }
        );
        assert_eq!(
            balance(&cx, "Business Checking").await,
            -4250,
            "what somebody changed stays"
        );
    });
}

#[test]
fn an_import_is_not_undone_inside_a_locked_period() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let first = import(&cx, "Business Checking", statement("900100200300", &OCTOBER)).await;
        let (bank, import_id) = (bank_account(&first), first.import_id.expect("an import"));
        code(&cx, bank, "Corner Hardware", "Supplies").await;
        code(&cx, bank, "Deposit", "Sales of Services").await;
        lock_set(
            &cx,
            Some(day("10/01/2026")),
            "The first is closed",
            &RequestKey::fresh(),
        )
        .await
        .expect("locked");
        let refused = told(statement_undo(&cx, import_id, &RequestKey::fresh()).await);
        assert_eq!(refused.len(), 1, "{refused:?}");
        assert!(
            refused[0].contains("lies in a period that is locked through Oct 1, 2026"),
            "{refused:?}"
        );
        lock_set(&cx, None, "Opened again", &RequestKey::fresh())
            .await
            .expect("opened");
        statement_undo(&cx, import_id, &RequestKey::fresh())
            .await
            .expect("undone");
    });
}

#[test]
fn what_a_line_was_matched_to_and_did_not_make_stays() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let out = import(
            &cx,
            "Business Checking",
            statement("900100200300", &[("20261001", "-500.00", "o", "Out")]),
        )
        .await;
        let back = import(
            &cx,
            "Business Savings",
            statement("900100200301", &[("20261003", "500.00", "i", "In")]),
        )
        .await;
        let out_line = line(&cx, bank_account(&out), "Out").await.id;
        let in_line = line(&cx, bank_account(&back), "In").await.id;
        line_transfer(
            &cx,
            out_line,
            account(&cx, "Business Savings").await,
            &RequestKey::fresh(),
        )
        .await
        .expect("made");
        line_transfer(
            &cx,
            in_line,
            account(&cx, "Business Checking").await,
            &RequestKey::fresh(),
        )
        .await
        .expect("matched");
        let undone = statement_undo(&cx, out.import_id.expect("an import"), &RequestKey::fresh())
            .await
            .expect("undone");
        assert_eq!(
            undone,
            StatementUndone {
                withdrawn_lines: 1,
                voided_documents: 0
            }
        );
        assert_eq!(
            balance(&cx, "Business Savings").await,
            50_000,
            "the savings account's bank still says so"
        );
        let undone = statement_undo(&cx, back.import_id.expect("an import"), &RequestKey::fresh())
            .await
            .expect("undone");
        assert_eq!(undone.voided_documents, 1);
        assert_eq!(balance(&cx, "Business Savings").await, 0);
    });
}
