//! Sums in amount fields: `12*40`, `100+20-5`, `10/4`. Exact fractions all the way; one rounding
//! at the end.

use super::parse::{AmountError, Decimal, parse_amount, strip_symbol};
use super::{AmountOverflow, Currency};

/// Reads an amount as [`parse_amount`] does, or works out a sum of `+`, `-`, `*` and `/`, where
/// `*` and `/` bind tighter. Parentheses do not group, since `(12.00)` is a negative amount. The
/// operands may have any decimals (`3*1.125`); the result is rounded once, half away from zero,
/// to the currency's decimals.
///
/// # Errors
/// [`AmountError`], each with a message for the field.
pub fn parse_amount_or_sum(text: &str, currency: Currency) -> Result<i64, AmountError> {
    match parse_amount(text, currency) {
        Err(AmountError::NotAnAmount(_)) if text.contains(['+', '-', '*', '/']) => {
            work_out(text.trim(), currency)?.round_to_minor(currency)
        }
        amount_or_error => amount_or_error,
    }
}

fn work_out(text: &str, currency: Currency) -> Result<Fraction, AmountError> {
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let mut sum = Fraction::ZERO;
    let mut term = take_operand(&mut rest, text, currency)?;
    if negative {
        term = term.negated();
    }
    while let Some(operator) = rest.chars().next() {
        rest = &rest[operator.len_utf8()..];
        let operand = take_operand(&mut rest, text, currency)?;
        match operator {
            '*' => term = term.times(operand)?,
            '/' => term = term.divided_by(operand)?,
            // take_operand stops at an operator or at the end, so this one is + or -.
            _ => {
                sum = sum.plus(term)?;
                term = if operator == '-' { operand.negated() } else { operand };
            }
        }
    }
    Ok(sum.plus(term)?)
}

/// Takes the number at the head of `rest`, up to the next operator or the end.
fn take_operand(rest: &mut &str, whole: &str, currency: Currency) -> Result<Fraction, AmountError> {
    let end = rest.find(['+', '-', '*', '/']).unwrap_or(rest.len());
    let (operand, after) = rest.split_at(end);
    *rest = after;
    let decimal = Decimal::parse(strip_symbol(operand.trim(), currency)).map_err(|fault| fault.of(whole))?;
    let denominator = 10_i128.checked_pow(decimal.places).ok_or(AmountError::TooLarge)?;
    Ok(Fraction::reduced(decimal.digits, denominator))
}

/// A fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy)]
struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    /// The denominator must be positive.
    fn reduced(numerator: i128, denominator: i128) -> Self {
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs());
        // The divisor divides a positive i128, so it fits.
        let divisor = divisor as i128;
        Self {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
        }
    }

    fn negated(self) -> Self {
        Self {
            numerator: -self.numerator,
            ..self
        }
    }

    fn plus(self, other: Self) -> Result<Self, AmountOverflow> {
        let sum = || {
            let left = self.numerator.checked_mul(other.denominator)?;
            let right = other.numerator.checked_mul(self.denominator)?;
            let denominator = self.denominator.checked_mul(other.denominator)?;
            Some(Self::reduced(left.checked_add(right)?, denominator))
        };
        sum().ok_or(AmountOverflow)
    }

    fn times(self, other: Self) -> Result<Self, AmountOverflow> {
        let product = || {
            let numerator = self.numerator.checked_mul(other.numerator)?;
            let denominator = self.denominator.checked_mul(other.denominator)?;
            Some(Self::reduced(numerator, denominator))
        };
        product().ok_or(AmountOverflow)
    }

    /// Divides by an operand as typed, which is never negative.
    fn divided_by(self, operand: Self) -> Result<Self, AmountError> {
        if operand.numerator == 0 {
            return Err(AmountError::DivisionByZero);
        }
        Ok(self.times(Self {
            numerator: operand.denominator,
            denominator: operand.numerator,
        })?)
    }

    fn round_to_minor(self, currency: Currency) -> Result<i64, AmountError> {
        let minor = self
            .numerator
            .checked_mul(i128::from(currency.minor_per_unit()))
            .ok_or(AmountError::TooLarge)?;
        let truncated = minor / self.denominator;
        let remainder = minor % self.denominator;
        // Twice the remainder could leave the range; what is left to the next whole cannot.
        let away = remainder.abs() >= self.denominator - remainder.abs();
        let rounded = truncated + if away { minor.signum() } else { 0 };
        i64::try_from(rounded).map_err(|_| AmountError::TooLarge)
    }
}

fn greatest_common_divisor(mut left: u128, mut right: u128) -> u128 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(text: &str) -> Result<i64, AmountError> {
        parse_amount_or_sum(text, Currency::USD)
    }

    #[test]
    fn a_sum_is_worked_out_in_the_field() {
        for (text, minor) in [
            ("12*40", 48_000),
            ("100+20-5", 11_500),
            ("10/4", 250),
            ("2+3*4", 1_400),
            ("-5+10", 500),
            ("1,200.50 - $200", 100_050),
            ("100/3*3", 10_000),
            ("3*1.125", 338),
            ("12.345*2", 2_469),
            ("(12.00)", -1_200),
            ("-12", -1_200),
        ] {
            assert_eq!(dollars(text), Ok(minor), "{text}");
        }
    }

    #[test]
    fn half_a_cent_is_rounded_away_from_zero_and_only_once() {
        assert_eq!(dollars("0.01/2"), Ok(1));
        assert_eq!(dollars("-0.01/2"), Ok(-1));
        assert_eq!(dollars("0.01/2+0.01/2"), Ok(1));
        assert_eq!(dollars("1/3"), Ok(33));
        assert_eq!(dollars("2/3"), Ok(67));
        assert_eq!(dollars("-2/3"), Ok(-67));
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        for text in ["12*", "*12", "1++2", "100--5", "(1+2)*3", "a+b", "-", "1 2+3"] {
            assert_eq!(dollars(text), Err(AmountError::NotAnAmount(text.to_owned())), "{text}");
        }
        assert_eq!(dollars("10/0"), Err(AmountError::DivisionByZero));
        assert!(matches!(dollars("1.005"), Err(AmountError::TooManyDecimals { .. })));
    }

    #[test]
    fn a_sum_that_cannot_be_kept_exact_is_refused() {
        let large = ["99999999999999999999"; 4].join("*");
        assert_eq!(dollars(&large), Err(AmountError::TooLarge));
        let too_fine = "1/99999999999999999999+1/99999999999999999998+1/99999999999999999997";
        assert_eq!(dollars(too_fine), Err(AmountError::TooLarge));
    }
}
