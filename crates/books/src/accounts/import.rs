//! A chart of accounts from a file in QuickBooks Online's layout: Account Number, Account Name (`Parent:Sub`), Type, Detail Type,
//! Description. A Balance is passed over, and so are titles above the heading.
//!
//! A line means the account of its full name; else the system account, where it is one of QuickBooks' own names; else the account
//! that has its number, which is renamed. An empty cell leaves what is there. Lines that cannot be are left out, each with its
//! reason; all others are recorded in one change, once somebody has seen what they do.

mod differences;
mod plan;
mod sheet;
mod write;

use ledger::accounts::AccountType;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tenancy::{Capability, Cx, RequestKey};

use super::moved::{self, MovedHistory};
use crate::Error;

pub use sheet::{ACCOUNT_FILE_BYTES_MAX, ACCOUNT_FILE_ROWS_MAX};

/// A file as it would be recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountFile {
    /// Its lines in their order, and before a line the parents that it needs and no line names.
    pub lines: Vec<AccountFileLine>,
    /// What somebody saw: [`account_import`] takes it, and refuses when the file means something else by now.
    pub seen: String,
    /// The history of the accounts that another detail type puts into another part of the statement of cash flows, where there is
    /// any. `along` names them all.
    pub moves: Option<MovedHistory>,
}

/// What a line of the file does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountFileLine {
    /// The line, counted from 1 as editors and spreadsheets do.
    pub line: usize,
    /// The account's number as the file says it.
    pub number: Option<String>,
    /// Its full name as the file says it.
    pub path: String,
    /// Its type; none where the line does not say one that can be read.
    pub account_type: Option<AccountType>,
    /// What becomes of it.
    pub verdict: Verdict,
}

/// What becomes of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// An account is added.
    New,
    /// An account is added because a line below names it as its parent.
    NewParent,
    /// The account is there as the file says.
    Same,
    /// The account is there and would be changed.
    Changed(Vec<FieldChange>),
    /// The line is left out: what happened and what to do.
    Refused(String),
}

/// A change of one field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldChange {
    /// What it is: `Number`.
    pub what: &'static str,
    /// What it was; empty for nothing.
    pub before: String,
    /// What it becomes.
    pub after: String,
}

/// What an import did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct AccountsImported {
    /// Accounts that were added.
    pub new: usize,
    /// Accounts that were changed.
    pub changed: usize,
    /// Lines whose accounts were there as they are.
    pub same: usize,
    /// Lines that were left out.
    pub refused: usize,
}

impl AccountFile {
    fn of(lines: Vec<AccountFileLine>, moves: Option<MovedHistory>) -> Self {
        let seen = hex::encode(Sha256::digest(format!("{lines:?}")));
        Self { lines, seen, moves }
    }

    /// How many lines there are of each kind.
    pub fn counts(&self) -> AccountsImported {
        let mut counts = AccountsImported::default();
        for line in &self.lines {
            *match line.verdict {
                Verdict::New | Verdict::NewParent => &mut counts.new,
                Verdict::Same => &mut counts.same,
                Verdict::Changed(_) => &mut counts.changed,
                Verdict::Refused(_) => &mut counts.refused,
            } += 1;
        }
        counts
    }
}

/// Says what each line of a file would do. Nothing is recorded.
///
/// # Errors
/// `Invalid` at `file` when it is no text, too large, or has no heading.
pub async fn account_import_preview(cx: &Cx, file: &[u8]) -> Result<AccountFile, Error> {
    cx.require(Capability::Journal)?;
    let _place = cx.heavy_work().await?;
    let rows = sheet::read(file)?;
    let mut tx = cx.read(Capability::Journal).await?;
    let plan = plan::plan(&mut tx, &rows).await?;
    let moves = match plan.moved.ids.is_empty() {
        true => None,
        false => Some(moved::history(&mut tx, &plan.moved.ids, plan.moved.paths).await?),
    };
    Ok(AccountFile::of(plan.lines, moves.filter(|moves| moves.lines > 0)))
}

/// Records what the preview of a file showed, whole and in one change; `seen` is the preview's. `moves_locked` says that somebody
/// agreed to what moves in locked periods.
///
/// # Errors
/// `Invalid` at `file` as the preview, or where the file means something else since somebody changed the chart; at `moves_locked`
/// where history of a locked period would move to another part of the statement of cash flows unasked.
pub async fn account_import(
    cx: &Cx,
    file: &[u8],
    seen: &str,
    moves_locked: bool,
    key: &RequestKey,
) -> Result<AccountsImported, Error> {
    cx.require(Capability::Journal)?;
    let _place = cx.heavy_work().await?;
    let rows = sheet::read(file)?;
    let mut tx = change!(cx, Capability::Journal, key);
    let plan = plan::plan(&mut tx, &rows).await?;
    let file = AccountFile::of(plan.lines.clone(), None);
    if file.seen != seen {
        return Err(Error::at(
            "file",
            "Somebody changed the chart of accounts meanwhile, and the file does something else now. Look at it again below.",
        ));
    }
    let counts = file.counts();
    if counts.new + counts.changed == 0 {
        return Err(Error::at(
            "file",
            "Nothing in this file would change the chart of accounts.",
        ));
    }
    if !moves_locked {
        moved::refuse_locked(&mut tx, &plan.moved.ids).await?;
    }
    write::write(&mut tx, &plan).await?;
    tx.commit(&counts).await?;
    Ok(counts)
}
