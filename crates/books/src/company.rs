//! The company itself: its legal form, currency, time zone and fiscal year, and the set-up of its books.

mod open;
mod tax_id;

use ledger::accounts::EntityType;
use ledger::chart::{StarterAccount, starter_chart};
use ledger::dates::format_date;
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};
use time::{Date, OffsetDateTime};
use time_tz::{OffsetDateTimeExt, PrimitiveDateTimeExt, TimeZone, timezones};

use crate::fields::{accept, known, required};
use crate::fiscal_years::set_first_month;
use crate::{Error, Problem};

pub use open::company_open;
pub use tax_id::{tax_id_reveal, tax_id_set};

/// The request key of every company's set-up, which happens once.
pub const SET_UP_KEY: &str = "set-up";

const NAME_CHARS_MAX: usize = 200;
const JOURNAL_PREFIX: &str = "JE-";

/// A company whose books are to be set up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCompany {
    /// Its legal name, 1 to 200 characters.
    pub name: String,
    /// Its legal form, which decides its equity accounts.
    pub entity_type: EntityType,
    /// What every amount of its books is in. Never changes.
    pub currency: Currency,
    /// The name of its time zone, such as `America/Chicago`: it decides which day it is.
    pub time_zone: String,
    /// Which reports it looks at first.
    pub basis: Basis,
    /// The month its fiscal year begins in, 1 to 12.
    pub fiscal_year_first_month: u8,
    /// The first day of these books; while there is none, any day may be posted.
    pub books_begin_on: Option<Date>,
}

/// A company as it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Company {
    /// Its legal name.
    pub name: String,
    /// Its legal form.
    pub entity_type: EntityType,
    /// What every amount of its books is in.
    pub currency: Currency,
    /// The name of its time zone.
    pub time_zone: String,
    /// Which reports it looks at first.
    pub basis: Basis,
    /// The month its fiscal year begins in.
    pub fiscal_year_first_month: u8,
    /// The first day of these books.
    pub books_begin_on: Option<Date>,
    /// The last four digits of its tax id, which is sealed.
    pub tax_id_hint: Option<String>,
}

/// What can be changed of a company.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompanyChange {
    /// See [`NewCompany::name`].
    pub name: String,
    /// See [`NewCompany::entity_type`]. The accounts stay as they are.
    pub entity_type: EntityType,
    /// See [`NewCompany::time_zone`].
    pub time_zone: String,
    /// See [`NewCompany::basis`].
    pub basis: Basis,
    /// See [`NewCompany::fiscal_year_first_month`].
    pub fiscal_year_first_month: u8,
    /// See [`NewCompany::books_begin_on`].
    pub books_begin_on: Option<Date>,
}

impl Company {
    /// The day it is for the company at a moment.
    pub fn today(&self, now: OffsetDateTime) -> Date {
        day_in(&self.time_zone, now)
    }

    /// A moment as the company's clocks show it.
    pub fn local(&self, moment: OffsetDateTime) -> OffsetDateTime {
        timezones::get_by_name(&self.time_zone).map_or(moment, |zone| moment.to_timezone(zone))
    }

    /// The moment at which a day begins for the company.
    pub fn day_begins(&self, day: Date) -> OffsetDateTime {
        let midnight = day.midnight();
        timezones::get_by_name(&self.time_zone)
            .and_then(|zone| midnight.assume_timezone(zone).take_first())
            .unwrap_or_else(|| midnight.assume_utc())
    }

    /// The tax id as a page may show it: `•••••6789`.
    pub fn masked_tax_id(&self) -> Option<String> {
        self.tax_id_hint.as_ref().map(|hint| format!("•••••{hint}"))
    }
}

/// The names that a time zone can have, in alphabetical order.
pub fn time_zones() -> Vec<&'static str> {
    let mut names: Vec<&'static str> = timezones::iter().map(|zone| zone.name()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Sets up a company's books: the company, the series of its journal entries, and the chart of accounts that its legal form
/// starts with. Callers use the request key [`SET_UP_KEY`], so that a set-up that is tried again gets the first one's answer.
///
/// # Errors
/// `Invalid` at `name`, `time_zone` or `fiscal_year_first_month`; of the form when the books are set up already.
pub async fn company_set_up(cx: &Cx, new: &NewCompany, key: &RequestKey) -> Result<(), Error> {
    let name = checked(&new.name, &new.time_zone, new.fiscal_year_first_month)?;
    let mut tx = change!(cx, Capability::Settings, key);
    if sqlx::query_scalar!(r#"select exists (select from company) as "there!""#)
        .fetch_one(&mut *tx)
        .await?
    {
        return Err(Error::of_form("These books are set up already."));
    }
    sqlx::query!(
        "insert into company (name, entity_type, currency, time_zone, basis, fiscal_year_first_month, books_begin_on)
         values ($1, $2, $3, $4, $5, $6, $7)",
        name,
        new.entity_type.code(),
        new.currency.code(),
        new.time_zone,
        new.basis.code(),
        i16::from(new.fiscal_year_first_month),
        new.books_begin_on
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "insert into series (kind, prefix, next) values ('journal_entry', $1, 1)",
        JOURNAL_PREFIX
    )
    .execute(&mut *tx)
    .await?;
    insert_chart(&mut tx, &starter_chart(new.entity_type), new.currency).await?;
    Ok(tx.commit(&()).await?)
}

/// The company, its tax id masked.
///
/// # Errors
/// `NotFound` while its books are not set up.
pub async fn company_get(cx: &Cx) -> Result<Company, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let row = sqlx::query!(
        "select name, entity_type, currency, time_zone, basis, fiscal_year_first_month, books_begin_on, tax_id_hint from company"
    )
    .fetch_optional(&mut *tx)
    .await?
    .ok_or(Error::NotFound("the company"))?;
    Ok(Company {
        name: row.name,
        entity_type: known(EntityType::parse(&row.entity_type))?,
        currency: known(Currency::parse(&row.currency))?,
        time_zone: row.time_zone,
        basis: known(Basis::parse(&row.basis))?,
        fiscal_year_first_month: known(u8::try_from(row.fiscal_year_first_month))?,
        books_begin_on: row.books_begin_on,
        tax_id_hint: row.tax_id_hint,
    })
}

/// The day it is for the company at the moment `now`.
///
/// # Errors
/// `NotFound` while its books are not set up.
pub async fn company_today(cx: &Cx, now: OffsetDateTime) -> Result<Date, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let time_zone = sqlx::query_scalar!("select time_zone from company")
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
    Ok(day_in(&time_zone, now))
}

/// Changes the company. The day the books begin moves only while nothing stands in its way: no entry before it, and no opening
/// entry of another day. Another first month leaves the fiscal years that are closed or locked as they were
/// ([`fiscal_years`](crate::fiscal_years)).
///
/// # Errors
/// `Invalid` at `name`, `time_zone`, `fiscal_year_first_month` or `books_begin_on`; `NotFound`.
pub async fn company_update(cx: &Cx, change: &CompanyChange, key: &RequestKey) -> Result<(), Error> {
    let name = checked(&change.name, &change.time_zone, change.fiscal_year_first_month)?;
    let mut tx = change!(cx, Capability::Settings, key);
    let mut problems = Vec::new();
    problems.extend(begin_problem(&mut tx, change.books_begin_on).await?);
    accept(problems)?;
    set_first_month(&mut tx, change.fiscal_year_first_month).await?;
    let changed = sqlx::query!(
        "update company set name = $1, entity_type = $2, time_zone = $3, basis = $4, books_begin_on = $5",
        name,
        change.entity_type.code(),
        change.time_zone,
        change.basis.code(),
        change.books_begin_on
    )
    .execute(&mut *tx)
    .await?;
    if changed.rows_affected() == 0 {
        return Err(Error::NotFound("the company"));
    }
    tx.commit(&()).await?;
    // Control's copy of the name is for the list of companies. It follows in a transaction of its own: one that fails here is
    // made good by saving again, and the books have the name that counts.
    Ok(cx.tenancy().rename(cx.tenant().id, &change.name).await?)
}

/// The day of a moment in a time zone. A name that is no time zone was refused before it was kept; its day would be UTC's.
pub(crate) fn day_in(time_zone: &str, now: OffsetDateTime) -> Date {
    timezones::get_by_name(time_zone).map_or_else(
        || now.to_offset(time::UtcOffset::UTC).date(),
        |zone| now.to_timezone(zone).date(),
    )
}

/// Checks the fields of both forms and gives the name trimmed.
fn checked(name: &str, time_zone: &str, first_month: u8) -> Result<String, Error> {
    let mut problems = Vec::new();
    let name = required(
        "name",
        name,
        NAME_CHARS_MAX,
        "Enter the company's legal name.",
        &mut problems,
    );
    if timezones::get_by_name(time_zone).is_none() {
        problems.push(Problem::at("time_zone", "Choose a time zone, such as America/Chicago."));
    }
    if !(1..=12).contains(&first_month) {
        problems.push(Problem::at(
            "fiscal_year_first_month",
            "Choose the month in which the fiscal year begins.",
        ));
    }
    accept(problems)?;
    Ok(name)
}

/// What stands against the books beginning on that day.
async fn begin_problem(tx: &mut TenantTx<Write>, begin: Option<Date>) -> Result<Option<Problem>, Error> {
    let row = sqlx::query!(
        r#"select c.books_begin_on,
            (select r.doc_date from document d join revision r on r.document_id = d.id and r.retired_in is null
             where d.kind = 'opening_entry' and d.state <> 'void' limit 1) as "opening_on?",
            (select min(p.posted_on) from posting p join document d on d.id = p.document_id
             where p.retired_in is null and d.kind <> 'opening_entry') as "first_on?"
           from company c"#
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row.filter(|row| row.books_begin_on != begin) else {
        return Ok(None);
    };
    if let Some(opening_on) = row.opening_on {
        let message = format!(
            "The opening entry is dated {}, the day before the books begin. Void it first, then change the day.",
            format_date(opening_on)
        );
        return Ok(Some(Problem::at("books_begin_on", message)));
    }
    Ok(row
        .first_on
        .filter(|first| begin.is_some_and(|begin| *first < begin))
        .map(|first| {
            Problem::at(
                "books_begin_on",
                format!(
                    "There are entries from {} on. Choose that day or an earlier one.",
                    format_date(first)
                ),
            )
        }))
}

/// Inserts the whole chart at once, in the order of its numbers.
async fn insert_chart(tx: &mut TenantTx<Write>, chart: &[StarterAccount], currency: Currency) -> Result<(), Error> {
    let text = |of: fn(&StarterAccount) -> &'static str| -> Vec<String> {
        chart.iter().map(|account| of(account).to_owned()).collect()
    };
    let optional = |of: fn(&StarterAccount) -> Option<&'static str>| -> Vec<Option<String>> {
        chart.iter().map(|account| of(account).map(str::to_owned)).collect()
    };
    let active: Vec<bool> = chart.iter().map(|account| account.active).collect();
    sqlx::query!(
        "insert into account (number, name, type, detail_type, role, currency, tax_line, active)
         select u.number, u.name, u.type, u.detail_type, u.role, $8, u.tax_line, u.active
         from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bool[])
             as u (number, name, type, detail_type, role, tax_line, active)",
        &text(|account| account.number),
        &text(|account| account.name),
        &text(|account| account.account_type.code()),
        &text(|account| account.detail_type),
        &optional(|account| account.role.map(|role| role.code())) as &[Option<String>],
        &optional(|account| account.tax_line) as &[Option<String>],
        &active,
        currency.code()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
