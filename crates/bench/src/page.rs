//! What a browser loads before the first paint, and apart from it.

use std::fmt::Write as _;
use std::path::PathBuf;

pub fn measure() -> String {
    println!("page");
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    let pkg = target.join("site/pkg");
    let mut out =
        String::from("## What a browser loads\n\nBytes as served with brotli.\n\n| file | bytes |\n| --- | ---: |\n");
    for (what, file) in [
        ("style", "cartefi.css.br"),
        ("script that starts the islands", "cartefi.js.br"),
        ("wasm, on pages with an island", "cartefi_bg.wasm.br"),
    ] {
        match std::fs::metadata(pkg.join(file)) {
            Ok(meta) => {
                let _ = writeln!(out, "| {what} | {} |", meta.len());
            }
            Err(_) => {
                let _ = writeln!(out, "| {what} | not built |");
            }
        }
    }
    out
}
