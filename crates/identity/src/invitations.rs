//! Invitations into a company: a link shown once, good for one person and seven days.

use std::fmt;

use tenancy::{Actor, ActorKind, Capability, ControlTx, Cx, RequestKey, Role, Tenancy, TenantId};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::{
    Company, IdentityError, InvitationRefusal, PersonId,
    people::{address, people_change, persons_role, role},
    token,
};

/// How long an invitation can be taken.
pub const INVITATION_LIFE: Duration = Duration::days(7);

/// What the link ends in: 43 letters, digits, `-` and `_`. Whoever has it can take the invitation; it is kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationToken(String);

impl InvitationToken {
    /// The text, to be shown once to the admin who made it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationToken(…)")
    }
}

/// An invitation as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id, which opens nothing.
    pub id: Uuid,
    /// What the invited will be.
    pub role: Role,
    /// The only address that may take it, where one was named.
    pub email: Option<String>,
    /// Who invited.
    pub invited_by: String,
    /// When.
    pub created_at: OffsetDateTime,
    /// Until when it can be taken.
    pub expires_at: OffsetDateTime,
    /// What became of it.
    pub state: InvitationState,
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationState {
    /// It can be taken.
    Open,
    /// Somebody took it.
    Used {
        /// The name of who did.
        by: String,
    },
    /// An admin withdrew it, or its maker is no admin any more.
    Revoked,
    /// Its time is over.
    Expired,
}

/// An invitation as the invited sees it before taking it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationOffer {
    /// The company's name.
    pub company: String,
    /// Its name in addresses.
    pub slug: String,
    /// What the invited will be.
    pub role: Role,
    /// Who invited.
    pub invited_by: String,
    /// The only address that may take it, where one was named.
    pub email: Option<String>,
}

/// Invites into the company. With an address only a person with that verified address can take it. The same form sent
/// again withdraws the link that the first one made: it was never seen, or can be replaced by this one.
///
/// # Errors
/// [`IdentityError::NotAnAddress`]; [`IdentityError::MemberAlready`] when somebody with the address is in the company;
/// [`InvitationRefusal::Used`] when the form was sent before and somebody took the invitation it made.
pub async fn invitation_create(
    cx: &Cx,
    role: Role,
    email: Option<&str>,
    request_key: &RequestKey,
    now: OffsetDateTime,
) -> Result<InvitationToken, IdentityError> {
    cx.require(Capability::People)?;
    let role = persons_role(role)?;
    let email = email
        .map(|text| address(text).ok_or(IdentityError::NotAnAddress))
        .transpose()?;
    // Of two that come at once the second finds the first only when it has waited for it.
    match invite(cx, role, email.clone(), request_key, now).await {
        Err(IdentityError::Invitation(InvitationRefusal::Used)) => invite(cx, role, email, request_key, now).await,
        done => done,
    }
}

async fn invite(
    cx: &Cx,
    role: Role,
    email: Option<String>,
    request_key: &RequestKey,
    now: OffsetDateTime,
) -> Result<InvitationToken, IdentityError> {
    let (token, digest) = token::generate()?;
    let mut tx = people_change(cx).await?;
    sqlx::query!(
        "update invitation set revoked_at = $3, revoked_by = $4
         where tenant_id = $1 and request_key = $2 and used_at is null and revoked_at is null",
        cx.tenant().id.uuid(),
        request_key.as_str(),
        now,
        cx.actor().name
    )
    .execute(&mut *tx)
    .await?;
    let in_already = sqlx::query_scalar!(
        r#"select exists (
            select from membership m join person p on p.id = m.person_id
            where m.tenant_id = $1 and m.until is null and lower(p.email) = lower($2) and p.email_verified
        ) as "exists!""#,
        cx.tenant().id.uuid(),
        email
    )
    .fetch_one(&mut *tx)
    .await?;
    if in_already {
        return Err(IdentityError::MemberAlready);
    }
    let way_in = WayIn {
        token: Some(digest),
        email,
        request_key: Some(request_key.as_str().to_owned()),
    };
    if !insert(&mut tx, cx.tenant().id, role, way_in, cx.actor(), now).await? {
        return Err(InvitationRefusal::Used.into());
    }
    tx.commit().await?;
    Ok(InvitationToken(token))
}

/// The company's invitations, newest first; at most 200.
pub async fn invitation_list(cx: &Cx, now: OffsetDateTime) -> Result<Vec<Invitation>, IdentityError> {
    cx.require(Capability::People)?;
    let mut tx = cx.tenancy().control().await?;
    let rows = sqlx::query!(
        r#"select i.id, i.role, i.email, i.invited_by, i.created_at, i.expires_at, i.revoked_at, p.name as "used_by?"
           from invitation i left join person p on p.id = i.used_by
           where i.tenant_id = $1 order by i.created_at desc, i.id limit 200"#,
        cx.tenant().id.uuid()
    )
    .fetch_all(&mut *tx)
    .await?;
    rows.into_iter()
        .map(|r| {
            let state = match (r.used_by, r.revoked_at) {
                (Some(by), _) => InvitationState::Used { by },
                (None, Some(_)) => InvitationState::Revoked,
                (None, None) if r.expires_at <= now => InvitationState::Expired,
                (None, None) => InvitationState::Open,
            };
            Ok(Invitation {
                id: r.id,
                role: role(&r.role)?,
                email: r.email,
                invited_by: r.invited_by,
                created_at: r.created_at,
                expires_at: r.expires_at,
                state,
            })
        })
        .collect()
}

/// Withdraws an open invitation.
///
/// # Errors
/// [`InvitationRefusal::Unknown`] when the company has no such invitation that could still be withdrawn.
pub async fn invitation_revoke(cx: &Cx, id: Uuid, now: OffsetDateTime) -> Result<(), IdentityError> {
    cx.require(Capability::People)?;
    let mut tx = people_change(cx).await?;
    let revoked = sqlx::query!(
        "update invitation set revoked_at = $3, revoked_by = $4
         where tenant_id = $1 and id = $2 and used_at is null and revoked_at is null",
        cx.tenant().id.uuid(),
        id,
        now,
        cx.actor().name
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if revoked == 0 {
        return Err(InvitationRefusal::Unknown.into());
    }
    Ok(tx.commit().await?)
}

/// What an invitation offers, for the page that asks whether to take it. Having the token is the permission to see it.
///
/// # Errors
/// As [`invitation_accept`], but for the person.
pub async fn invitation_offer(
    tenancy: &Tenancy,
    token: &str,
    now: OffsetDateTime,
) -> Result<InvitationOffer, IdentityError> {
    let mut tx = tenancy.control().await?;
    let found = find(&mut tx, token).await?;
    found.check_open(now)?;
    Ok(InvitationOffer {
        company: found.company_name,
        slug: found.company_slug,
        role: role(&found.role)?,
        invited_by: found.invited_by,
        email: found.email,
    })
}

/// Takes an invitation: once, within seven days, by the person it is for. Of two who take it at once one gets in. Who took it
/// already and takes it again, by a second click, is simply in.
///
/// # Errors
/// [`IdentityError::Invitation`] with what is wrong with it; [`IdentityError::MemberAlready`], and then it stays open for another.
pub async fn invitation_accept(
    tenancy: &Tenancy,
    token: &str,
    person: PersonId,
    now: OffsetDateTime,
) -> Result<Company, IdentityError> {
    let mut tx = tenancy.control().await?;
    let found = find(&mut tx, token).await?;
    let who = sqlx::query!(
        r#"select p.email, p.email_verified, m.role as "role?"
           from person p left join membership m on m.person_id = p.id and m.tenant_id = $2 and m.until is null
           where p.id = $1"#,
        person.uuid(),
        found.tenant_id
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(IdentityError::NoSuchPerson)?;
    if let Some(present) = who.role {
        return if found.used_by == Some(person.uuid()) {
            Ok(found.company(role(&present)?))
        } else {
            Err(IdentityError::MemberAlready)
        };
    }
    found.check_open(now)?;
    let meant = found
        .email
        .as_deref()
        .is_none_or(|email| who.email_verified && email.to_lowercase() == who.email.to_lowercase());
    if !meant {
        return Err(InvitationRefusal::OtherPerson.into());
    }
    sqlx::query!(
        "update invitation set used_at = $2, used_by = $3 where id = $1",
        found.id,
        now,
        person.uuid()
    )
    .execute(&mut *tx)
    .await?;
    let joined = sqlx::query!(
        "insert into membership (tenant_id, person_id, role, since, changed_at, changed_by) values ($1, $2, $3, $4, $4, $5)
         on conflict (tenant_id, person_id) where until is null do nothing",
        found.tenant_id,
        person.uuid(),
        found.role,
        now,
        who.email
    )
    .execute(&mut *tx)
    .await?
    .rows_affected();
    if joined == 0 {
        // Another invitation was taken by the same person this very moment.
        return Err(IdentityError::MemberAlready);
    }
    withdraw_addressed_to(&mut tx, TenantId::from(found.tenant_id), person, &who.email, now).await?;
    let company = found.company(role(&found.role)?);
    tx.commit().await?;
    Ok(company)
}

/// Withdraws the open invitations that a person made: a link left behind must not lead them back in.
pub(crate) async fn withdraw_made_by(
    tx: &mut ControlTx,
    tenant: TenantId,
    person: PersonId,
    by: &str,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    sqlx::query!(
        "update invitation set revoked_at = $3, revoked_by = $4
         where tenant_id = $1 and invited_by_id = $2 and used_at is null and revoked_at is null",
        tenant.uuid(),
        person.uuid(),
        now,
        by
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Withdraws the open invitations that a person's address was given: who is in needs none, and who has left or was removed comes
/// back by a new one alone.
pub(crate) async fn withdraw_addressed_to(
    tx: &mut ControlTx,
    tenant: TenantId,
    person: PersonId,
    by: &str,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    sqlx::query!(
        "update invitation set revoked_at = $3, revoked_by = $4
         where tenant_id = $1 and used_at is null and revoked_at is null
           and lower(email) = (select lower(p.email) from person p where p.id = $2)",
        tenant.uuid(),
        person.uuid(),
        now,
        by
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// How an invitation is taken: by a link, by an address, or by a link and only with that address.
pub(crate) struct WayIn {
    pub token: Option<[u8; 32]>,
    pub email: Option<String>,
    /// The form that made it.
    pub request_key: Option<String>,
}

/// Writes an invitation that ends after seven days; false when the form it comes from has made one that stands.
pub(crate) async fn insert(
    tx: &mut ControlTx,
    tenant: TenantId,
    role: Role,
    way_in: WayIn,
    actor: &Actor,
    now: OffsetDateTime,
) -> Result<bool, IdentityError> {
    // An actor is known by their address alone; in the company it was read from a moment ago it says which person.
    let maker = (actor.kind == ActorKind::Person).then_some(actor.name.as_str());
    let inserted = sqlx::query!(
        "insert into invitation (id, tenant_id, token_sha256, role, email, invited_by, invited_by_id, created_at, expires_at, request_key)
         values ($1, $2, $3, $4, $5, $6,
            (select p.id from membership m join person p on p.id = m.person_id
             where m.tenant_id = $2 and m.until is null and p.email = $7 order by p.id limit 1), $8, $9, $10)
         on conflict (tenant_id, request_key) where revoked_at is null do nothing",
        Uuid::new_v4(),
        tenant.uuid(),
        way_in.token.as_ref().map(<[u8; 32]>::as_slice),
        role.code(),
        way_in.email,
        actor.name,
        maker,
        now,
        now + INVITATION_LIFE,
        way_in.request_key
    )
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(inserted == 1)
}

/// An invitation's row, with the company's names.
struct Found {
    id: Uuid,
    tenant_id: Uuid,
    role: String,
    email: Option<String>,
    invited_by: String,
    expires_at: OffsetDateTime,
    used_by: Option<Uuid>,
    revoked_at: Option<OffsetDateTime>,
    company_slug: String,
    company_name: String,
}

impl Found {
    fn check_open(&self, now: OffsetDateTime) -> Result<(), InvitationRefusal> {
        if self.used_by.is_some() {
            Err(InvitationRefusal::Used)
        } else if self.revoked_at.is_some() {
            Err(InvitationRefusal::Revoked)
        } else if self.expires_at <= now {
            Err(InvitationRefusal::Expired)
        } else {
            Ok(())
        }
    }

    fn company(&self, role: Role) -> Company {
        Company {
            slug: self.company_slug.clone(),
            name: self.company_name.clone(),
            role,
        }
    }
}

/// The invitation of a token, its row taken: who comes second sees what the first made of it.
async fn find(tx: &mut ControlTx, token: &str) -> Result<Found, IdentityError> {
    let digest = token::digest(token).ok_or(InvitationRefusal::Unknown)?;
    Ok(sqlx::query_as!(
        Found,
        "select i.id, i.tenant_id, i.role, i.email, i.invited_by, i.expires_at, i.used_by, i.revoked_at,
                t.slug as company_slug, t.name as company_name
         from invitation i join tenant t on t.id = i.tenant_id where i.token_sha256 = $1 for no key update of i",
        digest.as_slice()
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(InvitationRefusal::Unknown)?)
}
