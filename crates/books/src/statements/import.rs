//! From a file to bank lines.

use feeds::{Format, LedgerBalance, StatementFile};
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use vault::CompanyKeys;

use super::compare::{Comparison, JudgedLine, compare, judge, shorten};
use super::file_accounts::{FileAccount, Target, complete, resolve};
use super::preview::company_currency;
use super::reading::{self, ReadFile};
use super::{ImportCounts, LineMessage, MESSAGES_MAX, StatementChoice, StatementImported, StatementSource, staging};
use crate::Error;
use crate::bank_accounts::{BankNumber, connect, keep_number};

/// Longest message about a line of the file, in characters: an answer is kept with its change, and has its limit there.
const MESSAGE_MAX: usize = 150;

/// One account of the file, ready to be written.
struct Part {
    target: Target,
    number: Option<BankNumber>,
    lines: Vec<JudgedLine>,
    balance: Option<LedgerBalance>,
}

/// Imports a statement file: its new lines wait on the review list, its accounts are connected if they were not, and what the
/// bank says the balance is is kept where it is newer.
///
/// # Errors
/// At `file` where it cannot be read, a message for each line at fault; at `account`, `accounts` or `accounts.N` where nobody
/// said which account of the books a statement is of, or said one that it cannot be.
pub async fn statement_import(
    cx: &Cx,
    source: StatementSource,
    choices: &[StatementChoice],
    key: &RequestKey,
) -> Result<StatementImported, Error> {
    cx.require(Capability::Documents)?;
    let leave = cx.heavy_work().await?;
    let (name, bytes, staging_id) = match source {
        StatementSource::Bytes { file_name, bytes } => (reading::file_name(&file_name), bytes, None),
        StatementSource::Staged(id) => match staging::staged(cx, id).await? {
            Some(staged) => (staged.file_name, staged.bytes, Some(id)),
            None => {
                // A form that is posted again finds its file used, and gets the answer it got.
                let _nothing_to_do = change!(cx, Capability::Documents, key);
                return Err(staging::gone());
            }
        },
    };
    let ReadFile {
        mut statements,
        hash,
        leave: _leave,
    } = reading::read(bytes, leave).await?;
    let keys = cx.keys().await?;
    let mut tx = cx.read(Capability::Documents).await?;
    statements.assume_currency(company_currency(&mut tx).await?);
    let accounts = complete(resolve(&mut tx, &keys, &statements, choices).await?)?;
    drop(tx);
    let errors = messages(&statements);
    let format = statements.format;
    let parts: Vec<Part> = accounts
        .into_iter()
        .map(|(account, target)| part(&mut statements, account, target))
        .collect();

    let mut tx = change!(cx, Capability::Documents, key);
    let mut counts = ImportCounts {
        errors,
        ..ImportCounts::default()
    };
    let mut compared = Vec::with_capacity(parts.len());
    for part in &parts {
        let bank_account_id = connected(&mut tx, &keys, part).await?;
        let comparison = compare(&mut tx, Some(bank_account_id), &part.lines).await?;
        counts.new += comparison.new;
        counts.known += comparison.known.len();
        counts.doubtful += comparison.doubtful;
        compared.push((bank_account_id, comparison));
    }
    let mut import_id = None;
    if counts.new + counts.doubtful > 0 {
        let id = import_made(&mut tx, &name, &hash, format, &counts).await?;
        for (part, (bank_account_id, comparison)) in parts.iter().zip(&compared) {
            lines_made(&mut tx, id, *bank_account_id, &part.lines, comparison).await?;
        }
        import_id = Some(id);
    }
    for (part, (bank_account_id, _)) in parts.iter().zip(&compared) {
        if let Some(balance) = &part.balance {
            keep_balance(&mut tx, *bank_account_id, import_id, balance).await?;
        }
    }
    if let Some(id) = staging_id {
        staging::used(&mut tx, id).await?;
    }
    let imported = StatementImported {
        import_id,
        bank_account_id: compared.first().map(|(id, _)| *id),
        counts,
    };
    tx.commit(&imported).await?;
    Ok(imported)
}

/// The errors that the bank reported in place of other statements.
pub(super) fn messages(statements: &StatementFile) -> Vec<LineMessage> {
    let told = statements.bank_messages.iter().take(MESSAGES_MAX);
    told.map(|told| {
        let mut message = told.to_string();
        shorten(&mut message, MESSAGE_MAX);
        LineMessage {
            line: told.line,
            message,
        }
    })
    .collect()
}

fn part(statements: &mut StatementFile, account: FileAccount, target: Target) -> Part {
    let of_file = &mut statements.accounts[account.at];
    let lines = judge(std::mem::take(&mut of_file.lines), target.account_id, &target.currency);
    let is_same_currency = of_file.currency.as_deref() == Some(target.currency.as_str());
    let balance = of_file.ledger_balance.take().filter(|_| is_same_currency);
    Part {
        target,
        number: account.number,
        lines,
        balance,
    }
}

/// The bank account that a part's lines belong to; connected, and its number kept, where an earlier import did not.
async fn connected(tx: &mut TenantTx<Write>, keys: &CompanyKeys, part: &Part) -> Result<i64, Error> {
    let id = match part.target.bank_account_id {
        Some(id) => id,
        None => connect(tx, part.target.account_id).await?,
    };
    if let Some(number) = &part.number {
        let has_number = sqlx::query_scalar!(
            r#"select number_fingerprint is not null as "known!" from bank_account where id = $1"#,
            id
        )
        .fetch_one(&mut **tx)
        .await?;
        if !has_number {
            keep_number(tx, keys, id, number).await?;
        }
    }
    Ok(id)
}

async fn import_made(
    tx: &mut TenantTx<Write>,
    name: &str,
    hash: &[u8; 32],
    format: Format,
    counts: &ImportCounts,
) -> Result<i64, Error> {
    let format = match format {
        Format::Ofx1 => "ofx_1",
        Format::Ofx2 => "ofx_2",
    };
    // A file has at most 100,000 lines.
    let [new, known, doubtful] =
        [counts.new, counts.known, counts.doubtful].map(|n| i32::try_from(n).unwrap_or(i32::MAX));
    let change = tx.change();
    Ok(sqlx::query_scalar!(
        "insert into statement_import (file_name, file_hash, format, new_lines, known_lines, doubtful_lines, made_in)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        name,
        &hash[..],
        format,
        new,
        known,
        doubtful,
        change
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Writes the lines that were never there and brings back those that an undone import withdrew, each in one statement.
async fn lines_made(
    tx: &mut TenantTx<Write>,
    import_id: i64,
    bank_account_id: i64,
    lines: &[JudgedLine],
    comparison: &Comparison,
) -> Result<(), Error> {
    let fresh: Vec<&JudgedLine> = comparison.fresh.iter().map(|at| &lines[*at]).collect();
    if !fresh.is_empty() {
        let identity: Vec<&str> = fresh.iter().map(|l| l.identity.as_str()).collect();
        let provider_id: Vec<&str> = fresh.iter().map(|l| l.line.fitid.as_str()).collect();
        let posted_on: Vec<time::Date> = fresh.iter().map(|l| l.line.posted_on).collect();
        let amount: Vec<Option<i64>> = fresh.iter().map(|l| l.line.amount).collect();
        let amount_text: Vec<&str> = fresh.iter().map(|l| l.line.amount_text.as_str()).collect();
        let currency: Vec<&str> = fresh.iter().map(|l| l.currency.as_str()).collect();
        let name: Vec<&str> = fresh.iter().map(|l| l.line.name.as_str()).collect();
        let memo: Vec<&str> = fresh.iter().map(|l| l.line.memo.as_str()).collect();
        let check_number: Vec<Option<&str>> = fresh.iter().map(|l| l.line.check_number.as_deref()).collect();
        let doubt: Vec<Option<&str>> = fresh.iter().map(|l| l.doubt.as_deref()).collect();
        sqlx::query!(
            "insert into bank_line (bank_account_id, statement_import_id, identity, provider_id, posted_on, amount, amount_text,
                currency, name, memo, check_number, state, doubt)
             select $1, $2, u.identity, nullif(u.provider_id, ''), u.posted_on, u.amount, u.amount_text, u.currency, u.name, u.memo,
                u.check_number, case when u.doubt is null then 'new' else 'doubtful' end, u.doubt
             from unnest($3::text[], $4::text[], $5::date[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[],
                $11::text[], $12::text[])
                as u (identity, provider_id, posted_on, amount, amount_text, currency, name, memo, check_number, doubt)",
            bank_account_id,
            import_id,
            &identity as &[&str],
            &provider_id as &[&str],
            &posted_on,
            &amount as &[Option<i64>],
            &amount_text as &[&str],
            &currency as &[&str],
            &name as &[&str],
            &memo as &[&str],
            &check_number as &[Option<&str>],
            &doubt as &[Option<&str>]
        )
        .execute(&mut **tx)
        .await?;
    }
    if !comparison.withdrawn.is_empty() {
        sqlx::query!(
            "update bank_line set statement_import_id = $2, state = case when doubt is null then 'new' else 'doubtful' end
             where id = any ($1)",
            &comparison.withdrawn,
            import_id
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Keeps what the bank says the balance is, where it says for which day and nothing newer is known.
async fn keep_balance(
    tx: &mut TenantTx<Write>,
    bank_account_id: i64,
    import_id: Option<i64>,
    balance: &LedgerBalance,
) -> Result<(), Error> {
    let (Some(amount), Some(as_of)) = (balance.amount, balance.as_of) else {
        return Ok(());
    };
    sqlx::query!(
        "update bank_account set stated_balance = $2, stated_on = $3, stated_by = $4
         where id = $1 and (stated_on is null or stated_on < $3 or (stated_on = $3 and stated_balance <> $2))",
        bank_account_id,
        amount,
        as_of,
        import_id
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
