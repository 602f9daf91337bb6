//! A transaction on the control database: which companies there are and who may enter. Never together with a company's.

use std::ops::{Deref, DerefMut};

use sqlx::{PgConnection, Postgres, Transaction};

use crate::Error;

/// One transaction on control. Dropping it rolls back.
#[derive(Debug)]
pub struct ControlTx(pub(crate) Transaction<'static, Postgres>);

impl ControlTx {
    /// Keeps what was written.
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for ControlTx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for ControlTx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
