//! A template makes a period once, whoever makes it, and what it said when stays as it was.

use tenancy::RefusalCode::{Constraint, NeverChanged};

use crate::fixture::{Books, RENT};

const TEMPLATE: &str =
    "insert into recurring_template (kind, name, adjusting, accrual_only, reversing, unit, step, starts_on, ends_on, issues, active, version)
     values ('journal_entry'";

async fn with_template(kit: &'static testkit::Kit) -> Books {
    let books = Books::new(kit).await;
    books
        .write(&format!(
            "{TEMPLATE}, 'Rent', false, false, false, 'month', 1, '2026-10-31', null, true, true, 1);
             insert into recurring_template_line (template_id, version, position, account_id, amount) values (1, 1, 1, {RENT}, 10000)"
        ))
        .await;
    books
}

#[test]
fn a_period_of_a_template_is_made_or_skipped_once() {
    testkit::run(async |kit| {
        let books = with_template(kit).await;
        let occurrence =
            "insert into recurring_occurrence (template_id, period, made_in) values (1, '2026-10-31', {n})";
        books.write(occurrence).await;
        books.refused(occurrence, Constraint).await;
        books.write(&occurrence.replace("10-31", "11-30")).await;
    });
}

#[test]
fn two_active_templates_have_two_names_and_a_paused_one_may_have_either() {
    testkit::run(async |kit| {
        let books = with_template(kit).await;
        let again = |name: &str, active: bool| {
            format!("{TEMPLATE}, '{name}', false, false, false, null, 1, '2026-10-31', null, true, {active}, 1)")
        };
        books.refused(&again("RENT", true), Constraint).await;
        books.write(&again("Rent", false)).await;
    });
}

#[test]
fn a_schedule_ends_after_it_starts_and_counts_something_by_one_or_more() {
    testkit::run(async |kit| {
        let books = with_template(kit).await;
        for schedule in [
            "'month', 1, '2026-10-31', '2026-10-30'",
            "'month', 0, '2026-10-31', null",
            "'day', 1, '2026-10-31', null",
        ] {
            let made = format!("{TEMPLATE}, 'Other', false, false, false, {schedule}, true, true, 1)");
            books.refused(&made, Constraint).await;
        }
    });
}

#[test]
fn a_template_and_what_it_made_are_not_deleted() {
    testkit::run(async |kit| {
        let books = with_template(kit).await;
        for table in ["recurring_template", "recurring_template_line", "recurring_occurrence"] {
            books.never(&format!("delete from {table}"), NeverChanged).await;
        }
    });
}
