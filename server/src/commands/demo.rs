//! `cartefi demo`
//!
//! Juniper Cycles, a bicycle shop with a workshop, with about two years of books up to today. [`story`] says what happened, from a
//! fixed seed and nothing else; [`enact`] makes it true by the functions that the pages call. The same today gives the same books.

mod calendar;
mod cards;
mod chart;
mod dice;
mod enact;
mod fleet;
mod month_end;
mod opening;
mod overhead;
mod payroll;
mod sales;
mod standing;
mod statement;
mod story;
mod suppliers;
mod taxes;

use anyhow::{Context, Result, bail};
use books::company::{CompanyChange, NewCompany, SET_UP_KEY, company_set_up, company_today, company_update};
use identity::membership_grant;
use ledger::accounts::EntityType;
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Actor, Cx, NewTenant, RequestKey, Role, Tenancy, TenantRef};
use time::{Date, OffsetDateTime};

use super::installation::{Installation, OnBehalf, block_on};
use super::{answer, values};
use enact::{Keepers, enact};
use story::Story;

/// What addresses call it, while nobody else has that name.
const SHORT_NAME: &str = "Juniper Cycles";
const LEGAL_NAME: &str = "Juniper Cycles LLC";
const TIME_ZONE: &str = "America/Los_Angeles";
/// Most demo companies of an installation, those included that were taken out of sight.
const DEMOS_MAX: usize = 1_000;

const DANA: &str = "dana@junipercycles.example";
const SAM: &str = "sam@junipercycles.example";
const PRIYA: &str = "priya@natarajancpa.example";
const LEE: &str = "lee@junipercycles.example";
/// Who may do what in it: the people of the sign-in provider that `bin/up` starts.
const PEOPLE: [(&str, Role); 4] = [
    (DANA, Role::Admin),
    (SAM, Role::Editor),
    (PRIYA, Role::Accountant),
    (LEE, Role::Viewer),
];

/// Options of `cartefi demo`.
#[derive(clap::Args, Debug)]
pub struct Options {
    #[command(flatten)]
    installation: Installation,
    /// Take the demo company that is there out of sight and make a new one
    #[arg(long)]
    reset: bool,
    /// The day its books reach to; today in Seattle when it is not given
    #[arg(long, value_name = "D", value_parser = values::date)]
    today: Option<Date>,
}

/// Makes the demo company, unless it is there, and prints its short name.
///
/// # Errors
/// No empty company is in stock, or something of the story is refused.
pub fn run(options: Options, on_behalf: &OnBehalf) -> Result<()> {
    block_on(async {
        let tenancy = options.installation.connect().await?;
        let actor = on_behalf.actor();
        let last = last_demo(&tenancy).await?;
        let there = last.company.as_ref().filter(|(_, active)| *active);
        if let Some((tenant, _)) = there.filter(|_| !options.reset) {
            eprintln!("The demo company is there. With --reset it is made anew.");
            return answer(&format!("{}\n", tenant.slug));
        }
        // One that was cut off while it was made is out of sight already.
        let made = made(&tenancy, &actor, last.next_key()?, options.today).await?;
        if let Some((tenant, _)) = there {
            tenancy.withdraw(tenant.id).await?;
        }
        // Whoever had the demo company's address finds the new one there.
        let slug = match &last.named {
            Some(named) => tenancy.take_place(named.id, made.id).await?,
            None => made.slug,
        };
        answer(&format!("{slug}\n"))
    })
}

/// The newest of the demo companies, and how many there are.
struct LastDemo {
    count: usize,
    company: Option<(TenantRef, bool)>,
    /// The one with the shortest short name: those that gave theirs up have longer ones.
    named: Option<TenantRef>,
}

impl LastDemo {
    fn next_key(&self) -> Result<RequestKey> {
        if self.count >= DEMOS_MAX {
            bail!("an installation makes {DEMOS_MAX} demo companies at most");
        }
        request_key(self.count + 1)
    }
}

fn request_key(n: usize) -> Result<RequestKey> {
    Ok(RequestKey::parse(&format!("demo company {n}"))?)
}

async fn last_demo(tenancy: &Tenancy) -> Result<LastDemo> {
    let mut last = LastDemo {
        count: 0,
        company: None,
        named: None,
    };
    while last.count < DEMOS_MAX {
        match tenancy.tenant_by_request(&request_key(last.count + 1)?).await? {
            Some(company) => {
                let length = company.0.slug.len();
                if last.named.as_ref().is_none_or(|named| length < named.slug.len()) {
                    last.named = Some(company.0.clone());
                }
                last.company = Some(company);
            }
            None => break,
        }
        last.count += 1;
    }
    Ok(last)
}

/// Makes a demo company. Nobody can enter it before it is whole.
async fn made(tenancy: &Tenancy, actor: &Actor, key: RequestKey, today: Option<Date>) -> Result<TenantRef> {
    let new = NewTenant {
        name: SHORT_NAME.to_owned(),
        request_key: key,
    };
    let tenant = tenancy.claim(&new).await.context(
        "no empty company is in stock: start CarteFi with bin/up, which keeps some, or run cartefi provision --once",
    )?;
    let as_person =
        |email: &str, role: Role| -> Cx { tenancy.cx(tenant.clone(), Actor::person(email), role, "demo".to_owned()) };
    let keepers = Keepers {
        dana: as_person(DANA, Role::Admin),
        sam: as_person(SAM, Role::Editor),
        priya: as_person(PRIYA, Role::Accountant),
    };
    let mut company = NewCompany {
        name: LEGAL_NAME.to_owned(),
        entity_type: EntityType::Llc,
        currency: Currency::USD,
        time_zone: TIME_ZONE.to_owned(),
        basis: Basis::Accrual,
        fiscal_year_first_month: 1,
        books_begin_on: None,
    };
    company_set_up(&keepers.dana, &company, &RequestKey::parse(SET_UP_KEY)?).await?;
    let now = OffsetDateTime::now_utc();
    let today = match today {
        Some(day) => day,
        None => company_today(&keepers.dana, now).await?,
    };
    let story = Story::until(today);
    company.books_begin_on = Some(story.begin);
    company_update(&keepers.dana, &as_change(company), &RequestKey::fresh()).await?;
    enact(&keepers, &story).await?;
    for (email, role) in PEOPLE {
        membership_grant(tenancy, tenant.id, email, role, actor, now).await?;
    }
    tenancy.activate(tenant.id).await?;
    Ok(tenant)
}

fn as_change(company: NewCompany) -> CompanyChange {
    CompanyChange {
        name: company.name,
        entity_type: company.entity_type,
        time_zone: company.time_zone,
        basis: company.basis,
        fiscal_year_first_month: company.fiscal_year_first_month,
        books_begin_on: company.books_begin_on,
    }
}

#[cfg(test)]
mod tests;
