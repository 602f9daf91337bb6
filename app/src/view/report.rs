//! Reports: the list of them, statements, and the lines behind a figure.

use ledger::accounts::AccountType;
use ledger::money::Currency;

use crate::forms::FormState;

/// The reports there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportKind {
    /// What a period earned.
    ProfitAndLoss,
    /// What the company has, owes and is worth.
    BalanceSheet,
    /// Every account's balance on its side.
    TrialBalance,
}

impl ReportKind {
    /// All of them, as the list has them.
    pub const ALL: [Self; 3] = [Self::ProfitAndLoss, Self::BalanceSheet, Self::TrialBalance];

    /// The name people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ProfitAndLoss => "Profit and loss",
            Self::BalanceSheet => "Balance sheet",
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
            Self::TrialBalance => "trial-balance",
        }
    }

    /// Whether it shows a period rather than the end of a day.
    pub const fn shows_period(self) -> bool {
        matches!(self, Self::ProfitAndLoss)
    }

    /// Its address in the company with this slug.
    pub fn path(self, company: &str) -> String {
        format!("/c/{company}/reports/{}", self.slug())
    }
}

/// The page of a statement: its dates, and the statement where they could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementPageView {
    /// Which one.
    pub kind: ReportKind,
    /// The company's name in addresses.
    pub slug: String,
    /// The dates as they were asked for, with messages.
    pub dates: FormState,
    /// Dates that are often asked for.
    pub presets: Vec<Preset>,
    /// The statement; none where the dates were refused.
    pub statement: Option<StatementView>,
    /// The same as a file: the format's name and its address.
    pub downloads: Vec<(&'static str, String)>,
}

/// Dates that are often asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// What they are called: `Last month`.
    pub label: &'static str,
    /// The report with them.
    pub href: String,
    /// Whether they are the ones shown.
    pub is_current: bool,
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
    /// What the amounts are in.
    pub currency: Currency,
    /// The heads of its columns of amounts.
    pub columns: Vec<&'static str>,
    /// Its lines.
    pub rows: Vec<StatementRow>,
    /// What a reader must know: that it reaches back before the books, say.
    pub notes: Vec<String>,
    /// When and of what it was made.
    pub provenance: String,
    /// What waits for review, where something does.
    pub waiting: Option<Waiting>,
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
    /// Its amounts, one a column; none leaves the place empty.
    pub figures: Vec<Option<Figure>>,
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

/// The page of an account's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerPageView {
    /// The account's number and full path.
    pub account: String,
    /// Its type.
    pub account_type: AccountType,
    /// The period as it was asked for, with messages, and the account.
    pub filter: FormState,
    /// The ledger; none where the period was refused.
    pub ledger: Option<LedgerView>,
}

/// An account over a period. Balances and totals are positive on the side that is usual for the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerView {
    /// Whose books.
    pub company: String,
    /// The period, in full.
    pub period: String,
    /// What the amounts are in.
    pub currency: Currency,
    /// The balance before the first line of the period.
    pub beginning: i64,
    /// All debits of the period.
    pub debit: i64,
    /// All credits of the period, positive.
    pub credit: i64,
    /// What the period moved: debits less credits, or the other way round.
    pub change: i64,
    /// The balance at its end.
    pub ending: i64,
    /// The balance before the first line of this page, unless it is the first page.
    pub brought_forward: Option<i64>,
    /// The lines of this page.
    pub lines: Vec<LedgerLineView>,
    /// The first page's address, unless this is it.
    pub first: Option<String>,
    /// The next page's address, unless this is the last.
    pub next: Option<String>,
    /// The address of all lines as CSV.
    pub csv: String,
    /// Of retained earnings: the years that are closed by computation.
    pub closed: Option<ClosedYearsView>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// When and of what it was made.
    pub provenance: String,
    /// What waits for review, where something does.
    pub waiting: Option<Waiting>,
}

/// A line of an account's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerLineView {
    /// Its day, as `Oct 31, 2026`.
    pub date: String,
    /// The kind and number of its document: `Journal entry JE-12`.
    pub document: String,
    /// Where that document is.
    pub href: String,
    /// Whether the document was voided, and stands here with what reversed it.
    pub is_void: bool,
    /// The line's words, or the document's.
    pub memo: String,
    /// The customer or vendor.
    pub contact: Option<String>,
    /// The account on the other side.
    pub other_side: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// The balance after it.
    pub balance: i64,
}

/// What retained earnings sum beside the lines of the account: fiscal years that are closed by computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedYearsView {
    /// The balance of the account itself.
    pub posted: i64,
    /// Each year's words, its net income, and the address of its profit and loss.
    pub years: Vec<(String, Figure)>,
    /// Both together: the figure on the statements.
    pub total: i64,
}
