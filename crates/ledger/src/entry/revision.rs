//! What a revision changes: only the postings that differ, so that a reconciled one stays.

use std::collections::HashMap;

use super::Posting;

/// What turns the live postings of a document into the wanted ones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Positions in the live postings, ascending, of those to retire.
    pub retire: Vec<usize>,
    /// The postings to insert, in the order they were wanted.
    pub insert: Vec<Posting>,
}

impl Difference {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.retire.is_empty() && self.insert.is_empty()
    }
}

/// Compares the live postings of a document with the wanted ones. A posting equal in all its
/// fields stays; where equal ones stand several times, as many stay as are wanted, the first of
/// them first.
pub fn revision_difference(live: &[Posting], wanted: &[Posting]) -> Difference {
    let mut unmatched: HashMap<&Posting, usize> = HashMap::with_capacity(wanted.len());
    for posting in wanted {
        *unmatched.entry(posting).or_default() += 1;
    }
    let mut kept: HashMap<&Posting, usize> = HashMap::with_capacity(live.len());
    let mut retire = Vec::new();
    for (position, posting) in live.iter().enumerate() {
        match unmatched.get_mut(posting) {
            Some(count) if *count > 0 => {
                *count -= 1;
                *kept.entry(posting).or_default() += 1;
            }
            _ => retire.push(position),
        }
    }
    let mut insert = Vec::new();
    for posting in wanted {
        match kept.get_mut(posting) {
            Some(count) if *count > 0 => *count -= 1,
            _ => insert.push(*posting),
        }
    }
    Difference { retire, insert }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Leg, document_postings};
    use time::macros::date;

    fn posting(line_no: i32, account_id: i64, amount: i64) -> Posting {
        Posting {
            line_no,
            account_id,
            contact_id: None,
            open_item_id: None,
            posted_on: date!(2026 - 01 - 31),
            amount,
        }
    }

    #[test]
    fn recategorizing_one_line_leaves_the_bank_posting_alone() {
        let live = [posting(1, 10, -500), posting(2, 60, 500)];
        let wanted = [posting(1, 10, -500), posting(2, 61, 500)];
        assert_eq!(
            revision_difference(&live, &wanted),
            Difference {
                retire: vec![1],
                insert: vec![posting(2, 61, 500)]
            }
        );
    }

    #[test]
    fn another_order_of_the_same_postings_changes_nothing() {
        let live = [posting(1, 10, -500), posting(2, 60, 500)];
        let wanted = [posting(2, 60, 500), posting(1, 10, -500)];
        assert!(revision_difference(&live, &wanted).is_empty());
    }

    #[test]
    fn of_equal_postings_as_many_stay_as_are_wanted() {
        let twice = [posting(1, 10, 5), posting(1, 10, 5)];
        let once = [posting(1, 10, 5)];
        assert_eq!(revision_difference(&twice, &once).retire, [1]);
        assert_eq!(revision_difference(&once, &twice).insert, once);
    }

    #[test]
    fn another_date_contact_or_open_item_makes_another_posting() {
        let live = [posting(1, 10, 5)];
        let moved = [Posting {
            posted_on: date!(2026 - 02 - 01),
            ..live[0]
        }];
        let renamed = [Posting {
            contact_id: Some(7),
            ..live[0]
        }];
        let settled_apart = [Posting {
            open_item_id: Some(3),
            ..live[0]
        }];
        for wanted in [moved, renamed, settled_apart] {
            assert_eq!(
                revision_difference(&live, &wanted),
                Difference {
                    retire: vec![0],
                    insert: wanted.to_vec()
                }
            );
        }
    }

    #[test]
    fn a_line_without_an_amount_posts_nothing_and_the_others_post_on_the_document_s_date() {
        let leg = |line_no, account_id, amount| Leg {
            line_no,
            account_id,
            contact_id: None,
            open_item_id: None,
            amount,
        };
        let legs = [leg(1, 10, -500), leg(2, 60, 0), leg(3, 61, 500)];
        assert_eq!(
            document_postings(date!(2026 - 01 - 31), legs),
            [posting(1, 10, -500), posting(3, 61, 500)]
        );
    }
}
