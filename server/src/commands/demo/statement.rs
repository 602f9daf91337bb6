//! The bank's files: a month of all three accounts as OFX, as the bank's website would give it.

use std::fmt::Write;

use ledger::money::{Currency, format_plain};
use time::Date;

use super::opening::{CARD_OWED, CHECKING_BEGINS, SAVINGS_BEGINS};
use super::story::{Bank, BankLine, Story};

/// The file of a month: its lines, and what each account holds at its end by the bank's account. None where the month has no line.
pub fn of_month(story: &Story, first: Date, last: Date) -> Option<String> {
    let is_of_month = |line: &&BankLine| (first..=last).contains(&line.on);
    story.lines.iter().find(is_of_month)?;
    let [mut banks, mut cards] = [String::new(), String::new()];
    for bank in Bank::ALL {
        let lines: Vec<&BankLine> = story
            .lines
            .iter()
            .filter(|line| line.bank == bank)
            .filter(is_of_month)
            .collect();
        let text = of_account(bank, &lines, first, last, balance(story, bank, last));
        if bank == Bank::Card { &mut cards } else { &mut banks }.push_str(&text);
    }
    Some(format!(
        "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\n\
         OLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX>\n<BANKMSGSRSV1>\n{banks}</BANKMSGSRSV1>\n<CREDITCARDMSGSRSV1>\n{cards}\
         </CREDITCARDMSGSRSV1>\n</OFX>\n"
    ))
}

/// What the bank says an account holds at the end of a day; what is owed on the card is negative.
fn balance(story: &Story, bank: Bank, day: Date) -> i64 {
    let begins = match bank {
        Bank::Checking => CHECKING_BEGINS,
        Bank::Savings => SAVINGS_BEGINS,
        Bank::Card => -CARD_OWED,
    };
    let lines = story.lines.iter().filter(|line| line.bank == bank && line.on <= day);
    begins + lines.map(|line| line.amount).sum::<i64>()
}

fn of_account(bank: Bank, lines: &[&BankLine], first: Date, last: Date, balance: i64) -> String {
    let number = bank.number();
    let (response, statement, of) = match bank {
        Bank::Card => (
            "CCSTMTTRNRS",
            "CCSTMTRS",
            format!("<CCACCTFROM><ACCTID>{number}</CCACCTFROM>"),
        ),
        Bank::Checking | Bank::Savings => {
            let kind = if bank == Bank::Checking { "CHECKING" } else { "SAVINGS" };
            let of = format!("<BANKACCTFROM><BANKID>125000105<ACCTID>{number}<ACCTTYPE>{kind}</BANKACCTFROM>");
            ("STMTTRNRS", "STMTRS", of)
        }
    };
    let mut text = format!(
        "<{response}><{statement}><CURDEF>USD\n{of}\n<BANKTRANLIST><DTSTART>{}<DTEND>{}\n",
        compact(first),
        compact(last)
    );
    for (n, line) in lines.iter().enumerate() {
        transaction(&mut text, line, n);
    }
    let amount = format_plain(balance, Currency::USD);
    let as_of = compact(last);
    text + &format!(
        "</BANKTRANLIST>\n<LEDGERBAL><BALAMT>{amount}<DTASOF>{as_of}</LEDGERBAL></{statement}></{response}>\n"
    )
}

fn transaction(text: &mut String, line: &BankLine, n: usize) {
    let kind = match (line.check, line.amount) {
        (Some(_), _) => "CHECK",
        (None, ..0) => "DEBIT",
        _ => "CREDIT",
    };
    let (day, amount) = (compact(line.on), format_plain(line.amount, Currency::USD));
    let check = line
        .check
        .map(|number| format!("<CHECKNUM>{number}"))
        .unwrap_or_default();
    let memo = if line.memo.is_empty() {
        String::new()
    } else {
        format!("<MEMO>{}", line.memo.replace('&', "&amp;"))
    };
    let name = line.name.replace('&', "&amp;");
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "<STMTTRN><TRNTYPE>{kind}<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{day}{n:03}{check}<NAME>{name}{memo}</STMTTRN>"
    );
}

fn compact(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), u8::from(day.month()), day.day())
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn our_own_reader_finds_every_line_of_a_month_in_its_file() {
        let story = Story::until(date!(2026 - 11 - 22));
        let (first, last) = (date!(2026 - 03 - 01), date!(2026 - 03 - 31));
        let file = of_month(&story, first, last).expect("the month has lines");
        let read = feeds::read_statement(file.as_bytes()).expect("the file is sound");
        let lines: usize = read.accounts.iter().map(|account| account.lines.len()).sum();
        let told = story
            .lines
            .iter()
            .filter(|line| (first..=last).contains(&line.on))
            .count();
        assert_eq!((read.accounts.len(), lines), (3, told));
        assert!(
            read.accounts
                .iter()
                .flat_map(|account| &account.lines)
                .all(|line| line.amount.is_some())
        );
    }
}
