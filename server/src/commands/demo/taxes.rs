//! What the state, the city and the county ask of the shop: sales tax, and their own taxes.

use time::{Date, Duration};

use super::calendar::{in_month, month_end, month_number, months_after};
use super::chart::*;
use super::opening::SALES_TAX_OWED;
use super::overhead::coded;
use super::sales;
use super::story::{Leg, Story};

/// Washington's and Seattle's tax on what a retail business takes in, in thousandths of a percent.
const STATE_RATE: i64 = 471;
const STATE_RATE_2027: i64 = 500;
const CITY_RATE: i64 = 222;
/// Half a year's tax on the equipment and bikes, in the first year of the books, and what each year adds.
const PROPERTY_TAX_BEGINS: i64 = 28_764;
const PROPERTY_TAX_GROWS: i64 = 1127;
/// The company's annual report to the state.
const ANNUAL_REPORT: i64 = 7000;

pub fn tell(story: &mut Story) {
    for month in story.months() {
        excise_tax(story, month);
        of_the_year(story, month);
    }
}

/// What was sold from one month through another, before tax and discounts.
fn sold(story: &Story, quarter: Date, last: Date) -> i64 {
    if quarter < story.begin {
        return (0..3).map(|n| sales::of_month(months_after(quarter, n))).sum();
    }
    let accounts = [REPAIRS, FLEET_SERVICE, RENTALS, BICYCLES, PARTS, CLOTHING];
    accounts
        .map(|account| story.credited(account, quarter, last))
        .iter()
        .sum()
}

/// Sales tax is paid over on the 25th after each quarter, on one return with the state's own tax on what a business takes in. The city
/// has one too, at the end of the month; from 2026 on it asks nothing of a shop of this size.
fn excise_tax(story: &mut Story, month: Date) {
    if month_number(month) % 3 != 1 {
        return;
    }
    let quarter = months_after(month, -3);
    let owed = if quarter < story.begin {
        SALES_TAX_OWED
    } else {
        story.credited(SALES_TAX, quarter, month - Duration::days(1))
    };
    let sold = sold(story, quarter, month - Duration::days(1));
    let rate = match quarter.year() {
        ..2027 => STATE_RATE,
        _ => STATE_RATE_2027,
    };
    let state = sold * rate / 100_000;
    coded(
        story,
        "sales tax",
        in_month(month, 25),
        -owed - state,
        ("WA DEPT OF REVENUE", "EXCISE TAX"),
        vec![
            Leg::new(SALES_TAX, owed, "Sales tax of the quarter"),
            Leg::new(TAXES, state, "Washington B&O tax, retailing"),
        ],
    );
    if quarter.year() < 2026 {
        let city = sold * CITY_RATE / 100_000;
        let leg = Leg::new(TAXES, city, "Seattle B&O tax, retailing");
        coded(
            story,
            "city tax",
            month_end(month),
            -city,
            ("CITY OF SEATTLE B&O TAX", ""),
            vec![leg],
        );
    }
}

/// The county's tax on equipment in two halves, and the state's fee for the annual report.
fn of_the_year(story: &mut Story, month: Date) {
    let year = i64::from(month.year() - story.begin.year());
    let (amount, day, bank, words) = match month_number(month) {
        4 | 10 => (
            PROPERTY_TAX_BEGINS + PROPERTY_TAX_GROWS * year,
            28,
            "KING COUNTY TREASURY",
            "Personal property tax, half a year",
        ),
        1 => (ANNUAL_REPORT, 29, "WA SECRETARY OF STATE", "Annual report of the LLC"),
        _ => return,
    };
    let legs = vec![Leg::new(TAXES, amount, words)];
    coded(story, "taxes", in_month(month, day), -amount, (bank, ""), legs);
}
