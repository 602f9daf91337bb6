//! What a company's first page shows.

use ledger::money::{Currency, format_amount};

use crate::components::charts::{ChartPoint, Series};

/// The first page of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeView {
    /// The company's name in addresses.
    pub slug: String,
    /// `Good morning, Dana`
    pub greeting: String,
    /// The day, and how far the books are closed.
    pub line: String,
    /// What the books say; none while nothing was ever posted.
    pub figures: Option<FiguresView>,
    /// What waits to be done, the most pressing first.
    pub to_do: Vec<ToDoItem>,
}

/// Cash, what was earned, and what is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiguresView {
    /// What the amounts are in.
    pub currency: Currency,
    /// What the bank accounts hold.
    pub cash: i64,
    /// The balance sheet that says the same.
    pub balance_sheet: String,
    /// `3 bank accounts`
    pub banks: String,
    /// What is near to cash and not in it: `$1,204.55 owed on 1 card`.
    pub beside: Vec<String>,
    /// How cash changed over 30 days; none where the books are not that old.
    pub cash_change: Option<i64>,
    /// The cash, week by week, through today.
    pub cash_by_week: Vec<ChartPoint>,
    /// What is expected of it in the weeks after.
    pub expected: Vec<ChartPoint>,
    /// What that comes to, in a sentence.
    pub expected_words: String,
    /// The months' names, oldest first.
    pub months: Vec<String>,
    /// Each month's profit and loss.
    pub month_reports: Vec<String>,
    /// What each month earned and what it cost.
    pub earnings: [Series; 2],
    /// The address of the profit and loss over these months.
    pub profit_and_loss: String,
    /// The largest expenses of these months; empty where there are none.
    pub spending: Vec<SpendingRow>,
    /// What customers owe, by age; none where nobody owes anything.
    pub owed: Option<OwedView>,
    /// What is owed to vendors, by when it is due; none where nothing is.
    pub owing: Option<OwedView>,
}

/// What an account cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpendingRow {
    /// The account's name.
    pub name: String,
    /// The name of the account it is below.
    pub parent: Option<String>,
    /// Its lines; none where it stands for several accounts.
    pub href: Option<String>,
    /// Minor units.
    pub amount: i64,
    /// Its part of all expenses in whole percent, at least 0.
    pub percent: i64,
}

/// The parts of a whole in whole percent, at least 0 each. They add up to 100: each is rounded down, and what is missing goes to those
/// that lost most by it. The whole is what the positive parts add up to; a credit has no part in it.
pub fn percents(parts: &[i64]) -> Vec<i64> {
    let parts: Vec<i128> = parts.iter().map(|part| i128::from((*part).max(0))).collect();
    let whole: i128 = parts.iter().sum();
    if whole == 0 {
        return vec![0; parts.len()];
    }
    let mut percents: Vec<i64> = parts
        .iter()
        .map(|part| i64::try_from(part * 100 / whole).unwrap_or(100))
        .collect();
    let mut by_loss: Vec<usize> = (0..parts.len()).collect();
    by_loss.sort_by_key(|n| std::cmp::Reverse(parts[*n] * 100 % whole));
    let missing = usize::try_from(100 - percents.iter().sum::<i64>()).unwrap_or_default();
    for n in by_loss.into_iter().take(missing) {
        percents[n] += 1;
    }
    percents
}

impl FiguresView {
    /// Income, expense and what is left of all months together.
    pub fn earned(&self) -> [i64; 3] {
        let [income, expense] = self
            .earnings
            .each_ref()
            .map(|series| series.amounts.iter().sum::<i64>());
        [income, expense, income - expense]
    }
}

/// What customers owe, or vendors are owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedView {
    /// All of it.
    pub total: i64,
    /// A line under the total.
    pub line: String,
    /// Its parts by when they are due.
    pub ages: Vec<OwedAge>,
}

/// One part of what is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwedAge {
    /// `1–30 days`
    pub label: &'static str,
    /// Minor units.
    pub amount: i64,
    /// Whether it is so late that it should worry.
    pub is_alarming: bool,
}

impl OwedView {
    /// Each part's length as percent of the whole, for its bar: 0 to 100.
    pub fn percents(&self) -> Vec<i64> {
        let amounts: Vec<i64> = self.ages.iter().map(|age| age.amount).collect();
        percents(&amounts)
    }
}

/// One thing that waits to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDoItem {
    /// How much of it, in bold: `38 bank lines`.
    pub what: String,
    /// The rest of the sentence: `to review`.
    pub rest: String,
    /// Why, or what it is about.
    pub why: String,
    /// The word on its button.
    pub action: &'static str,
    /// Where it is done.
    pub href: String,
}

/// The greeting of an hour of the day.
pub const fn greeting(hour: u8) -> &'static str {
    match hour {
        0..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    }
}

/// An amount that stands alone, with its currency: `$38,412.07`, `-$12.00`, `EUR 1,234.00`.
pub fn with_currency(amount: i64, currency: Currency) -> String {
    let (sign, digits) = signed(amount, currency);
    format!("{sign}{}{digits}", symbol(currency))
}

/// A change: `+ $4,180.22`, `− $12.00`.
pub fn change_words(amount: i64, currency: Currency) -> String {
    let (_, digits) = signed(amount, currency);
    let sign = if amount < 0 { "−" } else { "+" };
    format!("{sign} {}{digits}", symbol(currency))
}

fn signed(amount: i64, currency: Currency) -> (&'static str, String) {
    let text = format_amount(amount, currency);
    match text.strip_prefix('-') {
        Some(digits) => ("-", digits.to_owned()),
        None => ("", text),
    }
}

fn symbol(currency: Currency) -> String {
    if currency == Currency::USD {
        "$".to_owned()
    } else {
        format!("{} ", currency.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_that_stands_alone_says_its_currency() -> Result<(), ledger::money::UnknownCurrency> {
        let euro = Currency::parse("EUR")?;
        assert_eq!(with_currency(3_841_207, Currency::USD), "$38,412.07");
        assert_eq!(with_currency(-1_200, Currency::USD), "-$12.00");
        assert_eq!(with_currency(-123_400, euro), "-EUR 1,234.00");
        assert_eq!(change_words(418_022, Currency::USD), "+ $4,180.22");
        assert_eq!(change_words(-1_200, Currency::USD), "− $12.00");
        Ok(())
    }

    #[test]
    fn the_greeting_follows_the_hour() {
        assert_eq!(
            [0, 4, 11, 12, 17, 18, 23].map(greeting).map(|words| &words[5..]),
            [
                "morning",
                "morning",
                "morning",
                "afternoon",
                "afternoon",
                "evening",
                "evening"
            ]
        );
    }

    #[test]
    fn the_bars_of_what_is_owed_share_the_whole_and_a_credit_has_none() {
        let age = |amount| OwedAge {
            label: "",
            amount,
            is_alarming: false,
        };
        let owed = OwedView {
            total: 250,
            line: String::new(),
            ages: vec![age(300), age(100), age(-150)],
        };
        assert_eq!(owed.percents(), [75, 25, 0]);
    }

    #[test]
    fn percents_are_rounded_to_the_nearest_and_the_parts_of_a_whole_add_up_to_100() {
        assert_eq!(percents(&[999, 1]), [100, 0]);
        assert_eq!(percents(&[667, 333]), [67, 33]);
        assert_eq!(percents(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(percents(&[28_600, 28_600, 28_600, 14_200]), [29, 29, 28, 14]);
        assert_eq!(percents(&[i64::MAX, i64::MAX, -5]), [50, 50, 0]);
        assert_eq!(percents(&[0, -100]), [0, 0]);
        assert_eq!(percents(&[]), [0; 0]);
    }
}
