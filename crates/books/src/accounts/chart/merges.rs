//! Which account stands with which: what was merged into another is shown with it, at any remove.

use std::collections::HashMap;

use sqlx::PgConnection;

use crate::Error;

/// How many merges the database lets follow one another: what was merged into what was merged, and so on.
pub(crate) const MERGES_IN_A_ROW_MAX: usize = 50;

/// From each account that was merged to the one it was merged into.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Merges(HashMap<i64, i64>);

impl Merges {
    /// As the chart stands.
    pub(crate) async fn load(connection: &mut PgConnection) -> Result<Self, Error> {
        let rows =
            sqlx::query!(r#"select id, merged_into as "merged_into!" from account where merged_into is not null"#)
                .fetch_all(connection)
                .await?;
        Ok(rows.into_iter().map(|row| (row.id, row.merged_into)).collect())
    }

    /// The account that an account's postings are shown as: itself, or what it was merged into, at any remove.
    pub(crate) fn shown_as(&self, id: i64) -> i64 {
        self.along(id).last().unwrap_or(id)
    }

    /// The account itself, and what was merged into it at any remove, in the order of their ids.
    pub(crate) fn ids_shown_as(&self, id: i64) -> Vec<i64> {
        let others = self.0.keys().copied().filter(|other| *other != id);
        let mut ids: Vec<i64> = others.filter(|other| self.along(*other).any(|at| at == id)).collect();
        ids.push(id);
        ids.sort_unstable();
        ids
    }

    /// From each account that was merged to the one that it is shown as: two columns for a query.
    pub(crate) fn columns(&self) -> (Vec<i64>, Vec<i64>) {
        self.0.keys().map(|id| (*id, self.shown_as(*id))).unzip()
    }

    /// How many merges follow one another into an account: none, what was merged into it, what was merged into that, and so on.
    pub(crate) fn in_a_row_into(&self, id: i64) -> usize {
        let steps = |other: &i64| self.along(*other).position(|at| at == id);
        self.0.keys().filter_map(steps).max().unwrap_or_default()
    }

    /// The account, what it was merged into, what that was merged into, and so on.
    fn along(&self, id: i64) -> impl Iterator<Item = i64> {
        std::iter::successors(Some(id), |at| self.0.get(at).copied()).take(MERGES_IN_A_ROW_MAX + 1)
    }
}

impl FromIterator<(i64, i64)> for Merges {
    fn from_iter<Pairs: IntoIterator<Item = (i64, i64)>>(pairs: Pairs) -> Self {
        Self(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_merged_is_shown_with_its_target_at_any_remove() {
        // Travel (2) was merged into Trips (3), and Trips into Journeys (4).
        let merges = Merges::from_iter([(2, 3), (3, 4)]);
        assert_eq!([1, 2, 3, 4].map(|id| merges.shown_as(id)), [1, 4, 4, 4]);
        assert_eq!(merges.ids_shown_as(4), [2, 3, 4]);
        // What would move along with Trips if its merge were undone.
        assert_eq!(merges.ids_shown_as(3), [2, 3]);
        assert_eq!(merges.ids_shown_as(1), [1]);
        assert_eq!([1, 2, 3, 4].map(|id| merges.in_a_row_into(id)), [0, 0, 1, 2]);
        let (ids, shown) = merges.columns();
        let mut pairs: Vec<(i64, i64)> = ids.into_iter().zip(shown).collect();
        pairs.sort_unstable();
        assert_eq!(pairs, [(2, 4), (3, 4)]);
    }
}
