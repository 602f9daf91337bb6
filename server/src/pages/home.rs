//! `/c/{slug}`: what an owner wants to know first.

use app::components::charts::{ChartPoint, Series};
use app::pages::home::{HomePage, HomePageProps};
use app::view::days::{long_day, weekday_and_day};
use app::view::frame::Section;
use app::view::home::{FiguresView, HomeView, OwedAge, OwedView, ToDoItem, greeting, with_currency};
use axum::extract::State;
use axum::response::Response;
use books::company::company_get;
use books::home::{HomeFigures, Receivable, home_figures};
use ledger::dates::format_date;
use ledger::money::Currency;
use tenancy::Capability;
use time::{Date, Duration};

use super::reports::{last_of_month, profit_and_loss_address};
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

/// The days over which Home says how cash changed.
const CHANGE_DAYS: i64 = 30;

/// `GET /c/{slug}`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let books = company_get(&company.cx).await?;
    let now = state.clock.now();
    let today = books.today(now);
    let figures = home_figures(&company.cx, today).await?;
    let slug = company.cx.tenant().slug.clone();
    let closed = figures
        .closed_through
        .map(|day| format!(" · books closed through {}", long_day(day)));
    let view = HomeView {
        greeting: greeting_for(&company.person.name, books.local(now).hour()),
        line: format!("{}{}", weekday_and_day(today), closed.unwrap_or_default()),
        to_do: to_do(&slug, &figures, company.cx.may(Capability::Documents)),
        figures: if figures.has_postings {
            Some(shown(
                &slug,
                &figures,
                is_older_than_the_change(books.books_begin_on, today),
            )?)
        } else {
            None
        },
        slug,
    };
    let frame = frame_for(&company, Section::Home).await?;
    Ok(page.html("Home", || HomePage(HomePageProps { frame, view })))
}

/// `Good morning, Dana`, without a name where the person gave none.
fn greeting_for(name: &str, hour: u8) -> String {
    match name.split_whitespace().next() {
        Some(first) if !first.contains('@') => format!("{}, {first}", greeting(hour)),
        _ => greeting(hour).to_owned(),
    }
}

/// Whether the books go back to the day that cash is compared with: before it, what they hold is no change.
fn is_older_than_the_change(books_begin_on: Option<Date>, today: Date) -> bool {
    books_begin_on.is_none_or(|begin| today - begin >= Duration::days(CHANGE_DAYS))
}

fn shown(slug: &str, figures: &HomeFigures, shows_change: bool) -> Result<FiguresView, PageError> {
    let last_point = figures.cash_by_week.len().saturating_sub(1);
    let cash_by_week = figures.cash_by_week.iter().enumerate().map(|(n, point)| {
        let day = format_date(point.day);
        // The year would only crowd the drawing.
        let label = day.split(',').next().unwrap_or_default().to_owned();
        ChartPoint {
            label: if n == last_point { "today".to_owned() } else { label },
            amount: point.cash,
        }
    });
    let series = |name: &str, amounts: Vec<i64>| Series {
        name: name.to_owned(),
        amounts,
    };
    let months = figures.months.iter();
    let first_month = figures.months.first().map(|month| month.month);
    let last_month = figures.months.last().map(|month| month.month);
    Ok(FiguresView {
        currency: figures.currency,
        cash: figures.cash,
        cash_change: shows_change.then_some(figures.cash_change),
        cash_by_week: cash_by_week.collect(),
        months: months
            .clone()
            .map(|month| month.month.month().to_string()[..3].to_owned())
            .collect(),
        earnings: [
            series("Income", months.clone().map(|month| month.income).collect()),
            series("Expense", months.map(|month| month.expenses).collect()),
        ],
        profit_and_loss: profit_and_loss_address(slug, first_month, last_month.map(last_of_month)),
        owed: owed(&figures.receivable)?,
    })
}

fn owed(receivable: &Receivable) -> Result<Option<OwedView>, PageError> {
    let ages = [
        ("Not due yet", receivable.current, false),
        ("1–30 days", receivable.late_30, false),
        ("31–60 days", receivable.late_60, false),
        ("61–90 days", receivable.late_90, false),
        ("91 and over", receivable.later, true),
    ]
    .map(|(label, amount, is_alarming)| OwedAge {
        label,
        amount,
        is_alarming,
    });
    if ages.iter().all(|age| age.amount == 0) {
        return Ok(None);
    }
    Ok(Some(OwedView {
        total: receivable.total()?,
        ages: ages.to_vec(),
    }))
}

/// What waits, each with the page where it is done. Who may not review is told of it and not asked.
fn to_do(slug: &str, figures: &HomeFigures, may_review: bool) -> Vec<ToDoItem> {
    let waiting = &figures.to_do;
    let at = |path: &str| format!("/c/{slug}/{path}");
    let mut items = Vec::new();
    if waiting.bank_lines_to_review > 0 {
        items.push(ToDoItem {
            what: counted(waiting.bank_lines_to_review, "bank line"),
            rest: if may_review {
                "to review"
            } else {
                "not in the books yet"
            }
            .to_owned(),
            why: if may_review {
                "Say what each one was, and it is in the books."
            } else {
                "An editor, accountant or admin of the company says what each one was."
            }
            .to_owned(),
            action: if may_review { "Review" } else { "Look" },
            href: at("banking"),
        });
    }
    if waiting.bank_lines_doubtful > 0 {
        items.push(ToDoItem {
            what: counted(waiting.bank_lines_doubtful, "doubtful bank line"),
            rest: String::new(),
            why: "What the bank wrote cannot be taken as it is.".to_owned(),
            action: "Look",
            href: at("banking"),
        });
    }
    if waiting.draft_entries > 0 {
        items.push(ToDoItem {
            what: counted(waiting.draft_entries, "draft"),
            rest: "among the journal entries".to_owned(),
            why: "A draft has no number and counts nowhere.".to_owned(),
            action: "Open",
            href: at("accounting/journal?state=draft"),
        });
    }
    if waiting.opening_balance_equity != 0 {
        items.push(opening_balance(
            waiting.opening_balance_equity,
            figures.currency,
            at("accounting/opening"),
        ));
    }
    items
}

fn opening_balance(held: i64, currency: Currency, href: String) -> ToDoItem {
    let side = if held > 0 { "debit" } else { "credit" };
    let amount = with_currency(held.saturating_abs(), currency);
    ToDoItem {
        what: "Opening Balance Equity".to_owned(),
        rest: "is not zero".to_owned(),
        why: format!(
            "It holds a {side} of {amount}: a part of the opening balances is still to be entered or assigned."
        ),
        action: "See",
        href,
    }
}

fn counted(count: i64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        several => format!("{several} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn nobody_is_greeted_by_an_address() {
        assert_eq!(greeting_for("Dana Ruiz", 9), "Good morning, Dana");
        assert_eq!(greeting_for("dana@junipercycles.example", 20), "Good evening");
        assert_eq!(greeting_for("", 20), "Good evening");
    }

    #[test]
    fn cash_has_a_change_once_the_books_are_thirty_days_old() {
        let today = date!(2026 - 10 - 31);
        assert!(is_older_than_the_change(None, today));
        assert!(is_older_than_the_change(Some(date!(2026 - 10 - 01)), today));
        assert!(!is_older_than_the_change(Some(date!(2026 - 10 - 02)), today));
    }

    #[test]
    fn one_thing_is_counted_in_the_singular() {
        assert_eq!(counted(1, "bank line"), "1 bank line");
        assert_eq!(counted(38, "bank line"), "38 bank lines");
    }

    #[test]
    fn where_nobody_owes_anything_no_panel_is_shown() {
        assert_eq!(owed(&Receivable::default()), Ok(None));
        let credit = Receivable {
            current: 500,
            late_30: -500,
            ..Receivable::default()
        };
        let shown = owed(&credit)
            .expect("it adds up")
            .expect("parts that cancel out are shown");
        assert_eq!(shown.total, 0);
    }
}
