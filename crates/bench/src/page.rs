//! What a browser loads before the first paint, and apart from it.

use std::fmt::Write as _;

use testkit::Kit;

use crate::posting::company;
use crate::visitor::{Visitor, site};

/// The pages, by their address in the company.
const PAGES: [(&str, &str); 4] = [
    ("Home", ""),
    ("Banking", "/banking"),
    ("journal entry's form", "/accounting/journal/new"),
    ("balance sheet", "/reports/balance-sheet"),
];

pub async fn measure(kit: &Kit) -> String {
    let site = site();
    let bytes = |file: &str| {
        let path = site.join("pkg").join(file);
        std::fs::metadata(&path).map_or_else(|error| panic!("{}: {error}", path.display()), |meta| meta.len())
    };
    let style = bytes("cartefi.css.br");
    let mut out =
        String::from("## What a browser loads\n\nBytes as served with brotli; a company without entries.\n\n");
    let cx = company(kit).await;
    let visitor = Visitor::of(kit, &cx).await;
    out.push_str("| page | its HTML | with the style, before the first paint |\n| --- | ---: | ---: |\n");
    for (name, path) in PAGES {
        let html = visitor.bytes(&format!("/c/{}{path}", cx.tenant().slug)).await;
        let _ = writeln!(out, "| {name} | {html} | {} |", html + style);
    }
    out.push_str("\n| file, apart from it | bytes |\n| --- | ---: |\n");
    for (what, file) in [
        ("script that starts the islands", "cartefi.js.br"),
        ("wasm, on pages with an island", "cartefi_bg.wasm.br"),
    ] {
        let _ = writeln!(out, "| {what} | {} |", bytes(file));
    }
    out
}
