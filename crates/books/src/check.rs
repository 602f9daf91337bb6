//! What is always true of a company's books, looked at row by row. The database keeps every rule here when rows are written; this
//! finds what came past it: a restored backup that was cut, a disabled trigger, a bug.

use std::collections::BTreeMap;

use ledger::dates::{FiscalYear, format_iso};
use ledger::money::{Currency, format_amount};
use ledger::statements::{PERIODS_MAX, Span, TotalName};
use tenancy::{Capability, Cx, Read, TenantTx};
use time::{Date, Duration};

use crate::Error;
use crate::reports::{Frame, balance_sheet_of, cash_flow_of};

/// Most findings reported of one rule.
pub const FINDINGS_MAX: i64 = 100;

/// A rule that holds of all books.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Rule {
    /// A document's live postings add up to zero on each of its dates.
    PostingsBalance,
    /// Assets equal liabilities and equity at the end of every month, and today.
    BalanceSheetBalances,
    /// In every fiscal year that has postings, and in today's, the statement of cash flows ends in the cash of the balance sheet.
    CashFlowEndsInCash,
    /// A receivable, payable, undeposited or clearing account holds what its open items hold, contact by contact.
    ControlAccountsAreOpenItems,
    /// Month totals are the sums of the live postings.
    MonthTotalsAreLines,
    /// What is kept of each open item is what its live postings and settlements add up to, and its due date the document's.
    OpenItemTotalsAreLines,
    /// An accepted bank line is matched to live postings of its own amount, any other line to none.
    MatchesAddUp,
    /// The numbers of a series have no gap and none twice.
    SeriesHaveNoGaps,
}

impl Rule {
    /// The name that reports and tests use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PostingsBalance => "postings_balance",
            Self::BalanceSheetBalances => "balance_sheet_balances",
            Self::CashFlowEndsInCash => "cash_flow_ends_in_cash",
            Self::ControlAccountsAreOpenItems => "control_accounts_are_open_items",
            Self::MonthTotalsAreLines => "month_totals_are_lines",
            Self::OpenItemTotalsAreLines => "open_item_totals_are_lines",
            Self::MatchesAddUp => "matches_add_up",
            Self::SeriesHaveNoGaps => "series_have_no_gaps",
        }
    }

    fn finding(self, detail: String) -> Finding {
        Finding { rule: self, detail }
    }
}

/// A place where a rule does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// Where, and what was found.
    pub detail: String,
}

/// Looks whether everything holds that always holds. Nothing found is the answer to expect; the audit chain is verified apart.
pub async fn books_check(cx: &Cx) -> Result<Vec<Finding>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let frame = Frame::read(&mut tx).await?;
    let mut findings = postings(&mut tx, frame.currency).await?;
    let months = months(&mut tx).await?;
    findings.extend(balance_sheets(&mut tx, &frame, &months).await?);
    findings.extend(cash_flows(&mut tx, &frame, &months).await?);
    findings.extend(control_accounts(&mut tx, frame.currency).await?);
    findings.extend(open_items(&mut tx, frame.currency).await?);
    findings.extend(month_totals(&mut tx, frame.currency).await?);
    findings.extend(open_item_totals(&mut tx, frame.currency).await?);
    findings.extend(matches(&mut tx, frame.currency).await?);
    findings.extend(series(&mut tx).await?);
    Ok(findings)
}

async fn postings(tx: &mut TenantTx<Read>, currency: Currency) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"select document_id, posted_on, sum(amount)::bigint as "off!" from posting where retired_in is null
           group by document_id, posted_on having sum(amount) <> 0 order by document_id, posted_on limit $1"#,
        FINDINGS_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let off = format_amount(row.off, currency);
            Rule::PostingsBalance.finding(format!(
                "document {} on {}: off by {off}",
                row.document_id,
                format_iso(row.posted_on)
            ))
        })
        .collect())
}

/// The months that have postings, in order.
async fn months(tx: &mut TenantTx<Read>) -> Result<Vec<Span>, Error> {
    let months = sqlx::query_scalar!("select distinct month from month_total order by month")
        .fetch_all(&mut **tx)
        .await?;
    let months = months.into_iter().map(|from| Span {
        from,
        to: from.saturating_add(Duration::days(i64::from(from.month().length(from.year())) - 1)),
    });
    Ok(months.collect())
}

/// Made the way a person's balance sheet is made, at the end of every month that has postings, and today.
async fn balance_sheets(tx: &mut TenantTx<Read>, frame: &Frame, months: &[Span]) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for day in months.iter().map(|month| month.to).chain([frame.today()]) {
        let difference = balance_sheet_of(tx, frame, day).await?.total(TotalName::Difference);
        if difference.minor != 0 {
            let off = format_amount(difference.minor, frame.currency);
            findings.push(Rule::BalanceSheetBalances.finding(format!(
                "{}: assets exceed liabilities and equity by {off}",
                format_iso(day)
            )));
        }
    }
    Ok(findings)
}

/// Made the way a person's statement of cash flows is made, over every fiscal year that has postings, and today's.
async fn cash_flows(tx: &mut TenantTx<Read>, frame: &Frame, months: &[Span]) -> Result<Vec<Finding>, Error> {
    // A short year may begin within a month.
    let days = months.iter().flat_map(|month| [month.from, month.to]);
    let years: BTreeMap<Date, FiscalYear> = days
        .chain([frame.today()])
        .map(|day| frame.years.year_of(day))
        .map(|year| (year.starts_on, year))
        .collect();
    let years: Vec<FiscalYear> = years.into_values().collect();
    let mut findings = Vec::new();
    for years in years.chunks(PERIODS_MAX) {
        let statement = cash_flow_of(tx, frame, years).await?;
        if statement.is_balanced() {
            continue;
        }
        let differences = statement
            .totals
            .iter()
            .filter(|(name, _)| *name == TotalName::CashDifference);
        let differences = differences.flat_map(|(_, amounts)| amounts).zip(years);
        findings.extend(differences.filter(|(off, _)| **off != 0).map(|(off, year)| {
            Rule::CashFlowEndsInCash.finding(format!(
                "{} to {}: cash at the end exceeds that of the balance sheet by {}",
                format_iso(year.starts_on),
                format_iso(year.ends_on),
                format_amount(*off, frame.currency)
            ))
        }));
    }
    Ok(findings)
}

/// Live postings by account and contact against what the items of that account and contact hold.
async fn control_accounts(tx: &mut TenantTx<Read>, currency: Currency) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"with posted as (
            select p.account_id, p.contact_id, sum(p.amount) as amount from posting p join account a on a.id = p.account_id
            where p.retired_in is null and (a.type in ('accounts_receivable', 'accounts_payable') or a.role in ('undeposited_funds', 'stripe_clearing'))
            group by p.account_id, p.contact_id
        ), moved as (
            select open_item_id as item_id, amount from posting where open_item_id is not null and retired_in is null
            union all
            select debit_item_id, -amount from settlement where retired_in is null
            union all
            select credit_item_id, amount from settlement where retired_in is null
        ), open as (
            select i.account_id, i.contact_id, sum(m.amount) as amount from moved m join open_item i on i.id = m.item_id
            group by i.account_id, i.contact_id
        )
        select coalesce(p.account_id, o.account_id) as "account_id!", coalesce(p.contact_id, o.contact_id) as contact_id,
            coalesce(p.amount, 0)::bigint as "posted!", coalesce(o.amount, 0)::bigint as "open!"
        from posted p full join open o on o.account_id = p.account_id and coalesce(o.contact_id, 0) = coalesce(p.contact_id, 0)
        where coalesce(p.amount, 0) <> coalesce(o.amount, 0) limit $1"#,
        FINDINGS_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let whose = row.contact_id.map(|id| format!(", contact {id}")).unwrap_or_default();
            let (posted, open) = (format_amount(row.posted, currency), format_amount(row.open, currency));
            Rule::ControlAccountsAreOpenItems.finding(format!(
                "account {}{whose}: {posted} on the account, {open} open",
                row.account_id
            ))
        })
        .collect())
}

/// An item is settled from its own side, and never beyond what it holds.
async fn open_items(tx: &mut TenantTx<Read>, currency: Currency) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"with settled as (
            select debit_item_id as item_id, amount from settlement where retired_in is null
            union all
            select credit_item_id, -amount from settlement where retired_in is null
        ), item as (
            select s.item_id, sum(s.amount) as settled,
                (select coalesce(sum(p.amount), 0) from posting p where p.open_item_id = s.item_id and p.retired_in is null) as posted
            from settled s group by s.item_id
        )
        select item_id as "item_id!", settled::bigint as "settled!", posted::bigint as "posted!" from item
        where settled <> 0 and (sign(settled) <> sign(posted) or abs(settled) > abs(posted)) order by item_id limit $1"#,
        FINDINGS_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (posted, settled) = (
                format_amount(row.posted, currency),
                format_amount(row.settled, currency),
            );
            Rule::ControlAccountsAreOpenItems
                .finding(format!("open item {}: {posted} posted, {settled} settled", row.item_id))
        })
        .collect())
}

async fn month_totals(tx: &mut TenantTx<Read>, currency: Currency) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"with line as (
            select account_id, date_trunc('month', posted_on)::date as month, sum(amount) as amount from posting
            where retired_in is null group by 1, 2
        )
        select coalesce(t.account_id, l.account_id) as "account_id!", coalesce(t.month, l.month) as "month!",
            coalesce(t.amount, 0)::bigint as "total!", coalesce(l.amount, 0)::bigint as "lines!"
        from month_total t full join line l on l.account_id = t.account_id and l.month = t.month
        where coalesce(t.amount, 0) <> coalesce(l.amount, 0) order by 1, 2 limit $1"#,
        FINDINGS_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (total, lines) = (format_amount(row.total, currency), format_amount(row.lines, currency));
            Rule::MonthTotalsAreLines.finding(format!(
                "account {}, {}: total {total}, lines {lines}",
                row.account_id,
                format_iso(row.month)
            ))
        })
        .collect())
}

/// What the database keeps of each item, made anew of the item's lines.
async fn open_item_totals(tx: &mut TenantTx<Read>, currency: Currency) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"with part as (
            select open_item_id as id, amount, 0 as debit, 0 as credit, posted_on as day from posting
            where open_item_id is not null and retired_in is null
            union all
            select debit_item_id, 0, amount, 0, applied_on from settlement where retired_in is null
            union all
            select credit_item_id, 0, 0, amount, applied_on from settlement where retired_in is null
        ), summed as (
            select id, sum(amount) as amount, sum(debit) as debit, sum(credit) as credit, max(day) as holds_from from part group by id
        ), due as (
            select i.id, coalesce(min(n.due_on), min(r.doc_date)) as due_on
            from open_item i join revision r on r.document_id = i.document_id and r.retired_in is null
            left join instalment n on n.revision_id = r.id and n.open_item_id = i.id
            group by i.id
        )
        select i.id, coalesce(t.open, 0) as "kept!", coalesce(s.amount - s.debit + s.credit, 0)::bigint as "lines!"
        from open_item i
        left join open_item_total t on t.open_item_id = i.id
        left join summed s on s.id = i.id
        left join due on due.id = i.id
        where (coalesce(t.amount, 0), coalesce(t.debit_settled, 0), coalesce(t.credit_settled, 0))
                is distinct from (coalesce(s.amount, 0)::bigint, coalesce(s.debit, 0)::bigint, coalesce(s.credit, 0)::bigint)
            or (s.id is not null and (t.holds_from, t.due_on, t.account_id, t.contact_id, t.document_id)
                is distinct from (s.holds_from, due.due_on, i.account_id, i.contact_id, i.document_id))
        order by i.id limit $1"#,
        FINDINGS_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (kept, lines) = (format_amount(row.kept, currency), format_amount(row.lines, currency));
            Rule::OpenItemTotalsAreLines.finding(format!("open item {}: {kept} kept, lines {lines}", row.id))
        })
        .collect())
}

async fn matches(tx: &mut TenantTx<Read>, currency: Currency) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"with matched as (
            select m.bank_line_id, sum(m.amount) as amount, bool_or(p.retired_in is not null) as gone
            from bank_match m join posting p on p.id = m.posting_id where m.retired_in is null group by m.bank_line_id
        )
        select l.id, l.state, coalesce(l.amount, 0) as "amount!", coalesce(m.amount, 0)::bigint as "matched!", coalesce(m.gone, false) as "gone!"
        from bank_line l left join matched m on m.bank_line_id = l.id
        where (l.state = 'accepted' and l.amount is distinct from m.amount) or (l.state <> 'accepted' and m.amount is not null) or m.gone
        order by l.id limit $1"#,
        FINDINGS_MAX
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (amount, matched) = (
                format_amount(row.amount, currency),
                format_amount(row.matched, currency),
            );
            let gone = if row.gone {
                ", a matched posting is no longer live"
            } else {
                ""
            };
            Rule::MatchesAddUp.finding(format!(
                "bank line {} ({}): {amount}, matched {matched}{gone}",
                row.id, row.state
            ))
        })
        .collect())
}

async fn series(tx: &mut TenantTx<Read>) -> Result<Vec<Finding>, Error> {
    let rows = sqlx::query!(
        r#"select s.kind, s.next, count(d.id) as "given!", min(d.series_no) as "first!", max(d.series_no) as "last!"
           from series s join document d on d.series_id = s.id group by s.id
           having max(d.series_no) <> s.next - 1 or count(distinct d.series_no) <> max(d.series_no) - min(d.series_no) + 1 or count(d.id) <> count(distinct d.series_no)"#
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let (kind, given, first, last, next) = (row.kind, row.given, row.first, row.last, row.next);
            Rule::SeriesHaveNoGaps.finding(format!(
                "{kind}: {given} numbers from {first} to {last}, the next one {next}"
            ))
        })
        .collect())
}
