//! What an import is going to do: every entry checked against the books, before anything is written.

use std::collections::{BTreeMap, HashMap, HashSet};

use ledger::accounts::AccountType;
use ledger::dates::format_date;
use ledger::entry::{EntryError, JournalLine, check_entry};
use ledger::money::Currency;
use sqlx::PgConnection;
use tenancy::{Cx, TenantTx, Write};
use time::Date;

use super::accounts::{Accounts, Unresolved};
use super::contacts::Contacts;
use super::entries::{Entry, EntryLine, entries};
use super::known::{FileLeg, Imported, Standing};
use super::mapping::Mapping;
use super::preview::{
    COLUMNS_NAMED_MAX, CONTACTS_SHOWN, ENTRIES_SHOWN, EntryPreview, ImportPreview, MadeAccount, UnknownAccount,
};
use super::sheet::Row;
use super::{Brings, BroughtAccount, ImportOutcome, LineError, first_of, shown};
use crate::blocking::off_the_threads;
use crate::documents::{Content, ContentLine, DocumentKind, Marks, NewDocument, Source, create_many};
use crate::fields::known;
use crate::{Error, locks};

/// The entries to be made, with what has to be there first.
pub(super) struct Plan {
    accounts: Accounts,
    contacts: Contacts,
    /// New accounts and contacts have negative ids here.
    documents: Vec<NewDocument>,
    known: usize,
    doubtful: usize,
    errors: Vec<LineError>,
    /// The accounts of new entries that the books do not have, by their names in lower case.
    unknown: BTreeMap<String, UnknownAccount>,
    /// Due dates of lines that nothing is due of.
    warnings: Vec<LineError>,
    /// Lines whose account nobody says anything of.
    unsaid: Vec<LineError>,
}

/// Checks all rows against the books. Reads only; the caller decides whether to write.
pub(super) async fn plan(
    connection: &mut PgConnection,
    cx: &Cx,
    rows: Vec<Row>,
    mapping: Mapping,
) -> Result<Plan, Error> {
    let company = sqlx::query!("select currency, books_begin_on from company")
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    let currency = known(Currency::parse(&company.currency))?;
    let (entries, errors) = off_the_threads(move || {
        let mut errors = Vec::new();
        (entries(&rows, currency, &mut errors), errors)
    })
    .await?;
    let names: HashSet<&str> = entries
        .iter()
        .flat_map(|entry| &entry.lines)
        .map(|line| line.name.as_str())
        .filter(|name| !name.is_empty())
        .collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let numbers: Vec<String> = entries.iter().map(|entry| entry.number.clone()).collect();
    let imported = Imported::load(&mut *connection, &numbers).await?;
    let own = own_numbers(&mut *connection, &numbers).await?;
    let mut plan = Plan {
        accounts: Accounts::load(&mut *connection, &entries, mapping).await?,
        contacts: Contacts::load(connection, &names).await?,
        documents: Vec::new(),
        known: 0,
        doubtful: 0,
        errors,
        warnings: Vec::new(),
        unknown: BTreeMap::new(),
        unsaid: Vec::new(),
    };
    let days = Days {
        locked_through: locks::through(&mut *connection, cx).await?,
        begin: company.books_begin_on,
    };
    off_the_threads(move || {
        for entry in entries {
            plan.place(entry, currency, &imported, &own, &days);
        }
        plan
    })
    .await
}

/// Those of the numbers that the books' own series gave: a second entry must not have one.
async fn own_numbers(connection: &mut PgConnection, numbers: &[String]) -> Result<HashSet<String>, Error> {
    let own = sqlx::query_scalar!(
        r#"select number as "number!" from document where kind = 'journal_entry' and source <> 'import' and number = any ($1)"#,
        numbers
    )
    .fetch_all(connection)
    .await?;
    Ok(own.into_iter().collect())
}

impl Plan {
    /// What it is going to do, of a file with these columns that are not read.
    pub(super) fn outcome(&self, unread: &[String]) -> ImportOutcome {
        let account = |made: MadeAccount| BroughtAccount {
            account: made.name,
            account_type: made.account_type.name().to_owned(),
            detail_type: made.detail_type.map(|detail| detail.name.to_owned()),
        };
        ImportOutcome {
            new: self.documents.len(),
            known: self.known,
            doubtful: self.doubtful,
            errors: shown(self.errors.iter().chain(&self.unsaid).cloned().collect()),
            warnings: first_of(self.warnings.clone(), "warnings"),
            brings: Brings {
                accounts: self.accounts.to_be_made().into_iter().map(account).collect(),
                contacts: self.contacts.to_be_made().take(CONTACTS_SHOWN).collect(),
                contact_count: self.contacts.to_be_made().count(),
                unread_columns: unread.iter().take(COLUMNS_NAMED_MAX).cloned().collect(),
                unread_column_count: unread.len(),
            },
        }
    }

    /// What it is going to do, for somebody to look at. Accounts that nobody says anything of are no errors yet.
    pub(super) fn preview(&self, file_name: String, mut unread: Vec<String>) -> ImportPreview {
        let entry = |document: &NewDocument| EntryPreview {
            number: document.number.clone().unwrap_or_default(),
            date: document.content.doc_date,
            lines: document.content.lines.len(),
            total: document.content.lines.iter().map(|line| line.amount.max(0)).sum(),
        };
        let days = || self.documents.iter().map(|document| document.content.doc_date);
        let outcome = ImportOutcome {
            errors: shown(self.errors.clone()),
            ..self.outcome(&unread)
        };
        let unread_count = unread.len();
        unread.truncate(COLUMNS_NAMED_MAX);
        ImportPreview {
            file_name,
            outcome,
            unknown: self.unknown.values().cloned().collect(),
            unsaid: self.unsaid.len(),
            unread,
            unread_count,
            made: self.accounts.to_be_made(),
            contacts: self.contacts.to_be_made().take(CONTACTS_SHOWN).collect(),
            contact_count: self.contacts.to_be_made().count(),
            days: days().min().zip(days().max()),
            entries: self.documents.iter().take(ENTRIES_SHOWN).map(entry).collect(),
        }
    }

    /// Adds one entry to what will be made, or says why not.
    fn place(&mut self, entry: Entry, currency: Currency, imported: &Imported, own: &HashSet<String>, days: &Days) {
        let legs: Vec<FileLeg> = entry.lines.iter().map(|line| self.as_in_books(line)).collect();
        let standing = imported.standing(&entry.number, entry.date, &legs);
        if standing == Standing::Known {
            self.known += 1;
            return;
        }
        let errors_before = self.errors.len();
        let resolved = |line| self.resolved(line, entry.date);
        let lines: Vec<ContentLine> = entry.lines.iter().filter_map(resolved).collect();
        if lines.len() < entry.lines.len() {
            return;
        }
        self.check(&entry, &lines, currency);
        if self.errors.len() > errors_before {
            return;
        }
        let content = Content {
            doc_date: entry.date,
            contact_id: None,
            reference: None,
            memo: None,
            marks: Marks::default(),
            lines,
        };
        if standing == Standing::Doubtful {
            self.doubtful += 1;
            let message = format!(
                "The entry {} was imported before with another date or other lines. Void that one first, or give this one another number.",
                entry.number
            );
            self.errors.push(LineError::new(entry.at, message));
            return;
        }
        if own.contains(&entry.number) {
            let message = format!(
                "These books gave the number {} to an entry of their own. Write it differently, as in QB-{}.",
                entry.number, entry.number
            );
            self.errors.push(LineError::new(entry.at, message));
            return;
        }
        if let Some(message) = days.problem(entry.date) {
            self.errors.push(LineError::new(entry.at, message));
            return;
        }
        self.documents.push(NewDocument {
            kind: DocumentKind::JournalEntry,
            number: Some(entry.number),
            source: Source::Import,
            reverses_id: None,
            issue: true,
            content,
        });
    }

    /// A line by what the books have under its names now.
    fn as_in_books(&mut self, line: &EntryLine) -> FileLeg {
        FileLeg {
            account_id: self.accounts.peek(line).filter(|id| *id > 0),
            contact_id: (!line.name.is_empty()).then(|| self.contacts.peek(&line.name)),
            amount: line.amount,
            description: line.description.clone(),
        }
    }

    /// A line with its account and contact, of an entry of that day.
    fn resolved(&mut self, line: &EntryLine, day: Date) -> Option<ContentLine> {
        if self.accounts.peek(line).is_none_or(|id| id < 0) {
            self.count_unknown(line);
        }
        match self.account_and_contact(line) {
            Ok((account_id, contact_id)) => Some(ContentLine {
                line_no: None,
                account_id,
                contact_id,
                description: line.description.clone(),
                amount: line.amount,
                due_on: self.due_on(line, account_id, day)?,
            }),
            Err(Unresolved::Unknown) => {
                let message = format!(
                    "There is no account “{}”. Add it to the chart of accounts, or add the column Account Type, with which it is \
                     created.",
                    line.account.join(":")
                );
                self.unsaid.push(LineError::new(line.at, message));
                None
            }
            Err(Unresolved::Problem(message)) => {
                self.errors.push(LineError::new(line.at, message));
                None
            }
        }
    }

    /// When a line is due, where it says another day than its entry's and is of what is due at all; none where it cannot be.
    fn due_on(&mut self, line: &EntryLine, account_id: i64, day: Date) -> Option<Option<Date>> {
        let facts = self.accounts.facts(account_id);
        let is_due = facts.is_some_and(|facts| facts.account_type.carries_open_items());
        if line.due_on.is_some() && !is_due {
            let message = format!(
                "The Due Date is left out: “{}” is neither a receivable nor a payable account, and nothing is due on it.",
                line.account.join(":")
            );
            self.warnings.push(LineError::new(line.at, message));
        }
        let due_on = line.due_on.filter(|due_on| is_due && *due_on != day);
        if due_on.is_some_and(|due_on| due_on < day) {
            let message = format!(
                "The Due Date is before the Journal Date, {}. Correct it, or leave it empty.",
                format_date(day)
            );
            self.errors.push(LineError::new(line.at, message));
            return None;
        }
        Some(due_on)
    }

    /// Adds a line to what is known of an account that the books do not have.
    fn count_unknown(&mut self, line: &EntryLine) {
        let name = line.account.join(":");
        let guess_of = |accounts: &Accounts| accounts.given_type(&name).or_else(|| accounts.parent_type(&name));
        let said = guess_of(&self.accounts);
        let unknown = self
            .unknown
            .entry(name.to_lowercase())
            .or_insert_with(|| UnknownAccount {
                name: name.clone(),
                first_line: line.at,
                lines: 0,
                said,
                balance: 0,
            });
        unknown.lines += 1;
        unknown.balance = unknown.balance.saturating_add(line.amount);
    }

    fn account_and_contact(&mut self, line: &EntryLine) -> Result<(i64, Option<i64>), Unresolved> {
        let account_id = self.accounts.resolve(line)?;
        if line.name.is_empty() {
            return Ok((account_id, None));
        }
        let account_type = self
            .accounts
            .facts(account_id)
            .map_or(AccountType::Expense, |facts| facts.account_type);
        Ok((account_id, Some(self.contacts.resolve(&line.name, account_type)?)))
    }

    /// The rules of double entry, each message at its line of the file.
    fn check(&mut self, entry: &Entry, lines: &[ContentLine], currency: Currency) {
        let numbered: Vec<JournalLine> = lines
            .iter()
            .zip(1..)
            .map(|(line, line_no)| JournalLine {
                line_no,
                account_id: line.account_id,
                contact_id: line.contact_id,
                amount: line.amount,
                description: String::new(),
            })
            .collect();
        let mut found = check_entry(&numbered, &|id| self.accounts.facts(id))
            .err()
            .unwrap_or_default();
        if found.contains(&EntryError::TooFewLines) {
            // One line never balances: that it stands alone says it.
            found.retain(|error| !matches!(error, EntryError::OutOfBalance { .. }));
        }
        for error in found {
            let place = error.line_no().and_then(|line_no| usize::try_from(line_no - 1).ok());
            let at = place
                .and_then(|place| entry.lines.get(place))
                .map_or(entry.at, |line| line.at);
            let message = match error {
                EntryError::ContactMissing { receivable: true, .. } => {
                    "The Name is missing: a line on a receivable account needs its customer.".to_owned()
                }
                EntryError::ContactMissing { receivable: false, .. } => {
                    "The Name is missing: a line on a payable account needs its vendor.".to_owned()
                }
                EntryError::TooFewLines => {
                    format!("The entry {} has one line. An entry needs at least two.", entry.number)
                }
                whole => format!("The entry {}: {}", entry.number, whole.message(currency)),
            };
            self.errors.push(LineError::new(at, message));
        }
    }

    /// Writes it all, in a few statements whatever its size.
    pub(super) async fn write(mut self, tx: &mut TenantTx<Write>) -> Result<(), Error> {
        let accounts = self.accounts.write(tx).await?;
        let contacts = self.contacts.write(tx).await?;
        let written = |ids: &HashMap<i64, i64>, id: i64| ids.get(&id).copied().unwrap_or(id);
        for line in self
            .documents
            .iter_mut()
            .flat_map(|document| &mut document.content.lines)
        {
            line.account_id = written(&accounts, line.account_id);
            line.contact_id = line.contact_id.map(|id| written(&contacts, id));
        }
        create_many(tx, &self.documents).await?;
        Ok(())
    }
}

/// The days that can be posted on.
struct Days {
    locked_through: Option<Date>,
    begin: Option<Date>,
}

impl Days {
    fn problem(&self, day: Date) -> Option<String> {
        if let Some(through) = self.locked_through.filter(|through| day <= *through) {
            return Some(format!(
                "This is dated {}, and the books are locked through {}.",
                format_date(day),
                format_date(through)
            ));
        }
        let begin = self.begin.filter(|begin| day < *begin)?;
        Some(format!(
            "This is dated {}, and these books begin on {}. Earlier amounts belong in the opening entry.",
            format_date(day),
            format_date(begin)
        ))
    }
}
