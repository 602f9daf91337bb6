//! One account's ledger: the lines behind a figure, with the balance before them, after each, and at the end.

mod key;

use ledger::accounts::{AccountRole, AccountType, Statement};
use ledger::dates::FiscalYears;
use ledger::money::{Currency, sum_checked};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::Date;

pub use key::{LedgerKey, LedgerKeyError};

use super::{DayEnd, Frame, Report, check_period, day_before};
use crate::Error;
use crate::documents::DocumentKind;

/// Most lines of one page.
pub const LEDGER_LINES_MAX: i64 = 500;

/// The ledger of one account over a period, or a page of it. Amounts in minor units, debit positive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountLedger {
    /// The account.
    pub account_id: i64,
    /// Its number.
    pub number: Option<String>,
    /// Its full path: `Parent:Sub`.
    pub account: String,
    /// Its type, which says the side its balance is usual on.
    pub account_type: AccountType,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The balance before the period. Of income and expenses: since the first day of the fiscal year that the period begins in.
    pub beginning_balance: i64,
    /// The lines of this page by date, then document.
    pub lines: Vec<LedgerLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<LedgerKey>,
    /// All debits of the period, also those on other pages.
    pub total_debit: i64,
    /// All credits of the period, positive.
    pub total_credit: i64,
    /// The balance at the end of the period: the beginning balance, the debits, less the credits.
    pub ending_balance: i64,
    /// Only of the account that carries retained earnings: the fiscal years that are closed by computation before the one that
    /// the period ends in. A report shows their net income and the ending balance in one figure.
    pub closed_years: Vec<ClosedYear>,
}

/// A line of an account's ledger: a live posting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LedgerLine {
    /// The posting.
    pub posting_id: i64,
    /// The document it belongs to.
    pub document_id: i64,
    /// The line of that document.
    pub line_no: i32,
    /// What that is.
    pub kind: DocumentKind,
    /// Its number.
    pub number: Option<String>,
    /// Whether it was voided: it then stands here with what reversed it, because a lock covers its day.
    pub voided: bool,
    /// The day it counts on.
    pub posted_on: Date,
    /// The document's note.
    pub memo: Option<String>,
    /// The line's words.
    pub description: String,
    /// The customer or vendor of the line, or else of the document.
    pub contact: Option<String>,
    /// The account on the other side, or [`SPLIT`] where there are several.
    pub other_side: String,
    /// Minor units, debit positive.
    pub amount: i64,
    /// The balance after it.
    pub balance: i64,
}

impl LedgerLine {
    fn key(&self) -> LedgerKey {
        LedgerKey {
            posted_on: self.posted_on,
            document_id: self.document_id,
            line_no: self.line_no,
            posting_id: self.posting_id,
        }
    }
}

/// What stands for the other side where that is several accounts.
pub const SPLIT: &str = "-Split-";

/// What a fiscal year earned that retained earnings contain by computation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClosedYear {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Its net income: a profit is positive.
    pub net_income: i64,
}

/// The lines of an account from the first day through the last one: at most `limit` (1 to 500), those after the key where one is
/// given.
///
/// A figure of a trial balance or a balance sheet is the ending balance of the period that its provenance names (for retained
/// earnings with the closed years' net income); a figure of a profit and loss is the period's debits less its credits.
pub async fn report_ledger(
    cx: &Cx,
    account_id: i64,
    from: Date,
    to: Date,
    after: Option<LedgerKey>,
    limit: i64,
) -> Result<Report<AccountLedger>, Error> {
    check_period(from, to)?;
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let account = named_account(&mut tx, account_id).await?;
    let (total_debit, total_credit) = totals(&mut tx, account_id, from, to).await?;
    let mut beginning_balance = balance_at(&mut tx, account_id, day_before(from)).await?;
    if account.account_type.statement() == Statement::ProfitAndLoss {
        let year_start = frame.years.start_of(from);
        beginning_balance -= balance_at(&mut tx, account_id, day_before(year_start)).await?;
    }
    let ending_balance = sum_checked([beginning_balance, total_debit, -total_credit])?;
    let closed_years = match account.role {
        Some(AccountRole::RetainedEarnings) => closed_years(&mut tx, &frame.years, to).await?,
        _ => Vec::new(),
    };
    let start = after.unwrap_or(LedgerKey::before(from));
    let limit = limit.clamp(1, LEDGER_LINES_MAX);
    let mut balance = beginning_balance + moved_through(&mut tx, account_id, from, start).await?;
    let mut lines = lines_after(&mut tx, account_id, start, to, limit + 1).await?;
    let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        lines.pop();
    }
    for line in &mut lines {
        balance += line.amount;
        line.balance = balance;
        if line.other_side.is_empty() {
            // Both sides of the document are this account.
            line.other_side.clone_from(&account.path);
        }
    }
    let statement = AccountLedger {
        account_id,
        number: account.number,
        account: account.path,
        account_type: account.account_type,
        currency: frame.currency,
        beginning_balance,
        next: lines.last().filter(|_| more).map(LedgerLine::key),
        lines,
        total_debit,
        total_credit,
        ending_balance,
        closed_years,
    };
    let provenance = frame.over(&mut tx, from, to).await?;
    Ok(Report { statement, provenance })
}

struct NamedAccount {
    number: Option<String>,
    path: String,
    account_type: AccountType,
    role: Option<AccountRole>,
}

async fn named_account(tx: &mut TenantTx<Read>, account_id: i64) -> Result<NamedAccount, Error> {
    let row = sqlx::query!(
        r#"with recursive up as (
            select id, parent_id, name as path, 1 as depth from account where id = $1
            union all
            select p.id, p.parent_id, p.name || ':' || up.path, up.depth + 1 from up join account p on p.id = up.parent_id where up.depth < 50
        )
        select a.number, a.type as account_type, a.role, (select u.path from up u order by u.depth desc limit 1) as "path!"
        from account a where a.id = $1"#,
        account_id
    )
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("that account"))?;
    Ok(NamedAccount {
        number: row.number,
        path: row.path,
        account_type: AccountType::parse(&row.account_type).map_err(|_| Error::NotFound("that account type"))?,
        role: row.role.and_then(|role| AccountRole::parse(&role).ok()),
    })
}

/// What an account held at the end of a day, of all time.
async fn balance_at(tx: &mut TenantTx<Read>, account_id: i64, day: Date) -> Result<i64, Error> {
    let end = DayEnd::of(day);
    Ok(sqlx::query_scalar!(
        r#"select ((select coalesce(sum(t.amount), 0) from month_total t where t.account_id = $1 and t.month < $2)
            + $5::bigint * (select coalesce(sum(p.amount), 0) from posting p
                where p.account_id = $1 and p.retired_in is null and p.posted_on >= $3 and p.posted_on < $4))::bigint as "balance!""#,
        account_id,
        end.months_before,
        end.from,
        end.until,
        end.sign
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// Debits and credits of a period, both positive.
async fn totals(tx: &mut TenantTx<Read>, account_id: i64, from: Date, to: Date) -> Result<(i64, i64), Error> {
    let row = sqlx::query!(
        r#"select coalesce(sum(amount) filter (where amount > 0), 0)::bigint as "debit!",
            coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as "credit!"
           from posting where account_id = $1 and retired_in is null and posted_on between $2 and $3"#,
        account_id,
        from,
        to
    )
    .fetch_one(&mut **tx)
    .await?;
    Ok((row.debit, row.credit))
}

/// What the lines of the period up to a key, inclusive, moved.
async fn moved_through(tx: &mut TenantTx<Read>, account_id: i64, from: Date, key: LedgerKey) -> Result<i64, Error> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(amount), 0)::bigint as "moved!" from posting
           where account_id = $1 and retired_in is null and posted_on between $2 and $3
             and (posted_on < $3 or (document_id, line_no, id) <= ($4, $5, $6))"#,
        account_id,
        from,
        key.posted_on,
        key.document_id,
        key.line_no,
        key.posting_id
    )
    .fetch_one(&mut **tx)
    .await?)
}

/// The lines after a key; their balance is still to be counted.
async fn lines_after(
    tx: &mut TenantTx<Read>,
    account_id: i64,
    key: LedgerKey,
    to: Date,
    limit: i64,
) -> Result<Vec<LedgerLine>, Error> {
    let rows = sqlx::query!(
        r#"select p.id, p.document_id, p.line_no, p.posted_on, p.amount, d.kind, d.number, d.state = 'void' as "voided!", r.memo,
            coalesce(l.description, '') as "description!", coalesce(pc.name, rc.name) as contact,
            (select case count(distinct o.account_id) when 0 then '' when 1 then min(concat_ws(' ', a.number, a.name)) else $8 end
             from posting o join account a on a.id = o.account_id
             where o.document_id = p.document_id and o.posted_on = p.posted_on and o.retired_in is null and o.account_id <> $1) as "other_side!"
           from (
               select id, document_id, line_no, posted_on, amount, contact_id from posting
               where account_id = $1 and retired_in is null and posted_on between $2 and $3
                 and (posted_on, document_id, line_no, id) > ($2, $4, $5, $6)
               order by posted_on, document_id, line_no, id limit $7
           ) p
           join document d on d.id = p.document_id
           join revision r on r.document_id = d.id and r.retired_in is null
           left join document_line l on l.revision_id = r.id and l.line_no = p.line_no
           left join contact pc on pc.id = p.contact_id
           left join contact rc on rc.id = r.contact_id
           order by p.posted_on, p.document_id, p.line_no, p.id"#,
        account_id,
        key.posted_on,
        to,
        key.document_id,
        key.line_no,
        key.posting_id,
        limit,
        SPLIT
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        lines.push(LedgerLine {
            posting_id: row.id,
            document_id: row.document_id,
            line_no: row.line_no,
            kind: DocumentKind::parse(&row.kind).ok_or(Error::NotFound("that kind of document"))?,
            number: row.number,
            voided: row.voided,
            posted_on: row.posted_on,
            memo: row.memo,
            description: row.description,
            contact: row.contact,
            other_side: row.other_side,
            amount: row.amount,
            balance: 0,
        });
    }
    Ok(lines)
}

/// What each fiscal year before the one of a day earned. Years begin with a month, so month totals are enough.
async fn closed_years(tx: &mut TenantTx<Read>, years: &FiscalYears, to: Date) -> Result<Vec<ClosedYear>, Error> {
    let months = sqlx::query!(
        r#"select t.month, (-sum(t.amount))::bigint as "earned!" from month_total t join account a on a.id = t.account_id
           where a.type in ('income', 'cost_of_goods_sold', 'expense', 'other_income', 'other_expense') and t.month < $1
           group by t.month order by t.month"#,
        years.start_of(to)
    )
    .fetch_all(&mut **tx)
    .await?;
    let mut closed: Vec<ClosedYear> = Vec::new();
    for month in months {
        let year = years.year_of(month.month);
        match closed.last_mut() {
            Some(last) if last.from == year.starts_on => {
                last.net_income = sum_checked([last.net_income, month.earned])?
            }
            _ => closed.push(ClosedYear {
                from: year.starts_on,
                to: year.ends_on,
                net_income: month.earned,
            }),
        }
    }
    Ok(closed)
}
