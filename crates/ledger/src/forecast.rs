//! Cash in the coming weeks, by one rule: what is due, if everybody pays on the day.
//!
//! Cash today; plus what customers owe and less what vendors are owed, each on the day it is due; plus or less what is entered or
//! recurs ahead and moves cash. What somebody paid ahead settles what they owe first, and no money moves for it again. What was due
//! before today, or is due today, is expected tomorrow. Nothing is guessed: sales that nobody has billed and bills that nobody has
//! entered are not in it.

use time::{Date, Duration};

use crate::money::{AmountOverflow, sum_checked};

/// How many weeks a forecast reaches.
pub const FORECAST_WEEKS: i64 = 6;

/// Cash that comes or goes on a day. Minor units; what comes in is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The day it is due.
    pub due_on: Date,
    /// How much.
    pub amount: i64,
}

impl Expected {
    /// The day it is expected on: tomorrow where it is due already.
    pub fn on(self, today: Date) -> Date {
        self.due_on.max(tomorrow(today))
    }
}

/// Cash at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CashAt {
    /// The day.
    pub day: Date,
    /// Minor units; overdrawn is negative.
    pub cash: i64,
}

/// Cash in the coming weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Today and every week after it, through the last day.
    pub weeks: Vec<CashAt>,
    /// The first of the days, today among them, at whose end there is least.
    pub lowest: CashAt,
    /// All that comes in until the last day.
    pub money_in: i64,
    /// All that goes out until then, positive.
    pub money_out: i64,
}

/// The last day of a forecast that is made on a day.
pub fn forecast_end(today: Date) -> Date {
    today.saturating_add(Duration::weeks(FORECAST_WEEKS))
}

/// The forecast of cash from what there is at the end of today. What is due after the last day is left out.
///
/// # Errors
/// The amounts add up to more than can be kept.
pub fn forecast(today: Date, cash: i64, expected: &[Expected]) -> Result<Forecast, AmountOverflow> {
    let last = forecast_end(today);
    let mut moves: Vec<(Date, i64)> = expected.iter().map(|item| (item.on(today), item.amount)).collect();
    moves.retain(|(day, _)| *day <= last);
    moves.sort_unstable();
    let mut held = CashAt { day: today, cash };
    let mut days = vec![held];
    for of_day in moves.chunk_by(|a, b| a.0 == b.0) {
        let moved = of_day.iter().map(|(_, amount)| *amount);
        held = CashAt {
            day: of_day[0].0,
            cash: sum_checked(moved.chain([held.cash]))?,
        };
        days.push(held);
    }
    let at = |day: Date| {
        days.iter()
            .rev()
            .find(|held| held.day <= day)
            .map_or(cash, |held| held.cash)
    };
    let weeks = (0..=FORECAST_WEEKS).map(|week| today.saturating_add(Duration::weeks(week)));
    let lowest = days.iter().copied().min_by_key(|held| (held.cash, held.day));
    Ok(Forecast {
        weeks: weeks.map(|day| CashAt { day, cash: at(day) }).collect(),
        lowest: lowest.unwrap_or(held),
        money_in: sum_checked(moves.iter().map(|(_, amount)| (*amount).max(0)))?,
        money_out: -sum_checked(moves.iter().map(|(_, amount)| (*amount).min(0)))?,
    })
}

fn tomorrow(today: Date) -> Date {
    today.next_day().unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 22);

    fn made(cash: i64, expected: &[(Date, i64)]) -> Forecast {
        let expected: Vec<Expected> = expected
            .iter()
            .map(|(due_on, amount)| Expected {
                due_on: *due_on,
                amount: *amount,
            })
            .collect();
        forecast(TODAY, cash, &expected).expect("it adds up")
    }

    #[test]
    fn where_nothing_is_due_cash_stays_as_it_is_for_six_weeks() {
        let forecast = made(50_000, &[]);
        assert_eq!(forecast.weeks.len(), 7);
        assert_eq!(
            forecast.weeks[0],
            CashAt {
                day: TODAY,
                cash: 50_000
            }
        );
        assert_eq!(
            forecast.weeks[6],
            CashAt {
                day: date!(2027 - 01 - 03),
                cash: 50_000
            }
        );
        assert_eq!((forecast.money_in, forecast.money_out), (0, 0));
    }

    #[test]
    fn what_customers_owe_comes_in_and_what_vendors_are_owed_goes_out_on_the_day_it_is_due() {
        let forecast = made(
            50_000,
            &[(date!(2026 - 12 - 01), -30_000), (date!(2026 - 12 - 06), 12_000)],
        );
        let cash: Vec<i64> = forecast.weeks.iter().map(|week| week.cash).collect();
        assert_eq!(cash, [50_000, 50_000, 32_000, 32_000, 32_000, 32_000, 32_000]);
        assert_eq!((forecast.money_in, forecast.money_out), (12_000, 30_000));
    }

    #[test]
    fn what_is_overdue_or_due_today_is_expected_tomorrow_and_today_stays_what_it_is() {
        let forecast = made(50_000, &[(date!(2026 - 08 - 01), 9000), (TODAY, -4000)]);
        assert_eq!(forecast.weeks[0].cash, 50_000);
        assert_eq!(forecast.weeks[1].cash, 55_000);
    }

    #[test]
    fn the_lowest_day_may_lie_between_two_weeks() {
        let forecast = made(
            50_000,
            &[(date!(2026 - 11 - 25), -70_000), (date!(2026 - 11 - 27), 90_000)],
        );
        assert_eq!(
            forecast.lowest,
            CashAt {
                day: date!(2026 - 11 - 25),
                cash: -20_000
            }
        );
        assert_eq!(forecast.weeks[1].cash, 70_000);
    }

    #[test]
    fn what_comes_and_goes_on_one_day_is_one_step() {
        let forecast = made(
            10_000,
            &[(date!(2026 - 11 - 25), -70_000), (date!(2026 - 11 - 25), 65_000)],
        );
        assert_eq!(forecast.lowest.cash, 5000);
    }

    #[test]
    fn what_is_due_after_six_weeks_is_left_out() {
        let forecast = made(50_000, &[(date!(2027 - 01 - 03), 100), (date!(2027 - 01 - 04), 9000)]);
        assert_eq!(forecast.weeks[6].cash, 50_100);
        assert_eq!(forecast.money_in, 100);
    }

    #[test]
    fn amounts_that_cannot_be_added_up_are_no_forecast() {
        let much = Expected {
            due_on: TODAY,
            amount: i64::MAX,
        };
        assert_eq!(forecast(TODAY, 1, &[much]), Err(AmountOverflow));
    }
}
