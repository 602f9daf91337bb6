//! The floor that writing is measured against: the rows of a journal entry in the same tables without a single trigger.

use sqlx::{AssertSqlSafe, PgPool, query, raw_sql};
use tenancy::Cx;

use crate::Kit;

/// A schema with a company's tables, their indexes and checks, and nothing that acts.
#[derive(Debug)]
pub struct Floor {
    pool: PgPool,
    schema: String,
}

impl Floor {
    /// Copies the tables of a company that has its chart of accounts.
    pub async fn beside(kit: &Kit, cx: &Cx) -> Self {
        let pool = kit.superuser(cx).await;
        let from = cx.tenant().id.schema();
        let schema = format!("floor_{}", cx.tenant().id.uuid().simple());
        let mut sql = format!("create schema {schema};");
        for table in ["change", "company", "document", "revision", "document_line", "posting"] {
            sql.push_str(&format!(
                "create table {schema}.{table} (like {from}.{table} including all);"
            ));
        }
        sql.push_str(&format!("create table {schema}.tick (n bigint);"));
        sql.push_str(&format!("insert into {schema}.company select * from {from}.company"));
        raw_sql(AssertSqlSafe(sql))
            .execute(&pool)
            .await
            .expect("the floor is laid");
        Self { pool, schema }
    }

    /// One entry with these accounts and amounts, in a transaction of its own, with as few statements as `books` uses.
    pub async fn post_entry(&self, n: i64, lines: &[(i64, i64)]) {
        let accounts: Vec<i64> = lines.iter().map(|line| line.0).collect();
        let amounts: Vec<i64> = lines.iter().map(|line| line.1).collect();
        let opening = format!("begin; set local search_path = {}", self.schema);
        let mut tx = self
            .pool
            .begin_with(AssertSqlSafe(opening))
            .await
            .expect("a transaction");
        query(
            "insert into change (n, at, request_key, actor_kind, actor, role, request_id, xact)
             values ($1, now(), 'floor ' || $1, 'person', 'dana@junipercycles.example', 'admin', 'bench', pg_current_xact_id())",
        )
        .bind(n)
        .execute(&mut *tx)
        .await
        .expect("the change");
        let document: i64 = sqlx::query_scalar(
            "with d as (
                insert into document (kind, number, state, currency, source) values ('journal_entry', 'JE-' || $1, 'issued', 'USD', 'person') returning id
             ), r as (
                insert into revision (document_id, n, doc_date, total, made_in) select d.id, 1, '2026-03-02', 1, $1 from d returning id
             ), l as (
                insert into document_line (revision_id, line_no, position, account_id, amount)
                select r.id, u.n, u.n, u.account_id, u.amount from r, unnest($2::bigint[], $3::bigint[]) with ordinality as u (account_id, amount, n)
             )
             select id from d",
        )
        .bind(n)
        .bind(&accounts)
        .bind(&amounts)
        .fetch_one(&mut *tx)
        .await
        .expect("the document");
        query(
            "insert into posting (document_id, line_no, account_id, posted_on, amount, currency, base_amount, made_in)
             select $1, u.n, u.account_id, '2026-03-02', u.amount, 'USD', u.amount, $2
             from unnest($3::bigint[], $4::bigint[]) with ordinality as u (account_id, amount, n)",
        )
        .bind(document)
        .bind(n)
        .bind(&accounts)
        .bind(&amounts)
        .execute(&mut *tx)
        .await
        .expect("the postings");
        tx.commit().await.expect("committed");
    }

    /// The disk's commit: a transaction that inserts one row of one number.
    pub async fn commit_once(&self) {
        let insert = format!("insert into {}.tick values (1)", self.schema);
        raw_sql(AssertSqlSafe(insert)).execute(&self.pool).await.expect("a row");
    }
}
