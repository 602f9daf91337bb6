//! Which readings of the books a report needs, and which columns show them.

use time::Date;

use super::spans::{Span, Unit, day_words, month_end_before, prior_period, prior_year};
use super::statement::StatementKind;
use crate::dates::FiscalYears;

/// Most periods that a report is cut into: three years of months.
pub const PERIODS_MAX: usize = 36;
/// Most columns of a report, those of comparisons among them.
pub const COLUMNS_MAX: usize = 60;

/// One reading of the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Measure {
    /// The first day that income and expenses count from.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Whether it reads the books as they stand, beside a report as known at a moment.
    pub is_now: bool,
}

/// What a report is asked to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Which report.
    pub kind: StatementKind,
    /// Its days; of a balance sheet those whose ends are shown, the last one being its day.
    pub span: Span,
    /// What the days are cut into.
    pub unit: Unit,
    /// Whether the period before stands beside each.
    pub prior_period: bool,
    /// Whether the same days of the year before stand beside each.
    pub prior_year: bool,
    /// Whether each amount's share of total income stands beside it; only a profit and loss has one.
    pub percent_of_income: bool,
    /// Beside a report as known at a moment, the books as they stand and the difference: what the
    /// head of the first column says of that moment.
    pub against_now: Option<String>,
}

/// What a report is made of: what is read, and what is shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is read; the first is what the report is about.
    pub measures: Vec<Measure>,
    /// What is shown.
    pub columns: Vec<Column>,
}

/// A column of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands over it and its neighbors, where they belong together: `Oct 2026`.
    pub group: Option<String>,
    /// Its head: `Oct 2026`, `Change`.
    pub head: String,
    /// What it shows.
    pub kind: ColumnKind,
}

/// What a column shows of the measures, which it names by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// The amounts of a measure.
    Amount(usize),
    /// The amounts of the first less those of the second.
    Change {
        /// The later or newer one.
        of: usize,
        /// What it is compared with.
        from: usize,
    },
    /// That change by what it is compared with.
    PercentChange {
        /// The later or newer one.
        of: usize,
        /// What it is compared with.
        from: usize,
    },
    /// The amounts of a measure by its total income.
    PercentOfIncome(usize),
}

/// What stands in a column of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cell {
    /// Nothing: a heading, or a share of nothing.
    Blank,
    /// Minor units, with the sign of the face.
    Amount(i64),
    /// Tenths of a percent.
    Percent(i64),
}

impl Column {
    /// Its head where nothing stands over it: `Oct 2026: Change`.
    pub fn full_head(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}: {}", self.head),
            None => self.head.clone(),
        }
    }

    /// As files name what it shows.
    pub const fn kind_code(&self) -> &'static str {
        match self.kind {
            ColumnKind::Amount(_) => "amount",
            ColumnKind::Change { .. } => "change",
            ColumnKind::PercentChange { .. } => "percent_change",
            ColumnKind::PercentOfIncome(_) => "percent_of_income",
        }
    }

    /// What it shows of a line's amounts, given the total income of each measure.
    pub fn cell(&self, amounts: &[i64], income: &[i64]) -> Cell {
        match self.kind {
            ColumnKind::Amount(measure) => Cell::Amount(amounts[measure]),
            // That the difference can be kept was checked when the report was laid out.
            ColumnKind::Change { of, from } => Cell::Amount(amounts[of].saturating_sub(amounts[from])),
            ColumnKind::PercentChange { of, from } => {
                let change = i128::from(amounts[of]) - i128::from(amounts[from]);
                percent(change, i128::from(amounts[from]).abs()).map_or(Cell::Blank, Cell::Percent)
            }
            ColumnKind::PercentOfIncome(measure) => income
                .get(measure)
                .and_then(|income| percent(amounts[measure].into(), (*income).into()))
                .map_or(Cell::Blank, Cell::Percent),
        }
    }
}

/// Tenths of a percent, rounded half away from zero; none of nothing.
pub fn percent(part: i128, whole: i128) -> Option<i64> {
    if whole == 0 {
        return None;
    }
    let thousandths = part.checked_mul(1000)?;
    let (quotient, rest) = (thousandths / whole, thousandths % whole);
    let away = rest.unsigned_abs() >= whole.unsigned_abs() - rest.unsigned_abs();
    let sign = if (thousandths < 0) == (whole < 0) { 1 } else { -1 };
    i64::try_from(quotient + if away { sign } else { 0 }).ok()
}

/// More columns were asked for than a page or a sheet holds; the message stands at the choice of columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TooManyColumns {
    /// The period has too many months, quarters or years.
    #[error(
        "This period has more than {PERIODS_MAX} {unit}. Choose a shorter period, or larger columns.",
        unit = .0.name().to_lowercase()
    )]
    Periods(Unit),
    /// With the comparisons beside each period there are too many.
    #[error(
        "With what is compared beside each period these are {0} columns, and a report has at most {COLUMNS_MAX}. Choose a shorter \
         period, larger columns, or fewer comparisons."
    )]
    Columns(usize),
}

/// Plans the readings and the columns of a report.
///
/// # Errors
/// [`TooManyColumns`] beyond [`PERIODS_MAX`] periods or [`COLUMNS_MAX`] columns.
pub fn plan(asked: &Asked, years: &FiscalYears) -> Result<Plan, TooManyColumns> {
    let pieces = asked.span.cut(asked.unit, years, PERIODS_MAX);
    if pieces.len() > PERIODS_MAX {
        return Err(TooManyColumns::Periods(asked.unit));
    }
    let mut planned = Planned {
        asked,
        years,
        measures: Vec::new(),
        columns: Vec::new(),
    };
    // The first measure is what the report is about, whichever column shows it.
    planned.measure(asked.span, false);
    if asked.unit == Unit::Total {
        planned.whole();
    } else {
        let is_summed = asked.kind.shows_period() && pieces.len() > 1;
        for piece in pieces {
            planned.piece(piece, planned.words(piece));
        }
        if is_summed {
            planned.piece(asked.span, "Total".to_owned());
        }
    }
    if planned.columns.len() > COLUMNS_MAX {
        return Err(TooManyColumns::Columns(planned.columns.len()));
    }
    Ok(Plan {
        measures: planned.measures,
        columns: planned.columns,
    })
}

struct Planned<'a> {
    asked: &'a Asked,
    years: &'a FiscalYears,
    measures: Vec<Measure>,
    columns: Vec<Column>,
}

impl Planned<'_> {
    /// The place of a reading, which is read once however many columns show it.
    fn measure(&mut self, span: Span, is_now: bool) -> usize {
        let from = if self.asked.kind.shows_period() {
            span.from
        } else {
            self.years.start_of(span.to)
        };
        let measure = Measure {
            from,
            to: span.to,
            is_now,
        };
        let place = self.measures.iter().position(|known| *known == measure);
        place.unwrap_or_else(|| {
            self.measures.push(measure);
            self.measures.len() - 1
        })
    }

    fn words(&self, span: Span) -> String {
        if self.asked.kind.shows_period() {
            span.words()
        } else {
            day_words(span.to)
        }
    }

    /// Whether two periods compare as they are; ends of days always do.
    fn are_alike(&self, prior: Span, span: Span) -> bool {
        !self.asked.kind.shows_period() || prior.is_about_as_long_as(span)
    }

    /// With how long it is: `Jul – Dec 2025, 184 days`.
    fn words_and_days(&self, span: Span) -> String {
        let days = (span.to - span.from).whole_days() + 1;
        format!(
            "{}, {days} {}",
            self.words(span),
            if days == 1 { "day" } else { "days" }
        )
    }

    fn push(&mut self, group: Option<&str>, head: impl Into<String>, kind: ColumnKind) {
        self.columns.push(Column {
            group: group.map(str::to_owned),
            head: head.into(),
            kind,
        });
    }

    /// One column for all days, and each comparison as a group beside it.
    fn whole(&mut self) {
        let asked = self.asked;
        let of = self.measure(asked.span, false);
        let compared = asked.prior_period || asked.prior_year;
        if let Some(known) = &asked.against_now {
            self.against_now(None, known, asked.span, of);
        } else if compared {
            let mut priors = self.priors(asked.span).into_iter();
            let head = match priors.all(|(prior, _)| self.are_alike(prior, asked.span)) {
                true => self.words(asked.span),
                false => self.words_and_days(asked.span),
            };
            self.push(None, head, ColumnKind::Amount(of));
        } else {
            self.push(None, "Total", ColumnKind::Amount(of));
        }
        if asked.percent_of_income {
            self.push(None, "% of income", ColumnKind::PercentOfIncome(of));
        }
        for (prior, words) in self.priors(asked.span) {
            let from = self.measure(prior, false);
            let head = match self.are_alike(prior, asked.span) {
                true => self.words(prior),
                false => self.words_and_days(prior),
            };
            self.push(Some(words), head, ColumnKind::Amount(from));
            self.push(Some(words), "Change", ColumnKind::Change { of, from });
            self.push(Some(words), "% change", ColumnKind::PercentChange { of, from });
        }
    }

    /// A period among others: one column, or a group of it and what it is compared with.
    fn piece(&mut self, span: Span, words: String) {
        let asked = self.asked;
        let of = self.measure(span, false);
        let priors = self.priors(span);
        if priors.is_empty() && !asked.percent_of_income && asked.against_now.is_none() {
            self.push(None, words, ColumnKind::Amount(of));
            return;
        }
        let group = Some(words.as_str());
        match &asked.against_now {
            Some(known) => self.against_now(group, known, span, of),
            None => self.push(group, "Amount", ColumnKind::Amount(of)),
        }
        if asked.percent_of_income {
            self.push(group, "% of income", ColumnKind::PercentOfIncome(of));
        }
        let several = priors.len() > 1;
        for (prior, words) in priors {
            let from = self.measure(prior, false);
            let change = |of: &str| match several {
                true => format!("{of} from {}", words.to_lowercase()),
                false => of.to_owned(),
            };
            // A shorter or longer period says its days.
            let head = match prior.is_about_as_long_as(span) {
                true => words.to_owned(),
                false => format!("{words}, {}", self.words(prior)),
            };
            self.push(group, head, ColumnKind::Amount(from));
            self.push(group, change("Change"), ColumnKind::Change { of, from });
            self.push(group, change("% change"), ColumnKind::PercentChange { of, from });
        }
    }

    fn against_now(&mut self, group: Option<&str>, known: &str, span: Span, from: usize) {
        let of = self.measure(span, true);
        self.push(group, known, ColumnKind::Amount(from));
        self.push(group, "Now", ColumnKind::Amount(of));
        self.push(group, "Difference", ColumnKind::Change { of, from });
    }

    /// The period before; of a balance sheet alone the end of the month before, or of the year before a whole year.
    fn prior_period(&self, span: Span) -> Span {
        let before = prior_period(span, self.years);
        let is_day = !self.asked.kind.shows_period() && self.asked.unit == Unit::Total;
        if is_day && span.to < self.years.end_of(span.to) {
            return Span {
                to: month_end_before(span.to),
                ..before
            };
        }
        before
    }

    /// What stands beside a period, and its words.
    fn priors(&self, span: Span) -> Vec<(Span, &'static str)> {
        let period = (self.prior_period(span), "Prior period");
        let year = (prior_year(span, self.years), "Prior year");
        let asked = [
            self.asked.prior_period.then_some(period),
            self.asked.prior_year.then_some(year),
        ];
        asked.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::dates::FiscalYear;

    fn years() -> FiscalYears {
        FiscalYears {
            first_month: 1,
            changes: Vec::new(),
        }
    }

    fn asked(kind: StatementKind, from: Date, to: Date) -> Asked {
        Asked {
            kind,
            span: Span { from, to },
            unit: Unit::Total,
            prior_period: false,
            prior_year: false,
            percent_of_income: false,
            against_now: None,
        }
    }

    fn heads(plan: &Plan) -> Vec<String> {
        plan.columns.iter().map(Column::full_head).collect()
    }

    #[test]
    fn months_of_a_profit_and_loss_end_with_their_total_and_those_of_a_balance_sheet_with_its_day()
    -> Result<(), TooManyColumns> {
        let (from, to) = (date!(2026 - 01 - 01), date!(2026 - 03 - 17));
        let months = |kind| Asked {
            unit: Unit::Month,
            ..asked(kind, from, to)
        };
        let earned = plan(&months(StatementKind::ProfitAndLoss), &years())?;
        assert_eq!(heads(&earned), ["Jan 2026", "Feb 2026", "Mar 1 – 17, 2026", "Total"]);
        assert_eq!(earned.columns[3].kind, ColumnKind::Amount(0));
        assert_eq!(earned.measures.len(), 4);
        let sheet = plan(&months(StatementKind::BalanceSheet), &years())?;
        assert_eq!(heads(&sheet), ["Jan 31, 2026", "Feb 28, 2026", "Mar 17, 2026"]);
        assert_eq!(sheet.columns[2].kind, ColumnKind::Amount(0));
        assert!(sheet.measures.iter().all(|measure| measure.from == from));
        Ok(())
    }

    #[test]
    fn every_column_of_a_balance_sheet_has_its_own_fiscal_year() -> Result<(), TooManyColumns> {
        let asked = Asked {
            prior_period: true,
            ..asked(
                StatementKind::BalanceSheet,
                date!(2026 - 01 - 01),
                date!(2026 - 01 - 31),
            )
        };
        let plan = plan(&asked, &years())?;
        let days: Vec<(Date, Date)> = plan.measures.iter().map(|measure| (measure.from, measure.to)).collect();
        assert_eq!(
            days,
            [
                (date!(2026 - 01 - 01), date!(2026 - 01 - 31)),
                (date!(2025 - 01 - 01), date!(2025 - 12 - 31))
            ]
        );
        Ok(())
    }

    #[test]
    fn a_period_beside_one_of_another_length_says_how_many_days_each_has() -> Result<(), TooManyColumns> {
        let years = FiscalYears {
            first_month: 1,
            changes: vec![FiscalYear {
                starts_on: date!(2025 - 07 - 01),
                ends_on: date!(2025 - 12 - 31),
            }],
        };
        let year = |kind| Asked {
            prior_period: true,
            ..asked(kind, date!(2026 - 01 - 01), date!(2026 - 12 - 31))
        };
        let earned = heads(&plan(&year(StatementKind::ProfitAndLoss), &years)?);
        assert_eq!(
            earned[..2],
            ["2026, 365 days", "Prior period: Jul – Dec 2025, 184 days"]
        );
        let sheet = heads(&plan(&year(StatementKind::BalanceSheet), &years)?);
        assert_eq!(sheet[..2], ["Dec 31, 2026", "Prior period: Dec 31, 2025"]);
        Ok(())
    }

    #[test]
    fn comparisons_stand_in_groups_beside_the_period() -> Result<(), TooManyColumns> {
        let both = Asked {
            prior_period: true,
            prior_year: true,
            percent_of_income: true,
            ..asked(
                StatementKind::ProfitAndLoss,
                date!(2026 - 10 - 01),
                date!(2026 - 10 - 31),
            )
        };
        assert_eq!(
            heads(&plan(&both, &years())?),
            [
                "Oct 2026",
                "% of income",
                "Prior period: Sep 2026",
                "Prior period: Change",
                "Prior period: % change",
                "Prior year: Oct 2025",
                "Prior year: Change",
                "Prior year: % change"
            ]
        );
        let months = Asked {
            unit: Unit::Month,
            prior_year: false,
            percent_of_income: false,
            span: Span {
                from: date!(2026 - 09 - 01),
                to: date!(2026 - 10 - 31),
            },
            ..both
        };
        let plan = plan(&months, &years())?;
        assert_eq!(
            heads(&plan)[..4],
            [
                "Sep 2026: Amount",
                "Sep 2026: Prior period",
                "Sep 2026: Change",
                "Sep 2026: % change"
            ]
        );
        // September is a period of its own and the one before October: it is read once.
        assert_eq!(plan.measures.len(), 5);
        Ok(())
    }

    #[test]
    fn a_moment_stands_beside_now_with_the_difference() -> Result<(), TooManyColumns> {
        let asked = Asked {
            against_now: Some("As known at change 7".to_owned()),
            ..asked(
                StatementKind::BalanceSheet,
                date!(2026 - 01 - 01),
                date!(2026 - 01 - 31),
            )
        };
        let plan = plan(&asked, &years())?;
        assert_eq!(heads(&plan), ["As known at change 7", "Now", "Difference"]);
        assert_eq!(plan.columns[2].kind, ColumnKind::Change { of: 1, from: 0 });
        assert_eq!(
            plan.measures.iter().map(|m| m.is_now).collect::<Vec<_>>(),
            [false, true]
        );
        Ok(())
    }

    #[test]
    fn more_than_three_years_of_months_are_refused_and_so_are_more_columns_than_a_sheet_holds() {
        let (from, to) = (date!(2023 - 01 - 01), date!(2026 - 01 - 01));
        let months = Asked {
            unit: Unit::Month,
            ..asked(StatementKind::ProfitAndLoss, from, to)
        };
        let refused = plan(&months, &years()).expect_err("37 months");
        assert_eq!(
            refused.to_string(),
            "This period has more than 36 months. Choose a shorter period, or larger columns."
        );
        let compared = Asked {
            prior_year: true,
            span: Span {
                from,
                to: date!(2025 - 12 - 31),
            },
            ..months
        };
        assert_eq!(plan(&compared, &years()), Err(TooManyColumns::Columns(148)));
    }

    #[test]
    fn a_share_is_rounded_half_away_from_zero_and_nothing_has_none() {
        for (part, whole, tenths) in [
            (1, 3, Some(333)),
            (2, 3, Some(667)),
            (-1, 8, Some(-125)),
            (1, 2000, Some(1)),
            (-1, 2000, Some(-1)),
            (1, 2001, Some(0)),
            (-50, -100, Some(500)),
            (5, 0, None),
        ] {
            assert_eq!(percent(part, whole), tenths, "{part} of {whole}");
        }
    }
}
