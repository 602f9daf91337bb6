//! How many connections of its sub-pool one company may hold at a time, how much heavy work it may have done, and how many files it
//! may have sent: whatever a company does, its neighbours find some left.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::{
    ACQUIRE_WAIT, COMPANY_DOWNLOADS, COMPANY_HEAVY, COMPANY_READS, COMPANY_WRITES, DOWNLOADS_AT_ONCE, HEAVY_AT_ONCE,
};
use crate::{Error, TenantId};

/// The gates of the companies that have somebody inside.
#[derive(Debug)]
pub(crate) struct Gates {
    companies: Mutex<HashMap<TenantId, Weak<Gate>>>,
    heavy: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            companies: Mutex::default(),
            heavy: Arc::new(Semaphore::new(HEAVY_AT_ONCE)),
            downloads: Arc::new(Semaphore::new(DOWNLOADS_AT_ONCE)),
        }
    }
}

/// A company's places for readers, for writers with those who wait for its head lock, for heavy work, and for files on their way.
#[derive(Debug)]
struct Gate {
    reads: Arc<Semaphore>,
    writes: Arc<Semaphore>,
    heavy: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
}

/// A place inside; dropping it leaves.
#[derive(Debug)]
pub(crate) struct Pass {
    _place: OwnedSemaphorePermit,
    // The gate is there as long as somebody is inside.
    _gate: Arc<Gate>,
}

/// Leave to do what takes much memory or time; dropping it ends it. It goes along into the thread that does the work, which nobody
/// stops when the request behind it is given up.
#[derive(Debug)]
pub struct HeavyWork {
    _company: Pass,
    _everybody: OwnedSemaphorePermit,
}

/// Leave to send a file while it is read; dropping it ends it. Who reads decides how long that takes, so it takes no place of the heavy
/// work, which others wait for.
#[derive(Debug)]
pub struct Download {
    _company: Pass,
    _everybody: OwnedSemaphorePermit,
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

    /// Waits for the company's turn, and then for a place among all companies; see [`Self::enter_to_read`].
    pub(crate) async fn enter_to_work_hard(&self, tenant: TenantId) -> Result<HeavyWork, Error> {
        let gate = self.gate(tenant);
        let places = Arc::clone(&gate.heavy);
        Ok(HeavyWork {
            _company: enter(gate, places).await?,
            _everybody: place(Arc::clone(&self.heavy)).await?,
        })
    }

    /// Waits for the end of the company's other files, and then for a place among all companies; see [`Self::enter_to_read`].
    pub(crate) async fn enter_to_download(&self, tenant: TenantId) -> Result<Download, Error> {
        let gate = self.gate(tenant);
        let places = Arc::clone(&gate.downloads);
        Ok(Download {
            _company: enter(gate, places).await?,
            _everybody: place(Arc::clone(&self.downloads)).await?,
        })
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
            heavy: Arc::new(Semaphore::new(COMPANY_HEAVY)),
            downloads: Arc::new(Semaphore::new(COMPANY_DOWNLOADS)),
        });
        companies.insert(tenant, Arc::downgrade(&gate));
        gate
    }
}

async fn enter(gate: Arc<Gate>, places: Arc<Semaphore>) -> Result<Pass, Error> {
    Ok(Pass {
        _place: place(places).await?,
        _gate: gate,
    })
}

async fn place(places: Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Error> {
    let place = tokio::time::timeout(ACQUIRE_WAIT, places.acquire_owned()).await;
    // None of these semaphores is ever closed.
    place.map_err(|_| Error::Crowded)?.map_err(|_| Error::Crowded)
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
    async fn heavy_work_is_done_once_a_company_and_a_few_times_in_all() {
        let gates = Gates::default();
        let soon = Duration::from_millis(50);
        let busy = TenantId::fresh();
        let mut working = vec![gates.enter_to_work_hard(busy).await.expect("a place")];
        assert!(timeout(soon, gates.enter_to_work_hard(busy)).await.is_err());
        while working.len() < HEAVY_AT_ONCE {
            working.push(gates.enter_to_work_hard(TenantId::fresh()).await.expect("a place"));
        }
        assert!(
            timeout(soon, gates.enter_to_work_hard(TenantId::fresh()))
                .await
                .is_err()
        );
        working.remove(0);
        assert!(gates.enter_to_work_hard(busy).await.is_ok());
    }

    #[tokio::test]
    async fn files_on_their_way_take_nobody_s_heavy_work_away() {
        let gates = Gates::default();
        let soon = Duration::from_millis(50);
        let slow = TenantId::fresh();
        let mut sent = vec![gates.enter_to_download(slow).await.expect("a place")];
        assert!(timeout(soon, gates.enter_to_download(slow)).await.is_err());
        while sent.len() < DOWNLOADS_AT_ONCE {
            sent.push(gates.enter_to_download(TenantId::fresh()).await.expect("a place"));
        }
        let one_more = gates.enter_to_download(TenantId::fresh());
        assert!(timeout(soon, one_more).await.is_err());
        assert!(gates.enter_to_work_hard(slow).await.is_ok());
        assert!(gates.enter_to_work_hard(TenantId::fresh()).await.is_ok());
        sent.remove(0);
        assert!(gates.enter_to_download(slow).await.is_ok());
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
