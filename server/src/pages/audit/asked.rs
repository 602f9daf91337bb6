//! What the audit log's address asks for: filters, order, page.

use app::forms::FormState;
use audit::log::{ACTIONS, Filter, ORDER};
use serde::Deserialize;
use tenancy::{Direction, Position, Seek};
use time::Date;

use crate::pages::accounting::Facts;
use crate::pages::lists::filters::{self, given};
use crate::pages::lists::order;

/// The oldest event first, as addresses say it.
const OLDEST: &str = "oldest";

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    table: String,
    row: String,
    act: String,
    person: String,
    change: String,
    from: String,
    to: String,
    sort: String,
    after: String,
    before: String,
}

impl Asked {
    /// The history of one row.
    pub(super) fn of_row(table: &str, row: &str) -> Self {
        Self {
            table: table.to_owned(),
            row: row.to_owned(),
            ..Self::default()
        }
    }

    /// What narrows the list, and the form that shows it, with a message at whatever cannot be read.
    pub(super) fn filter(&self, facts: &Facts) -> (Filter, FormState) {
        let mut form = filters::form(&self.filters());
        if form.is_refused() {
            return (Filter::default(), form);
        }
        let days = [("from", &*self.from), ("to", &self.to)];
        let (from, to) = filters::days(&mut form, days, facts.today);
        let change = given(&self.change).map(|typed| typed.parse().ok().filter(|change: &i64| *change > 0));
        if change == Some(None) {
            form.refuse(
                "change",
                "This is no change's number. Type the digits after “change”, as 12.",
            );
        }
        let action = given(&self.act);
        if action.as_deref().is_some_and(|action| !ACTIONS.contains(&action)) {
            form.refuse("act", "There is no such action. Choose one from the list.");
        }
        let filter = Filter {
            table: given(&self.table),
            row: given(&self.row),
            action,
            change: change.flatten(),
            actor: given(&self.person),
            from: from.map(|day| facts.day_begins(day)),
            to: to.and_then(Date::next_day).map(|day| facts.day_begins(day)),
        };
        (filter, form)
    }

    fn filters(&self) -> [(&'static str, &str); 7] {
        [
            ("table", &self.table),
            ("row", &self.row),
            ("act", &self.act),
            ("person", &self.person),
            ("change", &self.change),
            ("from", &self.from),
            ("to", &self.to),
        ]
    }

    /// The order, the newest first where none is asked for.
    pub(super) fn direction(&self) -> Direction {
        match self.sort.as_str() {
            OLDEST => Direction::Ascending,
            _ => Direction::Descending,
        }
    }

    /// From where the page is read. A place that is none begins the list.
    pub(super) fn seek(&self) -> Seek {
        order::seek(&self.after, &self.before, ORDER.kind)
    }

    /// Whether it is not the first page.
    pub(super) fn is_further(&self) -> bool {
        !self.after.is_empty() || !self.before.is_empty()
    }

    /// The first page of the same list.
    pub(super) fn at_first(&self) -> Self {
        Self {
            after: String::new(),
            before: String::new(),
            ..self.clone()
        }
    }

    pub(super) fn after(&self, place: &Position) -> Self {
        Self {
            after: place.to_text(),
            ..self.at_first()
        }
    }

    pub(super) fn before(&self, place: &Position) -> Self {
        Self {
            before: place.to_text(),
            ..self.at_first()
        }
    }

    /// What the filters' form carries on unseen.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        order::carried([("sort", &*self.sort)])
    }

    /// Each order with its address, and whether it is this one.
    pub(super) fn orders(&self, path: &str) -> Vec<(&'static str, String, bool)> {
        let now = self.direction();
        let order = |words, sort: &str, direction| {
            let asked = Self {
                sort: sort.to_owned(),
                ..self.at_first()
            };
            (words, asked.address(path), now == direction)
        };
        vec![
            order("Newest first", "", Direction::Descending),
            order("Oldest first", OLDEST, Direction::Ascending),
        ]
    }

    /// The address of `path` with all that is asked for.
    pub(super) fn address(&self, path: &str) -> String {
        let further = [("sort", &*self.sort), ("after", &self.after), ("before", &self.before)];
        order::address(path, self.filters().into_iter().chain(further))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_reproduces_the_log_in_either_order() {
        let asked = Asked {
            act: "update".to_owned(),
            person: "dana@junipercycles.example".to_owned(),
            sort: OLDEST.to_owned(),
            ..Asked::of_row("account", "2")
        };
        let query = "/a?table=account&row=2&act=update&person=dana%40junipercycles.example&sort=oldest";
        assert_eq!(asked.address("/a"), query);
        assert_eq!(asked.direction(), Direction::Ascending);
        let place = Position::parse("17.17", ORDER.kind).expect("a place");
        assert_eq!(asked.after(&place).seek(), Seek::After(place.clone()));
        assert_eq!(asked.before(&place).seek(), Seek::Before(place));
        let orders = asked.orders("/a");
        assert_eq!(orders[1], ("Oldest first", query.to_owned(), true));
        assert!(!orders[0].2);
    }
}
