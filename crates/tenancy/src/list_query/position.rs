//! A place in a list: what its row is sorted by, and its tie-breaker. It goes into a page's address as text.

use time::Date;
use time::macros::format_description;

use super::{KeyKind, Value};

/// Longest address of a place that is read.
const TEXT_BYTES_MAX: usize = 1_000;

/// The place of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Position {
    key: Option<Value>,
    tie: i64,
}

/// From where a page is read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seek {
    /// The list's beginning.
    First,
    /// What follows this place.
    After(Position),
    /// What comes before it, nearest last.
    Before(Position),
}

/// A day as places in addresses write it, `2026-10-31`; none of a year that books and database do not both have.
pub fn place_day(text: &str) -> Option<Date> {
    let day = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    (1..=9999).contains(&day.year()).then_some(day)
}

impl Position {
    pub(super) fn new(key: Option<Value>, tie: i64) -> Self {
        Self { key, tie }
    }

    pub(super) fn key(&self) -> Option<&Value> {
        self.key.as_ref()
    }

    pub(super) fn tie(&self) -> i64 {
        self.tie
    }

    /// As it stands in an address: `17.2026-10-31`; `17` for a row without a key.
    pub fn to_text(&self) -> String {
        let tie = self.tie;
        match &self.key {
            Some(Value::Integer(key)) => format!("{tie}.{key}"),
            Some(Value::Text(key)) => format!("{tie}.{key}"),
            Some(Value::Date(key)) => format!("{tie}.{key}"),
            _ => tie.to_string(),
        }
    }

    /// The place of that text in a list sorted by a key of this kind; none where it is not one.
    pub fn parse(text: &str, kind: KeyKind) -> Option<Self> {
        if text.len() > TEXT_BYTES_MAX || text.contains('\0') {
            return None;
        }
        let Some((tie, key)) = text.split_once('.') else {
            return Some(Self::new(None, text.parse().ok()?));
        };
        let key = match kind {
            KeyKind::Integer => Value::Integer(key.parse().ok()?),
            KeyKind::Text => Value::Text(key.to_owned()),
            KeyKind::Date => Value::Date(place_day(key)?),
        };
        Some(Self::new(Some(key), tie.parse().ok()?))
    }

    fn is_of(&self, kind: KeyKind) -> bool {
        self.key.as_ref().is_none_or(|key| key.is_of(kind))
    }
}

impl Seek {
    /// The same where its place is one in a list of that kind of key; else the beginning.
    pub(super) fn of_kind(&self, kind: KeyKind) -> &Self {
        match self {
            Self::After(position) | Self::Before(position) if position.is_of(kind) => self,
            _ => &Self::First,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_place_survives_its_way_through_an_address() {
        for (key, kind, text) in [
            (Some(Value::Date(date!(2026 - 10 - 31))), KeyKind::Date, "17.2026-10-31"),
            (Some(Value::Integer(-500)), KeyKind::Integer, "17.-500"),
            (Some(Value::Text("J. & Sons".to_owned())), KeyKind::Text, "17.J. & Sons"),
            (None, KeyKind::Text, "17"),
        ] {
            let position = Position::new(key, 17);
            assert_eq!(position.to_text(), text);
            assert_eq!(Position::parse(text, kind), Some(position));
        }
    }

    #[test]
    fn what_is_no_place_is_none() {
        for text in [
            "",
            "x",
            "17.2026-02-31",
            "1.-9999-01-01",
            "1.0000-01-01",
            "17.'; drop",
            "x.2026-10-31",
            "17.",
            "99999999999999999999",
        ] {
            assert_eq!(Position::parse(text, KeyKind::Date), None, "{text}");
        }
        assert_eq!(Position::parse("17.a\0b", KeyKind::Text), None);
        assert_eq!(
            Position::parse(&format!("17.{}", "x".repeat(1_000)), KeyKind::Text),
            None
        );
    }

    #[test]
    fn a_place_of_a_list_in_another_order_is_the_beginning() {
        let by_name = Seek::After(Position::new(Some(Value::Text("2026-10-31".to_owned())), 17));
        assert_eq!(by_name.of_kind(KeyKind::Date), &Seek::First);
        assert_eq!(by_name.of_kind(KeyKind::Text), &by_name);
    }
}
