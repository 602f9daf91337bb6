#![doc = include_str!("../README.md")]
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this crate opens transactions and makes companies: names in its SQL come from parsed ids and checked words"
)]

mod actor;
mod config;
mod control;
mod cx;
mod error;
mod gates;
mod ids;
mod list_query;
mod migrations;
mod names;
mod policy;
mod pools;
mod provision;
mod setup;
mod tenancy;
mod walls;

pub use actor::{Actor, ActorKind};
pub use config::{Address, AdminConfig, CellConfig, Config, Login, Secret, SubPoolConfig};
pub use control::ControlTx;
pub use cx::{Answer, Cx, Mode, Opened, Read, TenantTx, Write};
pub use error::{Error, Refusal, RefusalCode};
pub use gates::{Download, HeavyWork};
pub use ids::{RequestKey, TenantId, TenantRef};
pub use list_query::{
    Direction, KeyKind, LIST_ROWS_MAX, ListQuery, Page, Position, Seek, Served, SortKey, Totals, Value, place_day,
};
pub use migrations::{MigrationReport, SCHEMA_VERSION, baseline_from_dump, control_sql, migrate};
pub use names::Names;
pub use policy::{Capability, Role};
pub use provision::{Provisioner, Stocked};
pub use setup::{Setup, setup};
pub use tenancy::{NewTenant, Tenancy};
pub use walls::{Breach, check_walls};

/// The limits that hold at this crate's edge, each with the reason it is there.
pub mod limits {
    use std::time::Duration;

    /// How long a writer waits for the company's head lock before the person is told that another change is being saved.
    pub const LOCK_WAIT: Duration = Duration::from_secs(5);
    /// How long one statement may run in a reading transaction.
    pub const READ_STATEMENT: Duration = Duration::from_secs(30);
    /// How long one statement may run in a writing transaction: the largest import commits as a few set-based statements.
    pub const WRITE_STATEMENT: Duration = Duration::from_secs(120);
    /// A connection closes after this many companies: a backend keeps 1 MB of each it read and 5 MB of each it wrote.
    pub const COMPANIES_A_CONNECTION: usize = 50;
    /// A connection closes after this long.
    pub const CONNECTION_LIFETIME: Duration = Duration::from_secs(15 * 60);
    /// Readers of one company at a time: a connection pool has more, so that its neighbours find some left.
    pub const COMPANY_READS: usize = 4;
    /// Writers of one company at a time, with those who wait for its head lock: one works, one comes next.
    pub const COMPANY_WRITES: usize = 2;
    /// Heavy work of one company at a time: a large file that is read, a record that is verified.
    pub const COMPANY_HEAVY: usize = 1;
    /// Heavy work of all companies at a time: each takes a core, and a file of 20 MB several times over.
    pub const HEAVY_AT_ONCE: usize = 4;
    /// Files of one company that are sent at a time while they are read: each holds a connection as long as its reader reads.
    pub const COMPANY_DOWNLOADS: usize = 1;
    /// Such files of all companies at a time: half of the reading connections that a sub-pool is set up with.
    pub const DOWNLOADS_AT_ONCE: usize = 4;
    /// How long a request waits for a place in its company, and then for a free connection.
    pub const ACQUIRE_WAIT: Duration = Duration::from_secs(5);
    /// Most of the companies migrated at the same time.
    pub const MIGRATIONS_AT_ONCE: usize = 4;
}
