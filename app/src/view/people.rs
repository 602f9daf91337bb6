//! Who may enter a company and as what, and who is invited.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::forms::FormState;

/// The actions of the pages about people.
pub mod action {
    /// Makes an invitation.
    pub const INVITE: &str = "invite";
    /// Withdraws an open invitation.
    pub const WITHDRAW: &str = "withdraw";
    /// Gives a member another role.
    pub const CHANGE_ROLE: &str = "role";
    /// Takes a member out of the company.
    pub const REMOVE: &str = "remove";
    /// Leaves the company.
    pub const LEAVE: &str = "leave";
    /// Takes an invitation.
    pub const ACCEPT: &str = "accept";
}

/// A role in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleWords {
    /// As forms post it.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it may, after `who`.
    pub may: &'static str,
}

impl RoleWords {
    /// What it may, as a sentence: `Reads the books and exports what they see.`
    pub fn sentence(self) -> String {
        let mut letters = self.may.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).chain(['.']).collect()
    }
}

/// The roles that a person can have, least first.
pub const ROLES: [RoleWords; 4] = [
    RoleWords {
        code: "viewer",
        name: "Viewer",
        may: "reads the books and exports what they see",
    },
    RoleWords {
        code: "editor",
        name: "Editor",
        may: "reads everything, writes documents and contacts, and codes bank lines",
    },
    RoleWords {
        code: "accountant",
        name: "Accountant",
        may: "does what an editor does, posts journal entries, locks periods and sees sealed fields",
    },
    RoleWords {
        code: "admin",
        name: "Admin",
        may: "does everything, people, bank accounts and settings included",
    },
];

/// The words for a role's code.
pub fn role_words(code: &str) -> Option<RoleWords> {
    ROLES.into_iter().find(|role| role.code == code)
}

/// The name of a role, for the middle of a sentence: `an accountant`.
pub fn as_what(code: &str) -> String {
    let article = if code.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {code}")
}

/// Somebody in the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The person's id, as in addresses.
    pub id: String,
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The role's code.
    pub role: String,
    /// The day they came in.
    pub since: Date,
    /// The day they last signed in.
    pub signed_in_on: Date,
    /// Whether it is who looks at the page.
    pub is_self: bool,
}

/// What became of an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationStanding {
    /// It can be taken, until this day.
    Open(Date),
    /// Somebody of this name took it.
    Used(String),
    /// It was taken back.
    Withdrawn,
    /// Its time is over since this day.
    Expired(Date),
}

/// An invitation as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// Its id, which opens nothing.
    pub id: String,
    /// The code of the role it gives.
    pub role: String,
    /// The only address that may take it.
    pub email: Option<String>,
    /// Who invited.
    pub invited_by: String,
    /// What became of it.
    pub standing: InvitationStanding,
}

/// The page of a company's people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleView {
    /// The company's name in addresses.
    pub slug: String,
    /// Who is in it.
    pub members: Vec<MemberRow>,
    /// Who was invited, newest first.
    pub invitations: Vec<InvitationRow>,
    /// The form of a new invitation.
    pub form: FormState,
    /// The link of the invitation just made: shown now and never again.
    pub link: Option<String>,
    /// What was done a moment ago.
    pub done: Option<String>,
}

/// The page of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    /// The company's name in addresses.
    pub slug: String,
    /// Who it is.
    pub member: MemberRow,
    /// The form of the role; of the removal, the request key and the messages.
    pub form: FormState,
}

/// What an invitation's link shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationView {
    /// It can be taken.
    Open(OfferView),
    /// Whoever looks is in the company already.
    Member {
        /// The company's name.
        company: String,
        /// Where it is.
        href: String,
    },
    /// It cannot be taken, and why.
    Closed {
        /// What happened.
        heading: String,
        /// What it means and what to do.
        advice: String,
    },
}

/// What an open invitation offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferView {
    /// The company's name.
    pub company: String,
    /// The code of the role it gives.
    pub role: String,
    /// Who invited.
    pub invited_by: String,
    /// The only address that may take it.
    pub email: Option<String>,
    /// The address of who is signed in; without one there is a way to sign in.
    pub visitor: Option<String>,
    /// Where to sign in and come back from.
    pub sign_in: String,
    /// The form that takes it.
    pub form: FormState,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_its_article_and_its_sentence() {
        let said: Vec<_> = ROLES.iter().map(|role| as_what(role.code)).collect();
        assert_eq!(said, ["a viewer", "an editor", "an accountant", "an admin"]);
        assert_eq!(ROLES[0].sentence(), "Reads the books and exports what they see.");
        assert_eq!(role_words("system"), None);
    }
}
