//! Bank and card accounts: the list of them, their statement imports, and what is asked before either changes.

pub mod import;
pub mod review;
pub mod split;

use ledger::money::Currency;
use time::Date;

use crate::components::SelectOption;
use crate::forms::FormState;

/// The page of all bank and card accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankingView {
    /// The company's name in addresses.
    pub slug: String,
    /// The connected accounts, in the order of the chart.
    pub accounts: Vec<BankAccountView>,
    /// The imports, newest first.
    pub imports: Vec<ImportRow>,
    /// What was just done, when something was.
    pub done: Option<String>,
    /// Whether the person's role may import, code and undo.
    pub may_import: bool,
    /// Whether it may connect accounts.
    pub may_connect: bool,
    /// Whether it may see numbers in clear.
    pub may_reveal: bool,
}

/// A connected account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAccountView {
    /// Its id in addresses.
    pub id: i64,
    /// The account's number and name in the chart.
    pub account: String,
    /// Whether it is a card, which owes.
    pub is_card: bool,
    /// What its amounts are in.
    pub currency: Currency,
    /// The last characters of the bank's number, where it is known.
    pub mask: Option<String>,
    /// What the newest statement said, and for which day.
    pub stated: Option<(i64, Date)>,
    /// The books' balance, minor units, debit positive.
    pub book_balance: i64,
    /// What its lines to be reviewed add up to, minor units.
    pub waiting_amount: i64,
    /// Its lines by state.
    pub lines: LineCounts,
}

impl BankAccountView {
    /// What a title says: `1010 Business Checking ••4410`.
    pub fn title(&self) -> String {
        match &self.mask {
            Some(mask) => format!("{} ••{mask}", self.account),
            None => self.account.clone(),
        }
    }

    /// What of the difference between the bank's balance and the books the lines to be reviewed do not explain; none where they explain
    /// all of it, where the bank stated no balance, and where the amount of a line is in doubt.
    pub fn unexplained(&self) -> Option<i64> {
        let (stated, _) = self.stated.filter(|_| self.lines.doubtful == 0)?;
        let difference = stated
            .checked_sub(self.book_balance)?
            .checked_sub(self.waiting_amount)?;
        (difference != 0).then_some(difference)
    }
}

/// How many lines of an account stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineCounts {
    /// To be reviewed.
    pub new: i64,
    /// Read, but not to be accepted as they are.
    pub doubtful: i64,
    /// In the books.
    pub accepted: i64,
    /// Left out on purpose.
    pub excluded: i64,
}

/// An import in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its id in addresses.
    pub id: i64,
    /// What the file was called.
    pub file_name: String,
    /// The accounts whose lines it brought.
    pub accounts: String,
    /// The company's day on which it was imported.
    pub on: Date,
    /// By whom.
    pub by: String,
    /// Lines it brought to be reviewed, that were there, and in doubt.
    pub counts: [i32; 3],
    /// Whether it was undone.
    pub undone: bool,
}

/// The form that connects an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectView {
    /// The company's name in addresses.
    pub slug: String,
    /// The bank and card accounts of the chart that are not connected yet; the ones that are may get another number.
    pub accounts: Vec<SelectOption>,
    /// What is in the form.
    pub form: FormState,
}

/// The page that shows an account's number once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberView {
    /// The company's name in addresses.
    pub slug: String,
    /// The account.
    pub account: BankAccountView,
    /// The number in clear; only in the answer to the form.
    pub number: Option<String>,
    /// What is in the form.
    pub form: FormState,
}

/// What undoing an import would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoImportView {
    /// The company's name in addresses.
    pub slug: String,
    /// What the file was called.
    pub file_name: String,
    /// Whether it was undone already.
    pub undone: bool,
    /// How many lines would leave the review list.
    pub line_count: usize,
    /// How many documents would be voided.
    pub document_count: usize,
    /// The first of them.
    pub documents: Vec<DocumentToVoid>,
    /// How many documents would stay without their match.
    pub unmatched_count: usize,
    /// What of other documents becomes open again, in a sentence.
    pub releases: Option<String>,
    /// Why it would be refused; then there is nothing to press.
    pub refusals: Vec<String>,
    /// What is in the form.
    pub form: FormState,
}

/// A document that undoing an import would void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentToVoid {
    /// Its id in addresses.
    pub id: i64,
    /// What it is, as `Expense`.
    pub kind: String,
    /// The bank's day.
    pub posted_on: Date,
    /// The bank's words.
    pub name: String,
    /// The amount as the bank gave it.
    pub amount_text: String,
}

/// The address of the list of accounts.
pub fn banking_path(slug: &str) -> String {
    format!("/c/{slug}/banking")
}

/// An amount as the bank gave it, its thousands separated: `-2418.60` is `-2,418.60`. What is no plain decimal stays as it is.
pub fn grouped(amount_text: &str) -> String {
    let (whole, decimals) = amount_text.split_once('.').unwrap_or((amount_text, ""));
    let (sign, digits) = match whole.strip_prefix(['-', '+']) {
        Some(digits) => whole.split_at(whole.len() - digits.len()),
        None => ("", whole),
    };
    let is_plain = !digits.is_empty()
        && [digits, decimals]
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    if !is_plain {
        return amount_text.to_owned();
    }
    let mut text = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(&amount_text[whole.len()..]);
    text
}

/// A count with its thousands separated: `48,211`.
pub fn grouped_count(count: i64) -> String {
    grouped(&count.to_string())
}

/// `1 line`, `38 lines`.
pub fn counted(count: i64, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_of_the_banks_gets_its_thousands_separated_and_keeps_the_rest() {
        for (given, shown) in [
            ("-2418.60", "-2,418.60"),
            ("999", "999"),
            ("1234567.", "1,234,567."),
            ("2,418.60", "2,418.60"),
            ("12e6", "12e6"),
            ("", ""),
        ] {
            assert_eq!(grouped(given), shown);
        }
    }
}
