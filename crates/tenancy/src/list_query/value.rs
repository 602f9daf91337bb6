//! What a list's statement takes along: never a part of its text.

use time::{Date, OffsetDateTime};

/// A bound value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// An id, a count, an amount in minor units.
    Integer(i64),
    /// Words.
    Text(String),
    /// A day.
    Date(Date),
    /// A moment.
    Moment(OffsetDateTime),
    /// Ids: for `= any ({})`.
    Integers(Vec<i64>),
    /// Words: for `= any ({})`.
    Texts(Vec<String>),
}

/// What a sort key gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyKind {
    /// `bigint`.
    Integer,
    /// `text`.
    Text,
    /// `date`.
    Date,
}

impl Value {
    /// The type that its place in the text is cast to, so that PostgreSQL guesses nothing.
    pub(super) fn cast(&self) -> &'static str {
        match self {
            Self::Integer(_) => "bigint",
            Self::Text(_) => "text",
            Self::Date(_) => "date",
            Self::Moment(_) => "timestamptz",
            Self::Integers(_) => "bigint[]",
            Self::Texts(_) => "text[]",
        }
    }

    /// Whether a sort key of this kind gives such a value.
    pub(super) fn is_of(&self, kind: KeyKind) -> bool {
        matches!(
            (self, kind),
            (Self::Integer(_), KeyKind::Integer) | (Self::Text(_), KeyKind::Text) | (Self::Date(_), KeyKind::Date)
        )
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<Date> for Value {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl From<OffsetDateTime> for Value {
    fn from(value: OffsetDateTime) -> Self {
        Self::Moment(value)
    }
}

impl From<Vec<i64>> for Value {
    fn from(values: Vec<i64>) -> Self {
        Self::Integers(values)
    }
}

impl From<Vec<String>> for Value {
    fn from(values: Vec<String>) -> Self {
        Self::Texts(values)
    }
}
