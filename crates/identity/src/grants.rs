//! Roles that the operator gives to an e-mail address, before or after its person has signed in.

use tenancy::{Actor, ControlTx, Role, Tenancy, TenantId};
use time::OffsetDateTime;

use crate::{
    IdentityError, Person,
    invitations::{WayIn, insert},
    people::{address, people_by_email, persons_role},
};

/// What [`membership_grant`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granted {
    /// The person is known and in the company.
    Now,
    /// The person is let in when they next sign in.
    AtSignIn,
}

/// Gives a role to whoever has an e-mail address, for the operator (`company create --admin`). A known person, the only one with
/// the address verified, has it at once, also in place of another role.
///
/// Somebody who never signed in is only an address yet. A membership cannot be made of that: it would have to invent a person, and
/// whoever later came with the address from any provider would be taken for them. So it becomes an invitation without a link, bound
/// to the address, and the first sign-in whose provider says that the address is verified takes it. Like every invitation it is
/// listed, can be withdrawn, and ends after seven days.
pub async fn membership_grant(
    tenancy: &Tenancy,
    tenant: TenantId,
    email: &str,
    role: Role,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<Granted, IdentityError> {
    let role = persons_role(role)?;
    let email = address(email).ok_or(IdentityError::NotAnAddress)?;
    let mut tx = tenancy.control().await?;
    let known = people_by_email(&mut tx, &email).await?;
    let granted = if let [person] = known.as_slice() {
        sqlx::query!(
            "insert into membership as m (tenant_id, person_id, role, since, changed_at, changed_by) values ($1, $2, $3, $4, $4, $5)
             on conflict (tenant_id, person_id) where until is null do update
             set role = excluded.role, changed_at = excluded.changed_at, changed_by = excluded.changed_by",
            tenant.uuid(),
            person.id.uuid(),
            role.code(),
            now,
            actor.name
        )
        .execute(&mut *tx)
        .await?;
        Granted::Now
    } else {
        let way_in = WayIn {
            token: None,
            email: Some(email),
        };
        insert(&mut tx, tenant, role, way_in, actor, now).await?;
        Granted::AtSignIn
    };
    tx.commit().await?;
    Ok(granted)
}

/// Takes up what [`membership_grant`] left for a person's verified address. A role they have already stays as it is.
pub(crate) async fn take_granted(
    tx: &mut ControlTx,
    person: &Person,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    sqlx::query!(
        "with taken as (
            update invitation set used_at = $2, used_by = $1
            where token_sha256 is null and lower(email) = lower($3) and used_at is null and revoked_at is null and expires_at > $2
            returning tenant_id, role, invited_by, created_at
         )
         insert into membership (tenant_id, person_id, role, since, changed_at, changed_by)
         select distinct on (tenant_id) tenant_id, $1, role, $2, $2, invited_by from taken order by tenant_id, created_at desc
         on conflict (tenant_id, person_id) where until is null do nothing",
        person.id.uuid(),
        now,
        person.email
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
