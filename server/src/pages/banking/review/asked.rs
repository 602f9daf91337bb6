//! What the review list's address asks for: state, filters, order, page; and what was just done.

use app::forms::FormState;
use app::view::banking::review::{ReviewHeads, Tab, list_path};
use books::review::{LineFilter, LineSort, LineState, Way};
use ledger::money::Currency;
use serde::Deserialize;
use tenancy::{Direction, Position, Seek};

use crate::pages::accounting::Facts;
use crate::pages::lists::filters::{self, given};
use crate::pages::lists::order::{self, Columns};

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    text: String,
    from: String,
    to: String,
    amount: String,
    way: String,
    #[serde(rename = "match")]
    suggested: String,
    sort: String,
    after: String,
    before: String,
    all: String,
    done: String,
    matched: String,
    imported: String,
    did: String,
}

/// What a list lists that nobody narrowed.
pub(super) fn unfiltered(bank_account_id: i64, tab: Tab) -> LineFilter {
    LineFilter {
        bank_account_id,
        states: vec![state_of(tab)],
        ..LineFilter::default()
    }
}

impl Asked {
    /// What the list is narrowed by, and the form that shows it, with a message at whatever cannot be read.
    pub(super) fn filter(&self, bank_account_id: i64, facts: &Facts, currency: Currency) -> (LineFilter, FormState) {
        let mut filter = unfiltered(bank_account_id, self.tab());
        let mut form = filters::form(&self.filters());
        if form.is_refused() {
            return (filter, form);
        }
        filter.text = given(&self.text);
        let days = [("from", &*self.from), ("to", &self.to)];
        (filter.from, filter.to) = filters::days(&mut form, days, facts.today);
        (filter.least, filter.most) = filters::amounts(&mut form, ("amount", &self.amount), currency);
        filter.suggested = self.tab() == Tab::New && !self.suggested.is_empty();
        match self.way.as_str() {
            "" => {}
            "out" => filter.way = Some(Way::Out),
            "in" => filter.way = Some(Way::In),
            _ => form.refuse("way", "Money goes out or comes in. Choose one from the list."),
        }
        (filter, form)
    }

    fn filters(&self) -> [(&'static str, &str); 6] {
        [
            ("text", &self.text),
            ("from", &self.from),
            ("to", &self.to),
            ("amount", &self.amount),
            ("way", &self.way),
            ("match", &self.suggested),
        ]
    }

    /// The state that is listed.
    pub(super) fn tab(&self) -> Tab {
        Tab::parse(&self.state)
    }

    /// The order, the newest first where none is asked for.
    pub(super) fn order(&self) -> (LineSort, Direction) {
        COLUMNS.order(&self.sort)
    }

    /// From where the page is read. A place that is none begins the list.
    pub(super) fn seek(&self) -> Seek {
        order::seek(&self.after, &self.before, self.order().0.key().kind)
    }

    /// Whether it is not the first page.
    pub(super) fn is_further(&self) -> bool {
        !self.after.is_empty() || !self.before.is_empty()
    }

    /// Whether every line is to be selected.
    pub(super) fn selects_all(&self) -> bool {
        !self.all.is_empty()
    }

    /// The line that a form recorded, and whether it was matched.
    pub(super) fn line_done(&self) -> Option<(i64, bool)> {
        let matched = self.matched.parse().ok().map(|line| (line, true));
        matched.or_else(|| Some((self.done.parse().ok()?, false)))
    }

    /// The import that led here.
    pub(super) fn imported(&self) -> Option<i64> {
        self.imported.parse().ok()
    }

    /// What was done with the lines that were selected.
    pub(super) fn did(&self) -> &str {
        &self.did
    }

    /// The same page, without a word of what was done.
    pub(super) fn here(&self) -> Self {
        Self {
            all: String::new(),
            done: String::new(),
            matched: String::new(),
            imported: String::new(),
            did: String::new(),
            ..self.clone()
        }
    }

    /// The first page of the same list.
    pub(super) fn at_first(&self) -> Self {
        Self {
            after: String::new(),
            before: String::new(),
            ..self.here()
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

    pub(super) fn with_tab(&self, tab: Tab) -> Self {
        Self {
            state: tab.code().to_owned(),
            ..self.at_first()
        }
    }

    /// The same page with all of its lines selected, or none.
    pub(super) fn with_all(&self, all: bool) -> Self {
        Self {
            all: if all { "yes" } else { "" }.to_owned(),
            ..self.here()
        }
    }

    /// What the filters' form carries on unseen.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        order::carried([("state", self.tab().code()), ("sort", &self.sort)])
    }

    /// The heads of the columns that sort. What went out most stands before what came in most.
    pub(super) fn heads(&self, slug: &str, bank_account_id: i64) -> ReviewHeads {
        let sorted = |sort: String| {
            let asked = Self {
                sort,
                ..self.at_first()
            };
            asked.address(slug, bank_account_id)
        };
        let head = |of| COLUMNS.head(of, &self.sort, sorted);
        let amount = |sort: &str, way, words| app::view::lists::SortHead {
            href: sorted(sort.to_owned()),
            sorted: (self.order() == (LineSort::Amount, way)).then_some(words),
        };
        ReviewHeads {
            date: head(LineSort::Date),
            words: head(LineSort::Words),
            out: amount("amount", Direction::Ascending, "ascending"),
            into: amount("-amount", Direction::Descending, "descending"),
        }
    }

    /// The list's address. The state always stands in it.
    pub(super) fn address(&self, slug: &str, bank_account_id: i64) -> String {
        self.address_of(&list_path(slug, bank_account_id))
    }

    /// The address of the list as CSV.
    pub(super) fn file_address(&self, slug: &str, bank_account_id: i64) -> String {
        self.address_of(&format!("{}/lines.csv", list_path(slug, bank_account_id)))
    }

    fn address_of(&self, path: &str) -> String {
        let further = [
            ("sort", &*self.sort),
            ("after", &self.after),
            ("before", &self.before),
            ("all", &self.all),
        ];
        let state = [("state", self.tab().code())];
        order::address(path, state.into_iter().chain(self.filters()).chain(further))
    }
}

/// The columns that sort.
const COLUMNS: Columns<LineSort> = Columns {
    all: &[
        (LineSort::Date, "date", Direction::Descending),
        (LineSort::Words, "text", Direction::Ascending),
        (LineSort::Amount, "amount", Direction::Ascending),
    ],
    first: (LineSort::Date, Direction::Descending),
};

fn state_of(tab: Tab) -> LineState {
    match tab {
        Tab::New => LineState::New,
        Tab::Doubtful => LineState::Doubtful,
        Tab::Accepted => LineState::Accepted,
        Tab::Excluded => LineState::Excluded,
    }
}

#[cfg(test)]
mod tests {
    use tenancy::KeyKind;

    use super::*;

    #[test]
    fn the_address_of_a_page_of_the_list_leads_back_to_it() {
        let asked = Asked {
            state: "excluded".to_owned(),
            text: "rent & co".to_owned(),
            sort: "-amount".to_owned(),
            did: "match.3".to_owned(),
            ..Asked::default()
        };
        let query = "state=excluded&text=rent+%26+co&sort=-amount";
        assert_eq!(asked.address("juniper", 3), format!("/c/juniper/banking/3?{query}"));
        assert_eq!(
            asked.file_address("juniper", 3),
            format!("/c/juniper/banking/3/lines.csv?{query}")
        );
        let place = Position::parse("17.-500", KeyKind::Integer).expect("a place");
        assert_eq!(asked.after(&place).seek(), Seek::After(place.clone()));
        assert_eq!(asked.before(&place).seek(), Seek::Before(place.clone()));
        assert_eq!(asked.after(&place).with_tab(Tab::New).seek(), Seek::First);
        assert_eq!(Asked::default().address("juniper", 3), "/c/juniper/banking/3?state=new");
    }

    #[test]
    fn what_was_just_done_is_told_once() {
        let asked = Asked {
            matched: "7".to_owned(),
            ..Asked::default()
        };
        assert_eq!(asked.line_done(), Some((7, true)));
        assert_eq!(asked.here().line_done(), None);
        let asked = Asked {
            done: "junk".to_owned(),
            imported: "9".to_owned(),
            ..Asked::default()
        };
        assert_eq!((asked.line_done(), asked.imported()), (None, Some(9)));
    }
}
