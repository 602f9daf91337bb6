//! `/c/{slug}/accounting/changed-since`: what changed in closed years and locked days since.

use app::pages::accounting::changed_since::{ChangedSincePage, ChangedSincePageProps};
use app::view::accounting::entry::Link;
use app::view::accounting::periods::{ChangedAccountRow, ChangedDocumentRow, ChangedPageView, ChangedView};
use app::view::frame::Section;
use app::view::home::with_currency;
use app::view::report::ReportKind;
use axum::extract::State;
use axum::response::Response;
use books::reports::{
    CHANGED_LIST_MAX, ChangedAccount, ChangedDetails, ChangedDocument, ChangedEarlier, ChangedHow, ChangedPeriod,
    HeldAs, changed_since_list,
};
use ledger::accounts::AccountType;
use ledger::dates::{FiscalYear, format_date, format_iso};
use ledger::money::Currency;

use super::Facts;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::reports::profit_and_loss_address;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Changed since close";

/// `GET /c/{slug}/accounting/changed-since`
pub async fn show(State(state): State<AppState>, page: PageRequest, company: Company) -> Result<Response, PageError> {
    let facts = Facts::read(&state, &company).await?;
    let list = changed_since_list(&company.cx).await?;
    let view = ChangedPageView {
        periods: list.into_iter().map(|details| changed_view(&facts, details)).collect(),
        slug: facts.slug.clone(),
    };
    let frame = frame_for(&company, Section::Accounting).await?;
    Ok(page.html(TITLE, || ChangedSincePage(ChangedSincePageProps { frame, view })))
}

/// What changed, in a sentence a period: `FY 2025: 3 documents changed since it was closed, net income rises by $50.00.`
pub(crate) fn changed_words(periods: &[ChangedPeriod], currency: Currency) -> String {
    let sentences = periods.iter().map(|period| {
        let since = match period.held_as {
            HeldAs::ClosedYear => "since it was closed",
            HeldAs::Locked => "since they were locked",
        };
        let mut what = Vec::new();
        what.extend(counted(period.documents, "document"));
        what.extend(counted(period.accounts, "account"));
        let what = what.join(" and ");
        let income = income_words(period.difference, currency);
        format!("{}: {what} changed {since}, {income}.", period_words(period))
    });
    sentences.collect::<Vec<_>>().join(" ")
}

/// Where the sentence leads.
pub(crate) fn changed_address(slug: &str) -> String {
    app::view::accounting::periods::PeriodsPage::Changed.path(slug)
}

fn counted(count: i64, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        several => Some(format!("{several} {what}s")),
    }
}

/// `FY 2025`, or the days that are locked.
fn period_words(period: &ChangedPeriod) -> String {
    match (period.held_as, period.from) {
        (HeldAs::ClosedYear, Some(starts_on)) => FiscalYear {
            starts_on,
            ends_on: period.to,
        }
        .to_string(),
        _ => format!("Locked days through {}", format_date(period.to)),
    }
}

/// One period as the pages show it.
pub(super) fn changed_view(facts: &Facts, details: ChangedDetails) -> ChangedView {
    let period = &details.period;
    let days = match period.from {
        Some(from) => format!("{} to {}", format_date(from), format_date(period.to)),
        None => format!("through {}", format_date(period.to)),
    };
    let title = match period.held_as {
        HeldAs::ClosedYear => format!("{}, {days}", period_words(period)),
        HeldAs::Locked => format!("Locked days, {days}"),
    };
    let verb = match period.held_as {
        HeldAs::ClosedYear => "Closed",
        HeldAs::Locked => "Locked",
    };
    let known = format!("&known={}", period.change);
    let earned = profit_and_loss_address(&facts.slug, period.from, Some(period.to));
    let sheet = format!(
        "{}?as_of={}{known}",
        ReportKind::BalanceSheet.path(&facts.slug),
        format_iso(period.to)
    );
    ChangedView {
        title,
        since: format!(
            "{verb} {} by {}, change {}",
            facts.moment(period.at),
            period.actor,
            period.change
        ),
        currency: facts.currency,
        earlier: earlier_words(&details.earlier, facts.currency),
        net_income: [details.net_income_then, details.net_income_now, period.difference],
        cut_at: Some(details.documents.len())
            .filter(|listed| i64::try_from(*listed).unwrap_or(i64::MAX) >= CHANGED_LIST_MAX),
        statements: vec![
            Link {
                text: "Profit and loss then and now".to_owned(),
                href: format!("{earned}{known}&now=yes"),
            },
            Link {
                text: "Balance sheet then and now".to_owned(),
                href: format!("{sheet}&now=yes"),
            },
        ],
        documents: details
            .documents
            .into_iter()
            .map(|document| document_row(facts, document))
            .collect(),
        accounts: details
            .accounts
            .into_iter()
            .map(|account| account_row(facts, account))
            .collect(),
    }
}

/// What changed before a period since it was closed or locked: `FY 2024: net income rises by $50.00.`
fn earlier_words(earlier: &[ChangedEarlier], currency: Currency) -> Vec<String> {
    let words = |earlier: &ChangedEarlier| {
        let income = income_words(earlier.difference, currency);
        format!("{}: {income}.", earlier.year)
    };
    earlier.iter().map(words).collect()
}

/// What a change did to net income: `net income rises by $50.00`.
fn income_words(difference: i64, currency: Currency) -> String {
    let by = || with_currency(difference.saturating_abs(), currency);
    match difference {
        0 => "net income is the same".to_owned(),
        1.. => format!("net income rises by {}", by()),
        _ => format!("net income falls by {}", by()),
    }
}

fn document_row(facts: &Facts, document: ChangedDocument) -> ChangedDocumentRow {
    ChangedDocumentRow {
        document: Link {
            text: match document.number {
                Some(number) => format!("{} {number}", document.kind.name()),
                None => document.kind.name().to_owned(),
            },
            href: format!("/c/{}/documents/{}", facts.slug, document.document_id),
        },
        memo: document.memo.unwrap_or_default(),
        on: format_date(document.doc_date),
        what: match document.what {
            ChangedHow::Made => "Entered",
            ChangedHow::Revised => "Changed",
            ChangedHow::TakenBack => "Taken back",
        },
        difference: document.difference,
        who: document.actor,
        when: facts.moment(document.at),
    }
}

fn account_row(facts: &Facts, account: ChangedAccount) -> ChangedAccountRow {
    let type_name =
        |code: &str| AccountType::parse(code).map_or_else(|_| code.to_owned(), |found| found.name().to_owned());
    let or = |name: Option<String>, otherwise: &str| name.unwrap_or_else(|| otherwise.to_owned());
    let mut what = Vec::new();
    if let Some((before, after)) = account.retyped {
        what.push(format!("Type was {}, is {}", type_name(&before), type_name(&after)));
    }
    if let Some((before, after)) = account.placed {
        what.push(format!("Was {}, is {}", below(before), below(after)));
    }
    if let Some((before, after)) = account.merged {
        what.push(match after {
            Some(into) => format!("Merged into {into}"),
            None => format!("No longer merged into {}", or(before, "another account")),
        });
    }
    if let Some((before, after)) = account.flows {
        what.push(format!("Cash flows: was {}, is {}", before.name(), after.name()));
    }
    ChangedAccountRow {
        account: Link {
            text: account.name,
            href: format!("/c/{}/accounting/accounts/{}", facts.slug, account.account_id),
        },
        what,
        who: account.actor,
        when: facts.moment(account.at),
    }
}

fn below(parent: Option<String>) -> String {
    match parent {
        Some(parent) => format!("below {parent}"),
        None => "an account of its own".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};

    use super::*;

    fn period(held_as: HeldAs, difference: i64, documents: i64, accounts: i64) -> ChangedPeriod {
        ChangedPeriod {
            from: Some(date!(2025 - 01 - 01)),
            to: date!(2025 - 12 - 31),
            held_as,
            change: 41,
            at: datetime!(2026-02-01 17:00 UTC),
            actor: "dana@junipercycles.example".to_owned(),
            difference,
            documents,
            accounts,
        }
    }

    #[test]
    fn what_changed_is_said_with_its_effect_on_net_income() {
        let words = |period| changed_words(&[period], Currency::USD);
        assert_eq!(
            words(period(HeldAs::ClosedYear, 5_000, 3, 0)),
            "FY 2025: 3 documents changed since it was closed, net income rises by $50.00."
        );
        assert_eq!(
            words(period(HeldAs::ClosedYear, -22_300, 1, 0)),
            "FY 2025: 1 document changed since it was closed, net income falls by $223.00."
        );
        assert_eq!(
            words(period(HeldAs::Locked, 0, 1, 2)),
            "Locked days through Dec 31, 2025: 1 document and 2 accounts changed since they were locked, net income is the same."
        );
    }
}
