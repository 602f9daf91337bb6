//! Where the sources and the built files are, and how programs are run there.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The checkout, and the folder that cargo builds into.
#[derive(Debug)]
pub struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// `CARGO_TARGET_DIR`, or `target` in the checkout.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace that this program was built from.
    pub fn here() -> Self {
        let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
            .components()
            .collect::<PathBuf>()
            .join("../..");
        let root = root.canonicalize().unwrap_or(root);
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Self { root, target }
    }

    /// The cargo that runs this program, so that every half is built by one compiler.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&self.root);
        without_own_package(&mut command);
        command
    }

    /// What the server serves: `pkg/` and the files of `public/`.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }
}

/// Keeps from a command what cargo told this program of its own package. Build scripts ask for the same names: a cargo further down that
/// finds them set otherwise than the one in the shell makes those crates anew, and all that stands on them.
pub fn without_own_package(command: &mut Command) {
    for (name, _) in env::vars_os() {
        let is_own = name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if is_own {
            command.env_remove(name);
        }
    }
}

/// Runs a program to its end; an exit code other than 0 is an error that names the program.
pub fn run_to_end(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command
        .status()
        .with_context(|| format!("{name} could not be started"))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}
