//! Whose books: ids that can only be what they say they are.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Error;

/// A company's id. Its schema and its role are both named after it, and only a parsed UUID can become such a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TenantId(Uuid);

impl TenantId {
    /// A new, random id.
    pub fn fresh() -> Self {
        Self(Uuid::new_v4())
    }

    /// The id as a UUID, for a bind.
    pub fn uuid(self) -> Uuid {
        self.0
    }

    /// `t_` and 32 hex digits: the name of the company's schema and of its role.
    pub fn schema(self) -> String {
        format!("t_{}", self.0.simple())
    }
}

impl From<Uuid> for TenantId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl FromStr for TenantId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where a company lives: what control knows of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TenantRef {
    /// The company's id.
    pub id: TenantId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name as people write it.
    pub name: String,
    /// The cell that holds its schema.
    pub cell: String,
    /// The sub-pool of that cell whose login was granted its role.
    pub sub_pool: i16,
}

/// What makes a form or a job exactly-once: unique among a company's changes. A repeat gets the first answer.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestKey(String);

impl RequestKey {
    /// Longest key, in bytes.
    pub const LENGTH_MAX: usize = 200;

    /// A key that no other request has.
    pub fn fresh() -> Self {
        Self(Uuid::now_v7().to_string())
    }

    /// A key brought by a form or made of what must happen once (`webhook evt_1`).
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text.is_empty() || text.len() > Self::LENGTH_MAX || text.contains('\0') {
            return Err(Error::BadRequestKey);
        }
        Ok(Self(text.to_owned()))
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_name_is_t_and_32_hex_digits() {
        let id: TenantId = "01234567-89ab-cdef-0123-456789abcdef".parse().expect("a UUID");
        assert_eq!(id.schema(), "t_0123456789abcdef0123456789abcdef");
        assert!("t_x; drop schema public".parse::<TenantId>().is_err());
    }

    #[test]
    fn a_request_key_is_neither_empty_nor_endless() {
        assert!(RequestKey::parse("").is_err());
        assert!(RequestKey::parse(&"k".repeat(201)).is_err());
        assert!(RequestKey::parse("k").is_ok());
    }
}
