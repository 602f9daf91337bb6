//! Build, watch and tidy: what cargo does not do by itself. Run as `cargo xtask <command>`; see README.md.

#![expect(clippy::print_stdout, reason = "a command line tool talks to the terminal")]

mod bench;
mod build;
mod dev;
mod schema;
mod tidy;
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::workspace::Workspace;

#[derive(Parser, Debug)]
#[command(name = "cargo xtask", about, disable_help_subcommand = true)]
enum Command {
    /// Builds the server, and the browser's half with its style and typeface
    Build(build::Options),
    /// Rebuilds, restarts and reloads the page whenever a source file changes
    Dev,
    /// Checks the house rules over every file
    Tidy,
    /// Measures speed and memory and writes docs/benchmarks.md
    Bench,
    /// Writes migrations/tenant/baseline.sql from the steps
    Baseline,
    /// Writes .sqlx from the queries and the schema
    Queries(schema::QueriesOptions),
}

fn main() -> ExitCode {
    let command = Command::parse();
    let workspace = Workspace::here();
    let outcome = match command {
        Command::Build(options) => build::run(&workspace, &options),
        Command::Dev => dev::run(&workspace),
        Command::Tidy => tidy::run(&workspace),
        Command::Bench => bench::run(&workspace),
        Command::Baseline => schema::baseline(&workspace),
        Command::Queries(options) => schema::queries(&workspace, &options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
