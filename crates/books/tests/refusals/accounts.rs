//! What cannot become of an account: a type across the statements, a circle, a merge of what must stay, and whose hand may try.

use tenancy::RefusalCode::{AccountRule, Constraint, NotPermitted};
use tenancy::{Capability, Opened, RefusalCode, RequestKey, Role};
use testkit::Kit;

use crate::fixture::{Books, CHECKING, CLOSED, EURO, PAYABLE, RECEIVABLE, RENT, SAVINGS, UNDEPOSITED, run};

fn retype(account: i64, to: &str) -> String {
    format!("update account set type = '{to}' where id = {account}")
}

fn merge(account: i64, into: i64) -> String {
    format!("update account set merged_into = {into}, active = false where id = {account}")
}

/// What somebody's try at a statement got; nothing of it is kept.
async fn tried(kit: &Kit, books: &Books, role: Role, statement: &str) -> Option<RefusalCode> {
    let cx = kit.with_role(&books.cx, role);
    let opened = cx.write(Capability::Documents, &RequestKey::fresh()).await;
    let Opened::Change(mut tx) = opened.expect("a change") else {
        panic!("a fresh key was used before");
    };
    let error = run(&mut tx, statement).await.err()?;
    Some(error.refusal().expect("a refusal").code)
}

/// Books with Office and, below it, Paper; both expenses, as Rent is.
async fn with_office(kit: &'static Kit) -> (Books, i64, i64) {
    let books = Books::new(kit).await;
    books
        .write("insert into account (name, type, currency) values ('Office', 'expense', 'USD')")
        .await;
    let office = books.number("select id from account where name = 'Office'").await;
    books
        .write(&format!(
            "insert into account (name, type, currency, parent_id) values ('Paper', 'expense', 'USD', {office})"
        ))
        .await;
    let paper = books.number("select id from account where name = 'Paper'").await;
    (books, office, paper)
}

#[test]
fn a_type_crosses_neither_the_statements_nor_open_items() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        for to in ["fixed_asset", "equity", "bank", "accounts_payable"] {
            books.refused(&retype(RENT, to), AccountRule).await;
        }
        books.refused(&retype(SAVINGS, "expense"), AccountRule).await;
        books
            .refused(&retype(SAVINGS, "accounts_receivable"), AccountRule)
            .await;
        books
            .refused(&retype(RECEIVABLE, "other_current_asset"), AccountRule)
            .await;
        books.refused(&retype(PAYABLE, "credit_card"), AccountRule).await;
        books.allowed(&retype(RENT, "other_expense")).await;
        books.allowed(&retype(SAVINGS, "equity")).await;
    });
}

#[test]
fn a_system_account_is_neither_retyped_nor_merged_away() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books.refused(&retype(UNDEPOSITED, "bank"), AccountRule).await;
        books
            .write("insert into account (name, type, currency) values ('Drawer', 'other_current_asset', 'USD')")
            .await;
        let drawer = books.number("select id from account where name = 'Drawer'").await;
        books.refused(&merge(UNDEPOSITED, drawer), AccountRule).await;
        books.allowed(&merge(drawer, UNDEPOSITED)).await;
        books
            .allowed(&format!("update account set name = 'Till' where id = {UNDEPOSITED}"))
            .await;
    });
}

#[test]
fn receivable_and_payable_accounts_and_those_of_a_bank_are_not_merged_away() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        books
            .write(
                "insert into account (name, type, currency) values ('Wholesale', 'accounts_receivable', 'USD'), ('Freight', 'accounts_payable', 'USD')",
            )
            .await;
        let wholesale = books.number("select id from account where name = 'Wholesale'").await;
        let freight = books.number("select id from account where name = 'Freight'").await;
        books.refused(&merge(wholesale, RECEIVABLE), AccountRule).await;
        books.refused(&merge(freight, PAYABLE), AccountRule).await;
        books.refused(&merge(CHECKING, SAVINGS), AccountRule).await;
        books
            .refused(&retype(CHECKING, "other_current_asset"), AccountRule)
            .await;
        books.allowed(&retype(CHECKING, "credit_card")).await;
        books.allowed(&merge(SAVINGS, CHECKING)).await;
    });
}

#[test]
fn a_merge_needs_the_same_type_and_currency_and_a_target_in_use() {
    testkit::run(async |kit| {
        let (books, office, paper) = with_office(kit).await;
        books.refused(&merge(RENT, SAVINGS), AccountRule).await;
        books.refused(&merge(SAVINGS, EURO), AccountRule).await;
        books.refused(&merge(RENT, CLOSED), AccountRule).await;
        books.refused(&merge(office, RENT), AccountRule).await;
        books
            .refused(
                &format!("update account set merged_into = {RENT} where id = {paper}"),
                Constraint,
            )
            .await;
        books.refused(&merge(RENT, RENT), Constraint).await;
        books.write(&merge(paper, office)).await;
        books.allowed(&merge(office, RENT)).await;
    });
}

#[test]
fn merges_and_parents_go_in_no_circle() {
    testkit::run(async |kit| {
        let (books, office, paper) = with_office(kit).await;
        books
            .refused(
                &format!("update account set parent_id = {paper} where id = {office}"),
                AccountRule,
            )
            .await;
        books
            .refused(
                &format!("update account set parent_id = case id when {office} then {RENT} else {office} end where id in ({office}, {RENT})"),
                AccountRule,
            )
            .await;
        books
            .refused(
                &format!("update account set parent_id = {office} where id = {office}"),
                Constraint,
            )
            .await;
        books.write(&merge(paper, RENT)).await;
        books.refused(&merge(RENT, paper), AccountRule).await;
        // Both at once: each is the other's target, and neither is in use.
        books
            .refused(
                &format!("update account set active = false, merged_into = case id when {CLOSED} then {RENT} else {CLOSED} end where id in ({CLOSED}, {RENT})"),
                AccountRule,
            )
            .await;
    });
}

#[test]
fn a_subaccount_has_its_parents_type_and_moves_only_along_with_it() {
    testkit::run(async |kit| {
        let (books, office, paper) = with_office(kit).await;
        books.refused(&retype(office, "other_expense"), AccountRule).await;
        books.refused(&retype(paper, "other_expense"), AccountRule).await;
        books
            .refused(
                &format!("update account set parent_id = {SAVINGS} where id = {paper}"),
                AccountRule,
            )
            .await;
        books
            .refused(
                &format!(
                    "insert into account (name, type, currency, parent_id) values ('Ink', 'income', 'USD', {office})"
                ),
                AccountRule,
            )
            .await;
        books
            .allowed(&format!(
                "update account set type = 'other_expense' where id in ({office}, {paper})"
            ))
            .await;
    });
}

#[test]
fn what_was_merged_keeps_the_type_of_what_took_it_in() {
    testkit::run(async |kit| {
        let (books, _, paper) = with_office(kit).await;
        books
            .write(&format!("update account set parent_id = null where id = {paper}"))
            .await;
        books.write(&merge(paper, RENT)).await;
        books.refused(&retype(RENT, "other_expense"), AccountRule).await;
        books.refused(&retype(paper, "other_expense"), AccountRule).await;
        books
            .allowed(&format!(
                "update account set type = 'other_expense' where id in ({RENT}, {paper})"
            ))
            .await;
        books
            .refused(
                &format!("update account set active = true where id = {paper}"),
                Constraint,
            )
            .await;
    });
}

#[test]
fn an_editor_rearranges_no_accounts() {
    testkit::run(async |kit| {
        let (books, office, paper) = with_office(kit).await;
        for statement in [
            retype(RENT, "other_expense"),
            merge(RENT, office),
            format!("update account set parent_id = {office} where id = {RENT}"),
        ] {
            assert_eq!(
                tried(kit, &books, Role::Editor, &statement).await,
                Some(NotPermitted),
                "{statement}"
            );
            assert_eq!(
                tried(kit, &books, Role::Accountant, &statement).await,
                None,
                "{statement}"
            );
        }
        let rename = format!("update account set name = 'Sheets' where id = {paper}");
        assert_eq!(tried(kit, &books, Role::Editor, &rename).await, None);
    });
}

/// Expenses `Row 0`, `Row 1` and so on, by their ids.
async fn row_of(books: &Books, length: i64) -> Vec<i64> {
    books
        .write(&format!(
            "insert into account (name, type, currency) select 'Row ' || n, 'expense', 'USD' from generate_series(0, {length} - 1) n order by n"
        ))
        .await;
    let first = books.number("select id from account where name = 'Row 0'").await;
    (first..first + length).collect()
}

#[test]
fn no_order_of_merging_makes_more_than_fifty_in_a_row() {
    testkit::run(async |kit| {
        let books = Books::new(kit).await;
        let row = row_of(&books, 52).await;
        for pair in row[..=50].windows(2) {
            books.write(&merge(pair[0], pair[1])).await;
        }
        books.refused(&merge(row[50], row[51]), AccountRule).await;
        // Nor does a branch that comes in from the side, or several at once.
        let apart = format!(
            "update account set merged_into = null, active = true where id = {}",
            row[25]
        );
        books.write(&apart).await;
        books.refused(&merge(row[25], row[0]), AccountRule).await;
        books.allowed(&merge(row[25], row[50])).await;
        books
            .refused(
                &format!(
                    "{apart}; update account set active = false, merged_into = case id when {} then {} else {} end where id in ({}, {})",
                    row[25], row[26], row[51], row[25], row[50]
                ),
                AccountRule,
            )
            .await;
    });
}

#[test]
fn nothing_is_put_below_or_connected_to_an_account_that_was_merged_away() {
    testkit::run(async |kit| {
        let (books, office, paper) = with_office(kit).await;
        books.write(&merge(SAVINGS, CHECKING)).await;
        let connect = |account: i64| format!("insert into bank_account (account_id) values ({account})");
        books.refused(&connect(SAVINGS), AccountRule).await;
        books.write(&merge(paper, office)).await;
        books.write(&merge(office, RENT)).await;
        books
            .refused(
                &format!(
                    "insert into account (name, type, currency, parent_id) values ('Pens', 'expense', 'USD', {office})"
                ),
                AccountRule,
            )
            .await;
        books
            .write("insert into account (name, type, currency) values ('Pens', 'expense', 'USD')")
            .await;
        let pens = books.number("select id from account where name = 'Pens'").await;
        books
            .refused(
                &format!("update account set parent_id = {office} where id = {pens}"),
                AccountRule,
            )
            .await;
        // Its parent was merged away meanwhile: whoever undoes the merge of Paper undoes that of Office first.
        let undo = |account: i64| format!("update account set merged_into = null, active = true where id = {account}");
        books.refused(&undo(paper), AccountRule).await;
        books.allowed(&format!("{}; {}", undo(office), undo(paper))).await;
        books.allowed(&connect(EURO)).await;
    });
}
