//! A statement file's bytes as accounts and lines, with errors in the words of its form.

use feeds::{StatementError, StatementFile};
use sha2::{Digest, Sha256};
use tenancy::HeavyWork;

use crate::blocking::off_the_threads;
use crate::{Error, Problem};

/// A file as read, and the hash by which it is kept on record.
pub(super) struct ReadFile {
    pub(super) statements: StatementFile,
    pub(super) hash: [u8; 32],
    /// Kept as long as what was read is in memory.
    pub(super) leave: HeavyWork,
}

/// Reads a file, away from the threads that serve requests: 20 MB take a while. Reading goes on when the request is given up, and
/// keeps its leave until it ends.
///
/// # Errors
/// At `file`; a message for each line at fault.
pub(super) async fn read(bytes: Vec<u8>, leave: HeavyWork) -> Result<ReadFile, Error> {
    off_the_threads(move || {
        let statements = feeds::read_statement(bytes.as_slice()).map_err(refused)?;
        Ok(ReadFile {
            statements,
            hash: Sha256::digest(&bytes).into(),
            leave,
        })
    })
    .await?
}

/// The last part of an uploaded file's name, at most 200 characters, without what no name should have.
pub(super) fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    let name = name.trim();
    if name.is_empty() {
        "statement".to_owned()
    } else {
        name.to_owned()
    }
}

fn refused(error: StatementError) -> Error {
    if matches!(error, StatementError::NotOfx) {
        return Error::at(
            "file",
            "This is not an OFX, QFX or QBO file. CSV, PDF and Excel files are not taken yet: download the same days again as OFX, QFX \
             (Quicken) or QBO (QuickBooks), which banks offer where CSV is offered.",
        );
    }
    match error.problems() {
        [] => Error::at("file", sentence(&error.to_string())),
        problems => Error::Invalid(
            problems
                .iter()
                .map(|problem| Problem::at("file", sentence(&problem.to_string())))
                .collect(),
        ),
    }
}

/// An error's words with a capital and a stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}
