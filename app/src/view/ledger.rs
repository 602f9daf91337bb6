//! Reports of lines: an account's register, the general ledger, the journal.

use ledger::accounts::AccountType;
use ledger::money::Currency;

use super::report::{Figure, Waiting};
use crate::forms::{Choice, FormState};

/// What stands above a report of lines: what was asked for, and what can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinesFilterView {
    /// What was asked for, with messages.
    pub state: FormState,
    /// The periods to choose, by name in addresses and in words.
    pub periods: Vec<(&'static str, &'static str)>,
    /// Which entries it can show, by whether they adjust: values as addresses have them, and in words.
    pub adjusting: Vec<(&'static str, &'static str)>,
    /// Customers and vendors to choose from; none where there are too many to list.
    pub contacts: Vec<Choice>,
    /// The report with nothing narrowed, where something is.
    pub clear: Option<String>,
}

/// What a report of lines says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinesFaceView {
    /// Whose books.
    pub company: String,
    /// What it is, on which basis and in what: `General ledger, accrual basis, in USD`.
    pub title: String,
    /// The period, in full.
    pub period: String,
    /// The moment it is known at, unless that is now.
    pub known: Option<String>,
    /// What narrows it, in words: `Adjusting entries only`.
    pub narrowed: Option<String>,
    /// What the amounts are in.
    pub currency: Currency,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// When and of what it was made.
    pub provenance: String,
    /// What waits for review, where something does.
    pub waiting: Option<Waiting>,
}

/// Where the pages of a report are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PagesView {
    /// The first page's address, unless this is it.
    pub first: Option<String>,
    /// The next page's address, unless this is the last.
    pub next: Option<String>,
}

/// A line of an account's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineView {
    /// Its day, as `Oct 31, 2026`.
    pub date: String,
    /// The kind and number of its document: `Journal entry JE-12`.
    pub document: String,
    /// Where that document is; none where a fiscal year is closed by computation, which no document does.
    pub href: Option<String>,
    /// Whether the document was voided, and stands here with what reversed it.
    pub is_void: bool,
    /// Whether it is an adjusting entry.
    pub is_adjusting: bool,
    /// Whether it counts on the accrual basis alone.
    pub is_accrual_only: bool,
    /// Whether a line of the bank's statement is matched to it.
    pub is_matched: bool,
    /// What happened to it since the report's moment: `entered since, by change 48,211`.
    pub since: Option<String>,
    /// Whether it counts in balances: what was entered since does not.
    pub counts: bool,
    /// The line's words, or the document's.
    pub memo: String,
    /// The customer or vendor.
    pub contact: Option<String>,
    /// The account on the other side.
    pub other_side: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// The balance after it, positive on the side that is usual for the account.
    pub balance: i64,
    /// Who posted it and when, where that is asked for.
    pub posted: Option<String>,
}

/// The page of an account's register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterPageView {
    /// The account's number and full path.
    pub account: String,
    /// Its type.
    pub account_type: AccountType,
    /// What was asked for.
    pub filter: LinesFilterView,
    /// Where a new entry on this account is written, for those who may.
    pub new_entry: Option<String>,
    /// The register; none where what was asked for was refused.
    pub register: Option<RegisterView>,
}

/// An account over a period. Balances and totals are positive on the side that is usual for the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterView {
    /// What it says about itself.
    pub face: LinesFaceView,
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
    /// Where the register shows the books as they stood: that balance as they stand, and what it changed by since.
    pub since_then: Option<(i64, i64)>,
    /// The balance on the side where this page begins, unless it is the first page.
    pub brought_forward: Option<i64>,
    /// Whether the newest line stands first.
    pub is_newest_first: bool,
    /// The same the other way round.
    pub turned: String,
    /// The lines of this page.
    pub lines: Vec<LineView>,
    /// Its pages.
    pub pages: PagesView,
    /// The address of all lines as CSV.
    pub csv: String,
    /// Of retained earnings: the years that are closed by computation.
    pub closed: Option<ClosedYearsView>,
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

/// The page of the general ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralLedgerPageView {
    /// What was asked for.
    pub filter: LinesFilterView,
    /// The accounts it can be narrowed to: each with whether it is.
    pub accounts: Vec<(Choice, bool)>,
    /// The ledger; none where what was asked for was refused.
    pub ledger: Option<GeneralLedgerView>,
}

/// The general ledger, or a page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneralLedgerView {
    /// What it says about itself.
    pub face: LinesFaceView,
    /// How many accounts it has on all pages.
    pub accounts_in_all: usize,
    /// The accounts of this page.
    pub accounts: Vec<LedgerAccountView>,
    /// Its pages.
    pub pages: PagesView,
    /// The address of all of it as CSV.
    pub csv: String,
}

/// An account of the general ledger. Balances are positive on the side that is usual for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerAccountView {
    /// Its number and full path.
    pub name: String,
    /// Its type.
    pub account_type: AccountType,
    /// Where its register is.
    pub href: String,
    /// Whether its first lines stand on an earlier page.
    pub is_continued: bool,
    /// The balance before the first line of this page.
    pub brought_forward: i64,
    /// What earlier fiscal years earned, where the beginning balance has it.
    pub of_earlier_years: Option<i64>,
    /// Its lines on this page.
    pub lines: Vec<LineView>,
    /// Debits, credits and the ending balance, where its last line stands on this page.
    pub end: Option<(i64, i64, i64)>,
}

/// The page of the journal report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalReportPageView {
    /// What was asked for.
    pub filter: LinesFilterView,
    /// The kinds of documents, by code and name.
    pub kinds: Vec<(&'static str, &'static str)>,
    /// The journal; none where what was asked for was refused.
    pub journal: Option<JournalReportView>,
}

/// The journal of a period, or a page of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalReportView {
    /// What it says about itself.
    pub face: LinesFaceView,
    /// The entries of this page.
    pub entries: Vec<EntryView>,
    /// How many entries the period has, their debits and their credits; on the last page.
    pub totals: Option<(i64, i64, i64)>,
    /// Its pages.
    pub pages: PagesView,
    /// The address of all of it as CSV.
    pub csv: String,
}

/// An entry with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryView {
    /// Its day, as `Oct 31, 2026`.
    pub date: String,
    /// The kind and number of its document.
    pub document: String,
    /// Where that document is.
    pub href: String,
    /// Whether the document was voided, and stands here with what reversed it.
    pub is_void: bool,
    /// Whether it is an adjusting entry.
    pub is_adjusting: bool,
    /// Whether it counts on the accrual basis alone.
    pub is_accrual_only: bool,
    /// Its note.
    pub memo: Option<String>,
    /// Who entered it and when.
    pub entered: String,
    /// Its lines.
    pub lines: Vec<EntryLineView>,
    /// The sum of its debits.
    pub debit: i64,
    /// The sum of its credits, positive.
    pub credit: i64,
}

/// A line of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLineView {
    /// The account's number and full path.
    pub account: String,
    /// Where its register is.
    pub href: String,
    /// The customer or vendor.
    pub contact: Option<String>,
    /// The line's words.
    pub description: String,
    /// What happened to it since the report's moment.
    pub since: Option<String>,
    /// Whether it counts in totals: what was entered since does not.
    pub counts: bool,
    /// Minor units, debit positive.
    pub amount: i64,
}
