//! What changed between two versions of a record, as a person reads it.

use std::collections::{BTreeMap, BTreeSet};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is: `Date`, `Line 3`.
    pub what: String,
    /// What it was; none where there was nothing.
    pub before: Option<String>,
    /// What it became; none where there is nothing now.
    pub after: Option<String>,
}

/// What an entry says, in texts that can be compared and read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryText {
    /// Its day.
    pub date: String,
    /// Somebody else's number; empty for none.
    pub reference: String,
    /// Its note; empty for none.
    pub memo: String,
    /// What is marked on it; empty for nothing.
    pub marks: String,
    /// Its lines by their number, each as a sentence.
    pub lines: BTreeMap<i32, String>,
}

impl EntryText {
    /// What differs in `after`: date, reference, memo, marks, then lines by number.
    pub fn differences(&self, after: &Self) -> Vec<Difference> {
        let heads = [
            ("Date", &self.date, &after.date),
            ("Reference", &self.reference, &after.reference),
            ("Memo", &self.memo, &after.memo),
            ("Marked", &self.marks, &after.marks),
        ];
        let heads = heads
            .into_iter()
            .map(|(what, before, after)| (what.to_owned(), said(Some(before)), said(Some(after))));
        let numbers: BTreeSet<i32> = self.lines.keys().chain(after.lines.keys()).copied().collect();
        let lines = numbers.into_iter().map(|number| {
            let line = |text: &Self| said(text.lines.get(&number));
            (format!("Line {number}"), line(self), line(after))
        });
        heads
            .chain(lines)
            .filter(|(_, before, after)| before != after)
            .map(|(what, before, after)| Difference { what, before, after })
            .collect()
    }
}

fn said(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.is_empty()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(memo: &str, lines: &[(i32, &str)]) -> EntryText {
        EntryText {
            date: "Oct 31, 2026".to_owned(),
            reference: String::new(),
            memo: memo.to_owned(),
            marks: String::new(),
            lines: lines
                .iter()
                .map(|(number, text)| (*number, (*text).to_owned()))
                .collect(),
        }
    }

    #[test]
    fn only_what_differs_is_told_with_lines_that_came_and_went() {
        let before = entry("Rent", &[(1, "Rent 480"), (2, "Checking 480"), (3, "Fee 1")]);
        let after = entry("Rent, November", &[(1, "Rent 480"), (2, "Checking 500"), (4, "Tip 2")]);
        let told: Vec<_> = before
            .differences(&after)
            .into_iter()
            .map(|d| (d.what, d.before.unwrap_or_default(), d.after.unwrap_or_default()))
            .collect();
        let expected = [
            ("Memo", "Rent", "Rent, November"),
            ("Line 2", "Checking 480", "Checking 500"),
            ("Line 3", "Fee 1", ""),
            ("Line 4", "", "Tip 2"),
        ];
        assert_eq!(
            told,
            expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()))
        );
        assert!(before.differences(&before).is_empty());
    }
}
