//! Cells and records of CSV files by RFC 4180, guarded against spreadsheets that would run a cell
//! as a formula.

use std::borrow::Cow;

/// A cell as a record carries it: [`guard`]ed, and quoted where a comma, quote or line break
/// stands in it.
pub fn csv_cell(text: &str) -> String {
    let guarded = guard(text);
    if guarded.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded.into_owned()
    }
}

/// A whole record with its line end.
pub fn csv_record<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|cell| csv_cell(cell.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// Puts an apostrophe before a text that a spreadsheet would run: one that begins with `=`, `+`,
/// `-`, `@` or a tab and is no plain number. Also before a text that only looks guarded already,
/// so that [`unguard`] gives every text back as it was.
pub fn guard(text: &str) -> Cow<'_, str> {
    if needs_guard(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes off the apostrophe that [`guard`] puts there, and no other. Takes an unquoted cell, as a
/// CSV reader gives it.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if needs_guard(text) => text,
        _ => cell,
    }
}

fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    // The wide signs are what some spreadsheets read as the narrow ones.
    bare.starts_with(['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']) && !is_plain_number(bare)
}

/// An optional sign, digits, and perhaps a point and more digits.
fn is_plain_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match unsigned.split_once('.') {
        Some((units, fraction)) => is_digits(units) && is_digits(fraction),
        None => is_digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_a_spreadsheet_would_run_is_guarded() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+1 555 0100", "'+1 555 0100"),
            ("-cmd", "'-cmd"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("-", "'-"),
        ] {
            assert_eq!(csv_cell(text), cell);
            assert_eq!(unguard(cell), text);
        }
    }

    #[test]
    fn a_plain_number_stays_a_number() {
        for text in ["-12.50", "+3", "1234.50", "0"] {
            assert_eq!(csv_cell(text), text);
        }
    }

    #[test]
    fn an_apostrophe_of_ones_own_stays() {
        for text in ["'quoted'", "'", "'-12.50", "'=1"] {
            assert_eq!(unguard(&guard(text)), text);
        }
        assert_eq!(unguard("'quoted'"), "'quoted'");
    }

    #[test]
    fn commas_quotes_and_line_breaks_are_quoted() {
        assert_eq!(
            csv_record(["a,b", "say \"hi\"", "two\nlines", ""]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n"
        );
    }
}
