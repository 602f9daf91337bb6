//! Documents by number, by amount, by words.

use tenancy::{Read, TenantTx};
use time::Date;

use super::{FoundDocument, SEARCH_FIGURE_MAX, SEARCH_GROUP_MAX};
use crate::Error;
use crate::documents::{DocumentKind, DocumentState};
use crate::fields::known;
use crate::words::{FigureAndWords, Sought};

/// Newest documents that are looked at one by one for a word.
const NEWEST_MAX: i64 = 500;

struct Row {
    id: i64,
    kind: String,
    state: String,
    number: Option<String>,
    reference: Option<String>,
    doc_date: Date,
    total: i64,
    contact: Option<String>,
    words: Option<String>,
}

impl Row {
    fn found(self) -> Result<FoundDocument, Error> {
        Ok(FoundDocument {
            id: self.id,
            kind: known(DocumentKind::parse(&self.kind).ok_or(()))?,
            state: DocumentState::of(&self.state),
            number: self.number,
            reference: self.reference,
            date: self.doc_date,
            total: self.total,
            contact: self.contact,
            words: self.words,
        })
    }
}

fn found(rows: Vec<Row>) -> Result<Vec<FoundDocument>, Error> {
    rows.into_iter().map(Row::found).collect()
}

/// Those whose number begins with the text, or is it without its series' prefix; then those whose reference does.
pub(super) async fn numbered(tx: &mut TenantTx<Read>, sought: &Sought) -> Result<Vec<FoundDocument>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"with begun as (
            (select e.id, 0 as rank, lower(e.number) as at from document e
             where e.number is not null and lower(e.number) ~>=~ $1 and lower(e.number) ~<~ $2
             order by lower(e.number) using ~<~ limit $4)
            union all
            (select e.id, 1, '' from series t join document e on e.series_id = t.id and e.series_no = $3 limit $4)
            union all
            (select s.document_id, 2, lower(s.reference) from revision s
             where s.retired_in is null and s.reference is not null and lower(s.reference) ~>=~ $1 and lower(s.reference) ~<~ $2
             order by lower(s.reference) using ~<~ limit $4)
        ), best as (
            select distinct on (id) id, rank, at from begun order by id, rank
        )
        select d.id, d.kind, d.state, d.number, r.reference, r.doc_date, r.total, c.name as "contact?", r.memo as words
        from best join document d on d.id = best.id join revision r on r.document_id = d.id and r.retired_in is null
        left join contact c on c.id = r.contact_id
        order by best.rank, best.at, d.id limit $4"#,
        sought.from,
        sought.to,
        sought.number,
        SEARCH_GROUP_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    found(rows)
}

/// Those of this total, or with a posting of this amount on either side.
pub(super) async fn of_amount(tx: &mut TenantTx<Read>, amount: i64) -> Result<Vec<FoundDocument>, Error> {
    let rows = sqlx::query_as!(
        Row,
        // Found by amount first and sorted then: by day first, all that is posted might be read.
        r#"with totals as materialized (
            select s.document_id as id, s.doc_date as day from revision s where s.retired_in is null and s.total = $1
        ), postings as materialized (
            select p.document_id as id, p.posted_on as day from posting p where p.retired_in is null and abs(p.amount) = $1
        ), sized as (
            select id from (select id, day from totals union select id, day from postings) both_of
            group by id order by max(day) desc, id desc limit $2
        )
        select d.id, d.kind, d.state, d.number, r.reference, r.doc_date, r.total, c.name as "contact?", r.memo as words
        from sized join document d on d.id = sized.id join revision r on r.document_id = d.id and r.retired_in is null
        left join contact c on c.id = r.contact_id
        order by r.doc_date desc, d.id desc limit $2"#,
        amount,
        SEARCH_GROUP_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    found(rows)
}

/// Those of this amount, or whose number or reference begins with the figure, that have each of the other words in what they say: memo,
/// lines, names, accounts. Of many with the figure the newest are looked through, [`SEARCH_FIGURE_MAX`] at most.
pub(super) async fn of_figure(
    tx: &mut TenantTx<Read>,
    amount: Option<i64>,
    sought: &FigureAndWords,
) -> Result<Vec<FoundDocument>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"with totals as materialized (
            select s.document_id as id, s.doc_date as day from revision s where s.retired_in is null and s.total = $1
        ), postings as materialized (
            select p.document_id as id, p.posted_on as day from posting p where p.retired_in is null and abs(p.amount) = $1
        ), begun as materialized (
            (select e.id from document e
             where e.number is not null and lower(e.number) ~>=~ $2 and lower(e.number) ~<~ $3
             order by lower(e.number) using ~<~ limit $6)
            union all
            select e.id from series t join document e on e.series_id = t.id and e.series_no = $4
            union all
            (select s.document_id from revision s
             where s.retired_in is null and s.reference is not null and lower(s.reference) ~>=~ $2 and lower(s.reference) ~<~ $3
             order by lower(s.reference) using ~<~ limit $6)
        ), newest as materialized (
            select id from (
                select id, day from totals union select id, day from postings
                union select b.id, s.doc_date from begun b join revision s on s.document_id = b.id and s.retired_in is null
            ) all_of
            group by id order by max(day) desc, id desc limit $6
        )
        select d.id, d.kind, d.state, d.number, r.reference, r.doc_date, r.total, c.name as "contact?", r.memo as words
        from newest join document d on d.id = newest.id join revision r on r.document_id = d.id and r.retired_in is null
        left join contact c on c.id = r.contact_id
        where concat_ws(' ', d.number, r.reference, r.memo, c.name, (
            select string_agg(concat_ws(' ', l.description, n.name, a.name), ' ') from document_line l
            join account a on a.id = l.account_id left join contact n on n.id = l.contact_id where l.revision_id = r.id
        )) ilike all ($5)
        order by r.doc_date desc, d.id desc limit $7"#,
        amount,
        sought.figure.from,
        sought.figure.to,
        sought.figure.number,
        &sought.patterns,
        SEARCH_FIGURE_MAX,
        SEARCH_GROUP_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    found(rows)
}

/// Those whose memo or a line of which is like the pattern, the newest: of a word that many have they are among the newest there are.
pub(super) async fn holding(tx: &mut TenantTx<Read>, pattern: &str) -> Result<Vec<FoundDocument>, Error> {
    let newest = holding_of_newest(tx, pattern).await?;
    match newest.len() as i64 == SEARCH_GROUP_MAX {
        true => Ok(newest),
        false => holding_of_all(tx, pattern).await,
    }
}

/// Those among the newest [`NEWEST_MAX`] documents, looked at one by one.
async fn holding_of_newest(tx: &mut TenantTx<Read>, pattern: &str) -> Result<Vec<FoundDocument>, Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"with newest as (
            select s.id, s.document_id, s.doc_date, s.memo from revision s where s.retired_in is null
            order by s.doc_date desc, s.document_id desc limit $3
        ), held as (
            select s.document_id as id, s.doc_date, found.words from newest s cross join lateral (
                select s.memo as words, 0 as position where lower(s.memo) like lower($1)
                union all
                select l.description, l.position from document_line l
                where l.revision_id = s.id and l.description <> '' and lower(l.description) like lower($1)
                order by position limit 1
            ) found
            order by s.doc_date desc, s.document_id desc limit $2
        )
        select d.id, d.kind, d.state, d.number, r.reference, r.doc_date, r.total, c.name as "contact?", held.words
        from held join document d on d.id = held.id join revision r on r.document_id = d.id and r.retired_in is null
        left join contact c on c.id = r.contact_id
        order by r.doc_date desc, d.id desc"#,
        pattern,
        SEARCH_GROUP_MAX,
        NEWEST_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    found(rows)
}

/// Those among all, collected by the indexes of words.
async fn holding_of_all(tx: &mut TenantTx<Read>, pattern: &str) -> Result<Vec<FoundDocument>, Error> {
    let rows = sqlx::query_as!(
        Row,
        // Collected first and sorted then: by day first, all that anybody wrote might be read.
        r#"with memos as materialized (
            select s.document_id as id, s.doc_date, s.memo as words from revision s
            where s.retired_in is null and s.memo is not null and lower(s.memo) like lower($1)
        ), lines as materialized (
            select l.revision_id, l.description as words from document_line l
            where l.description <> '' and lower(l.description) like lower($1)
        ), held as (
            select id, doc_date, words from memos
            union all
            select s.document_id, s.doc_date, l.words from lines l join revision s on s.id = l.revision_id and s.retired_in is null
        ), newest as (
            select distinct on (doc_date, id) id, doc_date, words from held order by doc_date desc, id desc limit $2
        )
        select d.id, d.kind, d.state, d.number, r.reference, r.doc_date, r.total, c.name as "contact?", newest.words
        from newest join document d on d.id = newest.id join revision r on r.document_id = d.id and r.retired_in is null
        left join contact c on c.id = r.contact_id
        order by r.doc_date desc, d.id desc"#,
        pattern,
        SEARCH_GROUP_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    found(rows)
}
