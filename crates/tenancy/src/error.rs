//! What can go wrong between the application and a database, by what the caller can do about it.

use thiserror::Error;

/// Why a transaction did not happen.
#[derive(Debug, Error)]
pub enum Error {
    /// The role lacks the capability: say so, do not try again.
    #[error("your role does not allow this")]
    Forbidden,
    /// Another change of this company is being saved: keep the form and try again.
    #[error("another change is being saved: try again in a moment")]
    Busy,
    /// The company has all the connections it may have, for longer than one waits: try again.
    #[error("these books are read by too many requests at once: try again in a moment")]
    Crowded,
    /// The database refused what must not be: show the refusal at its field.
    #[error("{0}")]
    Refused(Refusal),
    /// No connection could be had.
    #[error("the database cannot be reached")]
    Unavailable(#[source] sqlx::Error),
    /// The schema is missing, another company's, or of a version this program does not know.
    #[error("these books are not at a version this program can open")]
    WrongSchema,
    /// A request key is 1 to 200 bytes.
    #[error("the request's key is not one")]
    BadRequestKey,
    /// A cell or sub-pool that the configuration does not have.
    #[error("cell {0} is not configured here")]
    UnknownCell(String),
    /// The stock of ready schemas is used up: the provisioner refills it.
    #[error("no new company can be opened this minute: try again shortly")]
    NoStock,
    /// The name in addresses is taken.
    #[error("that short name is taken")]
    SlugTaken,
    /// The answer kept for a request key is not of the kind that is asked for.
    #[error("this request was already used for something else")]
    AnswerMismatch,
    /// Something stands open that must be closed: the program does not serve.
    #[error("the walls are open: {0}")]
    Walls(String),
    /// A key is missing or does not open what it should.
    #[error(transparent)]
    Vault(#[from] vault::VaultError),
    /// A configuration file cannot be read or says something impossible.
    #[error("configuration: {0}")]
    Config(String),
    /// Anything else the database said; never shown to people.
    #[error("database")]
    Database(#[source] sqlx::Error),
}

/// A rule of the database that a write ran into.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{message}")]
pub struct Refusal {
    /// Which rule.
    pub code: RefusalCode,
    /// The database's words, for logs and for rules no form can break.
    pub message: String,
    /// The values a message needs, as the rule gives them.
    pub detail: String,
    /// The constraint's name, where a constraint refused.
    pub constraint: Option<String>,
}

/// The rules, by SQLSTATE.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum RefusalCode {
    /// CF001: debits and credits of a document differ on a date.
    Unbalanced,
    /// CF002: a leg lacks its contact or open item, or is in another currency.
    ControlLeg,
    /// CF003: the day lies in a locked period.
    Locked,
    /// CF004: the posting is matched to a bank line.
    Matched,
    /// CF005: a settlement or match goes beyond what is open.
    BeyondOpen,
    /// CF006: a number of a series twice, skipped or brought along.
    Series,
    /// CF007: what is made is never changed, only retired.
    NeverChanged,
    /// CF008: a write outside a change.
    NoChange,
    /// CF009: the account is inactive.
    InactiveAccount,
    /// CF011: a second change in one transaction.
    SecondChange,
    /// CF012: the day lies before the books begin.
    BeforeBooks,
    /// CF013: an account is not retyped, placed or merged like that.
    AccountRule,
    /// CF014: a closed fiscal year stays locked.
    ClosedYear,
    /// CF020: a company's last admin would be gone.
    LastAdmin,
    /// A named constraint (unique, check, foreign key).
    Constraint,
    /// 42501: the login or role may not do this at all.
    NotPermitted,
    /// 25006: a reading transaction tried to write.
    ReadOnly,
}

impl RefusalCode {
    fn of_sqlstate(state: &str) -> Option<Self> {
        Some(match state {
            "CF001" => Self::Unbalanced,
            "CF002" => Self::ControlLeg,
            "CF003" => Self::Locked,
            "CF004" => Self::Matched,
            "CF005" => Self::BeyondOpen,
            "CF006" => Self::Series,
            "CF007" => Self::NeverChanged,
            "CF008" => Self::NoChange,
            "CF009" => Self::InactiveAccount,
            "CF011" => Self::SecondChange,
            "CF012" => Self::BeforeBooks,
            "CF013" => Self::AccountRule,
            "CF014" => Self::ClosedYear,
            "CF020" => Self::LastAdmin,
            "23505" | "23514" | "23503" | "23502" | "23P01" => Self::Constraint,
            "42501" => Self::NotPermitted,
            "25006" => Self::ReadOnly,
            _ => return None,
        })
    }
}

impl Error {
    /// The refusal, if the database refused.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => {
                    Self::Unavailable(error)
                }
                _ => Self::Database(error),
            };
        };
        let state = database.code().unwrap_or_default().into_owned();
        match state.as_str() {
            // A lock that was not free in time, or two that waited for each other: a step of a migration, say.
            "55P03" | "40P01" => return Self::Busy,
            "CF010" => return Self::WrongSchema,
            // Shutting down, starting up, out of connections.
            "57P01" | "57P02" | "57P03" | "53300" => return Self::Unavailable(error),
            _ => {}
        }
        let Some(code) = RefusalCode::of_sqlstate(&state) else {
            return Self::Database(error);
        };
        let detail = database
            .try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
            .and_then(|e| e.detail())
            .unwrap_or_default();
        Self::Refused(Refusal {
            code,
            message: database.message().to_owned(),
            detail: detail.to_owned(),
            constraint: database.constraint().map(str::to_owned),
        })
    }
}
