//! The profit and loss, the balance sheet and the statement of cash flows, in any columns and as known at any moment.

use ledger::statements::{
    self, Asked, Column, ColumnKind, Measure, Plan, Shown, Span, Statement, StatementKind, Unit, plan,
};
use tenancy::{Capability, Cx};
use time::Date;

use super::balances::{Reading, measured};
use super::cash_flow::cash_flow_figures;
use super::{Frame, Moment, Report, check_period};
use crate::Error;

/// What a statement is asked to show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementAsked {
    /// Which one.
    pub kind: StatementKind,
    /// The first day; of a balance sheet the first that is cut into columns.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// What its days are cut into.
    pub unit: Unit,
    /// Whether the period before stands beside each.
    pub prior_period: bool,
    /// Whether the same days of the year before stand beside each.
    pub prior_year: bool,
    /// Whether each amount's share of total income stands beside it: of a profit and loss only.
    pub percent_of_income: bool,
    /// Which accounts have rows, and in which order.
    pub shown: Shown,
    /// When the books are known at.
    pub moment: Moment,
    /// Whether the books as they stand, and the difference to them, stand beside what is known at a moment.
    pub against_now: bool,
}

impl StatementAsked {
    /// One column of a statement: the case that needs no more than days.
    pub fn total(kind: StatementKind, from: Date, to: Date) -> Self {
        Self {
            kind,
            from,
            to,
            unit: Unit::Total,
            prior_period: false,
            prior_year: false,
            percent_of_income: false,
            shown: Shown::default(),
            moment: Moment::Now,
            against_now: false,
        }
    }
}

/// A statement on the accrual basis. What the row Retained Earnings adds up stands in that account's
/// [`report_ledger`](super::report_ledger).
///
/// # Errors
/// `Invalid` at `to` where the period ends before it begins, at `columns` where there would be too many, at `known` where the
/// moment is none; `NotFound` while the company's books are not set up.
pub async fn report_statement(cx: &Cx, asked: &StatementAsked) -> Result<Report<Statement>, Error> {
    check_period(asked.from, asked.to)?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read_at(&mut tx, asked.moment).await?;
    let is_profit_and_loss = asked.kind == StatementKind::ProfitAndLoss;
    let against_now = asked.moment.change().filter(|_| asked.against_now);
    let mut plan = plan(
        &Asked {
            kind: asked.kind,
            span: Span {
                from: asked.from,
                to: asked.to,
            },
            unit: asked.unit,
            prior_period: asked.prior_period,
            prior_year: asked.prior_year,
            percent_of_income: asked.percent_of_income && is_profit_and_loss,
            against_now: against_now.map(|n| format!("As known at change {n}")),
        },
        &frame.years,
    )
    .map_err(|error| Error::at("columns", error.to_string()))?;
    if asked.kind == StatementKind::BalanceSheet && against_now.is_some() {
        // The year of today's books may have begun on another day than was known then.
        let years = Frame::read(&mut tx).await?.years;
        for measure in plan.measures.iter_mut().filter(|measure| measure.is_now) {
            measure.from = years.start_of(measure.to);
        }
    }
    let (currency, shown, moment) = (frame.currency, asked.shown, asked.moment);
    let measures = plan.measures.clone();
    let statement = match asked.kind {
        StatementKind::ProfitAndLoss => {
            let balances = measured(&mut tx, moment, &measures, Reading::Moved).await?;
            statements::profit_and_loss(currency, plan, &balances, shown)?
        }
        StatementKind::BalanceSheet => {
            let balances = measured(&mut tx, moment, &measures, Reading::YearSoFar).await?;
            statements::balance_sheet(currency, plan, &balances, shown)?
        }
        StatementKind::CashFlow => {
            let figures = cash_flow_figures(&mut tx, moment, &measures).await?;
            statements::cash_flow(currency, plan, &figures, shown)?
        }
    };
    let provenance = if asked.kind.shows_period() {
        frame.over(&mut tx, asked.from, asked.to).await?
    } else {
        let year_start = frame.years.start_of(asked.to);
        frame.at_end_of(&mut tx, year_start, asked.to).await?
    };
    Ok(Report { statement, provenance })
}

/// The plan of a single column.
pub(super) fn single_plan(from: Date, to: Date) -> Plan {
    Plan {
        measures: vec![Measure {
            from,
            to,
            is_now: false,
        }],
        columns: vec![Column {
            group: None,
            head: "Total".to_owned(),
            kind: ColumnKind::Amount(0),
        }],
    }
}

/// What the days from the first through the last one earned, on the accrual basis.
///
/// # Errors
/// As of [`report_statement`].
pub async fn report_profit_and_loss(cx: &Cx, from: Date, to: Date) -> Result<Report<Statement>, Error> {
    // Needs Capability::ReadBooks, which is asked for there.
    report_statement(cx, &StatementAsked::total(StatementKind::ProfitAndLoss, from, to)).await
}

/// What the company has, owes and is worth at the end of a day, on the accrual basis. Its row Net Income is the profit and loss
/// from `provenance.from` through that day.
///
/// # Errors
/// As of [`report_statement`].
pub async fn report_balance_sheet(cx: &Cx, as_of: Date) -> Result<Report<Statement>, Error> {
    // Needs Capability::ReadBooks, which is asked for there.
    report_statement(cx, &StatementAsked::total(StatementKind::BalanceSheet, as_of, as_of)).await
}
