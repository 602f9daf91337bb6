//! How many connections of its sub-pool one company may hold at a time: whatever a company does, its neighbours find some left.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::{ACQUIRE_WAIT, COMPANY_READS, COMPANY_WRITES};
use crate::{Error, TenantId};

/// The gates of the companies that have somebody inside.
#[derive(Debug, Default)]
pub(crate) struct Gates {
    companies: Mutex<HashMap<TenantId, Weak<Gate>>>,
}

/// A company's places for readers, and for writers with those who wait for its head lock.
#[derive(Debug)]
struct Gate {
    reads: Arc<Semaphore>,
    writes: Arc<Semaphore>,
}

/// A place inside; dropping it leaves.
#[derive(Debug)]
pub(crate) struct Pass {
    _place: OwnedSemaphorePermit,
    // The gate is there as long as somebody is inside.
    _gate: Arc<Gate>,
}

impl Gates {
    /// Gates of nobody are forgotten when there are this many.
    const KEPT_MAX: usize = 1_000;

    /// Waits for a place to read.
    ///
    /// # Errors
    /// `Crowded` when none is free within [`ACQUIRE_WAIT`].
    pub(crate) async fn enter_to_read(&self, tenant: TenantId) -> Result<Pass, Error> {
        let gate = self.gate(tenant);
        let places = Arc::clone(&gate.reads);
        enter(gate, places).await
    }

    /// Waits for a place to write; see [`Self::enter_to_read`].
    pub(crate) async fn enter_to_write(&self, tenant: TenantId) -> Result<Pass, Error> {
        let gate = self.gate(tenant);
        let places = Arc::clone(&gate.writes);
        enter(gate, places).await
    }

    fn gate(&self, tenant: TenantId) -> Arc<Gate> {
        let mut companies = self.companies.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = companies.get(&tenant).and_then(Weak::upgrade) {
            return gate;
        }
        if companies.len() >= Self::KEPT_MAX {
            companies.retain(|_, gate| gate.strong_count() > 0);
        }
        let gate = Arc::new(Gate {
            reads: Arc::new(Semaphore::new(COMPANY_READS)),
            writes: Arc::new(Semaphore::new(COMPANY_WRITES)),
        });
        companies.insert(tenant, Arc::downgrade(&gate));
        gate
    }
}

async fn enter(gate: Arc<Gate>, places: Arc<Semaphore>) -> Result<Pass, Error> {
    let place = tokio::time::timeout(ACQUIRE_WAIT, places.acquire_owned()).await;
    // A gate's semaphore is never closed.
    let place = place.map_err(|_| Error::Crowded)?.map_err(|_| Error::Crowded)?;
    Ok(Pass {
        _place: place,
        _gate: gate,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn a_company_that_holds_all_its_places_waits_and_its_neighbour_does_not() {
        let gates = Gates::default();
        let (busy, neighbour) = (TenantId::fresh(), TenantId::fresh());
        let mut inside = Vec::new();
        for _ in 0..COMPANY_READS {
            inside.push(gates.enter_to_read(busy).await.expect("a place"));
        }
        let soon = Duration::from_millis(50);
        assert!(timeout(soon, gates.enter_to_read(busy)).await.is_err());
        assert!(gates.enter_to_write(busy).await.is_ok());
        assert!(gates.enter_to_read(neighbour).await.is_ok());
        inside.pop();
        assert!(gates.enter_to_read(busy).await.is_ok());
    }

    #[tokio::test]
    async fn gates_of_nobody_are_forgotten() {
        let gates = Gates::default();
        let inside = gates.enter_to_read(TenantId::fresh()).await.expect("a place");
        for _ in 0..2 * Gates::KEPT_MAX {
            drop(gates.enter_to_write(TenantId::fresh()).await.expect("a place"));
        }
        let companies = gates.companies.lock().expect("the map");
        assert!(companies.len() <= Gates::KEPT_MAX);
        assert_eq!(companies.values().filter(|gate| gate.strong_count() > 0).count(), 1);
        drop(inside);
    }
}
