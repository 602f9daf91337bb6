//! Reading the review list.

use std::collections::HashMap;

use ledger::dates::format_date;
use sqlx::FromRow;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use tenancy::{Capability, Cx, Direction, KeyKind, ListQuery, Page, Read, Seek, SortKey, TenantTx, Totals};
use time::Date;

use super::{AcceptedAs, CANDIDATES_MAX, Candidate, LineState, MATCH_DAYS_MAX, ReviewLine};
use crate::Error;
use crate::accounts::{Merges, ids_shown_as};
use crate::documents::DocumentKind;
use crate::fields::known;
use crate::words::escaped;

/// Most lines that a list counts and adds up; of more it says that there are more.
pub const LINE_TOTALS_MAX: u32 = 10_000;

const COLUMNS: &str =
    "l.id, l.posted_on, l.amount, l.amount_text, l.currency, l.name, l.memo, l.check_number, l.state, l.doubt";
/// Some entry may be the line, found by its size, which is what is indexed: what `candidates` finds. Of `[days, account, …]`: how many days apart they may be, and the accounts
/// that the line's postings are on.
const HAS_CANDIDATE: &str = "l.state = 'new' and exists (select from posting p join document d on d.id = p.document_id \
    where p.account_id = any (({})[2:]) and abs(p.amount) = abs(l.amount) and p.amount = l.amount and p.retired_in is null \
    and p.posted_on between l.posted_on - (({})[1])::int and l.posted_on + (({})[1])::int \
    and d.state = 'issued' and d.kind <> 'opening_entry' \
    and not exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null))";

/// Which way money moved.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Way {
    /// Out of the account.
    Out,
    /// Into it.
    In,
}

/// Which lines of a bank account to list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LineFilter {
    /// The bank account.
    pub bank_account_id: i64,
    /// Only those in one of these states; none for all of them.
    pub states: Vec<LineState>,
    /// Only those in whose name or memo the bank wrote this, or with this check number, in any case.
    pub text: Option<String>,
    /// Only those of this day or later.
    pub from: Option<Date>,
    /// Only those of this day or earlier.
    pub to: Option<Date>,
    /// Only those of at least this amount, minor units without a sign.
    pub least: Option<i64>,
    /// Only those of at most this amount, minor units without a sign.
    pub most: Option<i64>,
    /// Only those of money that moved this way.
    pub way: Option<Way>,
    /// Only those for which there is a suggestion.
    pub suggested: bool,
}

/// What the list is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LineSort {
    /// The bank's day.
    #[default]
    Date,
    /// The bank's words.
    Words,
    /// The amount with its sign: what went out before what came in; amounts in doubt last.
    Amount,
}

impl LineSort {
    /// What places in a list sorted so are made of.
    pub fn key(self) -> SortKey {
        let (expression, kind, nullable) = match self {
            Self::Date => ("l.posted_on", KeyKind::Date, false),
            Self::Words => (
                "lower(case when l.name = '' then l.memo else l.name end)",
                KeyKind::Text,
                false,
            ),
            Self::Amount => ("l.amount", KeyKind::Integer, true),
        };
        SortKey {
            expression,
            kind,
            nullable,
            served: None,
        }
    }
}

/// A page of the lines that `filter` lets through: at most `limit`, and never more than 1,000.
pub async fn review_list(
    cx: &Cx,
    filter: &LineFilter,
    sort: LineSort,
    direction: Direction,
    seek: &Seek,
    limit: u16,
) -> Result<Page<ReviewLine>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let list = query(&mut tx, filter).await?.sorted(sort.key(), direction);
    let Page { rows, previous, next } = list.page::<LineRow>(&mut tx, seek, limit).await?;
    Ok(Page {
        rows: review_lines(&mut tx, rows).await?,
        previous,
        next,
    })
}

/// How many lines `filter` lets through, and the sum of their amounts: of at most `rows_max` of them.
pub async fn review_totals(cx: &Cx, filter: &LineFilter, rows_max: u32) -> Result<Totals, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let list = query(&mut tx, filter).await?;
    Ok(list.totals(&mut tx, "l.amount", rows_max).await?)
}

async fn query(tx: &mut TenantTx<Read>, filter: &LineFilter) -> Result<ListQuery, Error> {
    let mut list = ListQuery::new(COLUMNS, "bank_line l", "l.id")
        .only_with("l.bank_account_id = {}", filter.bank_account_id)
        .only_where("l.posted_on >= {}", filter.from)
        .only_where("l.posted_on <= {}", filter.to)
        .only_where("abs(l.amount) >= {}", filter.least)
        .only_where("abs(l.amount) <= {}", filter.most);
    // Lines of one state stand in the index in their order already.
    list = match filter.states.as_slice() {
        [] => list,
        [state] => list.only_with("l.state = {}", state.code()),
        several => {
            let codes: Vec<String> = several.iter().map(|state| state.code().to_owned()).collect();
            list.only_with("l.state = any ({})", codes)
        }
    };
    list = match filter.way {
        None => list,
        Some(Way::Out) => list.only("l.amount < 0"),
        Some(Way::In) => list.only("l.amount > 0"),
    };
    if filter.suggested {
        let account = sqlx::query_scalar!(
            "select account_id from bank_account where id = $1",
            filter.bank_account_id
        )
        .fetch_optional(&mut **tx)
        .await?;
        let mut values = vec![i64::from(MATCH_DAYS_MAX)];
        if let Some(account_id) = account {
            values.extend(ids_shown_as(tx, account_id).await?);
        }
        list = list.only_with(HAS_CANDIDATE, values);
    }
    let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty());
    Ok(list.only_where(
        "l.name ilike ('%' || {} || '%') or l.memo ilike ('%' || {} || '%') or l.check_number = {}",
        text.map(escaped),
    ))
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

impl FromRow<'_, PgRow> for LineRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            posted_on: row.try_get("posted_on")?,
            amount: row.try_get("amount")?,
            amount_text: row.try_get("amount_text")?,
            currency: row.try_get("currency")?,
            name: row.try_get("name")?,
            memo: row.try_get("memo")?,
            check_number: row.try_get("check_number")?,
            state: row.try_get("state")?,
            doubt: row.try_get("doubt")?,
        })
    }
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
    let (merged, shown_as) = Merges::load(tx).await?.columns();
    let rows = sqlx::query!(
        r#"select l.id as line_id, p.id as posting_id, p.document_id, p.kind, p.posted_on, p.number, p.posted_on - l.posted_on as "days!",
            (select coalesce(array_agg(distinct concat_ws(' ', a.number, a.name)), '{}') from posting o join account a on a.id = o.account_id
             where o.document_id = p.document_id and o.retired_in is null and o.id <> p.id) as "accounts!"
           from bank_line l join bank_account b on b.id = l.bank_account_id
           cross join lateral (
               select p.id, p.document_id, p.posted_on, d.kind, d.number from posting p join document d on d.id = p.document_id
               where p.account_id = any (array(
                     select m.id from unnest($4::bigint[], $5::bigint[]) as m (id, shown_as) where m.shown_as = b.account_id) || b.account_id)
                 and abs(p.amount) = abs(l.amount) and p.amount = l.amount and p.retired_in is null
                 and p.posted_on between l.posted_on - $2::int and l.posted_on + $2::int
                 and d.state = 'issued' and d.kind <> 'opening_entry'
                 and not exists (select from bank_match m where m.posting_id = p.id and m.retired_in is null)
               order by abs(p.posted_on - l.posted_on), p.id limit $3) p
           where l.id = any ($1) and l.state = 'new' order by l.id, abs(p.posted_on - l.posted_on), p.id"#,
        line_ids,
        MATCH_DAYS_MAX,
        CANDIDATES_MAX,
        &merged,
        &shown_as
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
            others(&row.accounts),
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

/// The accounts on an entry's other side. A sale with tax, cost and stock has a dozen: what tells it from others are the first two.
fn others(accounts: &[String]) -> String {
    match accounts {
        [first, second, _, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} and {} more accounts", rest.len() + 1)
        }
        _ => accounts.join(", "),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_of_many_accounts_is_told_by_the_first_two_and_their_number() {
        let all: Vec<String> = [
            "1200 Inventory",
            "2200 Sales Tax Payable",
            "4001 Repairs",
            "5010 Bicycles Sold",
        ]
        .map(str::to_owned)
        .into();
        assert_eq!(
            others(&all),
            "1200 Inventory, 2200 Sales Tax Payable and 2 more accounts"
        );
        assert_eq!(
            others(&all[..3]),
            "1200 Inventory, 2200 Sales Tax Payable, 4001 Repairs"
        );
        assert_eq!(others(&all[..1]), "1200 Inventory");
        assert_eq!(others(&[]), "");
    }
}
