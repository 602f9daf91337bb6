//! Why something about people did not happen, by what the caller can do about it.

use crate::LoginError;

/// The crate's error. What happens while signing in at the provider is [`LoginError`]; why a login cannot be taken up again is
/// [`crate::LoginStateError`].
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The company does not exist, or the person may not enter it: which of the two is not said.
    #[error("there is no such company, or you may not enter it")]
    NoSuchCompany,
    /// The person is not in the company, or no person has the address.
    #[error("there is no such person")]
    NoSuchPerson,
    /// Several people of several providers have the address.
    #[error("several people have this e-mail address")]
    SeveralPeople,
    /// Somebody in the company cannot be invited into it.
    #[error("this person is in the company already")]
    MemberAlready,
    /// The person came into as many companies in a day as one may.
    #[error("too many companies in a day")]
    TooManyCompanies,
    /// The e-mail address has no @, or is longer than 320 characters.
    #[error("this is not an e-mail address")]
    NotAnAddress,
    /// The provider gave no e-mail address: sign in with an account that has one.
    #[error("your account at the sign-in service has no e-mail address")]
    EmailMissing,
    /// The provider says, or does not deny, that the address is not proven: confirm it there and sign in again.
    #[error("the e-mail address of your account at the sign-in service is not confirmed")]
    EmailUnverified,
    /// The invitation cannot be taken.
    #[error(transparent)]
    Invitation(#[from] InvitationRefusal),
    /// What the provider said is not enough to come in by, or it could not be asked to end its own session.
    #[error(transparent)]
    Login(#[from] LoginError),
    /// The public address is neither https nor http on localhost.
    #[error("the public address must be https, or http on localhost")]
    PublicUrl,
    /// The session could not be read or written.
    #[error("the session could not be read or written")]
    Session(#[from] tower_sessions::session::Error),
    /// A database or a capability refused: also the last admin's leaving (`RefusalCode::LastAdmin`).
    #[error(transparent)]
    Tenancy(#[from] tenancy::Error),
    /// A key failed.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
}

/// Why an invitation cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationRefusal {
    /// No invitation has this token.
    #[error("there is no such invitation")]
    Unknown,
    /// It was taken.
    #[error("this invitation was used already")]
    Used,
    /// An admin took it back.
    #[error("this invitation was withdrawn")]
    Revoked,
    /// Its seven days are over.
    #[error("this invitation has expired")]
    Expired,
    /// It is for another e-mail address, or this one is not confirmed.
    #[error("this invitation is for another e-mail address")]
    OtherPerson,
}

impl From<sqlx::Error> for IdentityError {
    fn from(error: sqlx::Error) -> Self {
        Self::Tenancy(error.into())
    }
}
