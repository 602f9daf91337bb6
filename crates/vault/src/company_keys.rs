//! A company's keys, and the sealing of its fields with them.

use std::{collections::BTreeMap, fmt};

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    DataKey, VaultError, cipher,
    derive::{Key, hmac_sha256, sub_key},
};

/// Version of a sealed field.
const VERSION: u8 = 1;
/// Version and key id.
const HEADER_BYTES: usize = 5;

/// The place a field is sealed for. It opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    /// The company's id.
    pub company: Uuid,
    /// The table's name, unqualified.
    pub table: &'a str,
    /// The column's name.
    pub column: &'a str,
    /// The row's id. A row that does not exist yet takes its id from the sequence first.
    pub row_id: i64,
}

/// The keys of one company: the one with the highest id seals, any of them opens what names it, the one with the lowest id makes
/// fingerprints, so that adding a key changes none.
pub struct CompanyKeys {
    company: Uuid,
    /// By key id; never empty.
    sealing: BTreeMap<u32, Key>,
    fingerprinting: Key,
}

impl CompanyKeys {
    /// The company's keys by key id.
    ///
    /// # Errors
    /// [`VaultError::KeyIds`] when there is none, or an id comes twice.
    pub fn new(company: Uuid, data_keys: impl IntoIterator<Item = (u32, DataKey)>) -> Result<Self, VaultError> {
        let mut by_id = BTreeMap::new();
        for (key_id, data_key) in data_keys {
            if by_id.insert(key_id, data_key).is_some() {
                return Err(VaultError::KeyIds);
            }
        }
        let (_, oldest) = by_id.first_key_value().ok_or(VaultError::KeyIds)?;
        Ok(Self {
            company,
            fingerprinting: oldest.sub_key("fingerprint ", ""),
            sealing: by_id
                .iter()
                .map(|(key_id, data_key)| (*key_id, data_key.sub_key("seal ", "")))
                .collect(),
        })
    }

    /// Seals a field for its place with the newest key: 33 bytes longer than `plaintext`.
    ///
    /// # Errors
    /// [`VaultError::Refused`] when the context names another company than these keys are for.
    pub fn seal(&self, context: Context<'_>, plaintext: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (key_id, key) = self.sealing.last_key_value().ok_or(VaultError::KeyIds)?;
        self.at(context, |place| cipher::seal(key, &header(*key_id), place, plaintext))
    }

    /// Opens a field that was sealed for exactly this place.
    ///
    /// # Errors
    /// [`VaultError::UnknownFormat`], [`VaultError::UnknownKey`] when the value's head says so; [`VaultError::Refused`] when it
    /// was sealed for another place or changed.
    pub fn open(&self, context: Context<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let key_id = match sealed.first_chunk::<HEADER_BYTES>() {
            Some(&[VERSION, a, b, c, d]) => u32::from_be_bytes([a, b, c, d]),
            _ => return Err(VaultError::UnknownFormat),
        };
        let key = self.sealing.get(&key_id).ok_or(VaultError::UnknownKey(key_id))?;
        self.at(context, |place| cipher::open(key, &header(key_id), place, sealed))
    }

    /// A keyed digest by which equal texts are found without being readable. Texts of another company or purpose have other
    /// fingerprints.
    pub fn fingerprint(&self, purpose: &str, text: &[u8]) -> [u8; 32] {
        let key = sub_key(&self.fingerprinting, "purpose ", purpose);
        hmac_sha256(key.as_slice(), text)
    }

    /// Gives `use_place` the parts that a field's associated data names, once the company is the right one.
    fn at<T>(
        &self,
        context: Context<'_>,
        use_place: impl FnOnce(&[&[u8]]) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        if context.company != self.company {
            return Err(VaultError::Refused);
        }
        use_place(&[
            context.company.as_bytes(),
            context.table.as_bytes(),
            context.column.as_bytes(),
            &context.row_id.to_be_bytes(),
        ])
    }
}

fn header(key_id: u32) -> [u8; HEADER_BYTES] {
    let [a, b, c, d] = key_id.to_be_bytes();
    [VERSION, a, b, c, d]
}

impl fmt::Debug for CompanyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompanyKeys")
            .field("company", &self.company)
            .field("key_ids", &self.sealing.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}
