//! AES-256-GCM over `header | nonce | ciphertext | tag`, the one shape of everything this crate seals.

use aes_gcm::{Aes256Gcm, KeyInit, aead::AeadInOut};
use zeroize::Zeroizing;

use crate::{
    VaultError,
    derive::{Key, random},
};

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// Seals `plaintext` behind `header`. `context` and the header are authenticated, and the context is not stored.
pub(crate) fn seal(key: &Key, header: &[u8], context: &[&[u8]], plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce = random::<NONCE_BYTES>()?;
    let mut sealed = Vec::with_capacity(header.len() + NONCE_BYTES + plaintext.len() + TAG_BYTES);
    sealed.extend_from_slice(header);
    sealed.extend_from_slice(nonce.as_slice());
    sealed.extend_from_slice(plaintext);
    let tag = Aes256Gcm::new((&**key).into())
        .encrypt_inout_detached(
            (&*nonce).into(),
            &associated(header, context)?,
            (&mut sealed[header.len() + NONCE_BYTES..]).into(),
        )
        .map_err(|_| VaultError::TooLong)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// Opens what [`seal`] gave for the same key, header and context, and refuses everything else.
pub(crate) fn open(
    key: &Key,
    header: &[u8],
    context: &[&[u8]],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (nonce, rest) = sealed
        .strip_prefix(header)
        .and_then(|body| body.split_first_chunk::<NONCE_BYTES>())
        .ok_or(VaultError::UnknownFormat)?;
    let (ciphertext, tag) = rest.split_last_chunk::<TAG_BYTES>().ok_or(VaultError::UnknownFormat)?;
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    Aes256Gcm::new((&**key).into())
        .decrypt_inout_detached(
            nonce.into(),
            &associated(header, context)?,
            plaintext.as_mut_slice().into(),
            tag.into(),
        )
        .map_err(|_| VaultError::Refused)?;
    Ok(plaintext)
}

/// The header and each part of the context, each after its length, so that no two lists give the same bytes.
fn associated(header: &[u8], context: &[&[u8]]) -> Result<Vec<u8>, VaultError> {
    let mut bytes = Vec::new();
    for part in std::iter::once(&header).chain(context) {
        let length = u32::try_from(part.len()).map_err(|_| VaultError::TooLong)?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_context_cannot_be_shifted_into_each_other() -> Result<(), VaultError> {
        assert_ne!(associated(b"1", &[b"ab", b"c"])?, associated(b"1", &[b"a", b"bc"])?);
        assert_ne!(associated(b"1", &[b"ab"])?, associated(b"1", &[b"ab", b""])?);
        Ok(())
    }
}
