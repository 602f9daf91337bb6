//! The review list: what the bank says, line by line, and what can be done about each.

use ledger::money::Currency;
use time::Date;

use super::BankAccountView;
use crate::forms::{Choice, ChoiceError, FieldError, FormState, find_choice};
use crate::view::lists::{Pages, SortHead};

/// The field with the line that a row's form is about.
pub const LINE: &str = "line";
/// The field with the line below it, to which the answer returns.
pub const NEXT: &str = "next";
/// The field with the posting that a line is matched to.
pub const POSTING: &str = "posting";

/// The actions of a row.
pub mod action {
    /// Codes the line to the category, or records a transfer where the category is an own account.
    pub const ADD: &str = "add";
    /// Matches the line to a posting that is in the books.
    pub const MATCH: &str = "match";
    /// Leaves the line out of the books.
    pub const EXCLUDE: &str = "exclude";
    /// Puts the line back on the list.
    pub const UNDO: &str = "undo";
    /// Matches each of the selected lines to what is suggested for it.
    pub const MATCH_SELECTED: &str = "match_selected";
    /// Leaves the selected lines out of the books.
    pub const EXCLUDE_SELECTED: &str = "exclude_selected";
    /// Puts the selected lines back on the list.
    pub const UNDO_SELECTED: &str = "undo_selected";
}

/// The states that the list shows one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// To be reviewed.
    #[default]
    New,
    /// Not to be accepted as they are.
    Doubtful,
    /// In the books.
    Accepted,
    /// Left out on purpose.
    Excluded,
}

impl Tab {
    /// In the order of the chips.
    pub const ALL: [Self; 4] = [Self::New, Self::Doubtful, Self::Accepted, Self::Excluded];

    /// As the address has it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Doubtful => "doubtful",
            Self::Accepted => "accepted",
            Self::Excluded => "excluded",
        }
    }

    /// The tab of that code; junk is the first.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|tab| tab.code() == code).unwrap_or_default()
    }

    /// The address of the list of it.
    pub fn address(self, slug: &str, bank_account_id: i64) -> String {
        format!("{}?state={}", list_path(slug, bank_account_id), self.code())
    }

    /// What the chip says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::New => "To review",
            Self::Doubtful => "In doubt",
            Self::Accepted => "Added",
            Self::Excluded => "Excluded",
        }
    }
}

/// The address of an account's list.
pub fn list_path(slug: &str, bank_account_id: i64) -> String {
    format!("{}/{bank_account_id}", super::banking_path(slug))
}

/// The heads of the columns that sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewHeads {
    /// The bank's day.
    pub date: SortHead,
    /// The bank's words.
    pub words: SortHead,
    /// The most that went out first.
    pub out: SortHead,
    /// The most that came in first.
    pub into: SortHead,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewView {
    /// The company's name in addresses.
    pub slug: String,
    /// The account.
    pub account: BankAccountView,
    /// The state that is listed.
    pub tab: Tab,
    /// The list's own address: where forms are posted.
    pub address: String,
    /// Each state with the address of the list of it.
    pub tabs: Vec<(Tab, String)>,
    /// The filters as they were asked for, with messages.
    pub filter: FormState,
    /// What the filters carry on that they do not show.
    pub carried: Vec<(&'static str, String)>,
    /// Whether anything but the state narrows the list.
    pub is_narrowed: bool,
    /// Whether it is not the list's first page.
    pub is_further: bool,
    /// The heads of the columns that sort.
    pub heads: ReviewHeads,
    /// The lines of this page.
    pub lines: Vec<ReviewLine>,
    /// What fits, and the pages beside this one.
    pub pages: Pages,
    /// The address of the list as CSV.
    pub csv: String,
    /// The address of the same page with all its lines selected, or with none.
    pub select_all: String,
    /// What is done with the selected lines: its key, what is selected, messages.
    pub selection: FormState,
    /// What a line may be coded to.
    pub categories: Vec<Choice>,
    /// The own accounts that money is transferred to and from.
    pub own_accounts: Vec<Choice>,
    /// What between bank and books no line explains, in words, and where it may be helped.
    pub unexplained: Option<(String, Option<DoneLink>)>,
    /// Whether the person's role may code.
    pub may_code: bool,
    /// What was just done.
    pub done: Option<Done>,
    /// What was refused, for the summary on top.
    pub errors: Vec<FieldError>,
}

/// What was just done, told from where things stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// What it is, in a sentence.
    pub words: String,
    /// Where it is seen.
    pub link: Option<DoneLink>,
    /// The line and the form that takes it back; none where there is nothing to take back.
    pub undo: Option<(i64, FormState)>,
}

/// A link in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoneLink {
    /// What is read.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// A line of the bank's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLine {
    /// Its id.
    pub id: i64,
    /// The bank's day.
    pub posted_on: Date,
    /// Minor units, money in positive; none where the amount is in doubt.
    pub amount: Option<i64>,
    /// The amount and its currency as the bank gave them.
    pub amount_text: String,
    /// Who was paid or who paid.
    pub name: String,
    /// What the bank says about it.
    pub memo: String,
    /// The number of a check.
    pub check_number: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// What is in the row's form, where there is something to do.
    pub form: FormState,
}

/// Where a line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// To be reviewed, with what in the books it may be already.
    New(Vec<Candidate>),
    /// Not to be accepted as it is, and why.
    Doubtful(String),
    /// In the books.
    Accepted {
        /// Its document's id in addresses.
        document_id: i64,
        /// What that is, as `Expense`.
        kind: String,
        /// The accounts on its other side.
        accounts: String,
    },
    /// Left out on purpose.
    Excluded,
    /// Its import was undone.
    Withdrawn,
}

/// Something in the books that a line may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The posting.
    pub posting_id: i64,
    /// Its document's id in addresses.
    pub document_id: i64,
    /// What that is, as `Transfer`.
    pub kind: String,
    /// Its day.
    pub posted_on: Date,
    /// Why it may be the one.
    pub reason: String,
}

impl ReviewLine {
    /// The bank's words for it, which name the row.
    pub fn words(&self) -> &str {
        if self.name.is_empty() { &self.memo } else { &self.name }
    }

    /// The value of its check box: its id, and the posting that is suggested first. None where its import was undone.
    pub fn select_value(&self) -> Option<String> {
        match &self.standing {
            Standing::Withdrawn => None,
            Standing::New(candidates) => Some(match candidates.first() {
                Some(candidate) => format!("{}.{}", self.id, candidate.posting_id),
                None => self.id.to_string(),
            }),
            _ => Some(self.id.to_string()),
        }
    }
}

/// The name of a row's category field.
pub fn category_field(line_id: i64) -> String {
    format!("lines.{line_id}.category")
}

/// The `id` of a row, to which an answer returns.
pub fn row_id(line_id: i64) -> String {
    format!("line-{line_id}")
}

/// What was typed as a line's category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// An account to code it to.
    Account(i64),
    /// An own account: the money moved there or came from there.
    Transfer(i64),
}

/// Reads a row's category. `itself` is the account that the line is on, which can be neither.
///
/// # Errors
/// A message at the field.
pub fn read_category(
    typed: &str,
    field: &str,
    categories: &[Choice],
    own_accounts: &[Choice],
    itself: &Choice,
) -> Result<Category, FieldError> {
    if typed.trim().is_empty() {
        let message = "Choose a category, or one of your own accounts for a transfer.";
        return Err(FieldError::at(field, message));
    }
    let is_itself = || {
        FieldError::at(
            field,
            "This is the account itself: choose where the money went or came from.",
        )
    };
    if itself.is_called(typed.trim()) {
        return Err(is_itself());
    }
    let all: Vec<Choice> = categories.iter().chain(own_accounts).cloned().collect();
    let chosen = find_choice(&all, typed).map_err(|error| match error {
        ChoiceError::Unknown(_) if find_choice(std::slice::from_ref(itself), typed).is_ok() => is_itself(),
        error => FieldError::at(field, error.message("an account")),
    })?;
    if own_accounts.iter().any(|own| own.id == chosen.id) {
        Ok(Category::Transfer(chosen.id))
    } else {
        Ok(Category::Account(chosen.id))
    }
}

/// What a title says under it: both balances, and what lies between them.
pub fn balance_line(account: &BankAccountView) -> String {
    let amount = |minor| money(minor, account.currency);
    let books = amount(account.book_balance);
    let waiting = super::counted(account.lines.new + account.lines.doubtful, "line", "lines");
    match account.stated {
        Some((stated, on)) => {
            let between = match account.lines.new + account.lines.doubtful {
                0 if account.unexplained().is_none() => " · they agree".to_owned(),
                0 => String::new(),
                _ => format!(" · {waiting} between them"),
            };
            format!(
                "Bank balance {} on {} · books {books}{between}",
                amount(stated),
                ledger::dates::format_date(on)
            )
        }
        None => format!("The bank has not stated a balance · books {books} · {waiting} to review"),
    }
}

/// What is said of a difference between bank and books that no line explains, and the page of the opening balances where an opening
/// entry may be what is missing.
pub fn unexplained_words(account: &BankAccountView, opening: Option<String>) -> Option<(String, Option<DoneLink>)> {
    let amount = money(account.unexplained()?.saturating_abs(), account.currency);
    let left_out = match account.lines.excluded {
        0 => String::new(),
        lines => format!(
            " What was excluded is part of it: {}.",
            super::counted(lines, "line", "lines")
        ),
    };
    let waits = account.lines.new > 0;
    let begin = match waits {
        true => format!(
            "If each of these lines became a new entry, {amount} would still lie between the bank and the books"
        ),
        false => format!("{amount} between the bank and the books is explained by no line that waits here"),
    };
    let late = "entries that the bank does not have yet, such as a check on its way, or a statement that is missing.";
    Some(match opening {
        Some(href) => (
            format!(
                "{begin}.{left_out} Is it what the account held before the first statement? There is no opening entry yet."
            ),
            Some(DoneLink {
                text: "Opening balances".to_owned(),
                href,
            }),
        ),
        // What a line matches is in the books already: such lines explain nothing, and would be counted twice.
        None if waits => (
            format!(
                "{begin}.{left_out} First match the lines that are in the books already; what then remains is {late}"
            ),
            None,
        ),
        None => (format!("{begin}: {late}{left_out}"), None),
    })
}

/// An amount in a sentence, with its currency: `$1,234.50`, `1,234.50 EUR`.
pub fn money(minor: i64, currency: Currency) -> String {
    let text = ledger::money::format_amount(minor.saturating_abs(), currency);
    let sign = if minor < 0 { "-" } else { "" };
    match currency.code() {
        "USD" => format!("{sign}${text}"),
        code => format!("{sign}{text} {code}"),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn choice(id: i64, number: &str, name: &str) -> Choice {
        Choice {
            id,
            number: Some(number.to_owned()),
            name: name.to_owned(),
        }
    }

    fn read(typed: &str) -> Result<Category, FieldError> {
        let categories = [choice(1, "6100", "Rent"), choice(2, "6200", "Savings Plan")];
        read_category(
            typed,
            "lines.7.category",
            &categories,
            &[choice(9, "1050", "Business Savings")],
            &choice(8, "1000", "Shop Checking"),
        )
    }

    fn account(stated: i64, books: i64, waiting: (i64, i64), doubtful: i64) -> BankAccountView {
        BankAccountView {
            id: 1,
            account: "1000 Business Checking".to_owned(),
            is_card: false,
            currency: Currency::USD,
            mask: None,
            stated: Some((stated, date!(2026 - 10 - 31))),
            book_balance: books,
            waiting_amount: waiting.1,
            lines: crate::view::banking::LineCounts {
                new: waiting.0,
                doubtful,
                ..crate::view::banking::LineCounts::default()
            },
        }
    }

    #[test]
    fn what_no_line_explains_is_said_with_the_way_to_the_opening_balances_where_they_are_missing() {
        let opening = || Some("/c/juniper/accounting/opening".to_owned());
        let without_opening = account(512_000, 12_000, (0, 0), 0);
        let (words, link) = unexplained_words(&without_opening, opening()).expect("5,000.00 is unexplained");
        assert!(words.starts_with("$5,000.00 between the bank and the books is explained by no line that waits here."));
        assert_eq!(link.map(|link| link.href), opening());
        assert!(!balance_line(&without_opening).contains("between them"));
        let mut left_out = without_opening.clone();
        left_out.lines.excluded = 2;
        let (words, _) = unexplained_words(&left_out, opening()).expect("5,000.00 is unexplained");
        assert!(
            words.contains("What was excluded is part of it: 2 lines. Is it what"),
            "{words}"
        );
        let (words, link) = unexplained_words(&account(100, 250, (2, -50), 0), None).expect("1.00 is unexplained");
        assert!(words.starts_with(
            "If each of these lines became a new entry, $1.00 would still lie between the bank and the books."
        ));
        assert!(words.contains("First match the lines that are in the books already"));
        assert_eq!(link, None);
        // Two lines that explain it, nothing between them, and a line whose amount nobody knows.
        assert_eq!(unexplained_words(&account(100, 150, (2, -50), 0), opening()), None);
        let even = account(100, 100, (0, 0), 0);
        assert_eq!(unexplained_words(&even, opening()), None);
        assert!(balance_line(&even).ends_with("they agree"));
        assert_eq!(unexplained_words(&account(100, 300, (0, 0), 1), opening()), None);
    }

    #[test]
    fn an_own_account_as_category_means_a_transfer() {
        assert_eq!(read("6100"), Ok(Category::Account(1)));
        assert_eq!(read("business"), Ok(Category::Transfer(9)));
    }

    #[test]
    fn a_category_that_is_missing_or_unknown_is_refused_at_its_row() {
        for typed in ["", "Payroll"] {
            assert_eq!(read(typed).expect_err("no account").field, "lines.7.category");
        }
    }

    #[test]
    fn the_account_that_the_line_is_on_is_refused_as_what_it_is() {
        for typed in ["1000", "shop", "Checking"] {
            assert_eq!(
                read(typed).expect_err("it is the account itself").message,
                "This is the account itself: choose where the money went or came from."
            );
        }
    }

    #[test]
    fn the_address_of_the_list_of_a_state_leads_back_to_it() {
        assert_eq!(
            Tab::Excluded.address("juniper", 3),
            "/c/juniper/banking/3?state=excluded"
        );
        assert_eq!(Tab::parse("excluded"), Tab::Excluded);
        assert_eq!(Tab::parse("junk"), Tab::New);
    }

    #[test]
    fn a_selected_line_is_taken_with_what_was_suggested_first() {
        let candidate = |posting_id| Candidate {
            posting_id,
            document_id: 1,
            kind: "Expense".to_owned(),
            posted_on: date!(2026 - 11 - 20),
            reason: String::new(),
        };
        let line = |standing| ReviewLine {
            id: 17,
            posted_on: date!(2026 - 11 - 20),
            amount: Some(-100),
            amount_text: "-1.00 USD".to_owned(),
            name: "Rent".to_owned(),
            memo: String::new(),
            check_number: None,
            standing,
            form: FormState::new("k"),
        };
        let value = |standing| line(standing).select_value();
        assert_eq!(
            value(Standing::New(vec![candidate(5), candidate(6)])).as_deref(),
            Some("17.5")
        );
        assert_eq!(value(Standing::New(Vec::new())).as_deref(), Some("17"));
        assert_eq!(value(Standing::Excluded).as_deref(), Some("17"));
        assert_eq!(value(Standing::Withdrawn), None);
    }

    #[test]
    fn money_in_a_sentence_says_its_currency_once() {
        let euro = Currency::parse("EUR").expect("a currency");
        assert_eq!(money(-123_450, Currency::USD), "-$1,234.50");
        assert_eq!(money(123_450, euro), "1,234.50 EUR");
    }
}
