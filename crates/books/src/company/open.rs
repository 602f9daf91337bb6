//! Opening a company: a schema out of stock, its books set up, and only then active.

use tenancy::{Actor, NewTenant, RequestKey, Role, Tenancy, TenantRef};

use super::{NewCompany, SET_UP_KEY, checked, company_set_up};
use crate::Error;

/// Opens a company and sets up its books. What was cut off half-way is finished by the same request made again: until then
/// nobody can enter the company.
///
/// # Errors
/// `Invalid` as [`company_set_up`], before anything is taken out of stock; `NoStock` when no schema is ready.
pub async fn company_open(
    tenancy: &Tenancy,
    actor: &Actor,
    role: Role,
    new: &NewCompany,
    key: &RequestKey,
) -> Result<TenantRef, Error> {
    checked(&new.name, &new.time_zone, new.fiscal_year_first_month)?;
    let tenant = tenancy
        .claim(&NewTenant {
            name: new.name.clone(),
            request_key: key.clone(),
        })
        .await?;
    let cx = tenancy.cx(tenant.clone(), actor.clone(), role, key.as_str().to_owned());
    company_set_up(&cx, new, &RequestKey::parse(SET_UP_KEY)?).await?;
    tenancy.activate(tenant.id).await?;
    Ok(tenant)
}
