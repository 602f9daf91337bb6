//! What every report says about itself, read in the report's own snapshot.

use ledger::dates::FiscalYears;
use ledger::money::Currency;
use ledger::statements::Basis;
use tenancy::{Read, TenantTx};
use time::{Date, OffsetDateTime};

use super::{Provenance, day_before};
use crate::Error;
use crate::company::day_in;

/// The company as reports need it.
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
}

impl Frame {
    pub(crate) async fn read(tx: &mut TenantTx<Read>) -> Result<Self, Error> {
        let row = sqlx::query!(
            r#"select c.name, c.currency, c.time_zone, c.fiscal_year_first_month, c.books_begin_on, now() as "made_at!", h.change, h.hash
               from company c, audit_head h"#
        )
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("the company"))?;
        let mut head = hex::encode(&row.hash);
        head.truncate(12);
        Ok(Self {
            currency: Currency::parse(&row.currency).map_err(|_| Error::NotFound("the company's currency"))?,
            years: FiscalYears {
                first_month: u8::try_from(row.fiscal_year_first_month).unwrap_or(1),
                changes: Vec::new(),
            },
            books_begin_on: row.books_begin_on,
            company: row.name,
            time_zone: row.time_zone,
            made_at: row.made_at,
            change: row.change,
            head,
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
        let lines = uncategorized_lines(tx, None, as_of).await?;
        let before_books = self.books_begin_on.is_some_and(|begin| as_of < day_before(begin));
        Ok(self.provenance(year_start, as_of, lines, before_books))
    }

    /// Of a report that shows a period.
    pub(crate) async fn over(self, tx: &mut TenantTx<Read>, from: Date, to: Date) -> Result<Provenance, Error> {
        let lines = uncategorized_lines(tx, Some(from), to).await?;
        let before_books = self.books_begin_on.is_some_and(|begin| from < begin);
        Ok(self.provenance(from, to, lines, before_books))
    }

    fn provenance(self, from: Date, to: Date, uncategorized_lines: i64, before_books: bool) -> Provenance {
        Provenance {
            company: self.company,
            from,
            to,
            basis: Basis::Accrual,
            made_at: self.made_at,
            change: self.change,
            head: self.head,
            uncategorized_lines,
            before_books,
        }
    }
}

/// Account by account, each by its index: joined, the planner prefers to read the postings of all accounts when most of the books
/// lie on a few of them.
async fn uncategorized_lines(tx: &mut TenantTx<Read>, from: Option<Date>, to: Date) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(lines.n), 0)::bigint as "n!" from account a
           cross join lateral (
               select count(*) as n from posting p
               where p.account_id = a.id and p.retired_in is null and p.posted_on between coalesce($1, date '-infinity') and $2
           ) lines
           where a.role in ('uncategorized_income', 'uncategorized_expense', 'uncategorized_asset')"#,
        from,
        to
    )
    .fetch_one(&mut **tx)
    .await?)
}
