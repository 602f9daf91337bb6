//! Periods: how they are cut into months, quarters and years, which period stands before one, and
//! how a head of a column names it.

use time::{Date, Duration, Month};

use crate::accounts::UnknownName;
use crate::dates::{FiscalYears, format_date};

/// Days from a first through a last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// What a period is cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// Nothing: one column for all of it.
    #[default]
    Total,
    /// Calendar months.
    Month,
    /// Three months each, counted from the first of the fiscal year.
    Quarter,
    /// Fiscal years.
    Year,
}

impl Unit {
    /// All of them, from the largest piece to the whole.
    pub const ALL: [Self; 4] = [Self::Total, Self::Month, Self::Quarter, Self::Year];

    /// As addresses and the command line name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The words of a choice.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Total => "Total only",
            Self::Month => "Months",
            Self::Quarter => "Quarters",
            Self::Year => "Fiscal years",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`UnknownName`] when it is none of the four.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|unit| unit.code() == text)
            .ok_or_else(|| UnknownName {
                text: text.to_owned(),
                expected: "a choice of columns; it is total, month, quarter or year",
            })
    }
}

impl Span {
    /// The pieces of these days, in their order; the first and the last are cut where the days are.
    /// At most `limit` of them and one more, so that no period is cut into more than anybody asked.
    pub fn cut(self, unit: Unit, years: &FiscalYears, limit: usize) -> Vec<Self> {
        let mut pieces = Vec::new();
        let mut from = self.from;
        while from <= self.to && pieces.len() <= limit {
            let end = match unit {
                Unit::Total => self.to,
                Unit::Month => last_of_month(from),
                Unit::Quarter => quarter_of(from, years).to,
                Unit::Year => years.end_of(from),
            };
            let to = end.min(self.to);
            pieces.push(Self { from, to });
            match to.next_day() {
                Some(day) => from = day,
                None => break,
            }
        }
        pieces
    }

    /// Whether it is the whole of a calendar month.
    fn is_a_month(self) -> bool {
        self.from.day() == 1 && self.to == last_of_month(self.from)
    }

    /// As the head of a column says it, as short as it is clear: `Oct 2026`, `2026`, `Jul – Sep
    /// 2026`, `Oct 1 – 22, 2026`.
    pub fn words(self) -> String {
        let Self { from, to } = self;
        let month = |day: Date| day.month().to_string()[..3].to_owned();
        let whole_months = from.day() == 1 && to == last_of_month(to);
        let one_year = from.year() == to.year();
        if self.is_a_month() {
            format!("{} {}", month(from), from.year())
        } else if whole_months && one_year && from.month() == Month::January && to.month() == Month::December {
            from.year().to_string()
        } else if whole_months && one_year {
            format!("{} – {} {}", month(from), month(to), to.year())
        } else if whole_months {
            format!("{} {} – {} {}", month(from), from.year(), month(to), to.year())
        } else if from == to {
            format_date(to)
        } else if one_year && from.month() == to.month() {
            format!("{} {} – {}, {}", month(from), from.day(), to.day(), to.year())
        } else if one_year {
            format!("{} {} – {}", month(from), from.day(), format_date(to))
        } else {
            format!("{} – {}", format_date(from), format_date(to))
        }
    }
}

/// As the head of a column says the end of a day: `Oct 31, 2026`.
pub fn day_words(day: Date) -> String {
    format_date(day)
}

/// The period before one: of a whole month the month before, of a whole fiscal quarter the quarter
/// before, of a fiscal year or a year to date the same days of the year before, of any other days
/// as many days before them.
pub fn prior_period(span: Span, years: &FiscalYears) -> Span {
    let day_before = span.from.previous_day().unwrap_or(Date::MIN);
    if span.is_a_month() {
        return Span {
            from: months_from(span.from, -1),
            to: day_before,
        };
    }
    if span == quarter_of(span.from, years) {
        return quarter_of(day_before, years);
    }
    let year = years.year_of(span.from);
    if span.from == year.starts_on && span.to <= year.ends_on {
        let before = years.year_of(day_before);
        if span.to == year.ends_on {
            return Span {
                from: before.starts_on,
                to: before.ends_on,
            };
        }
        // A short year before has no day so far on.
        let to = year_earlier(span.to).min(before.ends_on).max(before.starts_on);
        return Span {
            from: before.starts_on,
            to,
        };
    }
    let days = span.to - span.from;
    Span {
        from: day_before.saturating_sub(days),
        to: day_before,
    }
}

/// The same days a year earlier; of a whole fiscal year the one before it.
pub fn prior_year(span: Span, years: &FiscalYears) -> Span {
    let year = years.year_of(span.from);
    if span.from == year.starts_on && span.to == year.ends_on {
        return prior_period(span, years);
    }
    Span {
        from: months_back_from_first(span.from),
        to: year_earlier(span.to),
    }
}

/// The day a year earlier; the last of a month stays the last of its month.
fn year_earlier(day: Date) -> Date {
    let first = months_from(day, -12);
    let length = first.month().length(first.year());
    if day == last_of_month(day) || day.day() > length {
        last_of_month(first)
    } else {
        first.replace_day(day.day()).unwrap_or(first)
    }
}

/// The same first day a year earlier: February 29 is March 1 there, so that no day is lost.
fn months_back_from_first(day: Date) -> Date {
    let first = months_from(day, -12);
    first.replace_day(day.day()).unwrap_or_else(|_| months_from(first, 1))
}

/// The quarter that a day lies in: three months each from the first of the fiscal year, the last
/// one as long as the year is.
fn quarter_of(day: Date, years: &FiscalYears) -> Span {
    let year = years.year_of(day);
    let mut from = year.starts_on;
    loop {
        // A year that begins within a month has quarters from the first of the next months on.
        let next = months_from(from, 3);
        let to = next.previous_day().unwrap_or(Date::MAX).min(year.ends_on);
        if to >= day || to >= year.ends_on || next <= from {
            return Span { from, to };
        }
        from = next;
    }
}

/// The first of the month so many months after the one that a day lies in.
fn months_from(day: Date, months: i32) -> Date {
    let count = day.year() * 12 + i32::from(u8::from(day.month())) - 1 + months;
    u8::try_from(count.rem_euclid(12) + 1)
        .ok()
        .and_then(|number| Month::try_from(number).ok())
        .and_then(|month| Date::from_calendar_date(count.div_euclid(12), month, 1).ok())
        .unwrap_or(if months < 0 { Date::MIN } else { Date::MAX })
}

fn last_of_month(day: Date) -> Date {
    let left = day.month().length(day.year()) - day.day();
    day.saturating_add(Duration::days(left.into()))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::dates::FiscalYear;

    fn years(first_month: u8) -> FiscalYears {
        FiscalYears {
            first_month,
            changes: Vec::new(),
        }
    }

    const fn span(from: Date, to: Date) -> Span {
        Span { from, to }
    }

    fn words(span: Span, unit: Unit, years: &FiscalYears) -> Vec<String> {
        span.cut(unit, years, 99).into_iter().map(Span::words).collect()
    }

    #[test]
    fn a_period_is_cut_at_the_ends_of_months_fiscal_quarters_and_fiscal_years() {
        let days = span(date!(2026 - 06 - 15), date!(2026 - 08 - 10));
        assert_eq!(
            words(days, Unit::Month, &years(1)),
            ["Jun 15 – 30, 2026", "Jul 2026", "Aug 1 – 10, 2026"]
        );
        assert_eq!(
            words(days, Unit::Quarter, &years(2)),
            ["Jun 15 – Jul 31, 2026", "Aug 1 – 10, 2026"]
        );
        let days = span(date!(2025 - 07 - 01), date!(2027 - 06 - 30));
        assert_eq!(
            words(days, Unit::Year, &years(7)),
            ["Jul 2025 – Jun 2026", "Jul 2026 – Jun 2027"]
        );
        assert_eq!(
            words(days, Unit::Year, &years(1)),
            ["Jul – Dec 2025", "2026", "Jan – Jun 2027"]
        );
        assert_eq!(words(days, Unit::Total, &years(1)), ["Jul 2025 – Jun 2027"]);
    }

    #[test]
    fn a_short_first_year_is_cut_at_its_own_end() {
        let years = FiscalYears {
            first_month: 1,
            changes: vec![FiscalYear {
                starts_on: date!(2026 - 02 - 15),
                ends_on: date!(2026 - 06 - 30),
            }],
        };
        let days = span(date!(2026 - 02 - 15), date!(2026 - 12 - 31));
        assert_eq!(
            words(days, Unit::Quarter, &years),
            [
                "Feb 15 – Apr 30, 2026",
                "May – Jun 2026",
                "Jul – Sep 2026",
                "Oct – Dec 2026"
            ]
        );
        assert_eq!(
            words(days, Unit::Year, &years),
            ["Feb 15 – Jun 30, 2026", "Jul – Dec 2026"]
        );
    }

    #[test]
    fn no_period_is_cut_into_more_pieces_than_one_beyond_the_limit() {
        let days = span(date!(1900 - 01 - 01), date!(2199 - 12 - 31));
        assert_eq!(days.cut(Unit::Month, &years(1), 36).len(), 37);
    }

    #[test]
    fn the_period_before_is_the_month_the_quarter_the_year_or_as_many_days_before() {
        let calendar = years(1);
        for (days, before) in [
            (
                span(date!(2028 - 03 - 01), date!(2028 - 03 - 31)),
                span(date!(2028 - 02 - 01), date!(2028 - 02 - 29)),
            ),
            (
                span(date!(2026 - 01 - 01), date!(2026 - 01 - 31)),
                span(date!(2025 - 12 - 01), date!(2025 - 12 - 31)),
            ),
            (
                span(date!(2026 - 01 - 01), date!(2026 - 03 - 31)),
                span(date!(2025 - 10 - 01), date!(2025 - 12 - 31)),
            ),
            (
                span(date!(2026 - 01 - 01), date!(2026 - 10 - 17)),
                span(date!(2025 - 01 - 01), date!(2025 - 10 - 17)),
            ),
            (
                span(date!(2025 - 01 - 01), date!(2025 - 02 - 28)),
                span(date!(2024 - 01 - 01), date!(2024 - 02 - 29)),
            ),
            (
                span(date!(2026 - 01 - 01), date!(2026 - 12 - 31)),
                span(date!(2025 - 01 - 01), date!(2025 - 12 - 31)),
            ),
            (
                span(date!(2026 - 05 - 10), date!(2026 - 05 - 19)),
                span(date!(2026 - 04 - 30), date!(2026 - 05 - 09)),
            ),
        ] {
            assert_eq!(prior_period(days, &calendar), before, "{}", days.words());
        }
        let july = span(date!(2026 - 07 - 01), date!(2026 - 11 - 22));
        assert_eq!(
            prior_period(july, &years(7)),
            span(date!(2025 - 07 - 01), date!(2025 - 11 - 22))
        );
    }

    #[test]
    fn the_year_before_has_the_same_days_and_keeps_the_end_of_a_month() {
        let calendar = years(1);
        for (days, before) in [
            (
                span(date!(2028 - 02 - 01), date!(2028 - 02 - 29)),
                span(date!(2027 - 02 - 01), date!(2027 - 02 - 28)),
            ),
            (
                span(date!(2029 - 02 - 01), date!(2029 - 02 - 28)),
                span(date!(2028 - 02 - 01), date!(2028 - 02 - 29)),
            ),
            (
                span(date!(2026 - 05 - 10), date!(2026 - 05 - 19)),
                span(date!(2025 - 05 - 10), date!(2025 - 05 - 19)),
            ),
        ] {
            assert_eq!(prior_year(days, &calendar), before, "{}", days.words());
        }
    }

    #[test]
    fn the_year_before_a_whole_fiscal_year_is_the_one_before_it_however_short() {
        let years = FiscalYears {
            first_month: 1,
            changes: vec![FiscalYear {
                starts_on: date!(2025 - 08 - 15),
                ends_on: date!(2025 - 12 - 31),
            }],
        };
        let year = span(date!(2026 - 01 - 01), date!(2026 - 12 - 31));
        let first = span(date!(2025 - 08 - 15), date!(2025 - 12 - 31));
        assert_eq!(prior_year(year, &years), first);
        assert_eq!(prior_period(year, &years), first);
    }
}
