//! What the books and identity refuse, as pages and as messages at the fields of a form.
//!
//! A handler that records gives a [`NotRecorded`]; `?` makes one of every error below. [`NotRecorded::at_fields`] is what the form
//! can show, and what no form could have helped becomes a page.

use app::forms::{FieldError, LeadsTo};
use axum::http::StatusCode;
use books::Remedy;
use identity::{COMPANIES_A_DAY_MAX, IdentityError, InvitationRefusal};

use crate::errors::PageError;

/// Why a form was not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRecorded {
    /// The form comes back with these messages.
    AtFields(Vec<FieldError>),
    /// A page is shown instead of the form.
    Whole(PageError),
}

impl NotRecorded {
    /// The messages for the form.
    ///
    /// # Errors
    /// The page to show instead.
    pub fn at_fields(self) -> Result<Vec<FieldError>, PageError> {
        match self {
            Self::AtFields(errors) => Ok(errors),
            Self::Whole(page) => Err(page),
        }
    }
}

impl From<Vec<FieldError>> for NotRecorded {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::AtFields(errors)
    }
}

impl From<FieldError> for NotRecorded {
    fn from(error: FieldError) -> Self {
        Self::AtFields(vec![error])
    }
}

impl From<PageError> for NotRecorded {
    fn from(page: PageError) -> Self {
        Self::Whole(page)
    }
}

impl From<books::Error> for NotRecorded {
    fn from(error: books::Error) -> Self {
        let problems = error.problems();
        if problems.is_empty() {
            return Self::Whole(error.into());
        }
        let errors = problems.into_iter().map(|problem| FieldError {
            field: problem.field,
            message: problem.message,
            leads_to: problem.remedy.map(|Remedy::Locks| LeadsTo::Locks),
        });
        Self::AtFields(errors.collect())
    }
}

impl From<IdentityError> for NotRecorded {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::NotAnAddress => {
                FieldError::at("email", "Enter an e-mail address, as in name@company.com.").into()
            }
            IdentityError::MemberAlready => {
                FieldError::at("email", "Somebody with this address is in the company already.").into()
            }
            IdentityError::Invitation(InvitationRefusal::Used) => FieldError::form(
                "This form has made an invitation before, and it was accepted. Open this page again to invite somebody else.",
            )
            .into(),
            IdentityError::TooManyCompanies => FieldError::form(format!(
                "A person comes into at most {COMPANIES_A_DAY_MAX} companies a day, founded or by invitation, and you have. Open the next \
                 one when a day has passed: nothing is recorded until then."
            ))
            .into(),
            IdentityError::Tenancy(error) => books::Error::from(error).into(),
            other => Self::Whole(other.into()),
        }
    }
}

impl From<books::Error> for PageError {
    fn from(error: books::Error) -> Self {
        match error {
            books::Error::NotFound(_) => Self::of(StatusCode::NOT_FOUND),
            books::Error::Stale { .. } => Self::of(StatusCode::CONFLICT),
            books::Error::Invalid(_) => Self::of(StatusCode::UNPROCESSABLE_ENTITY),
            books::Error::Tenancy(error) => error.into(),
        }
    }
}

impl From<tenancy::Error> for PageError {
    fn from(error: tenancy::Error) -> Self {
        use tenancy::Error;
        match error {
            Error::Forbidden => Self::of(StatusCode::FORBIDDEN),
            Error::BadRequestKey | Error::AnswerMismatch => Self::of(StatusCode::BAD_REQUEST),
            Error::Refused(refusal) => {
                tracing::warn!(%refusal, "the database refused what no form should ask for");
                Self::of(StatusCode::UNPROCESSABLE_ENTITY)
            }
            Error::Crowded => Self::in_words(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "These books are answering many requests at once",
                "Nothing of yours was recorded. Wait a moment and try again.",
            ),
            Error::Busy => Self::in_words(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Another change of this company is being saved",
                "Nothing of yours was recorded. Wait a moment and send it again.",
            ),
            Error::NoStock => Self::in_words(
                StatusCode::SERVICE_UNAVAILABLE,
                "no_stock",
                "No new company can be opened this minute",
                "CarteFi is making room for more. Wait a minute and send the form again.",
            ),
            Error::Unavailable(error) => unavailable(error),
            error => Self::internal(with_cause(&error)),
        }
    }
}

impl From<IdentityError> for PageError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::NoSuchCompany | IdentityError::NoSuchPerson | IdentityError::Invitation(_) => {
                Self::of(StatusCode::NOT_FOUND)
            }
            IdentityError::Tenancy(error) => error.into(),
            // The session's store is a database: it may be away for a moment.
            IdentityError::Session(error) => unavailable(error),
            error => Self::internal(with_cause(&error)),
        }
    }
}

fn unavailable(error: impl std::fmt::Display) -> PageError {
    tracing::error!(%error, "a database could not be reached");
    PageError::of(StatusCode::SERVICE_UNAVAILABLE)
}

fn with_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use tenancy::{Refusal, RefusalCode};

    use super::*;

    #[test]
    fn the_last_admins_leaving_is_a_message_at_the_form() {
        let refusal = Refusal {
            code: RefusalCode::LastAdmin,
            message: "a company keeps at least one admin".to_owned(),
            detail: String::new(),
            constraint: None,
        };
        let error = IdentityError::Tenancy(tenancy::Error::Refused(refusal));
        let errors = NotRecorded::from(error).at_fields().expect("a message");
        assert_eq!(
            errors,
            [FieldError::form(
                "A company needs an admin. Make somebody else an admin first."
            )]
        );
    }

    #[test]
    fn what_no_form_could_have_helped_is_a_page() {
        for (error, status) in [
            (tenancy::Error::Forbidden, StatusCode::FORBIDDEN),
            (tenancy::Error::WrongSchema, StatusCode::INTERNAL_SERVER_ERROR),
            (tenancy::Error::NoStock, StatusCode::SERVICE_UNAVAILABLE),
        ] {
            let page = NotRecorded::from(books::Error::from(error))
                .at_fields()
                .expect_err("a page");
            assert_eq!(page.status(), status);
        }
        let hidden = NotRecorded::from(IdentityError::NoSuchCompany);
        assert_eq!(hidden, NotRecorded::Whole(PageError::of(StatusCode::NOT_FOUND)));
    }
}
