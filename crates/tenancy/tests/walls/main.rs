//! The walls, attacked: as each login, as a company's role, and from inside a company's transaction.
//!
//! Not attacked are the provisioner and the migrator: on PostgreSQL 15 a login that may make roles is as good as a superuser, and
//! the migrator belongs to the owners of the books. Their credentials are in another process's configuration; what is tested is that
//! no login of the server can become them.

mod breaches;
mod catalog;
mod cells;
mod changes;
mod companies;
mod definitions;
mod functions;
mod lists;
mod logins;
mod migrations;
mod names;
mod reading;
mod reuse;
mod roles;
mod town;
mod writers;
