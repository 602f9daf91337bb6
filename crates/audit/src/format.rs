//! An event's bytes, format 1: one JSON object, its keys in the order in which the database writes them.
//!
//! Only read here. What was hashed is the bytes, so an image stays the slice of them that it is and is never written anew.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// One event: who did what to which row, when, and what the row was before and after.
#[derive(Clone, Debug)]
pub struct Event<'a> {
    /// The company.
    pub company: Uuid,
    /// The change, one writing transaction of the company.
    pub change: i64,
    /// When the change was opened, UTC.
    pub at: OffsetDateTime,
    /// `person`, `customer`, `job` or `operator`.
    pub actor_kind: Cow<'a, str>,
    /// An e-mail address, `operator:<user>` or a job's name.
    pub actor: Cow<'a, str>,
    /// The role that the actor had in the company.
    pub role: Cow<'a, str>,
    /// The request's id.
    pub request: Cow<'a, str>,
    /// The event's number in the company's chain, from 1.
    pub seq: i64,
    /// `insert`, `update`, `delete`; or `reveal`, `export`, `access`, which no table shows.
    pub action: Cow<'a, str>,
    /// The table.
    pub table: Cow<'a, str>,
    /// The row's key; a key of two columns is joined by a dot.
    pub row: Cow<'a, str>,
    /// The row before, exactly as it was written.
    pub before: Option<&'a RawValue>,
    /// The row after, exactly as it was written.
    pub after: Option<&'a RawValue>,
}

/// Why bytes are no event.
#[derive(Debug, Error)]
pub enum FormatError {
    /// Not the JSON object of format 1.
    #[error("not an event: {0}")]
    Json(#[from] serde_json::Error),
    /// A format that came later than this program.
    #[error("format {0} is not known here")]
    Version(u32),
    /// The time is none.
    #[error("{0:?} is not a time")]
    Time(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Format1<'a> {
    v: u32,
    company: Uuid,
    change: i64,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow)]
    actor_kind: Cow<'a, str>,
    #[serde(borrow)]
    actor: Cow<'a, str>,
    #[serde(borrow)]
    role: Cow<'a, str>,
    #[serde(borrow)]
    request: Cow<'a, str>,
    seq: i64,
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow)]
    table: Cow<'a, str>,
    #[serde(borrow)]
    row: Cow<'a, str>,
    #[serde(borrow)]
    before: Option<&'a RawValue>,
    #[serde(borrow)]
    after: Option<&'a RawValue>,
}

impl<'a> Event<'a> {
    /// Reads an event's bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let read: Format1<'a> = serde_json::from_slice(bytes)?;
        if read.v != 1 {
            return Err(FormatError::Version(read.v));
        }
        let at = OffsetDateTime::parse(&read.at, &Rfc3339).map_err(|_| FormatError::Time(read.at.into_owned()))?;
        Ok(Self {
            company: read.company,
            change: read.change,
            at,
            actor_kind: read.actor_kind,
            actor: read.actor,
            role: read.role,
            request: read.request,
            seq: read.seq,
            action: read.action,
            table: read.table,
            row: read.row,
            before: read.before,
            after: read.after,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use time::macros::datetime;

    use super::*;

    /// An event's bytes as the database's `audit_append` writes them.
    pub(crate) fn written(company: Uuid, change: i64, seq: i64, row: &str, after: &str) -> Vec<u8> {
        format!(
            r#"{{"v":1,"company":"{company}","change":{change},"at":"2026-10-31T17:04:05.678901Z","actor_kind":"person","actor":"dana@junipercycles.example","role":"admin","request":"r1","seq":{seq},"action":"insert","table":"account","row":"{row}","before":null,"after":{after}}}"#
        )
        .into_bytes()
    }

    #[test]
    fn an_event_reads_as_the_database_wrote_it_to_the_last_space() {
        let company = Uuid::from_u128(7);
        let bytes = written(company, 3, 9, "12", r#"{"id": 12, "name": "Caf\u00e9 \"Nord\""}"#);
        let event = Event::parse(&bytes).expect("an event");
        assert_eq!((event.company, event.change, event.seq), (company, 3, 9));
        assert_eq!(event.at, datetime!(2026-10-31 17:04:05.678901 UTC));
        assert_eq!(
            (&*event.action, &*event.table, &*event.row),
            ("insert", "account", "12")
        );
        assert!(event.before.is_none());
        assert_eq!(
            event.after.expect("an image").get(),
            r#"{"id": 12, "name": "Caf\u00e9 \"Nord\""}"#
        );
    }

    #[test]
    fn bytes_of_a_later_format_are_refused_and_not_guessed_at() {
        let later = String::from_utf8(written(Uuid::nil(), 1, 1, "1", "{}"))
            .expect("text")
            .replacen("\"v\":1", "\"v\":2", 1);
        assert!(matches!(Event::parse(later.as_bytes()), Err(FormatError::Version(2))));
    }

    #[test]
    fn bytes_with_a_key_too_many_too_few_or_twice_are_no_event() {
        let good = String::from_utf8(written(Uuid::nil(), 1, 1, "1", "{}")).expect("text");
        for bad in [
            good.replacen("\"v\":1", "\"v\":1,\"note\":1", 1),
            good.replacen("\"row\":\"1\",", "", 1),
            good.replacen("\"seq\":1", "\"seq\":1,\"seq\":2", 1),
            good.replacen("2026-10-31T", "31 October ", 1),
            String::new(),
        ] {
            assert!(Event::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
