//! The accounts of a file: their kinds, balances and listings.

use feeds::AccountKind;
use time::macros::date;

use crate::written::{TRANSACTION, account, checking, in_root, read, statement};

#[test]
fn card_statements_and_balances_are_read() {
    let card = account(in_root(&format!(
        "<CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>4111</CCACCTFROM><BANKTRANLIST>\
         {TRANSACTION}</BANKTRANLIST><LEDGERBAL><BALAMT>-123.45<DTASOF>20260201</LEDGERBAL><AVAILBAL><BALAMT>7\
         <DTASOF>20260201</AVAILBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>"
    )));
    assert_eq!(
        (card.id.as_str(), card.kind, card.lines.len()),
        ("4111", AccountKind::CreditCard, 1)
    );
    let balance = card.ledger_balance.expect("a balance");
    assert_eq!(
        (balance.amount_text.as_str(), balance.amount),
        ("-123.45", Some(-12_345))
    );
    assert_eq!(balance.as_of, Some(date!(2026 - 02 - 01)));
}

#[test]
fn of_an_investment_statement_the_cash_movements_are_read() {
    let broker = account(in_root(&format!(
        "<INVSTMTMSGSRSV1><INVSTMTTRNRS><INVSTMTRS><DTASOF>20260201<CURDEF>USD<INVACCTFROM><BROKERID>example.com\
         <ACCTID>X1</INVACCTFROM><INVTRANLIST><BUYSTOCK><INVBUY><INVTRAN><FITID>9<DTTRADE>20260102<MEMO>Bought\
         </INVTRAN><UNITS>1<TOTAL>-25.00</INVBUY></BUYSTOCK><INVBANKTRAN>{TRANSACTION}<SUBACCTFUND>CASH\
         </INVBANKTRAN></INVTRANLIST><INVBAL><BALLIST><BAL><NAME>Cash<VALUE>1</BAL></BALLIST></INVBAL></INVSTMTRS>\
         </INVSTMTTRNRS></INVSTMTMSGSRSV1>"
    )));
    assert_eq!(
        (broker.id.as_str(), broker.bank_id.as_deref()),
        ("X1", Some("example.com"))
    );
    assert_eq!(broker.kind, AccountKind::Investment);
    assert_eq!(
        broker.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(),
        ["Coffee"]
    );
}

#[test]
fn pending_transactions_are_not_lines() {
    let file = checking(TRANSACTION).replace(
        "</BANKTRANLIST>",
        "</BANKTRANLIST><BANKTRANLISTP><STMTTRNP><TRNAMT>-9<DTTRAN>20260201<NAME>Later</STMTTRNP></BANKTRANLISTP>",
    );
    assert_eq!(account(file), account(checking(TRANSACTION)));
}

#[test]
fn several_statements_are_several_accounts_and_two_of_one_account_are_one() {
    let balance = |day: &str, amount: &str| format!("<LEDGERBAL><BALAMT>{amount}<DTASOF>{day}</LEDGERBAL></STMTRS>");
    let first = statement("1", TRANSACTION).replace("</STMTRS>", &balance("20260131", "10"));
    let second = statement("2", "");
    let third = statement("1", &TRANSACTION.replace("F1", "F2")).replace("</STMTRS>", &balance("20251231", "20"));
    let savings = statement("1", "").replace("CHECKING", "SAVINGS");
    let file = read(&in_root(&format!("{first}{second}{third}{savings}"))).expect("the file is sound");
    let found: Vec<_> = file
        .accounts
        .iter()
        .map(|account| (account.id.as_str(), account.kind, account.lines.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("1", AccountKind::Checking, 2),
            ("2", AccountKind::Checking, 0),
            ("1", AccountKind::Savings, 0)
        ]
    );
    let balance = file.accounts[0].ledger_balance.as_ref().expect("a balance");
    assert_eq!(balance.amount, Some(1_000), "the later one, though it stands first");
}

#[test]
fn a_balance_that_can_be_read_in_two_ways_is_none() {
    let stated = |amount: &str| {
        let balance = format!("<LEDGERBAL><BALAMT>{amount}<DTASOF>20260131</LEDGERBAL></STMTRS>");
        account(in_root(&statement("1", TRANSACTION).replace("</STMTRS>", &balance))).ledger_balance
    };
    assert_eq!(stated("12,500"), None);
    let plain = stated("12500.00").expect("a balance");
    assert_eq!(plain.amount, Some(1_250_000));
}

#[test]
fn listed_accounts_are_named_once_and_give_statements_their_description() {
    let listing = |id: &str, name: &str| {
        format!(
            "<ACCTINFO><DESC>{name}<BANKACCTINFO><BANKACCTFROM><BANKID>121<ACCTID>{id}<ACCTTYPE>CHECKING</BANKACCTFROM>\
             <SVCSTATUS>ACTIVE</BANKACCTINFO><BPACCTINFO><BANKACCTFROM><BANKID>121<ACCTID>{id}<ACCTTYPE>CHECKING\
             </BANKACCTFROM></BPACCTINFO></ACCTINFO>"
        )
    };
    let file = read(&in_root(&format!(
        "<SIGNUPMSGSRSV1><ACCTINFOTRNRS><ACCTINFORS>{}{}</ACCTINFORS></ACCTINFOTRNRS></SIGNUPMSGSRSV1>{}",
        listing("1", "Everyday"),
        listing("2", "Rainy Day"),
        statement("2", TRANSACTION)
    )))
    .expect("the file is sound");
    let found: Vec<_> = file
        .accounts
        .iter()
        .map(|account| (account.id.as_str(), account.description.as_deref(), account.listed_only))
        .collect();
    assert_eq!(found, [("2", Some("Rainy Day"), false), ("1", Some("Everyday"), true)]);
}

#[test]
fn intuits_number_of_the_bank_marks_quicken_and_quickbooks_files() {
    let sign_on =
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><INTU.BID>3000</SONRS></SIGNONMSGSRSV1>";
    let file = read(&in_root(&format!("{sign_on}{}", statement("1", "")))).expect("the file is sound");
    assert_eq!(file.intuit_bank_id.as_deref(), Some("3000"));
    assert_eq!(read(&checking("")).expect("the file is sound").intuit_bank_id, None);
}

#[test]
fn a_bank_error_beside_a_statement_is_passed_on() {
    let failed = "<STMTTRNRS><STATUS><CODE>2000<SEVERITY>ERROR<MESSAGE>Savings unavailable</STATUS></STMTTRNRS>";
    let file = read(&in_root(&format!("{failed}{}", statement("1", TRANSACTION)))).expect("the file is sound");
    assert_eq!(file.accounts.len(), 1);
    assert_eq!(
        file.bank_messages.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["Savings unavailable (error 2000)"]
    );
}

#[test]
fn a_balance_of_which_nothing_is_given_is_none() {
    let file = checking(TRANSACTION).replace(
        "</STMTRS>",
        "<LEDGERBAL><BALAMT></BALAMT><DTASOF></DTASOF></LEDGERBAL></STMTRS>",
    );
    assert_eq!(account(file).ledger_balance, None);
}
