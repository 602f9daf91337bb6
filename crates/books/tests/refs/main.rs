//! The same entries in CarteFi, in hledger and in beancount: every balance is the same. Each test is skipped where the other program,
//! or the material it reads, is not there.

mod golden;
#[path = "../shared/golden_file.rs"]
mod golden_file;
#[path = "../shared/golden_lines.rs"]
mod golden_lines;
#[path = "../shared/golden_statements.rs"]
mod golden_statements;
#[path = "../shared/month_by_month.rs"]
mod month_by_month;
mod months;
#[path = "../shared/other_programs.rs"]
mod other_programs;
mod registers;
#[path = "../shared/textbook.rs"]
mod textbook;
mod workload;

use std::collections::BTreeMap;

use books::check::books_check;
use books::company::{NewCompany, SET_UP_KEY, company_set_up};
use books::journal_import::journal_import;
use books::reports::{LedgerFilter, report_ledger, report_trial_balance};
use ledger::accounts::EntityType;
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Cx, RequestKey};
use testkit::{Kit, run};
use time::Date;
use time::macros::date;

use month_by_month::month_ends;
use other_programs::{Beancount, Entry, Hledger, Journal};
use textbook::Textbook;

/// Balances in cents, debit positive, by name, without those of zero.
type Balances = BTreeMap<String, i64>;

/// A company with a journal file in its books.
async fn company(kit: &Kit, file: &str) -> Cx {
    let cx = kit.company("Reference").await;
    let new = NewCompany {
        name: "Reference".to_owned(),
        entity_type: EntityType::Llc,
        currency: Currency::USD,
        time_zone: "America/Chicago".to_owned(),
        basis: Basis::Accrual,
        fiscal_year_first_month: 1,
        books_begin_on: None,
    };
    let key = RequestKey::parse(SET_UP_KEY).expect("a request key");
    company_set_up(&cx, &new, &key).await.expect("the books are set up");
    let outcome = journal_import(&cx, file.as_bytes(), false, &RequestKey::fresh())
        .await
        .expect("the import runs");
    assert_eq!(outcome.errors, []);
    cx
}

/// The balances of CarteFi's accounts at the end of a day of their first year.
async fn accounts(cx: &Cx, as_of: Date) -> Balances {
    let report = report_trial_balance(cx, as_of)
        .await
        .expect("a trial balance")
        .statement;
    report
        .rows
        .into_iter()
        .map(|row| (row.account, row.debit.minor - row.credit.minor))
        .collect()
}

/// What CarteFi's customers owe at the end of a day, by name: all lines of the receivable account, page by page.
async fn customers(cx: &Cx, from: Date, as_of: Date) -> Balances {
    let report = report_trial_balance(cx, as_of)
        .await
        .expect("a trial balance")
        .statement;
    let receivable = report
        .rows
        .iter()
        .find(|row| row.account == "Accounts Receivable")
        .expect("a receivable account");
    let account_id = receivable.account_id.expect("an account");
    let mut balances = Balances::new();
    let mut after = None;
    loop {
        let page = report_ledger(cx, account_id, &LedgerFilter::over(from, as_of), after, 500)
            .await
            .expect("a ledger")
            .statement;
        for line in page.lines {
            *balances.entry(line.contact.expect("a customer")).or_default() += line.amount;
        }
        after = page.next;
        if after.is_none() {
            balances.retain(|_, amount| *amount != 0);
            return balances;
        }
    }
}

/// The accounts with every customer of the receivable one by name, as the other programs name them.
async fn by_customer(cx: &Cx, from: Date, as_of: Date) -> Balances {
    let mut all = accounts(cx, as_of).await;
    all.remove("Accounts Receivable");
    all.extend(
        customers(cx, from, as_of)
            .await
            .into_iter()
            .map(|(name, amount)| (format!("Accounts Receivable:{name}"), amount)),
    );
    all
}

#[test]
fn every_account_and_customer_of_a_thousand_invoices_is_as_in_hledger() {
    run(async |kit| {
        let (Some(invoices), Some(hledger)) = (workload::invoices(1_000), Hledger::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        let year_end = date!(2026 - 12 - 31);
        let expected = hledger.balances(&workload::plain_journal(&invoices), year_end);
        assert_eq!(expected.len(), 52);
        assert_eq!(by_customer(&cx, date!(2026 - 01 - 01), year_end).await, expected);
        assert_eq!(books_check(&cx).await.expect("the check runs"), []);
    });
}

#[test]
fn every_account_and_customer_of_a_thousand_invoices_is_as_in_beancount() {
    run(async |kit| {
        let (Some(invoices), Some(beancount)) = (workload::invoices(1_000), Beancount::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        let year_end = date!(2026 - 12 - 31);
        let expected = beancount.balances(&workload::plain_journal(&invoices), year_end);
        assert_eq!(expected.len(), 52);
        assert_eq!(by_customer(&cx, date!(2026 - 01 - 01), year_end).await, expected);
    });
}

#[test]
fn the_invoices_balances_are_as_in_hledger_at_the_end_of_every_month() {
    run(async |kit| {
        let (Some(invoices), Some(hledger)) = (workload::invoices(1_000), Hledger::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        let journal = workload::plain_journal(&invoices);
        for month_end in month_ends(2026) {
            let expected = hledger.balances(&journal, month_end);
            assert_eq!(
                by_customer(&cx, date!(2026 - 01 - 01), month_end).await,
                expected,
                "{month_end}"
            );
        }
    });
}

#[test]
fn the_invoices_balances_are_as_in_beancount_at_the_end_of_every_month() {
    run(async |kit| {
        let (Some(invoices), Some(beancount)) = (workload::invoices(1_000), Beancount::find()) else {
            return;
        };
        let cx = company(kit, &workload::journal_file(&invoices)).await;
        let journal = workload::plain_journal(&invoices);
        for month_end in month_ends(2026) {
            let expected = beancount.balances(&journal, month_end);
            assert_eq!(
                by_customer(&cx, date!(2026 - 01 - 01), month_end).await,
                expected,
                "{month_end}"
            );
        }
    });
}

/// The textbook's two journal files as one.
fn textbook_file(textbook: &Textbook) -> String {
    let adjustments = textbook.adjustments();
    let (_, adjusting_rows) = adjustments.split_once("\r\n").expect("a header");
    textbook.journal() + adjusting_rows
}

/// The entries of a journal file whose cells hold no comma and no quote: a reader as simple as that, and not CarteFi's own.
fn journal_of_file(file: &str) -> Journal {
    let mut entries: BTreeMap<u32, Entry> = BTreeMap::new();
    for row in file.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let [number, date, account, _, debit, credit, ..] = cells[..] else {
            panic!("a row has eight cells: {row}")
        };
        let date = format!("{}-{}-{}", &date[6..], &date[..2], &date[3..5]);
        let amount = if debit.is_empty() {
            format!("-{credit}")
        } else {
            debit.to_owned()
        };
        let entry = entries
            .entry(number.parse().expect("a number"))
            .or_insert(Entry { date, legs: Vec::new() });
        entry.legs.push((account.to_owned(), amount));
    }
    Journal {
        entries: entries.into_values().collect(),
    }
}

/// What the textbook itself says of its end.
fn assert_is_the_textbooks_end(textbook: &Textbook, balances: &Balances) {
    assert_eq!(
        *balances,
        textbook.trial_balance("adjusted_trial_balance").into_iter().collect()
    );
    let debits: i64 = balances.values().filter(|amount| **amount > 0).sum();
    assert_eq!(debits, textbook.figure("adjusted_trial_balance/total"));
}

#[test]
fn the_textbooks_balances_are_as_in_hledger_at_the_end_of_every_month() {
    run(async |kit| {
        let (Some(textbook), Some(hledger)) = (Textbook::load(), Hledger::find()) else {
            return;
        };
        let file = textbook_file(&textbook);
        let journal = journal_of_file(&file);
        let cx = company(kit, &file).await;
        let mut balances = Balances::new();
        for month_end in month_ends(2019) {
            balances = hledger.balances(&journal, month_end);
            assert_eq!(accounts(&cx, month_end).await, balances, "{month_end}");
        }
        assert_is_the_textbooks_end(&textbook, &balances);
    });
}

#[test]
fn the_textbooks_balances_are_as_in_beancount_at_the_end_of_every_month() {
    run(async |kit| {
        let (Some(textbook), Some(beancount)) = (Textbook::load(), Beancount::find()) else {
            return;
        };
        let file = textbook_file(&textbook);
        let journal = journal_of_file(&file);
        let cx = company(kit, &file).await;
        let mut balances = Balances::new();
        for month_end in month_ends(2019) {
            balances = beancount.balances(&journal, month_end);
            assert_eq!(accounts(&cx, month_end).await, balances, "{month_end}");
        }
        assert_is_the_textbooks_end(&textbook, &balances);
    });
}
