//! What a total of a statement sums, account by account, in the statement's own columns.

use app::view::report::{RowKind, StatementColumn, StatementFigure, StatementRow};
use ledger::statements::{Cell, Section, Source, Statement, StatementRow as Row, TrialBalance, TrialColumnKind};

use super::figures::{Links, adjusted_by, numbered, statement_columns, total_of_key, trial_figures};

/// A total with its parts; the last of the rows is the total again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The total's words.
    pub title: String,
    /// The heads of the columns.
    pub columns: Vec<StatementColumn>,
    /// Its parts by section, and their sum.
    pub rows: Vec<StatementRow>,
}

/// What the total of that name sums on a profit and loss or a balance sheet; none where it has no such total.
pub fn of_statement(statement: &Statement, key: &str, links: &Links) -> Option<Parts> {
    let line = statement
        .lines
        .iter()
        .find(|line| line.source.sum_key().as_deref() == Some(key))?;
    let mut rows = Vec::new();
    let parts = |section: &Section, sign, depth, is_part: &dyn Fn(&Row) -> bool| -> Vec<StatementRow> {
        let of_sum = section.rows.iter().filter(|row| is_part(row));
        of_sum.map(|row| part(statement, row, sign, depth, links)).collect()
    };
    match &line.source {
        Source::Parent(_, path) => {
            let below = format!("{path}:");
            for section in &statement.sections {
                let is_part = |row: &Row| row.account == *path || row.account.starts_with(&below);
                rows.extend(parts(section, 1, 0, &is_part));
            }
        }
        Source::Section(_) | Source::Total(_) => {
            let keys = match line.source {
                Source::Section(key) => vec![(key, 1)],
                Source::Total(name) => name.parts(),
                _ => Vec::new(),
            };
            for (key, sign) in keys {
                let section = statement.sections.iter().find(|section| section.key == key);
                let Some(section) = section.filter(|section| !section.rows.is_empty()) else {
                    continue;
                };
                rows.push(heading(key.name(), sign, statement.columns.len()));
                rows.extend(parts(section, sign, 1, &|_| true));
            }
        }
        Source::Nothing | Source::Account(_) | Source::NetIncome => return None,
    }
    let cells = statement.cells(line.amounts.as_deref());
    rows.push(sum(&line.full_label, cells));
    Some(Parts {
        title: line.full_label.clone(),
        columns: statement_columns(statement),
        rows,
    })
}

/// What a column of a trial balance sums.
pub fn of_trial_balance(statement: &TrialBalance, key: &str, links: &Links) -> Option<Parts> {
    let (place, side) = total_of_key(key, statement.columns.len())?;
    let column = statement.columns.get(place)?;
    let total = statement.totals.get(place)?;
    let words = ["debits", "credits"][side];
    let accounts = statement.rows.iter().filter_map(|row| {
        let figure = trial_figures(links, row, column, row.sides[place])[side].clone();
        (figure.cell != Cell::Blank).then(|| StatementRow {
            kind: RowKind::Line,
            label: numbered(row.number.as_deref(), &row.account),
            depth: 0,
            figures: vec![figure],
            adjusted_by: match column.kind {
                TrialColumnKind::Movements { .. } => adjusted_by(links, row),
                _ => Vec::new(),
            },
        })
    });
    let title = match column.head.as_str() {
        "" => format!("Total {words}"),
        head => format!("{head}: total {words}"),
    };
    let amount = Cell::Amount([total.debit, total.credit][side]);
    Some(Parts {
        rows: accounts.chain([sum(&title, vec![amount])]).collect(),
        columns: vec![StatementColumn {
            group: None,
            head: "Amount".to_owned(),
            is_soft: false,
        }],
        title,
    })
}

fn part(statement: &Statement, row: &Row, sign: i64, depth: usize, links: &Links) -> StatementRow {
    // A sum of these amounts was checked, so each of them has an opposite.
    let amounts: Vec<i64> = row.amounts.iter().map(|amount| amount.saturating_mul(sign)).collect();
    StatementRow {
        kind: RowKind::Line,
        label: row.account.clone(),
        depth,
        figures: links.cells(statement, &row.source, Some(&amounts)),
        adjusted_by: Vec::new(),
    }
}

fn heading(section: &str, sign: i64, columns: usize) -> StatementRow {
    StatementRow {
        kind: RowKind::Group,
        label: if sign < 0 {
            format!("Less {section}")
        } else {
            section.to_owned()
        },
        depth: 0,
        figures: vec![StatementFigure::BLANK; columns],
        adjusted_by: Vec::new(),
    }
}

fn sum(label: &str, cells: Vec<Cell>) -> StatementRow {
    StatementRow {
        kind: RowKind::Grand,
        label: label.to_owned(),
        depth: 0,
        figures: cells
            .into_iter()
            .map(|cell| StatementFigure { cell, href: None })
            .collect(),
        adjusted_by: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use app::view::report::ReportKind;
    use ledger::accounts::{AccountType, CashFlow};
    use ledger::dates::FiscalYears;
    use ledger::money::{AmountOverflow, Currency};
    use ledger::statements::{
        AccountBalance, Asked, Balances, Plan, Shown, Span, StatementKind, TrialColumns, Unit, balance_sheet, plan,
        profit_and_loss, trial_balance,
    };
    use time::macros::date;

    use super::*;

    fn two_months(kind: StatementKind) -> Plan {
        let years = FiscalYears {
            first_month: 1,
            changes: Vec::new(),
        };
        let asked = Asked {
            kind,
            span: Span {
                from: date!(2026 - 09 - 01),
                to: date!(2026 - 10 - 31),
            },
            unit: Unit::Month,
            prior_period: false,
            prior_year: false,
            percent_of_income: false,
            against_now: None,
        };
        plan(&asked, &years).expect("a plan")
    }

    /// One account of every type, the first with a subaccount; debits equal credits in every measure.
    fn balances(measures: usize) -> Balances {
        let amounts = |amount: i64| -> Vec<i64> { (1..).take(measures).map(|n: i64| amount * n).collect() };
        let mut accounts: Vec<AccountBalance> = (1_i64..)
            .zip(AccountType::ALL)
            .map(|(account_id, account_type)| AccountBalance {
                account_id,
                parent_id: None,
                number: None,
                name: format!("Some {}", account_type.name()),
                account_type,
                role: None,
                cash_flow: CashFlow::Operating,
                active: true,
                amounts: amounts(1000 * account_id * if account_id % 3 == 0 { -1 } else { 1 }),
            })
            .collect();
        accounts.push(AccountBalance {
            account_id: 90,
            parent_id: Some(1),
            name: "Drawer".to_owned(),
            amounts: amounts(77),
            ..accounts[0].clone()
        });
        let rest: i64 = accounts.iter().map(|account| account.amounts[0]).sum();
        accounts.push(AccountBalance {
            account_id: 91,
            parent_id: None,
            name: "Owner".to_owned(),
            account_type: AccountType::Equity,
            amounts: amounts(-rest),
            ..accounts[0].clone()
        });
        Balances {
            accounts,
            retained_before: vec![0; measures],
        }
    }

    fn links(kind: ReportKind) -> Links {
        let (from, to) = (date!(2026 - 01 - 01), date!(2026 - 10 - 31));
        Links::new(kind, "juniper", "period=last-month", from, to, None)
    }

    fn amounts_of(row: &StatementRow) -> Vec<i64> {
        let amount = |figure: &StatementFigure| match figure.cell {
            Cell::Amount(amount) => Some(amount),
            Cell::Blank | Cell::Percent(_) => None,
        };
        row.figures.iter().filter_map(amount).collect()
    }

    /// Opens every total of a statement and adds up what it shows in each column; gives how many there were.
    fn opened(statement: &Statement, kind: ReportKind) -> usize {
        let links = links(kind);
        let mut totals = 0;
        for line in &statement.lines {
            let Some(key) = line.source.sum_key() else { continue };
            let parts = of_statement(statement, &key, &links).unwrap_or_else(|| panic!("{key} opens nothing"));
            let (sum, added) = parts.rows.split_last().expect("a sum");
            let mut added_up = vec![0; statement.columns.len()];
            for row in added {
                for (total, amount) in added_up.iter_mut().zip(amounts_of(row)) {
                    *total += amount;
                }
            }
            assert_eq!(added_up, amounts_of(sum), "{key}");
            totals += 1;
        }
        totals
    }

    #[test]
    fn every_total_of_a_statement_opens_accounts_that_add_up_to_it_in_every_column() -> Result<(), AmountOverflow> {
        let earned = two_months(StatementKind::ProfitAndLoss);
        let balances_of = |plan: &Plan| balances(plan.measures.len());
        let statement = profit_and_loss(Currency::USD, earned.clone(), &balances_of(&earned), Shown::default())?;
        assert_eq!(opened(&statement, ReportKind::ProfitAndLoss), 9);
        let sheet = two_months(StatementKind::BalanceSheet);
        let statement = balance_sheet(Currency::USD, sheet.clone(), &balances_of(&sheet), Shown::default())?;
        assert_eq!(opened(&statement, ReportKind::BalanceSheet), 17);
        Ok(())
    }

    #[test]
    fn each_columns_figure_opens_the_lines_of_its_own_days() -> Result<(), AmountOverflow> {
        let plan = two_months(StatementKind::ProfitAndLoss);
        let balances = balances(plan.measures.len());
        let statement = profit_and_loss(Currency::USD, plan, &balances, Shown::default())?;
        let (from, to) = (date!(2026 - 01 - 01), date!(2026 - 10 - 31));
        let links = Links::new(
            ReportKind::ProfitAndLoss,
            "juniper",
            "period=last-month",
            from,
            to,
            Some(7),
        );
        let rows = super::super::figures::statement_rows(&statement, &links);
        let row = rows.iter().find(|row| row.label == "Some Income").expect("a row");
        let opened: Vec<&str> = row.figures.iter().filter_map(|figure| figure.href.as_deref()).collect();
        let ledger = "/c/juniper/reports/ledger?account=11";
        assert_eq!(
            opened,
            [
                format!("{ledger}&from=2026-09-01&to=2026-09-30&known=7"),
                format!("{ledger}&from=2026-10-01&to=2026-10-31&known=7"),
                format!("{ledger}&from=2026-09-01&to=2026-10-31&known=7"),
            ]
        );
        Ok(())
    }

    #[test]
    fn both_totals_of_a_trial_balance_open_the_accounts_of_their_side() -> Result<(), AmountOverflow> {
        let statement = trial_balance(Currency::USD, TrialColumns::single(), &balances(1), Shown::default())?;
        for key in ["debit", "credit"] {
            let parts = of_trial_balance(&statement, key, &links(ReportKind::TrialBalance)).expect("a total");
            let amounts: Vec<i64> = parts.rows.iter().flat_map(amounts_of).collect();
            let (sum, added) = amounts.split_last().expect("a sum");
            assert_eq!(added.iter().sum::<i64>(), *sum);
        }
        let links = links(ReportKind::TrialBalance);
        assert_eq!(of_trial_balance(&statement, "net", &links), None);
        assert_eq!(of_trial_balance(&statement, "debit-1", &links), None);
        Ok(())
    }
}
