//! What holds for every file, sound or not.

use feeds::{FIELD_BYTES_MAX, IDENTIFIER_BYTES_MAX, StatementAccount, StatementFile, read_statement};
use proptest::prelude::*;

use crate::written::{TRANSACTION, checking, read};

const OFX1_HEADER: &str = "OFXHEADER:100\r\nDATA:OFXSGML\r\nENCODING:UTF-8\r\nCHARSET:NONE\r\n\r\n";
const OFX2_HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><?OFX OFXHEADER=\"200\"?>";

/// One transaction to be written in both versions of OFX.
#[derive(Debug, Clone)]
struct Written {
    day: u8,
    minor: i64,
    fitid: String,
    name: String,
    memo: String,
    check: Option<u32>,
    currency: Option<&'static str>,
}

fn written() -> impl Strategy<Value = Written> {
    // Words of any characters that a name may have; white space between them is single, as it is
    // read.
    let words = || prop::collection::vec("[A-Za-z0-9&<>;#'\"éß€.-]{1,8}", 0..4).prop_map(|words| words.join(" "));
    (
        1..=28_u8,
        -99_999_999..=99_999_999_i64,
        "[A-Z0-9.]{0,12}",
        words(),
        words(),
        prop::option::of(1..10_000_u32),
        prop::option::of(prop::sample::select(vec!["USD", "EUR"])),
    )
        .prop_map(|(day, minor, fitid, name, memo, check, currency)| Written {
            day,
            minor,
            fitid,
            name,
            memo,
            check,
            currency,
        })
}

impl Written {
    fn amount(&self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.minor.abs() / 100, self.minor.abs() % 100)
    }

    /// Its elements: a name and a value, or the start (`+`) or end (`-`) of an aggregate.
    fn elements(&self) -> Vec<(&'static str, String)> {
        let mut elements = vec![
            ("+STMTTRN", String::new()),
            ("TRNTYPE", "OTHER".to_owned()),
            ("DTPOSTED", format!("202602{:02}120000", self.day)),
            ("TRNAMT", self.amount()),
            ("FITID", self.fitid.clone()),
        ];
        elements.extend(self.check.map(|number| ("CHECKNUM", number.to_string())));
        elements.extend([("NAME", self.name.clone()), ("MEMO", self.memo.clone())]);
        if let Some(currency) = self.currency {
            elements.extend([
                ("+CURRENCY", String::new()),
                ("CURRATE", "1.1".to_owned()),
                ("CURSYM", currency.to_owned()),
                ("-CURRENCY", String::new()),
            ]);
        }
        elements.push(("-STMTTRN", String::new()));
        elements
    }
}

/// Writes a statement: the header, how a field is closed, and how lines end make the version.
fn write(transactions: &[Written], header: &str, closes_fields: bool, line_end: &str) -> String {
    let mut file = header.to_owned();
    let mut elements = vec![
        ("+OFX", String::new()),
        ("+STMTRS", String::new()),
        ("CURDEF", "USD".to_owned()),
        ("+BANKACCTFROM", String::new()),
        ("ACCTID", "7004".to_owned()),
        ("-BANKACCTFROM", String::new()),
        ("+BANKTRANLIST", String::new()),
    ];
    elements.extend(transactions.iter().flat_map(Written::elements));
    elements.extend([
        ("-BANKTRANLIST", String::new()),
        ("-STMTRS", String::new()),
        ("-OFX", String::new()),
    ]);
    for (name, value) in elements {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        file.push_str(&match (name.strip_prefix('+'), name.strip_prefix('-'), closes_fields) {
            (Some(name), _, _) => format!("<{name}>"),
            (_, Some(name), _) => format!("</{name}>"),
            (_, _, true) => format!("<{name}>{value}</{name}>"),
            (_, _, false) => format!("<{name}>{value}"),
        });
        file.push_str(line_end);
    }
    file
}

fn account(file: &str) -> Result<StatementAccount, TestCaseError> {
    let mut file = read(file).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let mut account = file.accounts.remove(0);
    account.lines.iter_mut().for_each(|line| line.file_line = 0);
    Ok(account)
}

/// Nothing that was read is longer than its limit.
fn keeps_limits(file: &StatementFile) -> bool {
    file.accounts.iter().all(|account| {
        account.id.len() <= IDENTIFIER_BYTES_MAX
            && account.lines.iter().all(|line| {
                line.fitid.len() <= IDENTIFIER_BYTES_MAX
                    && [&line.name, &line.memo, &line.kind, &line.amount_text]
                        .iter()
                        .all(|value| value.len() <= FIELD_BYTES_MAX)
            })
    })
}

fn sound_file() -> String {
    checking(&format!("\r\n{}", TRANSACTION.replace("Coffee", "Caf&#233; é <![CDATA[<&>]]>")).repeat(3))
}

proptest! {
    #[test]
    fn a_statement_reads_the_same_in_both_versions(
        transactions in prop::collection::vec(written(), 0..12),
    ) {
        let ofx1 = write(&transactions, OFX1_HEADER, false, "\r\n");
        let ofx2 = write(&transactions, OFX2_HEADER, true, "");
        let one = account(&ofx1)?;
        prop_assert_eq!(&one, &account(&ofx2)?);
        prop_assert_eq!(one.lines.len(), transactions.len());
        for (line, written) in one.lines.iter().zip(&transactions) {
            prop_assert_eq!(&line.name, &written.name);
            prop_assert_eq!(&line.memo, &written.memo);
            prop_assert_eq!(&line.amount_text, &written.amount());
            let in_dollars = written.currency != Some("EUR");
            prop_assert_eq!(line.amount, in_dollars.then_some(written.minor));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read_statement(&bytes[..]).map_or(true, |file| keeps_limits(&file)));
    }

    #[test]
    fn a_sound_file_with_bytes_changed_added_and_lost_is_read_or_refused(
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), any::<u8>(), 0..4_u8),
            1..12,
        ),
        length in any::<prop::sample::Index>(),
    ) {
        let mut bytes = sound_file().into_bytes();
        for (place, byte, change) in changes {
            let at = place.index(bytes.len());
            match change {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => { bytes.splice(at..at, [byte; 5_000]); }
            }
        }
        prop_assert!(read_statement(&bytes[..]).map_or(true, |file| keeps_limits(&file)));
        let cut = &bytes[..length.index(bytes.len())];
        prop_assert!(read_statement(cut).map_or(true, |file| keeps_limits(&file)));
    }

    #[test]
    fn a_sound_file_that_was_cut_is_never_read_in_part(length in any::<prop::sample::Index>()) {
        let file = sound_file().into_bytes();
        prop_assert!(read_statement(&file[..length.index(file.len())]).is_err());
    }
}
