//! Printing Plus, the running example of OpenStax, Principles of Accounting, volume 1, as a journal file. Its journal is not part of
//! this repository: without it its tests are skipped. What the reports make of it is, in `refs/golden`, without the book's words.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// The example.
pub struct Textbook(Value);

/// The type of each of its accounts, in the words of a QuickBooks file.
const TYPES: [(&str, &str); 17] = [
    ("Cash", "Bank"),
    ("Accounts Receivable", "Accounts receivable (A/R)"),
    ("Interest Receivable", "Other Current Assets"),
    ("Supplies", "Other Current Assets"),
    ("Equipment", "Fixed Assets"),
    ("Accumulated Depreciation - Equipment", "Fixed Assets"),
    ("Accounts Payable", "Accounts payable (A/P)"),
    ("Salaries Payable", "Other Current Liabilities"),
    ("Unearned Revenue", "Other Current Liabilities"),
    ("Common Stock", "Equity"),
    ("Dividends", "Equity"),
    ("Interest Revenue", "Other Income"),
    ("Service Revenue", "Income"),
    ("Supplies Expense", "Expenses"),
    ("Depreciation Expense - Equipment", "Expenses"),
    ("Salaries Expense", "Expenses"),
    ("Utilities Expense", "Expenses"),
];

impl Textbook {
    /// Reads the example, or says that a test of it is skipped.
    #[expect(
        clippy::print_stdout,
        reason = "a skipped test says so where the test runner's reader looks"
    )]
    pub fn load() -> Option<Self> {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/vectors/openstax_vectors.json");
        let Ok(text) = fs::read_to_string(file) else {
            println!("skipped: the figures of the textbook are not there");
            return None;
        };
        let all: Value = serde_json::from_str(&text).expect("the textbook's figures are JSON");
        Some(Self(all["printing_plus_january_2019"].clone()))
    }

    /// The twelve entries of January as a journal file.
    pub fn journal(&self) -> String {
        file(&self.0["entries"], 1)
    }

    /// The five adjusting entries as a journal file.
    pub fn adjustments(&self) -> String {
        file(&self.0["adjusting_entries"], 13)
    }

    /// A trial balance of it: accounts with their balances in cents, debit positive, by name.
    pub fn trial_balance(&self, name: &str) -> Vec<(String, i64)> {
        let sides = [("debit", 1), ("credit", -1)].into_iter().flat_map(|(side, sign)| {
            let accounts = self.0[name][side].as_object().expect("a side of a trial balance");
            accounts
                .iter()
                .map(move |(account, amount)| (own_name(account), sign * cents(amount)))
        });
        let mut balances: Vec<(String, i64)> = sides.collect();
        balances.sort();
        balances
    }

    /// A figure of it in cents, by its place: `balance_sheet/assets`.
    pub fn figure(&self, place: &str) -> i64 {
        cents(self.0.pointer(&format!("/{place}")).expect("a figure of the textbook"))
    }
}

fn file(entries: &Value, first_number: usize) -> String {
    let mut csv =
        String::from("Journal No.,Journal Date,Account Name,Account Type,Debits,Credits,Description,Name\r\n");
    for (entry, number) in entries.as_array().expect("entries").iter().zip(first_number..) {
        let date = entry[0].as_str().expect("a date");
        let (year, month, day) = (&date[..4], &date[5..7], &date[8..]);
        for line in entry[2].as_array().expect("lines") {
            let account = own_name(line[0].as_str().expect("an account"));
            let (_, account_type) = TYPES
                .iter()
                .find(|(name, _)| *name == account)
                .expect("a type for the account");
            let amount = line[1].as_i64().expect("an amount");
            let (debit, credit) = if amount > 0 {
                (format!("{amount}.00"), String::new())
            } else {
                (String::new(), format!("{}.00", -amount))
            };
            let name = match account.as_str() {
                "Accounts Receivable" => "Hollis Hardware",
                "Accounts Payable" => "Fern Supply",
                _ => "",
            };
            csv += &format!("{number},{month}/{day}/{year},{account},{account_type},{debit},{credit},,{name}\r\n");
        }
    }
    csv
}

/// A colon separates an account from its subaccount, so that of the textbook's names becomes a dash.
fn own_name(name: &str) -> String {
    name.replace(": ", " - ")
}

fn cents(dollars: &Value) -> i64 {
    dollars.as_i64().expect("whole dollars") * 100
}
