//! The largest statement: 100,000 lines in 20 MB.

use std::fmt::Write as _;
use std::time::Instant;

use books::statements::statement_undo;
use tenancy::RequestKey;

use super::*;
use crate::fixture;

const LINES: usize = feeds::STATEMENT_LINES_MAX;

fn largest() -> Vec<u8> {
    let mut transactions = String::new();
    for n in 0..LINES {
        let (day, cents) = (1 + n % 28, 1 + n % 9_000);
        writeln!(
            transactions,
            "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>202610{day:02}<TRNAMT>-{}.{:02}<FITID>{n:012}<NAME>Vendor {n}<MEMO>{:<95}.</STMTTRN>",
            cents / 100,
            cents % 100,
            "Card purchase"
        )
        .expect("a string takes what is written to it");
    }
    let whole = account_statement("900100200300", "USD", "", &[]);
    file(&[whole.replace("<BANKTRANLIST>\n", &format!("<BANKTRANLIST>\n{transactions}"))])
}

#[test]
fn the_largest_statement_is_imported_known_again_and_undone() {
    testkit::run(async |kit| {
        let cx = fixture::company(kit, "Juniper Cycles").await;
        let bytes = largest();
        println!("{} lines, {} bytes", LINES, bytes.len());
        assert!(bytes.len() > 19_000_000 && (bytes.len() as u64) < feeds::STATEMENT_BYTES_MAX);
        let start = Instant::now();
        let imported = import(&cx, "Business Checking", bytes.clone()).await;
        println!("imported in {:.1} s", start.elapsed().as_secs_f64());
        assert_eq!(new_known_doubtful(&imported), [LINES, 0, 0]);
        let start = Instant::now();
        assert_eq!(
            new_known_doubtful(&import(&cx, "Business Checking", bytes).await),
            [0, LINES, 0]
        );
        println!("known again in {:.1} s", start.elapsed().as_secs_f64());
        let start = Instant::now();
        let import_id = imported.import_id.expect("an import");
        let undone = statement_undo(&cx, import_id, &RequestKey::fresh())
            .await
            .expect("undone");
        println!("undone in {:.1} s", start.elapsed().as_secs_f64());
        assert_eq!(undone.withdrawn_lines, LINES as u64);
    });
}
