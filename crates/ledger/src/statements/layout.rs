//! A statement line by line, as a reader sees it.

use super::{Section, SectionKey, TotalName};

/// One line of a statement as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: LineKind,
    /// Its words: an account's own name, a heading, or what is totaled.
    pub label: String,
    /// The label with an account's full path, for where no line above names its parents.
    pub full_label: String,
    /// The account's number, where the line is one account's own.
    pub number: Option<String>,
    /// How far it is indented.
    pub depth: usize,
    /// What its figures are made of.
    pub source: Source,
    /// Its amounts, one a measure, with the sign of the face; none on headings and on parents
    /// without an amount of their own.
    pub amounts: Option<Vec<i64>>,
}

/// What a line of a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// The heading of a section or a group of sections.
    Heading,
    /// An account, or a computed row.
    Account,
    /// `Total for Parent`: an account with all its subaccounts.
    AccountTotal,
    /// The total of a section or group, or a result on the way.
    Total,
    /// The last result, such as Net Income or Total Assets.
    GrandTotal,
    /// A line that proves the others and should say 0.00.
    Check,
    /// What a reader should know beside the statement, which no total counts.
    Note,
}

/// What the figures of a line are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Nothing: a heading, or a row that no account carries.
    Nothing,
    /// The lines of an account.
    Account(i64),
    /// The profit and loss of the measure's days.
    NetIncome,
    /// An account and all its subaccounts, by the account's id and path.
    Parent(i64, String),
    /// The rows of a section.
    Section(SectionKey),
    /// What a result adds up.
    Total(TotalName),
}

impl Source {
    /// What addresses name a sum by; none for what is no sum.
    pub fn sum_key(&self) -> Option<String> {
        match self {
            Self::Nothing | Self::Account(_) | Self::NetIncome => None,
            Self::Parent(account_id, _) => Some(format!("account-{account_id}")),
            Self::Section(key) => Some(format!("total-{}", dashed(key.name()))),
            Self::Total(name) => Some(dashed(name.label())),
        }
    }
}

fn dashed(words: &str) -> String {
    words.to_lowercase().replace(' ', "-")
}

/// A statement under construction.
#[derive(Default)]
pub(super) struct Outline {
    lines: Vec<Line>,
}

impl Outline {
    pub(super) fn heading(&mut self, depth: usize, label: &str) {
        self.push(LineKind::Heading, depth, label, Source::Nothing, None);
    }

    pub(super) fn total(&mut self, kind: LineKind, depth: usize, name: TotalName, amounts: &[i64]) {
        self.push(kind, depth, name.label(), Source::Total(name), Some(amounts.to_vec()));
    }

    /// A line below the statement.
    pub(super) fn note(&mut self, name: TotalName, amounts: &[i64]) {
        self.push(LineKind::Note, 0, name.label(), Source::Nothing, Some(amounts.to_vec()));
    }

    /// A section with its heading and total; nothing for one without rows.
    pub(super) fn section(&mut self, depth: usize, section: &Section) {
        if section.rows.is_empty() {
            return;
        }
        self.heading(depth, section.key.name());
        self.lines.extend(section.lines.iter().map(|line| Line {
            depth: depth + 1 + line.depth,
            ..line.clone()
        }));
        self.section_total(depth, section);
    }

    /// The total of a section alone.
    pub(super) fn section_total(&mut self, depth: usize, section: &Section) {
        let label = section.key.total_label();
        let source = Source::Section(section.key);
        self.push(LineKind::Total, depth, &label, source, Some(section.total.clone()));
    }

    pub(super) fn finish(self) -> Vec<Line> {
        self.lines
    }

    fn push(&mut self, kind: LineKind, depth: usize, label: &str, source: Source, amounts: Option<Vec<i64>>) {
        self.lines.push(Line {
            kind,
            label: label.to_owned(),
            full_label: label.to_owned(),
            number: None,
            depth,
            source,
            amounts,
        });
    }
}
