//! `cartefi setup`

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tenancy::{AdminConfig, Config, Secret, Setup};
use vault::KeyEncryptionKey;

use super::installation::block_on;

/// Options of `cartefi setup`.
#[derive(clap::Args, Debug)]
pub struct Options {
    /// A superuser's address of the PostgreSQL that holds control and the first cell
    #[arg(long, env = "CARTEFI_ADMIN_URL", hide_env_values = true)]
    admin_url: String,
    /// Further cells: a name and a superuser's address each, as NAME=URL
    #[arg(long = "cell", value_name = "NAME=URL")]
    cells: Vec<String>,
    /// Where to write the server's configuration
    #[arg(long, env = "CARTEFI_CONFIG", value_name = "FILE")]
    config: PathBuf,
    /// Where to write the configuration of `provision` and `migrate`, which the server must not be able to read
    #[arg(long, env = "CARTEFI_OPERATOR_CONFIG", value_name = "FILE")]
    operator_config: PathBuf,
    /// The key-encryption key, made when it is not there
    #[arg(long, env = "CARTEFI_KEY_FILE", value_name = "FILE")]
    key_file: PathBuf,
    /// The prefix of the names of roles and databases
    #[arg(long, default_value = "cartefi")]
    prefix: String,
    /// Sub-pools a cell: each has a login of its own, granted only its share of the companies
    #[arg(long, default_value_t = 2)]
    sub_pools: i16,
    /// Most connections of a sub-pool, for reading and for writing each
    #[arg(long, default_value_t = 8)]
    connections: u32,
}

/// Makes roles, databases and configurations, or brings those that are there up to date.
///
/// # Errors
/// PostgreSQL does not answer or refuses, or a file cannot be written.
pub fn run(options: Options) -> Result<()> {
    let mut cells = vec![("a".to_owned(), Secret::new(options.admin_url))];
    for cell in options.cells {
        match cell.split_once('=') {
            Some((name, url)) => cells.push((name.to_owned(), Secret::new(url))),
            None => bail!("a cell is given as NAME=URL"),
        }
    }
    if !options.key_file.exists() {
        KeyEncryptionKey::generate_file(&options.key_file)?;
    }
    let earlier = match (options.config.exists(), options.operator_config.exists()) {
        (true, true) => Some((
            Config::read(&options.config)?,
            AdminConfig::read(&options.operator_config)?,
        )),
        _ => None,
    };
    let wanted = Setup {
        prefix: options.prefix,
        cells,
        sub_pools: options.sub_pools,
        connections_max: options.connections,
        earlier,
    };
    let (config, operator) = block_on(async { Ok(tenancy::setup(&wanted).await?) })?;
    write_private(&options.config, &serde_json::to_string_pretty(&config)?)?;
    write_private(&options.operator_config, &serde_json::to_string_pretty(&operator)?)
}

/// Writes a file that only its owner reads, whole or not at all.
fn write_private(path: &Path, text: &str) -> Result<()> {
    let new = path.with_extension("new");
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}
