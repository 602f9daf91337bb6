//! Sealing of what leaves the server and comes back, such as a cookie.

use std::fmt;

use zeroize::Zeroizing;

use crate::{VaultError, cipher, derive::Key};

const HEADER: [u8; 1] = [1];

/// A key for one purpose, derived from the key-encryption key. What one purpose sealed another does not open.
///
/// A sealed token has no end of its own: its text says until when it holds.
pub struct TokenKey {
    key: Key,
    purpose: &'static str,
}

impl TokenKey {
    pub(crate) fn new(key: Key, purpose: &'static str) -> Self {
        Self { key, purpose }
    }

    /// The sealed text, 29 bytes longer than `plaintext`.
    pub fn seal(&self, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
        cipher::seal(&self.key, &HEADER, &self.context(), plaintext)
    }

    /// The text again; anything that this key did not seal is refused.
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        cipher::open(&self.key, &HEADER, &self.context(), sealed)
    }

    fn context(&self) -> [&[u8]; 2] {
        [b"token", self.purpose.as_bytes()]
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey")
            .field("purpose", &self.purpose)
            .finish_non_exhaustive()
    }
}
