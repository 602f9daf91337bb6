//! What an entry that gives an asset up, sold, scrapped or used up, takes out of the operating part of a statement of cash flows.

use crate::accounts::{AccountType, CashFlow, Statement as StatementOf};
use crate::money::{AmountOverflow, sum_checked};

use super::FlowRow;
use super::non_cash::spread;

/// Detail types of other income that is received in cash and is nobody's gain on a sale.
const RECEIVED: [&str; 3] = ["InterestEarned", "DividendIncome", "TaxExemptInterest"];

/// What an account is to an entry that gives an asset up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisposalPart {
    /// The asset, as what is built and driven.
    FixedAsset,
    /// The asset, as a patent or a loan that was given.
    OtherAsset,
    /// What was written off of it before.
    WrittenOff,
    /// Operating income and expenses: what they have of the entry may be a loss.
    Earned,
    /// The same of other income: it may be a gain.
    Gained,
}

impl DisposalPart {
    /// That of an account; none where an entry's amounts on it say nothing of an asset.
    pub fn of(account_type: AccountType, cash_flow: CashFlow, detail_type: Option<&str>) -> Option<Self> {
        match (account_type, cash_flow) {
            (AccountType::FixedAsset, CashFlow::Investing) => Some(Self::FixedAsset),
            (AccountType::OtherAsset, CashFlow::Investing) => Some(Self::OtherAsset),
            (AccountType::FixedAsset | AccountType::OtherAsset, CashFlow::Operating) => Some(Self::WrittenOff),
            (AccountType::OtherIncome, CashFlow::Operating) => {
                let is_received = detail_type.is_some_and(|detail| RECEIVED.contains(&detail));
                Some(if is_received { Self::Earned } else { Self::Gained })
            }
            (other, CashFlow::Operating) if other.statement() == StatementOf::ProfitAndLoss => Some(Self::Earned),
            _ => None,
        }
    }

    /// Whether it is the asset itself.
    pub const fn is_asset(self) -> bool {
        matches!(self, Self::FixedAsset | Self::OtherAsset)
    }
}

/// What an entry did to an account. Minor units, neither below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisposalLine {
    /// The row that the account stands in.
    pub row: FlowRow,
    /// What the account is to it.
    pub part: DisposalPart,
    /// Its debits.
    pub debits: i64,
    /// Its credits.
    pub credits: i64,
}

/// What of the operating rows belongs to an asset that the entry gives up, minor units, debit positive; nothing where it gives up none.
///
/// Net income is adjusted for what moved no cash of the trade: gains and losses on disposal, depreciation and amortization (ASC
/// 230-10-45-28; accounting.md 4.4). What was written off before goes with the asset. A loss, or the expense that a tool or a patent
/// is written off to, goes with it as far as the asset was still worth that much in the books; what the entry has of expenses
/// beyond that was paid otherwise. A gain goes with what is built and driven: beside a loan that is paid back, other income may be
/// interest, which is operating.
///
/// # Errors
/// [`AmountOverflow`] when a sum leaves the range of 64 bits.
pub fn given_up(lines: &[DisposalLine]) -> Result<Vec<(FlowRow, i64)>, AmountOverflow> {
    let assets = || lines.iter().filter(|line| line.part.is_asset() && line.credits > 0);
    if assets().next().is_none() {
        return Ok(Vec::new());
    }
    let mut moved = Vec::new();
    let (mut lost, mut gained) = (Vec::new(), Vec::new());
    for line in lines {
        let amount = line.debits.checked_sub(line.credits).ok_or(AmountOverflow)?;
        match (line.part, amount) {
            (DisposalPart::WrittenOff, _) if line.debits > 0 => moved.push((line.row, line.debits)),
            (DisposalPart::Earned | DisposalPart::Gained, 1..) => lost.push((line.row, amount)),
            (DisposalPart::Gained, ..=-1) => gained.push((line.row, amount)),
            _ => {}
        }
    }
    let cost = sum_checked(assets().map(|line| line.credits))?;
    let written_off = sum_checked(moved.iter().map(|(_, amount)| *amount))?;
    let worth = cost.checked_sub(written_off).ok_or(AmountOverflow)?;
    let of_lost = sum_checked(lost.iter().map(|(_, amount)| *amount))?.min(worth).max(0);
    let amounts: Vec<i64> = lost.iter().map(|(_, amount)| *amount).collect();
    let shares = spread(of_lost.into(), &amounts)?;
    moved.extend(
        lost.iter()
            .map(|(row, _)| *row)
            .zip(shares)
            .filter(|(_, share)| *share != 0),
    );
    if assets().any(|line| line.part == DisposalPart::FixedAsset) {
        moved.extend(gained);
    }
    Ok(moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(account_id: i64, part: DisposalPart, amount: i64) -> DisposalLine {
        DisposalLine {
            row: FlowRow {
                account_id,
                account_type: AccountType::FixedAsset,
                cash_flow: CashFlow::Operating,
            },
            part,
            debits: amount.max(0),
            credits: (-amount).max(0),
        }
    }

    fn of(lines: &[(i64, DisposalPart, i64)]) -> Vec<(i64, i64)> {
        let lines: Vec<DisposalLine> = lines
            .iter()
            .map(|(account, part, amount)| line(*account, *part, *amount))
            .collect();
        let moved = given_up(&lines).expect("small amounts");
        moved
            .into_iter()
            .map(|(row, amount)| (row.account_id, amount))
            .collect()
    }

    use DisposalPart::{Earned, FixedAsset, Gained, OtherAsset, WrittenOff};

    #[test]
    fn a_machine_that_is_sold_takes_its_loss_or_gain_and_what_was_written_off_with_it() {
        let at_a_loss = [(1, FixedAsset, -24_000), (2, WrittenOff, 7_400), (3, Earned, 3_600)];
        assert_eq!(of(&at_a_loss), [(2, 7_400), (3, 3_600)]);
        let at_a_gain = [(1, FixedAsset, -24_000), (2, WrittenOff, 7_400), (3, Gained, -13_400)];
        assert_eq!(of(&at_a_gain), [(2, 7_400), (3, -13_400)]);
    }

    #[test]
    fn what_is_written_off_to_an_expense_moved_no_cash() {
        assert_eq!(of(&[(1, OtherAsset, -100), (2, Earned, 100)]), [(2, 100)]);
        let two = [(1, FixedAsset, -100), (2, Earned, 50), (3, Earned, 50)];
        assert_eq!(of(&two), [(2, 50), (3, 50)]);
    }

    #[test]
    fn an_expense_beyond_what_the_asset_was_worth_was_paid() {
        let wages_less_a_loan = [(1, OtherAsset, -200), (2, Earned, 5_000)];
        assert_eq!(of(&wages_less_a_loan), [(2, 200)]);
        let worth_nothing = [(1, FixedAsset, -500), (2, WrittenOff, 500), (3, Earned, 40)];
        assert_eq!(of(&worth_nothing), [(2, 500)]);
    }

    #[test]
    fn a_trade_in_takes_the_loss_on_the_old_machine_though_the_account_ends_as_it_was() {
        let van = DisposalLine {
            debits: 20_000,
            ..line(1, FixedAsset, -20_000)
        };
        let lines = [van, line(2, WrittenOff, 10_000), line(3, Earned, 5_000)];
        let moved = given_up(&lines).expect("small amounts");
        assert_eq!(
            moved.iter().map(|(_, amount)| *amount).collect::<Vec<_>>(),
            [10_000, 5_000]
        );
    }

    #[test]
    fn interest_beside_a_loan_that_is_paid_back_stays_operating() {
        assert_eq!(of(&[(1, OtherAsset, -1_000), (2, Gained, -50)]), []);
        let interest = DisposalPart::of(AccountType::OtherIncome, CashFlow::Operating, Some("InterestEarned"));
        assert_eq!(interest, Some(Earned));
        assert_eq!(of(&[(1, FixedAsset, -1_000), (2, Earned, -50)]), []);
    }

    #[test]
    fn what_is_bought_or_written_down_through_an_account_of_its_own_gives_nothing_up() {
        assert_eq!(of(&[(1, FixedAsset, 500), (2, Earned, 20)]), []);
        assert_eq!(of(&[(2, WrittenOff, -500), (3, Earned, 500)]), []);
    }

    #[test]
    fn an_account_is_to_it_what_its_type_and_its_part_say() {
        let of = |account_type, cash_flow| DisposalPart::of(account_type, cash_flow, None);
        assert_eq!(of(AccountType::FixedAsset, CashFlow::Investing), Some(FixedAsset));
        assert_eq!(of(AccountType::OtherAsset, CashFlow::Operating), Some(WrittenOff));
        assert_eq!(of(AccountType::Expense, CashFlow::Operating), Some(Earned));
        assert_eq!(
            of(AccountType::OtherExpense, CashFlow::Investing),
            None,
            "it stands there as a whole"
        );
        assert_eq!(of(AccountType::Bank, CashFlow::Cash), None);
        assert_eq!(of(AccountType::AccountsPayable, CashFlow::Operating), None);
    }
}
