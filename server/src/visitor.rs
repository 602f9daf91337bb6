//! Who asks, and in which company: what the guard found, as arguments of handlers.
//!
//! ```text
//! async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
//!     let view = … books::account_list(&company.cx, None).await? …;
//!     let frame = frame_for(&company, Section::Accounting).await?;
//!     Ok(page.html(TITLE, || AccountsPage(AccountsPageProps { frame, view })))
//! }
//! ```

use app::theme::Theme;
use app::view::accounting::periods::PeriodsPage;
use app::view::company::fiscal_year_words;
use app::view::frame::{COUNTED_MAX, CompanyLink, FrameView, PersonView, Section};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use books::company::company_get;
use books::review::{REVIEW_COUNT_MAX, review_count};
use identity::{Entered, Person, ReturnTo, person, signed_in};
use ledger::statements::Basis;
use tenancy::{Capability, Cx};
use tower_sessions::Session;

use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::saved_views;
use crate::state::AppState;

/// Who is signed in: an argument of handlers behind [`Guard::SignedIn`](crate::layers::Guard) or a capability.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Person);

/// Who asks for a page that is for everyone: somebody signed in, or nobody.
#[derive(Clone, Debug)]
pub struct Visitor(pub Option<Person>);

/// The company in the address and who entered it: an argument of handlers behind a capability.
#[derive(Clone, Debug)]
pub struct Company {
    /// The first argument of everything in `books`.
    pub cx: Cx,
    /// Who asks.
    pub person: Person,
    companies: Vec<identity::Company>,
    theme: Theme,
    address: String,
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, PageError> {
        let signed_in = parts.extensions.get::<Self>().cloned();
        signed_in.ok_or(PageError::of(StatusCode::UNAUTHORIZED))
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let session = Session::from_request_parts(parts, state)
            .await
            .map_err(|(_, reason)| PageError::internal(reason))?;
        Ok(Self(person_of(state, &session).await?))
    }
}

impl FromRequestParts<AppState> for Company {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, PageError> {
        let Ok(page) = PageRequest::from_request_parts(parts, state).await;
        let entered = parts.extensions.get::<Entered>();
        let Entered { cx, person, companies } = entered.ok_or(PageError::of(StatusCode::NOT_FOUND))?;
        Ok(Self {
            // What a page says agrees with itself. What is posted writes, and then reads what it wrote.
            cx: match parts.method.is_safe() {
                true => cx.at_one_moment(),
                false => cx.clone(),
            },
            person: person.clone(),
            companies: companies.clone(),
            theme: page.theme,
            address: page.address,
        })
    }
}

impl Company {
    /// The same, but that each read is of its own moment: for a file that is read on for as long as somebody takes it.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self {
            cx: self.cx.apart(),
            ..self.clone()
        }
    }
}

/// The person of a session, if somebody is signed in with it.
pub async fn person_of(state: &AppState, session: &Session) -> Result<Option<Person>, PageError> {
    match signed_in(session).await? {
        Some(signed_in) => Ok(Some(person(&state.tenancy, signed_in.person).await?)),
        None => Ok(None),
    }
}

/// Where to sign in and come back from.
pub fn login_address(return_to: &ReturnTo) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("return_to", return_to.as_str())
        .finish();
    format!("/login?{query}")
}

/// Where somebody signs in whose session was ended: the sign-in service asks them, whatever it knows.
pub fn login_again_address(return_to: &ReturnTo) -> String {
    format!("{}&ask=yes", login_address(return_to))
}

/// What a browser is told whose session somebody ended, with the way back to the page that it asked for.
pub fn signed_out_address(return_to: &ReturnTo) -> String {
    login_address(return_to).replacen("/login", "/signed-out", 1)
}

// One more than are counted is drawn as more.
const _: () = assert!(COUNTED_MAX == REVIEW_COUNT_MAX);

/// The frame around a company's page: whose books, who looks, where they may go and what waits there.
pub async fn frame_for(company: &Company, section: impl Into<Option<Section>>) -> Result<FrameView, PageError> {
    let Company {
        cx, person, companies, ..
    } = company;
    let books = company_get(cx).await?;
    let waiting = review_count(cx).await?;
    let basis = match books.basis {
        Basis::Accrual => "Accrual",
        Basis::Cash => "Cash",
    };
    Ok(FrameView {
        company: CompanyLink {
            slug: cx.tenant().slug.clone(),
            name: books.name,
        },
        company_line: format!("{basis} · {}", fiscal_year_words(books.fiscal_year_first_month)),
        companies: companies
            .iter()
            .map(|company| CompanyLink {
                slug: company.slug.clone(),
                name: company.name.clone(),
            })
            .collect(),
        person: PersonView {
            name: person.name.clone(),
            email: person.email.clone(),
            role: cx.role().code().to_owned(),
        },
        section: section.into(),
        counts: vec![(Section::Banking, waiting)],
        theme: company.theme,
        address: company.address.clone(),
        may_write_journal: cx.may(Capability::Journal),
        may_import: cx.may(Capability::Documents),
        locks: cx
            .may(Capability::Lock)
            .then(|| PeriodsPage::Locks.path(&cx.tenant().slug)),
        views: saved_views::menu(cx, &company.address).await?,
    })
}
