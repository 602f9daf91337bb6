//! Periods: how they are cut into months, quarters and years, which period stands before one, and
//! how a head of a column names it.

use time::{Date, Duration, Month};

use crate::accounts::UnknownName;
use crate::dates::{FiscalYears, format_date};

/// Quarters of a fiscal year, however long it is.
const QUARTERS: usize = 4;
/// Longer than any short year that is compared with another.
const WEEKS_50: Duration = Duration::weeks(50);

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

/// The period before one. Of a whole fiscal year it is the year before; of whole months as many months before; of a fiscal quarter
/// that is no whole months the quarter before. Of days from the first of a month, a quarter or a fiscal year on it is the same days
/// of the month, the quarter or the year before. Of any other days it is as many days before them.
pub fn prior_period(span: Span, years: &FiscalYears) -> Span {
    let year = years.year_of(span.from);
    let day_before = span.from.previous_day().unwrap_or(Date::MIN);
    if (span.from, span.to) == (year.starts_on, year.ends_on) {
        let before = years.year_of(day_before);
        return Span {
            from: before.starts_on,
            to: before.ends_on,
        };
    }
    let is_from_first = span.from.day() == 1;
    if is_from_first && span.to == last_of_month(span.to) && !span.is_year_to_date(years) {
        return span.months_earlier(months_between(span.from, span.to) + 1);
    }
    let quarter = quarter_of(span.from, years);
    if span == quarter {
        return quarter_of(day_before, years);
    }
    if is_from_first && span.from != span.to && months_between(span.from, span.to) == 0 {
        return span.months_earlier(1);
    }
    if span.is_year_to_date(years) {
        return span.months_earlier(12);
    }
    if is_from_first && span.from == quarter.from && span.to <= quarter.to {
        return span.months_earlier(3);
    }
    let days = span.to - span.from;
    Span {
        from: day_before.saturating_sub(days),
        to: day_before,
    }
}

/// The same days a year earlier; of a whole fiscal year of so many weeks the one before it.
pub fn prior_year(span: Span, years: &FiscalYears) -> Span {
    let year = years.year_of(span.from);
    if (span.from, span.to) == (year.starts_on, year.ends_on) {
        let before = prior_period(span, years);
        if before.is_about_as_long_as(span) && span.to - span.from > WEEKS_50 {
            return before;
        }
    }
    span.months_earlier(12)
}

/// The fiscal quarter that a day lies in: four of three months each from the first of the fiscal year, the last one as long as the
/// year is. A short year that ends with a month has the last quarters of a whole one.
pub fn quarter_of(day: Date, years: &FiscalYears) -> Span {
    let year = years.year_of(day);
    let after = months_from(year.ends_on, 1);
    let is_short = year.starts_on > months_from(after, -12);
    if is_short && year.ends_on == last_of_month(year.ends_on) {
        let months_left = months_between(day, year.ends_on);
        let first = months_from(after, -3 * (months_left / 3 + 1));
        return Span {
            from: first.max(year.starts_on),
            to: months_from(first, 3).previous_day().unwrap_or(Date::MAX),
        };
    }
    let mut from = year.starts_on;
    for _ in 1..QUARTERS {
        // A year that begins within a month has quarters from the first of the next months on.
        let next = months_from(from, 3);
        let to = next.previous_day().unwrap_or(Date::MAX).min(year.ends_on);
        if to >= day || to >= year.ends_on || next <= from {
            return Span { from, to };
        }
        from = next;
    }
    Span { from, to: year.ends_on }
}

/// The last day of the month before the one that a day lies in.
pub(super) fn month_end_before(day: Date) -> Date {
    months_from(day, 0).previous_day().unwrap_or(Date::MIN)
}

impl Span {
    /// Days from the first of a fiscal year on, more than a month and not all of it.
    fn is_year_to_date(self, years: &FiscalYears) -> bool {
        let year = years.year_of(self.from);
        self.from == year.starts_on && self.to < year.ends_on && months_between(self.from, self.to) > 0
    }

    /// The same days so many months earlier: the end of a month stays its end, and a single day is a single day.
    fn months_earlier(self, months: i32) -> Self {
        if self.from == self.to && self.from.day() > 1 {
            let day = same_day(self.from, -months);
            return Self { from: day, to: day };
        }
        let to = match self.to == last_of_month(self.to) {
            true => last_of_month(months_from(self.to, -months)),
            false => same_day(self.to, -months),
        };
        let first = months_from(self.from, -months);
        // February 29 is March 1 in other years, so that no day is counted twice.
        let from = first
            .replace_day(self.from.day())
            .unwrap_or_else(|_| months_from(first, 1));
        Self { from: from.min(to), to }
    }

    /// Whether it has as many days, but for those by which months and years of weeks differ.
    pub(super) fn is_about_as_long_as(self, other: Self) -> bool {
        let difference = (self.to - self.from) - (other.to - other.from);
        difference.abs() <= Duration::days(7)
    }
}

/// The same day of a month so many months away, or its last one.
fn same_day(day: Date, months: i32) -> Date {
    let first = months_from(day, months);
    first.replace_day(day.day()).unwrap_or_else(|_| last_of_month(first))
}

/// How many months lie between the months of two days: none within one month.
fn months_between(from: Date, to: Date) -> i32 {
    let count = |day: Date| day.year() * 12 + i32::from(u8::from(day.month()));
    count(to) - count(from)
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
                "Feb 15 – Mar 31, 2026",
                "Apr – Jun 2026",
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
    fn a_year_of_53_weeks_has_four_quarters_and_the_last_is_as_long_as_the_year() {
        let years = FiscalYears {
            first_month: 2,
            changes: vec![FiscalYear {
                starts_on: date!(2026 - 02 - 01),
                ends_on: date!(2027 - 02 - 06),
            }],
        };
        let days = span(date!(2026 - 02 - 01), date!(2027 - 02 - 06));
        assert_eq!(
            words(days, Unit::Quarter, &years),
            [
                "Feb – Apr 2026",
                "May – Jul 2026",
                "Aug – Oct 2026",
                "Nov 1, 2026 – Feb 6, 2027"
            ]
        );
        let last = span(date!(2026 - 11 - 01), date!(2027 - 02 - 06));
        assert_eq!(quarter_of(date!(2027 - 02 - 03), &years), last);
        assert_eq!(
            prior_period(last, &years),
            span(date!(2026 - 08 - 01), date!(2026 - 10 - 31))
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
    fn days_so_far_stand_beside_as_many_of_the_month_the_quarter_or_the_year_before() {
        let calendar = years(1);
        for (days, before) in [
            (
                span(date!(2026 - 11 - 01), date!(2026 - 11 - 22)),
                span(date!(2026 - 10 - 01), date!(2026 - 10 - 22)),
            ),
            (
                span(date!(2026 - 03 - 01), date!(2026 - 03 - 30)),
                span(date!(2026 - 02 - 01), date!(2026 - 02 - 28)),
            ),
            (
                span(date!(2026 - 01 - 01), date!(2026 - 01 - 22)),
                span(date!(2025 - 12 - 01), date!(2025 - 12 - 22)),
            ),
            (
                span(date!(2026 - 10 - 01), date!(2026 - 11 - 22)),
                span(date!(2026 - 07 - 01), date!(2026 - 08 - 22)),
            ),
            (
                span(date!(2026 - 04 - 01), date!(2026 - 05 - 31)),
                span(date!(2026 - 02 - 01), date!(2026 - 03 - 31)),
            ),
            (
                span(date!(2026 - 11 - 01), date!(2026 - 11 - 01)),
                span(date!(2026 - 10 - 31), date!(2026 - 10 - 31)),
            ),
        ] {
            assert_eq!(prior_period(days, &calendar), before, "{}", days.words());
        }
    }

    #[test]
    fn february_29_has_one_day_a_year_earlier() {
        let calendar = years(1);
        for (days, before) in [
            (date!(2024 - 02 - 29), date!(2023 - 02 - 28)),
            (date!(2025 - 02 - 28), date!(2024 - 02 - 28)),
        ] {
            assert_eq!(prior_year(span(days, days), &calendar), span(before, before));
        }
    }

    #[test]
    fn after_a_short_year_the_same_days_of_the_calendar_stand_beside() {
        let years = FiscalYears {
            first_month: 7,
            changes: vec![FiscalYear {
                starts_on: date!(2026 - 01 - 01),
                ends_on: date!(2026 - 06 - 30),
            }],
        };
        let so_far = span(date!(2026 - 07 - 01), date!(2026 - 11 - 22));
        let year_earlier = span(date!(2025 - 07 - 01), date!(2025 - 11 - 22));
        assert_eq!(prior_period(so_far, &years), year_earlier);
        assert_eq!(prior_year(so_far, &years), year_earlier);
        let short = span(date!(2026 - 01 - 01), date!(2026 - 06 - 30));
        assert_eq!(
            prior_year(short, &years),
            span(date!(2025 - 01 - 01), date!(2025 - 06 - 30))
        );
        let whole = span(date!(2026 - 07 - 01), date!(2027 - 06 - 30));
        assert_eq!(
            prior_year(whole, &years),
            span(date!(2025 - 07 - 01), date!(2026 - 06 - 30))
        );
        assert_eq!(
            prior_period(whole, &years),
            short,
            "the fiscal year before, however short"
        );
    }

    #[test]
    fn the_quarter_before_the_first_of_a_year_is_the_last_of_a_short_one() {
        let years = FiscalYears {
            first_month: 1,
            changes: vec![FiscalYear {
                starts_on: date!(2023 - 09 - 15),
                ends_on: date!(2023 - 12 - 31),
            }],
        };
        assert_eq!(
            words(
                span(date!(2023 - 09 - 15), date!(2023 - 12 - 31)),
                Unit::Quarter,
                &years
            ),
            ["Sep 15 – 30, 2023", "Oct – Dec 2023"]
        );
        assert_eq!(
            prior_period(span(date!(2024 - 01 - 01), date!(2024 - 03 - 31)), &years),
            span(date!(2023 - 10 - 01), date!(2023 - 12 - 31))
        );
    }

    #[test]
    fn a_year_of_so_many_weeks_stands_beside_the_one_before_it() {
        let years = FiscalYears {
            first_month: 2,
            changes: vec![
                FiscalYear {
                    starts_on: date!(2026 - 02 - 01),
                    ends_on: date!(2027 - 02 - 06),
                },
                FiscalYear {
                    starts_on: date!(2027 - 02 - 07),
                    ends_on: date!(2028 - 02 - 05),
                },
            ],
        };
        let year = span(date!(2027 - 02 - 07), date!(2028 - 02 - 05));
        assert_eq!(
            prior_year(year, &years),
            span(date!(2026 - 02 - 01), date!(2027 - 02 - 06))
        );
    }
}
