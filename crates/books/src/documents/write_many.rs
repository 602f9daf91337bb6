//! Writing many documents at once: what `create` does for one, in six statements whatever their number, for imports. The lines are
//! numbered, limited and given open items by the same rules.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use tenancy::{TenantTx, Write};
use time::Date;

use super::lines::{LineColumns, NumberedLine, check_size, control_accounts, numbered, total};
use super::{DocumentState, NewDocument, Written};
use crate::Error;

/// Makes documents of one kind or several, each with its first revision, and posts those that are to be issued.
pub(crate) async fn create_many(tx: &mut TenantTx<Write>, new: &[NewDocument]) -> Result<Vec<Written>, Error> {
    for document in new {
        check_size(&document.content)?;
    }
    forget_plans(tx).await?;
    let written = documents(tx, new).await?;
    let revisions = revisions(tx, new, &written).await?;
    // Numbers begin at 1 in every document; from here on the lines of all documents stand in one list.
    let lines: Vec<NumberedLine> = new
        .iter()
        .flat_map(|document| numbered(&document.content.lines, 0))
        .collect();
    let owners: Vec<usize> = new
        .iter()
        .enumerate()
        .flat_map(|(at, document)| document.content.lines.iter().map(move |_| at))
        .collect();
    insert_lines(tx, &lines, owners.iter().map(|at| revisions[*at]).collect()).await?;
    let legs: Vec<Leg> = lines
        .iter()
        .zip(&owners)
        .filter(|(line, at)| line.amount != 0 && new[**at].issue)
        .map(|(line, at)| Leg {
            document_id: written[*at].id,
            revision_id: revisions[*at],
            doc_date: new[*at].content.doc_date,
            line,
        })
        .collect();
    let controls = control_accounts(tx, &lines).await?;
    let items = open_items(tx, &legs, &controls).await?;
    instalments(tx, &legs, &items, &controls).await?;
    postings(tx, &legs, &items).await?;
    Ok(written)
}

/// Makes the database plan anew what its triggers and foreign keys look up. A connection that wrote a company's first entries keeps
/// plans for tables of one page, which read such a table whole for every row: with many rows that takes minutes.
async fn forget_plans(tx: &mut TenantTx<Write>) -> Result<(), Error> {
    sqlx::query!("discard plans").execute(&mut **tx).await?;
    Ok(())
}

/// A line that posts, with where it stands.
struct Leg<'a> {
    document_id: i64,
    revision_id: i64,
    doc_date: Date,
    line: &'a NumberedLine,
}

/// Rows that were inserted, by what tells them apart. Rows that nothing tells apart can be given out in any order.
struct Made<Key>(HashMap<Key, VecDeque<i64>>);

impl<Key: Eq + Hash> Made<Key> {
    fn of(rows: impl Iterator<Item = (Key, i64)>) -> Self {
        let mut rows: Vec<(Key, i64)> = rows.collect();
        rows.sort_by_key(|(_, id)| *id);
        let mut made: HashMap<Key, VecDeque<i64>> = HashMap::new();
        for (key, id) in rows {
            made.entry(key).or_default().push_back(id);
        }
        Self(made)
    }

    fn take(&mut self, key: &Key) -> Result<i64, Error> {
        self.0
            .get_mut(key)
            .and_then(VecDeque::pop_front)
            .ok_or(Error::NotFound("a row just written"))
    }
}

async fn documents(tx: &mut TenantTx<Write>, new: &[NewDocument]) -> Result<Vec<Written>, Error> {
    let kind: Vec<String> = new.iter().map(|document| document.kind.code().to_owned()).collect();
    let number: Vec<Option<String>> = new.iter().map(|document| document.number.clone()).collect();
    let state: Vec<String> = new.iter().map(|document| state(document).code().to_owned()).collect();
    let source: Vec<String> = new.iter().map(|document| document.source.code().to_owned()).collect();
    let reverses: Vec<Option<i64>> = new.iter().map(|document| document.reverses_id).collect();
    let rows = sqlx::query!(
        "insert into document (kind, number, state, currency, source, reverses_id)
         select u.kind, u.number, u.state, c.currency, u.source, u.reverses_id
         from company c, unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[]) with ordinality
             as u (kind, number, state, source, reverses_id, place)
         order by u.place
         returning id, kind, number, series_id, state, source, reverses_id",
        &kind,
        &number as &[Option<String>],
        &state,
        &source,
        &reverses as &[Option<i64>]
    )
    .fetch_all(&mut **tx)
    .await?;
    if rows.len() != new.len() {
        return Err(Error::NotFound("the company"));
    }
    let numbers: HashMap<i64, Option<String>> = rows.iter().map(|row| (row.id, row.number.clone())).collect();
    let mut made = Made::of(rows.into_iter().map(|row| {
        let brought = row.number.filter(|_| row.series_id.is_none());
        ((row.kind, brought, row.state, row.source, row.reverses_id), row.id)
    }));
    let keys = kind.into_iter().zip(number).zip(state).zip(source).zip(reverses);
    keys.map(|((((kind, number), state), source), reverses_id)| {
        let id = made.take(&(kind, number, state, source, reverses_id))?;
        Ok(Written {
            id,
            number: numbers.get(&id).cloned().flatten(),
            version: 1,
        })
    })
    .collect()
}

fn state(document: &NewDocument) -> DocumentState {
    if document.issue {
        DocumentState::Issued
    } else {
        DocumentState::Draft
    }
}

/// The first revision of each document, in the documents' order.
async fn revisions(tx: &mut TenantTx<Write>, new: &[NewDocument], written: &[Written]) -> Result<Vec<i64>, Error> {
    let document_id: Vec<i64> = written.iter().map(|document| document.id).collect();
    let doc_date: Vec<Date> = new.iter().map(|document| document.content.doc_date).collect();
    let contact_id: Vec<Option<i64>> = new.iter().map(|document| document.content.contact_id).collect();
    let reference: Vec<Option<String>> = new.iter().map(|document| document.content.reference.clone()).collect();
    let memo: Vec<Option<String>> = new.iter().map(|document| document.content.memo.clone()).collect();
    let (adjusting, accrual_only): (Vec<Option<bool>>, Vec<Option<bool>>) = new
        .iter()
        .map(|document| document.content.marks.columns())
        .map(|[adjusting, accrual_only]| (adjusting, accrual_only))
        .unzip();
    let totals: Vec<i64> = new.iter().map(|document| total(&document.content)).collect();
    let rows = sqlx::query!(
        "insert into revision (document_id, n, doc_date, contact_id, reference, memo, total, made_in, adjusting, accrual_only)
         select u.document_id, 1, u.doc_date, u.contact_id, u.reference, u.memo, u.total, $7, u.adjusting, u.accrual_only
         from unnest($1::bigint[], $2::date[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $8::bool[], $9::bool[])
             as u (document_id, doc_date, contact_id, reference, memo, total, adjusting, accrual_only)
         returning id, document_id",
        &document_id,
        &doc_date,
        &contact_id as &[Option<i64>],
        &reference as &[Option<String>],
        &memo as &[Option<String>],
        &totals,
        tx.change(),
        &adjusting as &[Option<bool>],
        &accrual_only as &[Option<bool>]
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut made = Made::of(rows.into_iter().map(|row| (row.document_id, row.id)));
    document_id.iter().map(|id| made.take(id)).collect()
}

async fn insert_lines(tx: &mut TenantTx<Write>, lines: &[NumberedLine], revision_id: Vec<i64>) -> Result<(), Error> {
    let columns = LineColumns::of(lines.iter());
    sqlx::query!(
        "insert into document_line (revision_id, line_no, position, account_id, contact_id, description, amount, due_on)
         select u.revision_id, u.line_no, u.position, u.account_id, u.contact_id, u.description, u.amount, u.due_on
         from unnest($1::bigint[], $2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::date[])
             as u (revision_id, line_no, position, account_id, contact_id, description, amount, due_on)",
        &revision_id,
        &columns.line_no,
        &columns.position,
        &columns.account_id,
        &columns.contact_id as &[Option<i64>],
        &columns.description,
        &columns.amount,
        &columns.due_on as &[Option<Date>]
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The open item of each leg, none for those that need none.
async fn open_items(
    tx: &mut TenantTx<Write>,
    legs: &[Leg<'_>],
    controls: &HashMap<i64, bool>,
) -> Result<Vec<Option<i64>>, Error> {
    let needing: Vec<&Leg> = legs
        .iter()
        .filter(|leg| controls.contains_key(&leg.line.account_id))
        .collect();
    let document_id: Vec<i64> = needing.iter().map(|leg| leg.document_id).collect();
    let account_id: Vec<i64> = needing.iter().map(|leg| leg.line.account_id).collect();
    let contact_id: Vec<Option<i64>> = needing.iter().map(|leg| leg.line.contact_id).collect();
    let rows = sqlx::query!(
        "insert into open_item (document_id, account_id, contact_id)
         select u.document_id, u.account_id, u.contact_id
         from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as u (document_id, account_id, contact_id)
         returning id, document_id, account_id, contact_id",
        &document_id,
        &account_id,
        &contact_id as &[Option<i64>]
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut made = Made::of(
        rows.into_iter()
            .map(|row| ((row.document_id, row.account_id, row.contact_id), row.id)),
    );
    legs.iter()
        .map(|leg| match controls.contains_key(&leg.line.account_id) {
            true => made
                .take(&(leg.document_id, leg.line.account_id, leg.line.contact_id))
                .map(Some),
            false => Ok(None),
        })
        .collect()
}

/// When each receivable and payable leg is due: on the day its line says, or the document's.
async fn instalments(
    tx: &mut TenantTx<Write>,
    legs: &[Leg<'_>],
    items: &[Option<i64>],
    controls: &HashMap<i64, bool>,
) -> Result<(), Error> {
    let mut last = HashMap::new();
    let (mut revision_id, mut n, mut item_id, mut due_on, mut amount) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (leg, item) in legs.iter().zip(items) {
        let Some(item) = item.filter(|_| controls.get(&leg.line.account_id) == Some(&true)) else {
            continue;
        };
        let in_revision: &mut i32 = last.entry(leg.revision_id).or_default();
        *in_revision += 1;
        revision_id.push(leg.revision_id);
        n.push(*in_revision);
        item_id.push(item);
        due_on.push(leg.line.due_on.unwrap_or(leg.doc_date));
        amount.push(leg.line.amount);
    }
    sqlx::query!(
        "insert into instalment (revision_id, n, open_item_id, due_on, amount)
         select u.revision_id, u.n, u.item_id, u.due_on, u.amount
         from unnest($1::bigint[], $2::int[], $3::bigint[], $4::date[], $5::bigint[]) as u (revision_id, n, item_id, due_on, amount)",
        &revision_id,
        &n,
        &item_id,
        &due_on,
        &amount
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One statement for all postings, so that the database sees every document balanced.
async fn postings(tx: &mut TenantTx<Write>, legs: &[Leg<'_>], items: &[Option<i64>]) -> Result<(), Error> {
    let document_id: Vec<i64> = legs.iter().map(|leg| leg.document_id).collect();
    let posted_on: Vec<Date> = legs.iter().map(|leg| leg.doc_date).collect();
    let columns = LineColumns::of(legs.iter().map(|leg| leg.line));
    sqlx::query!(
        "insert into posting (document_id, line_no, account_id, contact_id, open_item_id, posted_on, amount, currency, base_amount, made_in)
         select u.document_id, u.line_no, u.account_id, u.contact_id, u.item_id, u.posted_on, u.amount, c.currency, u.amount, $8
         from company c, unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::bigint[], $6::date[], $7::bigint[])
             as u (document_id, line_no, account_id, contact_id, item_id, posted_on, amount)",
        &document_id,
        &columns.line_no,
        &columns.account_id,
        &columns.contact_id as &[Option<i64>],
        items as &[Option<i64>],
        &posted_on,
        &columns.amount,
        tx.change()
    )
    .execute(&mut **tx)
    .await?;
    Ok(())
}
