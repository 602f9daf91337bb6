//! The job that makes recurring entries: every company in turn, one at a time, so that it never takes more than one connection.

use books::Error;
use books::company::company_today;
use books::recurring::{DueOutcome, recurring_due};
use tenancy::{Actor, Role, Tenancy, TenantRef};
use time::OffsetDateTime;

/// The job's name in the record of changes.
const JOB: &str = "recurring";
/// Companies that are listed at a time.
const PAGE: i64 = 500;

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Companies looked at.
    pub companies: usize,
    /// Entries made.
    pub made: usize,
    /// Templates whose next entry could not be made; they say why.
    pub stopped: usize,
    /// Companies that could not be worked on this time; the next run tries again.
    pub failed: usize,
}

/// Makes the entries of every company that are due at `now`, by the company's own day. A company that cannot be worked on keeps no
/// other one from its turn.
///
/// # Errors
/// The companies cannot be listed.
pub async fn run_all(tenancy: &Tenancy, now: OffsetDateTime) -> Result<Ran, tenancy::Error> {
    let mut ran = Ran::default();
    let mut after = None;
    loop {
        let page = tenancy.tenants_after(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(ran);
        };
        after = Some(last.id);
        for tenant in page {
            ran.companies += 1;
            let slug = tenant.slug.clone();
            match run_one(tenancy, tenant, now).await {
                Ok(outcome) => {
                    ran.made += outcome.made;
                    ran.stopped += outcome.stopped;
                }
                Err(error) => {
                    ran.failed += 1;
                    tracing::warn!(%error, company = slug, "recurring entries could not be made");
                }
            }
        }
    }
}

async fn run_one(tenancy: &Tenancy, tenant: TenantRef, now: OffsetDateTime) -> Result<DueOutcome, Error> {
    let request_id = uuid::Uuid::now_v7().to_string();
    let cx = tenancy.cx(tenant, Actor::job(JOB), Role::System, request_id);
    let today = company_today(&cx, now).await?;
    recurring_due(&cx, today).await
}
