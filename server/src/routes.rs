//! Every route in one table: what the router is built from, and what the test of role x route reads.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::{Method, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use tower::ServiceBuilder;
use tower_http::timeout::TimeoutLayer;

use crate::config::NotAnOrigin;
use crate::layers::{self, Entrance, Guard, Policy};
use crate::readiness::{self, Readiness};
use crate::state::AppState;
use crate::{assets, pages};

/// How much a route takes, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of a request's body.
    pub body_bytes: usize,
    /// The most time until the answer begins.
    pub time: Duration,
}

impl Limits {
    /// Pages and forms.
    pub const FORM: Self = Self {
        body_bytes: 2 * 1024 * 1024,
        time: Duration::from_secs(30),
    };
    /// What anybody may post, signed in or not: a choice of colours, a sign-out.
    pub const ANYBODY: Self = Self {
        body_bytes: 8 * 1024,
        ..Self::FORM
    };
    /// Forms whose answer reads all there is.
    pub const WHOLE_BOOKS: Self = Self {
        time: Duration::from_secs(120),
        ..Self::FORM
    };
    /// Statement files. One of more than 20 MB is refused by its page once it is heard to its end: a browser that is cut off shows
    /// no answer. Only beyond this it is cut off. The time is that of a slow line.
    pub const UPLOAD: Self = Self {
        body_bytes: 64 * 1024 * 1024,
        time: Duration::from_secs(120),
    };
}

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Route {
    /// The address, with its parameters in braces.
    pub path: &'static str,
    /// GET shows and changes nothing; POST takes the page's form.
    pub method: Method,
    /// Who may.
    pub guard: Guard,
    /// How much.
    pub limits: Limits,
    handler: MethodRouter<AppState>,
}

impl Route {
    /// A page, or anything else that is read.
    pub fn show(path: &'static str, guard: Guard, handler: MethodRouter<AppState>) -> Self {
        Self {
            path,
            method: Method::GET,
            guard,
            limits: Limits::FORM,
            handler,
        }
    }

    /// Where a page's form is posted: the page's own address.
    pub fn take(path: &'static str, guard: Guard, handler: MethodRouter<AppState>) -> Self {
        Self {
            method: Method::POST,
            ..Self::show(path, guard, handler)
        }
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

/// The table.
pub fn routes() -> Vec<Route> {
    let mut routes = open_routes();
    routes.extend(company_routes());
    routes.extend(accounting_routes());
    routes
}

/// Outside any company: the first page, signing in, one's companies.
fn open_routes() -> Vec<Route> {
    use Guard::{Public, SignedIn};
    use pages::{account, companies, help, invitations, landing, login, style_page, theme};
    vec![
        Route::show("/", Public, get(landing::show)),
        Route::take("/theme", Public, post(theme::choose)).within(Limits::ANYBODY),
        Route::show("/login", Public, get(login::begin)),
        Route::show("/login/callback", Public, get(login::callback)),
        Route::take("/logout", Public, post(login::sign_out)).within(Limits::ANYBODY),
        Route::show("/help", Public, get(help::plain)),
        Route::show("/style", Public, get(style_page::show)),
        Route::show("/signed-out", Public, get(account::signed_out)),
        Route::show("/account/sessions", SignedIn, get(account::show)),
        Route::take("/account/sessions", SignedIn, post(account::posted)),
        Route::show("/companies", SignedIn, get(companies::list)),
        Route::show("/companies/new", SignedIn, get(companies::new)),
        Route::take("/companies/new", SignedIn, post(companies::create)),
        Route::show("/invitations/{token}", Public, get(invitations::show)),
        Route::take("/invitations/{token}", SignedIn, post(invitations::accept)),
        Route::show("/health", Public, get(readiness::health)),
        Route::show("/ready", Public, get(readiness::ready)),
    ]
}

/// Inside a company: each row names the capability without which nobody enters.
fn company_routes() -> Vec<Route> {
    use Guard::Capability as May;
    use pages::settings::{company, leave, members, people, tax_id};
    use pages::{banking, documents, forecast, help, home, reports, saved_views};
    use tenancy::Capability::{BankAccounts, Documents, Export, People, ReadBooks, RevealSealed, Settings};
    vec![
        Route::show("/c/{slug}", May(ReadBooks), get(home::show)),
        Route::show("/c/{slug}/forecast", May(ReadBooks), get(forecast::show)),
        Route::show("/c/{slug}/reports", May(ReadBooks), get(reports::list)),
        Route::show(
            "/c/{slug}/reports/profit-and-loss",
            May(ReadBooks),
            get(reports::profit_and_loss),
        ),
        Route::show(
            "/c/{slug}/reports/balance-sheet",
            May(ReadBooks),
            get(reports::balance_sheet),
        ),
        Route::show("/c/{slug}/reports/cash-flow", May(ReadBooks), get(reports::cash_flow)),
        Route::show(
            "/c/{slug}/reports/trial-balance",
            May(ReadBooks),
            get(reports::trial_balance),
        ),
        Route::show("/c/{slug}/reports/ledger", May(ReadBooks), get(reports::ledger)),
        Route::show(
            "/c/{slug}/reports/general-ledger",
            May(ReadBooks),
            get(reports::general_ledger),
        ),
        Route::show("/c/{slug}/reports/journal", May(ReadBooks), get(reports::journal)),
        Route::show("/c/{slug}/views", May(ReadBooks), get(saved_views::list)),
        Route::show("/c/{slug}/views/new", May(Documents), get(saved_views::new)),
        Route::take("/c/{slug}/views/new", May(Documents), post(saved_views::create)),
        Route::show("/c/{slug}/views/{id}", May(Documents), get(saved_views::show)),
        Route::take("/c/{slug}/views/{id}", May(Documents), post(saved_views::posted)),
        Route::show("/c/{slug}/banking", May(ReadBooks), get(banking::overview::show)),
        Route::show(
            "/c/{slug}/banking/connect",
            May(BankAccounts),
            get(banking::connect::show),
        ),
        Route::take(
            "/c/{slug}/banking/connect",
            May(BankAccounts),
            post(banking::connect::posted),
        ),
        Route::show("/c/{slug}/banking/import", May(Documents), get(banking::import::show)),
        Route::take(
            "/c/{slug}/banking/import",
            May(Documents),
            post(banking::import::posted),
        )
        .within(Limits::UPLOAD),
        Route::show(
            "/c/{slug}/banking/import/{id}",
            May(Documents),
            get(banking::preview::show),
        ),
        Route::take(
            "/c/{slug}/banking/import/{id}",
            May(Documents),
            post(banking::preview::posted),
        ),
        Route::show(
            "/c/{slug}/banking/imports/{id}/undo",
            May(Documents),
            get(banking::undo_import::show),
        ),
        Route::take(
            "/c/{slug}/banking/imports/{id}/undo",
            May(Documents),
            post(banking::undo_import::posted),
        ),
        Route::show("/c/{slug}/banking/{id}", May(ReadBooks), get(banking::review::show)),
        Route::take("/c/{slug}/banking/{id}", May(Documents), post(banking::review::posted)),
        Route::show(
            "/c/{slug}/banking/{id}/lines.csv",
            May(Export),
            get(banking::review::csv),
        ),
        Route::show(
            "/c/{slug}/banking/{id}/number",
            May(RevealSealed),
            get(banking::number::show),
        ),
        Route::take(
            "/c/{slug}/banking/{id}/number",
            May(RevealSealed),
            post(banking::number::posted),
        ),
        Route::show(
            "/c/{slug}/banking/{id}/lines/{line}/split",
            May(Documents),
            get(banking::split::show),
        ),
        Route::take(
            "/c/{slug}/banking/{id}/lines/{line}/split",
            May(Documents),
            post(banking::split::posted),
        ),
        Route::show("/c/{slug}/documents/{id}", May(ReadBooks), get(documents::show)),
        Route::show("/c/{slug}/help", May(ReadBooks), get(help::in_company)),
        Route::show("/c/{slug}/settings", May(ReadBooks), get(company::show)),
        Route::take("/c/{slug}/settings", May(Settings), post(company::save)),
        Route::show("/c/{slug}/settings/tax-id", May(RevealSealed), get(tax_id::show)),
        Route::take("/c/{slug}/settings/tax-id", May(RevealSealed), post(tax_id::posted)),
        Route::show("/c/{slug}/settings/people", May(People), get(people::show)),
        Route::take("/c/{slug}/settings/people", May(People), post(people::posted)),
        Route::show("/c/{slug}/settings/people/{person}", May(People), get(members::show)),
        Route::take("/c/{slug}/settings/people/{person}", May(People), post(members::posted)),
        Route::show("/c/{slug}/settings/leave", May(ReadBooks), get(leave::show)),
        Route::take("/c/{slug}/settings/leave", May(ReadBooks), post(leave::posted)),
    ]
}

/// Inside a company too: its books, written by hand.
fn accounting_routes() -> Vec<Route> {
    use Guard::Capability as May;
    use pages::accounting::{
        account, account_import, account_merge, accounts, changed_since, chart, entry, journal, journal_form,
        journal_import, locks, opening, opening_file, recurring, recurring_form, year, years,
    };
    use pages::open_items::{self, contact};
    use pages::{audit, search, transactions};
    use tenancy::Capability::{Documents, Export, Journal, Lock, ReadBooks};
    vec![
        Route::show("/c/{slug}/accounting", May(ReadBooks), get(chart::show)),
        Route::show("/c/{slug}/accounting/accounts/new", May(Journal), get(accounts::new)),
        Route::take(
            "/c/{slug}/accounting/accounts/new",
            May(Journal),
            post(accounts::create),
        ),
        Route::show("/c/{slug}/accounting/accounts.csv", May(Export), get(chart::csv)),
        Route::show(
            "/c/{slug}/accounting/accounts/import",
            May(Journal),
            get(account_import::show),
        ),
        Route::take(
            "/c/{slug}/accounting/accounts/import",
            May(Journal),
            post(account_import::posted),
        ),
        Route::show("/c/{slug}/accounting/accounts/{id}", May(ReadBooks), get(account::show)),
        Route::take(
            "/c/{slug}/accounting/accounts/{id}",
            May(Journal),
            post(account::posted),
        ),
        Route::show(
            "/c/{slug}/accounting/accounts/{id}/edit",
            May(Journal),
            get(accounts::edit),
        ),
        Route::take(
            "/c/{slug}/accounting/accounts/{id}/edit",
            May(Journal),
            post(accounts::save),
        ),
        Route::show(
            "/c/{slug}/accounting/accounts/{id}/merge",
            May(Journal),
            get(account_merge::show),
        ),
        Route::take(
            "/c/{slug}/accounting/accounts/{id}/merge",
            May(Journal),
            post(account_merge::posted),
        ),
        Route::show("/c/{slug}/transactions", May(ReadBooks), get(transactions::list)),
        Route::take("/c/{slug}/transactions", May(Journal), post(transactions::posted)),
        Route::show("/c/{slug}/transactions.csv", May(Export), get(transactions::csv)),
        Route::show("/c/{slug}/search", May(ReadBooks), get(search::show)),
        Route::show("/c/{slug}/accounting/journal", May(ReadBooks), get(journal::list)),
        Route::take("/c/{slug}/accounting/journal", May(Journal), post(journal::posted)),
        Route::show("/c/{slug}/accounting/journal.csv", May(Export), get(journal::csv)),
        Route::show("/c/{slug}/accounting/journal/new", May(Journal), get(journal_form::new)),
        Route::take(
            "/c/{slug}/accounting/journal/new",
            May(Journal),
            post(journal_form::create),
        ),
        Route::show(
            "/c/{slug}/accounting/journal/import",
            May(Journal),
            get(journal_import::show),
        ),
        Route::take(
            "/c/{slug}/accounting/journal/import",
            May(Journal),
            post(journal_import::posted),
        )
        .within(Limits::UPLOAD),
        Route::show(
            "/c/{slug}/accounting/journal/import/{id}",
            May(Journal),
            get(journal_import::preview),
        )
        .within(Limits::WHOLE_BOOKS),
        Route::take(
            "/c/{slug}/accounting/journal/import/{id}",
            May(Journal),
            post(journal_import::preview_posted),
        )
        .within(Limits::WHOLE_BOOKS),
        Route::show("/c/{slug}/accounting/journal/{id}", May(ReadBooks), get(entry::show)),
        Route::take("/c/{slug}/accounting/journal/{id}", May(Journal), post(entry::posted)),
        Route::show(
            "/c/{slug}/accounting/journal/{id}/edit",
            May(Journal),
            get(journal_form::edit),
        ),
        Route::take(
            "/c/{slug}/accounting/journal/{id}/edit",
            May(Journal),
            post(journal_form::save),
        ),
        Route::show("/c/{slug}/accounting/recurring", May(ReadBooks), get(recurring::list)),
        Route::show(
            "/c/{slug}/accounting/recurring/new",
            May(Journal),
            get(recurring_form::new),
        ),
        Route::take(
            "/c/{slug}/accounting/recurring/new",
            May(Journal),
            post(recurring_form::create),
        ),
        Route::show(
            "/c/{slug}/accounting/recurring/{id}",
            May(ReadBooks),
            get(recurring::show),
        ),
        Route::take(
            "/c/{slug}/accounting/recurring/{id}",
            May(Journal),
            post(recurring::posted),
        )
        .within(Limits::WHOLE_BOOKS),
        Route::show(
            "/c/{slug}/accounting/recurring/{id}/edit",
            May(Journal),
            get(recurring_form::edit),
        ),
        Route::take(
            "/c/{slug}/accounting/recurring/{id}/edit",
            May(Journal),
            post(recurring_form::save),
        ),
        Route::show("/c/{slug}/accounting/opening", May(ReadBooks), get(opening::show)),
        Route::take("/c/{slug}/accounting/opening", May(Journal), post(opening::posted)),
        Route::show(
            "/c/{slug}/accounting/opening/file",
            May(Journal),
            get(opening_file::show),
        ),
        Route::take(
            "/c/{slug}/accounting/opening/file",
            May(Journal),
            post(opening_file::posted),
        ),
        Route::show("/c/{slug}/accounting/locks", May(ReadBooks), get(locks::show)),
        Route::take("/c/{slug}/accounting/locks", May(Lock), post(locks::posted)),
        Route::show("/c/{slug}/accounting/locks/exception", May(Lock), get(locks::exception)),
        Route::take(
            "/c/{slug}/accounting/locks/exception",
            May(Lock),
            post(locks::exception_posted),
        ),
        Route::show("/c/{slug}/accounting/years", May(ReadBooks), get(years::show)),
        Route::take("/c/{slug}/accounting/years", May(Lock), post(years::posted)),
        Route::show("/c/{slug}/accounting/years/{day}", May(ReadBooks), get(year::show)),
        Route::take("/c/{slug}/accounting/years/{day}", May(Lock), post(year::posted)),
        Route::show(
            "/c/{slug}/accounting/changed-since",
            May(ReadBooks),
            get(changed_since::show),
        ),
        Route::show("/c/{slug}/audit", May(ReadBooks), get(audit::show)),
        Route::show("/c/{slug}/audit.csv", May(Export), get(audit::csv)),
        Route::take("/c/{slug}/audit", May(ReadBooks), post(audit::verify)).within(Limits::WHOLE_BOOKS),
        Route::show("/c/{slug}/sales", May(ReadBooks), get(open_items::show)),
        Route::take("/c/{slug}/sales", May(Documents), post(open_items::posted)),
        Route::show("/c/{slug}/sales.csv", May(Export), get(open_items::csv)),
        Route::show("/c/{slug}/sales/contacts/{id}", May(ReadBooks), get(contact::show)),
        Route::take("/c/{slug}/sales/contacts/{id}", May(Documents), post(contact::posted)),
        Route::show("/c/{slug}/purchases", May(ReadBooks), get(open_items::show)),
        Route::take("/c/{slug}/purchases", May(Documents), post(open_items::posted)),
        Route::show("/c/{slug}/purchases.csv", May(Export), get(open_items::csv)),
        Route::show("/c/{slug}/purchases/contacts/{id}", May(ReadBooks), get(contact::show)),
        Route::take(
            "/c/{slug}/purchases/contacts/{id}",
            May(Documents),
            post(contact::posted),
        ),
    ]
}

/// The router of these routes, with the built files behind them and the layers around everything.
///
/// # Errors
/// A setting is not the address of a website.
pub fn router(routes: Vec<Route>, state: AppState) -> Result<Router, NotAnOrigin> {
    let policy = Policy::of(&state.web)?;
    let table = routes.into_iter().fold(Router::new(), |router, route| {
        let entrance = Entrance {
            state: state.clone(),
            guard: route.guard,
            body_bytes: route.limits.body_bytes,
        };
        router.route(route.path, guarded(route.handler, entrance, route.limits.time))
    });
    let all = layers::with_sessions(table, &state).fallback_service(assets::files(&state.web.site));
    Ok(layers::around(all, &state, policy).with_state(state))
}

/// The limit of time is around the guard, and with it around the reading of what is posted.
fn guarded(handler: MethodRouter<AppState>, entrance: Entrance, time: Duration) -> MethodRouter<AppState> {
    handler.layer(
        ServiceBuilder::new()
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time))
            .layer(from_fn_with_state(entrance, layers::guard))
            // axum has a limit of its own for extractors, and the guard has held the body to the route's.
            .layer(DefaultBodyLimit::disable()),
    )
}

impl FromRef<AppState> for Readiness {
    fn from_ref(state: &AppState) -> Self {
        state.readiness.clone()
    }
}
