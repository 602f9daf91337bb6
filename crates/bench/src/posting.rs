//! Posting journal entries of five lines through `books`, with all refusals and the audit chain, against plain inserts.

use std::fmt::Write as _;
use std::time::Duration;

use books::accounts::account_choices;
use books::company::{NewCompany, company_open};
use books::documents::Marks;
use books::journal::{JournalInput, JournalInputLine, journal_create_issued};
use futures::future::join_all;
use ledger::accounts::{AccountType, EntityType};
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Actor, Cx, RequestKey, Role};
use testkit::{Floor, Kit};
use time::macros::date;

use crate::{median, ms, timed};

/// Entries a client posts in a run.
const ENTRIES: usize = 200;
const CLIENTS: usize = 8;

pub fn new_company() -> NewCompany {
    NewCompany {
        name: "Benchmark Cycles".to_owned(),
        entity_type: EntityType::Llc,
        currency: Currency::USD,
        time_zone: "America/Los_Angeles".to_owned(),
        basis: Basis::Accrual,
        fiscal_year_first_month: 1,
        books_begin_on: None,
    }
}

pub async fn company(kit: &Kit) -> Cx {
    let actor = Actor::operator("bench");
    let tenant = loop {
        match company_open(&kit.tenancy, &actor, Role::System, &new_company(), &RequestKey::fresh()).await {
            Ok(tenant) => break tenant,
            Err(books::Error::Tenancy(tenancy::Error::NoStock)) => {
                kit.provisioner().stock_to(4).await.expect("a stock");
            }
            Err(error) => panic!("a company is opened: {error}"),
        }
    };
    kit.tenancy.cx(tenant, actor, Role::System, "bench".to_owned())
}

pub async fn measure(kit: &Kit) -> String {
    let mut writers = Vec::new();
    for _ in 0..CLIENTS {
        let cx = company(kit).await;
        let lines = lines(&cx).await;
        let floor = Floor::beside(kit, &cx).await;
        writers.push(Writer {
            cx,
            lines,
            floor,
            next: std::sync::atomic::AtomicI64::new(1),
        });
    }
    let commit = median(async || timed(writers[0].floor.commit_once()).await).await;
    let (alone, floor_alone) = interleaved(&writers[..1]).await;
    let (eight, floor_eight) = interleaved(&writers).await;
    let rate = |entries: usize, time: Duration| entries as f64 / time.as_secs_f64();
    let mut out = String::from("## Posting entries of five lines\n\n");
    let _ = writeln!(out, "A bare commit of one row: {}.\n", ms(commit));
    out.push_str(
        "| clients | through books, entries a second | plain inserts | ratio |\n| --- | ---: | ---: | ---: |\n",
    );
    for (name, clients, ours, floor) in [
        ("one", 1, alone, floor_alone),
        ("eight, a company each", CLIENTS, eight, floor_eight),
    ] {
        let (ours, floor) = (rate(clients * ENTRIES, ours), rate(clients * ENTRIES, floor));
        let _ = writeln!(out, "| {name} | {ours:.0} | {floor:.0} | {:.2} |", ours / floor);
    }
    out
}

struct Writer {
    cx: Cx,
    lines: Vec<(i64, i64)>,
    floor: Floor,
    next: std::sync::atomic::AtomicI64,
}

/// Medians of both, taken in turns so that a noisy moment meets both.
async fn interleaved(writers: &[Writer]) -> (Duration, Duration) {
    let mut floors = Vec::new();
    let ours = median(async || {
        floors.push(
            timed(async {
                join_all(writers.iter().map(Writer::plain)).await;
            })
            .await,
        );
        timed(async {
            join_all(writers.iter().map(Writer::through_books)).await;
        })
        .await
    })
    .await;
    floors.sort();
    (ours, floors[floors.len() / 2])
}

impl Writer {
    async fn plain(&self) {
        for _ in 0..ENTRIES {
            let n = self.next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            self.floor.post_entry(n, &self.lines).await;
        }
    }

    async fn through_books(&self) {
        let input = JournalInput {
            date: date!(2026 - 03 - 02),
            memo: String::new(),
            reference: String::new(),
            marks: Marks::default(),
            lines: self
                .lines
                .iter()
                .map(|(account_id, amount)| JournalInputLine {
                    line_no: None,
                    account_id: *account_id,
                    contact_id: None,
                    description: String::new(),
                    amount: *amount,
                    due_on: None,
                })
                .collect(),
        };
        for _ in 0..ENTRIES {
            journal_create_issued(&self.cx, &input, &RequestKey::fresh())
                .await
                .expect("an entry is posted");
        }
    }
}

/// Five lines that balance, on accounts without open items.
async fn lines(cx: &Cx) -> Vec<(i64, i64)> {
    let choices = account_choices(cx).await.expect("the chart");
    let plain = choices
        .iter()
        .filter(|account| matches!(account.account_type, AccountType::Expense | AccountType::Bank));
    let ids: Vec<i64> = plain.map(|account| account.id).take(5).collect();
    ids.into_iter().zip([10_000, 2_500, 1_250, 750, -14_500]).collect()
}
