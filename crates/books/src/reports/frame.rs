//! What every report says about itself, read in the report's own snapshot.

use ledger::accounts::AccountRole;
use ledger::dates::{FiscalYear, FiscalYears};
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Read, TenantTx};
use time::{Date, OffsetDateTime};

use super::chart::{KnownAccount, KnownChart};
use super::moment::check_change;
use super::{KnownAt, Moment, Provenance, day_before};
use crate::accounts::ids_of_roles;
use crate::company::day_in;
use crate::{Error, fiscal_years};

/// What holds lines that nobody sorted yet.
const UNCATEGORIZED: [AccountRole; 3] = [
    AccountRole::UncategorizedIncome,
    AccountRole::UncategorizedExpense,
    AccountRole::UncategorizedAsset,
];

/// The company as reports need it, as it was known at the report's moment.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) currency: Currency,
    pub(crate) years: FiscalYears,
    pub(crate) books_begin_on: Option<Date>,
    company: String,
    time_zone: String,
    made_at: OffsetDateTime,
    change: i64,
    head: String,
    known: Option<KnownAt>,
}

impl Frame {
    /// As it stands.
    pub(crate) async fn read(tx: &mut TenantTx<Read>) -> Result<Self, Error> {
        let row = sqlx::query!(
            r#"select c.name, c.currency, c.time_zone, c.books_begin_on, now() as "made_at!", h.change, h.hash
               from company c, audit_head h"#
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
        Ok(Self {
            currency: currency(&row.currency)?,
            years: fiscal_years::load(tx).await?,
            books_begin_on: row.books_begin_on,
            company: row.name,
            time_zone: row.time_zone,
            made_at: row.made_at,
            change: row.change,
            head: digits(&row.hash),
            known: None,
        })
    }

    /// As it was known at a moment: its name, the day its books begin and its fiscal years as they were then. The clocks are those
    /// of today.
    pub(crate) async fn read_at(tx: &mut TenantTx<Read>, moment: Moment) -> Result<Self, Error> {
        let now = Self::read(tx).await?;
        let Moment::Change(n) = moment else {
            return Ok(now);
        };
        check_change(n, now.change)?;
        let company = sqlx::query!(
            r#"select a.image ->> 'name' as "name!", (a.image ->> 'fiscal_year_first_month')::smallint as "first_month!",
                   (a.image ->> 'books_begin_on')::date as books_begin_on
               from (select bytes from audit_event where source = 'company' and change <= $1 order by row_id desc, seq desc limit 1) e
               cross join lateral (select convert_from(e.bytes, 'UTF8')::jsonb -> 'after' as image) a"#,
            n
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or_else(|| Error::at("known", "The books were not set up by then. Enter a later moment."))?;
        let changes = sqlx::query_as!(
            FiscalYear,
            "select starts_on, ends_on from fiscal_year where made_in <= $1 and (retired_in is null or retired_in > $1) order by starts_on",
            n
        )
        .fetch_all(&mut **tx)
        .await?;
        let at = sqlx::query_scalar!("select at from change where n = $1", n)
            .fetch_one(&mut **tx)
            .await?;
        let hash = sqlx::query_scalar!(
            "select hash from audit_event where change <= $1 order by change desc, seq desc limit 1",
            n
        )
        .fetch_one(&mut **tx)
        .await?;
        Ok(Self {
            company: company.name,
            years: FiscalYears {
                first_month: u8::try_from(company.first_month).unwrap_or(1),
                changes,
            },
            books_begin_on: company.books_begin_on,
            change: n,
            head: digits(&hash),
            known: Some(KnownAt { change: n, at }),
            ..now
        })
    }

    /// The company's day at the moment of the report.
    pub(crate) fn today(&self) -> Date {
        day_in(&self.time_zone, self.made_at)
    }

    /// Of a report that shows the end of a day. The opening entry lies on the day before the books begin.
    pub(crate) async fn at_end_of(
        self,
        tx: &mut TenantTx<Read>,
        year_start: Date,
        as_of: Date,
    ) -> Result<Provenance, Error> {
        let lines = self.uncategorized_lines(tx, None, as_of).await?;
        let before_books = self.books_begin_on.is_some_and(|begin| as_of < day_before(begin));
        Ok(self.provenance(year_start, as_of, lines, before_books))
    }

    /// Of a report that shows a period.
    pub(crate) async fn over(self, tx: &mut TenantTx<Read>, from: Date, to: Date) -> Result<Provenance, Error> {
        let lines = self.uncategorized_lines(tx, Some(from), to).await?;
        let before_books = self.books_begin_on.is_some_and(|begin| from < begin);
        Ok(self.provenance(from, to, lines, before_books))
    }

    fn provenance(self, from: Date, to: Date, uncategorized_lines: i64, before_books: bool) -> Provenance {
        Provenance {
            company: self.company,
            currency: self.currency,
            time_zone: self.time_zone,
            from,
            to,
            basis: Basis::Accrual,
            made_at: self.made_at,
            change: self.change,
            head: self.head,
            known: self.known,
            uncategorized_lines,
            before_books,
        }
    }

    async fn uncategorized_lines(&self, tx: &mut TenantTx<Read>, from: Option<Date>, to: Date) -> Result<i64, Error> {
        match &self.known {
            None => {
                let accounts = ids_of_roles(tx, &UNCATEGORIZED).await?;
                uncategorized_now(tx, &accounts, from, to).await
            }
            Some(known) => {
                let chart = KnownChart::at(tx, known.change).await?;
                let is_one = |account: &KnownAccount| account.role.is_some_and(|role| UNCATEGORIZED.contains(&role));
                uncategorized_at(tx, &chart.ids_shown_as(is_one), known.change, from, to).await
            }
        }
    }
}

fn currency(code: &str) -> Result<Currency, Error> {
    Currency::parse(code).map_err(|_| Error::NotFound("the company's currency"))
}

/// The first digits of a hash: as many as tell chains apart.
fn digits(hash: &[u8]) -> String {
    let mut digits = hex::encode(hash);
    digits.truncate(12);
    digits
}

/// Account by account, each by its index: joined, the planner prefers to read the postings of all accounts when most of the books
/// lie on a few of them.
async fn uncategorized_now(
    tx: &mut TenantTx<Read>,
    accounts: &[i64],
    from: Option<Date>,
    to: Date,
) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(lines.n), 0)::bigint as "n!" from unnest($3::bigint[]) as a (id)
           cross join lateral (
               select count(*) as n from posting p
               where p.account_id = a.id and p.retired_in is null and p.posted_on between coalesce($1, date '-infinity') and $2
           ) lines"#,
        from,
        to,
        accounts
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// As known after a change: what lives since before, and what was retired since.
async fn uncategorized_at(
    tx: &mut TenantTx<Read>,
    accounts: &[i64],
    n: i64,
    from: Option<Date>,
    to: Date,
) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select ((select coalesce(sum(lines.n), 0) from unnest($4::bigint[]) as a (id)
                    cross join lateral (
                        select count(*) as n from posting p
                        where p.account_id = a.id and p.retired_in is null and p.made_in <= $3
                          and p.posted_on between coalesce($1, date '-infinity') and $2
                    ) lines)
               + (select count(*) from posting p where p.retired_in > $3 and p.made_in <= $3 and p.account_id = any ($4)
                    and p.posted_on between coalesce($1, date '-infinity') and $2))::bigint as "n!""#,
        from,
        to,
        n,
        accounts
    )
    .fetch_one(&mut **tx)
    .await?)
}
