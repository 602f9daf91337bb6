//! The story made true in a company's books: every row by the same public functions that the pages call, as the person who would
//! have done it.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use books::accounts::{
    Account, AccountChange, NewAccount, account_create, account_list, account_merge, account_update,
};
use books::bank_accounts::bank_account_connect;
use books::contacts::{NewContact, contact_create};
use books::fiscal_years::{YearClose, fiscal_year_close};
use books::journal::{
    JournalInput, JournalInputLine, journal_create_issued, journal_create_reversing, journal_save_draft,
};
use books::locks::lock_set;
use books::opening::{OpeningInput, OpeningLine, opening_save};
use books::recurring::{TemplateInput, recurring_create, recurring_skip};
use books::review::{
    Coding, LineFilter, LineSort, LineState, PAGE_LINES_MAX, ReviewLine, Split, line_code, line_exclude, line_match,
    line_split, line_transfer, review_list,
};
use books::saved_views::{NewView, saved_view_create};
use books::settlements::{OpenItemFilter, OpenItemSort, open_item_list, settlement_apply};
use books::statements::{StatementSource, statement_import};
use ledger::accounts::AccountType;
use tenancy::{Cx, Direction, LIST_ROWS_MAX, RequestKey, Seek};
use time::{Date, Duration};

use super::calendar::{month_end, month_of, months_after};
use super::chart::{CUSTOMERS, INVENTORY, OFFICE, SOFTWARE, SOFTWARE_NUMBER, SUBACCOUNTS, VENDORS};
use super::standing::{Template, VIEWS};
use super::statement;
use super::story::{Bank, BankLine, Becomes, By, Entry, Leg, Settlement, Story};

/// The people who keep the books, each with the role they have in the company.
pub struct Keepers {
    /// The owner.
    pub dana: Cx,
    /// The editor, who looks at the bank's lines.
    pub sam: Cx,
    /// The accountant.
    pub priya: Cx,
}

/// A bank's line as others know it: day, amount, words.
type LineKey = (Date, i64, String);

/// The books while they are made: what everything is called there.
struct Books<'a> {
    keepers: &'a Keepers,
    story: &'a Story,
    accounts: HashMap<String, i64>,
    contacts: HashMap<&'static str, i64>,
    banks: HashMap<Bank, i64>,
    /// The documents that entries and coded lines became.
    documents: HashMap<&'a str, i64>,
}

/// Makes everything of the story true, month by month.
///
/// # Errors
/// Something is refused, and what it was.
pub async fn enact(keepers: &Keepers, story: &Story) -> Result<()> {
    let mut books = Books {
        keepers,
        story,
        accounts: HashMap::new(),
        contacts: HashMap::new(),
        banks: HashMap::new(),
        documents: HashMap::new(),
    };
    books.chart().await?;
    books.people().await?;
    books.connect().await?;
    books.opening().await?;
    for month in story.months() {
        books
            .month(month)
            .await
            .with_context(|| format!("in the month of {month}"))?;
    }
    let ahead = story.entries.iter().filter(|entry| entry.on > month_end(story.today));
    for entry in ahead {
        books.entry(entry).await?;
    }
    for draft in &story.drafts {
        let input = books.input(draft)?;
        journal_save_draft(books.cx(draft.by), &input, &key()).await?;
    }
    for template in &story.templates {
        books
            .template(template)
            .await
            .with_context(|| format!("the template {}", template.name))?;
    }
    books.close().await
}

fn key() -> RequestKey {
    RequestKey::fresh()
}

impl<'a> Books<'a> {
    fn cx(&self, by: By) -> &'a Cx {
        match by {
            By::Dana => &self.keepers.dana,
            By::Priya => &self.keepers.priya,
        }
    }

    /// The starter chart with the shop's own accounts, and stock in use.
    async fn chart(&mut self) -> Result<()> {
        let cx = &self.keepers.priya;
        for account in account_list(cx, None).await? {
            if account.path == INVENTORY {
                account_update(cx, account.id, &in_use(&account), &key()).await?;
            }
            self.accounts.insert(account.path, account.id);
        }
        for added in SUBACCOUNTS {
            let new = NewAccount {
                number: added.number.to_owned(),
                detail_type: added.detail_type.to_owned(),
                parent_id: Some(self.account(added.parent)?),
                ..NewAccount::named(added.name, added.account_type)
            };
            let id = account_create(cx, &new, &key()).await?;
            self.accounts.insert(format!("{}:{}", added.parent, added.name), id);
        }
        let software = NewAccount {
            number: SOFTWARE_NUMBER.to_owned(),
            ..NewAccount::named(SOFTWARE, AccountType::Expense)
        };
        let id = account_create(cx, &software, &key()).await?;
        self.accounts.insert(SOFTWARE.to_owned(), id);
        Ok(())
    }

    fn account(&self, path: &str) -> Result<i64> {
        let known = self.accounts.get(path).copied();
        known.with_context(|| format!("there is no account {path}"))
    }

    fn contact(&self, name: &str) -> Result<i64> {
        let known = self.contacts.get(name).copied();
        known.with_context(|| format!("there is no customer or vendor {name}"))
    }

    async fn people(&mut self) -> Result<()> {
        let customers = CUSTOMERS.iter().map(|name| (*name, true));
        for (name, customer) in customers.chain(VENDORS.iter().map(|name| (*name, false))) {
            let new = NewContact {
                name: name.to_owned(),
                customer,
                vendor: !customer,
            };
            let id = contact_create(&self.keepers.sam, &new, &key()).await?;
            self.contacts.insert(name, id);
        }
        Ok(())
    }

    async fn connect(&mut self) -> Result<()> {
        for bank in Bank::ALL {
            let account = self.account(bank.account())?;
            let id = bank_account_connect(&self.keepers.dana, account, Some(bank.number()), &key()).await?;
            self.banks.insert(bank, id);
        }
        Ok(())
    }

    async fn opening(&mut self) -> Result<()> {
        let mut lines = Vec::new();
        for balance in &self.story.opening {
            lines.push(OpeningLine {
                account_id: self.account(balance.account)?,
                contact: balance.contact.map(str::to_owned),
                amount: balance.amount,
                due_on: balance.due_on,
            });
        }
        let input = OpeningInput {
            lines,
            difference_to_equity: false,
        };
        let written = opening_save(&self.keepers.priya, &input, None, &key()).await?;
        self.documents.insert(super::opening::TAG, written.id);
        Ok(())
    }

    /// A month: what was entered in it, then the bank's file, then what was applied. A year that is over is closed in February.
    async fn month(&mut self, month: Date) -> Result<()> {
        let (story, last) = (self.story, month_end(month));
        let is_of_month = |on: Date| (month..=last).contains(&on);
        for entry in story.entries.iter().filter(|entry| is_of_month(entry.on)) {
            self.entry(entry).await?;
        }
        if let Some(file) = statement::of_month(story, month, last.min(story.today)) {
            let file_name = format!("pacific-crest-{}-{:02}.ofx", month.year(), u8::from(month.month()));
            let source = StatementSource::Bytes {
                file_name,
                bytes: file.into_bytes(),
            };
            statement_import(&self.keepers.sam, source, &[], &key()).await?;
            for bank in Bank::ALL {
                self.review(bank).await?;
            }
        }
        for settlement in story.settlements.iter().filter(|settlement| is_of_month(settlement.on)) {
            self.settle(settlement).await?;
        }
        Ok(())
    }

    fn lines(&self, legs: &[Leg]) -> Result<Vec<JournalInputLine>> {
        let line = |leg: &Leg| -> Result<JournalInputLine> {
            Ok(JournalInputLine {
                line_no: None,
                account_id: self.account(leg.account)?,
                contact_id: leg.contact.map(|name| self.contact(name)).transpose()?,
                description: leg.words.clone(),
                amount: leg.amount,
                due_on: None,
            })
        };
        legs.iter().map(line).collect()
    }

    fn input(&self, entry: &Entry) -> Result<JournalInput> {
        let mut lines = self.lines(&entry.legs)?;
        for (line, leg) in lines.iter_mut().zip(&entry.legs) {
            line.due_on = leg.due_on(entry.on);
        }
        Ok(JournalInput {
            date: entry.on,
            memo: entry.memo.clone(),
            reference: entry.reference.clone(),
            marks: entry.marks,
            lines,
        })
    }

    async fn entry(&mut self, entry: &'a Entry) -> Result<()> {
        let cx = self.cx(entry.by);
        let input = self.input(entry)?;
        let written = if entry.reversing {
            let next_month = months_after(month_of(entry.on), 1);
            journal_create_reversing(cx, &input, next_month, &key()).await
        } else {
            journal_create_issued(cx, &input, &key()).await
        };
        let written = written.with_context(|| format!("the entry {}", entry.tag))?;
        self.documents.insert(&entry.tag, written.id);
        Ok(())
    }

    /// Says of each line that waits what it was, but for the newest ones.
    async fn review(&mut self, bank: Bank) -> Result<()> {
        let bank_account = self.banks.get(&bank).copied().context("the account is connected")?;
        let waiting = self.story.waiting();
        let mut told: HashMap<LineKey, Vec<&BankLine>> = HashMap::new();
        for line in self.story.lines.iter().rev().filter(|line| line.bank == bank) {
            let of_key = told.entry((line.on, line.amount, line.name.clone())).or_default();
            of_key.push(line);
        }
        let mut found = self.new_lines(bank_account).await?;
        found.reverse();
        for line in found {
            let line_key = (line.posted_on, line.amount.unwrap_or_default(), line.name.clone());
            let Some(what) = told.get_mut(&line_key).and_then(Vec::pop) else {
                bail!("nobody knows the line {} of {}", line.name, line.posted_on);
            };
            if !waiting.contains(what) {
                self.look_at(&line, what)
                    .await
                    .with_context(|| format!("the bank line {}", what.tag))?;
            }
        }
        Ok(())
    }

    async fn new_lines(&self, bank_account: i64) -> Result<Vec<ReviewLine>> {
        let mut lines = Vec::new();
        let filter = LineFilter {
            bank_account_id: bank_account,
            states: vec![LineState::New],
            ..LineFilter::default()
        };
        let (sam, down) = (&self.keepers.sam, Direction::Descending);
        let mut seek = Seek::First;
        loop {
            let page = review_list(sam, &filter, LineSort::Date, down, &seek, PAGE_LINES_MAX).await?;
            lines.extend(page.rows);
            match page.next {
                Some(place) => seek = Seek::After(place),
                None => return Ok(lines),
            }
        }
    }

    async fn look_at(&mut self, line: &ReviewLine, what: &'a BankLine) -> Result<()> {
        let sam = &self.keepers.sam;
        let accepted = match &what.becomes {
            Becomes::Excluded => return Ok(line_exclude(sam, line.id, &key()).await?),
            Becomes::Transfer(other) => line_transfer(sam, line.id, self.account(other.account())?, &key()).await?,
            Becomes::Matched => {
                let candidate = line.candidates.first().context("no entry fits the line")?;
                line_match(sam, line.id, candidate.posting_id, &key()).await?
            }
            Becomes::Coded(legs) => match legs.as_slice() {
                [only] => line_code(sam, line.id, &self.coding(only)?, &key()).await?,
                several => {
                    let split = |leg: &Leg| -> Result<Split> {
                        Ok(Split {
                            coding: self.coding(leg)?,
                            amount: -leg.amount,
                        })
                    };
                    let splits: Vec<Split> = several.iter().map(split).collect::<Result<_>>()?;
                    line_split(sam, line.id, &splits, &key()).await?
                }
            },
        };
        self.documents.insert(&what.tag, accepted.document_id);
        Ok(())
    }

    fn coding(&self, leg: &Leg) -> Result<Coding> {
        Ok(Coding {
            account_id: self.account(leg.account)?,
            contact_id: leg.contact.map(|name| self.contact(name)).transpose()?,
            description: leg.words.clone(),
        })
    }

    /// Applies a payment to what it pays, where both are in the books: a payment among the newest bank lines is not.
    async fn settle(&self, settlement: &Settlement) -> Result<()> {
        let [Some(debit), Some(credit)] =
            [&settlement.debit, &settlement.credit].map(|tag| self.documents.get(tag.as_str()).copied())
        else {
            return Ok(());
        };
        let filter = OpenItemFilter {
            contact_id: Some(self.contact(settlement.contact)?),
            ..OpenItemFilter::default()
        };
        let (sam, up) = (&self.keepers.sam, Direction::Ascending);
        let as_of = self.story.ahead();
        let open = open_item_list(sam, &filter, as_of, OpenItemSort::Due, up, &Seek::First, LIST_ROWS_MAX)
            .await?
            .rows;
        let item = |document: i64| {
            open.iter()
                .find(|item| item.document_id == document)
                .map(|item| item.id)
        };
        let (Some(debit), Some(credit)) = (item(debit), item(credit)) else {
            bail!("{} and {} are not both open", settlement.debit, settlement.credit);
        };
        settlement_apply(sam, debit, credit, settlement.amount, settlement.on, &key())
            .await
            .with_context(|| format!("{} pays {}", settlement.credit, settlement.debit))?;
        Ok(())
    }

    /// A template; the days that have passed were entered by hand.
    async fn template(&self, template: &Template) -> Result<()> {
        let priya = &self.keepers.priya;
        let input = TemplateInput {
            name: template.name.to_owned(),
            memo: template.memo.to_owned(),
            reference: String::new(),
            marks: template.marks,
            schedule: template.schedule,
            issues: template.issues,
            reversing: false,
            lines: self.lines(&template.legs)?,
        };
        let id = recurring_create(priya, &input, &key()).await?;
        let days = template
            .schedule
            .into_iter()
            .flat_map(|schedule| schedule.days_after(None));
        for day in days.take_while(|day| *day <= self.story.today) {
            recurring_skip(priya, id, day, &key()).await?;
        }
        Ok(())
    }

    /// Puts things in order: one account for two that meant the same, views that everybody uses, the first year closed, and every
    /// month locked before the first line that waits.
    async fn close(&self) -> Result<()> {
        let priya = &self.keepers.priya;
        account_merge(priya, self.account(SOFTWARE)?, self.account(OFFICE)?, false, &key()).await?;
        for (name, page, query) in VIEWS {
            let [name, page, query] = [name, page, query].map(str::to_owned);
            saved_view_create(priya, &NewView { name, page, query }, &key()).await?;
        }
        let first_year = months_after(self.story.begin, 12) - Duration::days(1);
        let close = YearClose {
            ends_on: first_year,
            today: self.story.today,
            reason: "The year is reviewed and its return is filed.".to_owned(),
            anyway: false,
        };
        fiscal_year_close(priya, &close, &key()).await?;
        let Some(oldest) = self.story.waiting().first() else {
            return Ok(());
        };
        let last_month = month_of(oldest.on.min(self.story.today)) - Duration::days(1);
        if last_month > first_year {
            lock_set(priya, Some(last_month), "The month is reviewed.", &key()).await?;
        }
        Ok(())
    }
}

/// The account as it is, but in use.
fn in_use(account: &Account) -> AccountChange {
    AccountChange {
        number: account.number.clone().unwrap_or_default(),
        name: account.name.clone(),
        account_type: account.account_type,
        detail_type: account.detail_type.clone().unwrap_or_default(),
        parent_id: account.parent_id,
        description: account.description.clone().unwrap_or_default(),
        tax_line: account.tax_line.clone().unwrap_or_default(),
        cash_flow: account.cash_flow,
        active: true,
        moves_locked: false,
        version: None,
    }
}
