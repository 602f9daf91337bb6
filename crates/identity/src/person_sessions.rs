//! Where a person is signed in, as they see it themselves, and the ways to end it: one session, all others, all.
//!
//! A session is named by a [handle](PersonSession::handle) that is no secret: it is a digest of the row's key, which is itself a
//! digest of the id in the cookie, and it chooses among the person's own sessions alone.

use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::session::Id;

use crate::{
    IDLE_LIFE, IdentityError, PersonId, PersonSessionStore,
    session_store::{in_turn, key, session_person},
};

/// Most sessions that are listed, those that were seen last. Ending all others ends also what is not listed.
pub const SESSIONS_LISTED_MAX: i64 = 100;
/// Most sign-ins that are listed, the latest.
pub const SIGN_INS_LISTED_MAX: i64 = 50;

/// A session that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonSession {
    /// What the session is chosen by: 32 hexadecimal digits, from which neither its id nor its row's key can be found.
    pub handle: String,
    /// What the browser said of itself at the sign-in.
    pub user_agent: String,
    /// When the person signed in.
    pub since: OffsetDateTime,
    /// Its last request, up to a minute late.
    pub last_seen_at: OffsetDateTime,
    /// How the provider made sure of the person (RFC 8176).
    pub amr: Vec<String>,
    /// Whether it is the session that asks.
    pub is_this: bool,
}

/// What became of a sign-in that the provider vouched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInOutcome {
    /// The person came in.
    SignedIn,
    /// Refused: the account had no e-mail address.
    EmailMissing,
    /// Refused: the e-mail address was not confirmed.
    EmailUnverified,
}

/// A sign-in of the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastSignIn {
    /// When.
    pub at: OffsetDateTime,
    /// What the browser said of itself.
    pub user_agent: String,
    /// How the provider made sure of the person (RFC 8176).
    pub amr: Vec<String>,
    /// What became of it.
    pub outcome: SignInOutcome,
}

impl PersonSessionStore {
    /// The person's sessions that have not ended, at most [`SESSIONS_LISTED_MAX`]: the one that asks first, then by their last
    /// request.
    pub async fn sessions_of(&self, person: PersonId, asking: Option<Id>) -> Result<Vec<PersonSession>, IdentityError> {
        let now = self.clock.now();
        let this = asking.map(|id| key(&id)).unwrap_or_default();
        let mut tx = self.tenancy.control().await?;
        let rows = sqlx::query!(
            "select id, user_agent, created_at, last_seen_at, amr from session
             where person_id = $1 and revoked_at is null and absolute_end > $2 and last_seen_at > $3
             order by id = $4 desc, last_seen_at desc, created_at desc limit $5",
            person.uuid(),
            now,
            now - IDLE_LIFE,
            this,
            SESSIONS_LISTED_MAX
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| PersonSession {
                handle: hex(&handle_of(&row.id)),
                user_agent: row.user_agent,
                since: row.created_at,
                last_seen_at: row.last_seen_at,
                amr: row.amr,
                is_this: row.id == this,
            })
            .collect())
    }

    /// Ends the person's session of this handle, and says whether there was one. Another person's session is not found by it.
    pub async fn revoke_one(&self, person: PersonId, handle: &str) -> Result<bool, IdentityError> {
        let Some(handle) = unhex(handle) else {
            return Ok(false);
        };
        let mut tx = self.tenancy.control().await?;
        in_turn(&mut tx, person).await?;
        let ended = sqlx::query!(
            "update session set revoked_at = $3
             where person_id = $1 and substr(sha256(id), 1, 16) = $2 and revoked_at is null",
            person.uuid(),
            handle,
            self.clock.now()
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Ends every session of the person but this one, and says how many there were that had not ended by themselves.
    pub async fn revoke_others(&self, person: PersonId, this: &Id) -> Result<i64, IdentityError> {
        let now = self.clock.now();
        let mut tx = self.tenancy.control().await?;
        in_turn(&mut tx, person).await?;
        let ended = sqlx::query_scalar!(
            r#"with ended as (
                 update session set revoked_at = $3 where person_id = $1 and id <> $2 and revoked_at is null
                 returning absolute_end, last_seen_at)
               select count(*) as "ended!" from ended where absolute_end > $3 and last_seen_at > $4"#,
            person.uuid(),
            key(this),
            now,
            now - IDLE_LIFE
        )
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// Whether somebody has or had this session. Known until the sweep removes it.
    pub async fn is_known(&self, id: &Id) -> Result<bool, IdentityError> {
        let mut tx = self.tenancy.control().await?;
        Ok(session_person(&mut tx, id).await?.is_some())
    }

    /// Whether somebody ended this session, rather than time. Known until the sweep removes it.
    pub async fn was_revoked(&self, id: &Id) -> Result<bool, IdentityError> {
        let mut tx = self.tenancy.control().await?;
        let revoked = sqlx::query_scalar!(
            r#"select revoked_at is not null as "revoked!" from session where id = $1"#,
            key(id)
        )
        .fetch_optional(&mut *tx)
        .await?;
        Ok(revoked.unwrap_or(false))
    }

    /// The person's sign-ins, the latest first, at most [`SIGN_INS_LISTED_MAX`]; those that were refused too.
    pub async fn sign_ins_of(&self, person: PersonId) -> Result<Vec<PastSignIn>, IdentityError> {
        let mut tx = self.tenancy.control().await?;
        let rows = sqlx::query!(
            "select at, user_agent, amr, outcome from sign_in where person_id = $1 order by at desc, id desc limit $2",
            person.uuid(),
            SIGN_INS_LISTED_MAX
        )
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| PastSignIn {
                at: row.at,
                user_agent: row.user_agent,
                amr: row.amr,
                outcome: match row.outcome.as_str() {
                    "email_missing" => SignInOutcome::EmailMissing,
                    "email_unverified" => SignInOutcome::EmailUnverified,
                    // The table's constraint allows no other.
                    _ => SignInOutcome::SignedIn,
                },
            })
            .collect())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The sixteen bytes of 32 hexadecimal digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..32)
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

/// A digest of a row's key, half as long, so that it is never taken for one.
fn handle_of(key: &[u8]) -> Vec<u8> {
    Sha256::digest(key)[..16].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_read_as_it_was_written_and_nothing_else_is_one() {
        let handle = handle_of(b"a row's key");
        assert_eq!(unhex(&hex(&handle)), Some(handle));
        for other in ["", "00", "zz", &"g".repeat(32), &"é".repeat(16), &"0".repeat(33)] {
            assert_eq!(unhex(other), None, "{other:?}");
        }
    }
}
