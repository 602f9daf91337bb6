//! Customers, vendors and accounts by name: those that begin with the text first, then those with a word that does, then those that
//! hold it, and at last those that are written much like it.

use ledger::accounts::AccountType;
use tenancy::{Read, TenantTx};

use super::{FoundAccount, FoundContact, SEARCH_GROUP_MAX};
use crate::Error;
use crate::fields::known;
use crate::words::Sought;

pub(super) async fn contacts(tx: &mut TenantTx<Read>, sought: &Sought) -> Result<Vec<FoundContact>, Error> {
    let mut found = sqlx::query_as!(
        FoundContact,
        "select id, name, customer, vendor, active from contact
         where name ilike $1
         order by case when starts_with(lower(name), $2) then 0 when strpos(lower(name), ' ' || $2) > 0 then 1 else 2 end,
            active desc, lower(name), id limit $3",
        sought.within_or_beginning(),
        sought.from,
        SEARCH_GROUP_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    let left = SEARCH_GROUP_MAX - found.len() as i64;
    if let Some(pattern) = sought.pattern.as_deref().filter(|_| left > 0) {
        let alike = sqlx::query_as!(
            FoundContact,
            "select id, name, customer, vendor, active from contact
             where $1 operator(trigram.<%) name and name not ilike $2
             order by trigram.word_similarity($1, name) desc, active desc, lower(name), id limit $3",
            sought.text,
            pattern,
            left
        )
        .fetch_all(&mut **tx)
        .await?;
        found.extend(alike);
    }
    Ok(found)
}

pub(super) async fn accounts(tx: &mut TenantTx<Read>, sought: &Sought) -> Result<Vec<FoundAccount>, Error> {
    // A chart is short: it is looked through whole.
    let rows = sqlx::query!(
        r#"with ranked as (
            select a.id, a.number, a.name, p.name as parent, a.type as account_type, a.active,
                case when starts_with(a.number, $2) or starts_with(lower(a.name), $2) then 0
                     when strpos(lower(a.name), ' ' || $2) > 0 then 1
                     when a.name ilike $1 then 2
                     when $4 and $3 operator(trigram.<%) a.name then 3 end as rank
            from account a left join account p on p.id = a.parent_id where a.merged_into is null
        )
        select id, number, name, parent as "parent?", account_type, active from ranked
        where rank is not null order by rank, active desc, number, lower(name), id limit $5"#,
        sought.within_or_beginning(),
        sought.from,
        sought.text,
        sought.pattern.is_some(),
        SEARCH_GROUP_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(FoundAccount {
                id: row.id,
                number: row.number,
                name: row.name,
                parent: row.parent,
                account_type: known(AccountType::parse(&row.account_type))?,
                active: row.active,
            })
        })
        .collect()
}
