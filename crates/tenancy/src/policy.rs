//! What each role may do. A capability is the first argument of every transaction on a company's books.

use serde::{Deserialize, Serialize};

/// A person's role in one company.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads everything but sealed fields, and exports what it sees.
    Viewer,
    /// Also writes documents, contacts, items, coding and payments.
    Editor,
    /// Also journal and opening entries, locks, sealed fields.
    Accountant,
    /// Also people and roles, bank connections and settings.
    Admin,
    /// The operator's command line and jobs; never a person's role.
    System,
}

impl Role {
    /// The roles that a person can hold, least first.
    pub const PERSONS: [Self; 4] = [Self::Viewer, Self::Editor, Self::Accountant, Self::Admin];

    /// The text that the databases hold.
    pub fn code(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Accountant => "accountant",
            Self::Admin => "admin",
            Self::System => "system",
        }
    }

    /// The person's role of that text; `system` is none.
    pub fn parse(text: &str) -> Option<Self> {
        Self::PERSONS.into_iter().find(|role| role.code() == text)
    }

    /// Whether the role has the capability.
    pub fn allows(self, capability: Capability) -> bool {
        self >= capability.least_role()
    }
}

/// What a transaction is for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Capability {
    /// Read the books: accounts, documents, reports, the audit log, masked fields.
    ReadBooks,
    /// Record that somebody took out what they can see.
    Export,
    /// Write documents and contacts, import statements, code bank lines.
    Documents,
    /// Write journal and opening entries.
    Journal,
    /// Lock and unlock periods.
    Lock,
    /// See a sealed field in clear; each time is recorded.
    RevealSealed,
    /// Connect bank accounts and set their numbers.
    BankAccounts,
    /// Change the company's settings.
    Settings,
    /// See and change who may enter, and as what.
    People,
}

impl Capability {
    /// Every capability, for the tests that go over all of them.
    pub const ALL: [Self; 9] = [
        Self::ReadBooks,
        Self::Export,
        Self::Documents,
        Self::Journal,
        Self::Lock,
        Self::RevealSealed,
        Self::BankAccounts,
        Self::Settings,
        Self::People,
    ];

    /// The least role that has it: roles are nested.
    pub fn least_role(self) -> Role {
        match self {
            Self::ReadBooks | Self::Export => Role::Viewer,
            Self::Documents => Role::Editor,
            Self::Journal | Self::Lock | Self::RevealSealed => Role::Accountant,
            Self::BankAccounts | Self::Settings | Self::People => Role::Admin,
        }
    }

    /// The name that messages and tests use.
    pub fn code(self) -> &'static str {
        match self {
            Self::ReadBooks => "read_books",
            Self::Export => "export",
            Self::Documents => "documents",
            Self::Journal => "journal",
            Self::Lock => "lock",
            Self::RevealSealed => "reveal_sealed",
            Self::BankAccounts => "bank_accounts",
            Self::Settings => "settings",
            Self::People => "people",
        }
    }

    /// Whether a transaction for it may write. Reading is READ ONLY, whatever the role.
    pub fn writes(self) -> bool {
        self != Self::ReadBooks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_all_that_the_one_before_it_may() {
        for pair in Role::PERSONS.windows(2) {
            for capability in Capability::ALL {
                assert!(pair[1].allows(capability) || !pair[0].allows(capability));
            }
        }
    }

    #[test]
    fn a_viewer_reads_and_exports_and_nothing_else() {
        let may: Vec<_> = Capability::ALL
            .into_iter()
            .filter(|c| Role::Viewer.allows(*c))
            .collect();
        assert_eq!(may, [Capability::ReadBooks, Capability::Export]);
    }

    #[test]
    fn an_editor_posts_no_journal_entry_and_an_accountant_manages_no_people() {
        assert!(!Role::Editor.allows(Capability::Journal));
        assert!(Role::Accountant.allows(Capability::Journal));
        assert!(!Role::Accountant.allows(Capability::People));
        assert!(Role::Admin.allows(Capability::People));
    }

    #[test]
    fn system_is_no_persons_role() {
        assert_eq!(Role::parse("system"), None);
        assert_eq!(Role::parse("editor"), Some(Role::Editor));
    }
}
