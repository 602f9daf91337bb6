//! How much waits in the review lists, for the frame around every page.

use tenancy::{Capability, Cx};

use crate::Error;

/// Most waiting lines that the frame counts, which does so on every page; Home and Banking count them all.
pub const REVIEW_COUNT_MAX: u32 = 999;

/// How many bank lines nobody coded, matched or excluded yet, in all bank accounts together; one more than [`REVIEW_COUNT_MAX`] where
/// there are more than that.
pub async fn review_count(cx: &Cx) -> Result<u32, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    // An account at a time, because the index begins with it.
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select from bank_account b cross join lateral
                   (select from bank_line l where l.bank_account_id = b.id and l.state = 'new' limit $1) l limit $1) waiting"#,
        i64::from(REVIEW_COUNT_MAX) + 1
    )
    .fetch_one(&mut *tx)
    .await?;
    Ok(u32::try_from(count).unwrap_or(REVIEW_COUNT_MAX + 1))
}
