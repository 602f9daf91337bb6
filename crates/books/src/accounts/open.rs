//! What is open on an account, which paying it would need the account for.

use tenancy::{Capability, Cx};

use crate::Error;

/// What is open on an account over all days.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct AccountOpen {
    /// Minor units, debit positive.
    pub amount: i64,
    /// How many open items.
    pub items: i64,
    /// How many customers or vendors they are with.
    pub contacts: i64,
}

/// What is open on an account: on one that is inactive, a payment of it could not be entered.
pub async fn account_open_get(cx: &Cx, id: i64) -> Result<AccountOpen, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(sqlx::query_as!(
        AccountOpen,
        r#"select coalesce(sum(t.open), 0)::bigint as "amount!", count(*) as "items!", count(distinct t.contact_id) as "contacts!"
           from open_item_total t where t.account_id = $1 and t.open <> 0"#,
        id
    )
    .fetch_one(&mut *tx)
    .await?)
}
