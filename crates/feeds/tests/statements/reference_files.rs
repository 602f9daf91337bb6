//! Files of many banks, with what three other parsers make of them. Where two of the three agree,
//! so do we; where they do not, the tables below state our reading and why. The files are not part
//! of this repository: without them the test is skipped.

use std::fs;
use std::path::PathBuf;

use feeds::{StatementAccount, StatementError, StatementFile, read_statement};
use serde_json::Value;

/// Files of which no two parsers agree: our number of lines, their sum, and the reason.
const OUR_READING: [(&str, usize, &str, &str); 7] = [
    (
        "fidelity-savings.ofx",
        4,
        "-1778.3952",
        "amounts with four decimals are kept as they are written; libofx rounds each to cents",
    ),
    (
        "fidelity.ofx",
        3,
        "-0.57",
        "three cash movements; libofx adds fourteen trades of securities",
    ),
    (
        "investment_401k.ofx",
        0,
        "0",
        "a purchase and transfers of fund units, no cash movement",
    ),
    (
        "ofx-v102-empty-tags.ofx",
        1,
        "12.34",
        "only libofx reads the file; its balance is empty in amount and date, so none is given",
    ),
    ("tiaacref.ofx", 0, "0", "a transfer of securities, no cash movement"),
    ("vanguard.ofx", 0, "0", "a sale of fund units, no cash movement"),
    (
        "vanguard401k.ofx",
        0,
        "0",
        "purchases and a transfer of fund units, no cash movement",
    ),
];

/// Files in which the parsers find no line, and the error that says so.
const NOTHING_TO_READ: [(&str, &str); 5] = [
    (
        "bank_small.ofx",
        "the file holds no statement of a bank, card or investment account",
    ),
    (
        "error_message.ofx",
        "the bank sent an error instead of a statement: General Server Error (error 2000)",
    ),
    (
        "signon_fail.ofx",
        "the bank sent an error instead of a statement: Your request could not be processed because you supplied an \
         invalid identification code or your password was incorrect (error 15500)",
    ),
    (
        "signon_success.ofx",
        "the file holds no statement of a bank, card or investment account",
    ),
    (
        "signon_success_no_message.ofx",
        "the file holds no statement of a bank, card or investment account",
    ),
];

/// Damaged files and all that is said about them.
const DAMAGED: [(&str, &[&str]); 3] = [
    (
        "fail_nice/date_missing.ofx",
        &[
            "line 33: the transaction has no date",
            "line 42: the transaction has no date",
            "line 50: \"20120231\" is not a date",
        ],
    ),
    (
        "fail_nice/decimal_error.ofx",
        &[
            "line 36: \"201120000000\" is not a date",
            "line 37: \"$120\" is not an amount",
        ],
    ),
    ("fail_nice/empty_balance.ofx", &["line 38: the ledger balance is empty"]),
];

/// A number of lines and the sum of their amounts' text, in units of 10^-15.
type Totals = (u64, i128);

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/ofx"))
}

fn read(name: &str) -> Result<StatementFile, StatementError> {
    read_statement(fs::File::open(folder().join(name))?)
}

/// What the other parsers say of each file; `None` where the files are not here.
fn answers() -> Option<Vec<(String, Value)>> {
    let Ok(text) = fs::read(folder().join("answers.json")) else {
        eprintln!("skipped: the reference files are not here");
        return None;
    };
    let Value::Object(answers) = serde_json::from_slice(&text).expect("answers.json is JSON") else {
        panic!("answers.json is an object by file");
    };
    Some(answers.into_iter().collect())
}

fn decimal(text: &str) -> i128 {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{decimals:0<15}").parse().expect("a decimal")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn parsed_accounts<'a>(answer: &'a Value, parser: &str) -> Option<&'a Vec<Value>> {
    answer.get(parser)?.as_array()
}

fn totals_of_parsers(answer: &Value) -> Vec<Totals> {
    let totals = |count: &Value, sum: &Value| (count.as_u64().expect("a count"), decimal(text(sum)));
    let mut all: Vec<Totals> = ["ofxtools", "ofxparse"]
        .iter()
        .filter_map(|parser| parsed_accounts(answer, parser))
        .map(|accounts| {
            accounts
                .iter()
                .map(|account| totals(&account["n"], &account["sum"]))
                .fold((0, 0), |(lines, sum), (more, amount)| (lines + more, sum + amount))
        })
        .collect();
    all.push(totals(&answer["libofx"]["n_tx"], &answer["libofx"]["sum"]));
    all
}

/// The totals that two parsers agree on.
fn agreed_totals(answer: &Value) -> Option<Totals> {
    let all = totals_of_parsers(answer);
    let agreed = |one: &&Totals| all.iter().filter(|other| other == one).count() >= 2;
    all.iter().find(agreed).copied()
}

fn totals(account: &StatementAccount) -> Totals {
    (
        account.lines.len() as u64,
        account.lines.iter().map(|line| decimal(&line.amount_text)).sum(),
    )
}

fn our_totals(file: &StatementFile) -> Totals {
    file.accounts
        .iter()
        .map(totals)
        .fold((0, 0), |(lines, sum), (more, amount)| (lines + more, sum + amount))
}

#[test]
fn counts_and_sums_are_those_that_two_parsers_agree_on_or_ours_with_a_reason() {
    for (name, answer) in answers().unwrap_or_default() {
        if DAMAGED.iter().any(|(damaged, _)| *damaged == name) {
            continue;
        }
        let agreed = agreed_totals(&answer);
        let ours = OUR_READING.iter().find(|(file, ..)| *file == name);
        assert_ne!(
            agreed.is_some(),
            ours.is_some(),
            "{name}: either parsers agree or we say why"
        );
        let expected = match ours {
            Some((_, lines, sum, _why)) => (*lines as u64, decimal(sum)),
            None => agreed.expect("two parsers agree"),
        };
        match read(&name) {
            Ok(file) => assert_eq!(our_totals(&file), expected, "{name}"),
            Err(error) => {
                let said = NOTHING_TO_READ.iter().find(|(file, _)| *file == name);
                assert_eq!(Some(error.to_string().as_str()), said.map(|(_, text)| *text), "{name}");
                assert_eq!(expected, (0, 0), "{name}");
            }
        }
    }
}

#[test]
fn every_account_has_the_lines_and_the_balance_that_two_parsers_agree_on() {
    let mut compared = 0;
    let Some(answers) = answers() else { return };
    for (name, answer) in answers {
        let (Some(one), Some(other)) = (
            parsed_accounts(&answer, "ofxtools"),
            parsed_accounts(&answer, "ofxparse"),
        ) else {
            continue;
        };
        for (one, other) in one.iter().zip(other) {
            for key in ["acct", "n", "sum", "ledgerbal"] {
                assert_eq!(one[key], other[key], "{name}: the two parsers agree");
            }
            let file = read(&name).expect("the file is sound");
            let account = file
                .accounts
                .iter()
                .find(|account| account.id == text(&one["acct"]))
                .expect("the account is read");
            let expected = (one["n"].as_u64().expect("a count"), decimal(text(&one["sum"])));
            assert_eq!(totals(account), expected, "{name}");
            assert_eq!(account.currency.as_deref(), one["cur"].as_str(), "{name}");
            let balance = account.ledger_balance.as_ref().expect("a balance");
            assert_eq!(
                decimal(&balance.amount_text),
                decimal(text(&one["ledgerbal"])),
                "{name}"
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 7, "three files of one account and two of two");
}

#[test]
fn accounts_that_are_listed_without_a_statement_are_named() {
    let Some(answers) = answers() else { return };
    let (name, answer) = answers
        .into_iter()
        .find(|(name, _)| name == "account_listing_aggregation.ofx")
        .expect("the listing is among the files");
    let file = read(&name).expect("the file is sound");
    let expected: Vec<&str> = parsed_accounts(&answer, "ofxparse")
        .expect("a parser lists the accounts")
        .iter()
        .map(|account| text(&account["acct"]))
        .collect();
    assert_eq!(
        file.accounts
            .iter()
            .map(|account| account.id.as_str())
            .collect::<Vec<_>>(),
        expected
    );
    assert!(
        file.accounts
            .iter()
            .all(|account| account.listed_only && account.lines.is_empty())
    );
}

#[test]
fn damaged_files_are_refused_with_every_place_at_fault() {
    if answers().is_none() {
        return;
    }
    for (name, expected) in DAMAGED {
        let error = read(name).expect_err("the file is damaged");
        let said: Vec<String> = error.problems().iter().map(ToString::to_string).collect();
        assert_eq!(said, expected, "{name}");
    }
}
