//! What one statement file may hold. Every loop of the reader ends at one of these.

/// The largest file, in bytes as uploaded: 20 MB.
pub const STATEMENT_BYTES_MAX: u64 = 20 * 1024 * 1024;

/// The most transactions in one file, over all its accounts.
pub const STATEMENT_LINES_MAX: usize = 100_000;

/// The most accounts in one file, those merely listed included.
pub const STATEMENT_ACCOUNTS_MAX: usize = 1_000;

/// The longest value of an element, in bytes of UTF-8. The longest of the standard (a memo) has
/// 255 characters.
pub const FIELD_BYTES_MAX: usize = 4_096;

/// The longest transaction or account identifier, in bytes of UTF-8. They become part of a line's
/// identity, which a database index must be able to hold.
pub const IDENTIFIER_BYTES_MAX: usize = 255;

/// The longest tag with its attributes, in bytes of UTF-8. A longer one is taken for text with a
/// stray `<`.
pub const TAG_BYTES_MAX: usize = 1_024;

/// The deepest nesting of elements. The standard needs about a dozen.
pub const NESTING_MAX: usize = 64;

/// The most problems reported of one file; reading stops there.
pub const PROBLEMS_MAX: usize = 100;
