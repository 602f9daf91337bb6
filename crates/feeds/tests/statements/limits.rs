//! Every limit: what just fits is read, one more is refused.

use std::io::{self, Read};

use feeds::{
    FIELD_BYTES_MAX, IDENTIFIER_BYTES_MAX, NESTING_MAX, PROBLEMS_MAX, STATEMENT_ACCOUNTS_MAX, STATEMENT_BYTES_MAX,
    STATEMENT_LINES_MAX, StatementError, read_statement,
};

use crate::written::{TRANSACTION, checking, in_root, line, read, refusal, statement, transaction};

/// Counts the bytes that are taken from a reader.
struct Counted<R> {
    reader: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes += count as u64;
        Ok(count)
    }
}

#[test]
fn a_file_may_have_20_mb() {
    let body = checking(TRANSACTION);
    let blanks = STATEMENT_BYTES_MAX - body.len() as u64;
    let just_fits = body.as_bytes().chain(io::repeat(b'\n').take(blanks));
    assert!(read_statement(just_fits).is_ok());
    let one_more = body.as_bytes().chain(io::repeat(b'\n').take(blanks + 1));
    assert!(matches!(read_statement(one_more), Err(StatementError::TooLarge)));
}

#[test]
fn an_endless_file_is_left_at_the_limit() {
    let mut endless = Counted {
        reader: b"<OFX>".chain(io::repeat(b' ')),
        bytes: 0,
    };
    let error = read_statement(&mut endless).expect_err("the file is too large");
    assert_eq!(
        error.to_string(),
        "the file is larger than 20 MB: download a shorter period"
    );
    assert!(endless.bytes <= STATEMENT_BYTES_MAX + 64 * 1024);
}

#[test]
fn an_endless_file_that_is_no_statement_is_left_at_its_head() {
    let mut endless = Counted {
        reader: io::repeat(b'x'),
        bytes: 0,
    };
    assert!(matches!(read_statement(&mut endless), Err(StatementError::NotOfx)));
    assert!(endless.bytes <= 64 * 1024);
}

#[test]
fn a_file_may_have_100_000_transactions_over_all_its_accounts() {
    let short = "<STMTTRN><DTPOSTED>20260131<TRNAMT>1</STMTTRN>";
    let many = short.repeat(STATEMENT_LINES_MAX - 1);
    let file = |rest: &str| in_root(&format!("{}{}", statement("1", &many), statement("2", rest)));
    let read = read(&file(short)).expect("the file fits");
    assert_eq!(
        read.accounts.iter().map(|account| account.lines.len()).sum::<usize>(),
        STATEMENT_LINES_MAX
    );
    let error = refusal(&file(&short.repeat(2)));
    assert_eq!(
        error.to_string(),
        "the file has more than 100,000 transactions: download a shorter period"
    );
}

#[test]
fn a_file_may_have_1_000_accounts() {
    let file = |count: usize| {
        in_root(
            &(0..count)
                .map(|number| statement(&number.to_string(), ""))
                .collect::<String>(),
        )
    };
    assert!(read(&file(STATEMENT_ACCOUNTS_MAX)).is_ok());
    let error = refusal(&file(STATEMENT_ACCOUNTS_MAX + 1));
    assert_eq!(
        error.to_string(),
        "the file has more than 1,000 accounts: download fewer at once"
    );
}

#[test]
fn a_value_may_have_4_096_bytes() {
    let file = |bytes: usize| checking(&TRANSACTION.replace("Two cups", &"x".repeat(bytes)));
    assert_eq!(line(file(FIELD_BYTES_MAX)).memo.len(), FIELD_BYTES_MAX);
    assert_eq!(
        refusal(&file(FIELD_BYTES_MAX + 1)).to_string(),
        "line 1: a value is longer than 4096 bytes"
    );
}

#[test]
fn an_identifier_may_have_255_bytes() {
    let transaction = |bytes: usize| checking(&TRANSACTION.replace("F1", &"x".repeat(bytes)));
    assert_eq!(
        line(transaction(IDENTIFIER_BYTES_MAX)).fitid.len(),
        IDENTIFIER_BYTES_MAX
    );
    let account = |bytes: usize| in_root(&statement(&"x".repeat(bytes), TRANSACTION));
    assert!(read(&account(IDENTIFIER_BYTES_MAX)).is_ok());
    for file in [transaction(IDENTIFIER_BYTES_MAX + 1), account(IDENTIFIER_BYTES_MAX + 1)] {
        assert_eq!(refusal(&file).to_string(), "line 1: a value is longer than 255 bytes");
    }
}

#[test]
fn elements_may_be_nested_64_deep() {
    let file = |depth: usize| {
        let inner = depth - 1;
        format!(
            "<OFX>{}{}<MEMO>x{}</OFX>",
            statement("1", ""),
            "<X>".repeat(inner),
            "</X>".repeat(inner)
        )
    };
    assert!(read(&file(NESTING_MAX)).is_ok());
    assert_eq!(
        refusal(&file(NESTING_MAX + 1)).to_string(),
        "line 1: elements are nested more than 64 deep"
    );
}

#[test]
fn reading_stops_at_100_problems() {
    let file = checking(&transaction("20260131", "?").repeat(PROBLEMS_MAX + 50));
    assert_eq!(refusal(&file).problems().len(), PROBLEMS_MAX);
}

#[test]
fn an_error_of_the_reader_is_passed_on() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("connection reset"))
        }
    }
    let error = read_statement(b"<OFX>".chain(Broken)).expect_err("the reader fails");
    assert_eq!(error.to_string(), "the file could not be read: connection reset");
}
