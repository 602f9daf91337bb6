//! What a person says of the accounts that a file names and the books do not have.

use std::collections::HashMap;

use ledger::accounts::AccountType;

/// What an account of the file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mapped {
    /// An account of the books.
    Existing(i64),
    /// One that is to be made, of this type.
    New(AccountType),
}

/// What each unknown account of a file is, by its full name in any case.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Mapping(HashMap<String, Mapped>);

impl Mapping {
    /// Says what an account is.
    pub fn insert(&mut self, path: &str, mapped: Mapped) {
        self.0.insert(path.to_lowercase(), mapped);
    }

    /// What an account is, where it was said.
    pub fn of(&self, path: &str) -> Option<Mapped> {
        self.0.get(&path.to_lowercase()).copied()
    }
}
