//! What the frame around a page shows: the company, the person, where one is.

use serde::{Deserialize, Serialize};

use crate::theme::Theme;
use crate::view::saved_views::ViewsMenuView;

/// The rooms of a company, as the side shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Section {
    /// Cash, and what needs doing.
    Home,
    /// Bank accounts and their statements.
    Banking,
    /// Customers and what they owe.
    Sales,
    /// Vendors and what is owed to them.
    Purchases,
    /// Chart of accounts and journal.
    Accounting,
    /// Statements.
    Reports,
    /// Company and people.
    Settings,
}

impl Section {
    /// All of them, in order. On a phone the first four stand in the bar, the rest under More.
    pub const ALL: [Self; 7] = [
        Self::Home,
        Self::Banking,
        Self::Sales,
        Self::Purchases,
        Self::Accounting,
        Self::Reports,
        Self::Settings,
    ];

    /// How many stand in a phone's bar.
    pub const ON_PHONE: usize = 4;

    /// The name people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Banking => "Banking",
            Self::Sales => "Sales",
            Self::Purchases => "Purchases",
            Self::Accounting => "Accounting",
            Self::Reports => "Reports",
            Self::Settings => "Settings",
        }
    }

    /// Its address inside the company with this slug.
    pub fn path(self, slug: &str) -> String {
        match self {
            Self::Home => format!("/c/{slug}"),
            other => format!("/c/{slug}/{}", other.label().to_lowercase()),
        }
    }
}

/// A company in the switcher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyLink {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonView {
    /// The name, or the address where the provider gave no name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The role in this company, as `accountant`.
    pub role: String,
}

impl PersonView {
    /// The first letters of first and last name: `DR`.
    pub fn initials(&self) -> String {
        let mut letters = self
            .name
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_uppercase);
        let first = letters.next();
        first.into_iter().chain(letters.next_back()).collect()
    }
}

/// Most that wait in a section and are counted on every page; of more it says that there are more.
pub const COUNTED_MAX: u32 = 999;

/// Everything the frame shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameView {
    /// The company whose books are open.
    pub company: CompanyLink,
    /// A line under its name: basis and fiscal year.
    pub company_line: String,
    /// The companies the person may switch to, this one among them.
    pub companies: Vec<CompanyLink>,
    /// Who is signed in.
    pub person: PersonView,
    /// Where the page is; none for one that belongs to no section, as Help.
    pub section: Option<Section>,
    /// What waits in a section: bank lines to review, say. Nothing is drawn for zero, and more than [`COUNTED_MAX`] are not counted.
    pub counts: Vec<(Section, u32)>,
    /// The colors chosen.
    pub theme: Theme,
    /// The page's own address with its query: where the theme switch returns to.
    pub address: String,
    /// Whether the person's role may write: the New menu is drawn only then.
    pub may_write_journal: bool,
    /// Whether the person's role may import statements.
    pub may_import: bool,
    /// Where the locks are moved, for those who may.
    pub locks: Option<String>,
    /// The page's saved views, where it can have some.
    pub views: Option<ViewsMenuView>,
}

impl FrameView {
    /// How many things wait in a section.
    pub fn count(&self, section: Section) -> u32 {
        self.counts
            .iter()
            .filter(|(of, _)| *of == section)
            .map(|(_, count)| count)
            .sum()
    }

    /// The same as it is drawn: `12`, `999+`; none where nothing waits.
    pub fn count_words(&self, section: Section) -> Option<String> {
        match self.count(section) {
            0 => None,
            count if count > COUNTED_MAX => Some(format!("{COUNTED_MAX}+")),
            count => Some(count.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_letters_of_first_and_last_name() {
        let initials = |name: &str| {
            PersonView {
                name: name.to_owned(),
                email: String::new(),
                role: String::new(),
            }
            .initials()
        };
        assert_eq!(initials("Dana Maria Ruiz"), "DR");
        assert_eq!(initials("dana"), "D");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn sections_live_under_the_company_and_home_is_the_company_itself() {
        assert_eq!(Section::Home.path("juniper"), "/c/juniper");
        assert_eq!(Section::Banking.path("juniper"), "/c/juniper/banking");
    }
}
