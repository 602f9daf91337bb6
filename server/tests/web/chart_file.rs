//! A chart of accounts from a file: what it moves in the statement of cash flows is said, and asked about where it is locked.

use axum::http::StatusCode;
use books::accounts::account_list;
use books::documents::Marks;
use books::journal::{JournalInput, JournalInputLine, journal_create_issued};
use books::locks::lock_set;
use tenancy::{Cx, RequestKey, Role};
use time::macros::date;

use crate::browser::Browser;
use crate::roles::company;
use crate::support::{Answer, Site};
use crate::uploads::{upload, upload_with};

const CHART: &str = "Account Name,Type,Detail Type\r\nPayroll Liabilities,Other Current Liabilities,Line of Credit\r\n";
const TITLE: &str = "This moves history in the statement of cash flows";

/// What a line of credit brought in 2025, on the account of wages.
async fn borrowed(cx: &Cx) {
    let accounts = account_list(cx, None).await.expect("the chart");
    let of = |name: &str| {
        accounts
            .iter()
            .find(|account| account.name == name)
            .expect("an account")
            .id
    };
    let line = |account_id, amount| JournalInputLine {
        line_no: None,
        account_id,
        contact_id: None,
        description: String::new(),
        amount,
        due_on: None,
    };
    let input = JournalInput {
        date: date!(2025 - 03 - 02),
        memo: String::new(),
        reference: String::new(),
        marks: Marks::default(),
        lines: vec![
            line(of("Business Checking"), 50_000),
            line(of("Payroll Liabilities"), -50_000),
        ],
    };
    journal_create_issued(cx, &input, &RequestKey::fresh())
        .await
        .expect("an entry");
}

fn seen(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"seen\" value=\"").expect("what was seen");
    rest.split_once('"').expect("its end").0.to_owned()
}

#[test]
fn a_file_that_moves_locked_cash_flows_is_recorded_once_the_box_is_checked() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let cx = company(kit, "Moved Flows").await;
        borrowed(&cx).await;
        let browser = Browser::member(kit, &site, &cx, Role::Accountant).await;
        let address = format!("/c/{}/accounting/accounts/import", cx.tenant().slug);
        let open = upload(&site, &browser, &address, "chart.csv", CHART).await;
        assert!(open.body.contains(TITLE), "{}", open.body);
        assert!(
            open.body.contains(
                "1 account with 1 line, dated Mar 2, 2025 to Mar 2, 2025 stands in another part of the statement of cash flows"
            ),
            "{}",
            open.body
        );
        assert!(!open.body.contains("name=\"moves_locked\""), "nothing of it is locked");
        lock_set(&cx, Some(date!(2025 - 12 - 31)), "Filed.", &RequestKey::fresh())
            .await
            .expect("locked");
        let locked = upload(&site, &browser, &address, "chart.csv", CHART).await;
        assert!(locked.body.contains("name=\"moves_locked\""), "{}", locked.body);
        assert!(
            locked.body.contains("the books are locked through Dec 31, 2025"),
            "{}",
            locked.body
        );
        let seen = seen(&locked);
        let unasked = [("text", CHART), ("seen", &*seen), ("action", "import")];
        let refused = upload_with(&site, &browser, &address, ("", ""), &unasked).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(
            refused.body.contains("id=\"field-moves_locked-error\""),
            "{}",
            refused.body
        );
        assert!(refused.body.contains("Say that you want it."), "{}", refused.body);
        let agreed = [&unasked[..], &[("moves_locked", "yes")]].concat();
        let done = upload_with(&site, &browser, &address, ("", ""), &agreed).await;
        assert!(done.header("location").ends_with("imported=0.1.0"), "{done:?}");
    });
}
