//! `/c/{slug}`: what an owner wants to know first.

use app::components::charts::{ChartPoint, Series};
use app::pages::home::{HomePage, HomePageProps};
use app::view::days::{long_day, weekday_and_day};
use app::view::frame::Section;
use app::view::home::{
    FiguresView, HomeView, OwedAge, OwedView, SpendingRow, ToDoItem, greeting, percents, with_currency,
};
use app::view::report::ReportKind;
use axum::extract::State;
use axum::response::Response;
use books::company::company_get;
use books::home::{HomeFigures, Owed, Spending, ToDo, home_figures};
use books::reports::{HeldAs, changed_since_close};
use ledger::dates::format_date;
use ledger::forecast::{Forecast, forecast_end};
use ledger::money::{Currency, sum_checked};
use tenancy::Capability;
use time::{Date, Duration};

use super::accounting::changed_since::changed_address;
use super::reports::{last_of_month, ledger_address, profit_and_loss_address};
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
    let changed = match figures.closed_through {
        Some(_) => changed_since_close(&company.cx, today)
            .await?
            .map_or_else(Changed::default, |periods| {
                Changed::of(periods.iter().map(|period| period.held_as))
            }),
        None => Changed::default(),
    };
    let slug = company.cx.tenant().slug.clone();
    let closed = figures
        .closed_through
        .map(|day| format!(" · books closed through {}", long_day(day)));
    let view = HomeView {
        greeting: greeting_for(&company.person.name, books.local(now).hour()),
        line: format!("{}{}", weekday_and_day(today), closed.unwrap_or_default()),
        to_do: to_do(&slug, &figures, changed, company.cx.may(Capability::Documents)),
        figures: if figures.has_postings {
            Some(shown(
                &slug,
                &figures,
                today,
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

fn shown(slug: &str, figures: &HomeFigures, today: Date, shows_change: bool) -> Result<FiguresView, PageError> {
    let currency = figures.currency;
    let last_point = figures.cash_by_week.len().saturating_sub(1);
    let cash_by_week = figures.cash_by_week.iter().enumerate().map(|(n, point)| ChartPoint {
        label: if n == last_point {
            "today".to_owned()
        } else {
            short_day(point.day)
        },
        amount: point.cash,
    });
    let series = |name: &str, amounts: Vec<i64>| Series {
        name: name.to_owned(),
        amounts,
    };
    let months = &figures.months;
    let from = months.first().map_or(today, |month| month.month);
    let to = months.last().map_or(today, |month| last_of_month(month.month));
    Ok(FiguresView {
        currency,
        cash: figures.cash,
        balance_sheet: ReportKind::BalanceSheet.path(slug),
        banks: counted(i64::try_from(figures.bank_accounts).unwrap_or(i64::MAX), "bank account"),
        beside: beside(figures),
        cash_change: shows_change.then_some(figures.cash_change),
        cash_by_week: cash_by_week.collect(),
        expected: expected_points(&figures.forecast),
        expected_words: expected_words(&figures.forecast, today, currency),
        months: months
            .iter()
            .map(|month| month.month.month().to_string()[..3].to_owned())
            .collect(),
        month_reports: months
            .iter()
            .map(|month| profit_and_loss_address(slug, Some(month.month), Some(last_of_month(month.month))))
            .collect(),
        earnings: [
            series("Income", months.iter().map(|month| month.income).collect()),
            series("Expense", months.iter().map(|month| month.expenses).collect()),
        ],
        profit_and_loss: profit_and_loss_address(slug, Some(from), Some(to)),
        spending: spending(slug, &figures.spending, to),
        owed: owed(&figures.receivable)?,
        owing: owing(&figures.payable, currency)?,
    })
}

/// What is near to cash and not in it.
fn beside(figures: &HomeFigures) -> Vec<String> {
    let mut beside = Vec::new();
    if figures.undeposited != 0 {
        beside.push(format!(
            "{} not deposited yet",
            with_currency(figures.undeposited, figures.currency)
        ));
    }
    if figures.cards_owed != 0 {
        let cards = counted(i64::try_from(figures.cards).unwrap_or(i64::MAX), "card");
        beside.push(format!(
            "{} owed on {cards}",
            with_currency(figures.cards_owed, figures.currency)
        ));
    }
    beside
}

/// The weeks after today.
fn expected_points(forecast: &Forecast) -> Vec<ChartPoint> {
    let weeks = forecast.weeks.iter().skip(1);
    weeks
        .map(|week| ChartPoint {
            label: short_day(week.day),
            amount: week.cash,
        })
        .collect()
}

fn expected_words(forecast: &Forecast, today: Date, currency: Currency) -> String {
    let through = format_date(forecast_end(today));
    if (forecast.money_in, forecast.money_out) == (0, 0) {
        return format!("Nothing is due through {through}.");
    }
    let amount = |amount| with_currency(amount, currency);
    let lowest = &forecast.lowest;
    let low = if lowest.day == today {
        String::new()
    } else {
        format!(" Least: {} on {}.", amount(lowest.cash), format_date(lowest.day))
    };
    format!(
        "If everybody pays on the day, {} comes in and {} goes out through {through}.{low}",
        amount(forecast.money_in),
        amount(forecast.money_out)
    )
}

/// `Oct 31`: the year would only crowd a drawing.
fn short_day(day: Date) -> String {
    format_date(day).split(',').next().unwrap_or_default().to_owned()
}

fn spending(slug: &str, spending: &Spending, to: Date) -> Vec<SpendingRow> {
    let mut rows: Vec<SpendingRow> = spending
        .accounts
        .iter()
        .map(|account| SpendingRow {
            name: account.name.clone(),
            parent: account.parent.clone(),
            href: Some(ledger_address(slug, account.account_id, spending.from, to)),
            amount: account.amount,
            percent: 0,
        })
        .collect();
    if spending.others != 0 {
        rows.push(SpendingRow {
            name: "Everything else".to_owned(),
            parent: None,
            href: None,
            amount: spending.others,
            percent: 0,
        });
    }
    let amounts: Vec<i64> = rows.iter().map(|row| row.amount).collect();
    for (row, percent) in rows.iter_mut().zip(percents(&amounts)) {
        row.percent = percent;
    }
    rows
}

fn owed(receivable: &Owed) -> Result<Option<OwedView>, PageError> {
    let ages = [
        ("Not due yet", receivable.current, false),
        ("1–30 days", receivable.late_30, true),
        ("31–60 days", receivable.late_60, true),
        ("61–90 days", receivable.late_90, true),
        ("91 and over", receivable.later, true),
    ];
    view_of(receivable, ages.to_vec(), "by days past due".to_owned())
}

fn owing(payable: &Owed, currency: Currency) -> Result<Option<OwedView>, PageError> {
    let overdue = payable.overdue()?;
    let later = sum_checked([payable.current, payable.due_in_a_week.saturating_neg()]).map_err(books::Error::from)?;
    let line = if overdue > 0 {
        format!("{} of it is overdue", with_currency(overdue, currency))
    } else {
        "nothing of it is overdue".to_owned()
    };
    let ages = [
        ("Overdue", overdue, true),
        ("Due in 7 days", payable.due_in_a_week, false),
        ("Due later", later, false),
    ];
    view_of(payable, ages.to_vec(), line)
}

fn view_of(owed: &Owed, ages: Vec<(&'static str, i64, bool)>, line: String) -> Result<Option<OwedView>, PageError> {
    if ages.iter().all(|(_, amount, _)| *amount == 0) {
        return Ok(None);
    }
    let age = |(label, amount, is_alarming)| OwedAge {
        label,
        amount,
        is_alarming,
    };
    Ok(Some(OwedView {
        total: owed.total()?,
        line,
        ages: ages.into_iter().map(age).collect(),
    }))
}

/// How many periods changed since they were closed or locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Changed {
    closed: i64,
    locked: i64,
}

impl Changed {
    fn of(periods: impl Iterator<Item = HeldAs>) -> Self {
        periods.fold(Self::default(), |changed, held_as| match held_as {
            HeldAs::ClosedYear => Self {
                closed: changed.closed + 1,
                ..changed
            },
            HeldAs::Locked => Self {
                locked: changed.locked + 1,
                ..changed
            },
        })
    }

    /// `2 closed years`, `changed since they were closed`; none where nothing changed.
    fn words(self) -> Option<(String, &'static str)> {
        Some(match (self.closed, self.locked) {
            (0, 0) => return None,
            (1, 0) => ("1 closed year".to_owned(), "changed since it was closed"),
            (closed, 0) => (format!("{closed} closed years"), "changed since they were closed"),
            (0, 1) => ("1 locked period".to_owned(), "changed since it was locked"),
            (0, locked) => (format!("{locked} locked periods"), "changed since they were locked"),
            (closed, locked) => (
                format!("{} closed or locked periods", closed + locked),
                "changed since they were closed or locked",
            ),
        })
    }
}

/// What waits, the most pressing first, each with the page where it is done. Who may not review is told of it and not asked.
fn to_do(slug: &str, figures: &HomeFigures, changed: Changed, may_review: bool) -> Vec<ToDoItem> {
    let waiting = &figures.to_do;
    let at = |path: &str| format!("/c/{slug}/{path}");
    let mut items = Vec::new();
    if waiting.bank_lines_to_review > 0 {
        items.push(lines_to_review(waiting, may_review, at("banking")));
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
    let sides = [
        (waiting.overdue, "from", "customer", "sales"),
        (waiting.overdue_bills, "to", "vendor", "purchases"),
    ];
    for (overdue, word, whom, path) in sides {
        if overdue.items > 0 {
            let amount = with_currency(overdue.amount, figures.currency);
            items.push(ToDoItem {
                what: format!("{} overdue", counted(overdue.items, "amount")),
                rest: format!("{word} {}", counted(overdue.contacts, whom)),
                why: format!("{amount} should be paid by now."),
                action: "See",
                href: at(path),
            });
        }
    }
    if waiting.recurring_problems > 0 {
        items.push(ToDoItem {
            what: match waiting.recurring_problems {
                1 => "1 recurring entry".to_owned(),
                several => format!("{several} recurring entries"),
            },
            rest: "could not be made".to_owned(),
            why: "Its period is locked or an account inactive; each says why.".to_owned(),
            action: "Look",
            href: at("accounting/recurring"),
        });
    }
    if let Some((what, rest)) = changed.words() {
        items.push(ToDoItem {
            what,
            rest: rest.to_owned(),
            why: "What its statements say is not what they said.".to_owned(),
            action: "Look",
            href: changed_address(slug),
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
    // Where Opening Balance Equity holds something, that leads there already.
    if waiting.lacks_opening_entry && waiting.opening_balance_equity == 0 {
        items.push(ToDoItem {
            what: "Opening balances".to_owned(),
            rest: "are not entered".to_owned(),
            why: "What the accounts held before the first entry here is missing from every balance.".to_owned(),
            action: "Enter",
            href: at("accounting/opening"),
        });
    }
    items
}

fn lines_to_review(waiting: &ToDo, may_review: bool, href: String) -> ToDoItem {
    let rest = if may_review {
        "to review"
    } else {
        "not in the books yet"
    };
    let why = match (may_review, waiting.bank_lines_suggested) {
        (false, _) => "An editor, accountant or admin of the company says what each one was.".to_owned(),
        (true, Some(1)) => "1 has a suggestion.".to_owned(),
        (true, Some(suggested)) if suggested > 0 => format!("{suggested} have a suggestion."),
        (true, _) => "Say what each one was, and it is in the books.".to_owned(),
    };
    ToDoItem {
        what: counted(waiting.bank_lines_to_review, "bank line"),
        rest: rest.to_owned(),
        why,
        action: if may_review { "Review" } else { "Look" },
        href,
    }
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
    use ledger::forecast::{Expected, forecast};
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
    fn what_changed_in_closed_and_locked_periods_is_told_by_number_and_by_what_holds_them() {
        let words = |periods: &[HeldAs]| Changed::of(periods.iter().copied()).words();
        let told = |what: &str, rest| Some((what.to_owned(), rest));
        let (closed, locked) = (HeldAs::ClosedYear, HeldAs::Locked);
        assert_eq!(words(&[]), None);
        assert_eq!(words(&[closed]), told("1 closed year", "changed since it was closed"));
        assert_eq!(
            words(&[closed, closed]),
            told("2 closed years", "changed since they were closed")
        );
        assert_eq!(words(&[locked]), told("1 locked period", "changed since it was locked"));
        assert_eq!(
            words(&[closed, locked]),
            told("2 closed or locked periods", "changed since they were closed or locked")
        );
    }

    #[test]
    fn one_thing_is_counted_in_the_singular() {
        assert_eq!(counted(1, "bank line"), "1 bank line");
        assert_eq!(counted(38, "bank line"), "38 bank lines");
    }

    #[test]
    fn where_nobody_owes_anything_no_panel_is_shown() {
        assert_eq!(owed(&Owed::default()), Ok(None));
        assert_eq!(owing(&Owed::default(), Currency::USD), Ok(None));
        let credit = Owed {
            current: 500,
            late_30: -500,
            ..Owed::default()
        };
        let shown = owed(&credit)
            .expect("it adds up")
            .expect("parts that cancel out are shown");
        assert_eq!(shown.total, 0);
    }

    #[test]
    fn what_is_owed_to_vendors_is_told_by_when_it_is_due() {
        let payable = Owed {
            current: 90_000,
            due_in_a_week: 25_000,
            late_60: 4000,
            ..Owed::default()
        };
        let shown = owing(&payable, Currency::USD)
            .expect("it adds up")
            .expect("something is owed");
        let ages: Vec<_> = shown.ages.iter().map(|age| (age.label, age.amount)).collect();
        assert_eq!(
            ages,
            [("Overdue", 4000), ("Due in 7 days", 25_000), ("Due later", 65_000)]
        );
        assert_eq!((shown.total, shown.line.as_str()), (94_000, "$40.00 of it is overdue"));
    }

    #[test]
    fn the_forecast_is_said_in_a_sentence() {
        let today = date!(2026 - 11 - 22);
        let due = |amounts: &[i64]| {
            let expected: Vec<Expected> = amounts
                .iter()
                .map(|amount| Expected {
                    due_on: date!(2026 - 12 - 01),
                    amount: *amount,
                })
                .collect();
            let forecast = forecast(today, 10_000, &expected).expect("it adds up");
            expected_words(&forecast, today, Currency::USD)
        };
        assert_eq!(due(&[]), "Nothing is due through Jan 3, 2027.");
        assert_eq!(
            due(&[2000, -5000]),
            "If everybody pays on the day, $20.00 comes in and $50.00 goes out through Jan 3, 2027. Least: $70.00 on Dec 1, 2026."
        );
    }
}
