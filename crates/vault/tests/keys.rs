//! The key file, the wrapping of data keys, and tokens.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use uuid::Uuid;
use vault::{CompanyKeys, DataKey, KeyEncryptionKey, VaultError};

const COMPANY: Uuid = Uuid::from_u128(1);

/// A directory of its own that is removed at the end.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("cartefi-vault-{}", Uuid::new_v4()));
        fs::create_dir(&path).expect("a temporary directory");
        Self(path)
    }

    fn key_file(&self, text: &[u8], mode: u32) -> PathBuf {
        let path = self.0.join(Uuid::new_v4().to_string());
        fs::write(&path, text).expect("a key file");
        fs::set_permissions(&path, Permissions::from_mode(mode)).expect("its mode");
        path
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).expect("the temporary directory goes");
    }
}

fn refusal(path: &Path) -> VaultError {
    KeyEncryptionKey::from_file(path).expect_err("a bad key file")
}

#[test]
fn a_generated_key_file_is_private_and_reads_as_the_same_key() -> Result<(), VaultError> {
    let place = Place::new();
    let path = place.0.join("key");
    let made = KeyEncryptionKey::generate_file(&path)?;
    let attributes = fs::metadata(&path).expect("the key file");
    assert_eq!(attributes.mode() & 0o7777, 0o600);
    assert_eq!(attributes.len(), 65);
    assert_eq!(
        fs::read_dir(&place.0).expect("the directory").count(),
        1,
        "no second copy of the key"
    );

    let wrapped = made.wrap(COMPANY, 1, &DataKey::generate()?)?;
    KeyEncryptionKey::from_file(&path)?.unwrap_key(COMPANY, 1, &wrapped)?;
    Ok(())
}

#[test]
fn a_key_file_is_never_overwritten() -> Result<(), VaultError> {
    let place = Place::new();
    let path = place.0.join("key");
    KeyEncryptionKey::generate_file(&path)?;
    let before = fs::read(&path).expect("the key file");
    assert!(matches!(
        KeyEncryptionKey::generate_file(&path),
        Err(VaultError::KeyFileExists(_))
    ));
    assert_eq!(before, fs::read(&path).expect("the key file"));
    Ok(())
}

#[test]
fn a_key_file_left_unfinished_does_not_stop_the_next_attempt() -> Result<(), VaultError> {
    let place = Place::new();
    fs::write(place.0.join("key.new"), b"12").expect("an unfinished file");
    KeyEncryptionKey::generate_file(&place.0.join("key"))?;
    KeyEncryptionKey::from_file(&place.0.join("key"))?;
    Ok(())
}

#[test]
fn a_key_file_that_others_may_touch_is_refused() -> Result<(), VaultError> {
    let place = Place::new();
    let digits = "ab".repeat(32);
    for mode in [0o600, 0o400] {
        KeyEncryptionKey::from_file(&place.key_file(digits.as_bytes(), mode))?;
    }
    for mode in [0o640, 0o604, 0o620, 0o602, 0o700, 0o644, 0o777, 0o4600] {
        assert!(
            matches!(
                refusal(&place.key_file(digits.as_bytes(), mode)),
                VaultError::KeyFileExposed { mode: told, .. } if told == mode
            ),
            "{mode:o}"
        );
    }
    Ok(())
}

#[test]
fn a_key_file_of_any_other_form_is_refused() {
    let place = Place::new();
    let digits = "ab".repeat(32);
    for text in [
        String::new(),
        "\n".to_owned(),
        digits[..62].to_owned(),
        format!("{digits}ab"),
        format!("{digits}\n\n"),
        format!(" {digits}"),
        format!("{digits}\r\n"),
        digits.replace('a', "g"),
    ] {
        let path = place.key_file(text.as_bytes(), 0o600);
        assert!(matches!(refusal(&path), VaultError::KeyFileMalformed(_)), "{text:?}");
    }
    assert!(matches!(
        refusal(&place.key_file(&[7; 32], 0o600)),
        VaultError::KeyFileMalformed(_)
    ));
    assert!(matches!(refusal(&place.0), VaultError::KeyFileMalformed(_)));
    assert!(matches!(refusal(&place.0.join("missing")), VaultError::KeyFile { .. }));
}

#[test]
fn a_wrapped_key_opens_for_its_company_its_id_and_its_wrapper_alone() -> Result<(), VaultError> {
    let kek = KeyEncryptionKey::generate()?;
    let wrapped = kek.wrap(COMPANY, 1, &DataKey::generate()?)?;
    assert_eq!(wrapped.len(), 61);
    kek.unwrap_key(COMPANY, 1, &wrapped)?;
    let refused = [
        kek.unwrap_key(Uuid::from_u128(2), 1, &wrapped),
        kek.unwrap_key(COMPANY, 2, &wrapped),
        KeyEncryptionKey::generate()?.unwrap_key(COMPANY, 1, &wrapped),
    ];
    for attempt in refused {
        assert!(matches!(attempt, Err(VaultError::Refused)));
    }
    for bit in 0..wrapped.len() * 8 {
        let mut changed = wrapped.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(kek.unwrap_key(COMPANY, 1, &changed).is_err(), "bit {bit}");
    }
    Ok(())
}

#[test]
fn a_token_opens_for_its_purpose_alone() -> Result<(), VaultError> {
    let kek = KeyEncryptionKey::generate()?;
    let sealed = kek.token_key("login").seal(b"state")?;
    assert_eq!(sealed.len(), 34);
    assert_eq!(
        kek.token_key("login").open(&sealed)?.as_slice(),
        b"state",
        "the same file and purpose give the same key"
    );
    assert!(matches!(
        kek.token_key("logout").open(&sealed),
        Err(VaultError::Refused)
    ));
    assert!(matches!(
        KeyEncryptionKey::generate()?.token_key("login").open(&sealed),
        Err(VaultError::Refused)
    ));
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(kek.token_key("login").open(&changed).is_err(), "bit {bit}");
    }
    Ok(())
}

#[test]
fn no_key_shows_itself_when_debugged() -> Result<(), VaultError> {
    let place = Place::new();
    let path = place.key_file("ab".repeat(32).as_bytes(), 0o600);
    let kek = KeyEncryptionKey::from_file(&path)?;
    assert_eq!(format!("{kek:?}"), "KeyEncryptionKey(…)");
    assert_eq!(format!("{:?}", DataKey::generate()?), "DataKey(…)");
    assert_eq!(
        format!("{:?}", kek.token_key("login")),
        r#"TokenKey { purpose: "login", .. }"#
    );
    let keys = CompanyKeys::new(COMPANY, [(1, DataKey::generate()?), (3, DataKey::generate()?)])?;
    assert_eq!(
        format!("{keys:?}"),
        format!("CompanyKeys {{ company: {COMPANY}, key_ids: [1, 3], .. }}")
    );
    Ok(())
}
