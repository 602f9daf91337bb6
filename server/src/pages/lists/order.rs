//! In which order a list stands, and which page of it: as its address says both.

use app::view::lists::SortHead;
use tenancy::{Direction, KeyKind, Position, Seek};
use url::form_urlencoded;

/// What a list can be sorted by, each with its name in addresses, the one it is sorted by first, and whether one looks for the
/// largest or latest of it first.
pub(in crate::pages) struct Columns<Sort: 'static> {
    /// The columns.
    pub(in crate::pages) all: &'static [(Sort, &'static str, Direction)],
    /// What sorts a list of which nothing was asked.
    pub(in crate::pages) first: (Sort, Direction),
}

impl<Sort: Copy + PartialEq> Columns<Sort> {
    /// The order that was asked for: `name`, or `-name` the other way round. What is no column is the list's first order.
    pub(in crate::pages) fn order(&self, asked: &str) -> (Sort, Direction) {
        let (way, name) = match asked.strip_prefix('-') {
            Some(name) => (Direction::Descending, name),
            None => (Direction::Ascending, asked),
        };
        let found = self.all.iter().find(|(_, code, _)| *code == name);
        found.map_or(self.first, |(sort, ..)| (*sort, way))
    }

    /// The head of a column: once more on the one that the list is sorted by sorts it the other way round. `address` is the list's
    /// in another order.
    pub(in crate::pages) fn head(&self, of: Sort, asked: &str, address: impl Fn(String) -> String) -> SortHead {
        let (now, way) = self.order(asked);
        let is_now = of == now;
        let column = self.all.iter().find(|(sort, ..)| *sort == of);
        let (code, at_first) = column.map_or(("", Direction::Ascending), |(_, code, way)| (*code, *way));
        let next = match (is_now, way) {
            (false, _) => at_first,
            (true, Direction::Ascending) => Direction::Descending,
            (true, Direction::Descending) => Direction::Ascending,
        };
        SortHead {
            href: address(match next {
                Direction::Ascending => code.to_owned(),
                Direction::Descending => format!("-{code}"),
            }),
            sorted: is_now.then_some(match way {
                Direction::Ascending => "ascending",
                Direction::Descending => "descending",
            }),
        }
    }
}

/// From where a page is read: after one place, or before another. A place that is none in a list sorted by such a key begins it.
pub(in crate::pages) fn seek(after: &str, before: &str, kind: KeyKind) -> Seek {
    let place = |text: &str| Position::parse(text, kind).filter(|_| !text.is_empty());
    match (place(after), place(before)) {
        (Some(place), _) => Seek::After(place),
        (None, Some(place)) => Seek::Before(place),
        (None, None) => Seek::First,
    }
}

/// The address of `path` with what is asked for.
pub(in crate::pages) fn address<'a>(path: &str, asked: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.into_iter().filter(|(_, value)| !value.is_empty()));
    match query.finish() {
        query if query.is_empty() => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

/// What is asked for and set, for a form to carry on unseen.
pub(in crate::pages) fn carried<'a>(
    asked: impl IntoIterator<Item = (&'static str, &'a str)>,
) -> Vec<(&'static str, String)> {
    let set = asked.into_iter().filter(|(_, value)| !value.is_empty());
    set.map(|(name, value)| (name, value.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns<char> = Columns {
        all: &[
            ('d', "date", Direction::Descending),
            ('n', "name", Direction::Ascending),
        ],
        first: ('d', Direction::Descending),
    };

    #[test]
    fn a_head_pressed_again_sorts_the_other_way_round() {
        let head = |of, asked: &str| {
            let head = COLUMNS.head(of, asked, |sort| sort);
            (head.sorted, head.href)
        };
        assert_eq!(head('d', ""), (Some("descending"), "date".to_owned()));
        assert_eq!(head('d', "date"), (Some("ascending"), "-date".to_owned()));
        assert_eq!(head('n', "date"), (None, "name".to_owned()));
        assert_eq!(head('n', "-name"), (Some("descending"), "name".to_owned()));
        assert_eq!(COLUMNS.order("-color"), COLUMNS.first, "what is no column");
    }

    #[test]
    fn a_place_that_is_none_begins_the_list_and_nothing_asked_adds_nothing_to_its_address() {
        assert_eq!(seek("17.x", "", KeyKind::Integer), Seek::First);
        assert_eq!(seek("", "", KeyKind::Integer), Seek::First);
        let place = Position::parse("17.5", KeyKind::Integer).expect("a place");
        assert_eq!(seek("17.5", "3.1", KeyKind::Integer), Seek::After(place.clone()));
        assert_eq!(seek("", "17.5", KeyKind::Integer), Seek::Before(place));
        assert_eq!(address("/j", [("text", "")]), "/j");
        assert_eq!(
            address("/j", [("text", "rent & co"), ("to", "")]),
            "/j?text=rent+%26+co"
        );
    }
}
