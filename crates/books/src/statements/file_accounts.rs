//! Which account of the chart each account of a file is: as chosen, or as known by its number from an earlier import.

use std::collections::HashMap;

use feeds::{AccountKind, StatementAccount, StatementFile};
use tenancy::{Mode, TenantTx};
use vault::CompanyKeys;

use super::StatementChoice;
use crate::bank_accounts::{BankNumber, check_kind};
use crate::{Error, Problem};

/// An account of a file that has a statement.
pub(super) struct FileAccount {
    /// Its index in the file's accounts.
    pub(super) at: usize,
    /// What it is called in messages: its number as the file writes it, more where two have the same.
    label: String,
    /// None where the file gives no number.
    pub(super) number: Option<BankNumber>,
    /// None while nobody said.
    pub(super) target: Option<Target>,
}

/// Where an account's lines go.
pub(super) struct Target {
    pub(super) account_id: i64,
    pub(super) account: String,
    pub(super) currency: String,
    pub(super) bank_account_id: Option<i64>,
    /// The mask of the number that the bank account has, where it is another than the file's.
    pub(super) other_number: Option<String>,
}

struct Candidate {
    account_id: i64,
    account: String,
    account_type: String,
    active: bool,
    currency: String,
    bank_account_id: Option<i64>,
    fingerprint: Option<Vec<u8>>,
    mask: Option<String>,
}

/// Finds the account of each statement in a file. Accounts that the file only lists have nothing to import and are left out.
///
/// # Errors
/// At `accounts` where a choice names no account of the file, or one without saying which of several; at `accounts.N` where
/// the account cannot be the one.
pub(super) async fn resolve<M: Mode>(
    tx: &mut TenantTx<M>,
    keys: &CompanyKeys,
    file: &StatementFile,
    choices: &[StatementChoice],
) -> Result<Vec<FileAccount>, Error> {
    let mut accounts = file_accounts(keys, file);
    let chosen = read_choices(&accounts, file, choices)?;
    let candidates = candidates(tx, &accounts, choices).await?;
    let mut problems = Vec::new();
    for (n, account) in accounts.iter_mut().enumerate() {
        match target(account, chosen.get(&n).copied(), &candidates) {
            Ok(target) => account.target = target,
            Err(message) => problems.push(Problem::at(format!("accounts.{n}"), message)),
        }
    }
    for n in 1..accounts.len() {
        let Some(target) = &accounts[n].target else {
            continue;
        };
        let taken = accounts[..n]
            .iter()
            .any(|a| a.target.as_ref().is_some_and(|t| t.account_id == target.account_id));
        if taken {
            let message = format!("Two accounts of the file cannot both be {}.", target.account);
            problems.push(Problem::at(format!("accounts.{n}"), message));
        }
    }
    if problems.is_empty() {
        Ok(accounts)
    } else {
        Err(Error::Invalid(problems))
    }
}

/// Every account with its target.
///
/// # Errors
/// At `account` for a file of one, at `accounts` for a file of several: the accounts of which nobody said which they are.
pub(super) fn complete(accounts: Vec<FileAccount>) -> Result<Vec<(FileAccount, Target)>, Error> {
    if accounts.iter().any(|account| account.target.is_none()) {
        return Err(which_is_which(&accounts));
    }
    Ok(accounts
        .into_iter()
        .filter_map(|mut account| account.target.take().map(|target| (account, target)))
        .collect())
}

fn which_is_which(accounts: &[FileAccount]) -> Error {
    if accounts.len() == 1 {
        return Error::at("account", "Choose the account of the books that this statement is of.");
    }
    let missing: Vec<&str> = accounts
        .iter()
        .filter(|a| a.target.is_none())
        .map(|a| a.label.as_str())
        .collect();
    let message = format!(
        "The file has statements of {} accounts. Say which account of the books each of these is: {}.",
        accounts.len(),
        missing.join(", ")
    );
    Error::at("accounts", message)
}

fn file_accounts(keys: &CompanyKeys, file: &StatementFile) -> Vec<FileAccount> {
    let with_statement = || {
        file.accounts
            .iter()
            .enumerate()
            .filter(|(_, account)| !account.listed_only)
    };
    with_statement()
        .map(|(at, account)| {
            let is_unique = with_statement().filter(|(_, other)| other.id == account.id).count() == 1;
            let label = if is_unique && !account.id.is_empty() {
                account.id.clone()
            } else {
                full_label(account)
            };
            let mut number = None;
            if !account.id.is_empty() {
                number = BankNumber::parse(keys, &label).ok();
                if let (Some(number), Ok(plain)) = (&mut number, BankNumber::parse(keys, &account.id)) {
                    number.mask = plain.mask;
                }
            }
            FileAccount {
                at,
                label,
                number,
                target: None,
            }
        })
        .collect()
}

/// What tells apart the accounts that a bank gave the same number: the bank's own number, the kind, the currency.
fn full_label(account: &StatementAccount) -> String {
    let number = if account.id.is_empty() {
        "unnumbered"
    } else {
        &account.id
    };
    let parts = [
        account.bank_id.as_deref(),
        Some(number),
        Some(kind_name(account.kind)),
        account.currency.as_deref(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// What people call a kind of account.
pub(super) fn kind_name(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Checking => "Checking",
        AccountKind::Savings => "Savings",
        AccountKind::MoneyMarket => "Money market",
        AccountKind::CreditLine => "Line of credit",
        AccountKind::CertificateOfDeposit => "Certificate of deposit",
        AccountKind::CreditCard => "Credit card",
        AccountKind::Investment => "Investment",
        AccountKind::Other => "Bank account",
    }
}

/// The chosen account of the chart by the place of the file's account.
fn read_choices(
    accounts: &[FileAccount],
    file: &StatementFile,
    choices: &[StatementChoice],
) -> Result<HashMap<usize, i64>, Error> {
    let mut chosen = HashMap::new();
    for choice in choices {
        let wanted = choice.of_file.trim();
        let at = match wanted {
            "" if accounts.len() > 1 => return Err(which_is_which(accounts)),
            "" => 0,
            _ => match place_of(accounts, file, wanted) {
                Some(at) => at,
                None if file
                    .accounts
                    .iter()
                    .any(|listed| listed.listed_only && listed.id == wanted) =>
                {
                    continue;
                }
                None => {
                    let labels: Vec<&str> = accounts.iter().map(|account| account.label.as_str()).collect();
                    let message = format!("The file has no one account {wanted}. It has {}.", labels.join(", "));
                    return Err(Error::at("accounts", message));
                }
            },
        };
        if chosen
            .insert(at, choice.account_id)
            .is_some_and(|earlier| earlier != choice.account_id)
        {
            return Err(Error::at(
                "accounts",
                format!("Account {wanted} of the file is given twice."),
            ));
        }
    }
    Ok(chosen)
}

fn place_of(accounts: &[FileAccount], file: &StatementFile, wanted: &str) -> Option<usize> {
    let by_label = accounts.iter().position(|account| account.label == wanted);
    let by_place = || {
        let n: usize = wanted.strip_prefix('#')?.parse().ok()?;
        n.checked_sub(1).filter(|n| *n < accounts.len())
    };
    by_label.or_else(by_place).or_else(|| {
        let mut same = accounts
            .iter()
            .enumerate()
            .filter(|(_, account)| file.accounts[account.at].id == wanted);
        same.next().filter(|_| same.next().is_none()).map(|(n, _)| n)
    })
}

async fn candidates<M: Mode>(
    tx: &mut TenantTx<M>,
    accounts: &[FileAccount],
    choices: &[StatementChoice],
) -> Result<Vec<Candidate>, Error> {
    let ids: Vec<i64> = choices.iter().map(|choice| choice.account_id).collect();
    let fingerprints: Vec<Vec<u8>> = accounts
        .iter()
        .filter_map(|account| account.number.as_ref())
        .map(|number| number.fingerprint.to_vec())
        .collect();
    Ok(sqlx::query_as!(
        Candidate,
        r#"select a.id as "account_id!", concat_ws(' ', a.number, a.name) as "account!", a.type as "account_type!", a.active as "active!",
            a.currency as "currency!",
            b.id as "bank_account_id?", b.number_fingerprint as "fingerprint?", b.mask as "mask?"
           from account a left join bank_account b on b.account_id = a.id
           where a.id = any ($1) or b.number_fingerprint = any ($2)"#,
        &ids,
        &fingerprints
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// The account's target, or why the choice cannot be.
fn target(account: &FileAccount, chosen: Option<i64>, candidates: &[Candidate]) -> Result<Option<Target>, String> {
    let fingerprint = account.number.as_ref().map(|number| number.fingerprint.as_slice());
    let known = candidates
        .iter()
        .find(|c| fingerprint.is_some() && c.fingerprint.as_deref() == fingerprint);
    let candidate = match (chosen, known) {
        (None, None) => return Ok(None),
        (None, Some(known)) => known,
        (Some(id), known) => {
            if let Some(known) = known.filter(|known| known.account_id != id) {
                let mask = known.mask.as_deref().unwrap_or_default();
                return Err(format!(
                    "The statement is of the account ending in {mask}, which is {}. Import it there.",
                    known.account
                ));
            }
            candidates
                .iter()
                .find(|c| c.account_id == id)
                .ok_or("That account is not in the chart of accounts.")?
        }
    };
    check_kind("", &candidate.account_type, candidate.active).map_err(|error| error.to_string())?;
    Ok(Some(Target {
        account_id: candidate.account_id,
        account: candidate.account.clone(),
        currency: candidate.currency.clone(),
        bank_account_id: candidate.bank_account_id,
        other_number: candidate
            .mask
            .clone()
            .filter(|_| fingerprint.is_some() && candidate.fingerprint.as_deref() != fingerprint),
    }))
}
