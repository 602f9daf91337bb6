//! What is refused rather than guessed, and in which words.

use crate::written::{TRANSACTION, checking, in_root, read, refusal, statement, transaction};

/// All that is said about a file's places.
fn problems(file: &str) -> Vec<String> {
    refusal(file).problems().iter().map(ToString::to_string).collect()
}

#[test]
fn an_amount_that_is_no_decimal_is_refused_with_its_line() {
    for given in ["$120", "12 USD", "1.2.3", "12-", "(12.00)", "1e3", "1,23,4.00"] {
        let file = checking(&format!("\n\n{}", transaction("20260131", given)));
        assert_eq!(problems(&file), [format!("line 3: \"{given}\" is not an amount")]);
    }
    let long = checking(&transaction("20260131", "123456789012345.00"));
    assert_eq!(
        problems(&long),
        ["line 1: the amount 123456789012345.00 has too many digits"]
    );
}

#[test]
fn a_missing_or_empty_amount_is_refused() {
    let missing = checking(&TRANSACTION.replace("<TRNAMT>-5.50", ""));
    assert_eq!(problems(&missing), ["line 1: the transaction has no amount"]);
    let empty = checking(&TRANSACTION.replace("<TRNAMT>-5.50", "\n<TRNAMT></TRNAMT>"));
    assert_eq!(problems(&empty), ["line 2: the transaction has no amount"]);
}

#[test]
fn a_missing_empty_or_impossible_date_is_refused() {
    let missing = checking(&TRANSACTION.replace("<DTPOSTED>20260131", ""));
    assert_eq!(problems(&missing), ["line 1: the transaction has no date"]);
    let empty = checking(&TRANSACTION.replace("20260131", "\n"));
    assert_eq!(problems(&empty), ["line 1: the transaction has no date"]);
    for given in ["20120231", "01/31/2026", "soon"] {
        let file = checking(&transaction(given, "1"));
        assert_eq!(problems(&file), [format!("line 1: \"{given}\" is not a date")]);
    }
}

#[test]
fn every_place_at_fault_is_named_and_the_first_five_are_said() {
    let file = checking(&format!("\n{}", transaction("20260230", "x")).repeat(4));
    assert_eq!(problems(&file).len(), 8);
    assert_eq!(
        refusal(&file).to_string(),
        "line 2: \"x\" is not an amount; line 2: \"20260230\" is not a date; line 3: \"x\" is not an amount; \
         line 3: \"20260230\" is not a date; line 4: \"x\" is not an amount; and 3 more"
    );
}

#[test]
fn two_values_of_what_can_be_only_one_are_refused() {
    for (field, value) in [("TRNAMT", "7"), ("DTPOSTED", "20260201"), ("FITID", "F2")] {
        let file = checking(&TRANSACTION.replace("<NAME>", &format!("<{field}><{field}>{value}<NAME>")));
        assert_eq!(
            problems(&file),
            [format!("line 1: the transaction has two different values of {field}")]
        );
    }
    let currencies = "<CURRENCY></CURRENCY><CURRENCY>USD</CURRENCY><CURRENCY>EUR</CURRENCY><FITID>";
    assert_eq!(
        problems(&checking(&TRANSACTION.replace("<FITID>", currencies))),
        ["line 1: the transaction has two different values of CURRENCY"]
    );
    assert!(read(&checking(&TRANSACTION.replace("<NAME>", "<TRNAMT>-5.50<NAME>"))).is_ok());
}

#[test]
fn a_balance_without_its_amount_is_refused() {
    let with_balance = |amount: &str| {
        checking(TRANSACTION).replace(
            "</STMTRS>",
            &format!("<LEDGERBAL><BALAMT>{amount}</BALAMT><DTASOF>20260131</LEDGERBAL></STMTRS>"),
        )
    };
    assert_eq!(problems(&with_balance(" ")), ["line 1: the ledger balance is empty"]);
    assert_eq!(
        problems(&with_balance("much")),
        ["line 1: \"much\" is not a ledger balance"]
    );
}

#[test]
fn a_currency_that_is_no_code_is_refused() {
    let account = checking(TRANSACTION).replace("USD", "Dollars");
    assert_eq!(
        problems(&account),
        ["line 1: \"Dollars\" is not the three-letter code of a currency"]
    );
    let line = checking(&TRANSACTION.replace("<FITID>", "<CURRENCY><CURSYM>$</CURRENCY><FITID>"));
    assert_eq!(
        problems(&line),
        ["line 1: \"$\" is not the three-letter code of a currency"]
    );
}

#[test]
fn a_transaction_outside_any_statement_is_refused() {
    assert_eq!(
        problems(&in_root(TRANSACTION)),
        ["line 1: the transaction stands outside any statement, so its account is unknown"]
    );
}

#[test]
fn a_file_that_was_cut_off_is_refused_wherever_the_cut_is() {
    let file = checking(&TRANSACTION.repeat(3));
    for end in "<OFX>".len()..file.len() {
        let error = refusal(&file[..end]);
        assert!(
            error.to_string().contains("incomplete, download it again"),
            "{end}: {error}"
        );
    }
}

#[test]
fn what_is_no_statement_file_is_refused_at_once() {
    for file in [
        "",
        "\n\n",
        "Date,Amount\n2026-01-31,-5.50\n",
        "!Type:Bank\nD01/31/2026\nT-5.50\n^\n",
        "<html><body>Please sign in</body></html>",
        "<title>Sign in</title>",
        "%PDF-1.7 \u{1}\u{2}",
        &"x".repeat(10_000),
    ] {
        assert_eq!(
            refusal(file).to_string(),
            "this is not an OFX, QFX or QBO file",
            "{file:.20}"
        );
    }
}

#[test]
fn a_file_without_a_statement_says_so() {
    for body in [
        "",
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1>",
    ] {
        let error = refusal(&in_root(body));
        assert_eq!(
            error.to_string(),
            "the file holds no statement of a bank, card or investment account"
        );
    }
}

#[test]
fn an_error_of_the_bank_is_given_in_its_own_words() {
    for (status, said) in [
        (
            "<CODE>15500<SEVERITY>ERROR<MESSAGE>Signon &amp; password invalid",
            "Signon & password invalid (error 15500)",
        ),
        ("<CODE>2000<SEVERITY>error", "error 2000"),
        ("<SEVERITY>ERROR<MESSAGE>Try later", "Try later"),
        ("<SEVERITY>ERROR", "no reason given"),
    ] {
        let file = in_root(&format!(
            "<SIGNONMSGSRSV1><SONRS><STATUS>{status}</STATUS></SONRS></SIGNONMSGSRSV1>"
        ));
        assert_eq!(
            refusal(&file).to_string(),
            format!("the bank sent an error instead of a statement: {said}")
        );
    }
}

#[test]
fn a_problem_in_one_account_refuses_the_whole_file() {
    let file = in_root(&format!(
        "{}\n{}",
        statement("1", TRANSACTION),
        statement("2", &transaction("20260131", "?"))
    ));
    assert_eq!(problems(&file), ["line 2: \"?\" is not an amount"]);
}
