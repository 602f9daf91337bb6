//! Amounts and their currencies: which are certain, and which a person must look at.

use feeds::Doubt;
use ledger::money::Currency;

use crate::written::{TRANSACTION, checking, line, read, transaction};

#[test]
fn amounts_are_read_in_every_spelling() {
    for (given, amount_text, amount) in [
        ("-5.5", "-5.5", -550),
        ("+12.00", "12.00", 1_200),
        ("12,50", "12.50", 1_250),
        ("1,234.56", "1234.56", 123_456),
        ("-1.234,56", "-1234.56", -123_456),
        ("-00000000001500.0000", "-1500.0000", -150_000),
        ("0.00", "0.00", 0),
    ] {
        let line = line(checking(&transaction("20260131", given)));
        assert_eq!(
            (line.amount_text.as_str(), line.amount),
            (amount_text, Some(amount)),
            "{given}"
        );
        assert_eq!(line.doubt, None, "{given}");
    }
}

#[test]
fn a_line_in_another_currency_is_doubtful_and_keeps_its_text() {
    for currency in [
        "<CURRENCY><CURRATE>1.1<CURSYM>eur</CURRENCY>",
        "<CURRENCY>EUR</CURRENCY>",
    ] {
        let line = line(checking(&TRANSACTION.replace("<FITID>", &format!("{currency}<FITID>"))));
        assert_eq!(line.currency.as_deref(), Some("EUR"));
        assert_eq!((line.amount_text.as_str(), line.amount), ("-5.50", None));
        let doubt = line.doubt.expect("a doubt");
        assert_eq!(
            doubt,
            Doubt::OtherCurrency {
                line: "EUR".into(),
                account: "USD".into()
            }
        );
        assert_eq!(doubt.to_string(), "The amount is in EUR, the account in USD.");
    }
}

#[test]
fn the_accounts_own_currency_or_an_amount_the_bank_converted_is_no_doubt() {
    for currency in [
        "<CURRENCY><CURRATE>1.0<CURSYM>USD</CURRENCY>",
        "<ORIGCURRENCY><CURRATE>1.1<CURSYM>EUR</ORIGCURRENCY>",
    ] {
        let line = line(checking(&TRANSACTION.replace("<FITID>", &format!("{currency}<FITID>"))));
        assert_eq!(
            (line.currency.as_deref(), line.amount, line.doubt),
            (Some("USD"), Some(-550), None)
        );
    }
}

#[test]
fn more_decimals_than_the_currency_has_are_doubtful() {
    let cents = line(checking(&transaction("20260131", "115.8331")));
    assert_eq!((cents.amount_text.as_str(), cents.amount), ("115.8331", None));
    assert_eq!(
        cents.doubt.map(|doubt| doubt.to_string()).as_deref(),
        Some("The amount 115.8331 has more than the 2 decimals of USD.")
    );
    let yen = checking(&transaction("20260131", "115.5")).replace("USD", "JPY");
    assert!(matches!(line(yen).doubt, Some(Doubt::TooManyDecimals { .. })));
    let dinar = checking(&transaction("20260131", "115.833")).replace("USD", "KWD");
    assert_eq!(line(dinar).amount, Some(115_833));
}

#[test]
fn an_amount_that_can_be_read_in_two_ways_is_doubtful() {
    let line = line(checking(&transaction("20260131", "1,234")));
    assert_eq!((line.amount_text.as_str(), line.amount), ("1.234", None));
    assert_eq!(line.doubt, Some(Doubt::AmbiguousAmount { given: "1,234".into() }));
}

#[test]
fn a_correction_of_an_earlier_line_is_doubtful() {
    let file = checking(&TRANSACTION.replace("<NAME>", "<CORRECTFITID>F0<CORRECTACTION>DELETE<NAME>"));
    let line = line(file);
    assert_eq!(line.amount, Some(-550));
    assert_eq!(line.corrects.as_deref(), Some("F0"));
    assert_eq!(line.doubt, Some(Doubt::Correction { fitid: "F0".into() }));
}

#[test]
fn a_statement_without_a_currency_waits_for_the_companys() {
    for curdef in ["", "<CURDEF>", "<CURDEF></CURDEF>"] {
        let mut file = read(&checking(TRANSACTION).replace("<CURDEF>USD", curdef)).expect("the file is sound");
        let before = &file.accounts[0];
        assert_eq!((before.currency.as_deref(), before.lines[0].amount), (None, None));
        assert_eq!(before.lines[0].doubt, Some(Doubt::NoCurrency));
        file.assume_currency(Currency::USD);
        let after = &file.accounts[0];
        assert_eq!(
            (after.currency.as_deref(), after.lines[0].amount),
            (Some("USD"), Some(-550))
        );
        assert_eq!(after.lines[0].doubt, None);
    }
}

#[test]
fn a_currency_that_a_statement_names_is_not_replaced_by_the_companys() {
    let mut file = read(&checking(TRANSACTION).replace("USD", "EUR")).expect("the file is sound");
    file.assume_currency(Currency::USD);
    assert_eq!(file.accounts[0].currency.as_deref(), Some("EUR"));
    let mut own =
        read(&checking(&TRANSACTION.replace("<FITID>", "<CURRENCY>EUR</CURRENCY><FITID>")).replace("<CURDEF>USD", ""))
            .expect("the file is sound");
    own.assume_currency(Currency::USD);
    assert!(matches!(
        own.accounts[0].lines[0].doubt,
        Some(Doubt::OtherCurrency { .. })
    ));
}

#[test]
fn a_currency_unknown_to_the_books_is_doubtful() {
    let line = line(checking(TRANSACTION).replace("USD", "DEM"));
    assert_eq!(
        (line.amount, line.doubt),
        (None, Some(Doubt::UnknownCurrency { code: "DEM".into() }))
    );
}
