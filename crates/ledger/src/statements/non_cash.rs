//! What an entry invested and financed without cash: a machine bought on a note, a loan paid with what a truck was sold for.

use crate::accounts::{AccountType, CashFlow, Statement as StatementOf};
use crate::money::{AmountOverflow, sum_checked};

use super::AccountBalance;

/// What makes a row of a statement of cash flows: an account that had another type or part in one of two moments has a row of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FlowRow {
    /// The account.
    pub account_id: i64,
    /// Its type.
    pub account_type: AccountType,
    /// The part that the account stands in.
    pub cash_flow: CashFlow,
}

impl FlowRow {
    /// The row of an account.
    pub const fn of(account: &AccountBalance) -> Self {
        Self {
            account_id: account.account_id,
            account_type: account.account_type,
            cash_flow: account.cash_flow,
        }
    }
}

/// What an entry did to an account that was invested in, sold or financed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowLine {
    /// The row that it stands in.
    pub row: FlowRow,
    /// Whether it is financing; else it is investing, as what was written off before of an asset that is sold is.
    pub is_financing: bool,
    /// Minor units, debit positive.
    pub amount: i64,
}

/// What of an entry moved no cash.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NonCash {
    /// How much was invested and financed, minor units, never negative.
    pub amount: i64,
    /// What of it each row has, minor units, debit positive: the rows of investing together the opposite of those of financing.
    pub rows: Vec<(FlowRow, i64)>,
}

/// What of an entry's investing and financing paid for each other: the lesser of both where they have opposite signs, also where cash
/// paid for the rest (ASC 230-10-50-4). It is taken from the rows of what is owned and owed in proportion to their amounts of that
/// sign, and only beyond these from gains and from what was written off before.
///
/// # Errors
/// [`AmountOverflow`] when a sum leaves the range of 64 bits.
pub fn non_cash(lines: &[FlowLine]) -> Result<NonCash, AmountOverflow> {
    let side = |is_financing| lines.iter().filter(move |line| line.is_financing == is_financing);
    let sum = |is_financing| sum_checked(side(is_financing).map(|line| line.amount));
    let (invested, financed) = (sum(false)?, sum(true)?);
    if invested.signum() * financed.signum() != -1 {
        return Ok(NonCash::default());
    }
    let amount = i64::try_from(invested.unsigned_abs().min(financed.unsigned_abs())).map_err(|_| AmountOverflow)?;
    let mut rows = shares(side(false), invested.signum(), amount)?;
    rows.extend(shares(side(true), financed.signum(), amount)?);
    Ok(NonCash { amount, rows })
}

/// An amount spread over the lines that have the sign.
fn shares<'a>(
    lines: impl Iterator<Item = &'a FlowLine>,
    sign: i64,
    amount: i64,
) -> Result<Vec<(FlowRow, i64)>, AmountOverflow> {
    let of_sign = lines.filter(|line| line.amount.signum() == sign);
    let (held, beyond): (Vec<&FlowLine>, Vec<&FlowLine>) = of_sign.partition(|line| line.is_held());
    let total = |lines: &[&FlowLine]| {
        let amounts = lines.iter().map(|line| i128::from(line.amount.unsigned_abs()));
        amounts.sum::<i128>()
    };
    let of_held = total(&held).min(amount.into());
    let mut rows = Vec::new();
    for (lines, whole) in [(held, of_held), (beyond, i128::from(amount) - of_held)] {
        let amounts: Vec<i64> = lines.iter().map(|line| line.amount).collect();
        for (line, own) in lines.iter().zip(spread(whole, &amounts)?) {
            if own != 0 {
                rows.push((line.row, sign * own));
            }
        }
    }
    Ok(rows)
}

/// A whole shared by the sizes of amounts.
pub(super) fn spread(whole: i128, amounts: &[i64]) -> Result<Vec<i64>, AmountOverflow> {
    let size = |amount: &i64| i128::from(amount.unsigned_abs());
    let total = amounts.iter().map(size).sum::<i128>().max(1);
    let (mut so_far, mut given) = (0, 0);
    let share = |amount| {
        so_far += size(amount);
        // Rounded from the beginning on each time, so that the shares add up to the whole.
        let until = whole.checked_mul(so_far).ok_or(AmountOverflow)? / total;
        let own = i64::try_from(until - given).map_err(|_| AmountOverflow);
        given = until;
        own
    };
    amounts.iter().map(share).collect()
}

impl FlowLine {
    /// Whether it is what is owned or owed itself: neither a gain or loss nor what was written off before.
    fn is_held(&self) -> bool {
        let part = if self.is_financing {
            CashFlow::Financing
        } else {
            CashFlow::Investing
        };
        self.row.account_type.statement() == StatementOf::BalanceSheet && self.row.cash_flow == part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(account_id: i64, account_type: AccountType, cash_flow: CashFlow, amount: i64) -> FlowLine {
        FlowLine {
            row: FlowRow {
                account_id,
                account_type,
                cash_flow,
            },
            is_financing: cash_flow == CashFlow::Financing,
            amount,
        }
    }

    fn asset(account_id: i64, amount: i64) -> FlowLine {
        line(account_id, AccountType::FixedAsset, CashFlow::Investing, amount)
    }

    fn note(account_id: i64, amount: i64) -> FlowLine {
        line(account_id, AccountType::LongTermLiability, CashFlow::Financing, amount)
    }

    fn of(lines: &[FlowLine]) -> (i64, Vec<(i64, i64)>) {
        let found = non_cash(lines).expect("small amounts");
        let rows = found.rows.iter().map(|(row, amount)| (row.account_id, *amount));
        (found.amount, rows.collect())
    }

    #[test]
    fn of_equipment_bought_partly_on_a_note_the_note_was_no_cash() {
        let bought = [asset(1, 1_200_000), note(2, -1_000_000)];
        assert_eq!(of(&bought), (1_000_000, vec![(1, 1_000_000), (2, -1_000_000)]));
    }

    #[test]
    fn what_was_no_cash_is_shared_by_what_was_bought_to_the_cent() {
        let bought = [
            asset(1, 1_000),
            asset(2, 1_000),
            asset(3, 1_000),
            note(4, -1_000),
            asset(5, -1_000),
        ];
        assert_eq!(of(&bought), (1_000, vec![(1, 333), (2, 333), (3, 334), (4, -1_000)]));
    }

    #[test]
    fn a_sale_that_pays_back_a_loan_is_worth_what_it_brought_and_not_what_it_once_cost() {
        let written_off = line(2, AccountType::FixedAsset, CashFlow::Operating, 600_000);
        let sale = [asset(1, -1_000_000), written_off, note(3, 500_000)];
        assert_eq!(of(&sale), (400_000, vec![(1, -400_000), (3, 400_000)]));
    }

    #[test]
    fn a_loan_and_a_sale_bring_cash_both() {
        assert_eq!(of(&[asset(1, -500), note(2, -700)]), (0, vec![]));
        assert_eq!(of(&[asset(1, 500)]), (0, vec![]));
    }

    #[test]
    fn amounts_beyond_the_range_are_refused() {
        assert_eq!(non_cash(&[asset(1, i64::MAX), asset(2, 1)]), Err(AmountOverflow));
        assert_eq!(
            non_cash(&[asset(1, i64::MIN), note(2, i64::MAX)]).map(|found| found.amount),
            Ok(i64::MAX)
        );
    }
}
