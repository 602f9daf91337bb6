//! What must be closed in every cell's database before a single request is served.
//!
//! With `set_config` one injected expression changes company; `query_to_xml` and its like run a string as a statement; a temporary
//! table can stand in for a real one; a function of one's own runs as whoever calls it; a session's advisory lock outlives its
//! transaction. None of these is needed here, so all are taken from PUBLIC, and this looks whether they still are.

use std::fmt;

use sqlx::{AssertSqlSafe, PgPool};

use crate::{Error, Names};

/// The functions of `pg_catalog` that nobody but a superuser may call, as a condition on `pg_proc p`.
pub(crate) const CLOSED_FUNCTIONS: &str = r"p.pronamespace = 'pg_catalog'::regnamespace and (
    p.proname in ('set_config', 'pg_notify', 'ts_stat', 'loread', 'lowrite', 'pg_logical_emit_message')
    or p.proname like '%\_to\_xml%' or p.proname like 'lo\_%' or p.proname like 'dblink%'
    or p.oid = 'ts_rewrite(tsquery,text)'::regprocedure
    or p.proname ~ '^pg_(try_)?advisory_(lock|unlock)')";

/// The languages that nobody but the owners of the books and the record may write functions in.
pub(crate) const CLOSED_LANGUAGES: &str = "('plpgsql', 'sql')";

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
    let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select 'PUBLIC may call ' || p.oid::regprocedure from pg_proc p where {CLOSED_FUNCTIONS} and has_function_privilege(p.oid, 'execute')
         union all
         select 'PUBLIC may write functions in ' || l.lanname from pg_language l where l.lanname in {CLOSED_LANGUAGES} and has_language_privilege(l.oid, 'usage')
         union all
         select 'the login may make temporary tables' where has_database_privilege(current_database(), 'temp')
         union all
         select 'the login may make schemas' where has_database_privilege(current_database(), 'create')
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
