//! What happened at Juniper Cycles: entries, bank lines and who owes whom, as plain values. Nothing here touches a database, and
//! the same today gives the same story.

use books::documents::Marks;
use time::{Date, Duration};

use super::calendar::{first_day, month_of, months_after};
use super::chart::{CARD, CHECKING, PAYABLE, RECEIVABLE, SAVINGS};
use super::overhead::LANDLORD;
use super::standing::Template;
use super::{cards, fleet, month_end, opening, overhead, payroll, sales, standing, suppliers, taxes};

/// How many of the bank's newest lines nobody has looked at yet.
pub const WAITING_LINES: usize = 38;
/// How many days after it an invoice or a bill is due.
const TERM_DAYS: i64 = 30;
/// How many days after the first of the month the rent is due.
const RENT_DAYS: i64 = 5;
/// How far ahead of today something is entered that is not there yet, such as next month's rent.
const AHEAD_DAYS: i64 = 42;

/// Who keeps the books.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// The owner: sales, bills.
    Dana,
    /// The accountant: payroll, month ends.
    Priya,
}

/// An account that statements come for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bank {
    Checking,
    Savings,
    Card,
}

impl Bank {
    pub const ALL: [Self; 3] = [Self::Checking, Self::Savings, Self::Card];

    /// Its account in the chart.
    pub const fn account(self) -> &'static str {
        match self {
            Self::Checking => CHECKING,
            Self::Savings => SAVINGS,
            Self::Card => CARD,
        }
    }

    /// The bank's number for it.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Checking => "000722184410",
            Self::Savings => "000722188841",
            Self::Card => "4147200963509017",
        }
    }
}

/// One side of an entry or of a coded bank line. Minor units, debit positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leg {
    pub account: &'static str,
    pub contact: Option<&'static str>,
    pub words: String,
    pub amount: i64,
}

impl Leg {
    pub fn new(account: &'static str, amount: i64, words: &str) -> Self {
        Self {
            account,
            contact: None,
            words: words.to_owned(),
            amount,
        }
    }

    pub fn with(account: &'static str, contact: &'static str, amount: i64, words: &str) -> Self {
        Self {
            contact: Some(contact),
            ..Self::new(account, amount, words)
        }
    }
}

impl Leg {
    /// When it is due, where it is an invoice or a bill of that day; payments are due to nobody.
    pub fn due_on(&self, on: Date) -> Option<Date> {
        let is_owed = match self.account {
            RECEIVABLE => self.amount > 0,
            PAYABLE => self.amount < 0,
            _ => false,
        };
        let days = match self.contact {
            Some(LANDLORD) => RENT_DAYS,
            _ => TERM_DAYS,
        };
        is_owed.then(|| on + Duration::days(days))
    }
}

/// A balance that the books begin with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Balance {
    pub account: &'static str,
    pub contact: Option<&'static str>,
    pub amount: i64,
    pub due_on: Option<Date>,
}

/// A journal entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What settlements call it.
    pub tag: String,
    pub by: By,
    pub on: Date,
    pub memo: String,
    pub reference: String,
    pub marks: Marks,
    /// Whether it is taken back on the first day of the month after it.
    pub reversing: bool,
    pub legs: Vec<Leg>,
}

/// What a bank line turns out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Becomes {
    /// What it was for. The legs and the bank's own add up to zero.
    Coded(Vec<Leg>),
    /// One side of a transfer.
    Transfer(Bank),
    /// An entry that is in the books already.
    Matched,
    /// Nothing.
    Excluded,
}

/// A line of a statement. Minor units, money in positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BankLine {
    pub tag: String,
    pub bank: Bank,
    pub on: Date,
    pub amount: i64,
    pub name: String,
    pub memo: String,
    pub check: Option<i64>,
    pub becomes: Becomes,
}

/// A payment applied to what it pays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settlement {
    pub contact: &'static str,
    pub debit: String,
    pub credit: String,
    pub amount: i64,
    pub on: Date,
}

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Story {
    pub today: Date,
    /// The first day of the books.
    pub begin: Date,
    pub opening: Vec<Balance>,
    pub entries: Vec<Entry>,
    pub drafts: Vec<Entry>,
    pub lines: Vec<BankLine>,
    pub settlements: Vec<Settlement>,
    pub templates: Vec<Template>,
    /// The day of a charge that nobody remembers, if there is one.
    pub unknown_on: Option<Date>,
}

impl Story {
    /// The story up to a day.
    pub fn until(today: Date) -> Self {
        // What nobody remembers is not in a month that is locked: it is of the day before the first line that waits.
        let oldest = Self::told(today, None).waiting().first().map(|line| line.on);
        let day = oldest.filter(|day| day.day() > 1).and_then(Date::previous_day);
        Self::told(today, day)
    }

    fn told(today: Date, unknown_on: Option<Date>) -> Self {
        let mut story = Self {
            today,
            unknown_on,
            begin: first_day(today),
            opening: Vec::new(),
            entries: Vec::new(),
            drafts: Vec::new(),
            lines: Vec::new(),
            settlements: Vec::new(),
            templates: Vec::new(),
        };
        opening::tell(&mut story);
        sales::tell(&mut story);
        fleet::tell(&mut story);
        suppliers::tell(&mut story);
        payroll::tell(&mut story);
        cards::tell(&mut story);
        overhead::tell(&mut story);
        taxes::tell(&mut story);
        month_end::tell(&mut story);
        standing::tell(&mut story);
        story.entries.sort_by(|a, b| (a.on, &a.tag).cmp(&(b.on, &b.tag)));
        story.lines.sort_by(|a, b| (a.on, &a.tag).cmp(&(b.on, &b.tag)));
        story
            .settlements
            .sort_by(|a, b| (a.on, &a.debit, &a.credit).cmp(&(b.on, &b.debit, &b.credit)));
        story
    }

    /// The months of the story, the last one being today's.
    pub fn months(&self) -> Vec<Date> {
        let mut months = Vec::new();
        let mut month = self.begin;
        while month <= self.today {
            months.push(month);
            month = months_after(month, 1);
        }
        months
    }

    /// The months of the story and the two after it, of which something may be entered already.
    pub fn months_and_ahead(&self) -> Vec<Date> {
        let this = month_of(self.today);
        let mut months = self.months();
        months.extend([1, 2].map(|count| months_after(this, count)));
        months
    }

    /// The last day on which something that is not there yet is entered.
    pub fn ahead(&self) -> Date {
        self.today + Duration::days(AHEAD_DAYS)
    }

    /// Enters something that has happened; what has not is left out.
    pub fn enter(&mut self, entry: Entry) {
        if (self.begin..=self.today).contains(&entry.on) {
            self.enter_ahead(entry);
        }
    }

    /// Enters something, also of the next weeks.
    pub fn enter_ahead(&mut self, mut entry: Entry) {
        if (self.begin..=self.ahead()).contains(&entry.on) {
            entry.legs.retain(|leg| leg.amount != 0);
            self.entries.push(entry);
        }
    }

    /// The bank shows a line, if the day has come.
    pub fn show(&mut self, mut line: BankLine) {
        if (self.begin..=self.today).contains(&line.on) {
            if let Becomes::Coded(legs) = &mut line.becomes {
                legs.retain(|leg| leg.amount != 0);
            }
            self.lines.push(line);
        }
    }

    /// One thing pays another; enacted only where both are there.
    pub fn settle(&mut self, contact: &'static str, debit: &str, credit: &str, amount: i64, on: Date) {
        if on <= self.today {
            self.settlements.push(Settlement {
                contact,
                debit: debit.to_owned(),
                credit: credit.to_owned(),
                amount,
                on,
            });
        }
    }

    /// What entries and coded lines credit to an account from one day through another: a positive amount.
    pub fn credited(&self, account: &str, from: Date, to: Date) -> i64 {
        let credits = self
            .legs(from, to)
            .filter(|leg| leg.account == account && leg.amount < 0);
        credits.map(|leg| -leg.amount).sum()
    }

    /// What entries and coded lines move on some accounts from one day through another, debit positive.
    #[cfg(test)]
    pub fn moved(&self, is_of: fn(&str) -> bool, from: Date, to: Date) -> i64 {
        let legs = self.legs(from, to).filter(|leg| is_of(leg.account));
        legs.map(|leg| leg.amount).sum()
    }

    fn legs(&self, from: Date, to: Date) -> impl Iterator<Item = &Leg> {
        let entries = self.entries.iter().filter(move |entry| (from..=to).contains(&entry.on));
        let lines = self.lines.iter().filter(move |line| (from..=to).contains(&line.on));
        let coded = lines.flat_map(|line| match &line.becomes {
            Becomes::Coded(legs) => legs.as_slice(),
            _ => &[],
        });
        entries.flat_map(|entry| &entry.legs).chain(coded)
    }

    /// The newest lines, which wait for somebody to look at them; at most [`WAITING_LINES`].
    pub fn waiting(&self) -> &[BankLine] {
        &self.lines[self.lines.len().saturating_sub(WAITING_LINES)..]
    }
}

impl Entry {
    /// An entry without marks.
    pub fn new(tag: String, by: By, on: Date, memo: &str, legs: Vec<Leg>) -> Self {
        Self {
            tag,
            by,
            on,
            memo: memo.to_owned(),
            reference: String::new(),
            marks: Marks::default(),
            reversing: false,
            legs,
        }
    }

    /// The same with somebody else's number.
    pub fn referring_to(self, reference: String) -> Self {
        Self { reference, ..self }
    }

    /// The same as an adjusting entry.
    pub fn adjusting(mut self) -> Self {
        self.marks.adjusting = true;
        self
    }
}

impl BankLine {
    /// A line of the checking account without a check.
    pub fn new(tag: String, on: Date, amount: i64, name: &str, memo: &str, becomes: Becomes) -> Self {
        Self {
            tag,
            bank: Bank::Checking,
            on,
            amount,
            name: name.to_owned(),
            memo: memo.to_owned(),
            check: None,
            becomes,
        }
    }

    /// The same of another account.
    pub fn of(self, bank: Bank) -> Self {
        Self { bank, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use time::macros::date;

    use super::*;

    const DAYS: [Date; 4] = [
        date!(2026 - 11 - 22),
        date!(2026 - 01 - 31),
        date!(2024 - 02 - 29),
        date!(2027 - 07 - 01),
    ];

    #[test]
    fn every_entry_balances_and_so_does_every_coded_line_with_the_bank() {
        for today in DAYS {
            let story = Story::until(today);
            for entry in story.entries.iter().chain(&story.drafts) {
                assert_eq!(entry.legs.iter().map(|leg| leg.amount).sum::<i64>(), 0, "{entry:?}");
            }
            for line in &story.lines {
                if let Becomes::Coded(legs) = &line.becomes {
                    assert_eq!(legs.iter().map(|leg| leg.amount).sum::<i64>(), -line.amount, "{line:?}");
                }
            }
            for template in &story.templates {
                assert_eq!(
                    template.legs.iter().map(|leg| leg.amount).sum::<i64>(),
                    0,
                    "{template:?}"
                );
            }
            assert_eq!(story.opening.iter().map(|balance| balance.amount).sum::<i64>(), 0);
        }
    }

    #[test]
    fn the_same_day_gives_the_same_story_and_nothing_is_called_by_the_same_name_twice() {
        for today in DAYS {
            let story = Story::until(today);
            assert_eq!(story, Story::until(today));
            let mut seen = HashSet::new();
            let tags = story.entries.iter().map(|entry| &entry.tag);
            for tag in tags.chain(story.lines.iter().map(|line| &line.tag)) {
                assert!(seen.insert(tag), "{tag} happens twice by {today}");
            }
        }
    }

    #[test]
    fn a_month_later_the_months_before_are_told_the_same() {
        let (early, late) = (Story::until(date!(2026 - 10 - 15)), Story::until(date!(2026 - 11 - 15)));
        // But for the one bill that is always four months old.
        let of = |story: &Story| -> Vec<Entry> {
            let entries = story.entries.iter().filter(|entry| entry.on < date!(2026 - 10 - 01));
            entries.filter(|entry| entry.tag != "never paid").cloned().collect()
        };
        assert_eq!(of(&early), of(&late));
    }

    #[test]
    fn amounts_look_as_a_shops_amounts_look() {
        let story = Story::until(DAYS[0]);
        let round = story.lines.iter().filter(|line| line.amount % 10_000 == 0).count();
        assert!(
            round * 20 < story.lines.len(),
            "{round} of {} are round",
            story.lines.len()
        );
        assert!(story.lines.len() > 1_000, "{}", story.lines.len());
    }
}
