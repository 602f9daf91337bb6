//! What reports of lines share: what their addresses ask, their face, and a line as they show it.

use app::forms::{Choice, FormState, find_choice};
use app::view::days::period_words;
use app::view::ledger::{LineView, LinesFaceView, LinesFilterView};
use app::view::report::{ReportKind, Waiting};
use axum::http::StatusCode;
use books::company::Company as Books;
use books::contacts::contact_choices;
use books::documents::DocumentKind;
use books::reports::{
    Adjusting, LedgerFilter, LedgerLine, LedgerRow, Moment, Provenance, Since, YearClosing, moment_find, natural,
    report_calendar,
};
use ledger::accounts::AccountType;
use ledger::dates::format_date;
use tenancy::Cx;
use time::Date;
use url::form_urlencoded;

use super::asked::{self, Days};
use super::presets::presets;
use super::{ledger_address, words};
use crate::errors::PageError;
use crate::pages::accounting::Facts;

/// Most customers and vendors that the form lists; where there are more, their names are typed.
const CONTACTS_LISTED_MAX: usize = 500;

/// What a page's address does not keep from the page before: where that one was, and that it was a file.
const OF_ONE_PAGE: [&str; 2] = ["after", "format"];

/// What narrows a register as it narrows the report that leads to it, and what more it shows.
const OF_A_REGISTER: [&str; 4] = ["contact", "adjusting", "since", "who"];

/// Which entries are shown, as the form offers it.
const ADJUSTING: [(Adjusting, &str); 3] = [
    (Adjusting::Among, "All entries"),
    (Adjusting::Only, "Adjusting entries only"),
    (Adjusting::LeftOut, "Without the period’s adjusting entries"),
];

/// What the address of a report of lines asks.
pub(super) struct Asked {
    /// As it was asked, with messages.
    pub(super) state: FormState,
    /// The period; none where something was refused.
    pub(super) days: Option<Days>,
    pub(super) moment: Moment,
    pub(super) adjusting: Adjusting,
    pub(super) contact: Option<Choice>,
    contacts: Vec<Choice>,
    path: String,
    query: Vec<(String, String)>,
}

impl Asked {
    /// Reads the address of the page at `path`.
    pub(super) async fn read(
        cx: &Cx,
        path: String,
        query: Vec<(String, String)>,
        today: Date,
    ) -> Result<Self, PageError> {
        let form = asked::form_of(query.clone());
        let calendar = report_calendar(cx).await?;
        let (mut state, mut days) = asked::days(ReportKind::ProfitAndLoss, form, &calendar, today);
        let moment = match moment_find(cx, state.value("known")).await {
            Ok(moment) => moment,
            Err(error) => {
                let problems = error.problems();
                if problems.is_empty() {
                    return Err(error.into());
                }
                days = None;
                for problem in problems {
                    state.refuse("known", problem.message);
                }
                Moment::Now
            }
        };
        let contacts: Vec<Choice> = contact_choices(cx)
            .await?
            .into_iter()
            .map(|contact| Choice {
                id: contact.id,
                number: None,
                name: contact.name,
            })
            .collect();
        let contact = match state.value("contact").trim() {
            "" => None,
            typed => match find_choice(&contacts, typed) {
                Ok(found) => Some(found.clone()),
                Err(error) => {
                    state.refuse("contact", error.message("a customer or vendor"));
                    days = None;
                    None
                }
            },
        };
        let adjusting = match Adjusting::parse(state.value("adjusting")) {
            Some(adjusting) => adjusting,
            None => {
                state.refuse("adjusting", "There is no such choice. Choose one of the list.");
                days = None;
                Adjusting::Among
            }
        };
        Ok(Self {
            state,
            days,
            moment,
            adjusting,
            contact,
            contacts,
            path,
            query,
        })
    }

    /// Whether a box is checked.
    pub(super) fn has(&self, name: &str) -> bool {
        !self.state.value(name).is_empty()
    }

    /// Which lines are asked for.
    pub(super) fn filter(&self, days: Days) -> LedgerFilter {
        LedgerFilter {
            moment: self.moment,
            contact_id: self.contact.as_ref().map(|contact| contact.id),
            adjusting: self.adjusting,
            shows_since: self.shows_since(),
            newest_first: self.state.value("order") == "newest",
            ..LedgerFilter::over(days.from, days.to)
        }
    }

    /// Whether what was made since the moment stands among what was known.
    pub(super) fn shows_since(&self) -> bool {
        self.has("since") && self.moment != Moment::Now
    }

    /// An account's register over the same days, at the same moment and narrowed alike.
    pub(super) fn register(&self, slug: &str, account_id: i64, days: Days) -> String {
        let known = self.moment.change().map(|n| ("known", n.to_string()));
        let narrowed = OF_A_REGISTER.map(|name| (name, self.state.value(name).to_owned()));
        let asked = known.into_iter().chain(narrowed).filter(|(_, value)| !value.is_empty());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(asked);
        let address = ledger_address(slug, account_id, days.from, days.to);
        match query.finish() {
            query if query.is_empty() => address,
            query => format!("{address}&{query}"),
        }
    }

    /// The place that a page begins after; a text that is none is a page that is not there.
    pub(super) fn after<Key: std::str::FromStr>(&self) -> Result<Option<Key>, PageError> {
        match self.state.value("after") {
            "" => Ok(None),
            key => Ok(Some(key.parse().map_err(|_| PageError::of(StatusCode::NOT_FOUND))?)),
        }
    }

    /// The same report, asked differently: without what is named, and with the pairs; from its first page.
    pub(super) fn address(&self, without: &[&str], with: &[(&str, &str)]) -> String {
        let is_kept = |name: &str| {
            !OF_ONE_PAGE.contains(&name) && !without.contains(&name) && with.iter().all(|(given, _)| *given != name)
        };
        let kept = self
            .query
            .iter()
            .filter(|(name, value)| is_kept(name) && !value.is_empty());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(kept);
        query.extend_pairs(with);
        match query.finish() {
            query if query.is_empty() => self.path.clone(),
            query => format!("{}?{query}", self.path),
        }
    }

    /// The form.
    pub(super) fn form(&self) -> LinesFilterView {
        let narrowing = ["contact", "adjusting", "known", "since", "kind", "by", "account"];
        let is_register = self.path.ends_with("/ledger");
        let narrowing: Vec<&str> = narrowing
            .into_iter()
            .filter(|name| !(is_register && *name == "account"))
            .collect();
        let lists_contacts = self.contacts.len() <= CONTACTS_LISTED_MAX;
        LinesFilterView {
            state: self.state.clone(),
            periods: presets(ReportKind::ProfitAndLoss).to_vec(),
            adjusting: ADJUSTING.map(|(adjusting, words)| (adjusting.code(), words)).to_vec(),
            contacts: if lists_contacts {
                self.contacts.clone()
            } else {
                Vec::new()
            },
            clear: narrowing
                .iter()
                .any(|name| self.has(name))
                .then(|| self.address(&narrowing, &[])),
        }
    }

    /// What narrows the report, in words.
    pub(super) fn narrowed(&self, more: &[String]) -> Option<String> {
        let mut words: Vec<String> = self.contact.iter().map(|contact| contact.name.clone()).collect();
        words.extend(match self.adjusting {
            Adjusting::Among => None,
            Adjusting::Only => Some("adjusting entries only".to_owned()),
            Adjusting::LeftOut => Some("without the period’s adjusting entries".to_owned()),
        });
        words.extend(more.iter().cloned());
        if words.is_empty() {
            return None;
        }
        let words = words.join(", ");
        let mut letters = words.chars();
        letters
            .next()
            .map(|first| format!("{}{}", first.to_uppercase(), letters.as_str()))
    }
}

/// What a report says about itself.
pub(super) fn face(
    title: &str,
    books: &Books,
    days: Days,
    of: &Provenance,
    narrowed: Option<String>,
    waiting: Option<Waiting>,
) -> LinesFaceView {
    // What waits today says nothing about the books as they were known.
    let waiting = waiting.filter(|_| of.known.is_none());
    LinesFaceView {
        company: of.company.clone(),
        title: format!("{title}, {}, in {}", words::basis(of.basis), books.currency.code()),
        period: period_words(days.from, days.to),
        known: words::known(of),
        narrowed,
        currency: books.currency,
        notes: words::notes(books, of),
        provenance: words::provenance(of, waiting.is_some() || of.known.is_some()),
        waiting,
    }
}

/// Where a document is seen.
pub(super) fn document_address(slug: &str, kind: DocumentKind, id: i64) -> String {
    match kind {
        DocumentKind::JournalEntry => format!("/c/{slug}/accounting/journal/{id}"),
        _ => format!("/c/{slug}/documents/{id}"),
    }
}

/// `Journal entry JE-12`
pub(super) fn document_words(kind: DocumentKind, number: Option<&str>) -> String {
    match number {
        Some(number) => format!("{} {number}", kind.name()),
        None => kind.name().to_owned(),
    }
}

/// What happened to a line since the report's moment.
pub(super) fn since_words(since: Option<Since>) -> Option<String> {
    match since? {
        Since::Made(change) => Some(format!("entered since, by change {change}")),
        Since::Retired(change) => Some(format!("gone since, by change {change}")),
    }
}

/// Whether a line counts in totals and balances: what was made since the report's moment does not.
pub(super) const fn counts(since: Option<Since>) -> bool {
    !matches!(since, Some(Since::Made(_)))
}

/// A row of an account's ledger: a line, or a fiscal year that is closed by computation.
pub(super) fn row_view(facts: &Facts, account_type: AccountType, row: LedgerRow<'_>, shows_who: bool) -> LineView {
    match row {
        LedgerRow::Line(line) => line_view(facts, account_type, line, shows_who),
        LedgerRow::Closing(closing) => closing_view(account_type, closing),
    }
}

fn closing_view(account_type: AccountType, closing: &YearClosing) -> LineView {
    LineView {
        date: format_date(closing.year.ends_on),
        document: "Year closing".to_owned(),
        href: None,
        is_void: false,
        is_adjusting: false,
        is_accrual_only: false,
        is_matched: false,
        since: None,
        counts: true,
        memo: closing.words(),
        contact: None,
        other_side: String::new(),
        amount: closing.amount,
        balance: natural(account_type, closing.balance),
        posted: None,
    }
}

/// A line of an account of that type.
fn line_view(facts: &Facts, account_type: AccountType, line: &LedgerLine, shows_who: bool) -> LineView {
    LineView {
        date: format_date(line.posted_on),
        document: document_words(line.kind, line.number.as_deref()),
        href: Some(document_address(&facts.slug, line.kind, line.document_id)),
        is_void: line.voided,
        is_adjusting: line.adjusting,
        is_accrual_only: line.accrual_only,
        is_matched: line.matched,
        since: since_words(line.since),
        counts: counts(line.since),
        memo: line.words().to_owned(),
        contact: line.contact.clone(),
        other_side: line.other_side.clone(),
        amount: line.amount,
        balance: natural(account_type, line.balance),
        posted: shows_who.then(|| format!("{}, {}", line.posted_by, facts.moment(line.posted_at))),
    }
}

#[cfg(test)]
mod tests {
    use ledger::accounts::EntityType;
    use ledger::money::Currency;
    use ledger::statements::Basis;
    use time::macros::{date, datetime};

    use super::*;

    #[test]
    fn what_waits_today_stands_under_the_books_as_they_are_and_not_as_they_were_known() {
        let books = Books {
            name: "Juniper Cycles LLC".to_owned(),
            entity_type: EntityType::Llc,
            currency: Currency::USD,
            time_zone: "America/Chicago".to_owned(),
            basis: Basis::Accrual,
            fiscal_year_first_month: 1,
            books_begin_on: None,
            tax_id_hint: None,
        };
        let days = Days {
            from: date!(2026 - 01 - 01),
            to: date!(2026 - 10 - 31),
        };
        let now = Provenance {
            company: books.name.clone(),
            currency: Currency::USD,
            time_zone: books.time_zone.clone(),
            from: days.from,
            to: days.to,
            basis: Basis::Accrual,
            made_at: datetime!(2026-11-22 17:14:09 UTC),
            change: 48_211,
            head: "7f3ac90e12ab".to_owned(),
            known: None,
            uncategorized_lines: 0,
            before_books: false,
        };
        let then = Provenance {
            known: Some(books::reports::KnownAt {
                change: 41,
                at: datetime!(2026-10-31 23:59:58 UTC),
            }),
            ..now.clone()
        };
        let shown = |of| face("General ledger", &books, days, of, None, words::waiting("juniper", 22));
        let (now, then) = (shown(&now), shown(&then));
        assert!(now.waiting.is_some() && now.known.is_none());
        assert_eq!(then.waiting, None);
        assert!(
            then.known
                .is_some_and(|known| known.starts_with("As known at change 41, made "))
        );
        assert!(!then.provenance.contains("uncategorized"), "{}", then.provenance);
    }
}
