//! Bank lines as CSV: what the list shows, all of its pages.

use axum::response::Response;
use books::bank_accounts::BankAccount;
use books::review::{LineFilter, LineSort, LineState, ReviewLine, review_list, review_totals};
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::{Currency, format_plain};
use tenancy::{Cx, Direction, Page, Seek};

use super::asked::Asked;
use crate::errors::PageError;
use crate::pages::accounting::Facts;
use crate::pages::lists::file::{self, CHUNK, CSV_ROWS_MAX, Rows};
use crate::pages::lists::filters;
use crate::visitor::Company;

/// The file of an account's list.
pub(super) async fn answer(
    facts: &Facts,
    company: Company,
    account: BankAccount,
    asked: &Asked,
) -> Result<Response, PageError> {
    let company = company.apart();
    let currency = Currency::parse(&account.currency).map_err(PageError::internal)?;
    let (filter, form) = asked.filter(account.id, facts, currency);
    filters::whole(&form)?;
    file::bounded(review_totals(&company.cx, &filter, CSV_ROWS_MAX).await?)?;
    let (sort, direction) = asked.order();
    let reading = Reading {
        cx: company.cx.clone(),
        filter,
        sort,
        direction,
        currency,
        seek: Some(Seek::First),
    };
    let head = csv_record([
        "Date",
        "Bank text",
        "Memo",
        "Check number",
        "Amount",
        "Currency",
        "State",
        "In the books",
        "Suggestion",
        "Doubt",
    ]);
    file::answer(
        &company.cx,
        &format!("bank-lines-{}-{}", account.id, facts.slug),
        head,
        reading,
    )
    .await
}

/// Where the file stands.
struct Reading {
    cx: Cx,
    filter: LineFilter,
    sort: LineSort,
    direction: Direction,
    currency: Currency,
    /// Where the next rows begin; none at the end.
    seek: Option<Seek>,
}

impl Rows for Reading {
    async fn next_rows(&mut self) -> Result<Option<String>, PageError> {
        let Some(seek) = self.seek.take() else {
            return Ok(None);
        };
        let Page { rows, next, .. } =
            review_list(&self.cx, &self.filter, self.sort, self.direction, &seek, CHUNK).await?;
        self.seek = next.map(Seek::After);
        Ok(Some(rows.iter().map(|line| record(line, self.currency)).collect()))
    }
}

fn record(line: &ReviewLine, currency: Currency) -> String {
    let amount = line.amount.map(|amount| format_plain(amount, currency));
    let accepted = line.accepted_as.as_ref();
    let accepted = accepted.map(|accepted| format!("{}: {}", accepted.kind.name(), accepted.accounts));
    let suggestion = line.candidates.first().map(|candidate| candidate.reason.as_str());
    csv_record([
        format_iso(line.posted_on).as_str(),
        &line.name,
        &line.memo,
        line.check_number.as_deref().unwrap_or_default(),
        amount.as_deref().unwrap_or(&line.amount_text),
        &line.currency,
        state_words(line.state),
        accepted.as_deref().unwrap_or_default(),
        suggestion.unwrap_or_default(),
        line.doubt.as_deref().unwrap_or_default(),
    ])
}

fn state_words(state: LineState) -> &'static str {
    match state {
        LineState::New => "To review",
        LineState::Accepted => "Added",
        LineState::Excluded => "Excluded",
        LineState::Withdrawn => "Withdrawn",
        LineState::Doubtful => "In doubt",
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn what_a_bank_wrote_that_a_spreadsheet_would_run_is_guarded_and_an_amount_in_doubt_stands_as_it_was_given() {
        let line = ReviewLine {
            id: 1,
            posted_on: date!(2026 - 11 - 20),
            amount: Some(-241_860),
            amount_text: "-2418.60".to_owned(),
            currency: "USD".to_owned(),
            name: "=cmd()".to_owned(),
            memo: "Parts, PO 2231".to_owned(),
            check_number: None,
            state: LineState::New,
            doubt: None,
            accepted_as: None,
            candidates: Vec::new(),
        };
        assert_eq!(
            record(&line, Currency::USD),
            "2026-11-20,'=cmd(),\"Parts, PO 2231\",,-2418.60,USD,To review,,,\r\n"
        );
        let doubtful = ReviewLine {
            amount: None,
            amount_text: "-9.999".to_owned(),
            state: LineState::Doubtful,
            ..line
        };
        assert!(record(&doubtful, Currency::USD).contains(",-9.999,USD,In doubt,"));
    }
}
