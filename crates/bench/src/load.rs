//! Pages a second: the server, its database and the load on the same cores.

use std::fmt::Write as _;
use std::process::Command;

use books::accounts::account_choices;
use books::journal_import::journal_import;
use books::statements::{StatementChoice, StatementSource, statement_import};
use tenancy::{Cx, RequestKey};
use testkit::Kit;
use tokio::net::TcpListener;

use crate::posting::company;
use crate::reports::file;
use crate::visitor::Visitor;

/// Lines that wait in the review list.
const BANK_LINES: usize = 5_000;
/// How long each page is asked for.
const SECONDS: u32 = 8;
const CONNECTIONS: [u32; 3] = [1, 8, 32];

pub async fn measure(kit: &Kit) -> String {
    let cx = company(kit).await;
    let outcome = journal_import(&cx, file(0).as_bytes(), false, &RequestKey::fresh())
        .await
        .expect("an import");
    assert!(outcome.errors.is_empty(), "{:?}", outcome.errors.first());
    let bank = bank_lines(&cx).await;
    kit.vacuum(&cx).await;
    let visitor = Visitor::of(kit, &cx).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let router = visitor.router.clone();
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });

    let mut out = format!(
        "## Pages under load\n\nA company with 100,000 postings and {BANK_LINES} bank lines to review, {SECONDS} seconds a figure, brotli. The load itself (wrk, one thread), the server and PostgreSQL share the cores.\n\n| page | connections | pages a second | half within | 99 of 100 within |\n| --- | ---: | ---: | ---: | ---: |\n"
    );
    let slug = &cx.tenant().slug;
    for (name, path) in [
        ("Home", String::new()),
        ("review list, its page of 50 lines", format!("/banking/{bank}")),
        (
            "profit and loss, a year by month",
            "/reports/profit-and-loss?from=2026-01-01&to=2026-12-31&columns=month".to_owned(),
        ),
    ] {
        for connections in CONNECTIONS {
            let url = format!("http://{address}/c/{slug}{path}");
            let cookie = visitor.cookie.clone();
            let seen = tokio::task::spawn_blocking(move || wrk(&url, &cookie, connections))
                .await
                .expect("the load ends");
            let _ = writeln!(
                out,
                "| {name} | {connections} | {} | {} | {} |",
                seen.a_second, seen.half, seen.most
            );
        }
    }
    serving.abort();
    out
}

struct Seen {
    a_second: String,
    half: String,
    most: String,
}

/// Asks for a page for some seconds and reads what wrk says of it. A page that is not answered well is none.
fn wrk(url: &str, cookie: &str, connections: u32) -> Seen {
    let output = Command::new("wrk")
        .args(["--threads", "1", "--latency", "--duration"])
        .arg(format!("{SECONDS}s"))
        .args(["--connections", &connections.to_string()])
        .args([
            "--header",
            &format!("Cookie: {cookie}"),
            "--header",
            "Accept-Encoding: br",
            url,
        ])
        .output()
        .expect("wrk is installed");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success() && !said.contains("Non-2xx") && !said.contains("Socket errors"),
        "{url}: {said}"
    );
    let after = |mark: &str| {
        let line = said.lines().map(str::trim).find_map(|line| line.strip_prefix(mark));
        line.unwrap_or_else(|| panic!("{mark}: {said}")).trim().to_owned()
    };
    Seen {
        a_second: after("Requests/sec:"),
        half: after("50%"),
        most: after("99%"),
    }
}

/// Brings a statement with many lines and gives its bank account.
async fn bank_lines(cx: &Cx) -> i64 {
    let mut lines = String::new();
    for i in 0..BANK_LINES {
        let (month, day, cents) = (1 + i % 10, 1 + i / 10 % 28, 1_001 + i * 7 % 90_000);
        let _ = writeln!(
            lines,
            "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>2026{month:02}{day:02}<TRNAMT>-{}.{:02}<FITID>b{i}<NAME>Supplier {}</STMTTRN>",
            cents / 100,
            cents % 100,
            i % 200
        );
    }
    let ofx = format!(
        "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>1<ACCTID>1001<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\n{lines}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n"
    );
    let choices = account_choices(cx).await.expect("the chart");
    let checking = choices
        .iter()
        .find(|account| account.label.ends_with("Business Checking"));
    let source = StatementSource::Bytes {
        file_name: "bench.ofx".to_owned(),
        bytes: ofx.into_bytes(),
    };
    let choice = StatementChoice {
        of_file: String::new(),
        account_id: checking.expect("an account").id,
    };
    let imported = statement_import(cx, source, &[choice], &RequestKey::fresh())
        .await
        .expect("an import");
    imported.bank_account_id.expect("a bank account")
}
