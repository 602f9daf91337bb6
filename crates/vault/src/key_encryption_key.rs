//! The installation's one key and its file.

use std::{
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::Path,
};

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{
    DataKey, TokenKey, VaultError,
    derive::{KEY_BYTES, Key, random, sub_key},
};

/// Version of the wrapped form.
const HEADER: [u8; 1] = [1];

/// Wraps the companies' data keys. One an installation, read from a file at start.
pub struct KeyEncryptionKey {
    root: Key,
    wrapping: Key,
}

impl KeyEncryptionKey {
    /// A new one in memory only.
    pub fn generate() -> Result<Self, VaultError> {
        Ok(Self::from_root(random()?))
    }

    /// Makes a new key and its file: 64 hexadecimal digits and a line feed, mode 0600. The file appears complete or not at all.
    ///
    /// # Errors
    /// [`VaultError::KeyFileExists`] when there is one: it is never overwritten.
    pub fn generate_file(path: &Path) -> Result<Self, VaultError> {
        let root = random()?;
        let digits = Zeroizing::new(hex::encode(root.as_slice()));
        write_new(path, digits.as_bytes()).map_err(|source| match source.kind() {
            io::ErrorKind::AlreadyExists => VaultError::KeyFileExists(path.to_owned()),
            _ => VaultError::KeyFile {
                path: path.to_owned(),
                source,
            },
        })?;
        Ok(Self::from_root(root))
    }

    /// Reads the key from its file.
    ///
    /// # Errors
    /// [`VaultError::KeyFileExposed`] when others than the owner may read or write it, or when it is executable;
    /// [`VaultError::KeyFileMalformed`] when it is no regular file of 64 hexadecimal digits.
    pub fn from_file(path: &Path) -> Result<Self, VaultError> {
        let failed = |source| VaultError::KeyFile {
            path: path.to_owned(),
            source,
        };
        let malformed = || VaultError::KeyFileMalformed(path.to_owned());
        if !fs::metadata(path).map_err(failed)?.is_file() {
            return Err(malformed());
        }
        let file = File::open(path).map_err(failed)?;
        // Asked of the opened file, so that the file checked is the file read.
        let mode = file.metadata().map_err(failed)?.mode() & 0o7777;
        if mode & !0o600 != 0 {
            return Err(VaultError::KeyFileExposed {
                path: path.to_owned(),
                mode,
            });
        }
        // One byte more than the longest good file, so that a longer one is seen as such.
        let mut text = Zeroizing::new([0; 2 * KEY_BYTES + 2]);
        let length = read_up_to(file, text.as_mut_slice()).map_err(failed)?;
        let digits = text[..length].strip_suffix(b"\n").unwrap_or(&text[..length]);
        let mut root = Zeroizing::new([0; KEY_BYTES]);
        hex::decode_to_slice(digits, root.as_mut_slice()).map_err(|_| malformed())?;
        Ok(Self::from_root(root))
    }

    /// The data key as the control database may hold it: bound to the company and its id among the company's keys.
    pub fn wrap(&self, company: Uuid, key_id: u32, data_key: &DataKey) -> Result<Vec<u8>, VaultError> {
        data_key.sealed_by(
            &self.wrapping,
            &HEADER,
            &[b"data key", company.as_bytes(), &key_id.to_be_bytes()],
        )
    }

    /// The data key again; one wrapped for another company or key id, or by another key, is refused.
    pub fn unwrap_key(&self, company: Uuid, key_id: u32, wrapped: &[u8]) -> Result<DataKey, VaultError> {
        DataKey::opened_by(
            &self.wrapping,
            &HEADER,
            &[b"data key", company.as_bytes(), &key_id.to_be_bytes()],
            wrapped,
        )
    }

    /// A key for sealing what leaves the server and comes back. The same file and purpose give the same key.
    pub fn token_key(&self, purpose: &'static str) -> TokenKey {
        TokenKey::new(sub_key(&self.root, "token ", purpose), purpose)
    }

    fn from_root(root: Key) -> Self {
        let wrapping = sub_key(&root, "wrap ", "");
        Self { root, wrapping }
    }
}

impl fmt::Debug for KeyEncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyEncryptionKey(…)")
    }
}

/// Reads until the file ends or `buffer` is full, and says how much.
fn read_up_to(mut file: File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..])? {
            0 => break,
            n => length += n,
        }
    }
    Ok(length)
}

/// Writes the digits beside `path` and links the finished file into place, which fails if there is one already.
fn write_new(path: &Path, digits: &[u8]) -> io::Result<()> {
    let unfinished = path.with_added_extension("new");
    match fs::remove_file(&unfinished) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let written = (|| {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)?;
        file.write_all(digits)?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::hard_link(&unfinished, path)
    })();
    // Whatever happened, no second copy of a key stays behind; an error above is the one to tell.
    let removed = fs::remove_file(&unfinished);
    written.and(removed)
}
