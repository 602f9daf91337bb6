//! Entries that come again and again: when they are due, that each is made once, and what keeps one from being made.

use books::Error;
use books::documents::{DocumentState, Marks};
use books::locks::lock_set;
use books::recurring::{
    DUE_MADE_MAX, DueOutcome, Template, TemplateInput, recurring_create, recurring_due, recurring_due_one,
    recurring_get, recurring_list, recurring_pause, recurring_resume, recurring_skip, recurring_update,
};
use ledger::schedule::{Schedule, Unit};
use tenancy::{Capability, Cx, Opened, Role};
use testkit::run;
use time::Date;
use time::macros::date;

use crate::fixture::{END, account, amounts, balances, company, document, fields, key, line, message};

/// Longer than any run here takes.
const LONG: std::time::Duration = std::time::Duration::from_secs(600);
const JAN_31: Date = date!(2026 - 01 - 31);

/// Rent of 1,200.00, posted on the last day of every month from January 2026 on.
async fn rent(cx: &Cx) -> TemplateInput {
    TemplateInput {
        name: "Rent".to_owned(),
        memo: "Shop rent".to_owned(),
        reference: String::new(),
        marks: Marks::default(),
        schedule: Some(Schedule {
            unit: Unit::Month,
            step: 1,
            starts_on: JAN_31,
            ends_on: None,
        }),
        issues: true,
        reversing: false,
        lines: vec![
            line(cx, "Rent", 120_000).await,
            line(cx, "Business Checking", -120_000).await,
        ],
    }
}

async fn template(cx: &Cx, input: &TemplateInput) -> i64 {
    recurring_create(cx, input, &key()).await.expect("a template")
}

async fn due(cx: &Cx, today: Date) -> DueOutcome {
    recurring_due(cx, today, LONG).await.expect("what is due is made")
}

async fn made(cx: &Cx, today: Date) -> usize {
    due(cx, today).await.made
}

async fn read(cx: &Cx, id: i64) -> Template {
    recurring_get(cx, id).await.expect("the template")
}

/// Makes an account inactive, as somebody else does meanwhile.
async fn deactivate(cx: &Cx, name: &str) {
    let id = account(cx, name).await;
    let Opened::Change(mut tx) = cx.write(Capability::Journal, &key()).await.expect("a change opens") else {
        panic!("the key is new");
    };
    sqlx::query!("update account set active = false where id = $1", id)
        .execute(&mut *tx)
        .await
        .expect("the account is inactive");
    tx.commit(&()).await.expect("the change is kept");
}

/// The days that were made or skipped, oldest first, with whether an entry was made.
fn days(template: &Template) -> Vec<(Date, bool)> {
    let occurrences = template.occurrences.iter().rev();
    occurrences.map(|each| (each.period, each.entry.is_some())).collect()
}

#[test]
fn each_due_day_gets_one_entry_dated_that_day() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = template(&cx, &rent(&cx).await).await;
        let job = kit.with_role(&cx, Role::System);
        assert_eq!(made(&job, date!(2026 - 01 - 30)).await, 0);
        assert_eq!(made(&job, date!(2026 - 03 - 30)).await, 2);
        assert_eq!(made(&job, date!(2026 - 03 - 30)).await, 0);
        assert_eq!(made(&job, date!(2026 - 03 - 31)).await, 1);
        let template = read(&cx, id).await;
        assert_eq!(
            days(&template),
            [
                (JAN_31, true),
                (date!(2026 - 02 - 28), true),
                (date!(2026 - 03 - 31), true)
            ]
        );
        let newest = template.occurrences[0].entry.clone().expect("an entry");
        assert_eq!(
            (newest.number.as_deref(), newest.state),
            (Some("JE-3"), DocumentState::Issued)
        );
        let entry = document(&cx, newest.id).await;
        assert_eq!(
            (entry.doc_date, entry.memo.as_deref()),
            (date!(2026 - 03 - 31), Some("Shop rent"))
        );
        assert_eq!(
            balances(&cx, date!(2026 - 02 - 28)).await,
            amounts(&[("Rent", 240_000), ("Business Checking", -240_000)])
        );
        assert_eq!(template.row.next_days().next(), Some(date!(2026 - 04 - 30)));
    });
}

#[test]
fn what_is_due_of_one_template_is_made_without_the_others() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let rent = rent(&cx).await;
        let cleaning = TemplateInput {
            name: "Cleaning".to_owned(),
            ..rent.clone()
        };
        let (one, other) = (template(&cx, &rent).await, template(&cx, &cleaning).await);
        let done = recurring_due_one(&cx, one, date!(2026 - 02 - 28)).await.expect("made");
        assert_eq!((done.made, done.stopped, done.more), (2, 0, false));
        assert_eq!(read(&cx, one).await.row.last, Some(date!(2026 - 02 - 28)));
        assert_eq!(read(&cx, other).await.row.last, None, "nobody asked for it");
        lock_set(&cx, Some(date!(2026 - 03 - 31)), "Filed.", &key())
            .await
            .expect("locked");
        let stopped = recurring_due_one(&cx, one, date!(2026 - 03 - 31))
            .await
            .expect("a reason");
        assert_eq!((stopped.made, stopped.stopped), (0, 1));
        assert!(read(&cx, one).await.row.problem.is_some());
    });
}

#[test]
fn two_workers_at_once_make_one_entry_of_a_day() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        template(&cx, &rent(&cx).await).await;
        let today = date!(2026 - 03 - 31);
        let (one, other) = tokio::join!(recurring_due(&cx, today, LONG), recurring_due(&cx, today, LONG));
        one.and(other).expect("neither fails");
        due(&cx, today).await;
        assert_eq!(balances(&cx, END).await["Rent"], 360_000);
    });
}

#[test]
fn after_a_long_pause_of_the_server_a_run_makes_four_hundred_and_the_next_the_rest() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut input = rent(&cx).await;
        input.schedule = Some(Schedule {
            unit: Unit::Week,
            step: 1,
            starts_on: date!(2016 - 01 - 01),
            ends_on: Some(date!(2023 - 12 - 31)),
        });
        template(&cx, &input).await;
        let first = due(&cx, date!(2026 - 10 - 31)).await;
        assert_eq!((first.made, first.more), (DUE_MADE_MAX, true));
        let rest = due(&cx, date!(2026 - 10 - 31)).await;
        assert_eq!((rest.made, rest.more), (418 - DUE_MADE_MAX, false));
    });
}

#[test]
fn a_run_whose_time_is_over_has_made_one_entry_and_the_next_goes_on() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        template(&cx, &rent(&cx).await).await;
        let mut runs = Vec::new();
        for _ in 0..3 {
            let done = recurring_due(&cx, date!(2026 - 03 - 31), std::time::Duration::ZERO).await;
            let done = done.expect("a run");
            runs.push((done.made, done.more));
        }
        assert_eq!(runs, [(1, true), (1, true), (1, false)]);
        assert_eq!(made(&cx, date!(2026 - 03 - 31)).await, 0);
    });
}

#[test]
fn a_locked_day_gives_its_reason_and_is_tried_again_until_it_is_open() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = template(&cx, &rent(&cx).await).await;
        lock_set(&cx, Some(JAN_31), "Filed.", &key()).await.expect("locked");
        let today = date!(2026 - 02 - 28);
        let outcome = due(&cx, today).await;
        assert_eq!((outcome.made, outcome.stopped), (0, 1));
        let problem = read(&cx, id).await.row.problem.expect("a reason");
        assert!(
            problem.starts_with("Jan 31, 2026: The books are locked through Jan 31, 2026"),
            "{problem}"
        );
        assert_eq!(due(&cx, today).await.stopped, 1, "it is tried again");
        lock_set(&cx, None, "Open again.", &key()).await.expect("opened");
        assert_eq!(made(&cx, today).await, 2);
        assert_eq!(read(&cx, id).await.row.problem, None);
    });
}

#[test]
fn a_day_that_cannot_be_made_can_be_skipped_and_the_later_ones_go_on() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = template(&cx, &rent(&cx).await).await;
        lock_set(&cx, Some(JAN_31), "Filed.", &key()).await.expect("locked");
        let today = date!(2026 - 03 - 01);
        due(&cx, today).await;
        let refused = recurring_skip(&cx, id, date!(2026 - 02 - 28), &key()).await;
        assert!(message(refused).starts_with("That day is not the next one any more"));
        recurring_skip(&cx, id, JAN_31, &key()).await.expect("skipped");
        assert_eq!(read(&cx, id).await.row.problem, None);
        assert_eq!(made(&cx, today).await, 1);
        assert_eq!(
            days(&read(&cx, id).await),
            [(JAN_31, false), (date!(2026 - 02 - 28), true)]
        );
    });
}

#[test]
fn a_template_on_an_account_that_became_inactive_says_so_and_others_go_on() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let stuck = template(&cx, &rent(&cx).await).await;
        let mut other = rent(&cx).await;
        other.name = "Water".to_owned();
        other.lines[0] = line(&cx, "Utilities", 120_000).await;
        template(&cx, &other).await;
        deactivate(&cx, "Rent").await;
        let outcome = due(&cx, JAN_31).await;
        assert_eq!((outcome.made, outcome.stopped), (1, 1));
        let problem = read(&cx, stuck).await.row.problem.expect("a reason");
        assert!(problem.contains("this account is inactive"), "{problem}");
    });
}

#[test]
fn a_paused_template_makes_nothing_and_the_days_of_the_pause_are_skipped() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = template(&cx, &rent(&cx).await).await;
        made(&cx, JAN_31).await;
        recurring_pause(&cx, id, &key()).await.expect("paused");
        assert_eq!(made(&cx, date!(2026 - 04 - 15)).await, 0);
        assert_eq!(read(&cx, id).await.row.next_days().next(), None);
        recurring_resume(&cx, id, date!(2026 - 04 - 15), &key())
            .await
            .expect("resumed");
        assert_eq!(read(&cx, id).await.row.next_days().next(), Some(date!(2026 - 04 - 30)));
        assert_eq!(made(&cx, date!(2026 - 04 - 30)).await, 1);
        assert_eq!(balances(&cx, END).await["Rent"], 240_000);
    });
}

#[test]
fn a_template_may_keep_drafts_that_count_for_nothing() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut input = rent(&cx).await;
        input.issues = false;
        let id = template(&cx, &input).await;
        assert_eq!(made(&cx, JAN_31).await, 1);
        let entry = read(&cx, id).await.occurrences[0].entry.clone().expect("an entry");
        assert_eq!((entry.number, entry.state), (None, DocumentState::Draft));
        assert_eq!(balances(&cx, END).await, amounts(&[]));
    });
}

#[test]
fn an_accrual_is_reversed_on_the_first_of_the_next_month_in_the_same_change() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut input = rent(&cx).await;
        input.reversing = true;
        input.marks = Marks {
            adjusting: true,
            accrual_only: true,
        };
        let id = template(&cx, &input).await;
        assert_eq!(made(&cx, JAN_31).await, 1);
        let entry = read(&cx, id).await.occurrences[0].entry.clone().expect("an entry");
        let entry = document(&cx, entry.id).await;
        assert_eq!(entry.marks, input.marks);
        let reversal = document(&cx, entry.reversed_by_id.expect("it is reversed")).await;
        assert_eq!(reversal.doc_date, date!(2026 - 02 - 01));
        assert_eq!(reversal.marks, input.marks, "in the same fiscal year");
        assert_eq!(balances(&cx, JAN_31).await["Rent"], 120_000);
        assert_eq!(balances(&cx, date!(2026 - 02 - 01)).await, amounts(&[]));
    });
}

#[test]
fn an_edited_schedule_makes_no_day_again() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let id = template(&cx, &rent(&cx).await).await;
        assert_eq!(made(&cx, date!(2026 - 02 - 28)).await, 2);
        let mut input = rent(&cx).await;
        input.schedule = input.schedule.map(|schedule| Schedule {
            starts_on: date!(2026 - 01 - 15),
            ..schedule
        });
        input.lines[0].amount = 130_000;
        input.lines[1].amount = -130_000;
        recurring_update(&cx, id, 1, &input, &key()).await.expect("changed");
        assert!(matches!(
            recurring_update(&cx, id, 1, &input, &key()).await,
            Err(Error::Stale { live: 2 })
        ));
        assert_eq!(made(&cx, date!(2026 - 03 - 15)).await, 1);
        assert_eq!(balances(&cx, END).await["Rent"], 370_000);
        assert_eq!(read(&cx, id).await.lines[0].amount, 130_000);
    });
}

#[test]
fn a_template_used_by_hand_is_never_due_and_may_be_half_done() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let mut input = rent(&cx).await;
        input.schedule = None;
        input.lines.truncate(1);
        template(&cx, &input).await;
        assert_eq!(due(&cx, END).await, DueOutcome::default());
        let listed = recurring_list(&cx).await.expect("the templates");
        assert_eq!((listed.len(), listed[0].total, listed[0].schedule), (1, 120_000, None));
    });
}

#[test]
fn every_problem_of_a_template_is_named_at_its_field() {
    run(async |kit| {
        let cx = company(kit, "Juniper Cycles").await;
        let good = rent(&cx).await;
        let mut bad = good.clone();
        bad.name = " ".to_owned();
        (bad.issues, bad.reversing) = (false, true);
        bad.schedule = good.schedule.map(|schedule| Schedule {
            ends_on: Some(date!(2026 - 01 - 30)),
            ..schedule
        });
        bad.lines[0].account_id = i64::MAX;
        let found = fields(recurring_create(&cx, &bad, &key()).await);
        assert_eq!(found, ["name", "ends_on", "reversing", "lines.0.account"]);
        let mut step = good.clone();
        step.schedule = good.schedule.map(|schedule| Schedule { step: 0, ..schedule });
        step.lines[0].amount = 1;
        assert_eq!(fields(recurring_create(&cx, &step, &key()).await), ["step", "lines"]);
        template(&cx, &good).await;
        assert_eq!(fields(recurring_create(&cx, &good, &key()).await), ["name"]);
    });
}
