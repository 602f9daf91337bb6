//! The books as they were known at a moment: figures, chart, fiscal years and the company's name as they were then.

use books::accounts::{AccountChange, account_get, account_merge, account_update};
use books::company::{CompanyChange, company_update};
use books::journal::{journal_update, journal_void};
use books::reports::{
    Moment, Report, StatementAsked, TrialBalanceAsked, moment_find, report_statement, report_trial_balance_asked,
};
use ledger::accounts::{AccountType, EntityType};
use ledger::dates::format_date;
use ledger::statements::{Basis, Cell, Statement, StatementKind, TrialBalance};
use tenancy::{Capability, Cx};
use testkit::run;
use time::macros::{date, format_description};
use time::{Date, Duration};

use crate::fixture;

const DAY: Date = date!(2026 - 03 - 02);
const END: Date = date!(2026 - 12 - 31);

fn at(moment: Moment, kind: StatementKind) -> StatementAsked {
    StatementAsked {
        moment,
        ..StatementAsked::total(kind, date!(2026 - 01 - 01), END)
    }
}

async fn earned(cx: &Cx, moment: Moment) -> Report<Statement> {
    report_statement(cx, &at(moment, StatementKind::ProfitAndLoss))
        .await
        .expect("a profit and loss")
}

async fn sheet(cx: &Cx, moment: Moment) -> Report<Statement> {
    report_statement(cx, &at(moment, StatementKind::BalanceSheet))
        .await
        .expect("a balance sheet")
}

async fn trial(cx: &Cx, moment: Moment) -> Report<TrialBalance> {
    let asked = TrialBalanceAsked {
        moment,
        ..TrialBalanceAsked::of(END)
    };
    report_trial_balance_asked(cx, &asked).await.expect("a trial balance")
}

/// All three statements, and the moment they were made at.
struct Kept {
    moment: Moment,
    earned: Report<Statement>,
    sheet: Report<Statement>,
    trial: Report<TrialBalance>,
}

async fn keep(cx: &Cx) -> Kept {
    let earned = earned(cx, Moment::Now).await;
    Kept {
        moment: Moment::Change(earned.provenance.change),
        sheet: sheet(cx, Moment::Now).await,
        trial: trial(cx, Moment::Now).await,
        earned,
    }
}

fn assert_same<T: PartialEq + std::fmt::Debug>(then: &Report<T>, known: &Report<T>) {
    assert_eq!(then.statement, known.statement);
    let (then, known) = (&then.provenance, &known.provenance);
    assert_eq!(
        (
            &then.company,
            then.change,
            &then.head,
            then.uncategorized_lines,
            then.from
        ),
        (
            &known.company,
            known.change,
            &known.head,
            known.uncategorized_lines,
            known.from
        )
    );
    assert_eq!(known.known.map(|known| known.change), Some(then.change));
}

impl Kept {
    async fn is_still_known(&self, cx: &Cx) {
        assert_same(&self.earned, &earned(cx, self.moment).await);
        assert_same(&self.sheet, &sheet(cx, self.moment).await);
        assert_same(&self.trial, &trial(cx, self.moment).await);
    }
}

async fn change(cx: &Cx, name: &str, change: impl FnOnce(&mut AccountChange)) {
    let id = fixture::account(cx, name).await;
    let mut wanted = AccountChange::of(&account_get(cx, id).await.expect("the account"));
    change(&mut wanted);
    account_update(cx, id, &wanted, &fixture::key()).await.expect("changed");
}

/// Makes an expense an other expense.
async fn retype(cx: &Cx, name: &str) {
    change(cx, name, |account| {
        account.account_type = AccountType::OtherExpense;
        account.detail_type = String::new();
    })
    .await;
}

#[test]
fn a_report_as_known_at_a_change_is_the_one_that_was_made_then() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let mut kept = vec![keep(&cx).await];
        let sale = [("Business Checking", 5000), ("Uncategorized Income", -5000)];
        let written = fixture::issued(&cx, DAY, &sale).await;
        fixture::post(&cx, DAY, &[("Meals", 1000), ("Business Checking", -1000)]).await;
        fixture::post(
            &cx,
            date!(2025 - 07 - 01),
            &[("Travel", 700), ("Business Checking", -700)],
        )
        .await;
        kept.push(keep(&cx).await);
        let coded = fixture::entry(&cx, DAY, &[("Business Checking", 5500), ("Sales of Services", -5500)]).await;
        let revised = journal_update(&cx, written.id, written.version, &coded, &fixture::key())
            .await
            .expect("revised");
        kept.push(keep(&cx).await);
        change(&cx, "Travel", |travel| travel.name = "Trips".to_owned()).await;
        retype(&cx, "Meals").await;
        kept.push(keep(&cx).await);
        let (trips, rent) = (
            fixture::account(&cx, "Trips").await,
            fixture::account(&cx, "Rent").await,
        );
        account_merge(&cx, trips, rent, true, &fixture::key())
            .await
            .expect("merged");
        kept.push(keep(&cx).await);
        let july = CompanyChange {
            name: "Juniper Cycles LLC".to_owned(),
            entity_type: EntityType::Llc,
            time_zone: "America/Los_Angeles".to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 7,
            books_begin_on: None,
        };
        company_update(&cx, &july, &fixture::key())
            .await
            .expect("renamed, with years from July");
        kept.push(keep(&cx).await);
        journal_void(&cx, written.id, revised.version, DAY, "Entered twice.", &fixture::key())
            .await
            .expect("void");
        kept.push(keep(&cx).await);
        for then in &kept {
            then.is_still_known(&cx).await;
        }
        assert_eq!(kept[1].earned.provenance.company, "Juniper Cycles");
        assert_eq!(kept[1].earned.provenance.uncategorized_lines, 1);
    });
}

#[test]
fn what_was_known_stands_beside_now_with_the_difference() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(&cx, DAY, &[("Meals", 1000), ("Business Checking", -1000)]).await;
        let moment = keep(&cx).await.moment;
        fixture::post(&cx, DAY, &[("Meals", 250), ("Business Checking", -250)]).await;
        fixture::post(&cx, DAY, &[("Rent", 400), ("Business Checking", -400)]).await;
        let asked = StatementAsked {
            against_now: true,
            ..at(moment, StatementKind::ProfitAndLoss)
        };
        let report = report_statement(&cx, &asked).await.expect("a statement");
        let rows: Vec<(&str, Vec<Cell>)> = report
            .statement
            .rows()
            .map(|row| (row.account.as_str(), report.statement.cells(Some(&row.amounts))))
            .collect();
        let cells = |of: [i64; 3]| of.map(Cell::Amount).to_vec();
        assert_eq!(
            rows,
            [("Rent", cells([0, 400, 400])), ("Meals", cells([1000, 1250, 250]))]
        );
        let asked = TrialBalanceAsked {
            moment,
            against_now: true,
            ..TrialBalanceAsked::of(END)
        };
        let trial = report_trial_balance_asked(&cx, &asked)
            .await
            .expect("a trial balance")
            .statement;
        assert!(trial.is_balanced());
        assert_eq!(
            (trial.totals[0].debit, trial.totals[1].debit, trial.totals[2].debit),
            (1000, 1650, 650)
        );
    });
}

#[test]
fn an_account_of_another_type_since_stands_in_both_sections_beside_each_other() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(&cx, DAY, &[("Meals", 1000), ("Business Checking", -1000)]).await;
        let moment = keep(&cx).await.moment;
        retype(&cx, "Meals").await;
        let asked = StatementAsked {
            against_now: true,
            ..at(moment, StatementKind::ProfitAndLoss)
        };
        let report = report_statement(&cx, &asked).await.expect("a statement");
        let of = |account_type| report.statement.section(account_type).expect("a section").total.clone();
        assert_eq!(of(AccountType::Expense), [1000, 0]);
        assert_eq!(of(AccountType::OtherExpense), [0, 1000]);
    });
}

#[test]
fn a_time_before_the_first_change_is_refused_with_the_companys_day() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let now = time::OffsetDateTime::now_utc();
        // A zone whose day is never that of UTC at this hour.
        let zone = if now.hour() < 11 {
            "Pacific/Pago_Pago"
        } else {
            "Pacific/Kiritimati"
        };
        let moved = CompanyChange {
            name: "Juniper Cycles".to_owned(),
            entity_type: EntityType::Llc,
            time_zone: zone.to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 1,
            books_begin_on: None,
        };
        company_update(&cx, &moved, &fixture::key()).await.expect("moved");
        let refused = moment_find(&cx, "1999-12-31").await.expect_err("too early");
        let days = [now, time::OffsetDateTime::now_utc()].map(|at| {
            let zone = time_tz::timezones::get_by_name(zone).expect("a zone");
            format_date(time_tz::OffsetDateTimeExt::to_timezone(&at, zone).date())
        });
        let message = &refused.problems()[0].message;
        assert!(days.iter().any(|day| message.contains(day)), "{message} on {days:?}");
        assert!(!message.contains(&format_date(now.date())), "{message}");
    });
}

#[test]
fn a_time_means_the_last_change_at_or_before_it() {
    run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        fixture::post(&cx, DAY, &[("Meals", 1000), ("Business Checking", -1000)]).await;
        let report = earned(&cx, Moment::Now).await;
        let head = report.provenance.change;
        assert_eq!(moment_find(&cx, "").await.expect("now"), Moment::Now);
        assert_eq!(moment_find(&cx, "1").await.expect("the first"), Moment::Change(1));
        let mut tx = cx.read(Capability::ReadBooks).await.expect("the books open");
        let made = sqlx::query_scalar!("select at from change where n = $1", head)
            .fetch_one(&mut *tx)
            .await
            .expect("the change");
        drop(tx);
        // The company is in Los Angeles, and a time is written by its clocks.
        let zone = time_tz::timezones::get_by_name("America/Los_Angeles").expect("a zone");
        let second_after = time_tz::OffsetDateTimeExt::to_timezone(&(made + Duration::SECOND), zone);
        let format = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]");
        let text = second_after.format(&format).expect("a time");
        while time::OffsetDateTime::now_utc() < made + Duration::seconds(2) {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(moment_find(&cx, &text).await.expect("a moment"), Moment::Change(head));
        for refused in ["0", "99999", "2999-01-01T00:00", "2999-01-01", "1999-12-31", "soon"] {
            assert_eq!(fixture::fields(moment_find(&cx, refused).await), ["known"], "{refused}");
        }
        let too_late = report_statement(&cx, &at(Moment::Change(head + 1), StatementKind::ProfitAndLoss)).await;
        assert_eq!(fixture::fields(too_late.map(|_| ())), ["known"]);
    });
}
