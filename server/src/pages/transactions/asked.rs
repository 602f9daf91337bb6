//! What a list's address asks for. The address reproduces the list: filters, order, page.

use app::forms::{Choice, FormState, find_choice};
use app::view::accounting::entry::EntryState;
use app::view::transactions::{Scope, SortHead, SortHeads};
use books::contacts::contact_list;
use books::documents::{DocumentFilter, DocumentKind, DocumentSort};
use ledger::dates::parse_date;
use ledger::money::{Currency, parse_amount};
use serde::Deserialize;
use tenancy::{Direction, Position, Seek};
use time::Date;
use url::form_urlencoded;

use super::scoped;
use crate::errors::PageError;
use crate::pages::accounting::Facts;
use crate::pages::accounting::journal::in_books;
use crate::visitor::Company;

/// Longest text of a filter.
const TEXT_CHARS_MAX: usize = 200;

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
        let name = self.contact.trim();
        if !name.is_empty() {
            let found = contact_list(&company.cx, name, None).await?.contacts;
            let exact = found.iter().find(|contact| contact.name.eq_ignore_ascii_case(name));
            match (exact, found.as_slice()) {
                (Some(contact), _) | (None, [contact]) => filter.contact_id = Some(contact.id),
                (None, []) => form.refuse("contact", format!("No customer or vendor is called “{name}”.")),
                (None, [one, other, ..]) => form.refuse(
                    "contact",
                    format!(
                        "Several names begin so, as {} and {}. Type the whole name.",
                        one.name, other.name
                    ),
                ),
            }
        }
        Ok((filter, form))
    }

    /// All of it but the customer or vendor, whom the books know.
    fn read(&self, scope: Scope, today: Date, currency: Currency, accounts: &[Choice]) -> (DocumentFilter, FormState) {
        let mut form = FormState::new("");
        for (name, value) in self.filters() {
            form = form.with(name, value);
        }
        for (name, value) in self.filters() {
            if value.contains('\0') || value.chars().count() > TEXT_CHARS_MAX {
                form.refuse(name, "This cannot be looked for. Type it anew, in at most 200 letters.");
                return (scoped(scope), form);
            }
        }
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
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
        let mut day = |field: &str, typed: &str| match parse_date(typed, today) {
            _ if typed.trim().is_empty() => None,
            Ok(day) => Some(day),
            Err(error) => {
                form.refuse(field, error.to_string());
                None
            }
        };
        filter.from = day("from", &self.from);
        filter.to = day("to", &self.to);
        if let (Some(from), Some(to)) = (filter.from, filter.to)
            && from > to
        {
            form.refuse(
                "to",
                "This day lies before the first one. Choose a later day, or leave it empty.",
            );
        }
        if let Some(typed) = given(&self.account) {
            match find_choice(accounts, &typed) {
                Ok(account) => filter.account_id = Some(account.id),
                Err(error) => form.refuse("account", error.message("an account")),
            }
        }
        match amounts(&self.amount, currency) {
            Ok((least, most)) => (filter.least, filter.most) = (least, most),
            Err(message) => form.refuse("amount", message),
        }
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
        let (way, name) = match self.sort.strip_prefix('-') {
            Some(name) => (Direction::Descending, name),
            None => (Direction::Ascending, self.sort.as_str()),
        };
        match COLUMNS.iter().find(|(_, code)| *code == name) {
            Some((sort, _)) => (*sort, way),
            None => (DocumentSort::Date, Direction::Descending),
        }
    }

    /// From where the page is read. A place that is none begins the list.
    pub(super) fn seek(&self) -> Seek {
        let kind = self.sort().0.key().kind;
        let place = |text: &str| Position::parse(text, kind).filter(|_| !text.is_empty());
        match (place(&self.after), place(&self.before)) {
            (Some(place), _) => Seek::After(place),
            (None, Some(place)) => Seek::Before(place),
            (None, None) => Seek::First,
        }
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

    /// The same page, saying what was done.
    pub(super) fn with_done(&self, done: String) -> Self {
        Self {
            done,
            all: String::new(),
            ..self.clone()
        }
    }

    /// What was just done: `post.3` reads “3 drafts were posted.”
    pub(super) fn done_words(&self) -> Option<String> {
        let (what, count) = self.done.split_once('.')?;
        let count: usize = count.parse().ok()?;
        let (one, many) = match what {
            "post" => ("1 draft was posted.", "drafts were posted."),
            "void" => ("1 entry was voided.", "entries were voided."),
            _ => return None,
        };
        Some(match count {
            1 => one.to_owned(),
            count => format!("{count} {many}"),
        })
    }

    /// What the filters' form carries on unseen.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        let unseen = [("state", &self.state), ("sort", &self.sort)];
        let set = unseen.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| (name, value.clone())).collect()
    }

    /// The heads of the columns that sort: once more on the one that does sorts the other way round.
    pub(super) fn heads(&self, path: &str) -> SortHeads {
        let (now, way) = self.sort();
        let head = |of: DocumentSort| {
            let sorted = (of == now).then_some(match way {
                Direction::Ascending => "ascending",
                Direction::Descending => "descending",
            });
            // Days and amounts are looked for from the latest and largest, names and numbers from the first.
            let is_down = match sorted {
                Some(sorted) => sorted == "ascending",
                None => matches!(of, DocumentSort::Date | DocumentSort::Amount),
            };
            let code = COLUMNS
                .iter()
                .find(|(sort, _)| *sort == of)
                .map_or("", |(_, code)| code);
            let sort = if is_down { format!("-{code}") } else { code.to_owned() };
            let href = Self {
                sort,
                ..self.at_first()
            }
            .address(path);
            SortHead { href, sorted }
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
        let mut query = form_urlencoded::Serializer::new(String::new());
        let pairs = self.filters().into_iter().chain(further);
        query.extend_pairs(pairs.filter(|(_, value)| !value.is_empty()));
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

/// The columns that sort, as addresses call them.
const COLUMNS: [(DocumentSort, &str); 4] = [
    (DocumentSort::Date, "date"),
    (DocumentSort::Number, "number"),
    (DocumentSort::Name, "name"),
    (DocumentSort::Amount, "amount"),
];

/// An amount, or a range of them: `1,432.17`, `100 to 500`, `100 to`, `to 500`.
fn amounts(typed: &str, currency: Currency) -> Result<(Option<i64>, Option<i64>), String> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok((None, None));
    }
    let one = |text: &str| match text.trim() {
        "" => Ok(None),
        text => parse_amount(text, currency)
            .map(Some)
            .map_err(|error| error.to_string()),
    };
    let spaced = format!(" {typed} ");
    let range = spaced
        .split_once(" to ")
        .or_else(|| spaced.split_once(".."))
        .or_else(|| spaced.split_once('–'));
    let Some((least, most)) = range else {
        let exact = one(typed)?;
        return Ok((exact, exact));
    };
    match (one(least)?, one(most)?) {
        (None, None) => Err("Write an amount as 1,432.17, or a range as 100 to 500.".to_owned()),
        (Some(least), Some(most)) if least > most => {
            Err("The first amount of the range is the larger one. Turn them round.".to_owned())
        }
        range => Ok(range),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

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
    fn an_amount_is_one_or_a_range() {
        let of = |typed| amounts(typed, Currency::USD);
        assert_eq!(of("1,432.17"), Ok((Some(143_217), Some(143_217))));
        assert_eq!(of("$12"), Ok((Some(1_200), Some(1_200))));
        assert_eq!(of("100 to 500"), Ok((Some(10_000), Some(50_000))));
        assert_eq!(of("100..500"), Ok((Some(10_000), Some(50_000))));
        assert_eq!(of("100 to"), Ok((Some(10_000), None)));
        assert_eq!(of("to 500"), Ok((None, Some(50_000))));
        assert!(of("to").is_err());
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

    #[test]
    fn what_was_done_is_said_in_our_own_words_alone() {
        assert_eq!(
            asked("done=post.3").done_words().as_deref(),
            Some("3 drafts were posted.")
        );
        assert_eq!(
            asked("done=void.1").done_words().as_deref(),
            Some("1 entry was voided.")
        );
        assert_eq!(asked("done=You won.1").done_words(), None);
    }
}
