//! Sessions in the control database. A session is somebody signed in, in one browser, and holds nothing else.

use std::{collections::HashMap, fmt, sync::Arc};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tenancy::{ControlTx, Secret, Tenancy};
use time::{Duration, OffsetDateTime};
use tower_sessions::{
    ExpiredDeletion, SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};
use vault::TokenKey;

use crate::{
    Clock, IdentityError, KEPT_FORM_LIFE, LoginError, PersonId, SignedIn,
    sign_in::{Outcome, Told, asked_before_an_end, write_down},
};

/// A session ends this long after its last request.
pub const IDLE_LIFE: Duration = Duration::minutes(15);
/// A session ends this long after the sign-in, whatever happens in it.
pub const ABSOLUTE_LIFE: Duration = Duration::hours(8);
/// The last request is written down at most this often, so that a session may end this much before its fifteen minutes without a
/// request are over, and never after.
const TOUCH_PAUSE: Duration = Duration::minutes(1);

/// The row stays this long after the absolute end: a form that is posted then is known to be somebody's, and kept for them.
const ROW_STAYS: Duration = Duration::hours(24);

/// What a request finds in its session.
pub(crate) const SIGNED_IN: &str = "signed_in";
/// What a sign-in leaves there for `create`, which turns it into a row.
pub(crate) const OPENING: &str = "opening";

/// What `create` says where the person ended sessions after the provider asked: the words are all that the session's layer passes on.
pub(crate) const ENDED_MEANWHILE: &str = "sessions were ended after the sign-in service asked";

/// All that a new session's row needs, and what is written down with it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Opening {
    pub person: PersonId,
    pub issuer: String,
    pub subject: String,
    pub amr: Vec<String>,
    pub auth_time: Option<OffsetDateTime>,
    pub user_agent: String,
    pub id_token: Secret,
}

/// The store behind tower-sessions' layer.
#[derive(Clone)]
pub struct PersonSessionStore {
    pub(crate) tenancy: Tenancy,
    pub(crate) clock: Arc<dyn Clock>,
}

impl PersonSessionStore {
    /// A store in the installation's control database, by the clock that says when sessions end.
    pub fn new(tenancy: Tenancy, clock: Arc<dyn Clock>) -> Self {
        Self { tenancy, clock }
    }

    /// Ends every session of a person, in all browsers, and says how many there were.
    pub async fn revoke_all(&self, person: PersonId) -> std::result::Result<u64, IdentityError> {
        let mut tx = self.tenancy.control().await?;
        in_turn(&mut tx, person).await?;
        let ended = sqlx::query!(
            "update session set revoked_at = $2 where person_id = $1 and revoked_at is null",
            person.uuid(),
            self.clock.now()
        )
        .execute(&mut *tx)
        .await?
        .rows_affected();
        tx.commit().await?;
        Ok(ended)
    }

    /// Opens the session and writes the sign-in down, unless the person ended sessions since the provider asked: whoever ends them
    /// either waits for this and ends this one too, or is waited for here and seen.
    async fn insert(&self, id: Id, opening: &Opening, now: OffsetDateTime) -> std::result::Result<(), IdentityError> {
        let sealed = id_token_key(&self.tenancy).seal(opening.id_token.expose().as_bytes())?;
        let mut tx = self.tenancy.control().await?;
        in_turn(&mut tx, opening.person).await?;
        if let Some(asked) = opening.auth_time
            && asked_before_an_end(&mut tx, opening.person, asked).await?
        {
            return Err(LoginError::AskedTooLongAgo.into());
        }
        sqlx::query!(
            "insert into session (id, person_id, created_at, last_seen_at, absolute_end, user_agent, amr, auth_time, id_token)
             values ($1, $2, $3, $3, $4, $5, $6, $7, $8)",
            key(&id),
            opening.person.uuid(),
            now,
            now + ABSOLUTE_LIFE,
            opening.user_agent,
            &opening.amr,
            opening.auth_time,
            sealed
        )
        .execute(&mut *tx)
        .await?;
        let told = Told {
            issuer: &opening.issuer,
            subject: &opening.subject,
            amr: &opening.amr,
            user_agent: &opening.user_agent,
        };
        let person = Some(opening.person.uuid());
        write_down(&mut tx, &told, Outcome::SignedIn, person, now).await?;
        Ok(tx.commit().await?)
    }

    async fn find(&self, id: &Id) -> std::result::Result<Option<SignedIn>, IdentityError> {
        let now = self.clock.now();
        let mut tx = self.tenancy.control().await?;
        let Some(row) = sqlx::query!(
            "select person_id, created_at, last_seen_at, amr, auth_time from session
             where id = $1 and revoked_at is null and absolute_end > $2 and last_seen_at > $3",
            key(id),
            now,
            now - IDLE_LIFE
        )
        .fetch_optional(&mut *tx)
        .await?
        else {
            return Ok(None);
        };
        if now - row.last_seen_at >= TOUCH_PAUSE {
            // Of two requests at once the later moment stays, and a session revoked meanwhile stays revoked.
            sqlx::query!(
                "update session set last_seen_at = greatest(last_seen_at, $2) where id = $1 and revoked_at is null",
                key(id),
                now
            )
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
        }
        Ok(Some(SignedIn {
            person: row.person_id.into(),
            since: row.created_at,
            amr: row.amr,
            auth_time: row.auth_time,
        }))
    }

    async fn revoke(&self, id: &Id) -> std::result::Result<(), IdentityError> {
        let mut tx = self.tenancy.control().await?;
        if let Some(person) = session_person(&mut tx, id).await? {
            in_turn(&mut tx, person).await?;
        }
        sqlx::query!(
            "update session set revoked_at = $2 where id = $1 and revoked_at is null",
            key(id),
            self.clock.now()
        )
        .execute(&mut *tx)
        .await?;
        Ok(tx.commit().await?)
    }

    async fn sweep(&self) -> std::result::Result<(), IdentityError> {
        let now = self.clock.now();
        let mut tx = self.tenancy.control().await?;
        sqlx::query!("delete from session where absolute_end <= $1", now - ROW_STAYS)
            .execute(&mut *tx)
            .await?;
        sqlx::query!("delete from kept_form where kept_at <= $1", now - KEPT_FORM_LIFE)
            .execute(&mut *tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

#[async_trait]
impl SessionStore for PersonSessionStore {
    /// Makes the row of a new session. The id is always made here: whatever id a browser brought or an older session had is never
    /// the id of somebody who then signs in.
    async fn create(&self, record: &mut Record) -> Result<()> {
        let opening = record
            .data
            .remove(OPENING)
            .ok_or_else(|| Error::Encode("a session begins with a sign-in".to_owned()))?;
        let opening: Opening = serde_json::from_value(opening).map_err(|e| Error::Encode(e.to_string()))?;
        record.id = Id::default();
        let now = self.clock.now();
        self.insert(record.id, &opening, now).await.map_err(backend)?;
        record.data = holding(&SignedIn {
            person: opening.person,
            since: now,
            amr: opening.amr,
            auth_time: opening.auth_time,
        })?;
        Ok(())
    }

    /// There is nothing to save: a session never changes. Anything put into it is an error, not lost in silence.
    async fn save(&self, record: &Record) -> Result<()> {
        if record.data.keys().eq([SIGNED_IN]) {
            Ok(())
        } else {
            Err(Error::Encode(
                "a session holds who signed in and nothing else".to_owned(),
            ))
        }
    }

    /// The session, unless it is unknown, revoked, idle for too long, or past its absolute end.
    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(signed_in) = self.find(id).await.map_err(backend)? else {
            return Ok(None);
        };
        Ok(Some(Record {
            id: *id,
            data: holding(&signed_in)?,
            // Of no use to the layer, which asks the store each time; it is the latest it could be.
            expiry_date: signed_in.since + ABSOLUTE_LIFE,
        }))
    }

    /// Revokes the session; the sweep removes it.
    async fn delete(&self, id: &Id) -> Result<()> {
        self.revoke(id).await.map_err(backend)
    }
}

#[async_trait]
impl ExpiredDeletion for PersonSessionStore {
    /// Removes what is of no use any more: sessions that ended yesterday, which `load` refuses anyway, and forms that nobody came
    /// back for.
    async fn delete_expired(&self) -> Result<()> {
        self.sweep().await.map_err(backend)
    }
}

/// Waits until nobody else opens or ends sessions of this person, and keeps others from it until the end of the transaction.
pub(crate) async fn in_turn(tx: &mut ControlTx, person: PersonId) -> std::result::Result<(), IdentityError> {
    sqlx::query_scalar!("select id from person where id = $1 for no key update", person.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(())
}

/// Whose session it is or was, until the sweep removes it.
pub(crate) async fn session_person(
    tx: &mut ControlTx,
    id: &Id,
) -> std::result::Result<Option<PersonId>, IdentityError> {
    let person = sqlx::query_scalar!("select person_id from session where id = $1", key(id))
        .fetch_optional(&mut **tx)
        .await?;
    Ok(person.map(PersonId::from))
}

/// The token that the provider wants back at logout, also of a session that has ended and was not swept yet.
pub(crate) async fn id_token(tenancy: &Tenancy, id: &Id) -> std::result::Result<Option<Secret>, IdentityError> {
    let mut tx = tenancy.control().await?;
    let sealed = sqlx::query_scalar!("select id_token from session where id = $1", key(id))
        .fetch_optional(&mut *tx)
        .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let opened = id_token_key(tenancy).open(&sealed)?;
    Ok(Some(Secret::new(String::from_utf8_lossy(&opened))))
}

fn id_token_key(tenancy: &Tenancy) -> TokenKey {
    tenancy.key_encryption_key().token_key("id token")
}

/// The row's key: a digest, so that who reads the table has no id. The id is random and needs no salt.
pub(crate) fn key(id: &Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

fn holding(signed_in: &SignedIn) -> Result<HashMap<String, serde_json::Value>> {
    let value = serde_json::to_value(signed_in).map_err(|e| Error::Encode(e.to_string()))?;
    Ok(HashMap::from([(SIGNED_IN.to_owned(), value)]))
}

fn backend(error: IdentityError) -> Error {
    Error::Backend(match error {
        IdentityError::Login(LoginError::AskedTooLongAgo) => ENDED_MEANWHILE.to_owned(),
        error => error.to_string(),
    })
}

impl fmt::Debug for PersonSessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonSessionStore").finish_non_exhaustive()
    }
}
