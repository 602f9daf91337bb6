#![doc = include_str!("../README.md")]

mod cipher;
mod company_keys;
mod data_key;
mod derive;
mod error;
mod key_encryption_key;
mod token_key;

pub use company_keys::{CompanyKeys, Context};
pub use data_key::DataKey;
pub use error::VaultError;
pub use key_encryption_key::KeyEncryptionKey;
pub use token_key::TokenKey;
