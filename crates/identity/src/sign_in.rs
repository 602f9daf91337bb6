//! From somebody the provider vouched for to somebody signed in here, and out again.

use serde::{Deserialize, Serialize};
use tenancy::{ControlTx, Tenancy};
use time::OffsetDateTime;
use tower_sessions::{Session, session, session_store};
use url::Url;
use uuid::Uuid;

use crate::{
    IDLE_LIFE, Identified, IdentityError, LoginError, Person, PersonId, Provider,
    grants::take_granted,
    people::address,
    session_store::{ENDED_MEANWHILE, OPENING, Opening, SIGNED_IN, id_token},
};

/// Longest kept user agent and name, in characters.
const TEXT_LENGTH_MAX: usize = 200;
/// Most kept methods of authentication.
const AMR_MAX: usize = 20;

/// Which e-mail addresses are good enough to sign in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum EmailPolicy {
    /// The provider must say that the address is verified.
    #[default]
    Verified,
    /// An address of which the provider says nothing is taken too: for providers that never say. Such an address counts as
    /// unverified still, so nothing is found or given by it. One that the provider calls unverified is refused all the same.
    VerifiedOrUnstated,
}

/// Who is signed in, as the session knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// The person.
    pub person: PersonId,
    /// Since when.
    pub since: OffsetDateTime,
    /// How the provider made sure of the person (RFC 8176).
    pub amr: Vec<String>,
    /// When it did so, where it says.
    pub auth_time: Option<OffsetDateTime>,
}

#[derive(Clone, Copy)]
pub(crate) enum Outcome {
    SignedIn,
    EmailMissing,
    EmailUnverified,
}

impl Outcome {
    fn code(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::EmailMissing => "email_missing",
            Self::EmailUnverified => "email_unverified",
        }
    }
}

/// Signs somebody in: keeps what the provider said of them, takes up what was granted to their verified e-mail address, ends the
/// session the browser had and opens a new one under a new id, with which the sign-in is written down.
///
/// # Errors
/// [`IdentityError::EmailMissing`] and [`IdentityError::EmailUnverified`]; these are written down too. [`LoginError::AskedTooLongAgo`]
/// where the provider asked before the person ended sessions, be it while this sign-in is on its way: the provider's own session is
/// not enough then, whichever browser comes.
pub async fn sign_in(
    tenancy: &Tenancy,
    session: &Session,
    mut identified: Identified,
    policy: EmailPolicy,
    user_agent: &str,
    now: OffsetDateTime,
) -> Result<Person, IdentityError> {
    let user_agent = plain(user_agent);
    identified.amr.truncate(AMR_MAX);
    let mut tx = tenancy.control().await?;
    let email = match acceptable(&identified, policy) {
        Ok(email) => email,
        Err((outcome, error)) => {
            let known = sqlx::query_scalar!(
                "select id from person where issuer = $1 and subject = $2",
                identified.issuer,
                identified.subject
            )
            .fetch_optional(&mut *tx)
            .await?;
            let told = Told {
                issuer: &identified.issuer,
                subject: &identified.subject,
                amr: &identified.amr,
                user_agent: &user_agent,
            };
            write_down(&mut tx, &told, outcome, known, now).await?;
            tx.commit().await?;
            return Err(error);
        }
    };
    let person = person_keep(&mut tx, &identified, email, now).await?;
    if asked_before_an_end(&mut tx, person.id, identified.auth_time).await? {
        return Err(LoginError::AskedTooLongAgo.into());
    }
    if person.email_verified {
        take_granted(&mut tx, &person, now).await?;
    }
    tx.commit().await?;

    if session.id().is_some() {
        session.flush().await?;
    }
    let opening = Opening {
        person: person.id,
        issuer: identified.issuer,
        subject: identified.subject,
        amr: identified.amr,
        auth_time: Some(identified.auth_time),
        user_agent,
        id_token: identified.id_token,
    };
    session.insert(OPENING, opening).await?;
    match session.save().await {
        Ok(()) => Ok(person),
        // The store tells its errors in words alone.
        Err(session::Error::Store(session_store::Error::Backend(why))) if why == ENDED_MEANWHILE => {
            Err(LoginError::AskedTooLongAgo.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Who is signed in, if the session is one and has not ended.
pub async fn signed_in(session: &Session) -> Result<Option<SignedIn>, IdentityError> {
    Ok(session.get(SIGNED_IN).await?)
}

/// Ends the session, and says where to send the person so that the provider ends its own; none when it has no such place or
/// cannot be reached, and then they are signed out here alone.
pub async fn sign_out(tenancy: &Tenancy, provider: &Provider, session: &Session) -> Result<Option<Url>, IdentityError> {
    let kept = match session.id() {
        Some(id) => id_token(tenancy, &id).await?,
        None => None,
    };
    session.flush().await?;
    let Some(kept) = kept else {
        return Ok(None);
    };
    Ok(provider.logout_url(&kept).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "signed out here, but not at the sign-in service");
        None
    }))
}

/// The address to sign in with, or what is wrong with it.
fn acceptable(identified: &Identified, policy: EmailPolicy) -> Result<String, (Outcome, IdentityError)> {
    let email = identified
        .email
        .as_deref()
        .and_then(address)
        .ok_or((Outcome::EmailMissing, IdentityError::EmailMissing))?;
    match (identified.email_verified, policy) {
        (Some(true), _) | (None, EmailPolicy::VerifiedOrUnstated) => Ok(email),
        (Some(false), _) | (None, EmailPolicy::Verified) => {
            Err((Outcome::EmailUnverified, IdentityError::EmailUnverified))
        }
    }
}

/// Keeps what the provider says now; (issuer, subject) is who it is.
async fn person_keep(
    tx: &mut ControlTx,
    identified: &Identified,
    email: String,
    now: OffsetDateTime,
) -> Result<Person, IdentityError> {
    let name = identified
        .name
        .as_deref()
        .map(plain)
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| plain(&email));
    let verified = identified.email_verified == Some(true);
    let id = sqlx::query_scalar!(
        "insert into person (id, issuer, subject, email, email_verified, name, created_at, signed_in_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)
         on conflict (issuer, subject) do update
         set email = excluded.email, email_verified = excluded.email_verified, name = excluded.name,
             signed_in_at = greatest(person.signed_in_at, excluded.signed_in_at)
         returning id",
        Uuid::new_v4(),
        identified.issuer,
        identified.subject,
        email,
        verified,
        name,
        now
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok(Person {
        id: id.into(),
        email,
        email_verified: verified,
        name,
    })
}

/// Whether a session of the person was ended, rather than over by itself, after the provider asked who it is. Providers tell whole
/// seconds, so the end counts in whole seconds too.
pub(crate) async fn asked_before_an_end(
    tx: &mut ControlTx,
    person: PersonId,
    asked: OffsetDateTime,
) -> Result<bool, IdentityError> {
    let ended = sqlx::query!(
        "select revoked_at, last_seen_at, absolute_end from session where person_id = $1 and revoked_at > $2",
        person.uuid(),
        asked
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(ended.iter().any(|session| {
        session.revoked_at.is_some_and(|end| {
            end.unix_timestamp() > asked.unix_timestamp()
                && end < session.last_seen_at + IDLE_LIFE
                && end < session.absolute_end
        })
    }))
}

/// What is written down of a sign-in.
pub(crate) struct Told<'a> {
    pub issuer: &'a str,
    pub subject: &'a str,
    pub amr: &'a [String],
    pub user_agent: &'a str,
}

pub(crate) async fn write_down(
    tx: &mut ControlTx,
    told: &Told<'_>,
    outcome: Outcome,
    person: Option<Uuid>,
    now: OffsetDateTime,
) -> Result<(), IdentityError> {
    sqlx::query!(
        "insert into sign_in (at, issuer, subject, person_id, outcome, amr, user_agent) values ($1, $2, $3, $4, $5, $6, $7)",
        now,
        told.issuer,
        told.subject,
        person,
        outcome.code(),
        told.amr,
        told.user_agent
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Text from outside without control characters (PostgreSQL takes no NUL), shortened.
fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(TEXT_LENGTH_MAX)
        .collect()
}
