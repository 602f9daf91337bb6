//! Writing documents. Everything here runs inside a change that the caller opened; a few set-based statements a document.

use std::collections::HashMap;

use ledger::entry::{Difference, Leg, Posting, document_postings, revision_difference};
use tenancy::{TenantTx, Write};
use time::Date;

use super::lines::{LineColumns, NumberedLine, check_size, control_accounts, numbered, total};
use super::{Content, DocumentState, NewDocument, Written};
use crate::Error;
use crate::refusals::matched;

/// Makes a document with its first revision; posts it when it is to be issued.
pub(crate) async fn create(tx: &mut TenantTx<Write>, new: &NewDocument) -> Result<Written, Error> {
    check_size(&new.content)?;
    let lines = numbered(&new.content.lines, 0);
    let state = if new.issue {
        DocumentState::Issued
    } else {
        DocumentState::Draft
    };
    let change = tx.change();
    let columns = LineColumns::of(lines.iter());
    let [adjusting, accrual_only] = new.content.marks.columns();
    // One statement for the document, its revision and its lines: foreign keys are checked at the end of it.
    let row = sqlx::query!(
        r#"with d as (
            insert into document (kind, number, state, currency, source, reverses_id)
            select $1, $2, $3, c.currency, $4, $5 from company c
            returning id, number
        ), r as (
            insert into revision (document_id, n, doc_date, contact_id, reference, memo, total, made_in, adjusting, accrual_only)
            select d.id, 1, $6, $7, $8, $9, $10, $11, $18, $19 from d
            returning id
        ), l as (
            insert into document_line (revision_id, line_no, position, account_id, contact_id, description, amount, due_on)
            select r.id, u.line_no, u.position, u.account_id, u.contact_id, u.description, u.amount, u.due_on
            from r, unnest($12::int[], $13::int[], $14::bigint[], $15::bigint[], $16::text[], $17::bigint[], $20::date[])
                as u (line_no, position, account_id, contact_id, description, amount, due_on)
        )
        select d.id as "id!", d.number, r.id as "revision_id!" from d, r"#,
        new.kind.code(),
        new.number,
        state.code(),
        new.source.code(),
        new.reverses_id,
        new.content.doc_date,
        new.content.contact_id,
        new.content.reference,
        new.content.memo,
        total(&new.content),
        change,
        &columns.line_no,
        &columns.position,
        &columns.account_id,
        &columns.contact_id as &[Option<i64>],
        &columns.description,
        &columns.amount,
        adjusting,
        accrual_only,
        &columns.due_on as &[Option<Date>],
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("the company"))?;
    if new.issue {
        post(
            tx,
            row.id,
            row.revision_id,
            new.content.doc_date,
            &lines,
            &Posted::default(),
        )
        .await?;
    }
    Ok(Written {
        id: row.id,
        number: row.number,
        version: 1,
    })
}

/// Issues a draft: gives its number and posts its live revision.
pub(crate) async fn issue(tx: &mut TenantTx<Write>, id: i64, version: i32) -> Result<Written, Error> {
    let live = live_revision(tx, id, version).await?;
    if !matches!(live.state, DocumentState::Draft | DocumentState::Submitted) {
        return Err(Error::of_form("This was issued already."));
    }
    let number = sqlx::query_scalar!(
        "update document set state = 'issued' where id = $1 returning number",
        id
    )
    .fetch_one(&mut **tx)
    .await?;
    let lines = lines_of(tx, live.revision_id).await?;
    post(tx, id, live.revision_id, live.doc_date, &lines, &Posted::default()).await?;
    Ok(Written { id, number, version })
}

/// Replaces what a document says by a new revision. Of an issued one only the postings that differ are retired; the others stay,
/// with whatever is matched or reconciled to them.
pub(crate) async fn revise(
    tx: &mut TenantTx<Write>,
    id: i64,
    version: i32,
    content: &Content,
) -> Result<Written, Error> {
    check_size(content)?;
    let live = live_revision(tx, id, version).await?;
    if live.state == DocumentState::Void {
        return Err(Error::of_form("This is void, and a void document stays as it is."));
    }
    let last_line = sqlx::query_scalar!(
        r#"select coalesce(max(l.line_no), 0) as "n!" from document_line l join revision r on r.id = l.revision_id where r.document_id = $1"#,
        id
    )
    .fetch_one(&mut **tx)
    .await?;
    let lines = numbered(&content.lines, last_line);
    let change = tx.change();
    let columns = LineColumns::of(lines.iter());
    let [adjusting, accrual_only] = content.marks.columns();
    sqlx::query!(
        "update revision set retired_in = $2 where id = $1",
        live.revision_id,
        change
    )
    .execute(&mut **tx)
    .await?;
    let revision_id = sqlx::query_scalar!(
        r#"with r as (
            insert into revision (document_id, n, doc_date, contact_id, reference, memo, total, made_in, adjusting, accrual_only)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $15, $16) returning id
        ), l as (
            insert into document_line (revision_id, line_no, position, account_id, contact_id, description, amount, due_on)
            select r.id, u.line_no, u.position, u.account_id, u.contact_id, u.description, u.amount, u.due_on
            from r, unnest($9::int[], $10::int[], $11::bigint[], $12::bigint[], $13::text[], $14::bigint[], $17::date[])
                as u (line_no, position, account_id, contact_id, description, amount, due_on)
        )
        select r.id as "id!" from r"#,
        id,
        version + 1,
        content.doc_date,
        content.contact_id,
        content.reference,
        content.memo,
        total(content),
        change,
        &columns.line_no,
        &columns.position,
        &columns.account_id,
        &columns.contact_id as &[Option<i64>],
        &columns.description,
        &columns.amount,
        adjusting,
        accrual_only,
        &columns.due_on as &[Option<Date>],
    )
    .fetch_one(&mut **tx)
    .await?;
    if live.state == DocumentState::Issued {
        let posted = posted(tx, id).await?;
        post(tx, id, revision_id, content.doc_date, &lines, &posted).await?;
    }
    Ok(Written {
        id,
        number: live.number,
        version: version + 1,
    })
}

/// Voids a document: retires its postings and settlements, or, where a lock covers any of them, reverses them on `on`, a day
/// after the lock. A draft is simply given up.
pub(crate) async fn void(
    tx: &mut TenantTx<Write>,
    id: i64,
    version: i32,
    on: Date,
    reason: &str,
) -> Result<Written, Error> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::at("reason", "Say why: the reason stays with the number."));
    }
    let live = live_revision(tx, id, version).await?;
    if live.state == DocumentState::Void {
        return Err(Error::of_form("This is void already."));
    }
    let change = tx.change();
    let held = sqlx::query!(
        r#"select exists (select from posting where document_id = $1 and retired_in is null and posted_on <= lock_through())
            or exists (select from settlement s join open_item i on i.id in (s.debit_item_id, s.credit_item_id)
                       where i.document_id = $1 and s.retired_in is null and s.applied_on <= lock_through()) as "locked!",
            exists (select from posting p join bank_match m on m.posting_id = p.id and m.retired_in is null
                    where p.document_id = $1 and p.retired_in is null) as "matched!""#,
        id
    )
    .fetch_one(&mut **tx)
    .await?;
    if held.matched {
        // Retired, the database would refuse it; reversed at another day, the bank's line would stay matched to what is void.
        return Err(Error::Invalid(vec![matched()]));
    }
    let locked = held.locked;
    unsettle(tx, id, on, locked).await?;
    if locked {
        sqlx::query!(
            "insert into posting (document_id, line_no, account_id, contact_id, open_item_id, posted_on, amount, currency, base_amount, made_in)
             select document_id, line_no, account_id, contact_id, open_item_id, $2, -amount, currency, -base_amount, $3
             from posting where document_id = $1 and retired_in is null order by id",
            id,
            on,
            change
        )
        .execute(&mut **tx)
        .await?;
    } else {
        sqlx::query!(
            "update posting set retired_in = $2 where document_id = $1 and retired_in is null",
            id,
            change
        )
        .execute(&mut **tx)
        .await?;
    }
    sqlx::query!(
        "update document set state = 'void', void_reason = $2 where id = $1",
        id,
        reason
    )
    .execute(&mut **tx)
    .await?;
    Ok(Written {
        id,
        number: live.number,
        version,
    })
}

/// Takes back the settlements of a document's open items: retired, or reversed where the lock covers them.
async fn unsettle(tx: &mut TenantTx<Write>, id: i64, on: Date, locked: bool) -> Result<(), Error> {
    let change = tx.change();
    if locked {
        sqlx::query!(
            "insert into settlement (debit_item_id, credit_item_id, amount, applied_on, reverses_id, made_in)
             select s.debit_item_id, s.credit_item_id, -s.amount, $2, s.id, $3 from settlement s
             where exists (select from open_item i where i.document_id = $1 and i.id in (s.debit_item_id, s.credit_item_id))
               and s.retired_in is null and s.reverses_id is null
               and not exists (select from settlement b where b.reverses_id = s.id and b.retired_in is null)",
            id,
            on,
            change
        )
        .execute(&mut **tx)
        .await?;
    } else {
        sqlx::query!(
            "update settlement set retired_in = $2 where retired_in is null and id in (
                select s.id from settlement s join open_item i on i.id in (s.debit_item_id, s.credit_item_id) where i.document_id = $1)",
            id,
            change
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// What a document has posted: the ids, and in the same order the postings.
#[derive(Default)]
struct Posted {
    ids: Vec<i64>,
    postings: Vec<Posting>,
}

async fn posted(tx: &mut TenantTx<Write>, document_id: i64) -> Result<Posted, Error> {
    let rows = sqlx::query!(
        "select id, line_no, account_id, contact_id, open_item_id, posted_on, amount from posting
         where document_id = $1 and retired_in is null order by id",
        document_id
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut posted = Posted::default();
    for row in rows {
        posted.ids.push(row.id);
        posted.postings.push(Posting {
            line_no: row.line_no,
            account_id: row.account_id,
            contact_id: row.contact_id,
            open_item_id: row.open_item_id,
            posted_on: row.posted_on,
            amount: row.amount,
        });
    }
    Ok(posted)
}

/// What a revision's lines are to post, against what is posted: retires what differs and inserts what is missing, in one
/// statement, so that the database sees the document balanced before and after and never in between.
async fn post(
    tx: &mut TenantTx<Write>,
    id: i64,
    revision_id: i64,
    doc_date: Date,
    lines: &[NumberedLine],
    posted: &Posted,
) -> Result<(), Error> {
    let items = open_items(tx, id, revision_id, doc_date, lines).await?;
    let wanted = document_postings(
        doc_date,
        lines.iter().map(|line| Leg {
            line_no: line.line_no,
            account_id: line.account_id,
            contact_id: line.contact_id,
            open_item_id: items.get(&line.line_no).copied(),
            amount: line.amount,
        }),
    );
    let difference = revision_difference(&posted.postings, &wanted);
    if difference.is_empty() {
        return Ok(());
    }
    let Difference { retire, insert } = difference;
    let gone: Vec<i64> = retire.iter().filter_map(|at| posted.ids.get(*at).copied()).collect();
    let line_no: Vec<i32> = insert.iter().map(|posting| posting.line_no).collect();
    let account_id: Vec<i64> = insert.iter().map(|posting| posting.account_id).collect();
    let contact_id: Vec<Option<i64>> = insert.iter().map(|posting| posting.contact_id).collect();
    let item_id: Vec<Option<i64>> = insert.iter().map(|posting| posting.open_item_id).collect();
    let amount: Vec<i64> = insert.iter().map(|posting| posting.amount).collect();
    let change = tx.change();
    if gone.is_empty() {
        // Alone: an update of no row would have every check of a retirement made for nothing.
        sqlx::query!(
            "insert into posting (document_id, line_no, account_id, contact_id, open_item_id, posted_on, amount, currency, base_amount, made_in)
             select $1, u.line_no, u.account_id, u.contact_id, u.item_id, $2, u.amount, c.currency, u.amount, $3
             from company c, unnest($4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]) as u (line_no, account_id, contact_id, item_id, amount)",
            id,
            doc_date,
            change,
            &line_no,
            &account_id,
            &contact_id as &[Option<i64>],
            &item_id as &[Option<i64>],
            &amount
        )
        .execute(&mut **tx)
        .await?;
        return Ok(());
    }
    // In one statement: what the document posts is balanced at the end of each.
    sqlx::query!(
        "with gone as (
            update posting set retired_in = $3 where id = any ($9)
        )
        insert into posting (document_id, line_no, account_id, contact_id, open_item_id, posted_on, amount, currency, base_amount, made_in)
        select $1, u.line_no, u.account_id, u.contact_id, u.item_id, $2, u.amount, c.currency, u.amount, $3
        from company c, unnest($4::int[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]) as u (line_no, account_id, contact_id, item_id, amount)",
        id,
        doc_date,
        change,
        &line_no,
        &account_id,
        &contact_id as &[Option<i64>],
        &item_id as &[Option<i64>],
        &amount,
        &gone
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The open item of each line that needs one, by line number: an earlier revision's where account and contact are the same,
/// else a new one. Receivable and payable legs get their due dates.
async fn open_items(
    tx: &mut TenantTx<Write>,
    id: i64,
    revision_id: i64,
    doc_date: Date,
    lines: &[NumberedLine],
) -> Result<HashMap<i32, i64>, Error> {
    let controls = control_accounts(tx, lines).await?;
    let needing: Vec<&NumberedLine> = lines
        .iter()
        .filter(|line| line.amount != 0 && controls.contains_key(&line.account_id))
        .collect();
    if needing.is_empty() {
        return Ok(HashMap::new());
    }
    let mut items = HashMap::new();
    let earlier = sqlx::query!(
        r#"select distinct on (i.id) i.id, i.account_id, i.contact_id, p.line_no from open_item i
           join posting p on p.open_item_id = i.id where i.document_id = $1 order by i.id, p.id desc"#,
        id
    )
    .fetch_all(&mut **tx)
    .await?;
    for line in &needing {
        if let Some(item) = earlier
            .iter()
            .rev()
            .find(|i| i.line_no == line.line_no && i.account_id == line.account_id && i.contact_id == line.contact_id)
        {
            items.insert(line.line_no, item.id);
        }
    }
    let fresh: Vec<&&NumberedLine> = needing
        .iter()
        .filter(|line| !items.contains_key(&line.line_no))
        .collect();
    if !fresh.is_empty() {
        let account_id: Vec<i64> = fresh.iter().map(|line| line.account_id).collect();
        let contact_id: Vec<Option<i64>> = fresh.iter().map(|line| line.contact_id).collect();
        let mut made = sqlx::query!(
            "insert into open_item (document_id, account_id, contact_id)
             select $1, u.account_id, u.contact_id from unnest($2::bigint[], $3::bigint[]) as u (account_id, contact_id) returning id, account_id, contact_id",
            id,
            &account_id,
            &contact_id as &[Option<i64>]
        )
        .fetch_all(&mut **tx)
        .await?;
        // Two lines of one account and contact get an item each; which gets which makes no difference.
        for line in fresh {
            if let Some(at) = made
                .iter()
                .position(|i| i.account_id == line.account_id && i.contact_id == line.contact_id)
            {
                items.insert(line.line_no, made.swap_remove(at).id);
            }
        }
    }
    let due: Vec<(&NumberedLine, i64)> = needing
        .iter()
        .filter(|line| controls.get(&line.account_id) == Some(&true))
        .filter_map(|line| items.get(&line.line_no).map(|item| (*line, *item)))
        .collect();
    let item_id: Vec<i64> = due.iter().map(|(_, item)| *item).collect();
    let due_on: Vec<Date> = due.iter().map(|(line, _)| line.due_on.unwrap_or(doc_date)).collect();
    let amount: Vec<i64> = due.iter().map(|(line, _)| line.amount).collect();
    sqlx::query!(
        "insert into instalment (revision_id, n, open_item_id, due_on, amount)
         select $1, u.n, u.item_id, u.due_on, u.amount from unnest($2::bigint[], $3::date[], $4::bigint[]) with ordinality as u (item_id, due_on, amount, n)",
        revision_id,
        &item_id,
        &due_on,
        &amount
    )
    .execute(&mut **tx)
    .await?;
    Ok(items)
}

struct Live {
    state: DocumentState,
    number: Option<String>,
    revision_id: i64,
    doc_date: Date,
}

/// The live revision, if it is still the one that the caller saw.
async fn live_revision(tx: &mut TenantTx<Write>, id: i64, version: i32) -> Result<Live, Error> {
    let row = sqlx::query!(
        "select d.state, d.number, r.id as revision_id, r.n, r.doc_date from document d
         join revision r on r.document_id = d.id and r.retired_in is null where d.id = $1",
        id
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("that document"))?;
    if row.n != version {
        return Err(Error::Stale { live: i64::from(row.n) });
    }
    Ok(Live {
        state: DocumentState::of(&row.state),
        number: row.number,
        revision_id: row.revision_id,
        doc_date: row.doc_date,
    })
}

async fn lines_of(tx: &mut TenantTx<Write>, revision_id: i64) -> Result<Vec<NumberedLine>, Error> {
    let rows = sqlx::query!(
        "select line_no, position, account_id, contact_id, description, amount, due_on from document_line
         where revision_id = $1 order by position",
        revision_id
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| NumberedLine {
            line_no: row.line_no,
            position: row.position,
            account_id: row.account_id,
            contact_id: row.contact_id,
            description: row.description,
            amount: row.amount,
            due_on: row.due_on,
        })
        .collect())
}
