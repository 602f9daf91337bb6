//! Reading the review list.

use std::collections::HashMap;

use ledger::dates::format_date;
use tenancy::{Capability, Cx, Read, TenantTx};
use time::Date;

use super::{
    AcceptedAs, CANDIDATES_MAX, Candidate, LineState, MATCH_DAYS_MAX, PAGE_LINES_MAX, ReviewLine, ReviewPage,
    ReviewPosition,
};
use crate::Error;
use crate::documents::DocumentKind;
use crate::fields::known;

/// A page of a bank account's lines in the given states, newest first: `limit` lines, 100 at most, after `after`.
pub async fn review_list(
    cx: &Cx,
    bank_account_id: i64,
    states: &[LineState],
    after: Option<ReviewPosition>,
    limit: i64,
) -> Result<ReviewPage, Error> {
    let limit = limit.clamp(1, PAGE_LINES_MAX);
    let states: Vec<&str> = states.iter().map(|state| state.code()).collect();
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut rows = sqlx::query_as!(
        LineRow,
        "select id, posted_on, amount, amount_text, currency, name, memo, check_number, state, doubt from bank_line
         where bank_account_id = $1 and state = any ($2) and ($3::date is null or (posted_on, id) < ($3, $4))
         order by posted_on desc, id desc limit $5",
        bank_account_id,
        &states as &[&str],
        after.map(|position| position.posted_on),
        after.map(|position| position.id),
        limit + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let page_length = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > page_length;
    rows.truncate(page_length);
    let next = rows.last().filter(|_| has_more).map(|row| ReviewPosition {
        posted_on: row.posted_on,
        id: row.id,
    });
    let lines = review_lines(&mut tx, rows).await?;
    Ok(ReviewPage { lines, next })
}

/// One line of a bank account, whatever its state.
///
/// # Errors
/// `NotFound`.
pub async fn review_line_get(cx: &Cx, bank_account_id: i64, line_id: i64) -> Result<ReviewLine, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let row = sqlx::query_as!(
        LineRow,
        "select id, posted_on, amount, amount_text, currency, name, memo, check_number, state, doubt from bank_line
         where bank_account_id = $1 and id = $2",
        bank_account_id,
        line_id
    )
    .fetch_optional(&mut *tx)
    .await?;
    let lines = review_lines(&mut tx, row.into_iter().collect()).await?;
    lines.into_iter().next().ok_or(Error::NotFound("that bank line"))
}

struct LineRow {
    id: i64,
    posted_on: Date,
    amount: Option<i64>,
    amount_text: String,
    currency: String,
    name: String,
    memo: String,
    check_number: Option<String>,
    state: String,
    doubt: Option<String>,
}

/// The lines with what they are in the books, or may be.
async fn review_lines(tx: &mut TenantTx<Read>, rows: Vec<LineRow>) -> Result<Vec<ReviewLine>, Error> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let mut accepted = accepted(tx, &ids).await?;
    let mut candidates = candidates(tx, &ids).await?;
    rows.into_iter()
        .map(|row| {
            Ok(ReviewLine {
                id: row.id,
                posted_on: row.posted_on,
                amount: row.amount,
                amount_text: row.amount_text,
                currency: row.currency,
                name: row.name,
                memo: row.memo,
                check_number: row.check_number,
                state: LineState::of(&row.state)?,
                doubt: row.doubt,
                accepted_as: accepted.remove(&row.id),
                candidates: candidates.remove(&row.id).unwrap_or_default(),
            })
        })
        .collect()
}

async fn accepted(tx: &mut TenantTx<Read>, line_ids: &[i64]) -> Result<HashMap<i64, AcceptedAs>, Error> {
    let rows = sqlx::query!(
        r#"select m.bank_line_id, d.id as document_id, d.kind,
            (select coalesce(string_agg(distinct concat_ws(' ', a.number, a.name), ', '), '') from posting o join account a on a.id = o.account_id
             where o.document_id = d.id and o.retired_in is null and o.id <> p.id) as "accounts!"
           from bank_match m join posting p on p.id = m.posting_id join document d on d.id = p.document_id
           where m.bank_line_id = any ($1) and m.retired_in is null"#,
        line_ids
    )
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let accepted_as = AcceptedAs {
                document_id: row.document_id,
                kind: kind(&row.kind)?,
                accounts: row.accounts,
            };
            Ok((row.bank_line_id, accepted_as))
        })
        .collect()
}

async fn candidates(tx: &mut TenantTx<Read>, line_ids: &[i64]) -> Result<HashMap<i64, Vec<Candidate>>, Error> {
    let rows = sqlx::query!(
        r#"select l.id as line_id, p.id as posting_id, p.document_id, p.kind, p.posted_on, p.number, p.posted_on - l.posted_on as "days!",
            (select coalesce(string_agg(distinct concat_ws(' ', a.number, a.name), ', '), '') from posting o join account a on a.id = o.account_id
             where o.document_id = p.document_id and o.retired_in is null and o.id <> p.id) as "accounts!"
           from bank_line l join bank_account b on b.id = l.bank_account_id
           cross join lateral (
               select p.id, p.document_id, p.posted_on, d.kind, d.number from posting p join document d on d.id = p.document_id
               where p.account_id = b.account_id and p.amount = l.amount and p.retired_in is null
                 and p.posted_on between l.posted_on - $2::int and l.posted_on + $2::int
                 and d.state = 'issued' and d.kind <> 'opening_entry'
                 and not exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null)
               order by abs(p.posted_on - l.posted_on), p.id limit $3) p
           where l.id = any ($1) and l.state = 'new' order by l.id, abs(p.posted_on - l.posted_on), p.id"#,
        line_ids,
        MATCH_DAYS_MAX,
        CANDIDATES_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut by_line: HashMap<i64, Vec<Candidate>> = HashMap::new();
    for row in rows {
        let kind = kind(&row.kind)?;
        let number = row.number.map(|number| format!(" {number}")).unwrap_or_default();
        let reason = format!(
            "{}{number} of {}, {}: the same amount {}.",
            kind.name(),
            format_date(row.posted_on),
            row.accounts,
            apart(row.days)
        );
        by_line.entry(row.line_id).or_default().push(Candidate {
            posting_id: row.posting_id,
            document_id: row.document_id,
            kind,
            posted_on: row.posted_on,
            reason,
        });
    }
    Ok(by_line)
}

/// How a posting's day lies to the line's, in words.
fn apart(days: i32) -> String {
    match (days, days.unsigned_abs()) {
        (0, _) => "on the same day".to_owned(),
        (1.., 1) => "a day later".to_owned(),
        (_, 1) => "a day earlier".to_owned(),
        (1.., n) => format!("{n} days later"),
        (_, n) => format!("{n} days earlier"),
    }
}

fn kind(code: &str) -> Result<DocumentKind, Error> {
    known(DocumentKind::parse(code).ok_or(()))
}
