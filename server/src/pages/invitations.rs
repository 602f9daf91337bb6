//! `/invitations/{token}`: what an invitation offers, and taking it.

use app::forms::{ACTION, FormState};
use app::pages::invitation::{InvitationPage, InvitationPageProps};
use app::view::frame::Section;
use app::view::people::{InvitationView, OfferView, action};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use identity::{IdentityError, InvitationRefusal, Person, ReturnTo, companies_of, invitation_accept, invitation_offer};

use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{SignedIn, Visitor, login_address};

/// `GET /invitations/{token}`: for whoever has the link.
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    Visitor(visitor): Visitor,
    Path(token): Path<String>,
) -> Result<Response, PageError> {
    let offer = match invitation_offer(&state.tenancy, &token, state.clock.now()).await {
        Ok(offer) => offer,
        Err(error) => return refused(&page, error),
    };
    if is_member(&state, visitor.as_ref(), &offer.slug).await? {
        let view = InvitationView::Member {
            company: offer.company,
            href: Section::Home.path(&offer.slug),
        };
        return Ok(answer(&page, StatusCode::OK, view));
    }
    let return_to = ReturnTo::parse(&page.address).unwrap_or_default();
    let view = InvitationView::Open(OfferView {
        company: offer.company,
        role: offer.role.code().to_owned(),
        invited_by: offer.invited_by,
        email: offer.email,
        visitor: visitor.map(|person| person.email),
        sign_in: login_address(&return_to),
        form: page.form(FormState::fresh),
    });
    Ok(answer(&page, StatusCode::OK, view))
}

/// `POST /invitations/{token}`
pub async fn accept(
    State(state): State<AppState>,
    page: PageRequest,
    SignedIn(person): SignedIn,
    Path(token): Path<String>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    if form.value(ACTION) != action::ACCEPT {
        return Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY));
    }
    match invitation_accept(&state.tenancy, &token, person.id, state.clock.now()).await {
        Ok(company) => Ok(reply.done(&Section::Home.path(&company.slug))),
        // The invitation stays open for somebody else, and the page says so.
        Err(IdentityError::MemberAlready) => Ok(reply.done(&page.address)),
        Err(error) => refused(&page, error),
    }
}

async fn is_member(state: &AppState, visitor: Option<&Person>, slug: &str) -> Result<bool, PageError> {
    let Some(person) = visitor else {
        return Ok(false);
    };
    let companies = companies_of(&state.tenancy, person.id).await?;
    Ok(companies.iter().any(|company| company.slug == slug))
}

/// Why the invitation cannot be taken, or the error that hides behind it.
fn refused(page: &PageRequest, error: IdentityError) -> Result<Response, PageError> {
    let IdentityError::Invitation(refusal) = error else {
        return Err(error.into());
    };
    let (status, heading, advice) = match refusal {
        InvitationRefusal::Unknown => (
            StatusCode::NOT_FOUND,
            "There is no such invitation",
            "The link may have been cut short. Open it again from where it was sent to you, whole.",
        ),
        InvitationRefusal::Used => (
            StatusCode::GONE,
            "This invitation was used",
            "An invitation lets one person in. If it was you, the company is in your list; if not, ask for another.",
        ),
        InvitationRefusal::Revoked => (
            StatusCode::GONE,
            "This invitation was withdrawn",
            "An admin of the company took it back, or is no admin any more. Ask them for another.",
        ),
        InvitationRefusal::Expired => (
            StatusCode::GONE,
            "This invitation has expired",
            "An invitation is good for seven days. Ask whoever sent it for another.",
        ),
        InvitationRefusal::OtherPerson => (
            StatusCode::FORBIDDEN,
            "This invitation is for somebody else",
            "It is good for one e-mail address, and yours is another or not confirmed. Sign out and sign in with that address.",
        ),
    };
    let view = InvitationView::Closed {
        heading: heading.to_owned(),
        advice: advice.to_owned(),
    };
    Ok(answer(page, status, view))
}

fn answer(page: &PageRequest, status: StatusCode, view: InvitationView) -> Response {
    let (address, theme) = (page.address.clone(), page.theme);
    page.html_with(status, "Invitation", || {
        InvitationPage(InvitationPageProps { view, address, theme })
    })
}
