//! What the shop takes over the counter: card sales that Stripe pays out three times a week, and cash brought to the bank on Mondays.

use time::{Date, Duration, Weekday};

use super::calendar::{bank_day, month_number, months_after, short};
use super::chart::*;
use super::dice::Dice;
use super::story::{BankLine, Becomes, By, Entry, Leg, Story};

/// Over the counter in a month of the year 2026, by month, whole dollars.
const SEASON: [i64; 12] = [
    26_400, 27_900, 35_200, 43_800, 49_600, 54_300, 52_700, 48_900, 41_600, 38_800, 34_500, 32_600,
];
/// What other years sold of that, in thousandths: the shop grows.
const BASE_YEAR: i32 = 2026;
const GROWTH: i64 = 94;
/// Washington's and Seattle's sales tax together, in hundredths of a percent.
const TAX_RATE: i64 = 1_035;

/// What a month takes over the counter, in minor units.
pub fn of_month(month: Date) -> i64 {
    let season = SEASON[usize::from(month_number(month) - 1)] * 100;
    let years = i64::from(month.year() - BASE_YEAR).clamp(-8, 8);
    season * (1_000 + GROWTH * years) / 1_000
}

/// The sales tax on an amount, half a cent up.
pub fn tax_on(amount: i64) -> i64 {
    (amount * TAX_RATE + 5_000) / 10_000
}

pub fn tell(story: &mut Story) {
    let mut dice = Dice::of("counter sales");
    for month in story.months() {
        let end = months_after(month, 1);
        let mut day = month;
        while day < end {
            match day.weekday() {
                Weekday::Monday => {
                    cash(story, month, day, &mut dice);
                    cards(story, month, day, 137, &mut dice);
                }
                Weekday::Wednesday => cards(story, month, day, 78, &mut dice),
                Weekday::Friday => cards(story, month, day, 85, &mut dice),
                _ => {}
            }
            day += Duration::days(1);
        }
    }
}

/// What was sold, by kind, before tax.
struct Sold {
    bicycles: i64,
    parts: i64,
    clothing: i64,
    repairs: i64,
    rentals: i64,
}

impl Sold {
    fn of(total: i64, month: Date, dice: &mut Dice) -> Self {
        let is_summer = (5..=9).contains(&month_number(month));
        let weights = [33, 22, 7, 33, if is_summer { 6 } else { 1 }].map(|weight| dice.about(weight * 100, 240));
        let all: i64 = weights.iter().sum();
        let [bicycles, parts, clothing, _, rentals] = weights.map(|weight| total * weight / all);
        Self {
            bicycles,
            parts,
            clothing,
            rentals,
            repairs: total - bicycles - parts - clothing - rentals,
        }
    }
}

/// A payout: sales, discounts, tax and the fee kept back, and what the goods had cost.
fn cards(story: &mut Story, month: Date, day: Date, weight: i64, dice: &mut Dice) {
    let total = dice.about(of_month(month) * 88 * weight / 130_000, 170);
    let sold = Sold::of(total, month, dice);
    let payments = dice.between(5, 14);
    let discount = if dice.happens(180) {
        dice.between(1_900, 9_450)
    } else {
        0
    };
    let tax = tax_on(total - discount);
    let taken = total - discount + tax;
    let fee = taken * 29 / 1_000 + payments * 30;
    let cost_of_bicycles = dice.about(sold.bicycles * 70 / 100, 35);
    let cost_of_parts = dice.about(
        sold.parts * 62 / 100 + sold.clothing * 58 / 100 + sold.repairs * 18 / 100,
        40,
    );
    let payout = dice.between(0x1_0000, 0xf_ffff);
    let entry = Entry::new(
        format!("card sales {day}"),
        By::Dana,
        day,
        &format!("Card sales through {}, {payments} payments", short(day)),
        vec![
            Leg::new(CHECKING, taken - fee, "Stripe payout"),
            Leg::new(FEES, fee, "Stripe's fee"),
            Leg::new(DISCOUNTS, discount, "Discounts at the till"),
            Leg::new(BICYCLES, -sold.bicycles, "Bicycles"),
            Leg::new(PARTS, -sold.parts, "Parts and accessories"),
            Leg::new(CLOTHING, -sold.clothing, "Clothing"),
            Leg::new(REPAIRS, -sold.repairs, "Workshop"),
            Leg::new(RENTALS, -sold.rentals, "Rentals"),
            Leg::new(SALES_TAX, -tax, "Sales tax, Seattle 10.35%"),
            Leg::new(COST_OF_BICYCLES, cost_of_bicycles, "Cost of bicycles sold"),
            Leg::new(COST_OF_PARTS, cost_of_parts, "Cost of parts sold and used"),
            Leg::new(INVENTORY, -cost_of_bicycles - cost_of_parts, "Out of stock"),
        ],
    );
    story.enter(entry.referring_to(format!("po_{payout:05x}")));
    let arrives = bank_day(day + Duration::days(1));
    story.show(BankLine::new(
        format!("payout {day}"),
        arrives,
        taken - fee,
        &format!("STRIPE TRANSFER ST-{payout:05X}"),
        "ACH CREDIT",
        Becomes::Matched,
    ));
}

/// Notes and coins of the week before, less the float that stays in the till.
fn cash(story: &mut Story, month: Date, day: Date, dice: &mut Dice) {
    let total = dice.about(of_month(month) * 11 / 430, 260);
    let parts = total * dice.between(28, 47) / 100;
    let tax = tax_on(total);
    story.show(BankLine::new(
        format!("cash {day}"),
        day,
        total + tax,
        &format!("DEPOSIT {:04}", dice.between(20, 980)),
        "BRANCH 114 SEATTLE WA",
        Becomes::Coded(vec![
            Leg::new(REPAIRS, parts - total, "Workshop, cash"),
            Leg::new(PARTS, -parts, "Parts and accessories, cash"),
            Leg::new(SALES_TAX, -tax, "Sales tax, Seattle 10.35%"),
        ]),
    ));
}
