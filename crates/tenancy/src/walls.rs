//! What must be closed in every cell's database before a single request is served.
//!
//! With `set_config` one injected expression changes company; `query_to_xml` and its like run a string as a statement; a temporary
//! table can stand in for a real one; a function of one's own runs as whoever calls it; an advisory lock
//! tells another company a number, and may outlive its transaction. None of these is needed here, so all are taken from PUBLIC, and this looks whether they still are.

use std::fmt;

use sqlx::{AssertSqlSafe, PgPool};

use crate::{Error, Names};

/// The functions that nobody but a superuser may call, as a condition on `pg_proc p`: of `pg_catalog` those named here, and of what
/// search is made of those that leave something behind, as `set_limit` a setting of the session.
pub(crate) const CLOSED_FUNCTIONS: &str = r"(p.pronamespace = to_regnamespace('trigram') and p.provolatile = 'v'
    or p.pronamespace = 'pg_catalog'::regnamespace and (
    p.proname in ('set_config', 'pg_notify', 'ts_stat', 'loread', 'lowrite', 'pg_logical_emit_message')
    or p.proname like '%\_to\_xml%' or p.proname like 'lo\_%' or p.proname like 'dblink%'
    or p.oid = 'ts_rewrite(tsquery,text)'::regprocedure
    or p.proname ~ '^pg_(try_)?advisory_'))";

/// The languages that nobody but the owners of the books and the record may write functions in, as a condition on
/// `pg_language l`: the others ask for a superuser anyway.
pub(crate) const CLOSED_LANGUAGES: &str = "l.lanpltrusted";

/// The schemas of companies, as a condition on `pg_namespace n`.
const COMPANY_SCHEMAS: &str = "n.nspname ~ '^t_[0-9a-f]{32}$'";

/// Something that stands open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach(String);

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Looks at a cell's database as the login of one of its sub-pools. Empty is what it should be.
pub async fn check_walls(pool: &PgPool, names: &Names) -> Result<Vec<Breach>, Error> {
    let mut found = around(pool, names).await?;
    found.extend(inside(pool, names).await?);
    Ok(found)
}

/// What the login may do, and what everybody may.
pub(crate) async fn around(pool: &PgPool, names: &Names) -> Result<Vec<Breach>, Error> {
    let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select 'PUBLIC may call ' || p.oid::regprocedure from pg_proc p where {CLOSED_FUNCTIONS} and has_function_privilege(p.oid, 'execute')
         union all
         select 'PUBLIC may write functions in ' || l.lanname from pg_language l where {CLOSED_LANGUAGES} and has_language_privilege(l.oid, 'usage')
         union all
         select 'the login may make temporary tables' where has_database_privilege(current_database(), 'temp')
         union all
         select 'the login may make schemas' where has_database_privilege(current_database(), 'create')
         union all
         select 'the login may make things in schema ' || n.nspname from pg_namespace n where has_schema_privilege(n.oid, 'create')
         union all
         select 'the login may enter the control database' from pg_database d where d.datname = $1 and has_database_privilege(d.oid, 'connect')
         union all
         select 'the login has more than a login needs' from pg_roles r
         where r.rolname = current_user and (r.rolsuper or r.rolinherit or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls)
         union all
         select 'the login belongs to ' || g.rolname from pg_auth_members m
         join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid
         where r.rolname = current_user and g.rolname !~ '^t_[0-9a-f]{{32}}$'
         union all
         select 'the login owns ' || c.oid::regclass from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user
         union all
         select 'the login has grants of its own on ' || c.oid::regclass from pg_class c cross join lateral aclexplode(c.relacl) a
         join pg_roles r on r.oid = a.grantee where r.rolname = current_user"
    )))
    .bind(names.control_database())
    .fetch_all(pool)
    .await?;
    Ok(found.into_iter().map(Breach).collect())
}

/// What the companies' schemas and roles let others do: a schema's things belong to the owners of the books and of the
/// record, and nobody has a grant on them but these two and the company's own role; that role has no powers, belongs to
/// no other, and is lent to the login of one sub-pool alone. Whoever asks, the answer is the cell's.
pub(crate) async fn inside(pool: &PgPool, names: &Names) -> Result<Vec<Breach>, Error> {
    let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "with company as (
             select n.oid, n.nspname, n.nspowner, n.nspacl, r.oid as role from pg_namespace n left join pg_roles r on r.rolname = n.nspname
             where {COMPANY_SCHEMAS}
         ), owner as (
             select oid from pg_roles where rolname in ($1, $2)
         ), thing as (
             select c.role, c.nspname as what, c.nspowner as owner, c.nspacl as acl from company c
             union all
             select c.role, format('%I.%I', c.nspname, t.relname), t.relowner, t.relacl from company c join pg_class t on t.relnamespace = c.oid
             union all
             select c.role, format('%I.%I.%I', c.nspname, t.relname, a.attname), t.relowner, a.attacl
             from company c join pg_class t on t.relnamespace = c.oid join pg_attribute a on a.attrelid = t.oid where a.attacl is not null
             union all
             select c.role, format('%I.%I', c.nspname, p.proname), p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
             from company c join pg_proc p on p.pronamespace = c.oid
         )
         select format('%s may use %s', coalesce(r.rolname, 'PUBLIC'), t.what) from thing t cross join lateral aclexplode(t.acl) a
         left join pg_roles r on r.oid = a.grantee
         where a.grantee is distinct from t.role and a.grantee not in (select oid from owner)
         union all
         select format('%s is not owned by the books or the record', t.what) from thing t where t.owner not in (select oid from owner)
         union all
         select format('%s has more than a company''s role needs', r.rolname) from company c join pg_roles r on r.oid = c.role
         where r.rolcanlogin or r.rolsuper or r.rolinherit or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
         union all
         select format('%s belongs to %s', c.nspname, g.rolname) from company c join pg_auth_members m on m.member = c.role
         join pg_roles g on g.oid = m.roleid
         union all
         select format('%s is lent to %s', c.nspname, string_agg(r.rolname, ', ' order by r.rolname)) from company c
         join pg_auth_members m on m.roleid = c.role join pg_roles r on r.oid = m.member
         group by c.nspname having count(*) > 1 or bool_or(m.admin_option) or bool_or(not r.rolcanlogin)"
    )))
    .bind(names.ledger())
    .bind(names.audit())
    .fetch_all(pool)
    .await?;
    Ok(found.into_iter().map(Breach).collect())
}
