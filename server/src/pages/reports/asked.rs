//! What an address asks of a report: its days, as they were typed, by a period's name or by default, and what of it is shown.

use app::forms::FormState;
use app::view::report::ReportKind;
use books::reports::{Calendar, Moment, StatementAsked, TrialBalanceAsked};
use ledger::dates::{FiscalYears, format_date_input, format_iso, parse_date};
use ledger::statements::{Shown, Sort, StatementKind, Unit};
use time::Date;

use super::presets::{OWN_DAYS, days_of, presets};

/// The days that a report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day; of a report as of a day, the first that is cut into columns.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// An address' query as a form that shows it.
pub fn form_of(query: Vec<(String, String)>) -> FormState {
    query
        .into_iter()
        .fold(FormState::default(), |form, (name, value)| form.with(name, value))
}

/// Reads `from` and `to`; by default from the first of the fiscal year through today. The form comes back with the days in it,
/// or with messages at those that cannot be read.
pub fn period(form: FormState, years: &FiscalYears, today: Date) -> (FormState, Option<Days>) {
    let (form, to) = day(form, "to", today, today);
    let first = years.start_of(to.unwrap_or(today));
    let (mut form, from) = day(form, "from", first, today);
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.refuse("to", "The period ends before it begins. Choose a later last day.");
        return (form, None);
    }
    let days = from.zip(to).map(|(from, to)| Days { from, to });
    (form, days)
}

/// Reads `as_of`, by default today, and `from`, by default the first of its fiscal year.
fn as_of(form: FormState, years: &FiscalYears, today: Date) -> (FormState, Option<Days>) {
    let (form, to) = day(form, "as_of", today, today);
    let first = years.start_of(to.unwrap_or(today));
    let form = match form.value("from") {
        "" => form.replaced("from", format_date_input(first)),
        _ => form,
    };
    let (form, from) = day(form, "from", first, today);
    // Columns cannot begin after the day: then they begin with its year.
    let days = from.zip(to).map(|(from, to)| Days {
        from: if from <= to { from } else { first },
        to,
    });
    (form, days)
}

/// Reads the days of a report: a period's name, or days of one's own. The form comes back with both in it, so that whoever changes
/// to days of their own begins with those that are shown. An address that names days and no period means its days.
pub fn days(kind: ReportKind, form: FormState, calendar: &Calendar, today: Date) -> (FormState, Option<Days>) {
    let last = if kind.shows_period() { "to" } else { "as_of" };
    let has_days = form.has("from") || form.has(last);
    let form = match form.value("period") {
        "" if has_days => form.replaced("period", OWN_DAYS),
        "" => form.replaced("period", presets(kind)[0].0),
        _ => form,
    };
    if form.value("period") == OWN_DAYS {
        return match kind.shows_period() {
            true => period(form, &calendar.years, today),
            false => as_of(form, &calendar.years, today),
        };
    }
    match days_of(form.value("period"), calendar, today) {
        Some(days) => {
            let form = form.replaced("from", format_date_input(days.from));
            (form.replaced(last, format_date_input(days.to)), Some(days))
        }
        None => {
            let mut form = form;
            form.refuse("period", "There is no such period. Choose one of the list.");
            (form, None)
        }
    }
}

/// What stands beside each period, as addresses name it and people read it.
pub const COMPARISONS: [(&str, &str); 4] = [
    ("none", "Nothing"),
    ("prior-period", "Prior period"),
    ("prior-year", "Prior year"),
    ("both", "Both"),
];

/// The columns of a trial balance.
pub const TRIAL_COLUMNS: [(&str, &str); 2] = [("total", "Balances"), (ADJUSTED, "With adjustments")];
const ADJUSTED: &str = "adjusted";

/// What of a report an address asks to show, beside its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// What its days are cut into.
    pub unit: Unit,
    /// Whether the period before stands beside each.
    pub prior_period: bool,
    /// Whether the year before stands beside each.
    pub prior_year: bool,
    /// Whether shares of income stand beside amounts.
    pub income: bool,
    /// Which accounts have rows, and in which order.
    pub shown: Shown,
    /// Whether a trial balance stands before and after its adjusting entries.
    pub adjusted: bool,
    /// Whether now stands beside the moment that is known.
    pub against_now: bool,
}

impl Choices {
    /// Reads them; a choice that is none of the list is refused at its field.
    pub fn read(kind: ReportKind, form: &mut FormState) -> Option<Self> {
        let adjusted = kind == ReportKind::TrialBalance && form.value("columns") == ADJUSTED;
        let unit = match form.value("columns") {
            "" => Ok(Unit::Total),
            ADJUSTED if adjusted => Ok(Unit::Total),
            code => Unit::parse(code),
        };
        let sort = match form.value("sort") {
            "" => Ok(Sort::Number),
            code => Sort::parse(code),
        };
        let compared = match form.value("compare") {
            "" | "none" => Some((false, false)),
            "prior-period" => Some((true, false)),
            "prior-year" => Some((false, true)),
            "both" => Some((true, true)),
            _ => None,
        };
        if let Err(error) = &unit {
            form.refuse("columns", error.to_string());
        }
        if let Err(error) = &sort {
            form.refuse("sort", error.to_string());
        }
        if compared.is_none() {
            form.refuse("compare", "There is no such comparison. Choose one of the list.");
        }
        let checked = |name: &str| !form.value(name).is_empty();
        let (income, zero_rows, against_now) = (checked("income"), checked("zero"), checked("now"));
        let (prior_period, prior_year) = compared?;
        Some(Self {
            unit: unit.ok()?,
            prior_period,
            prior_year,
            income,
            shown: Shown {
                sort: sort.ok()?,
                zero_rows,
            },
            adjusted,
            against_now,
        })
    }

    /// What a statement is asked.
    pub fn statement(&self, kind: StatementKind, days: Days, moment: Moment) -> StatementAsked {
        StatementAsked {
            kind,
            from: days.from,
            to: days.to,
            unit: self.unit,
            prior_period: self.prior_period,
            prior_year: self.prior_year,
            percent_of_income: self.income,
            shown: self.shown,
            moment,
            against_now: self.against_now,
        }
    }

    /// What a trial balance is asked.
    pub const fn trial_balance(&self, days: Days, moment: Moment) -> TrialBalanceAsked {
        TrialBalanceAsked {
            as_of: days.to,
            adjusted: self.adjusted,
            shown: self.shown,
            moment,
            against_now: self.against_now,
        }
    }
}

/// The choices as names and values of an address, in this order, without those that are as by default.
const CHOICES: [&str; 7] = ["columns", "compare", "income", "sort", "zero", "known", "now"];

/// The query of an address that asks the same again: a period by its name stays one, days are written out.
pub fn query(kind: ReportKind, form: &FormState, days: Days) -> String {
    let (from, to) = (format_iso(days.from), format_iso(days.to));
    let mut query = match (form.value("period"), kind.shows_period()) {
        (OWN_DAYS, true) => format!("from={from}&to={to}"),
        (OWN_DAYS, false) if form.value("columns").is_empty() || form.value("columns") == Unit::Total.code() => {
            format!("as_of={to}")
        }
        (OWN_DAYS, false) => format!("as_of={to}&from={from}"),
        (period, _) => format!("period={}", encoded(period)),
    };
    for name in CHOICES {
        let value = form.value(name).trim();
        let is_default = matches!(
            (name, value),
            ("columns", "total") | ("compare", "none") | ("sort", "number")
        );
        if !value.is_empty() && !is_default {
            query += &format!("&{name}={}", encoded(value));
        }
    }
    query
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn day(mut form: FormState, name: &str, default: Date, today: Date) -> (FormState, Option<Date>) {
    if !form.has(name) {
        return (form.with(name, format_date_input(default)), Some(default));
    }
    match parse_date(form.value(name), today) {
        Ok(day) => (form.replaced(name, format_date_input(day)), Some(day)),
        Err(error) => {
            form.refuse(name, error.to_string());
            (form, None)
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 22);
    const EARNED: ReportKind = ReportKind::ProfitAndLoss;
    const SHEET: ReportKind = ReportKind::BalanceSheet;

    fn july() -> Calendar {
        let years = FiscalYears {
            first_month: 7,
            changes: Vec::new(),
        };
        Calendar { years, posted: None }
    }

    fn asked(query: &[(&str, &str)]) -> FormState {
        form_of(
            query
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    const fn from_to(from: Date, to: Date) -> Option<Days> {
        Some(Days { from, to })
    }

    #[test]
    fn without_dates_a_period_is_the_fiscal_year_so_far() {
        let (form, shown) = days(EARNED, asked(&[]), &july(), TODAY);
        assert_eq!(shown, from_to(date!(2026 - 07 - 01), TODAY));
        assert_eq!(form.value("period"), "this-year-to-date");
        assert_eq!((form.value("from"), form.value("to")), ("07/01/2026", "11/22/2026"));
    }

    #[test]
    fn a_last_day_alone_begins_with_its_own_fiscal_year() {
        let year = from_to(date!(2025 - 07 - 01), date!(2026 - 03 - 31));
        let (form, shown) = days(EARNED, asked(&[("to", "2026-03-31")]), &july(), TODAY);
        assert_eq!(shown, year);
        assert_eq!(
            query(EARNED, &form, shown.expect("days")),
            "from=2025-07-01&to=2026-03-31"
        );
        let (form, shown) = days(SHEET, asked(&[("as_of", "3/31/26")]), &july(), TODAY);
        assert_eq!(shown, year);
        assert_eq!(query(SHEET, &form, shown.expect("days")), "as_of=2026-03-31");
    }

    #[test]
    fn a_period_by_its_name_stays_relative_whatever_days_stand_beside_it() {
        let named = [
            ("period", "last-month"),
            ("from", "1/1/2020"),
            ("to", ""),
            ("columns", "total"),
        ];
        let (form, shown) = days(EARNED, asked(&named), &july(), TODAY);
        assert_eq!(shown, from_to(date!(2026 - 10 - 01), date!(2026 - 10 - 31)));
        assert_eq!(form.value("from"), "10/01/2026");
        assert_eq!(query(EARNED, &form, shown.expect("days")), "period=last-month");
    }

    #[test]
    fn an_address_keeps_what_was_chosen_and_leaves_out_what_is_as_by_default() {
        let chosen = [
            ("as_of", "2026-03-31"),
            ("columns", "month"),
            ("sort", "number"),
            ("known", "10/31/2026 5:00 PM"),
            ("now", "yes"),
            ("strange", "1"),
        ];
        let (mut form, shown) = days(SHEET, asked(&chosen), &july(), TODAY);
        assert_eq!(
            query(SHEET, &form, shown.expect("days")),
            "as_of=2026-03-31&from=2025-07-01&columns=month&known=10%2F31%2F2026+5%3A00+PM&now=yes"
        );
        let choices = Choices::read(SHEET, &mut form).expect("choices");
        assert_eq!((choices.unit, choices.shown.sort), (Unit::Month, Sort::Number));
        assert!(choices.against_now && !choices.prior_year);
    }

    #[test]
    fn a_choice_that_is_none_is_refused_at_its_field() {
        let (mut form, _) = days(EARNED, asked(&[("columns", "week"), ("sort", "color")]), &july(), TODAY);
        assert_eq!(Choices::read(EARNED, &mut form), None);
        assert!(form.error("columns").is_some() && form.error("sort").is_some());
        let adjusted = || asked(&[("columns", "adjusted")]);
        assert!(Choices::read(ReportKind::TrialBalance, &mut adjusted()).is_some_and(|choices| choices.adjusted));
        assert_eq!(Choices::read(SHEET, &mut adjusted()), None);
        let (form, shown) = days(EARNED, asked(&[("period", "yesterday")]), &july(), TODAY);
        assert!(form.error("period").is_some() && shown.is_none());
    }

    #[test]
    fn a_day_that_is_none_comes_back_as_typed_with_its_message() {
        let typed = [("from", "02/31/2026"), ("to", "soon")];
        let (form, shown) = days(EARNED, asked(&typed), &july(), TODAY);
        assert_eq!(shown, None);
        assert_eq!((form.value("from"), form.value("to")), ("02/31/2026", "soon"));
        assert!(form.error("from").is_some() && form.error("to").is_some());
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused_at_its_last_day() {
        let backwards = [("from", "2026-02-01"), ("to", "2026-01-31")];
        let (form, shown) = days(EARNED, asked(&backwards), &july(), TODAY);
        assert_eq!(shown, None);
        assert!(form.error("to").is_some());
    }
}
