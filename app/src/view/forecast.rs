//! What the page of the cash forecast shows.

use ledger::money::Currency;

use crate::components::charts::ChartPoint;

/// The forecast with what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastView {
    /// What the amounts are in.
    pub currency: Currency,
    /// The last day, in full.
    pub through: String,
    /// Cash today.
    pub cash: i64,
    /// The balance sheet that says the same.
    pub balance_sheet: String,
    /// What comes in until the last day.
    pub money_in: i64,
    /// What goes out until then, positive.
    pub money_out: i64,
    /// Cash on the last day.
    pub then: i64,
    /// The least there is on a day, and which day.
    pub lowest: (i64, String),
    /// Today and the weeks after it.
    pub weeks: Vec<ChartPoint>,
    /// What comes in and goes out, first expected first.
    pub rows: Vec<ForecastRow>,
    /// Whether there are more than these.
    pub is_cut: bool,
}

/// Something that comes in or goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastRow {
    /// The day it is expected.
    pub expected: String,
    /// Why that is not the day it was due: `was due Oct 31, 2026`.
    pub was_due: Option<String>,
    /// Who or what: `Harbor Point Hotel`.
    pub what: String,
    /// What says so: `Journal entry JE-000412`.
    pub source: String,
    /// Its page.
    pub href: String,
    /// What comes in is positive.
    pub amount: i64,
    /// Cash after it.
    pub cash: i64,
}

/// The page's address in the company with this slug.
pub fn forecast_path(slug: &str) -> String {
    format!("/c/{slug}/forecast")
}
