//! The walls, attacked: as each login, as a company's role, and from inside a company's transaction.

mod changes;
mod companies;
