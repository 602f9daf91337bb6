//! Roles that nobody in the company gave: the first admin's, and those that the operator gives to an e-mail address, before or
//! after its person has signed in.

use tenancy::{Actor, ControlTx, Role, Tenancy, TenantId};
use time::{Duration, OffsetDateTime};

use crate::{
    IdentityError, Person, PersonId,
    invitations::{WayIn, insert},
    people::{address, people_by_email, persons_role, role},
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
            request_key: None,
        };
        insert(&mut tx, tenant, role, way_in, actor, now).await?;
        Granted::AtSignIn
    };
    tx.commit().await?;
    Ok(granted)
}

/// Companies that one person may come into in a day, by opening or by invitation, and still open another.
pub const COMPANIES_A_DAY_MAX: i64 = 100;

/// Refuses a person who came into many companies today: each one opened is a schema that everybody's database carries.
///
/// # Errors
/// [`IdentityError::TooManyCompanies`].
pub async fn may_found(tenancy: &Tenancy, person: PersonId, now: OffsetDateTime) -> Result<(), IdentityError> {
    let mut tx = tenancy.control().await?;
    let today = sqlx::query_scalar!(
        r#"select count(*) as "count!" from membership where person_id = $1 and since > $2"#,
        person.uuid(),
        now - Duration::DAY
    )
    .fetch_one(&mut *tx)
    .await?;
    if today >= COMPANIES_A_DAY_MAX {
        return Err(IdentityError::TooManyCompanies);
    }
    Ok(())
}

/// Makes who opened a company its first admin. Made again, it changes nothing, so that an opening that was cut off is finished by
/// the same request.
///
/// # Errors
/// [`IdentityError::NoSuchCompany`] when somebody else is or was in the company: it is not theirs to found.
pub async fn membership_found(
    tenancy: &Tenancy,
    tenant: TenantId,
    person: PersonId,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    let mut tx = tenancy.control().await?;
    // The company's row is taken: of two who ask at once the second sees what the first did.
    sqlx::query_scalar!("select id from tenant where id = $1 for no key update", tenant.uuid())
        .fetch_optional(&mut *tx)
        .await?;
    sqlx::query!(
        "insert into membership (tenant_id, person_id, role, since, changed_at, changed_by)
         select $1, p.id, $3, $4, $4, p.email from person p
         where p.id = $2 and not exists (select from membership m where m.tenant_id = $1)",
        tenant.uuid(),
        person.uuid(),
        Role::Admin.code(),
        now
    )
    .execute(&mut *tx)
    .await?;
    let is_in = sqlx::query_scalar!(
        r#"select exists (select from membership where tenant_id = $1 and person_id = $2 and until is null) as "is_in!""#,
        tenant.uuid(),
        person.uuid()
    )
    .fetch_one(&mut *tx)
    .await?;
    if !is_in {
        return Err(IdentityError::NoSuchCompany);
    }
    Ok(tx.commit().await?)
}

/// The role that [`membership_grant`] left in a company for an address with which nobody has signed in yet.
pub async fn pending_role(
    tenancy: &Tenancy,
    tenant: TenantId,
    email: &str,
    now: OffsetDateTime,
) -> Result<Option<Role>, IdentityError> {
    let email = address(email).ok_or(IdentityError::NotAnAddress)?;
    let mut tx = tenancy.control().await?;
    let code = sqlx::query_scalar!(
        "select role from invitation
         where tenant_id = $1 and token_sha256 is null and lower(email) = lower($2)
            and used_at is null and revoked_at is null and expires_at > $3
         order by created_at desc limit 1",
        tenant.uuid(),
        email,
        now
    )
    .fetch_optional(&mut *tx)
    .await?;
    code.map(|code| role(&code)).transpose()
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
