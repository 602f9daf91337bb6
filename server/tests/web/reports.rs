//! Reports of lines and statements as a browser meets them: where their figures lead, which moment they show, what paper keeps.

use axum::http::StatusCode;
use books::contacts::{NewContact, contact_create};
use books::documents::Marks;
use books::fiscal_years::{YearClose, fiscal_year_close};
use books::journal::JournalInput;
use books::locks::{NewLockException, exception_grant};
use books::reports::report_trial_balance;
use tenancy::{Cx, RequestKey, Role};
use time::macros::date;
use time::{Date, Duration, OffsetDateTime};

use crate::browser::Browser;
use crate::fixture::{account, entry, keep_draft, leg, post_entry};
use crate::roles::company;
use crate::support::{Answer, Site};

const YEAR: &str = "from=2026-01-01&to=2026-12-31";

/// Posts from the second account to the first; the first line has the customer.
async fn post(cx: &Cx, day: Date, accounts: [&str; 2], amount: i64, marks: Marks, contact_id: Option<i64>) {
    let legs = [leg(accounts[0], amount).with(contact_id), leg(accounts[1], -amount)];
    let input = JournalInput {
        marks,
        ..entry(cx, day, "", &legs).await
    };
    post_entry(cx, &input).await;
}

const ADJUSTING: Marks = Marks {
    adjusting: true,
    accrual_only: false,
};

/// Rent of two years, an adjusting entry for a customer, and the change that all of it is known at.
async fn known_books(cx: &Cx) -> i64 {
    let new = NewContact {
        name: "Hollis Hardware".to_owned(),
        customer: true,
        vendor: true,
    };
    let hollis = contact_create(cx, &new, &RequestKey::fresh()).await.expect("a contact");
    let bank = "Business Checking";
    post(
        cx,
        date!(2025 - 06 - 01),
        ["Rent", bank],
        70_000,
        Marks::default(),
        None,
    )
    .await;
    post(
        cx,
        date!(2026 - 03 - 02),
        ["Rent", bank],
        50_000,
        Marks::default(),
        None,
    )
    .await;
    post(
        cx,
        date!(2026 - 03 - 31),
        ["Rent", "Prepaid Expenses"],
        4000,
        ADJUSTING,
        Some(hollis),
    )
    .await;
    change(cx).await
}

async fn change(cx: &Cx) -> i64 {
    let report = report_trial_balance(cx, date!(2026 - 12 - 31)).await;
    report.expect("a trial balance").provenance.change
}

/// The addresses that a page links to and that hold all of this.
fn links(page: &Answer, parts: &[&str]) -> Vec<String> {
    let body = page.body.replace("&amp;", "&");
    let hrefs = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs
        .filter(|href| parts.iter().all(|part| href.contains(part)))
        .map(str::to_owned)
        .collect()
}

/// The words that stand in a report's foot on paper alone.
fn on_paper(page: &Answer) -> String {
    let spans = page.body.split("<span class=\"on-paper\">").skip(1);
    spans.filter_map(|rest| rest.split("</span>").next()).collect()
}

#[test]
fn what_a_report_of_lines_leads_to_is_known_at_its_own_moment_and_narrowed_alike() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Followed Figures").await;
        let known = known_books(&cx).await;
        post(
            &cx,
            date!(2025 - 07 - 01),
            ["Rent", "Business Checking"],
            900,
            Marks::default(),
            None,
        )
        .await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let reports = format!("/c/{}/reports", cx.tenant().slug);
        let rent = account(&cx, "Rent").await;
        let register = format!("{reports}/ledger?account={rent}&{YEAR}&known={known}");

        let asked = format!("{YEAR}&known={known}&contact=Hollis+Hardware&adjusting=yes&since=yes&who=yes");
        let ledger = viewer.get(&format!("{reports}/general-ledger?{asked}")).await;
        let narrowed = format!("{register}&contact=Hollis+Hardware&adjusting=yes&since=yes&who=yes");
        assert_eq!(links(&ledger, &["reports/ledger?account="]), [narrowed.as_str()]);
        let opened = viewer.get(&narrowed).await;
        assert_eq!(opened.status, StatusCode::OK);
        assert!(
            opened.body.contains("Hollis Hardware, adjusting entries only"),
            "{}",
            opened.body
        );

        let journal = viewer
            .get(&format!(
                "{reports}/journal?{YEAR}&known={known}&adjusting=yes&contact=Hollis+Hardware"
            ))
            .await;
        assert_eq!(
            links(&journal, &[&format!("account={rent}&")]),
            [format!("{register}&adjusting=yes")]
        );
        assert!(
            !journal.body.contains("Hollis Hardware, adjusting"),
            "a journal says of no customer that it is narrowed to them"
        );

        let retained = account(&cx, "Retained Earnings").await;
        let page = viewer
            .get(&format!("{reports}/ledger?account={retained}&{YEAR}&known={known}"))
            .await;
        let year = links(&page, &["profit-and-loss?from=2025-01-01&to=2025-12-31"]);
        assert_eq!(
            year,
            [format!(
                "{reports}/profit-and-loss?from=2025-01-01&to=2025-12-31&known={known}"
            )]
        );
        let earned = viewer.get(&year[0]).await;
        assert!(
            earned.body.contains("700.00") && !earned.body.contains("709.00"),
            "{}",
            earned.body
        );
    });
}

#[test]
fn a_report_of_lines_says_the_moment_it_is_known_at_and_marks_what_was_entered_since() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Known Lines").await;
        let known = known_books(&cx).await;
        post(
            &cx,
            date!(2026 - 03 - 03),
            ["Rent", "Business Checking"],
            900,
            Marks::default(),
            None,
        )
        .await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let reports = format!("/c/{}/reports", cx.tenant().slug);
        let rent = account(&cx, "Rent").await;
        for report in [
            format!("ledger?account={rent}&"),
            "general-ledger?".to_owned(),
            "journal?".to_owned(),
        ] {
            let now = viewer.get(&format!("{reports}/{report}{YEAR}")).await;
            assert!(!now.body.contains("As known at change"), "{report}");
            let page = viewer.get(&format!("{reports}/{report}{YEAR}&known={known}")).await;
            assert!(
                page.body.contains(&format!("As known at change {known}, made ")),
                "{report}: {}",
                page.body
            );
            assert!(page.body.contains("name=\"since\""), "{report}");
            assert!(!page.body.contains("entered since, by change"), "{report}");
            let since = viewer
                .get(&format!("{reports}/{report}{YEAR}&known={known}&since=yes"))
                .await;
            assert!(
                since.body.contains(&format!("entered since, by change {}", known + 1)),
                "{report}: {}",
                since.body
            );
        }
    });
}

#[test]
fn every_figure_before_the_adjusting_entries_opens_the_lines_without_them() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Unadjusted Figures").await;
        known_books(&cx).await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let reports = format!("/c/{}/reports", cx.tenant().slug);
        let trial = viewer
            .get(&format!("{reports}/trial-balance?as_of=2026-12-31&columns=adjusted"))
            .await;
        let rent = account(&cx, "Rent").await;
        let lines = format!("{reports}/ledger?account={rent}&{YEAR}");
        assert_eq!(
            links(&trial, &[&format!("account={rent}&")]),
            [
                format!("{lines}&adjusting=no"),
                format!("{lines}&adjusting=yes"),
                lines.clone()
            ]
        );
        // Both of its accounts name the entry that adjusts them.
        let entries = links(&trial, &["/accounting/journal/"]);
        let entries: Vec<&String> = entries
            .iter()
            .filter(|href| href.ends_with(|c: char| c.is_ascii_digit()))
            .collect();
        assert_eq!(entries.len(), 2, "{entries:?}");
        assert!(trial.body.contains("Adjusted by"), "{}", trial.body);
        let entry = viewer.get(entries[0]).await;
        assert!(
            entry.body.contains("Adjusting entry") && entry.body.contains("JE-3"),
            "{}",
            entry.body
        );
        let file = viewer
            .get(&format!(
                "{reports}/trial-balance?as_of=2026-12-31&columns=adjusted&format=csv"
            ))
            .await;
        let rent = file
            .body
            .lines()
            .find(|row| row.starts_with("6200,Rent,"))
            .expect("a row");
        assert!(rent.ends_with(",JE-3"), "{rent}");
        let opened = viewer.get(&format!("{lines}&adjusting=no")).await;
        assert!(
            opened.body.contains("Without the period’s adjusting entries"),
            "{}",
            opened.body
        );
        assert!(
            opened.body.contains("500.00") && !opened.body.contains("540.00"),
            "{}",
            opened.body
        );
        let refused = viewer.get(&format!("{lines}&adjusting=perhaps")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.body.contains("id=\"field-adjusting-error\""),
            "{}",
            refused.body
        );
    });
}

#[test]
fn the_file_of_a_register_is_refused_before_it_begins_and_has_all_lines_between_two_balances() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Filed Register").await;
        known_books(&cx).await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let register = format!("/c/{}/reports/ledger", cx.tenant().slug);
        let rent = account(&cx, "Rent").await;
        let file = viewer
            .get(&format!("{register}?account={rent}&{YEAR}&order=newest&format=csv"))
            .await;
        let rows: Vec<&str> = file.body.lines().take_while(|row| !row.is_empty()).collect();
        assert!(rows[0].starts_with(
            "Date,Type,Number,Adjusting,Accrual only,Void,Name,Memo,Other side,Debit,Credit,Balance,Since,"
        ));
        assert!(rows[1].starts_with(",Beginning balance,"), "{rows:?}");
        assert!(rows[2].contains("500.00,,500.00,"), "{rows:?}");
        assert!(
            rows[3].contains(",yes,,,Hollis Hardware,") && rows[3].contains(",40.00,,540.00,"),
            "{rows:?}"
        );
        assert!(
            rows[4].starts_with(",Ending balance,") && rows[4].contains(",540.00,"),
            "{rows:?}"
        );
        let unknown = viewer
            .get(&format!("{register}?account=999999&{YEAR}&format=csv"))
            .await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn paper_keeps_what_a_reader_is_warned_of_on_the_screen() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Printed Warnings").await;
        let known = known_books(&cx).await;
        let close = YearClose {
            ends_on: date!(2025 - 12 - 31),
            today: date!(2026 - 10 - 31),
            reason: "Filed.".to_owned(),
            anyway: true,
        };
        fiscal_year_close(&cx, &close, &RequestKey::fresh())
            .await
            .expect("closed");
        let exception = NewLockException {
            person: cx.actor().name.clone(),
            from_day: date!(2025 - 01 - 01),
            until: OffsetDateTime::now_utc() + Duration::DAY,
            reason: "A late bill".to_owned(),
        };
        exception_grant(&cx, &exception, &RequestKey::fresh())
            .await
            .expect("granted");
        let (late, bank) = (date!(2025 - 07 - 01), "Business Checking");
        post(&cx, late, ["Rent", bank], 900, Marks::default(), None).await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let reports = format!("/c/{}/reports", cx.tenant().slug);
        let earned = viewer
            .get(&format!("{reports}/profit-and-loss?from=2025-01-01&to=2025-12-31"))
            .await;
        let said = on_paper(&earned);
        assert!(
            said.starts_with(
                "A closed period that this shows changed since. FY 2025: 1 document changed since it was closed"
            ),
            "{said}: {}",
            earned.body
        );
        let bank = account(&cx, bank).await;
        let register = viewer
            .get(&format!("{reports}/ledger?account={bank}&{YEAR}&known={known}"))
            .await;
        let said = on_paper(&register);
        assert!(
            said.starts_with("As the books stand now, the ending balance is "),
            "{said}"
        );
        assert_eq!(
            register.body.matches("As the books stand now").count(),
            2,
            "on the screen and on paper"
        );
    });
}

#[test]
fn every_file_of_lines_ends_with_whose_books_they_are_and_what_it_was_made_of() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Filed Lines").await;
        let change = known_books(&cx).await;
        let rent = account(&cx, "Rent").await;
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        for (report, title) in [
            ("general-ledger?".to_owned(), "General Ledger"),
            ("journal?".to_owned(), "Journal"),
            (format!("ledger?account={rent}&"), "Account Register"),
        ] {
            let address = format!(
                "/c/{}/reports/{report}{YEAR}&format=csv&known={change}",
                cx.tenant().slug
            );
            let file = viewer.get(&address).await;
            let foot = file.body.split_once("\r\n\r\n").expect("a foot").1;
            assert!(
                foot.starts_with(&format!("Company,Filed Lines\r\nReport,{title}\r\n")),
                "{foot}"
            );
            for record in [
                "Basis,Accrual basis\r\n",
                "Made,",
                &format!("\r\nAs known at,\"change {change}, "),
            ] {
                assert!(foot.contains(record), "{record} in {foot}");
            }
        }
    });
}

/// A line that nobody said what it was, and a draft, on a day.
pub async fn uncategorized_and_draft(cx: &Cx, day: Date) {
    let bank = "Business Checking";
    post(cx, day, ["Uncategorized Expense", bank], 500, Marks::default(), None).await;
    let waits = entry(cx, day, "Waits", &[leg("Rent", 5), leg(bank, -5)]).await;
    keep_draft(cx, &waits).await;
}
