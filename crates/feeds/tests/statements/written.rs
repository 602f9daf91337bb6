//! Statement files written for the tests.

use feeds::{StatementAccount, StatementError, StatementFile, StatementLine, read_statement};

pub const TRANSACTION: &str = "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260131<TRNAMT>-5.50<FITID>F1\
                               <NAME>Coffee<MEMO>Two cups</STMTTRN>";

/// A checking account in dollars with these transactions, without a header.
pub fn checking(transactions: &str) -> String {
    in_root(&format!(
        "<BANKMSGSRSV1><STMTTRNRS>{}</STMTTRNRS></BANKMSGSRSV1>",
        statement("7004", transactions)
    ))
}

/// The statement of one checking account in dollars.
pub fn statement(account: &str, transactions: &str) -> String {
    format!(
        "<STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121<ACCTID>{account}<ACCTTYPE>CHECKING</BANKACCTFROM>\
         <BANKTRANLIST>{transactions}</BANKTRANLIST></STMTRS>"
    )
}

pub fn in_root(body: &str) -> String {
    format!("<OFX>{body}</OFX>")
}

/// A transaction with these two fields as they are given.
pub fn transaction(date: &str, amount: &str) -> String {
    format!("<STMTTRN><DTPOSTED>{date}<TRNAMT>{amount}<FITID>F1<NAME>Coffee</STMTTRN>")
}

pub fn read(file: &str) -> Result<StatementFile, StatementError> {
    read_statement(file.as_bytes())
}

/// The only account of a file.
pub fn account(file: impl AsRef<[u8]>) -> StatementAccount {
    let mut accounts = read_statement(file.as_ref()).expect("the file is sound").accounts;
    assert_eq!(accounts.len(), 1, "one account");
    accounts.remove(0)
}

/// The only line of a file.
pub fn line(file: impl AsRef<[u8]>) -> StatementLine {
    let mut lines = account(file).lines;
    assert_eq!(lines.len(), 1, "one line");
    lines.remove(0)
}

/// Why a file is refused.
pub fn refusal(file: &str) -> StatementError {
    read(file).expect_err("the file is refused")
}
