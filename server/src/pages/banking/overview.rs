//! `/c/{slug}/banking`: the accounts and the imports.

use app::pages::banking::overview::{BankingPage, BankingPageProps};
use app::view::banking::{BankingView, ImportRow};
use app::view::frame::Section;
use axum::extract::Query;
use axum::response::Response;
use books::bank_accounts::bank_account_list;
use books::company::company_get;
use books::statements::{StatementImport, statement_import_list};
use serde::Deserialize;
use tenancy::Capability;

use super::account_view;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::visitor::{Company, frame_for};

/// What a form that led here did.
#[derive(Debug, Deserialize)]
pub struct Asked {
    done: Option<String>,
    imported: Option<i64>,
}

/// `GET /c/{slug}/banking`
pub async fn show(page: PageRequest, company: Company, Query(asked): Query<Asked>) -> Result<Response, PageError> {
    let cx = &company.cx;
    let facts = company_get(cx).await?;
    let accounts = bank_account_list(cx)
        .await?
        .into_iter()
        .map(account_view)
        .collect::<Result<_, _>>()?;
    let imports = statement_import_list(cx).await?;
    let done = match (asked.done.as_deref(), asked.imported) {
        (Some("connected"), _) => Some("The account is connected.".to_owned()),
        (Some("undone"), _) => Some("The import is undone. Its lines left the review lists.".to_owned()),
        (Some("known"), _) => Some("Nothing was added: every line of that file was there already.".to_owned()),
        (_, Some(id)) => imports.iter().find(|import| import.id == id).map(imported_words),
        _ => None,
    };
    let row = |import: StatementImport| ImportRow {
        id: import.id,
        file_name: import.file_name,
        accounts: import.accounts,
        on: facts.local(import.at).date(),
        by: import.actor,
        counts: [import.new_lines, import.known_lines, import.doubtful_lines],
        undone: import.undone,
    };
    let view = BankingView {
        slug: cx.tenant().slug.clone(),
        accounts,
        imports: imports.into_iter().map(row).collect(),
        done,
        may_import: cx.may(Capability::Documents),
        may_connect: cx.may(Capability::BankAccounts),
        may_reveal: cx.may(Capability::RevealSealed),
    };
    let frame = frame_for(&company, Section::Banking).await?;
    Ok(page.html("Banking", || BankingPage(BankingPageProps { frame, view })))
}

/// What an import brought, in a sentence.
pub(super) fn imported_words(import: &StatementImport) -> String {
    let StatementImport {
        file_name,
        new_lines,
        known_lines,
        doubtful_lines,
        ..
    } = import;
    format!("{file_name} is imported: {new_lines} new, {known_lines} known, {doubtful_lines} in doubt.")
}
