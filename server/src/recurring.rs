//! The job that makes recurring entries: every company in turn, one at a time, so that it never takes more than one connection. Each
//! has a few seconds of a run, and every run begins with another company.

use books::Error;
use books::company::company_today;
use books::recurring::{DUE_TIME_MAX, DueOutcome, recurring_due};
use tenancy::{Actor, Role, Tenancy, TenantId, TenantRef};
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
    /// Companies with more due than a run makes; the next run goes on.
    pub more: usize,
}

/// Makes the entries of every company that are due at `now`, by the company's own day. A company that cannot be worked on keeps no
/// other one from its turn, one with much to be made only for [`DUE_TIME_MAX`]. No company is always the last: the ids are random, and
/// each run begins at another place among them.
///
/// # Errors
/// The companies cannot be listed.
pub async fn run_all(tenancy: &Tenancy, now: OffsetDateTime) -> Result<Ran, tenancy::Error> {
    let mut ran = Ran::default();
    let begin = TenantId::fresh();
    run_between(tenancy, now, Some(begin), None, &mut ran).await?;
    run_between(tenancy, now, None, Some(begin), &mut ran).await?;
    Ok(ran)
}

/// Runs for the companies after one id and through another, in the order of their ids.
async fn run_between(
    tenancy: &Tenancy,
    now: OffsetDateTime,
    mut after: Option<TenantId>,
    through: Option<TenantId>,
    ran: &mut Ran,
) -> Result<(), tenancy::Error> {
    loop {
        let page = tenancy.tenants_after(after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(());
        };
        after = Some(last.id);
        for tenant in page {
            if through.is_some_and(|through| tenant.id.uuid() > through.uuid()) {
                return Ok(());
            }
            ran.companies += 1;
            let slug = tenant.slug.clone();
            match run_one(tenancy, tenant, now).await {
                Ok(outcome) => {
                    ran.made += outcome.made;
                    ran.stopped += outcome.stopped;
                    ran.more += usize::from(outcome.more);
                }
                Err(error) => {
                    ran.failed += 1;
                    tracing::warn!(%error, company = slug, "recurring entries could not be made");
                }
            }
        }
    }
}

/// Makes the entries of one company that are due at `now`, by its own day.
///
/// # Errors
/// Its books cannot be read or written now; what was made until then stays.
pub async fn run_one(tenancy: &Tenancy, tenant: TenantRef, now: OffsetDateTime) -> Result<DueOutcome, Error> {
    let request_id = uuid::Uuid::now_v7().to_string();
    let cx = tenancy.cx(tenant, Actor::job(JOB), Role::System, request_id);
    let today = company_today(&cx, now).await?;
    recurring_due(&cx, today, DUE_TIME_MAX).await
}
