//! `/c/{slug}/settings/people/{person}`: one member's role, and their removal.

use app::forms::{ACTION, FormState};
use app::pages::settings::{MemberPage, MemberPageProps};
use app::view::frame::Section;
use app::view::people::{MemberView, action};
use app::view::settings::SettingsRoom;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::company_get;
use identity::{Member, people_list, person_remove, role_change};
use tenancy::Capability;

use super::nav;
use super::people::{member_row, people_path, typed_role};
use crate::errors::PageError;
use crate::forms::PostedForm;
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/settings/people/{person}`
pub async fn show(
    page: PageRequest,
    company: Company,
    Path((_, person)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let member = member(&company, &person).await?;
    let form = page.form(|| FormState::fresh().with("role", member.role.code()));
    let title = member.name.clone();
    let shown = shown(&company, member, form).await?;
    Ok(page.html(&title, || MemberPage(shown)))
}

/// `POST /c/{slug}/settings/people/{person}`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, person)): Path<(String, String)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let member = member(&company, &person).await?;
    match record(&state, &company, &member, &form).await {
        Ok(address) => Ok(reply.done(&address)),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let title = member.name.clone();
            let shown = shown(&company, member, form.clone()).await?;
            Ok(reply.refused(&page, &title, &form, || MemberPage(shown)))
        }
    }
}

/// Does what was asked for, and says where its result is seen.
async fn record(state: &AppState, company: &Company, member: &Member, form: &FormState) -> Result<String, NotRecorded> {
    let now = state.clock.now();
    match form.value(ACTION) {
        action::CHANGE_ROLE => {
            let role = typed_role(form)?;
            role_change(&company.cx, member.person, role, now).await?;
            // Who takes the role from themselves cannot look at the people any more.
            let sees_people = member.person != company.person.id || role.allows(Capability::People);
            Ok(if sees_people {
                format!("{}?done=role", people_path(company))
            } else {
                SettingsRoom::Company.path(&company.cx.tenant().slug)
            })
        }
        action::REMOVE => {
            person_remove(&company.cx, member.person, now).await?;
            Ok(format!("{}?done=removed", people_path(company)))
        }
        _ => Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY).into()),
    }
}

/// The member of that id in this company.
async fn member(company: &Company, id: &str) -> Result<Member, PageError> {
    let members = people_list(&company.cx).await?;
    members
        .into_iter()
        .find(|member| member.person.to_string() == id)
        .ok_or(PageError::of(StatusCode::NOT_FOUND))
}

async fn shown(company: &Company, member: Member, form: FormState) -> Result<MemberPageProps, PageError> {
    let facts = company_get(&company.cx).await?;
    Ok(MemberPageProps {
        frame: frame_for(company, Section::Settings).await?,
        nav: nav(&company.cx, SettingsRoom::People),
        view: MemberView {
            slug: company.cx.tenant().slug.clone(),
            member: member_row(member, &company.person, &facts),
            form,
        },
    })
}
