//! A form that was posted after its session had ended: kept, sealed, until the same person has signed in again in the same
//! browser. Nothing is posted by itself: the page comes back with what was typed.
//!
//! The browser holds a ticket, the row names the person, and only both together give the form back. A form is kept for somebody
//! whose session this was, the latest alone and up to a size, so that strangers cannot fill the table.

use std::fmt;

use serde::{Deserialize, Serialize};
use tenancy::Tenancy;
use time::{Duration, OffsetDateTime};
use tower_sessions::session::Id;
use vault::TokenKey;

use crate::{IdentityError, PersonId, ReturnTo, session_store::session_person, token};

/// How long a form is kept.
pub const KEPT_FORM_LIFE: Duration = Duration::hours(1);
/// The longest form that is kept: a journal entry of 500 lines has 150 kB.
pub const KEPT_FORM_BYTES_MAX: usize = 256 * 1024;

/// What the browser must bring to get its form back.
pub struct FormTicket(String);

impl FormTicket {
    /// The text, for the browser's cookie.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FormTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormTicket(…)")
    }
}

/// A form as it was posted.
#[derive(Serialize, Deserialize)]
pub struct KeptForm {
    /// The page it was posted to, which is the page that shows it.
    pub address: ReturnTo,
    /// Names and values, `application/x-www-form-urlencoded`.
    pub body: String,
}

/// What is typed into forms does not belong into logs.
impl fmt::Debug for KeptForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptForm").finish_non_exhaustive()
    }
}

/// Keeps a form for whoever had this session, in place of one that was kept before. None when nobody is known to have had it, or
/// when the form is too long: then it is not kept.
pub async fn form_keep(
    tenancy: &Tenancy,
    session: &Id,
    form: &KeptForm,
    now: OffsetDateTime,
) -> Result<Option<FormTicket>, IdentityError> {
    if form.body.len() > KEPT_FORM_BYTES_MAX {
        return Ok(None);
    }
    let mut tx = tenancy.control().await?;
    let Some(person) = session_person(&mut tx, session).await? else {
        return Ok(None);
    };
    let (ticket, digest) = token::generate()?;
    // Strings alone: this cannot fail but by the key.
    let text = serde_json::to_vec(form).unwrap_or_default();
    sqlx::query!(
        "insert into kept_form (id, person_id, sealed, kept_at) values ($1, $2, $3, $4)
         on conflict (person_id) do update set id = excluded.id, sealed = excluded.sealed, kept_at = excluded.kept_at",
        digest.as_slice(),
        person.uuid(),
        key(tenancy).seal(&text)?,
        now
    )
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Some(FormTicket(ticket)))
}

/// The form of a ticket, if it is this person's and not too old.
pub async fn form_kept(
    tenancy: &Tenancy,
    ticket: &str,
    person: PersonId,
    now: OffsetDateTime,
) -> Result<Option<KeptForm>, IdentityError> {
    let Some(digest) = token::digest(ticket) else {
        return Ok(None);
    };
    let mut tx = tenancy.control().await?;
    let sealed = sqlx::query_scalar!(
        "select sealed from kept_form where id = $1 and person_id = $2 and kept_at > $3",
        digest.as_slice(),
        person.uuid(),
        now - KEPT_FORM_LIFE
    )
    .fetch_optional(&mut *tx)
    .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let text = key(tenancy).open(&sealed)?;
    Ok(serde_json::from_slice(&text).ok())
}

/// Forgets the form of a ticket: it was posted again.
pub async fn form_forget(tenancy: &Tenancy, ticket: &str) -> Result<(), IdentityError> {
    let Some(digest) = token::digest(ticket) else {
        return Ok(());
    };
    let mut tx = tenancy.control().await?;
    sqlx::query!("delete from kept_form where id = $1", digest.as_slice())
        .execute(&mut *tx)
        .await?;
    Ok(tx.commit().await?)
}

fn key(tenancy: &Tenancy) -> TokenKey {
    tenancy.key_encryption_key().token_key("kept form")
}
