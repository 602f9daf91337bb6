//! What a report says of itself.

use app::view::banking::banking_path;
use app::view::banking::grouped_count;
use app::view::days::long_day;
use app::view::frame::COUNTED_MAX;
use app::view::report::Waiting;
use books::company::Company;
use books::reports::{Provenance, clock_words};
use ledger::statements::Basis;

/// `Made Nov 22, 2026, 9:14 AM PST from everything up to change 48,211 (chain 7f3ac90e12ab). One line is uncategorized.`
/// That no line is uncategorized is said only where none waits for review: nobody has categorized what waits.
pub fn provenance(of: &Provenance, is_waiting: bool) -> String {
    let uncategorized = match (of.uncategorized_lines, is_waiting) {
        (0, false) => " No line is uncategorized.".to_owned(),
        (0, true) => String::new(),
        (1, _) => " One line is uncategorized.".to_owned(),
        (several, _) => format!(" {} lines are uncategorized.", grouped_count(several)),
    };
    let made = clock_words(&of.time_zone, of.made_at);
    let change = grouped_count(of.change);
    format!(
        "Made {made} from everything up to change {change} (chain {}).{uncategorized}",
        of.head
    )
}

/// What waits for review and so is not in a report, with the way to it: the words of the link, and those after it.
pub fn waiting(slug: &str, count: u32) -> Option<Waiting> {
    let (lines, rest) = match count {
        0 => return None,
        1 => (
            "1 bank line waits for review".to_owned(),
            "and is not in these figures.",
        ),
        several if several > COUNTED_MAX => (
            format!("More than {COUNTED_MAX} bank lines wait for review"),
            "and are not in these figures.",
        ),
        several => (
            format!("{several} bank lines wait for review"),
            "and are not in these figures.",
        ),
    };
    Some(Waiting {
        lines,
        rest,
        href: banking_path(slug),
    })
}

/// What a reader must know of a report that reaches back before the books begin.
pub fn notes(company: &Company, of: &Provenance) -> Vec<String> {
    let begin = company.books_begin_on.filter(|_| of.before_books);
    begin
        .map(|day| {
            format!(
                "These books begin on {}: of what was before they have the opening balances alone.",
                long_day(day)
            )
        })
        .into_iter()
        .collect()
}

/// The moment that a report is known at: `As known at change 48,211, made Oct 31, 2026, 4:59 PM PDT`.
pub fn known(of: &Provenance) -> Option<String> {
    let known = of.known?;
    let made = clock_words(&of.time_zone, known.at);
    Some(format!(
        "As known at change {}, made {made}",
        grouped_count(known.change)
    ))
}

/// `accrual basis`
pub const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Accrual => "accrual basis",
        Basis::Cash => "cash basis",
    }
}

#[cfg(test)]
mod tests {
    use books::reports::KnownAt;
    use ledger::accounts::EntityType;
    use ledger::money::Currency;
    use time::macros::{date, datetime};

    use super::*;

    fn company() -> Company {
        Company {
            name: "Juniper Cycles LLC".to_owned(),
            entity_type: EntityType::Llc,
            currency: Currency::USD,
            time_zone: "America/Chicago".to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 1,
            books_begin_on: Some(date!(2026 - 01 - 01)),
            tax_id_hint: None,
        }
    }

    fn made(time_zone: &str, uncategorized_lines: i64) -> Provenance {
        Provenance {
            company: "Juniper Cycles LLC".to_owned(),
            currency: Currency::USD,
            time_zone: time_zone.to_owned(),
            from: date!(2025 - 12 - 01),
            to: date!(2026 - 10 - 31),
            basis: Basis::Accrual,
            made_at: datetime!(2026-11-22 17:14:09 UTC),
            change: 48_211,
            head: "7f3ac90e12ab".to_owned(),
            known: None,
            uncategorized_lines,
            before_books: true,
        }
    }

    #[test]
    fn a_report_says_when_it_was_made_by_the_companys_clocks_and_of_what() {
        assert_eq!(
            provenance(&made("America/Los_Angeles", 1), false),
            "Made Nov 22, 2026, 9:14 AM PST from everything up to change 48,211 (chain 7f3ac90e12ab). One line is uncategorized."
        );
        let new_york = made("America/New_York", 1_204);
        assert!(provenance(&new_york, false).contains("12:14 PM EST"));
        assert!(provenance(&new_york, true).ends_with("1,204 lines are uncategorized."));
    }

    #[test]
    fn a_report_as_known_at_a_change_says_which_and_when_that_was_made() {
        let of = Provenance {
            known: Some(KnownAt {
                change: 48_211,
                at: datetime!(2026-10-31 23:59:58 UTC),
            }),
            ..made("America/Los_Angeles", 0)
        };
        assert_eq!(
            known(&of).as_deref(),
            Some("As known at change 48,211, made Oct 31, 2026, 4:59 PM PDT")
        );
        assert_eq!(known(&made("America/Los_Angeles", 0)), None);
    }

    #[test]
    fn while_bank_lines_wait_nothing_is_said_to_be_categorized() {
        let none = made("America/New_York", 0);
        assert!(provenance(&none, false).ends_with("No line is uncategorized."));
        assert!(provenance(&none, true).ends_with("(chain 7f3ac90e12ab)."));
        let words = |count| waiting("juniper", count).map(|waiting| format!("{} {}", waiting.lines, waiting.rest));
        assert_eq!(words(0), None);
        assert_eq!(
            words(1).as_deref(),
            Some("1 bank line waits for review and is not in these figures.")
        );
        assert_eq!(
            words(999).as_deref(),
            Some("999 bank lines wait for review and are not in these figures.")
        );
        assert_eq!(
            words(1_000).as_deref(),
            Some("More than 999 bank lines wait for review and are not in these figures.")
        );
    }

    #[test]
    fn a_report_that_reaches_back_before_the_books_says_so() {
        let notes = notes(&company(), &made("America/Chicago", 0));
        assert_eq!(
            notes,
            ["These books begin on January 1, 2026: of what was before they have the opening balances alone."]
        );
    }
}
