//! Random texts that open something: shown or sent once, and kept as their digest alone.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{TryRngCore, rngs::OsRng};
use sha2::{Digest, Sha256};

const TOKEN_BYTES: usize = 32;

/// A new token of 43 letters, digits, `-` and `_`, and the digest to keep.
pub(crate) fn generate() -> Result<(String, [u8; 32]), vault::VaultError> {
    let mut bytes = [0; TOKEN_BYTES];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|_| vault::VaultError::NoRandomness)?;
    Ok((URL_SAFE_NO_PAD.encode(bytes), Sha256::digest(bytes).into()))
}

/// The digest of a token that somebody brings; none when it cannot be one.
pub(crate) fn digest(token: &str) -> Option<[u8; 32]> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    (bytes.len() == TOKEN_BYTES).then(|| Sha256::digest(bytes).into())
}
