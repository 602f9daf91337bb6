//! Open amounts as CSV: what the list shows, all of its pages.

use app::view::open_items::Side;
use axum::response::Response;
use books::settlements::{OpenItem, OpenItemFilter, OpenItemSort, open_item_list, open_item_totals};
use ledger::csv::csv_record;
use ledger::dates::format_iso;
use ledger::money::{Currency, format_plain};
use tenancy::{Cx, Direction, Page, Seek};
use time::Date;

use super::asked::Asked;
use super::usual;
use crate::errors::PageError;
use crate::pages::accounting::Facts;
use crate::pages::lists::file::{self, CHUNK, CSV_ROWS_MAX, Rows};
use crate::pages::lists::filters;
use crate::visitor::Company;

/// The file of a side's list.
pub(super) async fn answer(facts: &Facts, company: Company, side: Side, asked: &Asked) -> Result<Response, PageError> {
    let company = company.apart();
    let (filter, form) = asked.filter(&company.cx, facts, side).await?;
    filters::whole(&form)?;
    file::bounded(open_item_totals(&company.cx, &filter, facts.today, CSV_ROWS_MAX).await?)?;
    let (sort, direction) = asked.order();
    let reading = Reading {
        cx: company.cx.clone(),
        filter,
        as_of: facts.today,
        sort,
        direction,
        side,
        currency: facts.currency,
        seek: Some(Seek::First),
    };
    let head = csv_record([
        "Name",
        "Kind",
        "Number",
        "Reference",
        "Date",
        "Due",
        "Days overdue",
        "Account",
        "Amount",
        "Open",
        "Currency",
        "As of",
    ]);
    file::answer(
        &company.cx,
        &format!("open-{}-{}", side.code(), facts.slug),
        head,
        reading,
    )
    .await
}

/// Where the file stands.
struct Reading {
    cx: Cx,
    filter: OpenItemFilter,
    as_of: Date,
    sort: OpenItemSort,
    direction: Direction,
    side: Side,
    currency: Currency,
    /// Where the next rows begin; none at the end.
    seek: Option<Seek>,
}

impl Rows for Reading {
    async fn next_rows(&mut self) -> Result<Option<String>, PageError> {
        let Some(seek) = self.seek.take() else {
            return Ok(None);
        };
        let (sort, direction) = (self.sort, self.direction);
        let Page { rows, next, .. } =
            open_item_list(&self.cx, &self.filter, self.as_of, sort, direction, &seek, CHUNK).await?;
        self.seek = next.map(Seek::After);
        let record = |item: &OpenItem| record(item, self.side, self.as_of, self.currency);
        Ok(Some(rows.iter().map(record).collect()))
    }
}

fn record(item: &OpenItem, side: Side, as_of: Date, currency: Currency) -> String {
    let open = usual(side, item.open);
    let due_on = Some(item.due_on).filter(|_| open > 0);
    let days = (as_of - item.due_on).whole_days();
    let overdue = Some(days).filter(|days| *days > 0 && open > 0);
    csv_record([
        item.contact.as_deref().unwrap_or_default(),
        item.kind.name(),
        item.number.as_deref().unwrap_or_default(),
        item.reference.as_deref().unwrap_or_default(),
        &format_iso(item.date),
        // What reduces others is due on no day, as on the page.
        &due_on.map(format_iso).unwrap_or_default(),
        &overdue.map(|days| days.to_string()).unwrap_or_default(),
        &item.account,
        &format_plain(usual(side, item.amount), currency),
        &format_plain(open, currency),
        currency.code(),
        &format_iso(as_of),
    ])
}

#[cfg(test)]
mod tests {
    use books::documents::DocumentKind;
    use time::macros::date;

    use super::*;

    #[test]
    fn what_a_vendor_is_owed_is_positive_and_a_name_that_a_spreadsheet_would_run_is_guarded() {
        let item = OpenItem {
            id: 1,
            document_id: 1,
            kind: DocumentKind::JournalEntry,
            number: Some("JE-1".to_owned()),
            reference: None,
            date: date!(2026 - 10 - 01),
            due_on: date!(2026 - 10 - 15),
            account_id: 1,
            account: "Accounts Payable".to_owned(),
            contact_id: Some(1),
            contact: Some("=cmd()".to_owned()),
            amount: -120_000,
            open: -50_000,
        };
        assert_eq!(
            record(&item, Side::Purchases, date!(2026 - 10 - 31), Currency::USD),
            "'=cmd(),Journal entry,JE-1,,2026-10-01,2026-10-15,16,Accounts Payable,1200.00,500.00,USD,2026-10-31\r\n"
        );
    }
}
