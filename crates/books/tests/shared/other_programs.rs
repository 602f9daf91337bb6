//! hledger and beancount: a journal as each of them reads it, and the balances that each of them finds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use time::Date;

use crate::Balances;

/// Entries with their amounts as text, which no number of ours has gone through.
pub struct Journal {
    pub entries: Vec<Entry>,
}

/// A dated entry: accounts and amounts with a minus for credits.
pub struct Entry {
    /// `2026-01-31`
    pub date: String,
    pub legs: Vec<(String, String)>,
}

/// hledger, found in the path.
pub struct Hledger(PathBuf);

impl Hledger {
    pub fn find() -> Option<Self> {
        find("hledger", None).map(Self)
    }

    /// The lines of an account and of what is below it: day, amount and running total.
    pub fn register(&self, journal: &Journal, account: &str) -> Vec<(String, i64, i64)> {
        let mut command = Command::new(&self.0);
        command.args(["--file", "-", "register", "--output-format", "csv"]);
        command.arg(format!("acct:^{account}(:|$)"));
        let csv = answer(&mut command, &written(journal));
        let rows = csv.lines().skip(1).map(|row| {
            let cells: Vec<&str> = row.trim_matches('"').split("\",\"").collect();
            let [_, date, _, _, _, amount, total] = cells[..] else {
                panic!("a row of seven cells: {row}")
            };
            let dollars = |text: &str| cents(text.strip_suffix(" USD").unwrap_or(text));
            (date.to_owned(), dollars(amount), dollars(total))
        });
        rows.collect()
    }

    /// The balances at the end of a day.
    pub fn balances(&self, journal: &Journal, as_of: Date) -> Balances {
        let text = written(journal);
        let end = as_of.next_day().expect("a day follows").to_string();
        let mut command = Command::new(&self.0);
        command.args([
            "--file",
            "-",
            "balance",
            "--flat",
            "--no-total",
            "--output-format",
            "csv",
            "--end",
            &end,
        ]);
        let csv = answer(&mut command, &text);
        let rows = csv.lines().skip(1).map(|row| {
            let (account, amount) = row
                .trim_matches('"')
                .split_once("\",\"")
                .expect("an account and its balance");
            (account.to_owned(), cents(amount.strip_suffix(" USD").expect("dollars")))
        });
        rows.filter(|(_, amount)| *amount != 0).collect()
    }

    /// Its own statement month by month, `incomestatement` or `balancesheet`: each account's amounts as it shows them, and the last
    /// line as `Net:`. The accounts are of these types: A, L, E, R and X. Accounts below another one are shown with it.
    pub fn monthly(
        &self,
        statement: &str,
        journal: &Journal,
        types: &BTreeMap<String, char>,
        year: i32,
    ) -> BTreeMap<String, Vec<i64>> {
        let accounts = types
            .iter()
            .map(|(account, account_type)| format!("account {account}  ; type: {account_type}\n"));
        let text: String = accounts.chain([written(journal)]).collect();
        let (begin, end) = (format!("{year}-01-01"), format!("{}-01-01", year + 1));
        let mut command = Command::new(&self.0);
        command.args(["--file", "-", statement, "--monthly", "--flat", "--depth", "1"]);
        command.args(["--output-format", "csv", "--begin", &begin, "--end", &end]);
        let csv = answer(&mut command, &text);
        let mut rows = BTreeMap::new();
        for row in csv.lines().skip(2) {
            let cells: Vec<&str> = row.trim_matches('"').split("\",\"").collect();
            let [account, amounts @ ..] = &cells[..] else { continue };
            if amounts.len() != 12 || amounts[0].is_empty() || *account == "total" {
                continue;
            }
            let amounts = amounts.iter().map(|amount| cents(amount.trim_end_matches(" USD")));
            rows.insert((*account).to_owned(), amounts.collect());
        }
        rows
    }
}

/// A journal as hledger reads it.
fn written(journal: &Journal) -> String {
    let mut text = String::from("commodity 1000.00 USD\n\n");
    for entry in &journal.entries {
        text += &format!("{} entry\n", entry.date);
        for (account, amount) in &entry.legs {
            text += &format!("  {account}  {amount} USD\n");
        }
        text.push('\n');
    }
    text
}

/// beancount's query program, found in the folder that CARTEFI_BEANCOUNT names or in the path.
pub struct Beancount(PathBuf);

impl Beancount {
    pub fn find() -> Option<Self> {
        find("bean-query", std::env::var_os("CARTEFI_BEANCOUNT").map(PathBuf::from)).map(Self)
    }

    /// The balances at the end of a day. beancount names accounts its own way, so each has a number there.
    pub fn balances(&self, journal: &Journal, as_of: Date) -> Balances {
        let names: BTreeSet<&str> = journal
            .entries
            .iter()
            .flat_map(|entry| &entry.legs)
            .map(|(account, _)| account.as_str())
            .collect();
        let theirs: BTreeMap<&str, String> = names
            .iter()
            .zip(1..)
            .map(|(name, n)| (*name, format!("Assets:A{n}")))
            .collect();
        let mut text = String::new();
        for account in theirs.values() {
            text += &format!("1900-01-01 open {account} USD\n");
        }
        for entry in &journal.entries {
            text += &format!("\n{} * \"entry\"\n", entry.date);
            for (account, amount) in &entry.legs {
                text += &format!("  {}  {amount} USD\n", theirs[account.as_str()]);
            }
        }
        let query =
            format!("select account, number(only('USD', sum(position))) where date <= {as_of} group by account");
        let file = std::env::temp_dir().join(format!(
            "cartefi-refs-{}-{}.beancount",
            std::process::id(),
            uuid::Uuid::new_v4()
        ));
        std::fs::write(&file, text).expect("a file for beancount");
        let csv = answer(
            Command::new(&self.0).args(["--format", "csv"]).arg(&file).arg(&query),
            "",
        );
        std::fs::remove_file(&file).expect("the file is removed");
        let ours: BTreeMap<&str, &str> = theirs.iter().map(|(name, account)| (account.as_str(), *name)).collect();
        let rows = csv.lines().skip(1).map(|row| {
            let (account, amount) = row.split_once(',').expect("an account and its balance");
            let amount = amount.trim();
            (
                ours[account.trim()].to_owned(),
                if amount.is_empty() { 0 } else { cents(amount) },
            )
        });
        rows.filter(|(_, amount)| *amount != 0).collect()
    }
}

/// The program in that folder or in the path, if it runs; else a word that the test is skipped.
#[expect(
    clippy::print_stdout,
    reason = "a skipped test says so where the test runner's reader looks"
)]
fn find(program: &str, folder: Option<PathBuf>) -> Option<PathBuf> {
    let path = folder.map_or_else(|| PathBuf::from(program), |folder| folder.join(program));
    let runs = Command::new(&path)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !runs {
        println!("skipped: {program} is not there");
    }
    runs.then_some(path)
}

/// What a program says to an input.
fn answer(command: &mut Command, input: &str) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child
        .stdin
        .take()
        .expect("an input")
        .write_all(input.as_bytes())
        .expect("it reads");
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).expect("text")
}

/// Cents of a decimal as these programs print it: at most two decimals, no separators.
fn cents(text: &str) -> i64 {
    let negative = text.starts_with('-');
    let (units, fraction) = text
        .trim_start_matches('-')
        .split_once('.')
        .unwrap_or((text.trim_start_matches('-'), ""));
    let units: i64 = units.parse().expect("whole units");
    let fraction: i64 = format!("{fraction:0<2}").parse().expect("two decimals");
    let cents = units * 100 + fraction;
    if negative { -cents } else { cents }
}
