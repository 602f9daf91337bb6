//! The live schema that `cargo xtask baseline` and `cargo xtask queries` need. Run by them; needs CARTEFI_TEST_DATABASE_URL.
//!
//! A program of its own, because xtask must compile while a query of another crate does not.
//!
//! `schema baseline FILE` writes the shape of a company made by all the steps.
//! `schema exec PROGRAM ARGUMENT…` runs a program with DATABASE_URL set to a database that has a company's and control's tables.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut code = ExitCode::from(2);
    testkit::run(async |kit| {
        code = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["baseline", file] => {
                let company = kit
                    .provisioner()
                    .make_by_steps()
                    .await
                    .expect("the steps make a company");
                std::fs::write(file, kit.shape(company).await).expect("the baseline is written");
                ExitCode::SUCCESS
            }
            ["exec", program, rest @ ..] => {
                let address = kit.check_database().await;
                let mut command = Command::new(program);
                command.args(rest).env("DATABASE_URL", address.expose());
                // What cargo said of this package: see `without_own_package` in xtask.
                for (name, _) in std::env::vars_os() {
                    let of_package = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
                    if name.to_str().is_some_and(of_package) {
                        command.env_remove(name);
                    }
                }
                let status = command.status().expect("the program starts");
                if status.success() {
                    ExitCode::SUCCESS
                } else {
                    ExitCode::FAILURE
                }
            }
            _ => ExitCode::from(2),
        };
    });
    code
}
