//! How much waits in the review lists, for the frame around every page.

use tenancy::{Capability, Cx};

use crate::Error;

/// How many bank lines nobody coded, matched or excluded yet, in all bank accounts together.
pub async fn review_count(cx: &Cx) -> Result<i64, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    // An account at a time, because the index begins with it.
    let count = sqlx::query_scalar!(
        r#"select coalesce(sum(l.n), 0)::bigint as "count!" from bank_account b cross join lateral
            (select count(*) as n from bank_line l where l.bank_account_id = b.id and l.state = 'new') l"#
    )
    .fetch_one(&mut *tx)
    .await?;
    Ok(count)
}
