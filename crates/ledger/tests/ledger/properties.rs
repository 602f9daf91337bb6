//! What must hold for any books, any date and any text.

use ledger::accounts::{AccountRole, AccountType, CashFlow};
use ledger::csv::{guard, unguard};
use ledger::dates::{FiscalYear, FiscalYears, KeptDays, format_date_input, format_iso, parse_date};
use ledger::entry::{AccountFacts, JournalLine, Leg, Posting, check_entry, document_postings, revision_difference};
use ledger::money::{
    AmountOverflow, Currency, format_amount, format_plain, format_report, parse_amount, parse_amount_or_sum,
};
use ledger::statements::{
    AccountBalance, Asked, Balances, CashFlowFigures, Cell, ColumnKind, FlowLine, FlowRow, SectionKey, Shown, Sort,
    StatementKind, TotalName, Unit, balance_sheet, cash_flow, non_cash, plan, profit_and_loss,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use time::macros::date;
use time::{Date, Duration};

use crate::report::{CALENDAR, account, asked, earned_of, sheet_of, single, trial_of};

const AS_OF: Date = date!(2026 - 10 - 31);
const USD: Currency = Currency::USD;

/// An account with any type, any earlier account as its parent, and often nothing on it.
fn any_account() -> impl Strategy<Value = (AccountBalance, Option<Index>)> {
    (
        select(&AccountType::ALL[..]),
        option::of("[0-9]{1,5}|[A-Z][0-9]"),
        "[A-Za-z ]{1,12}",
        prop_oneof![Just(0), -1_000_000_000_000_i64..1_000_000_000_000],
        option::of(any::<Index>()),
    )
        .prop_map(|(account_type, number, name, amount, parent)| {
            let balance = AccountBalance {
                number,
                ..account(0, &name, account_type, amount)
            };
            (balance, parent)
        })
}

/// The balances of books that balance, and what was earned before the fiscal year.
fn any_books() -> impl Strategy<Value = (Vec<AccountBalance>, i64)> {
    let accounts = vec(any_account(), 1..40);
    let retained_before = -1_000_000_000_i64..1_000_000_000;
    (accounts, retained_before, any::<bool>()).prop_map(|(accounts, retained_before, has_role)| {
        let mut balances: Vec<AccountBalance> = Vec::new();
        for (account_id, (balance, parent)) in (1..).zip(accounts) {
            let parent_id = match (balances.len(), parent) {
                (0, _) | (_, None) => None,
                (count, Some(parent)) => Some(balances[parent.index(count)].account_id),
            };
            balances.push(AccountBalance {
                account_id,
                parent_id,
                ..balance
            });
        }
        if has_role {
            let mut equity = balances
                .iter_mut()
                .filter(|balance| balance.account_type == AccountType::Equity);
            if let Some(balance) = equity.next() {
                balance.role = Some(AccountRole::RetainedEarnings);
            }
        }
        let sum: i64 = balances.iter().map(|balance| balance.amounts[0]).sum();
        balances.push(account(1_000, "Checking", AccountType::Bank, retained_before - sum));
        (balances, retained_before)
    })
}

fn any_date() -> impl Strategy<Value = Date> {
    let days = (date!(2199 - 12 - 31) - date!(1900 - 01 - 01)).whole_days();
    (0..=days).prop_map(|day| date!(1900 - 01 - 01) + Duration::days(day))
}

/// Postings that are often equal.
fn any_postings() -> impl Strategy<Value = Vec<Posting>> {
    let ids = (1..3_i64, option::of(1..3_i64), option::of(1..3_i64));
    let posting = (1..4_i32, ids, 0..2_i64, 1..3_i64).prop_map(
        |(line_no, (account_id, contact_id, open_item_id), day, amount)| Posting {
            line_no,
            account_id,
            contact_id,
            open_item_id,
            posted_on: AS_OF + Duration::days(day),
            amount,
        },
    );
    vec(posting, 0..12)
}

fn sorted(mut postings: Vec<Posting>) -> Vec<Posting> {
    postings.sort_by_key(|posting| {
        (
            posting.line_no,
            posting.account_id,
            posting.contact_id,
            posting.open_item_id,
            posting.posted_on,
            posting.amount,
        )
    });
    postings
}

proptest! {
    #[test]
    fn a_trial_balance_has_equal_sides_and_every_balance_once((balances, before) in any_books()) {
        let report = trial_of(&balances, before)?;
        prop_assert!(report.is_balanced());
        for row in &report.rows {
            prop_assert!((row.debit.minor == 0) != (row.credit.minor == 0));
        }
        for balance in balances.iter().filter(|balance| balance.role.is_none()) {
            let rows: Vec<i64> = report
                .rows
                .iter()
                .filter(|row| row.account_id == Some(balance.account_id))
                .map(|row| row.debit.minor - row.credit.minor)
                .collect();
            let amount = balance.amounts[0];
            let expected = if amount == 0 { vec![] } else { vec![amount] };
            prop_assert_eq!(rows, expected);
        }
    }

    #[test]
    fn assets_equal_liabilities_and_equity((balances, before) in any_books()) {
        let sheet = sheet_of(AS_OF, &balances, before)?;
        prop_assert!(sheet.is_balanced());
        prop_assert_eq!(sheet.total(TotalName::Assets), sheet.total(TotalName::LiabilitiesAndEquity));
        for section in &sheet.sections {
            let sum: i64 = section.rows.iter().map(|row| row.amount()).sum();
            prop_assert_eq!(&[sum][..], &section.total[..]);
        }
    }

    #[test]
    fn the_net_income_of_both_statements_is_the_same((balances, before) in any_books()) {
        let sheet = sheet_of(AS_OF, &balances, before)?;
        let earned = earned_of(AS_OF, AS_OF, &balances)?;
        let row = sheet.sections.last().and_then(|equity| equity.rows.last());
        let row = row.expect("Equity ends with net income");
        prop_assert_eq!(&row.account, "Net Income");
        prop_assert_eq!(row.amount(), earned.total(TotalName::NetIncome).minor);
    }

    #[test]
    fn retained_earnings_take_the_income_of_a_year_that_ends((balances, before) in any_books()) {
        let sheet = sheet_of(AS_OF, &balances, before)?;
        let earned = earned_of(AS_OF, AS_OF, &balances)?;
        let mut next_year = balances.clone();
        for balance in &mut next_year {
            if AccountType::Income <= balance.account_type {
                balance.amounts = vec![0];
            }
        }
        let before = before + earned.total(TotalName::NetIncome).minor;
        let next = sheet_of(AS_OF, &next_year, before)?;
        prop_assert_eq!(sheet.totals, next.totals);
    }

    #[test]
    fn each_column_is_the_report_of_its_own_days_alone(
        (books, others) in (any_books(), vec(-1_000_i64..1_000, 40)),
        sort in select(&Sort::ALL[..]),
    ) {
        let (accounts, before) = books;
        let plan_of = |kind| {
            let wanted = Asked { unit: Unit::Month, ..asked(kind, AS_OF - Duration::days(30), AS_OF) };
            let wanted = Asked { unit: Unit::Month, prior_period: kind == StatementKind::ProfitAndLoss, ..wanted };
            plan(&wanted, &CALENDAR).expect("few columns")
        };
        let shown = Shown { sort, zero_rows: false };
        for kind in [StatementKind::ProfitAndLoss, StatementKind::BalanceSheet] {
            let plan = plan_of(kind);
            let measures = plan.measures.len();
            // Every measure after the first holds other amounts of the same accounts.
            let amount = |account: &AccountBalance, measure: usize| match measure {
                0 => account.amounts[0],
                _ => others[(usize::try_from(account.account_id).unwrap_or(0) * 7 + measure) % others.len()],
            };
            let in_measure = |measure: usize| -> Vec<AccountBalance> {
                accounts.iter().map(|one| AccountBalance { amounts: vec![amount(one, measure)], ..one.clone() }).collect()
            };
            let together = Balances {
                accounts: accounts.iter().map(|one| AccountBalance {
                    amounts: (0..measures).map(|measure| amount(one, measure)).collect(),
                    ..one.clone()
                }).collect(),
                retained_before: vec![before; measures],
            };
            let whole = match kind {
                StatementKind::ProfitAndLoss => profit_and_loss(USD, plan, &together, shown)?,
                _ => balance_sheet(USD, plan, &together, shown)?,
            };
            for (place, column) in whole.columns.iter().enumerate() {
                let ColumnKind::Amount(measure) = column.kind else { continue };
                let alone = match kind {
                    StatementKind::ProfitAndLoss => earned_of(AS_OF, AS_OF, &in_measure(measure))?,
                    _ => sheet_of(AS_OF, &in_measure(measure), before)?,
                };
                for ((name, amounts), (_, single)) in whole.totals.iter().zip(&alone.totals) {
                    prop_assert_eq!(amounts[measure], single[0], "{:?}", name);
                    prop_assert_eq!(whole.cells(Some(amounts))[place], Cell::Amount(single[0]));
                }
                for row in alone.rows().filter(|row| row.amount() != 0) {
                    let same = whole.rows().find(|other| other.source == row.source && other.account == row.account);
                    prop_assert_eq!(same.map(|same| same.amounts[measure]), Some(row.amount()), "{}", &row.account);
                }
                let sum: i64 = whole.rows().map(|row| row.amounts[measure]).sum();
                let single: i64 = alone.rows().map(|row| row.amount()).sum();
                prop_assert_eq!(sum, single);
            }
        }
    }

    #[test]
    fn an_amount_is_read_back_as_it_was_written(
        minor in any::<i64>(),
        code in select(&["USD", "JPY", "KWD", "EUR"][..]),
    ) {
        let currency = Currency::parse(code)?;
        prop_assert_eq!(parse_amount(&format_amount(minor, currency), currency), Ok(minor));
        prop_assert_eq!(parse_amount(&format_report(minor, currency), currency), Ok(minor));
        prop_assert_eq!(parse_amount(&format_plain(minor, currency), currency), Ok(minor));
    }

    #[test]
    fn whatever_is_typed_as_an_amount_is_read_or_refused(text in "[-+*/0-9.,()$ ]{0,40}|\\PC{0,40}") {
        if let Ok(minor) = parse_amount_or_sum(&text, USD) {
            prop_assert_eq!(parse_amount_or_sum(&format_amount(minor, USD), USD), Ok(minor));
        }
    }

    #[test]
    fn a_sum_of_whole_cents_is_the_sum(left in 0..1_000_000_000_i64, right in 0..1_000_000_000_i64) {
        let (l, r) = (format_amount(left, USD), format_amount(right, USD));
        prop_assert_eq!(parse_amount_or_sum(&format!("{l}+{r}"), USD), Ok(left + right));
        prop_assert_eq!(parse_amount_or_sum(&format!("{l} - {r}"), USD), Ok(left - right));
        prop_assert_eq!(parse_amount_or_sum(&format!("{l}*7/7"), USD), Ok(left));
    }

    #[test]
    fn a_date_is_read_back_as_it_was_written(day in any_date()) {
        prop_assert_eq!(parse_date(&format_date_input(day), AS_OF), Ok(day));
        prop_assert_eq!(parse_date(&format_iso(day), AS_OF), Ok(day));
    }

    #[test]
    fn whatever_is_typed_as_a_date_is_read_or_refused(text in "[-+/0-9t]{0,12}|\\PC{0,20}") {
        if let Ok(day) = parse_date(&text, AS_OF) {
            prop_assert_eq!(parse_date(&format_date_input(day), AS_OF), Ok(day));
        }
    }

    #[test]
    fn fiscal_years_follow_each_other_without_gap(
        day in any_date(),
        first_month in 1..=12_u8,
        changed in option::of((any_date(), 0..400_i64)),
    ) {
        let changes = changed.map(|(starts_on, days)| FiscalYear {
            starts_on,
            ends_on: starts_on + Duration::days(days),
        });
        let years = FiscalYears { first_month, changes: changes.into_iter().collect() };
        let year = years.year_of(day);
        prop_assert!(year.contains(day));
        prop_assert_eq!(years.year_of(year.starts_on), year);
        prop_assert_eq!(years.year_of(year.ends_on), year);
        let next_day = year.ends_on + Duration::DAY;
        prop_assert_eq!(years.start_of(next_day), next_day);
    }

    #[test]
    fn another_first_month_moves_no_locked_day_to_another_year(
        day in any_date(),
        locked_days in 0..3_000_i64,
        (first_month, then) in (1..=12_u8, 1..=12_u8),
        changed in option::of((any_date(), 0..371_i64)),
    ) {
        let changes = changed.map(|(starts_on, days)| FiscalYear {
            starts_on,
            ends_on: starts_on + Duration::days(days),
        });
        let years = FiscalYears { first_month, changes: changes.into_iter().collect() };
        let kept = KeptDays { from: day, through: day + Duration::days(locked_days) };
        let change = years.with_first_month(then, Some(kept));
        prop_assert_eq!(years.first_rewritten(&change.years, kept), None);
        let rows = &change.years.changes;
        for (place, row) in rows.iter().enumerate() {
            prop_assert!(rows[place + 1..].iter().all(|other| !row.overlaps(*other)));
        }
    }

    #[test]
    fn the_difference_applied_to_what_is_live_gives_what_is_wanted(
        live in any_postings(),
        wanted in any_postings(),
    ) {
        let difference = revision_difference(&live, &wanted);
        for position in &difference.retire {
            prop_assert!(!difference.insert.contains(&live[*position]));
        }
        let kept = live
            .iter()
            .enumerate()
            .filter(|(position, _)| !difference.retire.contains(position))
            .map(|(_, posting)| *posting);
        let revised: Vec<Posting> = kept.chain(difference.insert.iter().copied()).collect();
        prop_assert_eq!(sorted(revised), sorted(wanted));
    }

    #[test]
    fn the_postings_of_an_accepted_entry_sum_to_zero(amounts in vec(-3..3_i64, 0..6)) {
        let lines: Vec<JournalLine> = (1..)
            .zip(&amounts)
            .map(|(line_no, amount)| JournalLine {
                line_no,
                account_id: 1,
                contact_id: None,
                amount: *amount,
                description: String::new(),
            })
            .collect();
        let facts = |_| Some(AccountFacts { account_type: AccountType::Bank, active: true });
        let accepted = check_entry(&lines, &facts).is_ok();
        let legs = lines.iter().map(|line| Leg {
            line_no: line.line_no,
            account_id: line.account_id,
            contact_id: line.contact_id,
            open_item_id: None,
            amount: line.amount,
        });
        let postings = document_postings(AS_OF, legs);
        let sum: i64 = postings.iter().map(|posting| posting.amount).sum();
        let whole = amounts.len() >= 2 && !amounts.contains(&0);
        prop_assert_eq!(accepted, whole && sum == 0);
    }

    #[test]
    fn a_guarded_cell_gives_its_text_back(text in "[-'=+@\t0-9.a]{0,8}|\\PC{0,20}") {
        let guarded = guard(&text);
        prop_assert_eq!(unguard(&guarded), &text);
        let runs = guarded.starts_with(['=', '@', '\t']);
        prop_assert!(!runs);
    }
}

/// An entry over accounts of every part of the cash flows: what is owned, written off, owed and earned, the last line in cash.
fn any_entry() -> impl Strategy<Value = Vec<(usize, i64)>> {
    let amount = prop_oneof![Just(0), -50_i64..50, -1_000_000_i64..1_000_000];
    (vec((1..FLOW_ACCOUNTS.len(), amount), 1..6), any::<bool>()).prop_map(|(mut lines, is_in_cash)| {
        let sum: i64 = lines.iter().map(|(_, amount)| amount).sum();
        let balanced_by = if is_in_cash { 0 } else { lines[0].0 };
        lines.push((balanced_by, -sum));
        lines
    })
}

const FLOW_ACCOUNTS: [(AccountType, CashFlow); 10] = [
    (AccountType::Bank, CashFlow::Cash),
    (AccountType::AccountsReceivable, CashFlow::Operating),
    (AccountType::FixedAsset, CashFlow::Investing),
    (AccountType::FixedAsset, CashFlow::Investing),
    (AccountType::FixedAsset, CashFlow::Operating),
    (AccountType::LongTermLiability, CashFlow::Financing),
    (AccountType::Equity, CashFlow::Financing),
    (AccountType::OtherIncome, CashFlow::Investing),
    (AccountType::OtherExpense, CashFlow::Financing),
    (AccountType::Expense, CashFlow::Operating),
];

/// What a statement of cash flows is made of where the books begin with these entries.
fn flow_figures(entries: &[Vec<(usize, i64)>]) -> Result<CashFlowFigures, AmountOverflow> {
    let accounts = (1..)
        .zip(FLOW_ACCOUNTS)
        .map(|(account_id, (account_type, cash_flow))| AccountBalance {
            cash_flow,
            ..account(account_id, &format!("Account {account_id}"), account_type, 0)
        });
    let mut accounts: Vec<AccountBalance> = accounts.collect();
    let before = Balances {
        accounts: accounts.clone(),
        retained_before: vec![0],
    };
    let mut figures = CashFlowFigures {
        non_cash: vec![0],
        ..CashFlowFigures::default()
    };
    for entry in entries {
        let has_sale = entry
            .iter()
            .any(|(place, amount)| matches!(place, 2 | 3) && *amount < 0);
        let mut lines = Vec::new();
        for (place, amount) in entry {
            let row = FlowRow::of(&accounts[*place]);
            accounts[*place].amounts[0] += amount;
            let is_written_off = *place == 4;
            let amount = match row.cash_flow {
                CashFlow::Investing | CashFlow::Financing => *amount,
                _ if is_written_off && has_sale => (*amount).max(0),
                _ => 0,
            };
            if is_written_off {
                figures.disposed.entry(row).or_insert_with(|| vec![0])[0] += amount;
            }
            lines.push(FlowLine {
                row,
                is_financing: row.cash_flow == CashFlow::Financing,
                amount,
            });
        }
        let without_cash = non_cash(&lines)?;
        figures.non_cash[0] += without_cash.amount;
        for (row, amount) in without_cash.rows {
            figures.non_cash_of.entry(row).or_insert_with(|| vec![0])[0] += amount;
        }
    }
    figures.before = before;
    figures.moved = Balances {
        accounts,
        retained_before: vec![0],
    };
    figures.at_end = figures.moved.clone();
    Ok(figures)
}

proptest! {
    #[test]
    fn cash_flows_end_in_cash_whatever_was_bought_without_it(entries in vec(any_entry(), 1..12)) {
        let figures = flow_figures(&entries)?;
        let plan = single(StatementKind::CashFlow, AS_OF, AS_OF);
        let flows = cash_flow(USD, plan, &figures, Shown::default())?;
        prop_assert!(flows.is_balanced());
        prop_assert_eq!(flows.total(TotalName::CashAtEnd).minor, figures.at_end.accounts[0].amounts[0]);
        prop_assert!(figures.non_cash[0] >= 0);
    }

    #[test]
    fn no_entry_shows_both_investing_and_financing_that_paid_for_each_other(entry in any_entry()) {
        let figures = flow_figures(&[entry])?;
        let plan = single(StatementKind::CashFlow, AS_OF, AS_OF);
        let flows = cash_flow(USD, plan, &figures, Shown::default())?;
        let total = |key| flows.sections.iter().find(|section| section.key == key).map_or(0, |section| section.total[0]);
        let (invested, financed) = (total(SectionKey::Investing), total(SectionKey::Financing));
        prop_assert!(invested.signum() * financed.signum() != -1, "{} and {}", invested, financed);
    }
}
