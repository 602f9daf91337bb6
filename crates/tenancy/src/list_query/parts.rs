//! A page in parts: rows with a key along an index, and those without one, each in a statement of its own. A place among rows of
//! which some have no key is two conditions, and no index serves either of two.

use super::{Direction, ListQuery, Position, Seek, Value, place};

/// Which rows of a list a statement reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Keys {
    /// Those with a key and those without.
    Any,
    /// Those with one.
    Some,
    /// Those without.
    None,
}

/// A part of a page.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Part<'a> {
    pub(super) keys: Keys,
    /// From which place on, or from the part's beginning.
    pub(super) from: Option<&'a Position>,
    /// Whether it goes towards the list's beginning.
    pub(super) is_back: bool,
}

impl Part<'_> {
    /// All of a list.
    pub(super) const WHOLE: Self = Self {
        keys: Keys::Any,
        from: None,
        is_back: false,
    };
}

impl ListQuery {
    /// What is read for a page from this place on, one after the other until the page is full.
    pub(super) fn parts<'a>(&self, seek: &'a Seek) -> Vec<Part<'a>> {
        let (from, is_back) = match seek {
            Seek::First => (None, false),
            Seek::After(position) => (Some(position), false),
            Seek::Before(position) => (Some(position), true),
        };
        let part = |keys, from| Part { keys, from, is_back };
        if self.sort.served.is_none() || !self.sort.nullable {
            return vec![part(Keys::Any, from)];
        }
        let has_key = from.is_none_or(|position| position.key().is_some());
        match (has_key, is_back) {
            (true, false) => vec![part(Keys::Some, from), part(Keys::None, None)],
            (false, false) => vec![part(Keys::None, from)],
            (true, true) => vec![part(Keys::Some, from)],
            (false, true) => vec![part(Keys::None, from), part(Keys::Some, None)],
        }
    }

    /// The expressions that a part is read in the order of, each with its way.
    pub(super) fn part_order(&self, part: &Part<'_>) -> Vec<(String, String)> {
        let way = self.way(part.is_back);
        let Some(served) = self.sort.served else {
            let key = self.told(self.sort.expression).into_owned();
            let nulls = self.nulls(part.is_back);
            return vec![(key, format!("{way}{nulls}")), (self.tie.to_owned(), way.to_owned())];
        };
        let (parts, tie) = match part.keys {
            Keys::None => ([].as_slice(), self.tie),
            Keys::Any | Keys::Some => (served.parts, served.tie),
        };
        let parts = parts.iter().map(|part| self.told(part).into_owned());
        parts.chain([tie.to_owned()]).map(|by| (by, way.to_owned())).collect()
    }

    pub(super) fn part_order_text(&self, part: &Part<'_>) -> String {
        let items = self.part_order(part);
        let items: Vec<String> = items.into_iter().map(|(by, way)| format!("{by} {way}")).collect();
        items.join(", ")
    }

    /// The rows of a part on its side of the place.
    pub(super) fn sought(&self, part: &Part<'_>, values: &mut Vec<Value>) -> Vec<String> {
        let key = self.told(self.sort.expression);
        let is_up = (self.direction == Direction::Ascending) != part.is_back;
        let sign = if is_up { '>' } else { '<' };
        let first = self.sort.served.and_then(|served| served.parts.first());
        let first = first.map(|first| self.told(first));
        let without = self.sort.served.map(|served| served.without);
        let mut conditions = match (part.keys, &first, without) {
            (Keys::Some, Some(first), _) => vec![format!("{first} is not null")],
            (Keys::None, _, Some(without)) => vec![without.to_owned()],
            _ => Vec::new(),
        };
        let Some(position) = part.from else {
            return conditions;
        };
        let Some(at) = position.key() else {
            // Among the rows without a key, which come last.
            let tie = place(Value::Integer(position.tie()), values);
            let beyond = format!("{} {sign} {tie}", self.tie);
            conditions.push(match (part.keys, part.is_back) {
                (Keys::None, _) => beyond,
                (_, false) => format!("({key} is null and {beyond})"),
                (_, true) => format!("({key} is not null or {beyond})"),
            });
            return conditions;
        };
        let at = place(at.clone(), values);
        let tie = place(Value::Integer(position.tie()), values);
        if let Some((served, first)) = self.sort.served.zip(first) {
            conditions.push(format!("{first} {sign}= {}", served.first_at.replace("{}", &at)));
            conditions.push(format!("({key}, {}) {sign} ({at}, {tie})", served.tie));
            return conditions;
        }
        let beyond = format!("({key}, {}) {sign} ({at}, {tie})", self.tie);
        conditions.push(match self.sort.nullable && !part.is_back {
            true => format!("({beyond} or {key} is null)"),
            false => beyond,
        });
        conditions
    }
}
