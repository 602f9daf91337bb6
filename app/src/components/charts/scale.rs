//! From minor units to places on the drawing, with round steps between.

use ledger::money::Currency;

use super::TOP;

/// How many steps a scale has at most; more would crowd the drawing.
const STEPS: i64 = 4;
/// A step is no smaller than this part of the largest amount: two decimals then tell every label from the next.
const FINEST: u64 = 100;

/// A vertical scale over round amounts.
#[derive(Clone, Debug)]
pub struct Scale {
    low: i64,
    high: i64,
    step: i64,
    /// Minor units in one unit of the currency.
    unit: i64,
    bottom: i64,
}

impl Scale {
    /// A scale that holds all these amounts, its lowest at `bottom`. With `from_zero` it holds zero too: the length of a
    /// bar means nothing otherwise.
    pub fn over(amounts: impl IntoIterator<Item = i64>, from_zero: bool, currency: Currency, bottom: i64) -> Self {
        let unit = 10_i64.pow(currency.minor_digits());
        let (mut low, mut high) = amounts
            .into_iter()
            .fold(None, |range, amount| match range {
                None => Some((amount, amount)),
                Some((low, high)) => Some((amount.min(low), amount.max(high))),
            })
            .unwrap_or_default();
        if from_zero {
            low = low.min(0);
            high = high.max(0);
        }
        let finest = i64::try_from(low.unsigned_abs().max(high.unsigned_abs()) / FINEST).unwrap_or(i64::MAX);
        let step = round_step((high.saturating_sub(low) / STEPS).max(finest).max(unit), unit);
        low = low.div_euclid(step).saturating_mul(step);
        high = high.div_euclid(step).saturating_add(1).saturating_mul(step);
        Self {
            low,
            high,
            step,
            unit,
            bottom,
        }
    }

    /// The round amounts, from the lowest up.
    pub fn steps(&self) -> impl Iterator<Item = i64> + use<> {
        let (low, step) = (self.low, self.step);
        let count = (i128::from(self.high) - i128::from(low)) / i128::from(step);
        (0..=i64::try_from(count).unwrap_or_default()).map(move |n| low.saturating_add(step.saturating_mul(n)))
    }

    /// The place of an amount: the higher the amount, the smaller.
    pub fn y(&self, amount: i64) -> i64 {
        let above = i128::from(amount) - i128::from(self.low);
        let range = (i128::from(self.high) - i128::from(self.low)).max(1);
        let length = i128::from(self.bottom - TOP);
        self.bottom - i64::try_from(above * length / range).unwrap_or_default()
    }

    /// The middle between the two highest rules, which no rule crosses.
    pub fn middle_of_top(&self) -> i64 {
        (self.y(self.high) + self.y(self.high.saturating_sub(self.step))) / 2
    }

    /// The place of zero, or of what is nearest to it on the drawing.
    pub fn base(&self) -> i64 {
        self.y(0.clamp(self.low, self.high))
    }

    /// A step in a few characters and exactly: `40k`, `2.5M`, `-1.25k`, `-500`.
    pub fn label(&self, amount: i64) -> String {
        let units = amount / self.unit;
        let (size, digits, suffix) = match units.unsigned_abs() {
            0..1_000 => (1, 0, ""),
            1_000..1_000_000 => (1_000, 3, "k"),
            1_000_000..1_000_000_000 => (1_000_000, 6, "M"),
            _ => (1_000_000_000, 9, "B"),
        };
        let rest = format!("{:0digits$}", (units % size).abs());
        match rest.trim_end_matches('0') {
            "" => format!("{}{suffix}", units / size),
            decimals => format!("{}.{decimals}{suffix}", units / size),
        }
    }
}

/// The smallest of 1, 2, 5, 10, 20, 50, … units that is at least this much.
fn round_step(at_least: i64, unit: i64) -> i64 {
    let mut power = unit;
    loop {
        for digit in [1, 2, 5] {
            let step = power.saturating_mul(digit);
            if step >= at_least {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(amounts: &[i64], from_zero: bool) -> Scale {
        Scale::over(amounts.iter().copied(), from_zero, Currency::USD, 150)
    }

    #[test]
    fn what_stands_in_the_middle_of_the_top_is_crossed_by_no_rule() {
        let scale = scale(&[2_200_000, 2_700_050], false);
        let middle = scale.middle_of_top();
        assert!(scale.steps().all(|step| (scale.y(step) - middle).abs() >= 10));
    }

    fn labels(scale: &Scale) -> Vec<String> {
        scale.steps().map(|step| scale.label(step)).collect()
    }

    #[test]
    fn a_scale_has_round_steps_around_its_amounts() {
        assert_eq!(
            labels(&scale(&[2_100_000, 3_841_207], false)),
            ["20k", "25k", "30k", "35k", "40k"]
        );
        assert_eq!(
            labels(&scale(&[6_300_000, 2_900_000], true)),
            ["0", "20k", "40k", "60k", "80k"]
        );
        assert_eq!(
            labels(&scale(&[-120_050, 30_000], true)),
            ["-1.5k", "-1k", "-500", "0", "500"]
        );
    }

    #[test]
    fn labels_of_amounts_close_together_differ_and_are_exact() {
        assert_eq!(
            labels(&scale(&[-125_000, -120_100], false)),
            ["-1.26k", "-1.24k", "-1.22k", "-1.2k"]
        );
        assert_eq!(labels(&scale(&[3_841_207], false)), ["38k", "38.5k"]);
        assert_eq!(labels(&scale(&[105_000_099], false)), ["1.04M", "1.06M"]);
    }

    #[test]
    fn what_is_below_zero_hangs_from_it() {
        assert_eq!(scale(&[100, 900], false).base(), 150);
        assert_eq!(scale(&[-50_000, -10_000], false).base(), TOP);
        let both = scale(&[-10_000, 10_000], false);
        assert_eq!(both.base(), both.y(0));
    }

    #[test]
    fn nothing_at_all_and_the_largest_amounts_still_have_a_scale() {
        assert_eq!(labels(&scale(&[], true)), ["0", "1"]);
        let widest = scale(&[i64::MIN, i64::MAX], true);
        assert!(widest.steps().count() <= 7, "{widest:?}");
        assert!((TOP..=150).contains(&widest.y(0)));
    }

    #[test]
    fn a_higher_amount_lies_higher() {
        let scale = scale(&[0, 10_000], true);
        assert_eq!(scale.y(0), 150);
        assert!(scale.y(10_000) < scale.y(5_000) && scale.y(5_000) < 150);
    }
}
