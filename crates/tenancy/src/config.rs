//! Where the databases are and who logs in. Set-up writes these files, mode 0600; the server reads only its own.

use std::fmt;
use std::net::IpAddr;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::Error;

/// Text that no log, error or Debug output shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A random one: 32 bytes in hex.
    pub fn random() -> Self {
        let bytes: [u8; 32] = rand::random();
        Self(hex::encode(bytes))
    }

    /// The text, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// A database login.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Login {
    /// The role's name.
    pub name: String,
    /// Its password.
    pub password: Secret,
}

/// The address of a PostgreSQL: a socket's folder or a host name, and a port.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Address {
    /// A folder (it begins with /) or a host.
    pub host: String,
    /// The port, also part of the socket's name.
    pub port: u16,
}

/// What the server needs: no login in it may make a role or change a table's shape.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Config {
    /// The installation's prefix of role and database names.
    pub prefix: String,
    /// Where control is.
    pub control: Address,
    /// The web server's login at control.
    pub web: Login,
    /// The cells.
    pub cells: Vec<CellConfig>,
    /// Most connections of one sub-pool that read, and that write.
    pub read_connections_max: u32,
    /// See `read_connections_max`.
    pub write_connections_max: u32,
}

/// One cell: a PostgreSQL that holds companies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CellConfig {
    /// Its name in `control.cell`.
    pub name: String,
    /// Where it is.
    pub address: Address,
    /// Its sub-pools, in order.
    pub sub_pools: Vec<SubPoolConfig>,
}

/// One sub-pool: a login that was granted its share of the cell's companies.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SubPoolConfig {
    /// The login.
    pub login: Login,
}

/// What the provisioner and the migrator need; the server never reads this file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AdminConfig {
    /// The installation's prefix.
    pub prefix: String,
    /// Where control is.
    pub control: Address,
    /// Cells' names and addresses, with the number of sub-pools each.
    pub cells: Vec<(String, Address, i16)>,
    /// Makes companies.
    pub provisioner: Login,
    /// Applies migrations.
    pub migrator: Login,
}

impl Address {
    /// Options to connect to `database` as `login`.
    pub(crate) fn options(&self, database: &str, login: &Login) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass()
            .username(&login.name)
            .password(login.password.expose())
            .database(database)
            .port(self.port)
            .application_name("cartefi");
        let options = if self.host.starts_with('/') {
            options.socket(&self.host)
        } else {
            options.host(&self.host)
        };
        // Compiling a plan takes longer than the longest of our statements; starting helpers for one takes longer than most, and what
        // several companies ask at once has no core to spare for them.
        encrypted(options).options([
            ("timezone", "UTC"),
            ("jit", "off"),
            ("max_parallel_workers_per_gather", "0"),
        ])
    }
}

/// A database on another machine is spoken to over TLS alone, its certificate verified: by the authorities of the web, or by the one
/// that `PGSSLROOTCERT` names.
pub(crate) fn encrypted(options: PgConnectOptions) -> PgConnectOptions {
    let host = options.get_host();
    let here = options.get_socket().is_some()
        || host == "localhost"
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if here {
        options
    } else {
        options.ssl_mode(PgSslMode::VerifyFull)
    }
}

impl Config {
    /// Reads the server's file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        read(path)
    }
}

impl AdminConfig {
    /// Reads the operator's file.
    pub fn read(path: &Path) -> Result<Self, Error> {
        read(path)
    }
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::Config(format!("{}: {e}", path.display())))?;
    serde_json::from_str(&text).map_err(|e| Error::Config(format!("{}: {e}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_on_this_machine_is_spoken_to_without_tls() {
        let mode = |host: &str| {
            let address = Address {
                host: host.to_owned(),
                port: 5432,
            };
            let login = Login {
                name: "cartefi_web".to_owned(),
                password: Secret::new("password"),
            };
            address.options("control", &login).get_ssl_mode()
        };
        for here in ["localhost", "127.0.0.1", "::1", "/run/postgresql"] {
            assert!(!matches!(mode(here), PgSslMode::VerifyFull), "{here}");
        }
        for elsewhere in ["db.example", "10.0.0.5", "localhost.example", "2001:db8::1"] {
            assert!(matches!(mode(elsewhere), PgSslMode::VerifyFull), "{elsewhere}");
        }
        let url = "postgres://admin@db.example/postgres?sslmode=disable";
        let options = encrypted(url.parse().expect("an address"));
        assert!(matches!(options.get_ssl_mode(), PgSslMode::VerifyFull));
    }

    #[test]
    fn a_secret_is_not_in_a_debug_output() {
        let login = Login {
            name: "web".into(),
            password: Secret::new("hunter2"),
        };
        assert!(!format!("{login:?}").contains("hunter2"));
    }
}
