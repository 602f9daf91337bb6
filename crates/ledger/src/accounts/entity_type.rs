//! The legal forms a company can have in the United States.

use serde::{Deserialize, Serialize};

use super::UnknownName;

/// The legal form of a company; it decides the names of its equity accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityType {
    /// One owner, no company in law.
    SoleProprietor,
    /// A limited liability company.
    Llc,
    /// A partnership.
    Partnership,
    /// A corporation taxed through its shareholders.
    SCorp,
    /// A corporation taxed by itself.
    CCorp,
    /// An organization without owners.
    Nonprofit,
}

impl EntityType {
    /// All six, in the order a form offers them.
    pub const ALL: [Self; 6] = [
        Self::SoleProprietor,
        Self::Llc,
        Self::Partnership,
        Self::SCorp,
        Self::CCorp,
        Self::Nonprofit,
    ];

    /// The text it is stored as.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SoleProprietor => "sole_proprietor",
            Self::Llc => "llc",
            Self::Partnership => "partnership",
            Self::SCorp => "s_corp",
            Self::CCorp => "c_corp",
            Self::Nonprofit => "nonprofit",
        }
    }

    /// The words people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SoleProprietor => "Sole proprietor",
            Self::Llc => "LLC",
            Self::Partnership => "Partnership",
            Self::SCorp => "S corporation",
            Self::CCorp => "C corporation",
            Self::Nonprofit => "Nonprofit",
        }
    }

    /// Reads a code.
    ///
    /// # Errors
    /// [`UnknownName`] when it is none of the six.
    pub fn parse(text: &str) -> Result<Self, UnknownName> {
        Self::ALL
            .into_iter()
            .find(|entity_type| entity_type.code() == text)
            .ok_or_else(|| UnknownName {
                text: text.to_owned(),
                expected: "an entity type",
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entity_type_is_read_and_serialized_by_its_code() -> Result<(), serde_json::Error> {
        for entity_type in EntityType::ALL {
            assert_eq!(EntityType::parse(entity_type.code()), Ok(entity_type));
            let json = serde_json::to_string(&entity_type)?;
            assert_eq!(json, format!("\"{}\"", entity_type.code()));
        }
        assert!(EntityType::parse("club").is_err());
        Ok(())
    }
}
