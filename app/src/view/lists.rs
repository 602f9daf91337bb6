//! What every list with filters shows the same way.

use crate::forms::FormState;

/// The field of a row's check box. Its value begins with the row's id; after a full stop stands what was seen of it.
pub const SELECT: &str = "select";

/// The head of a column that sorts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortHead {
    /// The list sorted by it, or the other way round where it is already.
    pub href: String,
    /// `ascending` or `descending` where the list is sorted by it now.
    pub sorted: Option<&'static str>,
}

/// Where a list stands: how much of it fits, and the pages beside this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// How many rows fit and what they add up to: `1,204 entries, 1,234.50 USD in all`.
    pub totals: String,
    /// The address of the first page, unless this is it.
    pub first: Option<String>,
    /// The address of the page before this one, unless this is the first.
    pub previous: Option<String>,
    /// The address of the next page, unless this is the last.
    pub next: Option<String>,
}

/// The field at which a message about a row stands.
pub fn select_field(id: i64) -> String {
    format!("{SELECT}.{id}")
}

/// Whether a row is selected, whatever was seen of it.
pub fn is_selected(selection: &FormState, id: i64) -> bool {
    let id = id.to_string();
    let mut selected = selection.values(SELECT);
    selected.any(|value| value.split_once('.').map_or(value, |(of, _)| of) == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_stays_selected_whatever_was_seen_of_it() {
        let selection = FormState::new("k").with(SELECT, "17.2").with(SELECT, "171");
        assert!(is_selected(&selection, 17));
        assert!(is_selected(&selection, 171));
        assert!(!is_selected(&selection, 1));
        assert_eq!(select_field(17), "select.17");
    }
}
