//! Reports: the list of them, statements, and the lines behind a figure.

use ledger::money::Currency;
use ledger::statements::Cell;

use crate::forms::FormState;

/// The reports there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// What a period earned.
    ProfitAndLoss,
    /// What the company has, owes and is worth.
    BalanceSheet,
    /// Why cash is not what was earned.
    CashFlow,
    /// Every account's balance on its side.
    TrialBalance,
}

impl ReportKind {
    /// All of them, as the list has them.
    pub const ALL: [Self; 4] = [
        Self::ProfitAndLoss,
        Self::BalanceSheet,
        Self::CashFlow,
        Self::TrialBalance,
    ];

    /// The name people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ProfitAndLoss => "Profit and loss",
            Self::BalanceSheet => "Balance sheet",
            Self::CashFlow => "Statement of cash flows",
            Self::TrialBalance => "Trial balance",
        }
    }

    /// What it answers, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::ProfitAndLoss => "What you earned and what it cost, over a period of your choice.",
            Self::BalanceSheet => {
                "What the company has, what it owes and what belongs to its owners, at the end of a day."
            }
            Self::CashFlow => "Where cash came from and where it went over a period, beginning with what was earned.",
            Self::TrialBalance => {
                "Every account with a balance, debits on one side and credits on the other, at the end of a day."
            }
        }
    }

    /// Its name in addresses and file names.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ProfitAndLoss => "profit-and-loss",
            Self::BalanceSheet => "balance-sheet",
            Self::CashFlow => "cash-flow",
            Self::TrialBalance => "trial-balance",
        }
    }

    /// Whether it shows a period rather than the end of a day.
    pub const fn shows_period(self) -> bool {
        matches!(self, Self::ProfitAndLoss | Self::CashFlow)
    }

    /// Its address in the company with this slug.
    pub fn path(self, company: &str) -> String {
        format!("/c/{company}/reports/{}", self.slug())
    }
}

/// The page of a statement: what it is asked, and the statement where that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementPageView {
    /// Which one.
    pub kind: ReportKind,
    /// What it is asked, with messages.
    pub form: FormState,
    /// What can be chosen.
    pub offers: Offers,
    /// The statement; none where something was refused.
    pub statement: Option<StatementView>,
    /// The same as a file: the format's name and its address.
    pub downloads: Vec<(&'static str, String)>,
    /// What changed in a closed year that it shows, and where that is listed.
    pub changed: Option<(String, String)>,
}

/// What can be chosen of a statement: values as addresses have them, and the words people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// Periods by name; the last one stands for days of one's own.
    pub periods: Vec<(&'static str, &'static str)>,
    /// What its days are cut into.
    pub columns: Vec<(&'static str, &'static str)>,
    /// What stands beside each period; empty where nothing can.
    pub comparisons: Vec<(&'static str, &'static str)>,
    /// The orders of accounts.
    pub sorts: Vec<(&'static str, &'static str)>,
}

/// A statement as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementView {
    /// Whose.
    pub company: String,
    /// What it is, on which basis and in what: `Profit and loss, accrual basis, in USD`.
    pub title: String,
    /// Its period or day, in full.
    pub dates: String,
    /// The moment it is known at, unless that is now.
    pub known: Option<String>,
    /// What the amounts are in.
    pub currency: Currency,
    /// The heads of its columns of figures.
    pub columns: Vec<StatementColumn>,
    /// Its lines.
    pub rows: Vec<StatementRow>,
    /// What a reader must know: that it reaches back before the books, say.
    pub notes: Vec<String>,
    /// When and of what it was made.
    pub provenance: String,
    /// What waits for review, where something does.
    pub waiting: Option<Waiting>,
}

/// The head of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementColumn {
    /// What stands over it and its neighbors, where they belong together.
    pub group: Option<String>,
    /// Its own words.
    pub head: String,
    /// Whether it is what others are compared with, or a share: set softer.
    pub is_soft: bool,
}

/// Bank lines that wait for review, and so are in no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The words that lead to them: `22 bank lines wait for review`.
    pub lines: String,
    /// The rest of the sentence.
    pub rest: &'static str,
    /// Where they wait.
    pub href: String,
}

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementRow {
    /// What it is.
    pub kind: RowKind,
    /// Its words.
    pub label: String,
    /// How far it is indented.
    pub depth: usize,
    /// Its figures, one a column.
    pub figures: Vec<StatementFigure>,
    /// The adjusting entries of a trial balance's account: the first by number, and the rest in words.
    pub adjusted_by: Vec<EntryReference>,
}

/// An entry as a report refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryReference {
    /// Its number, or `and 12 more`.
    pub words: String,
    /// Where it is seen, or all of them; none on paper alone.
    pub href: Option<String>,
    /// Whether it is the rest rather than an entry.
    pub is_rest: bool,
}

/// A figure of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementFigure {
    /// What stands there.
    pub cell: Cell,
    /// Where what it sums is seen.
    pub href: Option<String>,
}

impl StatementFigure {
    /// An empty place.
    pub const BLANK: Self = Self {
        cell: Cell::Blank,
        href: None,
    };
}

/// What a line of a statement is: how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// A heading of what follows.
    Group,
    /// An account.
    Line,
    /// An account with all its subaccounts.
    Subtotal,
    /// The total of a section, or a result on the way.
    Total,
    /// The last result.
    Grand,
    /// What proves the others.
    Check,
}

/// An amount, and where what it sums is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Minor units, with the sign of the face.
    pub amount: i64,
    /// The lines behind it.
    pub href: Option<String>,
}

/// What a total of a statement sums, account by account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotalPageView {
    /// The total's words: `Gross Profit`.
    pub title: String,
    /// The report it stands on.
    pub kind: ReportKind,
    /// The report with the same dates.
    pub report: String,
    /// Its parts, and their sum.
    pub statement: StatementView,
}
