//! A company's own key.

use std::fmt;

use zeroize::Zeroizing;

use crate::{
    VaultError, cipher,
    derive::{KEY_BYTES, Key, random, sub_key},
};

/// 256 random bits from which a company's sub-keys are derived. It leaves the process only wrapped.
pub struct DataKey(Key);

impl DataKey {
    /// A new one, from the operating system's random source.
    pub fn generate() -> Result<Self, VaultError> {
        Ok(Self(random()?))
    }

    pub(crate) fn sub_key(&self, label: &str, purpose: &str) -> Key {
        sub_key(&self.0, label, purpose)
    }

    pub(crate) fn sealed_by(&self, key: &Key, header: &[u8], context: &[&[u8]]) -> Result<Vec<u8>, VaultError> {
        cipher::seal(key, header, context, self.0.as_slice())
    }

    pub(crate) fn opened_by(key: &Key, header: &[u8], context: &[&[u8]], wrapped: &[u8]) -> Result<Self, VaultError> {
        let opened = cipher::open(key, header, context, wrapped)?;
        let bytes = <&[u8; KEY_BYTES]>::try_from(opened.as_slice()).map_err(|_| VaultError::Refused)?;
        Ok(Self(Zeroizing::new(*bytes)))
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}
