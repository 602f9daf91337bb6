//! What a list's address asks for. The address reproduces the list: filters, order, page.

use app::forms::{Choice, FormState, find_choice};
use app::view::accounting::entry::EntryState;
use app::view::transactions::{Scope, SortHeads};
use books::documents::{DocumentFilter, DocumentKind, DocumentSort};
use ledger::money::Currency;
use serde::Deserialize;
use tenancy::{Direction, Position, RequestKey, Seek};
use time::Date;

use super::scoped;
use crate::errors::PageError;
use crate::pages::accounting::Facts;
use crate::pages::accounting::journal::in_books;
use crate::pages::lists::filters::{self, given};
use crate::pages::lists::order::{self, Columns};
use crate::visitor::Company;

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    kind: String,
    from: String,
    to: String,
    text: String,
    account: String,
    contact: String,
    amount: String,
    by: String,
    adjusting: String,
    sort: String,
    after: String,
    before: String,
    all: String,
    done: String,
}

/// What a page lists that nobody narrowed.
pub(super) fn unfiltered(scope: Scope) -> DocumentFilter {
    scoped(scope)
}

impl Asked {
    /// What the list is narrowed by, and the form that shows it, with a message at whatever cannot be read.
    pub(super) async fn filter(
        &self,
        facts: &Facts,
        company: &Company,
        scope: Scope,
        accounts: &[Choice],
    ) -> Result<(DocumentFilter, FormState), PageError> {
        let (mut filter, mut form) = self.read(scope, facts.today, facts.currency, accounts);
        filter.contact_id = filters::contact(&company.cx, &mut form, ("contact", &self.contact)).await?;
        Ok((filter, form))
    }

    /// All of it but the customer or vendor, whom the books know.
    fn read(&self, scope: Scope, today: Date, currency: Currency, accounts: &[Choice]) -> (DocumentFilter, FormState) {
        let mut form = filters::form(&self.filters());
        if form.is_refused() {
            return (scoped(scope), form);
        }
        let mut filter = DocumentFilter {
            text: given(&self.text),
            entered_by: given(&self.by),
            adjusting: !self.adjusting.is_empty(),
            ..scoped(scope)
        };
        match (scope, given(&self.kind)) {
            (Scope::Journal, _) | (_, None) => {}
            (Scope::All, Some(code)) => match DocumentKind::parse(&code) {
                Some(kind) => filter.kind = Some(kind),
                None => form.refuse("kind", "There is no such kind. Choose one from the list."),
            },
        }
        match (self.state(), given(&self.state)) {
            (None, Some(_)) => form.refuse("", "There is no such state. Choose one above the list."),
            (state, _) => filter.state = state.map(in_books),
        }
        (filter.from, filter.to) = filters::days(&mut form, [("from", &self.from), ("to", &self.to)], today);
        if let Some(typed) = given(&self.account) {
            match find_choice(accounts, &typed) {
                Ok(account) => filter.account_id = Some(account.id),
                Err(error) => form.refuse("account", error.message("an account")),
            }
        }
        (filter.least, filter.most) = filters::amounts(&mut form, ("amount", &self.amount), currency);
        (filter, form)
    }

    fn filters(&self) -> [(&'static str, &str); 9] {
        [
            ("text", &self.text),
            ("kind", &self.kind),
            ("from", &self.from),
            ("to", &self.to),
            ("account", &self.account),
            ("contact", &self.contact),
            ("amount", &self.amount),
            ("by", &self.by),
            ("adjusting", &self.adjusting),
        ]
    }

    /// Whether a filter is set that is asked for less often.
    pub(super) fn has_more_filters(&self) -> bool {
        let rare = [&self.account, &self.contact, &self.amount, &self.by, &self.adjusting];
        rare.iter().any(|value| !value.trim().is_empty())
    }

    /// The state that is listed; none for all of them.
    pub(super) fn state(&self) -> Option<EntryState> {
        EntryState::parse(&self.state)
    }

    /// The order, the newest first where none is asked for.
    pub(super) fn sort(&self) -> (DocumentSort, Direction) {
        COLUMNS.order(&self.sort)
    }

    /// From where the page is read. A place that is none begins the list.
    pub(super) fn seek(&self) -> Seek {
        order::seek(&self.after, &self.before, self.sort().0.key().kind)
    }

    /// Whether it is not the first page.
    pub(super) fn is_further(&self) -> bool {
        !self.after.is_empty() || !self.before.is_empty()
    }

    /// Whether every row is to be selected.
    pub(super) fn selects_all(&self) -> bool {
        !self.all.is_empty()
    }

    /// The first page of the same list.
    pub(super) fn at_first(&self) -> Self {
        Self {
            after: String::new(),
            before: String::new(),
            all: String::new(),
            done: String::new(),
            ..self.clone()
        }
    }

    pub(super) fn after(&self, place: &Position) -> Self {
        Self {
            after: place.to_text(),
            ..self.at_first()
        }
    }

    pub(super) fn before(&self, place: &Position) -> Self {
        Self {
            before: place.to_text(),
            ..self.at_first()
        }
    }

    pub(super) fn with_state(&self, state: Option<EntryState>) -> Self {
        Self {
            state: state.map(EntryState::code).unwrap_or_default().to_owned(),
            ..self.at_first()
        }
    }

    /// The same page with all of its rows selected, or none.
    pub(super) fn with_all(&self, all: bool) -> Self {
        Self {
            all: if all { "yes" } else { "" }.to_owned(),
            done: String::new(),
            ..self.clone()
        }
    }

    /// The same page, saying what the request of this key did.
    pub(super) fn with_done(&self, key: &RequestKey) -> Self {
        Self {
            done: key.as_str().to_owned(),
            all: String::new(),
            ..self.clone()
        }
    }

    /// The key of the request that was just answered; empty where none was.
    pub(super) fn done(&self) -> &str {
        &self.done
    }

    /// What the filters' form carries on unseen.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        order::carried([("state", &*self.state), ("sort", &self.sort)])
    }

    /// The heads of the columns that sort.
    pub(super) fn heads(&self, path: &str) -> SortHeads {
        let head = |of: DocumentSort| {
            let sorted = |sort: String| Self {
                sort,
                ..self.at_first()
            };
            COLUMNS.head(of, &self.sort, |sort| sorted(sort).address(path))
        };
        SortHeads {
            date: head(DocumentSort::Date),
            number: head(DocumentSort::Number),
            name: head(DocumentSort::Name),
            amount: head(DocumentSort::Amount),
        }
    }

    /// The address of `path` with all that is asked for.
    pub(super) fn address(&self, path: &str) -> String {
        let further = [
            ("state", &*self.state),
            ("sort", &self.sort),
            ("after", &self.after),
            ("before", &self.before),
            ("all", &self.all),
            ("done", &self.done),
        ];
        order::address(path, self.filters().into_iter().chain(further))
    }
}

/// The columns that sort. Days and amounts are looked for from the latest and largest, names and numbers from the first.
const COLUMNS: Columns<DocumentSort> = Columns {
    all: &[
        (DocumentSort::Date, "date", Direction::Descending),
        (DocumentSort::Number, "number", Direction::Ascending),
        (DocumentSort::Name, "name", Direction::Ascending),
        (DocumentSort::Amount, "amount", Direction::Descending),
    ],
    first: (DocumentSort::Date, Direction::Descending),
};

#[cfg(test)]
mod tests {
    use time::macros::date;
    use url::form_urlencoded;

    use super::*;

    const TODAY: Date = date!(2026 - 10 - 31);

    fn asked(query: &str) -> Asked {
        let pairs: std::collections::HashMap<String, String> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let of = |name: &str| pairs.get(name).cloned().unwrap_or_default();
        Asked {
            state: of("state"),
            kind: of("kind"),
            from: of("from"),
            to: of("to"),
            text: of("text"),
            account: of("account"),
            contact: of("contact"),
            amount: of("amount"),
            by: of("by"),
            adjusting: of("adjusting"),
            sort: of("sort"),
            after: of("after"),
            before: of("before"),
            all: of("all"),
            done: of("done"),
        }
    }

    fn read(query: &str, scope: Scope) -> (DocumentFilter, FormState) {
        asked(query).read(scope, TODAY, Currency::USD, &[])
    }

    #[test]
    fn the_address_reproduces_the_list() {
        let query = "text=rent+%26+co&from=10%2F1%2F2026&amount=100+to+500&state=posted&sort=-amount";
        assert_eq!(asked(query).address("/j"), format!("/j?{query}"));
        assert_eq!(Asked::default().address("/j"), "/j");
        let place = Position::parse("17.50000", asked(query).sort().0.key().kind).expect("a place");
        assert_eq!(asked(query).after(&place).seek(), Seek::After(place.clone()));
        assert_eq!(asked(query).before(&place).seek(), Seek::Before(place));
    }

    #[test]
    fn what_cannot_be_read_says_so_at_its_field() {
        for (query, field) in [
            ("from=02/31/2026", "from"),
            ("to=soon", "to"),
            ("from=10/2/2026&to=10/1/2026", "to"),
            ("amount=12,50", "amount"),
            ("amount=500 to 100", "amount"),
            ("account=Nowhere", "account"),
            ("kind=invoice", "kind"),
            ("state=lost", ""),
            ("text=a%00b", "text"),
        ] {
            let (_, form) = read(query, Scope::All);
            assert!(form.error(field).is_some(), "{query}: {:?}", form.errors());
        }
    }

    #[test]
    fn the_journal_lists_entries_whatever_the_address_says() {
        let (filter, _) = read("kind=expense", Scope::Journal);
        assert_eq!(filter.kind, Some(DocumentKind::JournalEntry));
        let (filter, _) = read("kind=expense", Scope::All);
        assert_eq!(filter.kind, Some(DocumentKind::Expense));
    }

    #[test]
    fn a_head_pressed_again_sorts_the_other_way_round() {
        let heads = Asked::default().heads("/j");
        assert_eq!(
            (heads.date.sorted, heads.date.href.as_str()),
            (Some("descending"), "/j?sort=date")
        );
        assert_eq!(
            (heads.amount.sorted, heads.amount.href.as_str()),
            (None, "/j?sort=-amount")
        );
        let heads = asked("sort=name&after=17.ada").heads("/j");
        assert_eq!(
            (heads.name.sorted, heads.name.href.as_str()),
            (Some("ascending"), "/j?sort=-name")
        );
    }

    #[test]
    fn a_place_of_another_order_begins_the_list() {
        assert_eq!(asked("sort=amount&after=17.2026-10-31").seek(), Seek::First);
        assert_eq!(asked("after=junk").seek(), Seek::First);
    }
}
