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

/// How often each figure is taken.
const RUNS: usize = 5;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("bench FILE: where to write the figures; run it by `cargo xtask bench`");
        return ExitCode::from(2);
    };
    let mut page = String::new();
    testkit::run(async |kit| {
        let mut sections = vec![companies::measure(kit).await];
        sections.push(posting::measure(kit).await);
        sections.push(memory::measure(kit).await);
        sections.push(reports::measure(kit).await);
        sections.push(lists::measure(kit).await);
        sections.push(load::measure(kit).await);
        sections.push(page::measure(kit).await);
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
