//! What an address asks of a report: its dates, as they were typed or as they are by default.

use app::forms::FormState;
use books::company::Company;
use ledger::dates::{FiscalYears, format_date_input, parse_date};
use time::Date;

/// The days that a report shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day; of a report as of a day, the first of its fiscal year.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// The fiscal years of a company.
pub fn fiscal_years(company: &Company) -> FiscalYears {
    FiscalYears {
        first_month: company.fiscal_year_first_month,
        changes: Vec::new(),
    }
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

/// Reads `as_of`; by default today.
pub fn as_of(form: FormState, years: &FiscalYears, today: Date) -> (FormState, Option<Days>) {
    let (form, to) = day(form, "as_of", today, today);
    let days = to.map(|to| Days {
        from: years.start_of(to),
        to,
    });
    (form, days)
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

    fn july() -> FiscalYears {
        FiscalYears {
            first_month: 7,
            changes: Vec::new(),
        }
    }

    fn asked(query: &[(&str, &str)]) -> FormState {
        form_of(
            query
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn without_dates_a_period_is_the_fiscal_year_so_far() {
        let (form, days) = period(asked(&[]), &july(), TODAY);
        assert_eq!(
            days,
            Some(Days {
                from: date!(2026 - 07 - 01),
                to: TODAY
            })
        );
        assert_eq!((form.value("from"), form.value("to")), ("07/01/2026", "11/22/2026"));
    }

    #[test]
    fn a_last_day_alone_begins_with_its_own_fiscal_year() {
        let (_, days) = period(asked(&[("to", "2026-03-31")]), &july(), TODAY);
        assert_eq!(
            days,
            Some(Days {
                from: date!(2025 - 07 - 01),
                to: date!(2026 - 03 - 31)
            })
        );
        let (_, days) = as_of(asked(&[("as_of", "3/31/26")]), &july(), TODAY);
        assert_eq!(
            days,
            Some(Days {
                from: date!(2025 - 07 - 01),
                to: date!(2026 - 03 - 31)
            })
        );
    }

    #[test]
    fn a_day_that_is_none_comes_back_as_typed_with_its_message() {
        let (form, days) = period(asked(&[("from", "02/31/2026"), ("to", "soon")]), &july(), TODAY);
        assert_eq!(days, None);
        assert_eq!((form.value("from"), form.value("to")), ("02/31/2026", "soon"));
        assert!(form.error("from").is_some() && form.error("to").is_some());
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused_at_its_last_day() {
        let (form, days) = period(asked(&[("from", "2026-02-01"), ("to", "2026-01-31")]), &july(), TODAY);
        assert_eq!(days, None);
        assert!(form.error("to").is_some());
    }
}
