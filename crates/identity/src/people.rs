//! People, and what they are in which company.

use std::fmt;

use serde::{Deserialize, Serialize};
use tenancy::{Actor, ActorKind, Capability, ControlTx, Cx, Role, Tenancy, TenantId, TenantRef};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    IdentityError,
    invitations::{withdraw_addressed_to, withdraw_made_by},
};

/// A person's id.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(Uuid);

impl PersonId {
    /// The id as a UUID, for a bind.
    pub fn uuid(self) -> Uuid {
        self.0
    }
}

impl From<Uuid> for PersonId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Somebody who has signed in at least once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id here.
    pub id: PersonId,
    /// The address the provider last gave.
    pub email: String,
    /// Whether the provider itself said that the address is theirs.
    pub email_verified: bool,
    /// The name the provider last gave.
    pub name: String,
}

/// A company that somebody may enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its name in addresses.
    pub slug: String,
    /// Its name as people write it.
    pub name: String,
    /// As what.
    pub role: Role,
}

/// Somebody in a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// As what they are in.
    pub role: Role,
    /// Since when.
    pub since: OffsetDateTime,
    /// When they last signed in, in whichever company.
    pub signed_in_at: OffsetDateTime,
}

/// The person of that id.
pub async fn person(tenancy: &Tenancy, id: PersonId) -> Result<Person, IdentityError> {
    let mut tx = tenancy.control().await?;
    sqlx::query!(
        "select id, email, email_verified, name from person where id = $1",
        id.uuid()
    )
    .fetch_optional(&mut *tx)
    .await?
    .map(|r| Person {
        id: r.id.into(),
        email: r.email,
        email_verified: r.email_verified,
        name: r.name,
    })
    .ok_or(IdentityError::NoSuchPerson)
}

/// The one person with that verified e-mail address, whatever its letters' case: for the command line's `--as`.
///
/// # Errors
/// [`IdentityError::NoSuchPerson`] when nobody has signed in with it; [`IdentityError::SeveralPeople`] when people of several
/// providers have, and the address does not say which is meant.
pub async fn person_by_email(tenancy: &Tenancy, email: &str) -> Result<Person, IdentityError> {
    let email = address(email).ok_or(IdentityError::NotAnAddress)?;
    let mut tx = tenancy.control().await?;
    let mut found = people_by_email(&mut tx, &email).await?;
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(IdentityError::NoSuchPerson),
        (Some(person), true) => Ok(person),
        (Some(_), false) => Err(IdentityError::SeveralPeople),
    }
}

/// Up to two people with that verified address: one more than can be told apart.
pub(crate) async fn people_by_email(tx: &mut ControlTx, email: &str) -> Result<Vec<Person>, IdentityError> {
    let rows = sqlx::query!(
        "select id, email, name from person where lower(email) = lower($1) and email_verified limit 2",
        email
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|r| Person {
            id: r.id.into(),
            email: r.email,
            email_verified: true,
            name: r.name,
        })
        .collect())
}

/// The companies a person may enter, by name.
pub async fn companies_of(tenancy: &Tenancy, person: PersonId) -> Result<Vec<Company>, IdentityError> {
    let mut tx = tenancy.control().await?;
    let rows = sqlx::query!(
        "select t.slug, t.name, m.role from membership m join tenant t on t.id = m.tenant_id
         where m.person_id = $1 and m.until is null and t.state = 'active' order by lower(t.name), t.slug",
        person.uuid()
    )
    .fetch_all(&mut *tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Company {
                slug: r.slug,
                name: r.name,
                role: role(&r.role)?,
            })
        })
        .collect()
}

/// Somebody in a company, with what every page about it says of them.
#[derive(Clone, Debug)]
pub struct Entered {
    /// The first argument of everything in `books`.
    pub cx: Cx,
    /// Who entered.
    pub person: Person,
    /// The companies they may enter, this one among them, by name.
    pub companies: Vec<Company>,
}

/// Lets a person into a company: asked on every request, so that a removal or another role holds from the next one.
///
/// # Errors
/// [`IdentityError::NoSuchCompany`], the same for a company that does not exist and one the person is not in.
pub async fn enter(
    tenancy: &Tenancy,
    slug: &str,
    person: PersonId,
    request_id: String,
) -> Result<Entered, IdentityError> {
    let mut tx = tenancy.control().await?;
    // One query for all that a request asks of control once it knows who makes it.
    let rows = sqlx::query!(
        "select t.id, t.slug, t.name, t.cell, t.sub_pool, m.role, p.email, p.email_verified, p.name as person_name
         from person p join membership m on m.person_id = p.id join tenant t on t.id = m.tenant_id
         where p.id = $1 and m.until is null and t.state = 'active' order by lower(t.name), t.slug",
        person.uuid()
    )
    .fetch_all(&mut *tx)
    .await?;
    let companies = rows
        .iter()
        .map(|row| {
            Ok(Company {
                slug: row.slug.clone(),
                name: row.name.clone(),
                role: role(&row.role)?,
            })
        })
        .collect::<Result<_, IdentityError>>()?;
    let row = rows
        .into_iter()
        .find(|row| row.slug == slug)
        .ok_or(IdentityError::NoSuchCompany)?;
    let role = role(&row.role)?;
    let tenant = TenantRef {
        id: row.id.into(),
        slug: row.slug,
        name: row.name,
        cell: row.cell,
        sub_pool: row.sub_pool,
    };
    Ok(Entered {
        cx: tenancy.cx(tenant, Actor::person(&row.email), role, request_id),
        person: Person {
            id: person,
            email: row.email,
            email_verified: row.email_verified,
            name: row.person_name,
        },
        companies,
    })
}

/// The address of somebody in the company, as its changes name them, whatever the case of the letters typed; none where nobody in it
/// has that address. For whoever may lock: to let one person through.
///
/// # Errors
/// [`IdentityError::NotAnAddress`]; `Forbidden`.
pub async fn member_address(cx: &Cx, email: &str) -> Result<Option<String>, IdentityError> {
    cx.require(Capability::Lock)?;
    let email = address(email).ok_or(IdentityError::NotAnAddress)?;
    let mut tx = cx.tenancy().control().await?;
    Ok(sqlx::query_scalar!(
        "select p.email from membership m join person p on p.id = m.person_id
         where m.tenant_id = $1 and m.until is null and lower(p.email) = lower($2) order by p.email <> $2, p.id limit 1",
        cx.tenant().id.uuid(),
        email
    )
    .fetch_optional(&mut *tx)
    .await?)
}

/// Most members that a form offers to choose from, by name.
pub const MEMBERS_OFFERED_MAX: i64 = 1_000;

/// Somebody in a company, as a form offers them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberChoice {
    /// Their name.
    pub name: String,
    /// The e-mail address that they sign in with, as changes name them.
    pub email: String,
    /// As what they are in.
    pub role: Role,
}

/// Whom whoever may lock can let through: the members by name, at most [`MEMBERS_OFFERED_MAX`]. Of people with one address only one
/// is offered: changes name them alike.
///
/// # Errors
/// `Forbidden`.
pub async fn member_choices(cx: &Cx) -> Result<Vec<MemberChoice>, IdentityError> {
    cx.require(Capability::Lock)?;
    let mut tx = cx.tenancy().control().await?;
    let rows = sqlx::query!(
        "select p.name, p.email, m.role from membership m join person p on p.id = m.person_id
         where m.tenant_id = $1 and m.until is null order by lower(p.name), p.email, p.id limit $2",
        cx.tenant().id.uuid(),
        MEMBERS_OFFERED_MAX
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut choices: Vec<MemberChoice> = Vec::with_capacity(rows.len());
    for row in rows {
        if choices.iter().all(|choice| choice.email != row.email) {
            choices.push(MemberChoice {
                name: row.name,
                email: row.email,
                role: role(&row.role)?,
            });
        }
    }
    Ok(choices)
}

/// Who is in the company, by name.
pub async fn people_list(cx: &Cx) -> Result<Vec<Member>, IdentityError> {
    cx.require(Capability::People)?;
    let mut tx = cx.tenancy().control().await?;
    let rows = sqlx::query!(
        "select p.id, p.name, p.email, m.role, m.since, p.signed_in_at
         from membership m join person p on p.id = m.person_id
         where m.tenant_id = $1 and m.until is null order by lower(p.name), p.id",
        cx.tenant().id.uuid()
    )
    .fetch_all(&mut *tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            Ok(Member {
                person: r.id.into(),
                name: r.name,
                email: r.email,
                role: role(&r.role)?,
                since: r.since,
                signed_in_at: r.signed_in_at,
            })
        })
        .collect()
}

/// A transaction that changes who may enter the company. Whoever asks has the role in it still: who was removed or lost the role
/// while their request was on its way must not let themselves in again, and cannot lose it before this is done: changes of one
/// company's people come one after the other.
pub(crate) async fn people_change(cx: &Cx) -> Result<ControlTx, IdentityError> {
    let mut tx = cx.tenancy().control().await?;
    if cx.actor().kind == ActorKind::Person {
        let members = sqlx::query!(
            "select p.email, m.role from membership m join person p on p.id = m.person_id
             where m.tenant_id = $1 and m.until is null order by m.id for no key update of m",
            cx.tenant().id.uuid()
        )
        .fetch_all(&mut *tx)
        .await?;
        let is_still = |role: &str| Role::parse(role) == Some(cx.role());
        if !members.iter().any(|m| m.email == cx.actor().name && is_still(&m.role)) {
            return Err(IdentityError::Tenancy(tenancy::Error::Forbidden));
        }
    }
    Ok(tx)
}

/// Gives somebody in the company another role. Who is no admin any more invites nobody: their open invitations are withdrawn.
///
/// # Errors
/// [`IdentityError::NoSuchPerson`]; the database refuses with `LastAdmin` when no admin would be left.
pub async fn role_change(cx: &Cx, person: PersonId, role: Role, now: OffsetDateTime) -> Result<(), IdentityError> {
    cx.require(Capability::People)?;
    let role = persons_role(role)?;
    let mut tx = people_change(cx).await?;
    let changed = sqlx::query!(
        "update membership set role = $3, changed_at = $4, changed_by = $5 where tenant_id = $1 and person_id = $2 and until is null",
        cx.tenant().id.uuid(),
        person.uuid(),
        role.code(),
        now,
        cx.actor().name
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if changed == 0 {
        return Err(IdentityError::NoSuchPerson);
    }
    if !role.allows(Capability::People) {
        withdraw_made_by(&mut tx, cx.tenant().id, person, &cx.actor().name, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Takes somebody out of the company, and withdraws the invitations they made.
///
/// # Errors
/// As [`role_change`].
pub async fn person_remove(cx: &Cx, person: PersonId, now: OffsetDateTime) -> Result<(), IdentityError> {
    cx.require(Capability::People)?;
    let mut tx = people_change(cx).await?;
    stay_end(&mut tx, cx.tenant().id, person, &cx.actor().name, now).await?;
    Ok(tx.commit().await?)
}

/// Leaves a company, which everybody may but the last admin.
///
/// # Errors
/// [`IdentityError::NoSuchCompany`] as [`enter`]; the database refuses with `LastAdmin`.
pub async fn leave(tenancy: &Tenancy, slug: &str, person: PersonId, now: OffsetDateTime) -> Result<(), IdentityError> {
    let cx = enter(tenancy, slug, person, String::new()).await?.cx;
    let mut tx = tenancy.control().await?;
    stay_end(&mut tx, cx.tenant().id, person, &cx.actor().name, now).await?;
    Ok(tx.commit().await?)
}

async fn stay_end(
    tx: &mut ControlTx,
    tenant: TenantId,
    person: PersonId,
    by: &str,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    let ended = sqlx::query!(
        "update membership set until = greatest(since, $3), changed_at = $3, changed_by = $4
         where tenant_id = $1 and person_id = $2 and until is null",
        tenant.uuid(),
        person.uuid(),
        now,
        by
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if ended == 0 {
        return Err(IdentityError::NoSuchPerson);
    }
    withdraw_made_by(tx, tenant, person, by, now).await?;
    withdraw_addressed_to(tx, tenant, person, by, now).await
}

/// A role from its text in the database. One that this program does not know was written by a newer one.
pub(crate) fn role(text: &str) -> Result<Role, IdentityError> {
    Role::parse(text).ok_or(IdentityError::Tenancy(tenancy::Error::WrongSchema))
}

/// A role that people can have: the operator's is none.
pub(crate) fn persons_role(role: Role) -> Result<Role, IdentityError> {
    if Role::PERSONS.contains(&role) {
        Ok(role)
    } else {
        Err(IdentityError::Tenancy(tenancy::Error::Forbidden))
    }
}

/// An e-mail address without the spaces around it, or none. Whether it exists only the provider can say.
pub(crate) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, domain) = text.rsplit_once('@')?;
    let well_formed = !local.is_empty()
        && !domain.is_empty()
        && text.chars().count() <= 320
        && !text.chars().any(|c| c.is_control() || c.is_whitespace());
    well_formed.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_something_on_both_sides_of_its_at_sign() {
        assert_eq!(address(" dana@example.com ").as_deref(), Some("dana@example.com"));
        for text in [
            "",
            "@",
            "dana",
            "dana@",
            "@example.com",
            "da na@example.com",
            "dana@exam\nple.com",
            "a\0@b",
        ] {
            assert_eq!(address(text), None, "{text:?}");
        }
        assert_eq!(address(&format!("{}@b", "a".repeat(320))), None);
    }

    #[test]
    fn the_operators_role_is_given_to_nobody() {
        assert!(persons_role(Role::System).is_err());
        assert!(persons_role(Role::Viewer).is_ok());
    }
}
