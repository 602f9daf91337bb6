//! `/c/{slug}/forecast`: what is due in the coming weeks, and cash with it.

use app::components::charts::ChartPoint;
use app::pages::forecast::{ForecastPage, ForecastPageProps};
use app::view::days::long_day;
use app::view::forecast::{ForecastRow, ForecastView};
use app::view::frame::Section;
use app::view::report::ReportKind;
use axum::extract::State;
use axum::response::Response;
use books::accounts::{AccountChoice, account_choices};
use books::company::company_get;
use books::documents::DocumentKind;
use books::home::{Coming, ForecastItem, forecast_get};
use books::reports::report_year_start;
use ledger::accounts::AccountRole;
use ledger::dates::format_date;
use ledger::forecast::forecast_end;
use time::Date;

use super::reports::ledger_address;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// `GET /c/{slug}/forecast`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let today = company_get(&company.cx).await?.today(state.clock.now());
    let made = forecast_get(&company.cx, today).await?;
    let slug = &company.cx.tenant().slug;
    let weeks = made.forecast.weeks.iter().map(|week| ChartPoint {
        label: if week.day == today {
            "today".to_owned()
        } else {
            format_date(week.day)
        },
        amount: week.cash,
    });
    let cash = made.forecast.weeks.first().map_or(0, |week| week.cash);
    let undeposited = undeposited_register(&company, today).await?;
    let rows = made
        .items
        .into_iter()
        .map(|item| row(slug, today, &undeposited, item))
        .collect();
    let view = ForecastView {
        currency: made.currency,
        through: long_day(forecast_end(today)),
        cash,
        balance_sheet: ReportKind::BalanceSheet.path(slug),
        money_in: made.forecast.money_in,
        money_out: made.forecast.money_out,
        then: made.forecast.weeks.last().map_or(cash, |week| week.cash),
        lowest: (made.forecast.lowest.cash, long_day(made.forecast.lowest.day)),
        weeks: weeks.collect(),
        rows,
        is_cut: made.is_cut,
    };
    let frame = frame_for(&company, Section::Home).await?;
    Ok(page.html("Cash forecast", || ForecastPage(ForecastPageProps { frame, view })))
}

/// The lines on undeposited funds of this fiscal year, its balance with them.
async fn undeposited_register(company: &Company, today: Date) -> Result<String, PageError> {
    let slug = &company.cx.tenant().slug;
    let accounts = account_choices(&company.cx).await?;
    let holds_it = |account: &&AccountChoice| account.role == Some(AccountRole::UndepositedFunds);
    Ok(match accounts.iter().find(holds_it) {
        Some(account) => {
            let from = report_year_start(&company.cx, today).await?;
            ledger_address(slug, account.id, from, today)
        }
        None => ReportKind::BalanceSheet.path(slug),
    })
}

/// `undeposited` is where the register of undeposited funds is.
fn row(slug: &str, today: Date, undeposited: &str, item: ForecastItem) -> ForecastRow {
    let at = |path: String| format!("/c/{slug}/{path}");
    let document = |kind: DocumentKind, number: Option<String>| {
        let number = number.map(|number| format!(" {number}")).unwrap_or_default();
        format!("{}{number}", kind.name())
    };
    let is_late = item.due_on < today && item.coming != Coming::Undeposited;
    let way = if item.amount < 0 { "money out" } else { "money in" };
    let (what, source, href) = match item.coming {
        Coming::Open {
            document_id,
            kind,
            number,
            contact,
            is_receivable,
        } => {
            let owes = if is_receivable { "Owed to you" } else { "You owe" };
            let source = format!("{owes}, {}", document(kind, number));
            (contact, source, at(format!("documents/{document_id}")))
        }
        Coming::Entered {
            document_id,
            kind,
            number,
            memo,
        } => {
            let source = format!("Entered ahead, {way}, {}", document(kind, number));
            let what = if memo.is_empty() { kind.name().to_owned() } else { memo };
            (what, source, at(format!("documents/{document_id}")))
        }
        Coming::Recurring { template_id, name } => (
            name,
            format!("Recurring entry, {way}"),
            at(format!("accounting/recurring/{template_id}")),
        ),
        Coming::Undeposited => (
            "Undeposited funds".to_owned(),
            "Received, still to be deposited".to_owned(),
            undeposited.to_owned(),
        ),
    };
    ForecastRow {
        expected: format_date(item.expected_on),
        was_due: is_late.then(|| format!("due {}", format_date(item.due_on))),
        what,
        source,
        href,
        amount: item.amount,
        cash: item.cash,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const REGISTER: &str = "/c/juniper/reports/ledger?account=9";

    #[test]
    fn what_is_overdue_says_when_it_was_due_and_what_is_not_does_not() {
        let item = |due_on, expected_on| ForecastItem {
            due_on,
            expected_on,
            amount: 12_000,
            cash: 50_000,
            coming: Coming::Open {
                document_id: 7,
                kind: DocumentKind::JournalEntry,
                number: Some("JE-7".to_owned()),
                contact: "Hollis Hardware".to_owned(),
                is_receivable: true,
            },
        };
        let today = date!(2026 - 11 - 22);
        let late = row(
            "juniper",
            today,
            REGISTER,
            item(date!(2026 - 10 - 31), date!(2026 - 11 - 23)),
        );
        assert_eq!(late.was_due.as_deref(), Some("due Oct 31, 2026"));
        assert_eq!(late.source, "Owed to you, Journal entry JE-7");
        assert_eq!(late.href, "/c/juniper/documents/7");
        assert_eq!((late.amount, late.cash), (12_000, 50_000));
        let due = row(
            "juniper",
            today,
            REGISTER,
            item(date!(2026 - 12 - 01), date!(2026 - 12 - 01)),
        );
        assert_eq!(due.was_due, None);
        let undeposited = ForecastItem {
            coming: Coming::Undeposited,
            ..item(date!(2026 - 11 - 22), date!(2026 - 11 - 23))
        };
        assert_eq!(row("juniper", today, REGISTER, undeposited).href, REGISTER);
    }
}
