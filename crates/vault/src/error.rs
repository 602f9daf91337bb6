//! What can go wrong. No variant carries a secret.

use std::{io, path::PathBuf};

/// The crate's one error.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The key file could not be read or written.
    #[error("the key file {path}: {source}")]
    KeyFile {
        /// The file that was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The key file can be read or written by others than its owner.
    #[error("the key file {path} has mode {mode:04o}; only its owner may read it: chmod 600 it")]
    KeyFileExposed {
        /// The file that was asked for.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The key file is not a regular file of 64 hexadecimal digits.
    #[error("the key file {0} does not hold 64 hexadecimal digits")]
    KeyFileMalformed(PathBuf),
    /// A key file is never overwritten: what it opens would be lost.
    #[error("the key file {0} exists already")]
    KeyFileExists(PathBuf),
    /// A company needs at least one key, and each key id once.
    #[error("a company needs at least one key, each with an id of its own")]
    KeyIds,
    /// The value names a key that the company does not hold.
    #[error("the value was sealed with key {0}, which is not at hand")]
    UnknownKey(u32),
    /// The value does not begin as this version of the vault writes it.
    #[error("the value has no format that this version knows")]
    UnknownFormat,
    /// The value was changed, or sealed for another place, or with another key.
    #[error("the value was changed or belongs elsewhere")]
    Refused,
    /// The text exceeds what one value may hold.
    #[error("the text is too long to be sealed")]
    TooLong,
    /// The operating system gave no random bytes.
    #[error("the system gave no random bytes")]
    NoRandomness,
}
