//! A moment by a company's clocks.

use ledger::dates::{format_date, format_time};
use time::OffsetDateTime;
use time_tz::{Offset, OffsetDateTimeExt, TimeZone, timezones};

/// A moment as a company's clocks show it: `Nov 22, 2026, 9:14 AM PST`. A name that is no time zone is read as UTC.
pub fn clock_words(time_zone: &str, moment: OffsetDateTime) -> String {
    let zone = timezones::get_by_name(time_zone);
    let local = zone.map_or(moment.to_offset(time::UtcOffset::UTC), |zone| moment.to_timezone(zone));
    let zone = zone.map_or_else(
        || "UTC".to_owned(),
        |zone| zone.get_offset_utc(&moment).name().to_owned(),
    );
    format!("{}, {} {zone}", format_date(local.date()), format_time(local.time()))
}

/// A moment as files carry it: `2026-11-22T17:14:09Z`.
pub(super) fn instant_text(moment: OffsetDateTime) -> String {
    let utc = moment.to_offset(time::UtcOffset::UTC);
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        ledger::dates::format_iso(utc.date()),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_moment_is_said_by_the_companys_clocks_and_kept_in_utc() {
        let moment = datetime!(2026-11-22 17:14:09.5 UTC);
        assert_eq!(clock_words("America/Los_Angeles", moment), "Nov 22, 2026, 9:14 AM PST");
        assert_eq!(
            clock_words("America/New_York", datetime!(2026-07-01 4:05 UTC)),
            "Jul 1, 2026, 12:05 AM EDT"
        );
        assert_eq!(clock_words("Nowhere", moment), "Nov 22, 2026, 5:14 PM UTC");
        assert_eq!(instant_text(moment), "2026-11-22T17:14:09Z");
    }
}
