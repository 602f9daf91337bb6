//! A small company with a record, and a superuser who can do anything to it.

use sqlx::AssertSqlSafe;
use tenancy::{Capability, Cx, Opened, RequestKey, TenantTx, Write};
use testkit::Kit;

/// A company with two accounts and a customer, made in three changes; the second account was renamed in the third.
pub async fn juniper(kit: &Kit) -> Cx {
    let cx = kit.company("Juniper Cycles").await;
    commit(
        &cx,
        &[
            "insert into company (name, entity_type, currency, time_zone, basis, fiscal_year_first_month)
             values ('Juniper Cycles', 'llc', 'USD', 'America/Denver', 'accrual', 1)",
            "insert into account (number, name, type, currency) values ('1000', 'Checking', 'bank', 'USD'), ('6000', 'Rent', 'expense', 'USD')",
        ],
    )
    .await;
    commit(
        &cx,
        &["insert into contact (name, customer, vendor) values ('Café \"Nord\" & Sons', true, false)"],
    )
    .await;
    commit(&cx, &["update account set name = 'Shop rent' where name = 'Rent'"]).await;
    cx
}

/// A new change of the company.
pub async fn change(cx: &Cx) -> TenantTx<Write> {
    match cx
        .write(Capability::Documents, &RequestKey::fresh())
        .await
        .expect("a change")
    {
        Opened::Change(tx) => tx,
        Opened::Repeated(_) => panic!("a fresh key was used before"),
    }
}

/// Runs statements in one change and keeps it.
pub async fn commit(cx: &Cx, statements: &[&'static str]) {
    let mut tx = change(cx).await;
    for statement in statements {
        sqlx::query(*statement).execute(&mut *tx).await.expect(statement);
    }
    tx.commit(&()).await.expect("committed");
}

/// Runs text as a superuser on the company's schema.
pub async fn tamper(kit: &Kit, cx: &Cx, sql: &str) {
    let pool = kit.superuser(cx).await;
    let schema = cx.tenant().id.schema();
    sqlx::raw_sql(AssertSqlSafe(format!(
        "begin; set local search_path = {schema}; {sql}; commit"
    )))
    .execute(&pool)
    .await
    .expect("a superuser can");
    pool.close().await;
}

/// Runs text as a superuser with a table's triggers turned off, and turns them on again as they were.
pub async fn tamper_unseen(kit: &Kit, cx: &Cx, table: &str, sql: &str) {
    let on = format!(
        "do $$ declare t name; begin
             for t in select tgname from pg_trigger where tgrelid = '{table}'::regclass and not tgisinternal loop
                 execute format('alter table {table} enable always trigger %I', t);
             end loop;
         end $$"
    );
    tamper(
        kit,
        cx,
        &format!("alter table {table} disable trigger user; {sql}; {on}"),
    )
    .await;
}
