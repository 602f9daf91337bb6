//! A row's form: what it shows, what it records, and what is said afterwards.

use app::forms::{ACTION, FieldError, FormState};
use app::view::banking::grouped;
use app::view::banking::review::{
    Candidate, Category, Done, DoneLink, NEXT, POSTING, ReviewLine, Standing, action, category_field, read_category,
};
use axum::http::StatusCode;
use books::review::{
    Coding, LineState, ReviewLine as Line, line_code, line_exclude, line_match, line_transfer, line_undo,
};

use super::{Choices, bank_account};
use crate::errors::PageError;
use crate::forms::request_key;
use crate::refusals::NotRecorded;
use crate::visitor::Company;

/// Does what a row's form asks for.
pub(super) async fn recorded(
    company: &Company,
    bank_account_id: i64,
    line: i64,
    form: &FormState,
) -> Result<(), NotRecorded> {
    let (cx, key) = (&company.cx, request_key(form)?);
    // The line is one of this account's: an address does not lead to another's.
    books::review::review_line_get(cx, bank_account_id, line).await?;
    match form.value(ACTION) {
        action::ADD => added(company, bank_account_id, line, form).await,
        action::MATCH => {
            let posting = form.value(POSTING).parse();
            let posting = posting.map_err(|_| PageError::of(StatusCode::UNPROCESSABLE_ENTITY))?;
            line_match(cx, line, posting, &key).await?;
            Ok(())
        }
        action::EXCLUDE => Ok(line_exclude(cx, line, &key).await?),
        action::UNDO => Ok(line_undo(cx, line, &key).await?),
        _ => Err(PageError::of(StatusCode::UNPROCESSABLE_ENTITY).into()),
    }
}

/// Codes the line, or records a transfer where its category is an own account. Every message stands at the category.
async fn added(company: &Company, bank_account_id: i64, line: i64, form: &FormState) -> Result<(), NotRecorded> {
    let (cx, key) = (&company.cx, request_key(form)?);
    let field = category_field(line);
    let account = bank_account(company, bank_account_id).await?;
    let choices = Choices::read(company, account.account_id).await?;
    let category = read_category(
        form.value(&field),
        &field,
        &choices.categories,
        &choices.own_accounts,
        &choices.itself,
    )?;
    let accepted = match category {
        Category::Account(account_id) => {
            let coding = Coding {
                account_id,
                contact_id: None,
                description: String::new(),
            };
            line_code(cx, line, &coding, &key).await
        }
        Category::Transfer(account_id) => line_transfer(cx, line, account_id, &key).await,
    };
    match accepted.map_err(NotRecorded::from) {
        Ok(_) => Ok(()),
        Err(NotRecorded::AtFields(errors)) => {
            let at_category = errors.into_iter().map(|error| match error.field.as_str() {
                "contact" => FieldError::at(&field, format!("{} Split has a field for it.", error.message)),
                _ => error.moved_to(&field),
            });
            Err(NotRecorded::AtFields(at_category.collect()))
        }
        Err(whole) => Err(whole),
    }
}

/// A row; `posted` is its form where it is the one that comes back.
pub(super) fn line_view(line: Line, below: Option<i64>, posted: &FormState) -> ReviewLine {
    let is_posted = posted.value(app::view::banking::review::LINE) == line.id.to_string();
    let form = if is_posted { posted.clone() } else { FormState::fresh() };
    let form = form.replaced(NEXT, below.map(|id| id.to_string()).unwrap_or_default());
    ReviewLine {
        id: line.id,
        posted_on: line.posted_on,
        amount: line.amount,
        amount_text: format!("{} {}", line.amount_text, line.currency),
        name: line.name,
        memo: line.memo,
        check_number: line.check_number,
        standing: match (line.state, line.accepted_as) {
            (LineState::New, _) => Standing::New(
                line.candidates
                    .into_iter()
                    .map(|candidate| Candidate {
                        posting_id: candidate.posting_id,
                        document_id: candidate.document_id,
                        kind: candidate.kind.name().to_owned(),
                        posted_on: candidate.posted_on,
                        reason: candidate.reason,
                    })
                    .collect(),
            ),
            (LineState::Doubtful, _) => Standing::Doubtful(line.doubt.unwrap_or_default()),
            (LineState::Accepted, Some(accepted)) => Standing::Accepted {
                document_id: accepted.document_id,
                kind: accepted.kind.name().to_owned(),
                accounts: accepted.accounts,
            },
            (LineState::Accepted | LineState::Excluded, _) => Standing::Excluded,
            (LineState::Withdrawn, _) => Standing::Withdrawn,
        },
        form,
    }
}

/// What is said of a line after its form was recorded; `is_matched` where that form matched it to what was in the books.
pub(super) fn words_after(company: &Company, line: Line, is_matched: bool) -> Done {
    let words = if line.name.is_empty() { &line.memo } else { &line.name };
    let what = format!("{words}, {}", grouped(&line.amount_text));
    let undo = (line.id, FormState::fresh());
    match (line.state, &line.accepted_as) {
        (LineState::Accepted, Some(accepted)) => Done {
            words: match is_matched {
                true => format!(
                    "Matched: {what} to the {} with {}.",
                    accepted.kind.name().to_lowercase(),
                    accepted.accounts
                ),
                false => format!("Added: {what} to {}.", accepted.accounts),
            },
            link: Some(DoneLink {
                text: format!("Look at the {}", accepted.kind.name().to_lowercase()),
                href: format!("/c/{}/documents/{}", company.cx.tenant().slug, accepted.document_id),
            }),
            undo: Some(undo),
        },
        (LineState::Excluded, _) => Done {
            words: format!("Excluded: {what}."),
            link: None,
            undo: Some(undo),
        },
        _ => Done {
            words: format!("Back on the list: {what}."),
            link: None,
            undo: None,
        },
    }
}
