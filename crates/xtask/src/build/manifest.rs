//! `manifest.json`: which files `pkg` holds, and the hash of each one's content.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

const FILE: &str = "manifest.json";

/// The first 16 hexadecimal digits of SHA-256: enough to tell two versions of a file apart.
pub fn content_hash(bytes: &[u8]) -> String {
    hex::encode(&Sha256::digest(bytes)[..8])
}

fn file_hash(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(content_hash(&bytes))
}

#[derive(Debug, PartialEq)]
pub struct Manifest(BTreeMap<String, String>);

impl Manifest {
    /// Reads every file of a folder; those in folders below have their path as name.
    pub fn of(pkg: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        add_files(pkg, "", &mut files)?;
        Ok(Self(files))
    }

    /// Whether the folder's own manifest says the same.
    pub fn is_that_of(&self, pkg: &Path) -> bool {
        fs::read(pkg.join(FILE))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .is_some_and(|files: BTreeMap<String, String>| files == self.0)
    }

    pub fn write(&self, pkg: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(&self.0)?;
        fs::write(pkg.join(FILE), json + "\n")?;
        Ok(())
    }
}

fn add_files(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            add_files(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, file_hash(&entry.path())?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_changes_the_hash() {
        assert_eq!(content_hash(b"abc"), "ba7816bf8f01cfea");
        assert_ne!(content_hash(b"abc"), content_hash(b"abd"));
    }
}
