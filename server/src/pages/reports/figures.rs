//! A statement's lines as the page shows them: each figure with the address of what it sums.

use app::view::report::{Figure, ReportKind, RowKind, StatementRow};
use ledger::dates::format_iso;
use ledger::money::Amount;
use ledger::statements::{Line, LineKind, TrialBalance, TrialBalanceRow};

use super::asked::Days;
use super::{ledger_address, profit_and_loss_address};

/// The computed row of a balance sheet that no account carries.
const NET_INCOME: &str = "Net Income";
/// The trial balance's totals, as addresses name them.
pub const TOTAL_DEBIT: &str = "debit";
/// See [`TOTAL_DEBIT`].
pub const TOTAL_CREDIT: &str = "credit";

/// Where the figures of one statement lead.
#[derive(Clone, Debug)]
pub struct Links {
    slug: String,
    days: Days,
    report: String,
}

impl Links {
    /// Of the statement of these days in the company of this slug.
    pub fn new(kind: ReportKind, slug: &str, days: Days) -> Self {
        let (from, to) = (format_iso(days.from), format_iso(days.to));
        let query = if kind.shows_period() {
            format!("from={from}&to={to}")
        } else {
            format!("as_of={to}")
        };
        Self {
            slug: slug.to_owned(),
            days,
            report: format!("{}?{query}", kind.path(slug)),
        }
    }

    /// The statement itself.
    pub fn report(&self) -> &str {
        &self.report
    }

    /// The statement as a file.
    pub fn file(&self, format: &str) -> String {
        format!("{}&format={format}", self.report)
    }

    /// An account's lines.
    pub fn account(&self, account_id: i64) -> String {
        ledger_address(&self.slug, account_id, self.days.from, self.days.to)
    }

    /// What a total sums.
    fn total(&self, key: &str) -> String {
        format!("{}&total={key}", self.report)
    }

    /// What an account's own row opens. Net Income is a profit and loss; a row that no account carries opens nothing.
    pub fn row(&self, account_id: Option<i64>, label: &str) -> Option<String> {
        match account_id {
            Some(account_id) => Some(self.account(account_id)),
            None => (label == NET_INCOME)
                .then(|| profit_and_loss_address(&self.slug, Some(self.days.from), Some(self.days.to))),
        }
    }
}

/// The lines of a profit and loss or a balance sheet.
pub fn statement_rows(lines: &[Line], links: &Links) -> Vec<StatementRow> {
    let shown = lines.iter().map(|line| StatementRow {
        kind: match line.kind {
            LineKind::Heading => RowKind::Group,
            LineKind::Account => RowKind::Line,
            LineKind::AccountTotal => RowKind::Subtotal,
            LineKind::Total => RowKind::Total,
            LineKind::GrandTotal => RowKind::Grand,
            LineKind::Check => RowKind::Check,
        },
        label: line.label.clone(),
        depth: line.depth,
        figures: vec![line.amount.map(|amount| Figure {
            amount: amount.minor,
            href: match total_key(line) {
                Some(key) => Some(links.total(&key)),
                None => links.row(line.account_id, &line.label),
            },
        })],
    });
    shown.collect()
}

/// The accounts of a trial balance and its two totals.
pub fn trial_balance_rows(statement: &TrialBalance, links: &Links) -> Vec<StatementRow> {
    let side = |row: &TrialBalanceRow, amount: Amount| {
        let href = links.row(row.account_id, &row.account);
        (amount.minor != 0).then_some(Figure {
            amount: amount.minor,
            href,
        })
    };
    let accounts = statement.rows.iter().map(|row| StatementRow {
        kind: RowKind::Line,
        label: numbered(row.number.as_deref(), &row.account),
        depth: 0,
        figures: vec![side(row, row.debit), side(row, row.credit)],
    });
    let total = |amount: Amount, key: &str| {
        Some(Figure {
            amount: amount.minor,
            href: Some(links.total(key)),
        })
    };
    let totals = StatementRow {
        kind: RowKind::Grand,
        label: "Total".to_owned(),
        depth: 0,
        figures: vec![
            total(statement.total_debit, TOTAL_DEBIT),
            total(statement.total_credit, TOTAL_CREDIT),
        ],
    };
    accounts.chain([totals]).collect()
}

/// The name of a total in addresses; none for a line that is no total.
pub fn total_key(line: &Line) -> Option<String> {
    match (line.kind, line.account_id) {
        (LineKind::AccountTotal, Some(account_id)) => Some(format!("account-{account_id}")),
        (LineKind::Total | LineKind::GrandTotal | LineKind::Check, _) => {
            Some(line.label.to_lowercase().replace(' ', "-"))
        }
        _ => None,
    }
}

/// An account's number and path: `1010 Business Checking`.
pub fn numbered(number: Option<&str>, account: &str) -> String {
    match number {
        Some(number) => format!("{number} {account}"),
        None => account.to_owned(),
    }
}
