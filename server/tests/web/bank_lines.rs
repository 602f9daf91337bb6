//! The review list as a browser meets it: filters in the address, what is done with selected lines, the file.

use axum::http::StatusCode;
use books::review::{LineFilter, LineSort, LineState, review_list};
use books::statements::{StatementChoice, StatementSource, statement_import};
use tenancy::{Cx, Direction, RequestKey, Role, Seek};
use time::macros::date;

use crate::browser::Browser;
use crate::fixture::{account, entry, leg, post_entry};
use crate::roles::company;
use crate::support::{Answer, Site};

const LINES: [(&str, &str, &str, &str); 4] = [
    ("20260302", "-42.50", "n1", "Corner Hardware"),
    ("20260303", "-1200.00", "n2", "Cedar Property"),
    ("20260304", "845.00", "n3", "=Deposit"),
    ("20260305", "-9.999", "n4", "Fraction of a cent"),
];

/// A company with those lines, of which the first is in the books already; and its bank account.
async fn imported(kit: &testkit::Kit, name: &str) -> (Cx, i64) {
    let cx = company(kit, name).await;
    let bolts = [leg("Supplies", 4_250), leg("Business Checking", -4_250)];
    post_entry(&cx, &entry(&cx, date!(2026 - 03 - 01), "Bolts", &bolts).await).await;
    let lines: String = LINES
        .iter()
        .map(|(day, amount, id, name)| {
            format!("<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{id}<NAME>{name}</STMTTRN>\n")
        })
        .collect();
    let bytes = format!(
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX>\n<BANKMSGSRSV1>\n<STMTTRNRS><STMTRS><CURDEF>USD\
         <BANKACCTFROM><BANKID>121000358<ACCTID>4400120034410<ACCTTYPE>CHECKING</BANKACCTFROM>\n\
         <BANKTRANLIST>\n{lines}</BANKTRANLIST></STMTRS></STMTTRNRS>\n</BANKMSGSRSV1>\n</OFX>\n"
    );
    let source = StatementSource::Bytes {
        file_name: "march.qfx".to_owned(),
        bytes: bytes.into_bytes(),
    };
    let choice = StatementChoice {
        of_file: String::new(),
        account_id: account(&cx, "Business Checking").await,
    };
    let imported = statement_import(&cx, source, &[choice], &RequestKey::fresh())
        .await
        .expect("the statement is imported");
    (cx, imported.bank_account_id.expect("a bank account"))
}

/// The boxes of the rows, as a browser would send them.
fn boxes(page: &Answer) -> Vec<String> {
    let inputs = page.body.split("<input").skip(1);
    let inputs = inputs.filter_map(|input| input.split('>').next());
    inputs
        .filter(|input| input.contains("name=\"select\""))
        .filter_map(|input| Some(input.split("value=\"").nth(1)?.split('"').next()?.to_owned()))
        .collect()
}

fn rows(page: &Answer) -> usize {
    page.body.matches("data-line=").count()
}

async fn states(cx: &Cx, bank_account_id: i64) -> Vec<LineState> {
    let filter = LineFilter {
        bank_account_id,
        ..LineFilter::default()
    };
    let (sort, up) = (LineSort::Date, Direction::Ascending);
    let page = review_list(cx, &filter, sort, up, &Seek::First, 100).await;
    page.expect("the lines").rows.iter().map(|line| line.state).collect()
}

#[test]
fn bank_lines_are_filtered_by_their_address_and_what_cannot_be_read_says_so() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let (cx, bank) = imported(kit, "Filtered Lines").await;
        let list = format!("/c/{}/banking/{bank}", cx.tenant().slug);
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        for (query, found) in [
            ("", 3),
            ("state=doubtful", 1),
            ("text=cedar", 1),
            ("way=in", 1),
            ("match=yes", 1),
            ("amount=40+to+900", 2),
            ("from=3%2F3%2F2026&to=3%2F3%2F2026", 1),
            ("text=nothing", 0),
        ] {
            let page = viewer.get(&format!("{list}?{query}")).await;
            assert_eq!((page.status, rows(&page)), (StatusCode::OK, found), "{query}");
            assert_eq!(boxes(&page).len(), 0, "a viewer selects none");
        }
        let narrowed = viewer.get(&format!("{list}?way=out")).await;
        assert!(
            narrowed.body.contains("2 lines, -1,242.50 USD in all"),
            "{}",
            narrowed.body
        );
        for (query, field) in [
            ("from=02/31/2026", "from"),
            ("amount=12,50", "amount"),
            ("way=up", "way"),
        ] {
            let page = viewer.get(&format!("{list}?{query}&text=cedar")).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
            let error = format!("id=\"field-{field}-error\"");
            assert!(page.body.contains(&error), "{query}: {}", page.body);
            assert_eq!(rows(&page), 0, "{query}");
            assert!(page.body.contains("value=\"cedar\""), "nothing is lost");
            let file = viewer.get(&format!("{list}/lines.csv?{query}")).await;
            assert_eq!(file.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        }
        let file = viewer.get(&format!("{list}/lines.csv?sort=-amount")).await;
        let lines: Vec<&str> = file.body.lines().skip(1).collect();
        assert_eq!(lines.len(), 3, "{}", file.body);
        assert!(
            lines[0].starts_with("2026-03-04,'=Deposit,,,845.00,USD,To review,"),
            "{}",
            file.body
        );
        assert!(lines[1].contains("Corner Hardware") && lines[1].contains("the same amount a day earlier"));
    });
}

#[test]
fn suggestions_are_accepted_together_or_not_at_all_with_the_line_named_at_its_row() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let (cx, bank) = imported(kit, "Selected Lines").await;
        let list = format!("/c/{}/banking/{bank}?state=new&way=out", cx.tenant().slug);
        let mut editor = Browser::member(kit, &site, &cx, Role::Editor).await;
        let page = editor.get(&format!("{list}&all=yes")).await;
        assert_eq!(page.body.matches(" checked").count(), 2, "{}", page.body);
        let values = boxes(&page);
        let (rent, bolts) = (&values[0], &values[1]);
        assert!(bolts.contains('.') && !rent.contains('.'), "{values:?}");
        let refused = editor
            .post(
                &list,
                &[("select", bolts), ("select", rent), ("action", "match_selected")],
            )
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let message = "Cedar Property, Mar 3, 2026: Nothing in the books fits this line.";
        assert!(refused.body.contains(message), "{}", refused.body);
        assert!(
            refused.body.contains(&format!("id=\"field-select-{rent}-error\"")),
            "{}",
            refused.body
        );
        assert_eq!(
            refused.body.matches(" checked").count(),
            2,
            "what was selected stays so"
        );
        assert_eq!(rows(&refused), 2, "the filters stay");
        assert!(
            states(&cx, bank)
                .await
                .iter()
                .all(|state| *state != LineState::Accepted)
        );

        let done = editor
            .post(&list, &[("select", bolts), ("action", "match_selected")])
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let after = editor.get(done.header("location")).await;
        assert!(after.body.contains("1 line was matched."), "{}", after.body);
        assert_eq!(rows(&after), 1);
        assert_eq!(states(&cx, bank).await[0], LineState::Accepted);
    });
}

#[test]
fn selected_lines_are_excluded_and_put_back() {
    testkit::run(async |kit| {
        let site = Site::plain(kit);
        let (cx, bank) = imported(kit, "Excluded Lines").await;
        let list = format!("/c/{}/banking/{bank}?state=new", cx.tenant().slug);
        let mut editor = Browser::member(kit, &site, &cx, Role::Editor).await;
        let nothing = editor.post(&list, &[("action", "exclude_selected")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.body.contains("Nothing is selected."), "{}", nothing.body);
        let values = boxes(&editor.get(&list).await);
        let fields = [
            ("select", values[0].as_str()),
            ("select", values[1].as_str()),
            ("action", "exclude_selected"),
        ];
        let done = editor.post(&list, &fields).await;
        assert!(
            editor
                .get(done.header("location"))
                .await
                .body
                .contains("2 lines were excluded."),
            "{}",
            done.body
        );
        let excluded = format!("/c/{}/banking/{bank}?state=excluded", cx.tenant().slug);
        let values = boxes(&editor.get(&excluded).await);
        assert_eq!(values.len(), 2);
        let fields = [
            ("select", values[0].as_str()),
            ("select", values[1].as_str()),
            ("action", "undo_selected"),
        ];
        let done = editor.post(&excluded, &fields).await;
        assert!(
            editor
                .get(done.header("location"))
                .await
                .body
                .contains("2 lines are back on the list."),
            "{}",
            done.body
        );
        let mut viewer = Browser::member(kit, &site, &cx, Role::Viewer).await;
        let refused = viewer.post(&list, &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}
