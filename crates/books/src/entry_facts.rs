//! What an entry is checked against before it is written, so that a message names the line and the field: its accounts, its
//! contacts, the lock and the day the books begin. The database refuses the same again.

use std::collections::HashMap;

use ledger::accounts::AccountType;
use ledger::dates::format_date;
use ledger::entry::{AccountFacts, EntryError, JournalLine, check_entry};
use ledger::money::{Currency, format_amount};
use tenancy::{TenantTx, Write};
use time::Date;

use crate::accounts::Merges;
use crate::documents::{Content, ContentLine};
use crate::fields::known;
use crate::live::LiveDocument;
use crate::locks::LockHeld;
use crate::{Error, Problem, Remedy, refusals};

const DESCRIPTION_CHARS_MAX: usize = 1_000;

/// How complete an entry has to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Completeness {
    /// A draft: its accounts and contacts exist, its amounts can be added.
    Draft,
    /// Ready to be issued: all rules of double entry.
    Issued,
}

pub(crate) struct EntryFacts {
    pub(crate) currency: Currency,
    pub(crate) locked_through: Option<Date>,
    /// The last day that is locked for everyone.
    locked_for_everyone: Option<Date>,
    pub(crate) books_begin_on: Option<Date>,
    accounts: HashMap<i64, AccountFacts>,
    /// What each of them that was merged away is shown as, by name.
    merged: HashMap<i64, String>,
    contacts: HashMap<i64, ContactFacts>,
}

struct ContactFacts {
    name: String,
    customer: bool,
    vendor: bool,
}

/// Of the contacts that lines name; most entries name none, and then nothing is asked.
async fn contact_facts(tx: &mut TenantTx<Write>, ids: &[i64]) -> Result<HashMap<i64, ContactFacts>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        "select id, name, customer, vendor from contact where id = any ($1)",
        ids
    )
    .fetch_all(&mut **tx)
    .await?;
    let facts = rows.into_iter().map(|row| {
        let facts = ContactFacts {
            name: row.name,
            customer: row.customer,
            vendor: row.vendor,
        };
        (row.id, facts)
    });
    Ok(facts.collect())
}

/// Of accounts that were merged away, the numbers and names of those that they are shown as; most entries have none.
async fn names_of_merged(tx: &mut TenantTx<Write>, ids: &[i64]) -> Result<HashMap<i64, String>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let merges = Merges::load(tx).await?;
    let shown: Vec<i64> = ids.iter().map(|id| merges.shown_as(*id)).collect();
    let rows = sqlx::query!(
        r#"select u.id as "id!", concat_ws(' ', a.number, a.name) as "name!"
           from unnest($1::bigint[], $2::bigint[]) as u (id, shown_as) join account a on a.id = u.shown_as"#,
        ids,
        &shown
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

impl EntryFacts {
    /// What bears on these lines. Accounts among `untouched`, on which nothing new is posted, count as active.
    pub(crate) async fn load(
        tx: &mut TenantTx<Write>,
        lines: &[ContentLine],
        untouched: &[i64],
    ) -> Result<Self, Error> {
        let company = sqlx::query!(
            "select currency, books_begin_on, lock_through() as locked_through,
                (select l.through from period_lock l where coalesce(l.level, 'everyone') = 'everyone' order by l.id desc limit 1)
                    as locked_for_everyone
             from company"
        )
            .fetch_optional(&mut **tx)
            .await?
            .ok_or(Error::NotFound("the company"))?;
        let account_ids: Vec<i64> = lines.iter().map(|line| line.account_id).collect();
        let account_rows = sqlx::query!(
            r#"select a.id, a.type as account_type, a.active or a.id = any ($2) as "active!", a.merged_into is not null as "merged!"
               from account a where a.id = any ($1)"#,
            &account_ids,
            untouched
        )
        .fetch_all(&mut **tx)
        .await?;
        let merged: Vec<i64> = account_rows.iter().filter(|row| row.merged).map(|row| row.id).collect();
        let merged = names_of_merged(tx, &merged).await?;
        let mut accounts = HashMap::with_capacity(account_rows.len());
        for row in account_rows {
            accounts.insert(
                row.id,
                AccountFacts {
                    account_type: known(AccountType::parse(&row.account_type))?,
                    active: row.active,
                },
            );
        }
        let contact_ids: Vec<i64> = lines.iter().filter_map(|line| line.contact_id).collect();
        Ok(Self {
            currency: known(Currency::parse(&company.currency))?,
            locked_through: company.locked_through,
            locked_for_everyone: company.locked_for_everyone,
            books_begin_on: company.books_begin_on,
            accounts,
            merged,
            contacts: contact_facts(tx, &contact_ids).await?,
        })
    }

    /// The type of an account among the lines.
    pub(crate) fn account_type(&self, account_id: i64) -> Option<AccountType> {
        self.accounts.get(&account_id).map(|facts| facts.account_type)
    }

    /// Every problem of the lines, at `lines.N.account`, `contact`, `amount` or `description`, where N is the line's place
    /// counted from 0, or at `lines`. Messages count from 1, as people do.
    pub(crate) fn line_problems(&self, lines: &[ContentLine], wanted: Completeness) -> Vec<Problem> {
        let mut problems = Vec::new();
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
        for error in check_entry(&numbered, &|id| self.accounts.get(&id).copied())
            .err()
            .unwrap_or_default()
        {
            let bears_on_a_draft = matches!(
                error,
                EntryError::UnknownAccount { .. }
                    | EntryError::AmountTooLarge { .. }
                    | EntryError::TooManyLines
                    | EntryError::TooLarge
            );
            if wanted == Completeness::Issued || bears_on_a_draft {
                let field = match error.line_no() {
                    Some(line_no) => format!("lines.{}.{}", line_no - 1, error.field()),
                    None => error.field().to_owned(),
                };
                let message = self.merged_problem(&error, lines);
                problems.push(Problem::at(
                    field,
                    message.unwrap_or_else(|| error.message(self.currency)),
                ));
            }
        }
        for (n, line) in lines.iter().enumerate() {
            problems.extend(
                self.contact_problem(line, wanted)
                    .map(|message| Problem::at(format!("lines.{n}.contact"), message)),
            );
            if line.description.chars().count() > DESCRIPTION_CHARS_MAX || line.description.contains('\0') {
                problems.push(Problem::at(
                    format!("lines.{n}.description"),
                    format!("A description has at most {DESCRIPTION_CHARS_MAX} plain characters."),
                ));
            }
        }
        problems
    }

    /// What is wrong with the days on which lines are due, at `lines.N.due`: only what is owed is due, and not before it is owed.
    pub(crate) fn due_problems(&self, content: &Content) -> Vec<Problem> {
        let message = |line: &ContentLine| {
            let due_on = line.due_on?;
            if !self
                .account_type(line.account_id)
                .is_some_and(AccountType::carries_open_items)
            {
                return Some("Only receivable and payable amounts are due. Leave this empty.".to_owned());
            }
            (due_on < content.doc_date).then(|| {
                format!(
                    "This is before the entry's own day, {}. Choose that day or a later one.",
                    format_date(content.doc_date)
                )
            })
        };
        let problem = |(n, line)| Some(Problem::at(format!("lines.{n}.due"), message(line)?));
        content.lines.iter().enumerate().filter_map(problem).collect()
    }

    /// What to do about a line on an account that was merged away, which nobody makes active again.
    fn merged_problem(&self, error: &EntryError, lines: &[ContentLine]) -> Option<String> {
        let EntryError::InactiveAccount { line_no } = error else {
            return None;
        };
        let line = lines.get(usize::try_from(line_no - 1).ok()?)?;
        let target = self.merged.get(&line.account_id)?;
        Some(format!(
            "Line {line_no}: this account was merged into {target}. Choose that one."
        ))
    }

    /// Why a contact does not fit its line: a receivable is a customer's, a payable a vendor's.
    fn contact_problem(&self, line: &ContentLine, wanted: Completeness) -> Option<String> {
        let Some(contact) = self.contacts.get(&line.contact_id?) else {
            return Some("Choose a customer or vendor from the list.".to_owned());
        };
        if wanted == Completeness::Draft {
            return None;
        }
        let (needed, is_one) = match self.account_type(line.account_id)? {
            AccountType::AccountsReceivable => ("customer", contact.customer),
            AccountType::AccountsPayable => ("vendor", contact.vendor),
            _ => return None,
        };
        (!is_one).then(|| {
            format!(
                "{} is not a {needed}. Choose a {needed}, or make {} one as well.",
                contact.name, contact.name
            )
        })
    }

    /// Why nothing can be posted on that day: it is locked, or before the books begin.
    pub(crate) fn day_problem(&self, field: &str, day: Date) -> Option<Problem> {
        self.lock_problem(field, day).or_else(|| {
            let begin = self.books_begin_on.filter(|begin| day < *begin)?;
            Some(refusals::before_books(field, &format_date(begin)))
        })
    }

    /// Why a day is locked.
    pub(crate) fn lock_problem(&self, field: &str, day: Date) -> Option<Problem> {
        let held = LockHeld {
            through: self.locked_through,
            everyone: self.locked_for_everyone,
            but_for_exception: None,
        };
        held.problem(field, day)
    }

    /// Why an issued entry cannot come to post what `content` says: it reverses another or is reversed, and the two would no longer
    /// cancel; it lies in a lock; or what was applied to it would no longer fit. One that posts the same as before can always be saved.
    pub(crate) async fn revision_problems(
        &self,
        tx: &mut TenantTx<Write>,
        live: &LiveDocument,
        content: &Content,
    ) -> Result<Vec<Problem>, Error> {
        if live.posts_the_same_as(content) {
            return Ok(Vec::new());
        }
        if let Some(message) = live.pair_words() {
            return Ok(vec![Problem::of_form(message)]);
        }
        if let Some(through) = self.locked_through.filter(|through| live.day() <= *through) {
            let (day, through) = (format_date(live.day()), format_date(through));
            let message = format!(
                "This is dated {day}, and the books are locked through {through}. Only its words can change; reverse or void it at a later date."
            );
            return Ok(vec![Problem::at("date", message).helped_at(Remedy::Locks)]);
        }
        let mut problems = Vec::new();
        for settled in settled_lines(tx, live.id).await? {
            problems.extend(self.settled_problem(&settled, live, content));
        }
        Ok(problems)
    }

    /// Why an entry cannot be reversed: something is applied to it, which would be applied to nothing.
    pub(crate) async fn applied_problem(
        &self,
        tx: &mut TenantTx<Write>,
        document_id: i64,
    ) -> Result<Option<Problem>, Error> {
        let applied = settled_lines(tx, document_id).await?.into_iter().next();
        Ok(applied.map(|settled| {
            Problem::of_form(format!(
                "{} of this entry is applied to other entries. Undo that first.",
                format_amount(settled.amount.saturating_abs(), self.currency)
            ))
        }))
    }

    fn settled_problem(&self, settled: &SettledLine, live: &LiveDocument, content: &Content) -> Option<Problem> {
        if let Some(through) = self.locked_through.filter(|through| settled.first_on <= *through) {
            let message = format!(
                "An amount was applied to this on {}, and the books are locked through {}.",
                format_date(settled.first_on),
                format_date(through)
            );
            return Some(Problem::at("date", message));
        }
        if settled.first_on < content.doc_date {
            let message = format!(
                "An amount was applied to this on {}. Choose that day or an earlier one, or undo the application first.",
                format_date(settled.first_on)
            );
            return Some(Problem::at("date", message));
        }
        let before = live.line(settled.line_no)?;
        let place = content
            .lines
            .iter()
            .position(|line| line.line_no == Some(settled.line_no));
        let stays = place.and_then(|place| content.lines.get(place)).is_some_and(|line| {
            line.account_id == before.account_id
                && line.contact_id == before.contact_id
                && line.amount.signum() == before.amount.signum()
                && line.amount.unsigned_abs() >= settled.amount.unsigned_abs()
        });
        let field = place.map_or_else(|| "lines".to_owned(), |place| format!("lines.{place}.amount"));
        let message = format!(
            "{} of this line is applied to other entries. Undo that first.",
            format_amount(settled.amount, self.currency)
        );
        (!stays).then(|| Problem::at(field, message))
    }
}

/// A line of which something is settled.
struct SettledLine {
    line_no: i32,
    /// How much, positive.
    amount: i64,
    /// The first day anything was applied.
    first_on: Date,
}

async fn settled_lines(tx: &mut TenantTx<Write>, document_id: i64) -> Result<Vec<SettledLine>, Error> {
    let rows = sqlx::query_as!(
        SettledLine,
        r#"select p.line_no, sum(s.amount)::bigint as "amount!", min(s.applied_on) as "first_on!"
           from posting p
           join settlement s on p.open_item_id in (s.debit_item_id, s.credit_item_id) and s.retired_in is null
           where p.document_id = $1 and p.retired_in is null
           group by p.line_no having sum(s.amount) <> 0"#,
        document_id
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows)
}
