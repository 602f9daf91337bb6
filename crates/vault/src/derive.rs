//! Random keys and the sub-keys derived from them.

use hkdf::Hkdf;
use rand::{TryRngCore, rngs::OsRng};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::VaultError;

/// Bytes of every key: AES-256 and HMAC-SHA256 both take 32.
pub(crate) const KEY_BYTES: usize = 32;

/// A key that is wiped when dropped. It has no `Debug`; the types around it write one that shows nothing.
pub(crate) type Key = Zeroizing<[u8; KEY_BYTES]>;

/// Fills `N` bytes from the operating system's random source.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, VaultError> {
    let mut bytes = Zeroizing::new([0; N]);
    OsRng
        .try_fill_bytes(bytes.as_mut_slice())
        .map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

/// The sub-key of `key` for one purpose. `label` is one of this crate's fixed ones and none begins with another, so that label
/// and purpose need no separator.
pub(crate) fn sub_key(key: &Key, label: &str, purpose: &str) -> Key {
    let mut derived = Zeroizing::new([0; KEY_BYTES]);
    hkdf_sha256(
        key.as_slice(),
        &[label.as_bytes(), purpose.as_bytes()],
        derived.as_mut_slice(),
    );
    derived
}

/// HMAC-SHA256. HKDF's first step is just that, with the salt as the key (RFC 5869, 2.2), and takes keys of any length.
pub(crate) fn hmac_sha256(key: &[u8], text: &[u8]) -> [u8; 32] {
    let (code, _) = Hkdf::<Sha256>::extract(Some(key), text);
    code.into()
}

/// HKDF (RFC 5869) with SHA-256 and no salt: the input is random already. Fills `okm`, at most 8,160 bytes.
fn hkdf_sha256(ikm: &[u8], info: &[&[u8]], okm: &mut [u8]) {
    debug_assert!(okm.len() <= 255 * 32, "HKDF-SHA256 gives 8,160 bytes");
    let expanded = Hkdf::<Sha256>::new(None, ikm).expand_multi_info(info, okm);
    // The only failure is a length beyond the limit, and every caller asks for far less.
    debug_assert!(expanded.is_ok());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 5869, appendix A.3: SHA-256 with zero-length salt and info.
    #[test]
    fn hkdf_gives_the_vector_of_rfc_5869() {
        let mut okm = [0; 42];
        hkdf_sha256(&[0x0b; 22], &[], &mut okm);
        assert_eq!(
            hex::encode(okm),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        );
    }

    /// RFC 4231, test case 2.
    #[test]
    fn hmac_gives_the_vector_of_rfc_4231() {
        assert_eq!(
            hex::encode(hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn sub_keys_differ_by_label_purpose_and_key() {
        let key = Zeroizing::new([1; KEY_BYTES]);
        let other = Zeroizing::new([2; KEY_BYTES]);
        let all = [
            sub_key(&key, "seal ", ""),
            sub_key(&key, "fingerprint ", ""),
            sub_key(&key, "fingerprint ", "account number"),
            sub_key(&other, "fingerprint ", "account number"),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|b| a != b), "sub-key {i} repeats an earlier one");
        }
    }

    #[test]
    fn random_bytes_do_not_repeat() -> Result<(), VaultError> {
        assert_ne!(random::<32>()?, random::<32>()?);
        Ok(())
    }
}
