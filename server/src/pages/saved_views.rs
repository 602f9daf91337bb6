//! `/c/{slug}/views`: saved views of reports and lists, and the menu that every page of them carries.

use app::forms::{ACTION, FieldError, FormState};
use app::pages::saved_views::{
    NewViewPage, NewViewPageProps, ViewEditPage, ViewEditPageProps, ViewsPage, ViewsPageProps,
};
use app::view::frame::Section;
use app::view::saved_views::{
    NewViewView, ViewEditView, ViewLink, ViewRow, ViewsMenuView, action, field, page_title, views_path,
};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::saved_views::{
    NewView, SavedView, saved_view_create, saved_view_get, saved_view_list, saved_view_remove, saved_view_update,
};
use tenancy::{Capability, Cx};
use url::form_urlencoded;

use super::accounting::{Facts, done_of};
use crate::errors::PageError;
use crate::forms::{PostedForm, request_key};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Saved views";
const NEW: &str = "Save view";

/// Most views that a page's menu lists; all of them stand on a page of their own.
const MENU_VIEWS_MAX: usize = 20;

/// What of an address is not the view but a place in it, a file of it, or what was just done or checked there.
const NOT_OF_A_VIEW: [&str; 7] = ["after", "before", "format", "done", "all", "imported", SAVED];

/// What an address says of the view that was saved just now: its id.
const SAVED: &str = "view_saved";

/// The menu of the page at an address; none where the page has no views to save.
pub async fn menu(cx: &Cx, address: &str) -> Result<Option<ViewsMenuView>, PageError> {
    let slug = &cx.tenant().slug;
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let below = path.strip_prefix(&format!("/c/{slug}/"));
    let Some(page) = below.filter(|page| page_title(page).is_some()) else {
        return Ok(None);
    };
    let saved = saved_id(query);
    let query = of_a_view(query);
    let mut views = saved_view_list(cx).await?;
    views.retain(|view| view.page == page);
    let is_new = |view: &&SavedView| saved == Some(view.id) && view.query == query;
    let saved = views.iter().find(is_new).map(|view| view.name.clone());
    let views = views.into_iter().take(MENU_VIEWS_MAX).map(|view| ViewLink {
        href: address_of(slug, &view),
        is_current: view.query == query,
        name: view.name,
    });
    Ok(Some(ViewsMenuView {
        slug: slug.clone(),
        page: page.to_owned(),
        views: views.collect(),
        saved,
        query,
        request_key: cx
            .may(Capability::Documents)
            .then(|| FormState::fresh().request_key().to_owned()),
    }))
}

/// The views of a company as links, for pages that list them.
pub async fn links(cx: &Cx) -> Result<Vec<ViewLink>, PageError> {
    let slug = &cx.tenant().slug;
    let views = saved_view_list(cx).await?.into_iter();
    Ok(views
        .map(|view| ViewLink {
            href: address_of(slug, &view),
            is_current: false,
            name: view.name,
        })
        .collect())
}

/// What a page is asked, without where in it somebody was: pairs with a value, as they stand.
fn of_a_view(query: &str) -> String {
    let mut kept = form_urlencoded::Serializer::new(String::new());
    kept.extend_pairs(
        form_urlencoded::parse(query.as_bytes())
            .filter(|(name, value)| !value.is_empty() && !NOT_OF_A_VIEW.contains(&name.as_ref())),
    );
    kept.finish()
}

/// The view that an address says was saved just now.
fn saved_id(query: &str) -> Option<i64> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == SAVED)?.1.parse().ok()
}

/// Where a view is seen.
fn address_of(slug: &str, view: &SavedView) -> String {
    page_address(slug, &view.page, &view.query)
}

fn page_address(slug: &str, page: &str, query: &str) -> String {
    match query {
        "" => format!("/c/{slug}/{page}"),
        query => format!("/c/{slug}/{page}?{query}"),
    }
}

/// `GET /c/{slug}/views`
pub async fn list(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let views = saved_view_list(&company.cx).await?;
    let rows = views.into_iter().map(|view| row(&facts, &company, view)).collect();
    let done = match done_of(&page).as_deref() {
        Some("renamed") => Some("The view has its new name."),
        Some("removed") => Some("The view is removed."),
        _ => None,
    };
    let frame = frame_for(&company, Section::Reports).await?;
    Ok(page.html(TITLE, || ViewsPage(ViewsPageProps { frame, rows, done })))
}

fn row(facts: &Facts, company: &Company, view: SavedView) -> ViewRow {
    ViewRow {
        href: address_of(&facts.slug, &view),
        page: page_title(&view.page).unwrap_or(&view.page).to_owned(),
        who: view.actor,
        when: facts.moment(view.at),
        edit: company
            .cx
            .may(Capability::Documents)
            .then(|| format!("{}/{}", views_path(&facts.slug), view.id)),
        name: view.name,
    }
}

/// `GET /c/{slug}/views/new?page&query`
pub async fn new(
    page: PageRequest,
    company: Company,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let form = page.form(|| {
        let of = |name: &str| {
            asked
                .iter()
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.clone())
        };
        FormState::fresh()
            .with(
                field::PAGE,
                of(field::PAGE).unwrap_or_else(|| "reports/profit-and-loss".to_owned()),
            )
            .with(field::QUERY, of(field::QUERY).unwrap_or_default())
    });
    let view = new_view(&company, form)?;
    let frame = frame_for(&company, Section::Reports).await?;
    Ok(page.html(NEW, || NewViewPage(NewViewPageProps { frame, view })))
}

/// `POST /c/{slug}/views/new`
pub async fn create(page: PageRequest, company: Company, posted: PostedForm) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    match save(&company, &form).await {
        Ok(address) => Ok(reply.done(&address)),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let view = new_view(&company, form.clone())?;
            let frame = frame_for(&company, Section::Reports).await?;
            Ok(reply.refused(&page, NEW, &form, || NewViewPage(NewViewPageProps { frame, view })))
        }
    }
}

/// Saves the view and gives where it is seen and said to be saved.
async fn save(company: &Company, form: &FormState) -> Result<String, NotRecorded> {
    let page = form.value(field::PAGE);
    if page_title(page).is_none() {
        return Err(FieldError::form(
            "This page has no views to save. Save one from the menu Views of a report or a list.",
        )
        .into());
    }
    let new = NewView {
        name: form.value(field::NAME).to_owned(),
        page: page.to_owned(),
        query: of_a_view(form.value(field::QUERY)),
    };
    let id = saved_view_create(&company.cx, &new, &request_key(form)?).await?;
    let address = page_address(&company.cx.tenant().slug, &new.page, &new.query);
    let next = if new.query.is_empty() { '?' } else { '&' };
    Ok(format!("{address}{next}{SAVED}={id}"))
}

fn new_view(company: &Company, form: FormState) -> Result<NewViewView, PageError> {
    let slug = &company.cx.tenant().slug;
    let page = form.value(field::PAGE);
    let (title, back) = match page_title(page) {
        Some(title) => (title, page_address(slug, page, &of_a_view(form.value(field::QUERY)))),
        // What was posted names no page of ours: the form says so.
        None => ("A page", views_path(slug)),
    };
    Ok(NewViewView {
        page: title,
        back,
        form,
    })
}

/// `GET /c/{slug}/views/{id}`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let saved = saved_view_get(&company.cx, id).await?;
    let form = page.form(|| FormState::fresh().with(field::NAME, &saved.name));
    let view = edit_view(&facts, &company, saved, form);
    let frame = frame_for(&company, Section::Reports).await?;
    let title = view.row.name.clone();
    Ok(page.html(&title, || ViewEditPage(ViewEditPageProps { frame, view })))
}

/// `POST /c/{slug}/views/{id}`
pub async fn posted(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Path((_, id)): Path<(String, i64)>,
    posted: PostedForm,
) -> Result<Response, PageError> {
    let (mut form, reply) = posted.into_parts();
    let facts = Facts::read(&state, &company).await?;
    match change(&company, id, &form).await {
        Ok(done) => Ok(reply.done(&format!("{}?done={done}", views_path(&facts.slug)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            let saved = saved_view_get(&company.cx, id).await?;
            let view = edit_view(&facts, &company, saved, form.clone());
            let frame = frame_for(&company, Section::Reports).await?;
            let title = view.row.name.clone();
            Ok(reply.refused(&page, &title, &form, || ViewEditPage(ViewEditPageProps { frame, view })))
        }
    }
}

/// Does what was asked, and says what.
async fn change(company: &Company, id: i64, form: &FormState) -> Result<&'static str, NotRecorded> {
    let key = request_key(form)?;
    match form.value(ACTION) {
        action::RENAME => {
            saved_view_update(&company.cx, id, form.value(field::NAME), &key).await?;
            Ok("renamed")
        }
        action::REMOVE => {
            saved_view_remove(&company.cx, id, &key).await?;
            Ok("removed")
        }
        _ => Err(PageError::of(StatusCode::BAD_REQUEST).into()),
    }
}

fn edit_view(facts: &Facts, company: &Company, saved: SavedView, form: FormState) -> ViewEditView {
    ViewEditView {
        row: row(facts, company, saved),
        back: views_path(&facts.slug),
        form,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_keeps_what_is_asked_and_no_place_in_it() {
        assert_eq!(
            of_a_view("period=last-month&after=12.3&to=&format=csv"),
            "period=last-month"
        );
        assert_eq!(
            of_a_view("account=1&account=2&text=a+b%26c"),
            "account=1&account=2&text=a+b%26c"
        );
        assert_eq!(
            of_a_view("state=draft&done=post.3&all=yes&imported=12.3.1&view_saved=7"),
            "state=draft"
        );
        assert_eq!(of_a_view(""), "");
        assert_eq!(saved_id("state=draft&view_saved=7"), Some(7));
        assert_eq!(saved_id("view_saved=7th"), None);
    }

    #[test]
    fn a_view_opens_below_the_company_only() {
        assert_eq!(
            page_address("juniper", "reports/journal", ""),
            "/c/juniper/reports/journal"
        );
        assert_eq!(page_address("juniper", "sales", "text=x"), "/c/juniper/sales?text=x");
    }
}
