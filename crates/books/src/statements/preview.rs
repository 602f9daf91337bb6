//! What a staged file would bring.

use std::cmp::Reverse;
use std::collections::HashSet;

use ledger::money::Currency;
use tenancy::{Capability, Cx, Mode, TenantTx};

use super::compare::{Comparison, JudgedLine, compare, judge};
use super::file_accounts::{FileAccount, kind_name, resolve};
use super::reading::ReadFile;
use super::{AccountPreview, ImportCounts, LinePreview, StatementChoice, StatementPreview, import, reading, staging};
use crate::Error;
use crate::fields::known;

/// The most lines of an account that a preview shows.
pub const PREVIEW_LINES_MAX: usize = 50;

/// What importing a staged file would do, with the choices made so far. An account that is neither chosen nor known is shown
/// with its lines, all of them new as far as anybody can tell, and counts for nothing.
///
/// # Errors
/// As `statement_import`, but for a choice that is still missing.
pub async fn statement_preview(
    cx: &Cx,
    staging_id: i64,
    choices: &[StatementChoice],
) -> Result<StatementPreview, Error> {
    cx.require(Capability::Documents)?;
    let leave = cx.heavy_work().await?;
    let staged = staging::staged(cx, staging_id).await?.ok_or_else(staging::gone)?;
    let ReadFile {
        mut statements,
        leave: _leave,
        ..
    } = reading::read(staged.bytes, leave).await?;
    let keys = cx.keys().await?;
    let mut tx = cx.read(Capability::Documents).await?;
    let currency = company_currency(&mut tx).await?;
    statements.assume_currency(currency);
    let resolved = resolve(&mut tx, &keys, &statements, choices).await?;
    let mut counts = ImportCounts {
        errors: import::messages(&statements),
        ..ImportCounts::default()
    };
    let complete = resolved.iter().all(|account| account.target.is_some());
    let mut accounts = Vec::with_capacity(resolved.len());
    for (n, account) in resolved.into_iter().enumerate() {
        let of_file = &mut statements.accounts[account.at];
        let description = of_file.description.clone();
        let kind = kind_name(of_file.kind);
        let currency = account
            .target
            .as_ref()
            .map_or(currency.code(), |target| &target.currency);
        let account_id = account.target.as_ref().map_or(0, |target| target.account_id);
        let lines = judge(std::mem::take(&mut of_file.lines), account_id, currency);
        let bank_account_id = account.target.as_ref().and_then(|target| target.bank_account_id);
        let comparison = compare(&mut tx, bank_account_id, &lines).await?;
        if account.target.is_some() {
            counts.new += comparison.new;
            counts.known += comparison.known.len();
            counts.doubtful += comparison.doubtful;
        }
        accounts.push(account_preview(n, account, kind, description, lines, &comparison));
    }
    Ok(StatementPreview {
        file_name: staged.file_name,
        accounts,
        counts,
        complete,
    })
}

/// The currency of the books, which a statement that names none is taken to be in.
pub(super) async fn company_currency<M: Mode>(tx: &mut TenantTx<M>) -> Result<Currency, Error> {
    let code = sqlx::query_scalar!("select currency from company")
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    known(Currency::parse(&code))
}

fn account_preview(
    n: usize,
    account: FileAccount,
    kind: &'static str,
    description: Option<String>,
    mut lines: Vec<JudgedLine>,
    comparison: &Comparison,
) -> AccountPreview {
    let line_count = lines.len();
    let known: HashSet<usize> = comparison.known.iter().copied().collect();
    let mut newest: Vec<usize> = (0..line_count).collect();
    newest.sort_by_key(|at| Reverse(lines[*at].line.posted_on));
    newest.truncate(PREVIEW_LINES_MAX);
    let shown = newest.into_iter().map(|at| {
        let line = &mut lines[at];
        LinePreview {
            posted_on: line.line.posted_on,
            name: std::mem::take(&mut line.line.name),
            memo: std::mem::take(&mut line.line.memo),
            amount_text: std::mem::take(&mut line.line.amount_text),
            currency: std::mem::take(&mut line.currency),
            known: known.contains(&at),
            doubt: line.doubt.take(),
        }
    });
    let lines = shown.collect();
    let (account_id, name, other_number) = match account.target {
        Some(target) => (Some(target.account_id), Some(target.account), target.other_number),
        None => (None, None, None),
    };
    AccountPreview {
        key: format!("#{}", n + 1),
        mask: account.number.map(|number| number.mask).unwrap_or_default(),
        kind,
        description,
        account_id,
        account: name,
        other_number,
        line_count,
        lines,
    }
}
