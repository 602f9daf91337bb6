//! What a report says of itself.

use app::view::days::long_day;
use books::company::Company;
use books::reports::Provenance;
use ledger::dates::format_date;
use ledger::statements::Basis;
use time::OffsetDateTime;
use time_tz::{Offset, TimeZone, timezones};

/// `Made Nov 22, 2026, 9:14 AM PST from everything up to change 48,211 (chain 7f3ac90e12ab). One line is uncategorized.`
pub fn provenance(company: &Company, of: &Provenance) -> String {
    let uncategorized = match of.uncategorized_lines {
        0 => "No line is uncategorized.".to_owned(),
        1 => "One line is uncategorized.".to_owned(),
        several => format!("{} lines are uncategorized.", grouped(several)),
    };
    let made = moment(company, of.made_at);
    let change = grouped(of.change);
    format!(
        "Made {made} from everything up to change {change} (chain {}). {uncategorized}",
        of.head
    )
}

/// What a reader must know of a report that reaches back before the books begin.
pub fn notes(company: &Company, of: &Provenance) -> Vec<String> {
    let begin = company.books_begin_on.filter(|_| of.before_books);
    begin
        .map(|day| {
            format!(
                "These books begin on {}: what was before is not in them.",
                long_day(day)
            )
        })
        .into_iter()
        .collect()
}

/// `accrual basis`
pub const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Accrual => "accrual basis",
        Basis::Cash => "cash basis",
    }
}

/// A moment by the company's clocks: `Nov 22, 2026, 9:14 AM PST`.
fn moment(company: &Company, moment: OffsetDateTime) -> String {
    let local = company.local(moment);
    let zone = timezones::get_by_name(&company.time_zone).map_or_else(
        || "UTC".to_owned(),
        |zone| zone.get_offset_utc(&moment).name().to_owned(),
    );
    let (half, hour) = match local.hour() {
        0 => ("AM", 12),
        hour @ 1..12 => ("AM", hour),
        12 => ("PM", 12),
        hour => ("PM", hour - 12),
    };
    format!(
        "{}, {hour}:{:02} {half} {zone}",
        format_date(local.date()),
        local.minute()
    )
}

/// A count with its thousands separated: `48,211`.
fn grouped(count: i64) -> String {
    let digits = count.unsigned_abs().to_string();
    let mut text = if count < 0 { "-".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use ledger::accounts::EntityType;
    use ledger::money::Currency;
    use time::macros::{date, datetime};

    use super::*;

    fn company(time_zone: &str) -> Company {
        Company {
            name: "Juniper Cycles LLC".to_owned(),
            entity_type: EntityType::Llc,
            currency: Currency::USD,
            time_zone: time_zone.to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 1,
            books_begin_on: Some(date!(2026 - 01 - 01)),
            tax_id_hint: None,
        }
    }

    fn made(uncategorized_lines: i64) -> Provenance {
        Provenance {
            company: "Juniper Cycles LLC".to_owned(),
            from: date!(2025 - 12 - 01),
            to: date!(2026 - 10 - 31),
            basis: Basis::Accrual,
            made_at: datetime!(2026-11-22 17:14:09 UTC),
            change: 48_211,
            head: "7f3ac90e12ab".to_owned(),
            uncategorized_lines,
            before_books: true,
        }
    }

    #[test]
    fn a_report_says_when_it_was_made_by_the_companys_clocks_and_of_what() {
        assert_eq!(
            provenance(&company("America/Los_Angeles"), &made(1)),
            "Made Nov 22, 2026, 9:14 AM PST from everything up to change 48,211 (chain 7f3ac90e12ab). One line is uncategorized."
        );
        assert!(provenance(&company("America/New_York"), &made(1_204)).contains("12:14 PM EST"));
        assert!(provenance(&company("America/New_York"), &made(1_204)).ends_with("1,204 lines are uncategorized."));
    }

    #[test]
    fn a_report_that_reaches_back_before_the_books_says_so() {
        let notes = notes(&company("America/Chicago"), &made(0));
        assert_eq!(
            notes,
            ["These books begin on January 1, 2026: what was before is not in them."]
        );
    }
}
