//! What is logged of a request.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use axum::routing::get;
use serde_json::Value;
use server::errors::PageError;
use server::layers::Guard;
use server::log::json_lines;
use server::routes::Route;

use crate::support::{HERE, Site};

async fn failing() -> PageError {
    tracing::warn!("it may break");
    PageError::internal("it broke")
}

#[test]
fn a_line_has_the_id_of_its_request_whatever_is_logged_and_however_far_in() {
    testkit::run(async |kit| {
        let site = Site::with(kit, vec![Route::show("/failing", Guard::Public, get(failing))], HERE);
        // Of a single log, tracing asks whichever test first comes by a line whether it is logged, and the others have no log.
        let _another = tracing::Dispatch::new(json_lines("error", std::io::sink));
        for chosen in ["info", "warn", "error"] {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{chosen}.log"));
            let file = Arc::new(File::create(&path).expect("a file for the log"));
            let logging = tracing::subscriber::set_default(json_lines(chosen, file));
            let answer = site.get("/failing").await;
            drop(logging);

            let log = std::fs::read_to_string(&path).expect("the log");
            let lines: Vec<Value> = log
                .lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect();
            let levels = lines.iter().map(|line| line["level"].as_str().unwrap_or_default());
            let expected: &[&str] = match chosen {
                "info" => &["WARN", "ERROR", "INFO"],
                "warn" => &["WARN", "ERROR"],
                _ => &["ERROR"],
            };
            assert_eq!(levels.collect::<Vec<_>>(), expected, "{log}");
            for line in &lines {
                assert_eq!(line["spans"][0]["request_id"], answer.header("x-request-id"), "{line}");
            }
        }
    });
}
