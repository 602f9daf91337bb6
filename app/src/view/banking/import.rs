//! Importing a statement: the upload, and what a staged file would bring.

use ledger::dates::format_date;
use time::Date;

use crate::components::SelectOption;
use crate::forms::FormState;

/// The field with the file.
pub const FILE: &str = "file";

/// The actions of a preview.
pub mod action {
    /// Compares the file again with the accounts chosen.
    pub const COMPARE: &str = "compare";
    /// Imports it.
    pub const IMPORT: &str = "import";
}

/// The upload form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadView {
    /// The company's name in addresses.
    pub slug: String,
    /// What is in the form; a file is never sent back.
    pub form: FormState,
}

/// What a staged file would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the file is called.
    pub file_name: String,
    /// Its accounts, in the order of the file.
    pub accounts: Vec<FileAccountView>,
    /// Lines that would be new, that are there already, and in doubt.
    pub counts: [usize; 3],
    /// Errors that the bank reported in the file, each with its line.
    pub bank_errors: Vec<(u64, String)>,
    /// Whether it is said of each account which one of the books it is: before that nobody can tell what is new.
    pub complete: bool,
    /// The first day of the books, where one is set.
    pub books_begin_on: Option<Date>,
    /// The bank and card accounts of the books.
    pub own_accounts: Vec<SelectOption>,
    /// What is in the form.
    pub form: FormState,
}

impl PreviewView {
    /// How many lines the file has.
    pub fn line_count(&self) -> usize {
        self.accounts.iter().map(|account| account.line_count).sum()
    }

    /// The notice that lines are dated before the books begin, where some are known to be.
    pub fn early_lines(&self) -> Option<String> {
        let begin = self.books_begin_on?;
        let early = self.accounts.iter().map(|account| account.before(begin)).sum();
        let lines = match early {
            0 => return None,
            1 => "1 line is".to_owned(),
            lines => format!("{lines} lines are"),
        };
        let belongs = if early == 1 { "it belongs" } else { "they belong" };
        let them = if early == 1 { "it" } else { "them" };
        Some(format!(
            "{lines} dated before these books begin on {}: {belongs} to the opening balances. Exclude {them} after the import.",
            format_date(begin)
        ))
    }
}

/// One account of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileAccountView {
    /// What the bank calls it: kind, its own words, and the end of its number.
    pub title: String,
    /// The account of the books, where it is known or chosen.
    pub account: Option<String>,
    /// The end of the number that this account had in earlier files, where it is another.
    pub other_number: Option<String>,
    /// How many lines the statement has.
    pub line_count: usize,
    /// The newest of them.
    pub lines: Vec<FileLineView>,
}

impl FileAccountView {
    /// How many lines are dated before a day and were not there already. Those that are not shown are older than those that
    /// are, so they count where the oldest one shown does.
    fn before(&self, day: Date) -> usize {
        let is_early = |line: &&FileLineView| line.posted_on < day;
        let shown = self.lines.iter().filter(is_early).filter(|line| !line.known).count();
        let hidden = self.line_count.saturating_sub(self.lines.len());
        match self.lines.last().filter(is_early) {
            Some(_) => shown + hidden,
            None => shown,
        }
    }
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLineView {
    /// The bank's day.
    pub posted_on: Date,
    /// Who was paid or who paid.
    pub name: String,
    /// What the bank says about it.
    pub memo: String,
    /// The amount; as the bank gave it where the line is in doubt.
    pub amount_text: String,
    /// Whether an earlier file brought it.
    pub known: bool,
    /// Why it cannot be accepted as it is.
    pub doubt: Option<String>,
}

/// The name of the field that says which account of the books the N-th of the file is.
pub fn account_field(n: usize) -> String {
    format!("accounts.{n}")
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn line(posted_on: Date, known: bool) -> FileLineView {
        FileLineView {
            posted_on,
            name: String::new(),
            memo: String::new(),
            amount_text: String::new(),
            known,
            doubt: None,
        }
    }

    fn preview(lines: Vec<FileLineView>, line_count: usize, books_begin_on: Option<Date>) -> PreviewView {
        PreviewView {
            slug: "juniper".to_owned(),
            file_name: "november.qfx".to_owned(),
            accounts: vec![FileAccountView {
                title: "Checking".to_owned(),
                account: None,
                other_number: None,
                line_count,
                lines,
            }],
            counts: [0; 3],
            bank_errors: vec![],
            complete: true,
            books_begin_on,
            own_accounts: vec![],
            form: FormState::new("k"),
        }
    }

    #[test]
    fn lines_from_before_the_books_are_said_to_belong_to_the_opening_balances() {
        let begin = Some(date!(2026 - 01 - 01));
        let lines = || vec![line(date!(2026 - 01 - 02), false), line(date!(2025 - 12 - 31), false)];
        assert_eq!(
            preview(lines(), 2, begin).early_lines().as_deref(),
            Some(
                "1 line is dated before these books begin on Jan 1, 2026: it belongs to the opening balances. Exclude it after \
                the import."
            )
        );
        let more = preview(lines(), 12, begin).early_lines();
        assert!(more.is_some_and(|words| words.starts_with("11 lines are dated before")));
    }

    #[test]
    fn nothing_is_said_of_lines_that_are_there_or_of_books_without_a_beginning() {
        let begin = Some(date!(2026 - 01 - 01));
        let known = || vec![line(date!(2025 - 12 - 31), true)];
        assert_eq!(preview(known(), 1, begin).early_lines(), None);
        assert_eq!(
            preview(vec![line(date!(2025 - 12 - 31), false)], 1, None).early_lines(),
            None
        );
    }
}
