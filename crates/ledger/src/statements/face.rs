//! What a report says of itself, on paper and in files.

use serde::Serialize;
use time::Date;

use super::Basis;
use crate::csv::csv_record;
use crate::dates::{format_date, format_iso};
use crate::money::Currency;

/// The face of a report: whose it is, what it shows, and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The company's legal name.
    pub company: String,
    /// The days it shows.
    pub days: Days,
    /// When income and expenses count.
    pub basis: Basis,
    /// The currency of all its amounts.
    pub currency: Currency,
    /// When it was made, by the company's clocks: `Nov 22, 2026, 9:14 AM PST`.
    pub made: String,
    /// When it was made: `2026-11-22T17:14:09Z`.
    pub made_at: String,
    /// The last change it contains.
    pub change: i64,
    /// The first digits of the audit chain's hash at that change.
    pub chain: String,
    /// The moment it is known at, unless that is now.
    pub known: Option<Known>,
}

/// The moment of a report that shows the books as they were known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// The last change that is known.
    pub change: i64,
    /// When that was made: `2026-10-31T23:59:58Z`.
    pub at: String,
    /// The same by the company's clocks.
    #[serde(skip)]
    pub words: String,
}

/// The days a report shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// From a first through a last day.
    Period {
        /// The first.
        from: Date,
        /// The last.
        to: Date,
    },
    /// The end of a day.
    AsOf(Date),
}

impl Days {
    /// `Jan 1, 2026 to Oct 31, 2026`, `As of Oct 31, 2026`.
    pub fn words(self) -> String {
        match self {
            Self::Period { from, to } => format!("{} to {}", format_date(from), format_date(to)),
            Self::AsOf(day) => format!("As of {}", format_date(day)),
        }
    }
}

impl Face {
    /// `As known at change 48,211, made Oct 31, 2026, 4:59 PM PDT`.
    pub fn known_words(&self) -> Option<String> {
        let known = self.known.as_ref()?;
        Some(format!("As known at change {}, made {}", known.change, known.words))
    }

    /// `Made Nov 22, 2026, 9:14 AM PST from everything up to change 48211 (chain 7f3ac90e12ab).`
    pub fn made_words(&self) -> String {
        let Self {
            made, change, chain, ..
        } = self;
        format!("Made {made} from everything up to change {change} (chain {chain}).")
    }

    /// What stands above the report as text.
    pub fn text_heading(&self, title: &str) -> String {
        let known = self.known_words().map(|words| words + "\n").unwrap_or_default();
        format!(
            "{}\n{title}\n{}\n{}, {}\n{known}\n",
            self.company.replace(char::is_control, " "),
            self.days.words(),
            self.basis.name(),
            self.currency.code()
        )
    }

    /// What stands below the report as text.
    pub fn text_foot(&self) -> String {
        format!("\n{}\n", self.made_words())
    }

    /// What stands below the report as CSV: the first record stays the head of the columns.
    pub fn csv_foot(&self, title: &str) -> String {
        let mut records = vec![
            ("Company", self.company.clone()),
            ("Report", title.to_owned()),
            ("Dates", self.days.words()),
            ("Basis", self.basis.name().to_owned()),
            ("Currency", self.currency.code().to_owned()),
            ("Made", self.made.clone()),
            ("Change", self.change.to_string()),
            ("Chain", self.chain.clone()),
        ];
        if let Some(known) = &self.known {
            records.push(("As known at", format!("change {}, {}", known.change, known.words)));
        }
        let records = records.into_iter().map(|(name, value)| csv_record([name, &value]));
        std::iter::once("\r\n".to_owned()).chain(records).collect()
    }

    /// The object that a report of lines begins with as JSON; a statement has the same fields.
    pub fn to_json<'a>(&'a self, title: &'static str) -> impl Serialize + 'a {
        self.json(title)
    }

    pub(super) fn json<'a>(&'a self, title: &'static str) -> FaceJson<'a> {
        let (from, to, as_of) = match self.days {
            Days::Period { from, to } => (Some(format_iso(from)), Some(format_iso(to)), None),
            Days::AsOf(day) => (None, None, Some(format_iso(day))),
        };
        FaceJson {
            company: &self.company,
            report: title,
            from,
            to,
            as_of,
            basis: self.basis,
            currency: self.currency,
            made_at: &self.made_at,
            change: self.change,
            chain: &self.chain,
            known_at: self.known.as_ref(),
        }
    }
}

/// The face as JSON.
#[derive(Serialize)]
pub(super) struct FaceJson<'a> {
    company: &'a str,
    report: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
    basis: Basis,
    currency: Currency,
    made_at: &'a str,
    change: i64,
    chain: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    known_at: Option<&'a Known>,
}
