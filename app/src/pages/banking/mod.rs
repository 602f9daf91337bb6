//! The pages of the section Banking: accounts, statement files, and the review of their lines.

pub mod connect;
pub mod number;
pub mod overview;
pub mod preview;
pub mod review;
pub mod split;
pub mod undo_import;
pub mod upload;

use ledger::dates::format_date;
use time::Date;

/// A day in a list: the year stands only where it is not this one.
fn short_date(day: Date, today: Date) -> String {
    let full = format_date(day);
    match full.rsplit_once(", ") {
        Some((short, _)) if day.year() == today.year() => short.to_owned(),
        _ => full,
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_day_of_this_year_goes_without_it() {
        let today = date!(2026 - 11 - 22);
        assert_eq!(short_date(date!(2026 - 11 - 20), today), "Nov 20");
        assert_eq!(short_date(date!(2025 - 11 - 20), today), "Nov 20, 2025");
    }
}
