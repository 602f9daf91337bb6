//! Invoices that a script makes, the same ones every time.

use std::path::Path;
use std::process::Command;

use crate::other_programs::{Entry, Journal};

/// An invoice as the script prints it: its date, its number, and its legs by account with their amounts as written.
pub struct Invoice {
    date: String,
    number: String,
    legs: Vec<(String, String)>,
}

/// The first invoices of the workload, or none, with a word, where the script or Python is not there.
#[expect(
    clippy::print_stdout,
    reason = "a skipped test says so where the test runner's reader looks"
)]
pub fn invoices(count: usize) -> Option<Vec<Invoice>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/workload/invoices.py");
    if !script.exists() {
        println!("skipped: the workload's script is not there");
        return None;
    }
    let Ok(output) = Command::new("python3").arg(script).arg(count.to_string()).output() else {
        println!("skipped: python3 is not there");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("the workload is text");
    let invoices: Vec<Invoice> = text.trim().split("\n\n").map(invoice).collect();
    assert_eq!(invoices.len(), count);
    Some(invoices)
}

fn invoice(text: &str) -> Invoice {
    let mut lines = text.lines();
    let (date, number) = lines
        .next()
        .and_then(|line| line.split_once(' '))
        .expect("a date and a number");
    let legs = lines.map(|line| {
        let (account, amount) = line.trim().split_once("  ").expect("an account and an amount");
        (
            account.to_owned(),
            amount.strip_suffix(" USD").expect("dollars").to_owned(),
        )
    });
    Invoice {
        date: date.to_owned(),
        number: number.to_owned(),
        legs: legs.collect(),
    }
}

/// The customer of a leg on a receivable account.
fn customer(account: &str) -> Option<&str> {
    account.strip_prefix("assets:receivable:")
}

fn account_name(account: &str) -> &str {
    match account {
        "income:sales" => "Sales of Products",
        "liabilities:sales tax" => "Sales Tax Payable",
        other => customer(other)
            .map(|_| "Accounts Receivable")
            .expect("an account of the workload"),
    }
}

/// The invoices as a journal file for CarteFi.
pub fn journal_file(invoices: &[Invoice]) -> String {
    let mut csv = String::from("*JournalNo,*JournalDate,*AccountName,*Debits,*Credits,Description,Name\n");
    for invoice in invoices {
        let (year, month, day) = (&invoice.date[..4], &invoice.date[5..7], &invoice.date[8..]);
        for (account, amount) in &invoice.legs {
            let (debit, credit) = amount
                .strip_prefix('-')
                .map_or((amount.as_str(), ""), |credit| ("", credit));
            let name = customer(account).unwrap_or_default();
            csv += &format!(
                "{},{month}/{day}/{year},{},{debit},{credit},,{name}\n",
                invoice.number,
                account_name(account)
            );
        }
    }
    csv
}

/// The invoices for the other programs, every customer an account below the receivable one.
pub fn plain_journal(invoices: &[Invoice]) -> Journal {
    let entry = |invoice: &Invoice| Entry {
        date: invoice.date.clone(),
        legs: invoice
            .legs
            .iter()
            .map(|(account, amount)| {
                let below = customer(account).map(|name| format!(":{name}")).unwrap_or_default();
                (format!("{}{below}", account_name(account)), amount.clone())
            })
            .collect(),
    };
    Journal {
        entries: invoices.iter().map(entry).collect(),
    }
}
