//! What every list with filters does the same way: its filters and its order are read from the address, a page is found by its
//! place, what fits is counted, and all of it leaves as a file.

pub(in crate::pages) mod file;
pub(in crate::pages) mod filters;
pub(in crate::pages) mod order;

use app::view::banking::grouped_count;
use ledger::money::{Currency, format_amount};
use tenancy::Totals;

/// `1,204 entries, 56,789.00 USD in all`; without a currency only how many; of very many, that they are more.
pub(in crate::pages) fn totals_words(totals: Totals, (one, many): (&str, &str), currency: Option<Currency>) -> String {
    let count = grouped_count(totals.rows);
    match (totals.more, totals.rows, totals.sum.zip(currency)) {
        (true, _, None) => format!("More than {count} {many}"),
        (true, _, Some(_)) => format!("More than {count} {many}: narrow them to see what they add up to"),
        (false, 1, _) => format!("1 {one}"),
        (false, _, Some((sum, currency))) => {
            let sum = format_amount(sum, currency);
            format!("{count} {many}, {sum} {} in all", currency.code())
        }
        (false, _, None) => format!("{count} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_says_how_many_there_are_and_what_they_add_up_to() {
        let entries = ("entry", "entries");
        let words = |rows, more, sum| totals_words(Totals { rows, more, sum }, entries, Some(Currency::USD));
        assert_eq!(
            words(1_204, false, Some(5_678_900)),
            "1,204 entries, 56,789.00 USD in all"
        );
        assert_eq!(words(1, false, Some(100)), "1 entry");
        assert_eq!(
            words(10_000, true, Some(1)),
            "More than 10,000 entries: narrow them to see what they add up to"
        );
        assert_eq!(words(2, false, None), "2 entries");
        let counted = |rows, more| {
            totals_words(
                Totals {
                    rows,
                    more,
                    sum: Some(0),
                },
                ("event", "events"),
                None,
            )
        };
        assert_eq!(counted(1_204, false), "1,204 events");
        assert_eq!(counted(10_000, true), "More than 10,000 events");
    }
}
