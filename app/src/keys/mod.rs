//! The keys, each with its words. What listens and the dialog on `?` read this one table: no key works unsaid, and none is promised
//! that does nothing.
//!
//! A new key is a row of [`KEYS`] and an arm where its scope's commands are run.

mod switch;

pub use switch::{KeysSwitch, keys_are_off, listen_to_switch, read_keys};

use crate::view::frame::Section;

/// Where letters are text, and no key of ours.
pub const TYPING: &str = "input, select, textarea, [contenteditable]";
/// Everything that a list's own search is typed into.
pub const FIND: &str = "main [type=search]";
/// What takes the last step in a review list back.
pub const UNDO: &str = ".toast [data-key=z]";
/// What Enter presses by itself.
pub const PRESSES: &str = "button, a, summary";

/// Where a key works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// On every page of a company.
    Everywhere,
    /// Where there is a list of rows: `tr[data-row]`.
    List,
    /// In the review list of a bank account: `tr[data-line]`.
    Review,
    /// In the form of an entry, in its fields too.
    Entry,
}

impl Scope {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Everywhere, Self::List, Self::Review, Self::Entry];

    /// The heading over its keys.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Everywhere => "On every page",
            Self::List => "In a list",
            Self::Review => "In a bank account’s review list",
            Self::Entry => "In the form of an entry",
        }
    }

    /// What marks a page on which its keys are listened for; none for all pages.
    pub const fn mark(self) -> Option<&'static str> {
        match self {
            Self::Everywhere => None,
            Self::List => Some("[data-keys=list]"),
            Self::Review => Some("[data-keys=review]"),
            Self::Entry => Some("[data-keys=entry]"),
        }
    }

    /// Its rows; none for all pages.
    pub const fn needs(self) -> Option<&'static str> {
        match self {
            Self::Everywhere | Self::Entry => None,
            Self::List => Some("tr[data-row]"),
            Self::Review => Some("tr[data-line]"),
        }
    }
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Opens the search.
    Search,
    /// Opens the list of keys.
    Keys,
    /// Begins something new: the page's own, or the New menu.
    New,
    /// Goes to a section.
    Go(Section),
    /// To the next row.
    Down,
    /// To the row before.
    Up,
    /// Opens the row.
    Open,
    /// Selects the row, or not any more.
    Select,
    /// Into the list's own search field.
    Find,
    /// Does what the row suggests.
    Accept,
    /// Into the row's category.
    Category,
    /// Splits the row.
    Split,
    /// Takes the last step back.
    Undo,
    /// Out of the field, back to the row.
    Leave,
    /// Posts the form, or saves it.
    Post,
}

/// One key, or two after one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Where it works.
    pub scope: Scope,
    /// As the browser names them: `["g", "h"]`. `Mod+k` is Ctrl and K, or on a Mac Command and K.
    pub press: &'static [&'static str],
    /// What it does, as the dialog says it.
    pub words: &'static str,
    /// What it asks for.
    pub command: Command,
}

impl Key {
    /// What must be on a page for the key to do anything there; none where it always does.
    pub const fn target(&self) -> Option<&'static str> {
        match (self.command, self.scope) {
            (Command::Down | Command::Up | Command::Leave, scope) => scope.needs(),
            (Command::Open, _) => Some("tr[data-row] [data-key=Enter]"),
            (Command::Select, Scope::Review) => Some("tr[data-line] [data-key=x]"),
            (Command::Select, _) => Some("tr[data-row] [data-key=x]"),
            (Command::Find, _) => Some(FIND),
            (Command::Accept, _) => Some("tr[data-line] [data-key=Enter]"),
            (Command::Category, _) => Some("tr[data-line] [data-key=c]"),
            (Command::Split, _) => Some("tr[data-line] [data-key=s]"),
            (Command::Undo, _) => Some(UNDO),
            (Command::Search | Command::Keys | Command::New | Command::Go(_) | Command::Post, _) => None,
        }
    }
}

const fn key(scope: Scope, press: &'static [&'static str], words: &'static str, command: Command) -> Key {
    Key {
        scope,
        press,
        words,
        command,
    }
}

/// The table.
pub const KEYS: [Key; 26] = [
    key(
        Scope::Everywhere,
        &["Mod+k"],
        "Search: numbers, names, amounts, pages",
        Command::Search,
    ),
    key(Scope::Everywhere, &["?"], "Show these keys", Command::Keys),
    key(Scope::Everywhere, &["n"], "Something new", Command::New),
    key(Scope::Everywhere, &["g", "h"], "Go to Home", Command::Go(Section::Home)),
    key(
        Scope::Everywhere,
        &["g", "b"],
        "Go to Banking",
        Command::Go(Section::Banking),
    ),
    key(
        Scope::Everywhere,
        &["g", "s"],
        "Go to Sales",
        Command::Go(Section::Sales),
    ),
    key(
        Scope::Everywhere,
        &["g", "p"],
        "Go to Purchases",
        Command::Go(Section::Purchases),
    ),
    key(
        Scope::Everywhere,
        &["g", "a"],
        "Go to Accounting",
        Command::Go(Section::Accounting),
    ),
    key(
        Scope::Everywhere,
        &["g", "r"],
        "Go to Reports",
        Command::Go(Section::Reports),
    ),
    key(
        Scope::Everywhere,
        &["g", "t"],
        "Go to Settings",
        Command::Go(Section::Settings),
    ),
    key(Scope::List, &["j"], "Next row", Command::Down),
    key(Scope::List, &["k"], "Row before", Command::Up),
    key(Scope::List, &["Enter"], "Open the row", Command::Open),
    key(
        Scope::List,
        &["x"],
        "Select the row, or take it out again",
        Command::Select,
    ),
    key(Scope::List, &["/"], "Into the list’s search", Command::Find),
    key(Scope::Review, &["j"], "Next line", Command::Down),
    key(Scope::Review, &["k"], "Line before", Command::Up),
    key(Scope::Review, &["Enter"], "Add it, or match it", Command::Accept),
    key(
        Scope::Review,
        &["x"],
        "Select the line, or take it out again",
        Command::Select,
    ),
    key(Scope::Review, &["/"], "Into the list’s search", Command::Find),
    key(Scope::Review, &["c"], "Choose the category", Command::Category),
    key(Scope::Review, &["s"], "Split it", Command::Split),
    key(Scope::Review, &["z"], "Undo the last step", Command::Undo),
    key(
        Scope::Review,
        &["Escape"],
        "Out of the field, back to the line",
        Command::Leave,
    ),
    key(
        Scope::List,
        &["Escape"],
        "Out of the field, back to the list",
        Command::Leave,
    ),
    key(
        Scope::Entry,
        &["Mod+Enter"],
        "Post the entry, or save the change",
        Command::Post,
    ),
];

/// The keys of a scope, in the table's order.
pub fn keys_of(scope: Scope) -> impl Iterator<Item = Key> {
    KEYS.into_iter().filter(move |key| key.scope == scope)
}

/// What a key that was pressed means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// It asks for this.
    Does(Command),
    /// It is the first of two, and the next one says which.
    Begins,
    /// Nothing.
    Nothing,
}

/// What pressing `key` means in a scope, after `first` where that began a pair. A pair that does not go on is forgotten, and the key
/// counts by itself.
pub fn pressed(scope: Scope, first: Option<&str>, key: &str) -> Pressed {
    let whole = |press: &[&str]| keys_of(scope).find(|row| row.press == press);
    let pair = first.and_then(|first| whole(&[first, key]));
    match pair.or_else(|| whole(&[key])) {
        Some(row) => Pressed::Does(row.command),
        None if keys_of(scope).any(|row| row.press.len() > 1 && row.press[0] == key) => Pressed::Begins,
        None => Pressed::Nothing,
    }
}

/// How a key's cap reads: `Ctrl K`, `↵ Enter`.
pub fn cap(press: &str) -> String {
    match press {
        "Mod+k" => "Ctrl K".to_owned(),
        "Mod+Enter" => "Ctrl Enter".to_owned(),
        "Escape" => "Esc".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_keys_after_one_another_go_somewhere_and_a_wrong_second_one_counts_by_itself() {
        let everywhere = |first, key| pressed(Scope::Everywhere, first, key);
        assert_eq!(everywhere(None, "g"), Pressed::Begins);
        assert_eq!(everywhere(Some("g"), "r"), Pressed::Does(Command::Go(Section::Reports)));
        assert_eq!(everywhere(Some("g"), "n"), Pressed::Does(Command::New));
        assert_eq!(everywhere(None, "r"), Pressed::Nothing);
        assert_eq!(everywhere(None, "?"), Pressed::Does(Command::Keys));
        assert_eq!(pressed(Scope::List, None, "j"), Pressed::Does(Command::Down));
        assert_eq!(everywhere(None, "j"), Pressed::Nothing);
    }

    #[test]
    fn no_key_means_two_things_in_one_scope_or_there_and_everywhere() {
        for (at, one) in KEYS.iter().enumerate() {
            for other in &KEYS[at + 1..] {
                let meet =
                    one.scope == other.scope || one.scope == Scope::Everywhere || other.scope == Scope::Everywhere;
                let starts_alike = one.press.len() != other.press.len() && one.press[0] == other.press[0];
                assert!(
                    !(meet && (one.press == other.press || starts_alike)),
                    "{:?} and {:?}",
                    one.words,
                    other.words
                );
            }
        }
    }

    #[test]
    fn a_key_that_needs_a_box_or_a_search_is_told_only_where_one_is() {
        let target = |scope, press| {
            keys_of(scope)
                .find(|key| key.press == [press])
                .and_then(|key| key.target())
        };
        assert_eq!(target(Scope::List, "x"), Some("tr[data-row] [data-key=x]"));
        assert_eq!(target(Scope::List, "/"), Some(FIND));
        assert_eq!(target(Scope::List, "j"), Scope::List.needs());
        assert_eq!(target(Scope::Review, "x"), Some("tr[data-line] [data-key=x]"));
        assert!(keys_of(Scope::Everywhere).all(|key| key.target().is_none()));
    }

    #[test]
    fn every_section_has_its_pair_of_keys() {
        for section in Section::ALL {
            assert!(
                KEYS.iter().any(|key| key.command == Command::Go(section)),
                "{}",
                section.label()
            );
        }
    }
}
