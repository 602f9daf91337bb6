//! The journal's entries, as they are read.

use tenancy::{Read, TenantTx};
use time::{Date, OffsetDateTime};

use super::{JournalKey, JournalReportFilter, JournalTotals};
use crate::Error;

/// A posting with its document.
pub(super) struct EntryRow {
    pub(super) id: i64,
    pub(super) document_id: i64,
    pub(super) posted_on: Date,
    pub(super) line_no: i32,
    pub(super) account_id: i64,
    pub(super) amount: i64,
    pub(super) made_in: i64,
    pub(super) retired_in: Option<i64>,
    pub(super) kind: String,
    pub(super) number: Option<String>,
    pub(super) voided: bool,
    pub(super) adjusting: bool,
    pub(super) accrual_only: bool,
    pub(super) memo: Option<String>,
    pub(super) contact: Option<String>,
    pub(super) line_contact: Option<String>,
    pub(super) description: String,
    pub(super) entered_by: String,
    pub(super) entered_at: OffsetDateTime,
}

/// The entries after a place, each with how many lines it has: at most `limit`. Those that are live come by the index of days, in
/// order; what was retired since the moment is little.
pub(super) async fn keys_after(
    tx: &mut TenantTx<Read>,
    filter: &JournalReportFilter,
    start: JournalKey,
    limit: i64,
) -> Result<Vec<(JournalKey, i64)>, Error> {
    let rows = sqlx::query!(
        r#"select e.posted_on as "posted_on!", e.document_id as "document_id!",
            (select count(*) from posting p where p.document_id = e.document_id and p.posted_on = e.posted_on
             and (p.made_in <= $4 or ($9 and p.retired_in is null)) and (p.retired_in is null or p.retired_in > $4)) as "lines!"
        from (
            (select distinct p.posted_on, p.document_id from posting p
             where p.retired_in is null and (p.made_in <= $4 or $9) and p.posted_on between $1 and $2
               and (p.posted_on, p.document_id) > ($1, $3)
               and ($5::text is null or exists (select from document d where d.id = p.document_id and d.kind = $5))
               and ($6::boolean is null or coalesce((
                   select v.adjusting from revision v
                   where v.document_id = p.document_id and v.made_in <= greatest($4, p.made_in) order by v.n desc limit 1), false) = $6)
               and ($7::text is null or exists (
                   select from change c where strpos(lower(c.actor), lower($7)) > 0 and c.n = (
                       select min(q.made_in) from posting q where q.document_id = p.document_id and q.posted_on = p.posted_on)))
             order by p.posted_on, p.document_id limit $8)
            union
            (select distinct p.posted_on, p.document_id from posting p
             where p.retired_in > $4 and p.made_in <= $4 and p.posted_on between $1 and $2 and (p.posted_on, p.document_id) > ($1, $3)
               and ($5::text is null or exists (select from document d where d.id = p.document_id and d.kind = $5))
               and ($6::boolean is null or coalesce((
                   select v.adjusting from revision v
                   where v.document_id = p.document_id and v.made_in <= greatest($4, p.made_in) order by v.n desc limit 1), false) = $6)
               and ($7::text is null or exists (
                   select from change c where strpos(lower(c.actor), lower($7)) > 0 and c.n = (
                       select min(q.made_in) from posting q where q.document_id = p.document_id and q.posted_on = p.posted_on)))
             order by p.posted_on, p.document_id limit $8)
        ) e
        order by e.posted_on, e.document_id limit $8"#,
        start.posted_on,
        filter.to,
        start.document_id,
        filter.known(),
        filter.kind_code(),
        filter.adjusting.mark(),
        filter.entered_by(),
        limit,
        filter.shows_since
    )
    .fetch_all(&mut **tx)
    .await?;
    let keys = rows.into_iter().map(|row| {
        let key = JournalKey {
            posted_on: row.posted_on,
            document_id: row.document_id,
        };
        (key, row.lines)
    });
    Ok(keys.collect())
}

/// The lines of these entries, in their order; of an entry first what was known. Who entered it is who first posted on its day: what
/// reverses a void behind a lock was entered by who voided it, then.
pub(super) async fn entries(
    tx: &mut TenantTx<Read>,
    filter: &JournalReportFilter,
    keys: &[JournalKey],
) -> Result<Vec<EntryRow>, Error> {
    let days: Vec<Date> = keys.iter().map(|key| key.posted_on).collect();
    let documents: Vec<i64> = keys.iter().map(|key| key.document_id).collect();
    let known = filter.known();
    Ok(sqlx::query_as!(
        EntryRow,
        r#"select p.id, p.document_id, p.posted_on, p.line_no, p.account_id, p.amount, p.made_in, p.retired_in, d.kind, d.number,
            d.state = 'void' and not exists (
                select from posting v where v.document_id = d.id and (v.made_in > $3 or v.retired_in > $3)) as "voided!",
            coalesce(r.adjusting, false) as "adjusting!", coalesce(r.accrual_only, false) as "accrual_only!",
            r.memo as "memo?", rc.name as "contact?", pc.name as "line_contact?",
            coalesce(l.description, '') as "description!", c.actor as entered_by, c.at as entered_at
        from unnest($1::date[], $2::bigint[]) with ordinality as e (posted_on, document_id, n)
        join posting p on p.document_id = e.document_id and p.posted_on = e.posted_on
            and (p.made_in <= $3 or ($4 and p.retired_in is null)) and (p.retired_in is null or p.retired_in > $3)
        join document d on d.id = p.document_id
        join change c on c.n = (select min(q.made_in) from posting q where q.document_id = e.document_id and q.posted_on = e.posted_on)
        left join lateral (
            select v.id, v.memo, v.adjusting, v.accrual_only, v.contact_id from revision v
            where v.document_id = d.id and v.made_in <= greatest($3, p.made_in) order by v.n desc limit 1
        ) r on true
        left join document_line l on l.revision_id = r.id and l.line_no = p.line_no
        left join contact rc on rc.id = r.contact_id
        left join contact pc on pc.id = p.contact_id
        order by e.n, p.made_in > $3, coalesce(l.position, p.line_no), p.id"#,
        &days,
        &documents,
        known,
        filter.shows_since
    )
    .fetch_all(&mut **tx)
    .await?)
}

/// What the whole period comes to.
pub(super) async fn totals(tx: &mut TenantTx<Read>, filter: &JournalReportFilter) -> Result<JournalTotals, Error> {
    Ok(sqlx::query_as!(
        JournalTotals,
        r#"select count(distinct (p.posted_on, p.document_id)) as "entries!",
            coalesce(sum(p.amount) filter (where p.amount > 0), 0)::bigint as "debit!",
            coalesce(-sum(p.amount) filter (where p.amount < 0), 0)::bigint as "credit!"
        from (
            select p.posted_on, p.document_id, p.amount from posting p
            where p.retired_in is null and p.made_in <= $3 and p.posted_on between $1 and $2
            union all
            select p.posted_on, p.document_id, p.amount from posting p
            where p.retired_in > $3 and p.made_in <= $3 and p.posted_on between $1 and $2
        ) p
        where ($4::text is null or exists (select from document d where d.id = p.document_id and d.kind = $4))
          and ($5::boolean is null or coalesce((
              select v.adjusting from revision v
              where v.document_id = p.document_id and v.made_in <= $3 order by v.n desc limit 1), false) = $5)
          and ($6::text is null or exists (
              select from change c where strpos(lower(c.actor), lower($6)) > 0 and c.n = (
                  select min(q.made_in) from posting q where q.document_id = p.document_id and q.posted_on = p.posted_on)))"#,
        filter.from,
        filter.to,
        filter.known(),
        filter.kind_code(),
        filter.adjusting.mark(),
        filter.entered_by()
    )
    .fetch_one(&mut **tx)
    .await?)
}
