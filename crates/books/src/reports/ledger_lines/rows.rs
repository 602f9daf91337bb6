//! Lines after a place, with what stands on them.

use tenancy::{Read, TenantTx};
use time::{Date, OffsetDateTime};

use super::super::account_ledger::LedgerKey;
use super::LedgerFilter;
use crate::Error;

/// The accounts whose lines are wanted: `ids[n]` is shown at `places[n]`, and lines come by place first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Wanted {
    ids: Vec<i64>,
    places: Vec<i32>,
}

impl Wanted {
    /// The lines of one account, as the ids of what is shown as it.
    pub(crate) fn one(ids: &[i64]) -> Self {
        let mut wanted = Self::default();
        wanted.add(0, ids);
        wanted
    }

    /// Adds the account at a place.
    pub(crate) fn add(&mut self, place: i32, ids: &[i64]) {
        self.ids.extend(ids);
        self.places.resize(self.ids.len(), place);
    }
}

/// A posting with its document, as it is read.
#[derive(Debug)]
pub(crate) struct LineRow {
    pub(crate) pos: i32,
    pub(crate) id: i64,
    pub(crate) document_id: i64,
    pub(crate) line_no: i32,
    pub(crate) account_id: i64,
    pub(crate) posted_on: Date,
    pub(crate) amount: i64,
    pub(crate) made_in: i64,
    pub(crate) retired_in: Option<i64>,
    pub(crate) kind: String,
    pub(crate) number: Option<String>,
    pub(crate) voided: bool,
    pub(crate) adjusting: bool,
    pub(crate) accrual_only: bool,
    pub(crate) memo: Option<String>,
    pub(crate) description: String,
    pub(crate) contact: Option<String>,
    pub(crate) matched: bool,
    pub(crate) posted_by: String,
    pub(crate) posted_at: OffsetDateTime,
    /// The accounts of the document's other postings of the day.
    pub(crate) others: Vec<i64>,
}

/// One query read in either direction. What is live comes by the account's index, in order; what was retired since the moment is
/// little, and has an index of its own. A text is that of the last revision known; of
/// what was made since, that of then. A document that was voided after the moment was
/// not void then: a void makes or retires postings. What stands on a line is looked up line by line (`lateral … limit 1`): joined, the
/// planner may read whole tables for a page.
macro_rules! lines_query {
    ($beyond:literal, $order:literal, $inner_order:literal, $wanted:expr, $filter:expr, $place:expr, $limit:expr) => {
        sqlx::query_as!(
            LineRow,
            r#"select p.pos as "pos!", p.id as "id!", p.document_id as "document_id!", p.line_no as "line_no!",
                p.account_id as "account_id!",
                p.posted_on as "posted_on!", p.amount as "amount!", p.made_in as "made_in!", p.retired_in as "retired_in?",
                d.kind, d.number, r.memo as "memo?", coalesce(r.adjusting, false) as "adjusting!",
                coalesce(r.accrual_only, false) as "accrual_only!",
                d.state = 'void' and not exists (
                    select from posting v where v.document_id = d.id and (v.made_in > $8 or v.retired_in > $8)) as "voided!",
                coalesce(l.description, '') as "description!", coalesce(pc.name, rc.name) as contact,
                exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null) as "matched!",
                c.actor as posted_by, c.at as posted_at,
                array(select distinct o.account_id from posting o
                      where o.document_id = p.document_id and o.posted_on = p.posted_on and o.account_id <> p.account_id
                        and o.made_in <= greatest($8, p.made_in)
                        and (o.retired_in is null or o.retired_in > greatest($8, p.made_in))) as "others!"
            from (
                select s.pos, q.* from unnest($1::bigint[], $2::integer[]) as s (account_id, pos)
                cross join lateral (
                    (select p.id, p.document_id, p.line_no, p.account_id, p.posted_on, p.amount, p.contact_id, p.made_in, p.retired_in
                        from posting p
                     where p.account_id = s.account_id and p.retired_in is null and (p.made_in <= $8 or $11)
                       and p.posted_on between $3 and $4
                       and (p.posted_on, p.document_id, p.line_no, p.id) "#
                + $beyond
                + r#" ($5, $6, $7, $12)
                       and ($9::bigint is null or coalesce(p.contact_id, (
                           select v.contact_id from revision v
                           where v.document_id = p.document_id and v.made_in <= greatest($8, p.made_in) order by v.n desc limit 1)) = $9)
                       and ($10::boolean is null or coalesce((
                           select v.adjusting from revision v
                           where v.document_id = p.document_id and v.made_in <= greatest($8, p.made_in)
                           order by v.n desc limit 1), false) = $10)
                     order by "# + $order
                + r#" limit $13)
                    union all
                    (select p.id, p.document_id, p.line_no, p.account_id, p.posted_on, p.amount, p.contact_id, p.made_in, p.retired_in
                        from posting p
                     where p.account_id = s.account_id and p.retired_in > $8 and p.made_in <= $8 and p.posted_on between $3 and $4
                       and (p.posted_on, p.document_id, p.line_no, p.id) "#
                + $beyond
                + r#" ($5, $6, $7, $12)
                       and ($9::bigint is null or coalesce(p.contact_id, (
                           select v.contact_id from revision v
                           where v.document_id = p.document_id and v.made_in <= $8 order by v.n desc limit 1)) = $9)
                       and ($10::boolean is null or coalesce((
                           select v.adjusting from revision v
                           where v.document_id = p.document_id and v.made_in <= $8 order by v.n desc limit 1), false) = $10)
                     order by "# + $order
                + r#" limit $13)
                ) q
                order by s.pos, "# + $inner_order
                + r#" limit $13
            ) p
            join lateral (select d.id, d.kind, d.number, d.state from document d where d.id = p.document_id limit 1) d on true
            join lateral (select c.actor, c.at from change c where c.n = p.made_in limit 1) c on true
            left join lateral (
                select v.id, v.memo, v.adjusting, v.accrual_only, v.contact_id from revision v
                where v.document_id = p.document_id and v.made_in <= greatest($8, p.made_in) order by v.n desc limit 1
            ) r on true
            left join lateral (
                select l.description from document_line l where l.revision_id = r.id and l.line_no = p.line_no limit 1
            ) l on true
            left join contact pc on pc.id = p.contact_id
            left join contact rc on rc.id = r.contact_id
            order by p.pos, "# + $order,
            &$wanted.ids,
            &$wanted.places,
            $filter.from,
            $filter.to,
            $place.posted_on,
            $place.document_id,
            $place.line_no,
            $filter.known(),
            $filter.contact_id,
            $filter.adjusting.mark(),
            $filter.shows_since,
            $place.posting_id,
            $limit
        )
    };
}

/// The lines of the period beyond a place, in the filter's order: at most `limit`. The place is that of every account.
pub(crate) async fn lines_from(
    tx: &mut TenantTx<Read>,
    wanted: &Wanted,
    filter: &LedgerFilter,
    place: LedgerKey,
    limit: i64,
) -> Result<Vec<LineRow>, Error> {
    let rows = match filter.newest_first {
        false => {
            lines_query!(
                ">",
                "p.posted_on, p.document_id, p.line_no, p.id",
                "q.posted_on, q.document_id, q.line_no, q.id",
                wanted,
                filter,
                place,
                limit
            )
            .fetch_all(&mut **tx)
            .await?
        }
        true => {
            lines_query!(
                "<",
                "p.posted_on desc, p.document_id desc, p.line_no desc, p.id desc",
                "q.posted_on desc, q.document_id desc, q.line_no desc, q.id desc",
                wanted,
                filter,
                place,
                limit
            )
            .fetch_all(&mut **tx)
            .await?
        }
    };
    Ok(rows)
}
