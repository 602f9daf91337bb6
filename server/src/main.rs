//! The binary `cartefi`.

use std::process::ExitCode;

use clap::Parser;
use server::commands::Cli;

fn main() -> ExitCode {
    // The one TLS provider of the process: set before anything can open a connection. It fails only when set twice.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Cli::parse().run()
}
