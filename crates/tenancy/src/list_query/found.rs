//! What people look for, found either way: row by row along the list's order, or collected by indexes.

use sqlx::Row as _;

use super::{ListQuery, Part, Value, bound, place};
use crate::{Error, Read, TenantTx};

/// Rows that are looked at to learn how common it is.
const PROBED_ROWS: i64 = 500;
/// Rows that are looked at for a page of what is common; where they do not fill it, it is collected after all.
const WALKED_ROWS: i64 = 4_000;

/// A condition, written in two ways.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Found {
    pub(super) each: &'static str,
    pub(super) all: &'static str,
    pub(super) value: Value,
}

/// How what is looked for is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// Row by row, [`WALKED_ROWS`] of them.
    Each,
    /// All at once.
    All,
}

impl Found {
    /// The keys of the first rows that have it, of those that are looked at.
    pub(super) fn walked(&self, list: &ListQuery, part: &Part<'_>, limit: usize) -> (String, Vec<Value>) {
        let (mut keys, mut order) = (Vec::new(), Vec::new());
        for (n, (by, way)) in list.part_order(part).into_iter().enumerate() {
            keys.push(format!("{by} as list_by{n}"));
            order.push(format!("list_by{n} {way}"));
        }
        let (looked, values) = self.looked_at(list, part, &keys.join(", "), WALKED_ROWS);
        let text = format!(
            "select list_key, list_tie from ({looked}) list_of where list_holds order by {} limit {limit}",
            order.join(", ")
        );
        (text, values)
    }

    fn looked_at(&self, list: &ListQuery, part: &Part<'_>, keys: &str, rows: i64) -> (String, Vec<Value>) {
        let (conditions, mut values) = list.conditions(part, Way::Each);
        let each = self.each.replace("{}", &place(self.value.clone(), &mut values));
        let text = format!(
            "select {keys}, {} as list_key, {} as list_tie, ({each}) as list_holds from {}{conditions} order by {} limit {rows}",
            list.told(list.sort.expression),
            list.tie,
            list.told(list.from),
            list.part_order_text(part)
        );
        (text, values)
    }
}

/// How common what is looked for is among the next rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Common {
    /// There are few rows, and none has it.
    Nowhere,
    /// So many have it that reading on fills the page.
    Often,
    /// All that have it are sooner collected.
    Seldom,
}

impl Common {
    fn of(looked_at: i64, hits: i64, limit: usize) -> Self {
        let page = i64::try_from(limit).unwrap_or(i64::MAX);
        match (looked_at < PROBED_ROWS, hits) {
            (true, 0) => Self::Nowhere,
            // What narrows the list to so few rows narrows what is collected, too.
            (true, _) => Self::Seldom,
            (false, hits) if hits.saturating_mul(WALKED_ROWS / PROBED_ROWS) >= page => Self::Often,
            (false, _) => Self::Seldom,
        }
    }
}

impl ListQuery {
    /// How common what is looked for is among the next rows of a part; a list in which nothing is looked for is collected.
    pub(super) async fn common(&self, tx: &mut TenantTx<Read>, part: &Part<'_>, limit: usize) -> Result<Common, Error> {
        let Some(found) = &self.found else {
            return Ok(Common::Seldom);
        };
        let (looked, values) = found.looked_at(self, part, "true as list_is", PROBED_ROWS);
        let text = format!("select count(*), count(*) filter (where list_holds) from ({looked}) list_of");
        let row = bound(text, values).fetch_one(&mut **tx).await?;
        Ok(Common::of(row.try_get(0)?, row.try_get(1)?, limit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_next_rows_often_have_is_read_on_for_and_what_few_rows_have_is_collected() {
        assert_eq!(Common::of(500, 13, 101), Common::Often);
        assert_eq!(Common::of(500, 12, 101), Common::Seldom, "4,000 rows would give 96");
        assert_eq!(Common::of(499, 499, 101), Common::Seldom);
        assert_eq!(Common::of(499, 0, 101), Common::Nowhere);
        assert_eq!(Common::of(500, 0, 101), Common::Seldom, "it may come further on");
    }
}
