#![doc = include_str!("../README.md")]
#![expect(clippy::print_stdout, reason = "progress of a run of some minutes")]

mod companies;
mod ledgers;
mod lists;
mod load;
mod memory;
mod page;
mod peer;
mod posting;
mod reports;
mod visitor;

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What is measured, in order.
const SECTIONS: [&str; 7] = ["companies", "posting", "memory", "reports", "lists", "load", "page"];

/// How often each figure is taken.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let Some(path) = words.next() else {
        eprintln!(
            "bench FILE [SECTION…]: where to write the figures, and which ones alone; by `cargo xtask bench` all of them"
        );
        return ExitCode::from(2);
    };
    let wanted: Vec<String> = words.collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    let mut page = String::new();
    testkit::run(async |kit| {
        let mut sections = Vec::new();
        for name in SECTIONS.into_iter().filter(|name| is_wanted(name)) {
            println!("{name}");
            sections.push(match name {
                "companies" => companies::measure(kit).await,
                "posting" => posting::measure(kit).await,
                "memory" => memory::measure(kit).await,
                "reports" => reports::measure(kit).await,
                "lists" => lists::measure(kit).await,
                "load" => load::measure(kit).await,
                _ => page::measure(kit).await,
            });
        }
        page = sections.join("\n");
    });
    if page.is_empty() {
        return ExitCode::FAILURE;
    }
    let mut whole = String::from("# Benchmarks\n\n");
    let _ = writeln!(
        whole,
        "Written by `cargo xtask bench` on {}: a release build and PostgreSQL 15 with its defaults (fsync on) on the same {} cores.\nMedians of {RUNS} runs; ratios are against a floor measured in the same run.\n",
        time::OffsetDateTime::now_utc().date(),
        std::thread::available_parallelism().map_or(0, usize::from)
    );
    whole.push_str(&page);
    match std::fs::write(&path, whole) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{path}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The median of the runs of something.
async fn median(mut run: impl AsyncFnMut() -> Duration) -> Duration {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        times.push(run().await);
    }
    times.sort();
    times[RUNS / 2]
}

/// How long something takes.
async fn timed(work: impl Future<Output = ()>) -> Duration {
    let start = Instant::now();
    work.await;
    start.elapsed()
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
}
