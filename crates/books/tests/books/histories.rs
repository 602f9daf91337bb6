//! Long random histories of a company, and what holds after each of them: postings add up to zero on every day, month totals are
//! what the lines say, receivable and payable accounts are their open items, assets equal liabilities and equity, what was locked
//! stays as it was, a report as known at a change is the one that was made then, and the record verifies.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use books::Error;
use books::accounts::account_list;
use books::check::books_check;
use books::journal::{
    JournalInput, journal_create_issued, journal_issue, journal_reverse, journal_save_draft, journal_update,
    journal_void,
};
use books::locks::lock_set;
use books::reports::{LedgerAccount, LedgerFilter, Moment, Report, StatementAsked, report_statement};
use books::settlements::{OpenItem, settlement_apply, settlement_undo};
use ledger::statements::{Statement, StatementKind, Unit};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use tenancy::{Capability, Cx};
use time::macros::date;
use time::{Date, Duration};

use crate::fixture::{END, balances, company, document, entry, key, open_items, typed_again};
use crate::{general_ledger, journal_report};

const FIRST_DAY: Date = date!(2026 - 01 - 01);
const DAYS: i64 = 120;

const LEGS: [&str; 7] = [
    "Business Checking",
    "Rent",
    "Sales of Services",
    "Undeposited Funds",
    "Accounts Receivable @ Ann's Rides",
    "Accounts Receivable @ Bo's Boats",
    "Accounts Payable @ Ann's Rides",
];

/// What a history is made of; each must have been done in one of the histories at least.
const KINDS: [&str; 8] = [
    "issue",
    "issue a draft",
    "lock",
    "reverse",
    "revise",
    "settle",
    "undo a settlement",
    "void",
];

/// A step of a history. Numbers choose among what there is, so that every step means something.
#[derive(Clone, Debug)]
enum Step {
    Issue(Typed),
    DraftThenIssue(Typed),
    Revise {
        entry: usize,
        typed: Typed,
    },
    Void {
        entry: usize,
        day: i64,
    },
    Reverse {
        entry: usize,
        day: i64,
    },
    Lock {
        day: i64,
    },
    Unlock,
    Settle {
        debit: usize,
        credit: usize,
        share: i64,
        day: i64,
    },
    Undo {
        settlement: usize,
        day: i64,
    },
}

/// An entry: legs with their amounts, and a last leg that balances it.
#[derive(Clone, Debug)]
struct Typed {
    day: i64,
    legs: Vec<(usize, i64)>,
    last: usize,
}

fn typed() -> impl Strategy<Value = Typed> {
    let amount = (1_i64..=50_000, any::<bool>()).prop_map(|(amount, debit)| if debit { amount } else { -amount });
    (
        0..DAYS,
        prop::collection::vec((0..LEGS.len(), amount), 1..4),
        0..LEGS.len(),
    )
        .prop_map(|(day, legs, last)| Typed { day, legs, last })
}

fn step() -> impl Strategy<Value = Step> {
    // Locks lie in the first half and what answers them in the second, so that much is refused and more is not.
    let (entry, early, late) = (any::<usize>(), 0..DAYS / 2, DAYS / 2..DAYS);
    prop_oneof![
        8 => typed().prop_map(Step::Issue),
        1 => typed().prop_map(Step::DraftThenIssue),
        5 => (entry, typed()).prop_map(|(entry, typed)| Step::Revise { entry, typed }),
        2 => (entry, late.clone()).prop_map(|(entry, day)| Step::Void { entry, day }),
        2 => (entry, late.clone()).prop_map(|(entry, day)| Step::Reverse { entry, day }),
        1 => early.prop_map(|day| Step::Lock { day }),
        1 => Just(Step::Unlock),
        8 => (any::<usize>(), any::<usize>(), 1_i64..=100, late.clone()).prop_map(|(debit, credit, share, day)| Step::Settle { debit, credit, share, day }),
        2 => (any::<usize>(), late).prop_map(|(settlement, day)| Step::Undo { settlement, day }),
    ]
}

#[test]
fn whatever_happens_the_books_add_up() {
    let config = Config {
        cases: 4,
        max_shrink_iters: 40,
        failure_persistence: None,
        ..Config::default()
    };
    let histories = prop::collection::vec(step(), 60..90);
    let taken: Mutex<BTreeSet<&'static str>> = Mutex::default();
    TestRunner::new(config)
        .run(&histories, |steps| {
            testkit::run(async |kit| {
                let mut history = History::of(company(kit, "Juniper Cycles").await);
                for (n, step) in steps.iter().enumerate() {
                    history.take(step).await;
                    if n % 7 == 0 {
                        history.make_statements().await;
                    }
                }
                history.holds().await;
                taken.lock().expect("one history at a time").extend(history.taken);
            });
            Ok(())
        })
        .expect("every history holds");
    let taken = taken.into_inner().expect("no history panicked");
    assert!(
        taken.is_empty() || taken.into_iter().eq(KINDS),
        "a history that only refuses shows nothing"
    );
}

struct History {
    cx: Cx,
    /// The kinds of steps that were not refused.
    taken: BTreeSet<&'static str>,
    entries: Vec<i64>,
    settlements: Vec<i64>,
    /// The lock in force and the trial balance of its day, as it was locked.
    locked: Option<(Date, BTreeMap<String, i64>)>,
    /// Balance sheets and profit and losses as they were made on the way, each at its change.
    made: Vec<(StatementAsked, Report<Statement>)>,
    /// General ledgers as they were made on the way.
    ledgers: Vec<(i64, Vec<LedgerAccount>)>,
}

fn day(n: i64) -> Date {
    FIRST_DAY + Duration::days(n)
}

fn pick<T: Copy>(of: &[T], n: usize) -> Option<T> {
    of.get(n.checked_rem(of.len())?).copied()
}

impl History {
    fn of(cx: Cx) -> Self {
        Self {
            cx,
            taken: BTreeSet::new(),
            entries: Vec::new(),
            settlements: Vec::new(),
            locked: None,
            made: Vec::new(),
            ledgers: Vec::new(),
        }
    }

    /// What was refused was refused with a reason that a person can read.
    fn explained<T>(&mut self, step: &'static str, result: Result<T, Error>) -> Option<T> {
        match result {
            Ok(value) => {
                self.taken.insert(step);
                Some(value)
            }
            Err(error) => {
                assert!(!error.problems().is_empty(), "{step}: {error:?}");
                None
            }
        }
    }

    async fn typed(&self, typed: &Typed) -> JournalInput {
        let rest: i64 = typed.legs.iter().map(|(_, amount)| amount).sum();
        let mut legs: Vec<(&str, i64)> = typed.legs.iter().map(|(leg, amount)| (LEGS[*leg], *amount)).collect();
        legs.push((LEGS[typed.last], -rest));
        entry(&self.cx, day(typed.day), &legs).await
    }

    async fn take(&mut self, step: &Step) {
        let cx = self.cx.clone();
        match step {
            Step::Issue(typed) => {
                let result = journal_create_issued(&cx, &self.typed(typed).await, &key()).await;
                let written = self.explained("issue", result);
                self.entries.extend(written.map(|written| written.id));
            }
            Step::DraftThenIssue(typed) => {
                let draft = journal_save_draft(&cx, &self.typed(typed).await, &key())
                    .await
                    .expect("a draft is kept");
                let result = journal_issue(&cx, draft.id, draft.version, &key()).await;
                self.explained("issue a draft", result);
                self.entries.push(draft.id);
            }
            Step::Revise { entry, typed } => {
                let Some(id) = pick(&self.entries, *entry) else { return };
                let before = document(&cx, id).await;
                let mut input = self.typed(typed).await;
                // Half of the revisions keep the first line and balance it on the last.
                if entry % 2 == 0 {
                    input = typed_again(&before);
                    input.lines.drain(1..before.lines.len() - 1);
                    input.lines[1].amount = -input.lines[0].amount;
                }
                let result = journal_update(&cx, id, before.version, &input, &key()).await;
                self.explained("revise", result);
            }
            Step::Void { entry, day: on } => {
                let Some(id) = pick(&self.entries, *entry) else { return };
                let version = document(&cx, id).await.version;
                let result = journal_void(&cx, id, version, day(*on), "Entered twice", &key()).await;
                self.explained("void", result);
            }
            Step::Reverse { entry, day: on } => {
                let Some(id) = pick(&self.entries, *entry) else { return };
                let result = journal_reverse(&cx, id, day(*on), &key()).await;
                let written = self.explained("reverse", result);
                self.entries.extend(written.map(|written| written.id));
            }
            Step::Lock { day: through } => self.lock(Some(day(*through))).await,
            Step::Unlock => self.lock(None).await,
            Step::Settle {
                debit,
                credit,
                share,
                day: on,
            } => {
                let items = open_items(&cx, END).await;
                let (debits, credits): (Vec<&OpenItem>, Vec<&OpenItem>) = items.iter().partition(|item| item.open > 0);
                let Some(debit) = pick(&debits, *debit) else { return };
                let fitting: Vec<&OpenItem> = credits
                    .into_iter()
                    .filter(|credit| (credit.account_id, credit.contact_id) == (debit.account_id, debit.contact_id))
                    .collect();
                let Some(credit) = pick(&fitting, *credit) else { return };
                let amount = (debit.open.min(-credit.open) * share / 100).max(1);
                let result = settlement_apply(&cx, debit.id, credit.id, amount, day(*on), &key()).await;
                let id = self.explained("settle", result);
                self.settlements.extend(id);
            }
            Step::Undo { settlement, day: on } => {
                let Some(id) = pick(&self.settlements, *settlement) else {
                    return;
                };
                let result = settlement_undo(&cx, id, day(*on), &key()).await;
                self.explained("undo a settlement", result);
            }
        }
    }

    async fn lock(&mut self, through: Option<Date>) {
        self.the_locked_period_stays_as_it_was().await;
        let result = lock_set(&self.cx, through, "The month is done", &key()).await;
        self.explained("lock", result);
        self.locked = match through {
            Some(through) => Some((through, balances(&self.cx, through).await)),
            None => None,
        };
    }

    async fn the_locked_period_stays_as_it_was(&self) {
        if let Some((through, as_locked)) = &self.locked {
            assert_eq!(
                &balances(&self.cx, *through).await,
                as_locked,
                "what was locked through {through} has changed"
            );
        }
    }

    async fn make_statements(&mut self) {
        for (kind, unit) in [
            (StatementKind::ProfitAndLoss, Unit::Month),
            (StatementKind::BalanceSheet, Unit::Total),
        ] {
            let asked = StatementAsked {
                unit,
                ..StatementAsked::total(kind, day(10), day(DAYS - 20))
            };
            let report = report_statement(&self.cx, &asked).await.expect("a statement");
            self.made.push((asked, report));
        }
        let change = self.made.last().map_or(0, |(_, report)| report.provenance.change);
        let ledger = general_ledger::whole(&self.cx, &LedgerFilter::over(day(10), day(DAYS - 20)), &[], 500).await;
        self.ledgers.push((change, ledger));
    }

    /// Opening balance, lines and closing balance agree on every page, and a ledger as known at a change is the one made then.
    async fn ledgers_add_up(&self) {
        general_ledger::holds(&self.cx, day(10), day(DAYS - 20)).await;
        journal_report::whole(&self.cx, FIRST_DAY, END, 5).await;
        for (change, then) in &self.ledgers {
            let filter = LedgerFilter {
                moment: Moment::Change(*change),
                ..LedgerFilter::over(day(10), day(DAYS - 20))
            };
            let known = general_ledger::whole(&self.cx, &filter, &[], 7).await;
            assert_eq!(
                general_ledger::postings(&known),
                general_ledger::postings(then),
                "as known at {change}"
            );
        }
    }

    /// Whatever was revised, voided or retired since, a report as known at a change is the one that was made then.
    async fn what_was_known_at_each_change_is_what_was_reported_then(&self) {
        for (asked, then) in &self.made {
            let known = StatementAsked {
                moment: Moment::Change(then.provenance.change),
                ..asked.clone()
            };
            let report = report_statement(&self.cx, &known).await.expect("a statement");
            assert_eq!(report.statement, then.statement, "as known at {:?}", known.moment);
            assert_eq!(report.provenance.head, then.provenance.head);
        }
    }

    async fn holds(&self) {
        self.what_was_known_at_each_change_is_what_was_reported_then().await;
        self.ledgers_add_up().await;
        self.the_locked_period_stays_as_it_was().await;
        self.postings_add_up_to_zero_on_every_day().await;
        self.month_totals_are_what_the_lines_say().await;
        for n in (0..DAYS).step_by(10) {
            self.control_accounts_are_their_open_items(day(n)).await;
            self.assets_equal_liabilities_and_equity(day(n)).await;
        }
        self.control_accounts_are_their_open_items(END).await;
        self.assets_equal_liabilities_and_equity(END).await;
        self.numbers_have_no_gaps().await;
        let found = books_check(&self.cx).await.expect("the check runs");
        assert_eq!(found, [], "the check finds nothing");
        let record = audit::verify(&self.cx).await.expect("the record verifies");
        assert!(record.events > 0);
    }

    async fn postings_add_up_to_zero_on_every_day(&self) {
        let mut tx = self.cx.read(Capability::ReadBooks).await.expect("the books open");
        let off = sqlx::query_scalar!("select posted_on from posting where retired_in is null group by posted_on, document_id having sum(amount) <> 0")
            .fetch_all(&mut *tx)
            .await
            .expect("the postings are read");
        assert!(off.is_empty(), "{off:?}");
    }

    async fn month_totals_are_what_the_lines_say(&self) {
        let mut tx = self.cx.read(Capability::ReadBooks).await.expect("the books open");
        let off = sqlx::query_scalar!(
            r#"select coalesce(m.account_id, p.account_id) as "account!" from (select account_id, month, amount from month_total where amount <> 0) m
               full join (select account_id, date_trunc('month', posted_on)::date as month, sum(amount)::bigint as amount
                          from posting where retired_in is null group by 1, 2 having sum(amount) <> 0) p
                 on (p.account_id, p.month) = (m.account_id, m.month)
               where m.amount is distinct from p.amount"#
        )
        .fetch_all(&mut *tx)
        .await
        .expect("the totals are read");
        assert!(off.is_empty(), "{off:?}");
    }

    async fn control_accounts_are_their_open_items(&self, as_of: Date) {
        let of_accounts = balances(&self.cx, as_of).await;
        let mut of_items: BTreeMap<String, i64> = BTreeMap::new();
        for item in open_items(&self.cx, as_of).await {
            *of_items.entry(item.account).or_default() += item.open;
        }
        for account in ["Accounts Receivable", "Accounts Payable", "Undeposited Funds"] {
            let open = of_items.get(account).copied().unwrap_or(0);
            assert_eq!(
                of_accounts.get(account).copied().unwrap_or(0),
                open,
                "{account} on {as_of}"
            );
        }
    }

    async fn assets_equal_liabilities_and_equity(&self, as_of: Date) {
        let accounts = account_list(&self.cx, Some(as_of)).await.expect("the chart is read");
        let together: i64 = accounts.iter().filter_map(|account| account.balance).sum();
        assert_eq!(
            together, 0,
            "assets are liabilities, equity and what was earned, on {as_of}"
        );
    }

    async fn numbers_have_no_gaps(&self) {
        let mut tx = self.cx.read(Capability::ReadBooks).await.expect("the books open");
        let numbers =
            sqlx::query_scalar!(r#"select series_no as "n!" from document where series_no is not null order by 1"#)
                .fetch_all(&mut *tx)
                .await
                .expect("numbers");
        assert!(numbers.iter().zip(1..).all(|(number, n)| *number == n), "{numbers:?}");
    }
}
