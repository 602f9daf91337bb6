//! What banks get wrong, and what is read all the same.

use feeds::Format;
use time::macros::date;

use crate::written::{TRANSACTION, account, checking, in_root, line, read, statement, transaction};

const OFX1_HEADER: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\n\
                           COMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n";
const OFX2_HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?OFX OFXHEADER=\"200\" VERSION=\"211\" \
                           SECURITY=\"NONE\" OLDFILEUID=\"NONE\" NEWFILEUID=\"NONE\"?>\n";

#[test]
fn a_line_has_all_that_the_bank_says_about_it() {
    let line = line(checking(
        "\n<STMTTRN><TRNTYPE>check<DTPOSTED>20260131120000.000[-5:EST]<TRNAMT>-5.50<FITID>F1<CHECKNUM>319\
         <REFNUM>R7<NAME>Coffee<MEMO>Two cups</STMTTRN>",
    ));
    assert_eq!(line.file_line, 2);
    assert_eq!(line.fitid, "F1");
    assert_eq!(line.posted_on, date!(2026 - 01 - 31));
    assert_eq!(line.amount_text, "-5.50");
    assert_eq!(line.amount, Some(-550));
    assert_eq!(line.currency.as_deref(), Some("USD"));
    assert_eq!(line.kind, "CHECK");
    assert_eq!(line.name, "Coffee");
    assert_eq!(line.memo, "Two cups");
    assert_eq!(line.check_number.as_deref(), Some("319"));
    assert_eq!(line.reference.as_deref(), Some("R7"));
    assert_eq!(line.corrects, None);
    assert_eq!(line.doubt, None);
}

#[test]
fn the_header_may_be_missing_glued_or_preceded_by_blank_lines() {
    let body = checking(TRANSACTION);
    let glued = OFX1_HEADER.replace('\n', "");
    for (header, format) in [
        ("", Format::Ofx1),
        ("\n\n \n", Format::Ofx1),
        (OFX1_HEADER, Format::Ofx1),
        (&format!("\r\n\r\n\n{OFX1_HEADER}"), Format::Ofx1),
        (&glued, Format::Ofx1),
        (&glued.replace("DATA", " DATA"), Format::Ofx1),
        (OFX2_HEADER, Format::Ofx2),
        (&OFX2_HEADER.replace('\n', ""), Format::Ofx2),
        (&format!("\u{FEFF}{OFX2_HEADER}"), Format::Ofx2),
    ] {
        let file = read(&format!("{header}{body}")).expect("the file is sound");
        assert_eq!(file.format, format, "{header}");
        assert_eq!(file.accounts[0].lines.len(), 1, "{header}");
    }
}

#[test]
fn line_ends_of_every_kind_are_counted_alike() {
    let file = checking(&format!("\n\n{TRANSACTION}"));
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(line(file.replace('\n', end)).file_line, 3);
    }
}

#[test]
fn tags_may_be_unclosed_closed_or_both_in_any_case() {
    let unclosed = checking(TRANSACTION);
    let closed = "<ofx><bankmsgsrsv1><stmttrnrs><stmtrs><curdef>USD</curdef><bankacctfrom><bankid>121</bankid>\
                  <acctid>7004</acctid><accttype>checking</accttype></bankacctfrom><banktranlist><stmttrn>\
                  <trntype>DEBIT</trntype><dtposted>20260131</dtposted><trnamt>-5.50</trnamt><fitid>F1</fitid>\
                  <name>Coffee</name><memo>Two cups</memo></stmttrn></banktranlist></stmtrs></stmttrnrs>\
                  </bankmsgsrsv1></ofx>";
    let mixed = unclosed
        .replace("<FITID>F1", "<FITID>F1</FITID>")
        .replace("<CURDEF>USD", "<curdef>USD</CurDef>");
    let spread = mixed.replace('<', "\n  <").replace('>', " >  ");
    assert_eq!(account(closed), account(&unclosed));
    assert_eq!(account(mixed), account(&unclosed));
    let mut spread = account(spread);
    spread.lines[0].file_line = 1;
    assert_eq!(spread, account(&unclosed));
}

#[test]
fn empty_tags_and_unknown_elements_change_nothing() {
    let plain = line(checking(TRANSACTION));
    for added in [
        "<CHECKNUM><REFNUM>",
        "<CHECKNUM></CHECKNUM><REFNUM/>",
        "<VALUEDATE>",
        "<VALUEDATE><CATEGORY>",
        "<VALUEDATE>20260201<ACCTBAL>9.99",
        "<BALANCE><TRNAMT>7</TRNAMT><NAME>Other</NAME></BALANCE>",
        "<BANKACCTTO><BANKID>1<ACCTID>2<ACCTTYPE>SAVINGS</BANKACCTTO>",
        "<!-- <TRNAMT>7 -->",
        "</UNKNOWN>",
        "<CURRENCY></CURRENCY>",
    ] {
        let file = checking(&TRANSACTION.replace("<DTPOSTED>", &format!("{added}<DTPOSTED>")));
        assert_eq!(line(file), plain, "{added}");
    }
    let extended = checking(TRANSACTION).replace(
        "<BANKTRANLIST>",
        "<BANK.EXT><BALAMT>1<X>2</BANK.EXT><AVAILBAL><BALAMT></AVAILBAL><BANKTRANLIST>",
    );
    assert_eq!(account(extended), account(checking(TRANSACTION)));
}

#[test]
fn closing_tags_of_aggregates_may_be_missing() {
    let closed = account(checking(&TRANSACTION.repeat(2)));
    let open = checking(&TRANSACTION.repeat(2))
        .replace("</STMTTRN>", "")
        .replace("</BANKTRANLIST>", "");
    assert_eq!(account(open), closed);
}

#[test]
fn accented_names_are_read_in_any_character_set() {
    let file = checking(&TRANSACTION.replace("Coffee", "Café «Über» – 5 €"));
    let western = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|character| match character {
                '–' => 0x96,
                '€' => 0x80,
                other => u8::try_from(u32::from(other)).expect("in Windows-1252"),
            })
            .collect()
    };
    let wide = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    let utf8_header = OFX1_HEADER.replace("USASCII", "UTF-8").replace("1252", "NONE");
    let latin_header = OFX1_HEADER.replace("1252", "ISO-8859-1");
    let xml_latin_header = OFX2_HEADER.replace("UTF-8", "iso-8859-1");
    let files: [(&str, Vec<u8>); 12] = [
        ("UTF-8 undeclared", file.clone().into_bytes()),
        ("UTF-8 with a mark", format!("\u{FEFF}{file}").into_bytes()),
        ("UTF-8 declared", format!("{utf8_header}{file}").into_bytes()),
        (
            "UTF-8 declared as Windows-1252",
            format!("{OFX1_HEADER}{file}").into_bytes(),
        ),
        ("UTF-8 in XML", format!("{OFX2_HEADER}{file}").into_bytes()),
        ("Windows-1252 undeclared", western(&file)),
        ("Windows-1252 declared", western(&format!("{OFX1_HEADER}{file}"))),
        (
            "Windows-1252 declared as ISO-8859-1",
            western(&format!("{latin_header}{file}")),
        ),
        (
            "Windows-1252 declared as UTF-8",
            western(&format!("{utf8_header}{file}")),
        ),
        ("Windows-1252 in XML", western(&format!("{xml_latin_header}{file}"))),
        (
            "UTF-16, little endian",
            wide(&format!("\u{FEFF}{OFX2_HEADER}{file}"), u16::to_le_bytes),
        ),
        (
            "UTF-16, big endian, no mark",
            wide(&format!("{OFX1_HEADER}{file}"), u16::to_be_bytes),
        ),
    ];
    for (set, bytes) in files {
        assert_eq!(line(bytes).name, "Café «Über» – 5 €", "{set}");
    }
    let mut cyrillic = OFX1_HEADER.replace("1252", "1251").into_bytes();
    cyrillic.extend(
        checking(&TRANSACTION.replace("Coffee", "@"))
            .bytes()
            .map(|byte| if byte == b'@' { 0xC6 } else { byte }),
    );
    assert_eq!(line(cyrillic).name, "Ж");
}

#[test]
fn entities_and_literal_sections_are_resolved() {
    for (written, name) in [
        ("Smith &amp; Sons", "Smith & Sons"),
        ("&lt;A&gt;", "<A>"),
        ("Caf&#233;", "Café"),
        ("Caf&#xE9;&nbsp;Uno", "Café Uno"),
        ("AT&T", "AT&T"),
        ("&amp;amp;", "&amp;"),
        ("<![CDATA[A & B <C> &amp;  ]]>", "A & B <C> &amp;"),
        ("<![CDATA[A]]><![CDATA[B]]>", "AB"),
        ("A < B <me@example.com>", "A < B <me@example.com>"),
        ("Coffee\r\n   House", "Coffee House"),
    ] {
        assert_eq!(
            line(checking(&TRANSACTION.replace("Coffee", written))).name,
            name,
            "{written}"
        );
    }
}

#[test]
fn the_day_is_the_banks_own() {
    for given in ["20260131", "20260131235959.999[-11:SST]", "20260131000000[+14:LINT]"] {
        assert_eq!(
            line(checking(&transaction(given, "1"))).posted_on,
            date!(2026 - 01 - 31)
        );
    }
}

#[test]
fn a_payee_may_stand_in_place_of_a_name() {
    for payee in [
        "<PAYEE><NAME>Ann<ADDR1>1 Main St<CITY>Reno</PAYEE>",
        "<PAYEE>Ann</PAYEE>",
        "<PAYEE>Ann",
        "<NAME></NAME><PAYEE><NAME>Ann</PAYEE>",
    ] {
        let line = line(checking(&TRANSACTION.replace("<NAME>Coffee", payee)));
        assert_eq!((line.name.as_str(), line.memo.as_str()), ("Ann", "Two cups"), "{payee}");
    }
}

#[test]
fn two_files_glued_together_are_read_as_one() {
    let file = format!(
        "{}\n{OFX1_HEADER}{}<html>",
        checking(TRANSACTION),
        in_root(&statement("2", TRANSACTION))
    );
    assert!(read(&file).is_ok_and(|file| file.accounts.len() == 2));
}
