//! What a total of a statement sums, account by account.

use app::view::report::{Figure, RowKind, StatementRow};
use ledger::accounts::AccountType::{
    self, AccountsPayable, AccountsReceivable, Bank, CostOfGoodsSold, CreditCard, Equity, Expense, FixedAsset, Income,
    LongTermLiability, OtherAsset, OtherCurrentAsset, OtherCurrentLiability, OtherExpense, OtherIncome,
};
use ledger::statements::{Line, LineKind, Section, TrialBalance, TrialBalanceRow};

use super::figures::{Links, TOTAL_CREDIT, TOTAL_DEBIT, numbered, total_key};

/// A total with its parts; the last of the rows is the total again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The total's words.
    pub title: String,
    /// Its parts by section, and their sum.
    pub rows: Vec<StatementRow>,
}

/// A section's part in a total: added, or taken away.
type Part = (AccountType, i64);

/// What the total of that name sums on a profit and loss or a balance sheet; none where it has no such total.
pub fn of_statement(lines: &[Line], sections: &[Section], key: &str, links: &Links) -> Option<Parts> {
    let line = lines.iter().find(|line| total_key(line).as_deref() == Some(key))?;
    let total = line.amount?.minor;
    let mut rows = Vec::new();
    if line.kind == LineKind::AccountTotal {
        let parent = lines
            .iter()
            .find(|other| other.kind == LineKind::Account && other.account_id == line.account_id)?;
        let below = format!("{}:", parent.full_label);
        for section in sections {
            let of_parent = |account: &str| account == parent.full_label || account.starts_with(&below);
            rows.extend(section_rows(section, 1, 0, of_parent, links));
        }
    } else {
        for (account_type, sign) in parts_of(&line.label)? {
            let section = sections.iter().find(|section| section.account_type == account_type);
            let Some(section) = section.filter(|section| !section.rows.is_empty()) else {
                continue;
            };
            rows.push(heading(section.name, sign));
            rows.extend(section_rows(section, sign, 1, |_| true, links));
        }
    }
    rows.push(sum(&line.full_label, total));
    Some(Parts {
        title: line.full_label.clone(),
        rows,
    })
}

/// What a column of a trial balance sums.
pub fn of_trial_balance(statement: &TrialBalance, key: &str, links: &Links) -> Option<Parts> {
    let (title, total): (&str, _) = match key {
        TOTAL_DEBIT => ("Total debits", statement.total_debit),
        TOTAL_CREDIT => ("Total credits", statement.total_credit),
        _ => return None,
    };
    let amount = |row: &TrialBalanceRow| {
        if key == TOTAL_DEBIT {
            row.debit.minor
        } else {
            row.credit.minor
        }
    };
    let accounts = statement
        .rows
        .iter()
        .filter(|row| amount(row) != 0)
        .map(|row| StatementRow {
            kind: RowKind::Line,
            label: numbered(row.number.as_deref(), &row.account),
            depth: 0,
            figures: vec![Some(Figure {
                amount: amount(row),
                href: links.row(row.account_id, &row.account),
            })],
        });
    Some(Parts {
        title: title.to_owned(),
        rows: accounts.chain([sum(title, total.minor)]).collect(),
    })
}

/// The sections that a total or a result sums, by its words on the statement.
fn parts_of(label: &str) -> Option<Vec<Part>> {
    let of_section = AccountType::ALL
        .into_iter()
        .find(|account_type| label.strip_prefix("Total ") == Some(account_type.section()));
    if let Some(account_type) = of_section {
        return Some(vec![(account_type, 1)]);
    }
    let gross = [(Income, 1), (CostOfGoodsSold, -1)];
    let other = [(OtherIncome, 1), (OtherExpense, -1)];
    let current_assets = [Bank, AccountsReceivable, OtherCurrentAsset];
    let assets = [&current_assets[..], &[FixedAsset, OtherAsset]].concat();
    let current_liabilities = [AccountsPayable, CreditCard, OtherCurrentLiability];
    let liabilities = [&current_liabilities[..], &[LongTermLiability]].concat();
    let claims = [&liabilities[..], &[Equity]].concat();
    let added = |types: &[AccountType]| {
        types
            .iter()
            .map(|account_type| (*account_type, 1))
            .collect::<Vec<Part>>()
    };
    let taken = |types: &[AccountType]| {
        types
            .iter()
            .map(|account_type| (*account_type, -1))
            .collect::<Vec<Part>>()
    };
    Some(match label {
        "Gross Profit" => gross.to_vec(),
        "Net Operating Income" => [&gross[..], &[(Expense, -1)]].concat(),
        "Net Other Income" => other.to_vec(),
        "Net Income" => [&gross[..], &[(Expense, -1)], &other].concat(),
        "Total Current Assets" => added(&current_assets),
        "Total Assets" => added(&assets),
        "Total Current Liabilities" => added(&current_liabilities),
        "Total Liabilities" => added(&liabilities),
        "Total Liabilities and Equity" => added(&claims),
        "Assets less Liabilities and Equity" => [added(&assets), taken(&claims)].concat(),
        _ => return None,
    })
}

fn section_rows(
    section: &Section,
    sign: i64,
    depth: usize,
    of_total: impl Fn(&str) -> bool,
    links: &Links,
) -> Vec<StatementRow> {
    let rows = section.rows.iter().filter(|row| of_total(&row.account));
    rows.map(|row| StatementRow {
        kind: RowKind::Line,
        label: row.account.clone(),
        depth,
        figures: vec![Some(Figure {
            amount: sign * row.amount.minor,
            href: links.row(row.account_id, &row.account),
        })],
    })
    .collect()
}

fn heading(section: &str, sign: i64) -> StatementRow {
    StatementRow {
        kind: RowKind::Group,
        label: if sign < 0 {
            format!("Less {section}")
        } else {
            section.to_owned()
        },
        depth: 0,
        figures: vec![None],
    }
}

fn sum(label: &str, amount: i64) -> StatementRow {
    StatementRow {
        kind: RowKind::Grand,
        label: label.to_owned(),
        depth: 0,
        figures: vec![Some(Figure { amount, href: None })],
    }
}

#[cfg(test)]
mod tests {
    use app::view::report::ReportKind;
    use ledger::money::{AmountOverflow, Currency};
    use ledger::statements::{AccountBalance, Basis, balance_sheet, profit_and_loss, trial_balance};
    use time::macros::date;

    use super::super::asked::Days;
    use super::*;

    /// One account of every type, the first with a subaccount; debits equal credits.
    fn balances() -> Vec<AccountBalance> {
        let mut balances: Vec<AccountBalance> = (1_i64..)
            .zip(AccountType::ALL)
            .map(|(account_id, account_type)| AccountBalance {
                account_id,
                parent_id: None,
                number: None,
                name: format!("Some {}", account_type.name()),
                account_type,
                role: None,
                amount: 1000 * account_id * if account_id % 3 == 0 { -1 } else { 1 },
            })
            .collect();
        balances.push(AccountBalance {
            account_id: 90,
            parent_id: Some(1),
            name: "Drawer".to_owned(),
            amount: 77,
            ..balances[0].clone()
        });
        let rest: i64 = balances.iter().map(|account| account.amount).sum();
        balances.push(AccountBalance {
            account_id: 91,
            parent_id: None,
            name: "Owner".to_owned(),
            account_type: Equity,
            amount: -rest,
            ..balances[0].clone()
        });
        balances
    }

    fn links(kind: ReportKind) -> Links {
        let days = Days {
            from: date!(2026 - 01 - 01),
            to: date!(2026 - 10 - 31),
        };
        Links::new(kind, "juniper", days)
    }

    /// Opens every total of a statement and adds up what it shows; gives how many there were.
    fn opened(lines: &[Line], sections: &[Section], kind: ReportKind) -> usize {
        let links = links(kind);
        let mut totals = 0;
        for line in lines {
            let Some(key) = total_key(line) else { continue };
            let parts = of_statement(lines, sections, &key, &links).unwrap_or_else(|| panic!("{key} opens nothing"));
            let amounts: Vec<i64> = parts
                .rows
                .iter()
                .filter_map(|row| Some(row.figures[0].as_ref()?.amount))
                .collect();
            let (sum, added) = amounts.split_last().expect("a sum");
            assert_eq!(added.iter().sum::<i64>(), *sum, "{key}");
            assert_eq!(line.amount.map(|amount| amount.minor), Some(*sum), "{key}");
            totals += 1;
        }
        totals
    }

    #[test]
    fn every_total_of_a_statement_opens_accounts_that_add_up_to_it() -> Result<(), AmountOverflow> {
        let (from, to) = (date!(2026 - 01 - 01), date!(2026 - 10 - 31));
        let statement = profit_and_loss(from, to, Basis::Accrual, Currency::USD, &balances())?;
        assert_eq!(
            opened(&statement.lines(), &statement.sections, ReportKind::ProfitAndLoss),
            9
        );
        let statement = balance_sheet(to, Basis::Accrual, Currency::USD, &balances(), 0)?;
        assert_eq!(
            opened(&statement.lines(), &statement.sections, ReportKind::BalanceSheet),
            17
        );
        Ok(())
    }

    #[test]
    fn both_totals_of_a_trial_balance_open_the_accounts_of_their_side() -> Result<(), AmountOverflow> {
        let statement = trial_balance(date!(2026 - 10 - 31), Basis::Accrual, Currency::USD, &balances(), 0)?;
        for key in [TOTAL_DEBIT, TOTAL_CREDIT] {
            let parts = of_trial_balance(&statement, key, &links(ReportKind::TrialBalance)).expect("a total");
            let amounts: Vec<i64> = parts
                .rows
                .iter()
                .filter_map(|row| Some(row.figures[0].as_ref()?.amount))
                .collect();
            let (sum, added) = amounts.split_last().expect("a sum");
            assert_eq!(added.iter().sum::<i64>(), *sum);
        }
        assert_eq!(
            of_trial_balance(&statement, "net", &links(ReportKind::TrialBalance)),
            None
        );
        Ok(())
    }
}
