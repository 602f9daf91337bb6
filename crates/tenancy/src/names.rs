//! The names of roles and databases of one installation, all from one prefix.
//!
//! Names are put into SQL text here and in `setup`, `provision` and `migrations` only, and only from a checked prefix, a checked
//! cell name, a number or a parsed UUID.

use crate::{Error, TenantId};

/// The names of one installation. Several can share a PostgreSQL (the tests do): each has its own prefix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names {
    prefix: String,
}

impl Names {
    /// An installation's names; the prefix is 1 to 16 of a-z, 0-9 and starts with a letter.
    pub fn new(prefix: &str) -> Result<Self, Error> {
        check(prefix, "prefix")?;
        Ok(Self {
            prefix: prefix.to_owned(),
        })
    }

    /// Owns the control database's tables; nobody logs in as it.
    pub fn owner(&self) -> String {
        format!("{}_owner", self.prefix)
    }

    /// Owns the books' tables and functions; nobody logs in as it.
    pub fn ledger(&self) -> String {
        format!("{}_ledger", self.prefix)
    }

    /// Owns the record; nobody logs in as it.
    pub fn audit(&self) -> String {
        format!("{}_audit", self.prefix)
    }

    /// The web server's login at the control database.
    pub fn web(&self) -> String {
        format!("{}_web", self.prefix)
    }

    /// The web server's login at one sub-pool of a cell.
    pub fn sub_pool(&self, cell: &str, sub_pool: i16) -> Result<String, Error> {
        check(cell, "cell")?;
        Ok(format!("{}_web_{cell}_{sub_pool}", self.prefix))
    }

    /// Makes company roles and schemas.
    pub fn provisioner(&self) -> String {
        format!("{}_provisioner", self.prefix)
    }

    /// Applies migrations.
    pub fn migrator(&self) -> String {
        format!("{}_migrator", self.prefix)
    }

    /// The control database.
    pub fn control_database(&self) -> String {
        format!("{}_control", self.prefix)
    }

    /// A cell's database.
    pub fn cell_database(&self, cell: &str) -> Result<String, Error> {
        check(cell, "cell")?;
        Ok(format!("{}_cell_{cell}", self.prefix))
    }

    /// Puts the names into a step of migrations/tenant.
    pub(crate) fn tenant_sql(&self, sql: &str, tenant: TenantId) -> String {
        sql.replace("{schema}", &tenant.schema())
            .replace("{ledger}", &self.ledger())
            .replace("{audit}", &self.audit())
    }

    /// Puts the names into a step of migrations/control.
    pub(crate) fn control_sql(&self, sql: &str) -> String {
        sql.replace("{owner}", &self.owner()).replace("{web}", &self.web())
    }
}

fn check(name: &str, what: &str) -> Result<(), Error> {
    let ok = name.len() <= 16
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if ok {
        Ok(())
    } else {
        Err(Error::Config(format!(
            "{what} {name:?} is not 1 to 16 of a-z and 0-9, a letter first"
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_no_name_is_refused() {
        for bad in ["", "a;b", "A", "1a", "averyveryverylongname", "a_b", "a\""] {
            assert!(Names::new(bad).is_err(), "{bad}");
        }
        let names = Names::new("cartefi").expect("a prefix");
        assert!(names.sub_pool("a\"; drop", 0).is_err());
        assert_eq!(names.sub_pool("a", 1).expect("a cell"), "cartefi_web_a_1");
    }
}
