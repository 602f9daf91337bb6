//! Saved views: a report or list as somebody wants to see it again, by the page and what its address asks. Everybody in the company
//! sees them. One that is renamed is retired and made anew, so that the record says who called it what.

use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::OffsetDateTime;

use crate::fields::{accept, required};
use crate::{Error, Problem};

/// Most views of a company at a time.
pub const SAVED_VIEWS_MAX: i64 = 200;
/// Most characters of a view's name.
pub const SAVED_VIEW_NAME_CHARS_MAX: usize = 100;
/// Most characters of what a page is asked.
pub const SAVED_VIEW_QUERY_CHARS_MAX: usize = 2_000;

const PAGE_CHARS_MAX: usize = 80;

/// A view.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedView {
    /// Its id.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// The page below the company's address: `reports/profit-and-loss`.
    pub page: String,
    /// What the page is asked: `period=last-month`. A relative period is kept as it is.
    pub query: String,
    /// Who saved it, under this name.
    pub actor: String,
    /// When, UTC.
    pub at: OffsetDateTime,
}

/// A view to be saved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewView {
    /// What it is called, 1 to 100 characters.
    pub name: String,
    /// See [`SavedView::page`].
    pub page: String,
    /// See [`SavedView::query`]; at most 2,000 characters.
    pub query: String,
}

/// Every view by name; at most 200.
pub async fn saved_view_list(cx: &Cx) -> Result<Vec<SavedView>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    Ok(sqlx::query_as!(
        SavedView,
        "select v.id, v.name, v.page, v.query, c.actor, c.at from saved_view v join change c on c.n = v.made_in
         where v.retired_in is null order by lower(v.name), v.id limit $1",
        SAVED_VIEWS_MAX
    )
    .fetch_all(&mut *tx)
    .await?)
}

/// One view by its id.
///
/// # Errors
/// `NotFound`, also where it was removed.
pub async fn saved_view_get(cx: &Cx, id: i64) -> Result<SavedView, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    sqlx::query_as!(
        SavedView,
        "select v.id, v.name, v.page, v.query, c.actor, c.at from saved_view v join change c on c.n = v.made_in
         where v.retired_in is null and v.id = $1",
        id
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::NotFound("that view"))
}

/// Saves a view and gives its id.
///
/// # Errors
/// `Invalid` at `name`, or as a whole where the address is too long or there are 200 views.
pub async fn saved_view_create(cx: &Cx, new: &NewView, key: &RequestKey) -> Result<i64, Error> {
    let name = checked(new)?;
    let mut tx = change!(cx, Capability::Documents, key);
    let live = sqlx::query_scalar!(r#"select count(*) as "n!" from saved_view where retired_in is null"#)
        .fetch_one(&mut *tx)
        .await?;
    if live >= SAVED_VIEWS_MAX {
        return Err(Error::of_form(format!(
            "A company has at most {SAVED_VIEWS_MAX} saved views. Remove one that is not used any more."
        )));
    }
    let id = insert(&mut tx, &name, &new.page, &new.query).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Calls a view by another name: it is retired and made anew. Gives its new id.
///
/// # Errors
/// `Invalid` at `name`; `NotFound`.
pub async fn saved_view_update(cx: &Cx, id: i64, name: &str, key: &RequestKey) -> Result<i64, Error> {
    let name = checked_name(name)?;
    let mut tx = change!(cx, Capability::Documents, key);
    let view = retire(&mut tx, id).await?;
    let id = insert(&mut tx, &name, &view.page, &view.query).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// Removes a view. Who had it and what it showed stays in the audit log.
///
/// # Errors
/// `NotFound`.
pub async fn saved_view_remove(cx: &Cx, id: i64, key: &RequestKey) -> Result<(), Error> {
    let mut tx = change!(cx, Capability::Documents, key);
    retire(&mut tx, id).await?;
    Ok(tx.commit(&()).await?)
}

fn checked_name(name: &str) -> Result<String, Error> {
    let mut problems = Vec::new();
    let missing = "Name the view, as you want to find it again.";
    let name = required("name", name, SAVED_VIEW_NAME_CHARS_MAX, missing, &mut problems);
    accept(problems)?;
    Ok(name)
}

fn checked(new: &NewView) -> Result<String, Error> {
    let name = checked_name(&new.name);
    let mut problems = name.as_ref().err().map(Error::problems).unwrap_or_default();
    if !is_page(&new.page) {
        problems.push(Problem::of_form("This page has no views to save."));
    }
    if new.query.contains('\0') || new.query.chars().count() > SAVED_VIEW_QUERY_CHARS_MAX {
        problems.push(Problem::of_form(format!(
            "The address of this page has more than {SAVED_VIEW_QUERY_CHARS_MAX} characters. Narrow it less, and save it then."
        )));
    }
    accept(problems)?;
    name
}

/// Whether a text is a page below a company: small letters, digits, hyphens and slashes.
fn is_page(text: &str) -> bool {
    let is_ours = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '/' | '-');
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.len() <= PAGE_CHARS_MAX && text.chars().all(is_ours)
}

async fn insert(tx: &mut TenantTx<Write>, name: &str, page: &str, query: &str) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        "insert into saved_view (name, page, query, made_in) values ($1, $2, $3, $4) returning id",
        name,
        page,
        query,
        tx.change()
    )
    .fetch_one(&mut **tx)
    .await?)
}

struct Kept {
    page: String,
    query: String,
}

async fn retire(tx: &mut TenantTx<Write>, id: i64) -> Result<Kept, Error> {
    sqlx::query_as!(
        Kept,
        "update saved_view set retired_in = $2 where id = $1 and retired_in is null returning page, query",
        id,
        tx.change()
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("that view"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lies_below_the_company_and_nowhere_else() {
        for page in ["reports/profit-and-loss", "accounting/journal", "accounting"] {
            assert!(is_page(page), "{page}");
        }
        for page in [
            "",
            "/reports",
            "../companies",
            "//evil.example",
            "Reports",
            "reports?x",
            "1",
        ] {
            assert!(!is_page(page), "{page}");
        }
    }
}
