//! The moment that books are known at: as they stand, or as they stood after a change.
//!
//! What is never changed but retired (postings, revisions, fiscal years) was live at change N when `made_in <= N` and it was not
//! retired by then. A time means the last change at or before it, so a report as known at a time is as exact as one as known at a
//! change. An address carries either as `known`: `known=48211`, or `known=2026-10-31T17:00` by the company's clocks.

use ledger::dates::{format_date, parse_date};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::macros::time;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};
use time_tz::{PrimitiveDateTimeExt, timezones};

use crate::Error;
use crate::company::day_in;

/// When books are known at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Moment {
    /// As they stand.
    #[default]
    Now,
    /// As they stood after the change of this number.
    Change(i64),
}

impl Moment {
    /// The last change that is known; none where all are.
    pub const fn change(self) -> Option<i64> {
        match self {
            Self::Now => None,
            Self::Change(n) => Some(n),
        }
    }
}

/// A moment as somebody asks for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum AskedMoment {
    Change(i64),
    /// By the company's clocks.
    Time(PrimitiveDateTime),
    /// The end of a day of the company.
    EndOf(Date),
}

/// The moment that a text asks for: the number of a change (`48211`, `48,211`), a time by the company's clocks
/// (`2026-10-31T17:00`, `10/31/2026 5:00 PM`), or a day (`10/31/2026`), which means its end. An empty text asks for now. A time
/// gives the last change at or before it.
///
/// # Errors
/// `Invalid` at `known` when it cannot be read, has not come yet, or lies before the first change; `NotFound` while the company's
/// books are not set up.
pub async fn moment_find(cx: &Cx, text: &str) -> Result<Moment, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    if text.trim().is_empty() {
        return Ok(Moment::Now);
    }
    let row = sqlx::query!(r#"select c.time_zone, now() as "now!", h.change as head from company c, audit_head h"#)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    let (zone, now) = (row.time_zone.as_str(), row.now);
    match read(text, day_in(zone, now))? {
        AskedMoment::Change(n) => {
            check_change(n, row.head)?;
            Ok(Moment::Change(n))
        }
        AskedMoment::Time(local) => {
            let at = instant(zone, local);
            if at > now {
                return Err(refused(
                    "This time has not come yet. Leave the field empty for the books as they are now.",
                ));
            }
            last_change(&mut tx, zone, at).await
        }
        AskedMoment::EndOf(day) => {
            let next = day.next_day().unwrap_or(Date::MAX);
            let begins = instant(zone, next.midnight());
            if instant(zone, day.midnight()) > now {
                return Err(refused(
                    "This day has not come yet. Leave the field empty for the books as they are now.",
                ));
            }
            // The end of today is as far as today has come.
            last_change(&mut tx, zone, begins.min(now)).await
        }
    }
}

/// Refuses a change that was not made yet.
pub(super) fn check_change(n: i64, head: i64) -> Result<(), Error> {
    if n < 1 {
        return Err(refused("Changes are counted from 1. Enter a later one, or a time."));
    }
    if n > head {
        return Err(refused(format!(
            "The last change so far is {head}. Enter that one or an earlier one."
        )));
    }
    Ok(())
}

fn refused(message: impl Into<String>) -> Error {
    Error::at("known", message)
}

/// The last change at or before a time, by a company's clocks where there is none. Changes follow each other in time, so an index finds it.
async fn last_change(tx: &mut TenantTx<Read>, zone: &str, at: OffsetDateTime) -> Result<Moment, Error> {
    let n = sqlx::query_scalar!(
        "select n from change where at <= $1 order by at desc, n desc limit 1",
        at
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(n) = n {
        return Ok(Moment::Change(n));
    }
    let first = sqlx::query_scalar!("select at from change order by n limit 1")
        .fetch_optional(&mut **tx)
        .await?;
    Err(refused(match first {
        Some(first) => format!(
            "Nothing was recorded by then: the first change was made on {}. Enter a later time.",
            format_date(day_in(zone, first))
        ),
        None => "Nothing was recorded yet.".to_owned(),
    }))
}

/// The instant that a company's clocks show a time at: the first of two where they are put back. A time that they skip is as many
/// minutes past the hour they jump to.
fn instant(zone: &str, local: PrimitiveDateTime) -> OffsetDateTime {
    let Some(zone) = timezones::get_by_name(zone) else {
        return local.assume_utc();
    };
    local
        .assume_timezone(zone)
        .take_first()
        .or_else(|| (local + time::Duration::HOUR).assume_timezone(zone).take_first())
        .unwrap_or_else(|| local.assume_utc())
}

fn read(text: &str, today: Date) -> Result<AskedMoment, Error> {
    let text = text.trim();
    let digits = text.replace(',', "");
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let n = digits.parse().map_err(|_| not_a_moment(text))?;
        return Ok(AskedMoment::Change(n));
    }
    let (day, clock) = match text.split_once(['T', ' ']) {
        Some((day, clock)) => (day, Some(clock.trim())),
        None => (text, None),
    };
    let day = parse_date(day, today).map_err(|error| match clock {
        None => refused(error.to_string()),
        Some(_) => not_a_moment(text),
    })?;
    match clock {
        None => Ok(AskedMoment::EndOf(day)),
        Some(clock) => {
            let clock = parse_clock(clock).ok_or_else(|| not_a_moment(text))?;
            Ok(AskedMoment::Time(day.with_time(clock)))
        }
    }
}

fn not_a_moment(text: &str) -> Error {
    refused(format!(
        "“{text}” is not a moment. Write a day or a time, like 10/31/2026 5:00 PM, or the number of a change."
    ))
}

/// Reads `17:00`, `17:00:30`, `5 PM`, `5:00 pm`.
fn parse_clock(text: &str) -> Option<Time> {
    let lower = text.to_ascii_lowercase();
    let (clock, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end(), Some(0)),
        (_, Some(clock)) => (clock.trim_end(), Some(12)),
        (None, None) => (lower.as_str(), None),
    };
    let mut parts = clock.split(':');
    let number = |part: Option<&str>| -> Option<u8> {
        let part = part?;
        let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok()).flatten()
    };
    let hour = number(parts.next())?;
    let minute = parts.next().map(|part| number(Some(part)));
    let second = parts.next().map(|part| number(Some(part)));
    if parts.next().is_some() || (half.is_none() && minute.is_none()) {
        return None;
    }
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    let (minute, second) = (minute.unwrap_or(Some(0))?, second.unwrap_or(Some(0))?);
    time!(0:00)
        .replace_hour(hour)
        .ok()?
        .replace_minute(minute)
        .ok()?
        .replace_second(second)
        .ok()
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn asked(text: &str) -> Option<AskedMoment> {
        read(text, date!(2026 - 11 - 22)).ok()
    }

    #[test]
    fn a_moment_is_a_change_a_time_or_the_end_of_a_day() {
        for (text, moment) in [
            ("48211", AskedMoment::Change(48_211)),
            (" 48,211 ", AskedMoment::Change(48_211)),
            ("2026-10-31T17:00", AskedMoment::Time(datetime!(2026-10-31 17:00))),
            ("2026-10-31T17:00:30", AskedMoment::Time(datetime!(2026-10-31 17:00:30))),
            ("10/31/2026 5:00 PM", AskedMoment::Time(datetime!(2026-10-31 17:00))),
            ("10/31/26 12 am", AskedMoment::Time(datetime!(2026-10-31 0:00))),
            ("10/31/26 12:30pm", AskedMoment::Time(datetime!(2026-10-31 12:30))),
            ("10/31/2026", AskedMoment::EndOf(date!(2026 - 10 - 31))),
            ("-1", AskedMoment::EndOf(date!(2026 - 11 - 21))),
        ] {
            assert_eq!(asked(text), Some(moment), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_refused_with_how_to_write_one() {
        for text in [
            "soon",
            "2026-10-31T",
            "2026-10-31T25:00",
            "10/31/2026 5",
            "10/31/2026 13 pm",
            "10/31/2026 5:00:00:00",
            "99999999999999999999",
            "1 2",
        ] {
            let error = read(text, date!(2026 - 11 - 22)).expect_err(text);
            assert_eq!(error.problems()[0].field, "known", "{text}");
        }
    }

    #[test]
    fn a_time_that_clocks_skip_is_an_hour_later_and_one_they_show_twice_is_the_first() {
        let chicago = |local| instant("America/Chicago", local);
        assert_eq!(chicago(datetime!(2026-03-08 2:30)), datetime!(2026-03-08 8:30 UTC));
        assert_eq!(chicago(datetime!(2026-11-01 1:30)), datetime!(2026-11-01 6:30 UTC));
    }
}
