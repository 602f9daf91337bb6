//! `/c/{slug}/search`: anything in the books, and every page, by what one remembers of it. The dialog asks the same handler for JSON.

mod commands;

use app::pages::search::{SearchPage, SearchPageProps};
use app::view::search::{Piece, SearchGroup, SearchHit, SearchView, marked};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use books::search::{Found, FoundAccount, FoundContact, FoundDocument, SEARCH_CHARS_MAX, search_books};
use ledger::dates::format_date;
use ledger::money::{Currency, format_amount};
use serde::Deserialize;
use url::form_urlencoded;

use super::accounting::Facts;
use super::accounting::journal::state_of;
use crate::errors::{PageError, wants_json};
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

use self::commands::Fit;
pub use self::commands::pages_of;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
}

/// `GET /c/{slug}/search`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let query: String = asked.q.trim().chars().take(SEARCH_CHARS_MAX).collect();
    let facts = Facts::read(&state, &company).await?;
    let found = search_books(&company.cx, &query).await?;
    let view = search_view(&facts, &company, query, found);
    if wants_json(&headers) {
        return Ok(([(header::CACHE_CONTROL, "no-store")], Json(view)).into_response());
    }
    let frame = frame_for(&company, None).await?;
    let title = match view.query.as_str() {
        "" => "Search".to_owned(),
        query => format!("Search: {query}"),
    };
    Ok(page.html(&title, || SearchPage(SearchPageProps { frame, view })))
}

/// The groups in the order in which a text is likely meant: a page called just so first; an exact number or amount before a word
/// somewhere; a page that begins so before names that only hold the text or are written much like it.
fn search_view(facts: &Facts, company: &Company, query: String, found: Found) -> SearchView {
    let document = |found: &FoundDocument| document_hit(facts, found, &query);
    let mut groups = vec![
        (
            "Amounts and numbers with these words",
            found.both.iter().map(document).collect(),
        ),
        ("Numbers and references", found.numbers.iter().map(document).collect()),
        ("Amounts", found.amounts.iter().map(document).collect()),
        (
            "Customers and vendors",
            found
                .contacts
                .iter()
                .map(|contact| contact_hit(facts, contact, &query))
                .collect(),
        ),
        (
            "Accounts",
            found
                .accounts
                .iter()
                .map(|account| account_hit(facts, account, &query))
                .collect(),
        ),
        ("Memos and lines", found.words.iter().map(document).collect()),
    ];
    let (fit, pages) = commands::hits(&facts.slug, &company.cx, &query);
    groups.insert(pages_at(fit, &found, &query), ("Pages and actions", pages));
    let everything = (!query.is_empty()).then(|| {
        let text: String = form_urlencoded::byte_serialize(query.as_bytes()).collect();
        format!("/c/{}/transactions?text={text}", facts.slug)
    });
    SearchView {
        groups: groups
            .into_iter()
            .filter(|(_, hits): &(_, Vec<SearchHit>)| !hits.is_empty())
            .map(|(title, hits)| SearchGroup {
                title: title.to_owned(),
                hits,
            })
            .collect(),
        everything,
        query,
    }
}

/// Where among the groups of documents, names and accounts the pages stand.
fn pages_at(fit: Option<Fit>, found: &Found, query: &str) -> usize {
    const FIRST: usize = 0;
    const BEFORE_NAMES: usize = 3;
    const AFTER_NAMES: usize = 5;
    let query = query.to_lowercase();
    let begins = |name: &str| name.to_lowercase().starts_with(&query);
    let is_a_name = found.contacts.iter().any(|contact| begins(&contact.name))
        || found
            .accounts
            .iter()
            .any(|account| begins(&account.name) || account.number.as_deref().is_some_and(begins));
    match fit {
        Some(Fit::Exact) => FIRST,
        Some(Fit::Beginning) if !is_a_name => BEFORE_NAMES,
        _ => AFTER_NAMES,
    }
}

fn document_hit(facts: &Facts, found: &FoundDocument, query: &str) -> SearchHit {
    let kind = found.kind.name();
    let name = found.number.clone().unwrap_or_else(|| kind.to_owned());
    let mut about: Vec<&str> = Vec::new();
    about.extend(found.contact.as_deref());
    about.extend(found.words.as_deref());
    let mut detail = marked(&about.join(" · "), query);
    if let Some(reference) = &found.reference {
        if !detail.is_empty() {
            detail.push(plain(" · "));
        }
        detail.push(plain("Ref. "));
        detail.extend(marked(reference, query));
    }
    let mut aside = vec![kind.to_owned(), format_date(found.date)];
    let state = state_of(found.state);
    if state != app::view::accounting::entry::EntryState::Posted {
        aside.push(state.label().to_owned());
    }
    SearchHit {
        href: facts.document(found.id),
        title: marked(&name, query),
        detail,
        aside: aside.join(" · "),
        amount: Some(amount_words(found.total, facts.currency)),
    }
}

fn amount_words(total: i64, currency: Currency) -> String {
    format_amount(total, currency)
}

fn contact_hit(facts: &Facts, found: &FoundContact, query: &str) -> SearchHit {
    let (side, what) = match (found.customer, found.vendor) {
        (true, true) => ("sales", "Customer and vendor"),
        (true, false) => ("sales", "Customer"),
        (false, _) => ("purchases", "Vendor"),
    };
    SearchHit {
        href: format!("/c/{}/{side}/contacts/{}", facts.slug, found.id),
        title: marked(&found.name, query),
        detail: Vec::new(),
        aside: aside(what, found.active),
        amount: None,
    }
}

fn account_hit(facts: &Facts, found: &FoundAccount, query: &str) -> SearchHit {
    let name = match &found.number {
        Some(number) => format!("{number} {}", found.name),
        None => found.name.clone(),
    };
    let below = found.parent.as_ref().map(|parent| format!("below {parent}"));
    SearchHit {
        href: facts.account(found.id),
        title: marked(&name, query),
        detail: below.iter().map(|below| plain(below)).collect(),
        aside: aside(found.account_type.name(), found.active),
        amount: None,
    }
}

fn aside(what: &str, is_active: bool) -> String {
    match is_active {
        true => what.to_owned(),
        false => format!("{what} · inactive"),
    }
}

fn plain(text: &str) -> Piece {
    Piece {
        text: text.to_owned(),
        is_hit: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_called_just_so_stands_first_and_one_that_begins_so_before_names_that_are_only_near() {
        let near = Found {
            contacts: vec![FoundContact {
                id: 1,
                name: "Portland Journal".to_owned(),
                customer: false,
                vendor: true,
                active: true,
            }],
            ..Found::default()
        };
        assert_eq!(pages_at(Some(Fit::Exact), &near, "Journal"), 0);
        assert_eq!(pages_at(Some(Fit::Beginning), &near, "journ"), 3);
        assert_eq!(
            pages_at(Some(Fit::Beginning), &near, "PORT"),
            5,
            "the name begins so too"
        );
        assert_eq!(pages_at(Some(Fit::Words), &near, "new journal"), 5);
        assert_eq!(pages_at(None, &Found::default(), "zebra"), 5);
    }
}
