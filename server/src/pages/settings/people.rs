//! `/c/{slug}/settings/people`: who may enter the company, and who is invited.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::settings::{PeoplePage, PeoplePageProps};
use app::view::frame::Section;
use app::view::people::{InvitationRow, InvitationStanding, MemberRow, PeopleView, action};
use app::view::settings::SettingsRoom;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use books::company::{Company as CompanyFacts, company_get};
use identity::{
    Invitation, InvitationState, Member, Person, invitation_create, invitation_list, invitation_revoke, people_list,
};
use tenancy::Role;
use uuid::Uuid;

use super::{done, nav};
use crate::errors::PageError;
use crate::forms::{PostedForm, Reply, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "People";

/// `GET /c/{slug}/settings/people`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let form = page.form(|| FormState::fresh().with("role", Role::Viewer.code()));
    let shown = shown(&state, &page, &company, form, None).await?;
    Ok(page.html(TITLE, || PeoplePage(shown)))
}

/// `POST /c/{slug}/settings/people`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (form, reply) = posted.into_parts();
    match form.value(ACTION) {
        action::INVITE => invite(&state, &page, &company, form, reply).await,
        action::WITHDRAW => {
            let id = Uuid::parse_str(form.value("invitation")).map_err(|_| PageError::of(StatusCode::NOT_FOUND))?;
            invitation_revoke(&company.cx, id, state.clock.now()).await?;
            Ok(reply.done(&format!("{}?done=withdrawn", people_path(&company))))
        }
        _ => Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY)),
    }
}

/// The link is on this answer and kept nowhere.
async fn invite(
    state: &AppState,
    page: &PageRequest,
    company: &Company,
    mut form: FormState,
    reply: Reply,
) -> Result<Response, PageError> {
    match invitation_link(state, company, &form).await {
        Ok(link) => {
            let next = FormState::fresh().with("role", Role::Viewer.code());
            let shown = shown(state, page, company, next, Some(link)).await?;
            Ok(page.html(TITLE, || PeoplePage(shown)))
        }
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let shown = shown(state, page, company, form.clone(), None).await?;
            Ok(reply.refused(page, TITLE, &form, || PeoplePage(shown)))
        }
    }
}

async fn invitation_link(state: &AppState, company: &Company, form: &FormState) -> Result<String, NotRecorded> {
    let role = typed_role(form)?;
    let email = Some(form.value("email").trim()).filter(|email| !email.is_empty());
    let key = request_key(form)?;
    let token = invitation_create(&company.cx, role, email, &key, state.clock.now()).await?;
    let origin = state.web.public_origin().map_err(PageError::internal)?;
    Ok(format!("{origin}/invitations/{}", token.expose()))
}

/// The role that was chosen.
pub(super) fn typed_role(form: &FormState) -> Result<Role, FieldError> {
    Role::parse(form.value("role")).ok_or(FieldError::at("role", "Choose a role."))
}

/// Where the company's people are.
pub(super) fn people_path(company: &Company) -> String {
    SettingsRoom::People.path(&company.cx.tenant().slug)
}

async fn shown(
    state: &AppState,
    page: &PageRequest,
    company: &Company,
    form: FormState,
    link: Option<String>,
) -> Result<PeoplePageProps, PageError> {
    let facts = company_get(&company.cx).await?;
    let members = people_list(&company.cx).await?;
    let invitations = invitation_list(&company.cx, state.clock.now()).await?;
    let done = match done(page, form.is_refused() || link.is_some()) {
        Some("role") => Some("The role is changed."),
        Some("removed") => Some("They are removed from the company."),
        Some("withdrawn") => Some("The invitation is withdrawn: its link opens nothing any more."),
        _ => None,
    };
    Ok(PeoplePageProps {
        frame: frame_for(company, Section::Settings).await?,
        nav: nav(&company.cx, SettingsRoom::People),
        view: PeopleView {
            slug: company.cx.tenant().slug.clone(),
            members: members
                .into_iter()
                .map(|member| member_row(member, &company.person, &facts))
                .collect(),
            invitations: invitations
                .into_iter()
                .map(|invitation| invitation_row(invitation, &facts))
                .collect(),
            form,
            done: done.map(str::to_owned),
            link,
        },
    })
}

/// A member as the page shows them, by the company's days.
pub(super) fn member_row(member: Member, person: &Person, facts: &CompanyFacts) -> MemberRow {
    MemberRow {
        is_self: member.person == person.id,
        id: member.person.to_string(),
        name: member.name,
        email: member.email,
        role: member.role.code().to_owned(),
        since: facts.today(member.since),
        signed_in_on: facts.today(member.signed_in_at),
    }
}

fn invitation_row(invitation: Invitation, facts: &CompanyFacts) -> InvitationRow {
    let end = facts.today(invitation.expires_at);
    InvitationRow {
        id: invitation.id.to_string(),
        role: invitation.role.code().to_owned(),
        email: invitation.email,
        invited_by: invitation.invited_by,
        standing: match invitation.state {
            InvitationState::Open => InvitationStanding::Open(end),
            InvitationState::Used { by } => InvitationStanding::Used(by),
            InvitationState::Revoked => InvitationStanding::Withdrawn,
            InvitationState::Expired => InvitationStanding::Expired(end),
        },
    }
}
