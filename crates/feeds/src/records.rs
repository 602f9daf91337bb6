//! Elements with their fields, from tokens that may lack half of their closing tags.
//!
//! In SGML a field need not be closed and an aggregate must be; banks mix both, close neither or
//! both, and leave empty fields open. An element with text is a field. One without text is an
//! aggregate unless its name says otherwise. A closing tag closes everything opened since its
//! opening tag. An unknown element that only ends because its parent does cannot have been an
//! aggregate: it was an empty field, and what seemed to be inside belongs to its parent.

use std::collections::VecDeque;
use std::io::Read;

use crate::aggregate::{Aggregate, Field};
use crate::error::{Fault, StatementError};
use crate::limits::NESTING_MAX;
use crate::statement::Format;
use crate::tokenizer::{Tag, Token, Tokenizer};

const ROOT: &str = "OFX";

/// Aggregates that hold one account's transactions.
pub(crate) const STATEMENTS: [&str; 3] = ["STMTRS", "CCSTMTRS", "INVSTMTRS"];

/// Aggregates that are given out whole when they end, besides [`STATEMENTS`].
const RECORDS: [&str; 4] = ["STMTTRN", "ACCTINFO", "STATUS", "SONRS"];

/// Aggregates that are kept as parts of the aggregate around them.
const PARTS: [&str; 10] = [
    "BANKACCTFROM",
    "CCACCTFROM",
    "INVACCTFROM",
    "BANKACCTINFO",
    "CCACCTINFO",
    "INVACCTINFO",
    "PAYEE",
    "CURRENCY",
    "ORIGCURRENCY",
    "LEDGERBAL",
];

/// Fields that are kept.
const FIELDS: [&str; 22] = [
    "ACCTID",
    "ACCTTYPE",
    "BALAMT",
    "BANKID",
    "BROKERID",
    "CHECKNUM",
    "CODE",
    "CORRECTFITID",
    "CURDEF",
    "CURSYM",
    "DESC",
    "DTASOF",
    "DTPOSTED",
    "FITID",
    "INTU.BID",
    "MEMO",
    "MESSAGE",
    "NAME",
    "REFNUM",
    "SEVERITY",
    "TRNAMT",
    "TRNTYPE",
];

/// A whole aggregate, as it ended.
#[derive(Debug)]
pub(crate) struct Record {
    pub(crate) aggregate: Aggregate,
    /// Whether it stands inside one of [`STATEMENTS`].
    pub(crate) in_statement: bool,
}

/// The records of a file, one by one. Holds the aggregates that are open, each with few and short
/// values.
pub(crate) struct Records<R> {
    tokens: Tokenizer<R>,
    open: Vec<Aggregate>,
    /// An opening tag of which the next token will tell whether it is a field or an aggregate.
    undecided: Option<Tag>,
    ended: VecDeque<Record>,
    root_seen: bool,
    format: Format,
}

impl<R: Read> Records<R> {
    pub(crate) fn open(reader: R) -> Result<Self, StatementError> {
        Ok(Self {
            tokens: Tokenizer::open(reader)?,
            open: Vec::new(),
            undecided: None,
            ended: VecDeque::new(),
            root_seen: false,
            format: Format::Ofx1,
        })
    }

    /// The version that the header showed.
    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// The next record, or nothing at the end of a complete file.
    pub(crate) fn next_record(&mut self) -> Result<Option<Record>, StatementError> {
        loop {
            if let Some(record) = self.ended.pop_front() {
                return Ok(Some(record));
            }
            match self.tokens.next_token() {
                Ok(Some(token)) => self.take(token)?,
                Ok(None) => return self.end_of_file().map(|()| None),
                // Whatever came before a root that never came was not a header.
                Err(StatementError::Problems(_)) if !self.root_seen => {
                    return Err(StatementError::NotOfx);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn end_of_file(&mut self) -> Result<(), StatementError> {
        self.decide_as_empty()?;
        if !self.root_seen {
            return Err(StatementError::NotOfx);
        }
        if !self.open.is_empty() {
            return Err(Fault::CutOff.at(self.tokens.line()).into());
        }
        Ok(())
    }

    fn take(&mut self, token: Token) -> Result<(), StatementError> {
        match token {
            Token::Declaration(name) => {
                if !self.root_seen && (name == "OFX" || name == "XML") {
                    self.format = Format::Ofx2;
                }
            }
            Token::Text(text) => {
                if let Some(tag) = self.undecided.take() {
                    self.decide_with_text(tag, text)?;
                }
            }
            Token::Open(tag) => {
                self.decide_as_empty()?;
                self.undecided = Some(tag);
            }
            Token::Close(tag) => {
                let closes_undecided = self
                    .undecided
                    .as_ref()
                    .is_some_and(|undecided| undecided.name == tag.name);
                if closes_undecided && !is_aggregate(&tag.name) {
                    if let Some(tag) = self.undecided.take() {
                        self.keep_field(tag, String::new())?;
                    }
                } else {
                    self.decide_as_empty()?;
                    self.close(&tag.name);
                }
            }
        }
        Ok(())
    }

    /// Text follows the tag: a field, a part that a bank wrote as one, or stray text in an
    /// aggregate.
    fn decide_with_text(&mut self, tag: Tag, text: String) -> Result<(), StatementError> {
        if PARTS.contains(&tag.name.as_str()) {
            if let Some(parent) = self.open.last_mut() {
                parent.keep_part(Aggregate::new(tag, text));
            }
            Ok(())
        } else if is_aggregate(&tag.name) {
            self.start(tag)
        } else {
            self.keep_field(tag, text)
        }
    }

    /// Another tag, or the end, follows the tag: an empty field, or an aggregate that starts.
    fn decide_as_empty(&mut self) -> Result<(), StatementError> {
        match self.undecided.take() {
            Some(tag) if FIELDS.contains(&tag.name.as_str()) => self.keep_field(tag, String::new()),
            Some(tag) => self.start(tag),
            None => Ok(()),
        }
    }

    fn keep_field(&mut self, tag: Tag, value: String) -> Result<(), StatementError> {
        if !self.root_seen {
            return Err(StatementError::NotOfx);
        }
        let known = FIELDS.iter().find(|name| **name == tag.name);
        if let (Some(name), Some(parent)) = (known, self.open.last_mut()) {
            parent.keep_field(Field {
                name,
                value,
                line: tag.line,
            });
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag) -> Result<(), StatementError> {
        if self.open.is_empty() {
            if tag.name == ROOT {
                self.root_seen = true;
            } else if self.root_seen {
                // Behind the end of the root nothing belongs to the file.
                return Ok(());
            } else {
                return Err(StatementError::NotOfx);
            }
        }
        if tag.name != ROOT && is_aggregate(&tag.name) {
            // None of these can stand in itself, so its closing tag is missing.
            self.close(&tag.name);
        }
        if self.open.len() >= NESTING_MAX {
            return Err(Fault::NestedTooDeep.at(tag.line).into());
        }
        self.open.push(Aggregate::new(tag, String::new()));
        Ok(())
    }

    /// Ends the innermost aggregate of that name and all inside it; a closing tag of nothing open
    /// is passed over.
    fn close(&mut self, name: &str) {
        let Some(position) = self.open.iter().rposition(|open| open.name == name) else {
            return;
        };
        while self.open.len() > position + 1 {
            self.end_innermost(false);
        }
        self.end_innermost(true);
    }

    fn end_innermost(&mut self, has_closing_tag: bool) {
        let Some(ended) = self.open.pop() else { return };
        let name = ended.name.as_str();
        if is_record(name) {
            let in_statement = self
                .open
                .iter()
                .any(|around| STATEMENTS.contains(&around.name.as_str()));
            self.ended.push_back(Record {
                aggregate: ended,
                in_statement,
            });
            return;
        }
        let Some(parent) = self.open.last_mut() else {
            return;
        };
        if PARTS.contains(&name) {
            parent.keep_part(ended);
        } else if !has_closing_tag {
            ended.fields.into_iter().for_each(|field| parent.keep_field(field));
            ended.parts.into_iter().for_each(|part| parent.keep_part(part));
        }
    }
}

fn is_record(name: &str) -> bool {
    RECORDS.contains(&name) || STATEMENTS.contains(&name)
}

/// Whether an element of this name never is a field.
fn is_aggregate(name: &str) -> bool {
    name == ROOT || is_record(name) || PARTS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transactions(body: &str) -> Result<Vec<Aggregate>, StatementError> {
        let file = format!("<OFX><STMTRS>{body}</STMTRS></OFX>");
        let mut records = Records::open(file.as_bytes())?;
        let mut transactions = Vec::new();
        while let Some(record) = records.next_record()? {
            if record.aggregate.name == "STMTTRN" {
                assert!(record.in_statement);
                transactions.push(record.aggregate);
            }
        }
        Ok(transactions)
    }

    #[test]
    fn an_unknown_aggregate_hides_its_fields_and_an_unclosed_unknown_field_does_not() -> Result<(), StatementError> {
        let read = transactions("<STMTTRN><EXTRA><NAME>hidden</EXTRA><VALUEDATE><TRNAMT>5<NAME>shown</STMTTRN>")?;
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].value("NAME"), "shown");
        assert_eq!(read[0].value("TRNAMT"), "5");
        Ok(())
    }

    #[test]
    fn a_transaction_that_opens_in_another_ends_the_other() -> Result<(), StatementError> {
        let read = transactions("<STMTTRN><TRNAMT>1<STMTTRN><TRNAMT>2</BANKTRANLIST>")?;
        assert_eq!(
            read.iter().map(|one| one.value("TRNAMT")).collect::<Vec<_>>(),
            ["1", "2"]
        );
        Ok(())
    }

    #[test]
    fn an_empty_field_is_known_in_every_way_of_writing_it() -> Result<(), StatementError> {
        for empty in [
            "<FITID>",
            "<FITID></FITID>",
            "<FITID/>",
            "<FITID> </FITID>",
            "<FITID><![CDATA[]]></FITID>",
        ] {
            let read = transactions(&format!("<STMTTRN>{empty}<NAME>x</NAME></STMTTRN>"))?;
            assert_eq!(read[0].value("FITID"), "", "{empty}");
            assert_eq!(read[0].value("NAME"), "x", "{empty}");
        }
        Ok(())
    }

    #[test]
    fn a_part_written_as_a_plain_value_is_kept() -> Result<(), StatementError> {
        let read = transactions("<STMTTRN><PAYEE>Ann<CURRENCY>EUR</CURRENCY><MEMO>x</STMTTRN>")?;
        assert_eq!(
            read[0].part("PAYEE").map(|payee| payee.value_or_text("NAME")),
            Some("Ann")
        );
        assert_eq!(
            read[0]
                .part("CURRENCY")
                .map(|currency| currency.value_or_text("CURSYM")),
            Some("EUR")
        );
        assert_eq!(read[0].value("MEMO"), "x");
        Ok(())
    }

    #[test]
    fn what_is_repeated_without_end_is_not_kept_without_end() -> Result<(), StatementError> {
        let numbered: String = (0..10_000).map(|number| format!("<NAME>{number}")).collect();
        let parts = "<PAYEE>Ann</PAYEE>".repeat(10_000);
        let read = transactions(&format!("<STMTTRN>{numbered}{parts}</STMTTRN>"))?;
        assert_eq!((read[0].fields.len(), read[0].parts.len()), (3, 3));
        Ok(())
    }
}
