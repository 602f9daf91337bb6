//! Why a request was not done, by what the person can do about it.

use thiserror::Error;

use crate::refusals;

/// Where what a message is about can be changed, by those who may.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remedy {
    /// The locks are moved, and exceptions made.
    Locks,
}

/// A message at a field of a form, or at a line of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The field's name as the form posts it (`date`, `lines.3.account`); empty for the form as a whole.
    pub field: String,
    /// What happened, what it means and what to do.
    pub message: String,
    /// Where it can be helped, besides in the form.
    pub remedy: Option<Remedy>,
}

impl Problem {
    /// A message at a field.
    pub fn at(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
            remedy: None,
        }
    }

    /// The same, with where it can be helped.
    pub(crate) fn helped_at(self, remedy: Remedy) -> Self {
        Self {
            remedy: Some(remedy),
            ..self
        }
    }

    /// A message for the form as a whole.
    pub fn of_form(message: impl Into<String>) -> Self {
        Self::at("", message)
    }
}

/// Why a request was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// What was asked for is not there, or not there for this company.
    #[error("{0} was not found")]
    NotFound(&'static str),
    /// Something typed or chosen is wrong: every problem at its field.
    #[error("{}", joined(.0))]
    Invalid(Vec<Problem>),
    /// Somebody saved a newer version meanwhile: show both and ask.
    #[error("Somebody else changed this meanwhile. Open it again to see what is there now.")]
    Stale {
        /// The version that is live now; of what has no versions of its own, the change that touched it last.
        live: i64,
    },
    /// Everything that the walls and the database say.
    #[error(transparent)]
    Tenancy(#[from] tenancy::Error),
}

impl Error {
    /// One problem at one field.
    pub fn at(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::at(field, message)])
    }

    /// One problem of the form as a whole.
    pub fn of_form(message: impl Into<String>) -> Self {
        Self::Invalid(vec![Problem::of_form(message)])
    }

    /// The messages to show at a form's fields; none where the form could not have helped it.
    pub fn problems(&self) -> Vec<Problem> {
        match self {
            Self::Invalid(problems) => problems.clone(),
            Self::Tenancy(tenancy::Error::Refused(refusal)) => refusals::problem(refusal).into_iter().collect(),
            Self::Tenancy(error @ (tenancy::Error::Busy | tenancy::Error::Crowded)) => {
                vec![Problem::of_form(error.to_string())]
            }
            Self::Stale { .. } => vec![Problem::of_form(self.to_string())],
            Self::NotFound(_) | Self::Tenancy(_) => Vec::new(),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Tenancy(error.into())
    }
}

impl From<ledger::money::AmountOverflow> for Error {
    fn from(error: ledger::money::AmountOverflow) -> Self {
        Self::of_form(error.to_string())
    }
}

impl From<vault::VaultError> for Error {
    fn from(error: vault::VaultError) -> Self {
        Self::Tenancy(error.into())
    }
}

fn joined(problems: &[Problem]) -> String {
    let texts: Vec<String> = problems
        .iter()
        .map(|p| {
            if p.field.is_empty() {
                p.message.clone()
            } else {
                format!("{}: {}", p.field, p.message)
            }
        })
        .collect();
    texts.join("; ")
}
