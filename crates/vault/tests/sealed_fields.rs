//! What a sealed field promises: it opens in its place with its company's keys, and nowhere else.

use uuid::Uuid;
use vault::{CompanyKeys, Context, DataKey, VaultError};

const COMPANY: Uuid = Uuid::from_u128(1);
const OTHER_COMPANY: Uuid = Uuid::from_u128(2);
const PLACE: Context<'static> = Context {
    company: COMPANY,
    table: "bank_account",
    column: "number",
    row_id: 7,
};

fn keys(company: Uuid) -> Result<CompanyKeys, VaultError> {
    CompanyKeys::new(company, [(1, DataKey::generate()?)])
}

#[test]
fn a_sealed_account_number_opens_in_its_place() -> Result<(), VaultError> {
    let keys = keys(COMPANY)?;
    for number in [&b""[..], b"1", b"000123456789", &[0xff; 5000]] {
        let sealed = keys.seal(PLACE, number)?;
        assert_eq!(sealed.len(), number.len() + 33);
        assert_eq!(keys.open(PLACE, &sealed)?.as_slice(), number);
    }
    Ok(())
}

#[test]
fn the_same_number_sealed_twice_looks_different() -> Result<(), VaultError> {
    let keys = keys(COMPANY)?;
    assert_ne!(keys.seal(PLACE, b"12345")?, keys.seal(PLACE, b"12345")?);
    Ok(())
}

#[test]
fn a_value_with_any_bit_flipped_is_refused() -> Result<(), VaultError> {
    let keys = keys(COMPANY)?;
    let sealed = keys.seal(PLACE, b"000123456789")?;
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let refusal = keys.open(PLACE, &changed).expect_err("a changed value");
        match bit / 8 {
            0 => assert!(matches!(refusal, VaultError::UnknownFormat), "bit {bit}"),
            1..5 => assert!(matches!(refusal, VaultError::UnknownKey(_)), "bit {bit}"),
            _ => assert!(matches!(refusal, VaultError::Refused), "bit {bit}"),
        }
    }
    Ok(())
}

#[test]
fn a_value_cut_short_or_lengthened_is_refused() -> Result<(), VaultError> {
    let keys = keys(COMPANY)?;
    let sealed = keys.seal(PLACE, b"000123456789")?;
    for length in 0..sealed.len() {
        assert!(keys.open(PLACE, &sealed[..length]).is_err(), "{length}");
    }
    let longer = [sealed.as_slice(), b"0"].concat();
    assert!(matches!(keys.open(PLACE, &longer), Err(VaultError::Refused)));
    Ok(())
}

#[test]
fn a_value_moved_to_another_place_is_refused() -> Result<(), VaultError> {
    let keys = keys(COMPANY)?;
    let sealed = keys.seal(PLACE, b"000123456789")?;
    let elsewhere = [
        Context { row_id: 8, ..PLACE },
        Context {
            column: "routing_number",
            ..PLACE
        },
        Context {
            table: "contact",
            ..PLACE
        },
        Context {
            company: OTHER_COMPANY,
            ..PLACE
        },
        // The same letters, divided otherwise.
        Context {
            table: "bank_accountn",
            column: "umber",
            ..PLACE
        },
    ];
    for place in elsewhere {
        assert!(
            matches!(keys.open(place, &sealed), Err(VaultError::Refused)),
            "{place:?}"
        );
    }
    Ok(())
}

#[test]
fn another_company_with_the_very_same_key_cannot_open_it() -> Result<(), VaultError> {
    let kek = vault::KeyEncryptionKey::generate()?;
    let data_key = DataKey::generate()?;
    let wrapped = kek.wrap(COMPANY, 1, &data_key)?;
    let again = kek.unwrap_key(COMPANY, 1, &wrapped)?;
    let sealed = CompanyKeys::new(COMPANY, [(1, data_key)])?.seal(PLACE, b"12345")?;
    let thief = CompanyKeys::new(OTHER_COMPANY, [(1, again)])?;
    let at_home = Context {
        company: OTHER_COMPANY,
        ..PLACE
    };
    assert!(matches!(thief.open(at_home, &sealed), Err(VaultError::Refused)));
    assert!(matches!(thief.open(PLACE, &sealed), Err(VaultError::Refused)));
    assert!(matches!(thief.seal(PLACE, b"12345"), Err(VaultError::Refused)));
    Ok(())
}

#[test]
fn after_a_rotation_old_values_open_and_new_ones_name_the_new_key() -> Result<(), VaultError> {
    let kek = vault::KeyEncryptionKey::generate()?;
    let first = kek.wrap(COMPANY, 1, &DataKey::generate()?)?;
    let second = kek.wrap(COMPANY, 2, &DataKey::generate()?)?;
    let before = CompanyKeys::new(COMPANY, [(1, kek.unwrap_key(COMPANY, 1, &first)?)])?;
    let old = before.seal(PLACE, b"12345")?;

    let after = CompanyKeys::new(
        COMPANY,
        [
            (2, kek.unwrap_key(COMPANY, 2, &second)?),
            (1, kek.unwrap_key(COMPANY, 1, &first)?),
        ],
    )?;
    assert_eq!(after.open(PLACE, &old)?.as_slice(), b"12345");
    assert_eq!(
        after.fingerprint("account number", b"12345"),
        before.fingerprint("account number", b"12345")
    );
    let new = after.seal(PLACE, b"12345")?;
    assert!(matches!(before.open(PLACE, &new), Err(VaultError::UnknownKey(2))));

    // The key is chosen by its id alone: under the other id even the right key is not tried.
    let mut renamed = old.clone();
    renamed[4] = 2;
    assert!(matches!(after.open(PLACE, &renamed), Err(VaultError::Refused)));
    Ok(())
}

#[test]
fn a_company_without_a_key_or_with_an_id_twice_is_refused() -> Result<(), VaultError> {
    assert!(matches!(CompanyKeys::new(COMPANY, []), Err(VaultError::KeyIds)));
    let twice = [(1, DataKey::generate()?), (1, DataKey::generate()?)];
    assert!(matches!(CompanyKeys::new(COMPANY, twice), Err(VaultError::KeyIds)));
    Ok(())
}

#[test]
fn a_fingerprint_depends_on_company_purpose_and_text() -> Result<(), VaultError> {
    let ours = keys(COMPANY)?;
    let fingerprint = ours.fingerprint("account number", b"12345");
    assert_eq!(fingerprint, ours.fingerprint("account number", b"12345"));
    assert_ne!(fingerprint, ours.fingerprint("account number", b"12346"));
    assert_ne!(fingerprint, ours.fingerprint("tax id", b"12345"));
    let theirs = keys(OTHER_COMPANY)?;
    assert_ne!(fingerprint, theirs.fingerprint("account number", b"12345"));
    Ok(())
}
