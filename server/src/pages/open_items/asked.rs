//! What the address of a list of open amounts asks for: filters, order, page; and which customers or vendors stand under it.

use app::forms::FormState;
use app::view::open_items::{ItemHeads, Side, Standing};
use books::contacts::ContactPosition;
use books::settlements::{OpenItemFilter, OpenItemSort, OpenItemStanding};
use serde::Deserialize;
use tenancy::{Cx, Direction, Position, Seek};

use super::type_of;
use crate::errors::PageError;
use crate::pages::accounting::Facts;
use crate::pages::lists::filters::{self, given};
use crate::pages::lists::order::{self, Columns};

/// What the address asks for, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    text: String,
    contact: String,
    from: String,
    to: String,
    amount: String,
    /// The name of a customer or vendor that is to be added: the form begins with it.
    pub(super) add: String,
    sort: String,
    after: String,
    before: String,
    pub(super) name: String,
    after_name: String,
    after_id: String,
}

/// What a page lists that nobody narrowed.
pub(super) fn unfiltered(side: Side) -> OpenItemFilter {
    OpenItemFilter {
        account_type: Some(type_of(side)),
        ..OpenItemFilter::default()
    }
}

impl Asked {
    /// What the list is narrowed by, and the form that shows it, with a message at whatever cannot be read.
    pub(super) async fn filter(
        &self,
        cx: &Cx,
        facts: &Facts,
        side: Side,
    ) -> Result<(OpenItemFilter, FormState), PageError> {
        let mut form = filters::form(&self.filters());
        let mut filter = unfiltered(side);
        if form.is_refused() {
            return Ok((filter, form));
        }
        match (self.standing(), given(&self.state)) {
            (None, Some(_)) => form.refuse("", "There is no such list. Choose one above the list."),
            (standing, _) => filter.standing = standing.map(in_books),
        }
        filter.text = given(&self.text);
        filter.contact_id = filters::contact(cx, &mut form, ("contact", &self.contact)).await?;
        let days = [("from", &*self.from), ("to", &self.to)];
        (filter.due_from, filter.due_to) = filters::days(&mut form, days, facts.today);
        (filter.least, filter.most) = filters::amounts(&mut form, ("amount", &self.amount), facts.currency);
        Ok((filter, form))
    }

    fn filters(&self) -> [(&'static str, &str); 5] {
        [
            ("text", &self.text),
            ("contact", &self.contact),
            ("from", &self.from),
            ("to", &self.to),
            ("amount", &self.amount),
        ]
    }

    /// How the amounts stand that are listed; none for all of them.
    pub(super) fn standing(&self) -> Option<Standing> {
        Standing::parse(&self.state)
    }

    /// The order, by name where none is asked for.
    pub(super) fn order(&self) -> (OpenItemSort, Direction) {
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

    /// The first page of the same list, with the names under it from the first.
    pub(super) fn at_first(&self) -> Self {
        Self {
            after: String::new(),
            before: String::new(),
            after_name: String::new(),
            after_id: String::new(),
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

    pub(super) fn with_standing(&self, standing: Option<Standing>) -> Self {
        Self {
            state: standing.map(Standing::code).unwrap_or_default().to_owned(),
            ..self.at_first()
        }
    }

    /// From which customer or vendor on their list is read.
    pub(super) fn contacts_after(&self) -> Option<ContactPosition> {
        Some(ContactPosition {
            name: self.after_name.clone(),
            id: self.after_id.parse().ok()?,
        })
    }

    /// The same page with the names after this one under it.
    pub(super) fn contacts_from(&self, place: &ContactPosition) -> Self {
        Self {
            after_name: place.name.clone(),
            after_id: place.id.to_string(),
            ..self.clone()
        }
    }

    /// What the filters' form carries on unseen.
    pub(super) fn carried(&self) -> Vec<(&'static str, String)> {
        order::carried([("state", &*self.state), ("sort", &self.sort), ("name", &self.name)])
    }

    /// What finding a name carries on of the list.
    pub(super) fn of_list(&self) -> Vec<(&'static str, String)> {
        order::carried(self.filters().into_iter().chain(self.further()))
    }

    /// The heads of the columns that sort.
    pub(super) fn heads(&self, path: &str) -> ItemHeads {
        let head = |of: OpenItemSort| {
            let sorted = |sort: String| Self {
                sort,
                ..self.at_first()
            };
            COLUMNS.head(of, &self.sort, |sort| sorted(sort).address(path))
        };
        ItemHeads {
            name: head(OpenItemSort::Name),
            date: head(OpenItemSort::Date),
            due: head(OpenItemSort::Due),
            amount: head(OpenItemSort::Amount),
            open: head(OpenItemSort::Open),
        }
    }

    /// The address of `path` with all that is asked for.
    pub(super) fn address(&self, path: &str) -> String {
        let names = [
            ("name", &*self.name),
            ("after_name", &self.after_name),
            ("after_id", &self.after_id),
        ];
        order::address(path, self.filters().into_iter().chain(self.further()).chain(names))
    }

    fn further(&self) -> [(&'static str, &str); 4] {
        [
            ("state", &self.state),
            ("sort", &self.sort),
            ("after", &self.after),
            ("before", &self.before),
        ]
    }
}

/// The columns that sort. What is due is looked for from the first day, other days and amounts from the latest and largest.
const COLUMNS: Columns<OpenItemSort> = Columns {
    all: &[
        (OpenItemSort::Name, "name", Direction::Ascending),
        (OpenItemSort::Due, "due", Direction::Ascending),
        (OpenItemSort::Date, "date", Direction::Descending),
        (OpenItemSort::Amount, "amount", Direction::Descending),
        (OpenItemSort::Open, "open", Direction::Descending),
    ],
    first: (OpenItemSort::Name, Direction::Ascending),
};

fn in_books(standing: Standing) -> OpenItemStanding {
    match standing {
        Standing::Overdue => OpenItemStanding::Overdue,
        Standing::NotDue => OpenItemStanding::NotDue,
        Standing::Credit => OpenItemStanding::Credit,
    }
}

#[cfg(test)]
mod tests {
    use tenancy::KeyKind;

    use super::*;

    #[test]
    fn the_address_reproduces_the_list_and_the_names_under_it() {
        let asked = Asked {
            state: "overdue".to_owned(),
            contact: "Ann & Co".to_owned(),
            sort: "-open".to_owned(),
            name: "a".to_owned(),
            ..Asked::default()
        };
        let query = "/s?contact=Ann+%26+Co&state=overdue&sort=-open&name=a";
        assert_eq!(asked.address("/s"), query);
        assert_eq!(Asked::default().address("/s"), "/s");
        let place = Position::parse("17.50000", KeyKind::Integer).expect("a place");
        assert_eq!(asked.after(&place).seek(), Seek::After(place.clone()));
        let next = ContactPosition {
            name: "Ann".to_owned(),
            id: 7,
        };
        let further = asked.after(&place).contacts_from(&next);
        assert_eq!(further.contacts_after(), Some(next));
        assert_eq!(further.seek(), Seek::After(place), "the list stays where it was");
        assert_eq!(further.with_standing(None).contacts_after(), None);
        let carried = [("state", "overdue"), ("sort", "-open"), ("name", "a")];
        assert_eq!(asked.carried(), carried.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn a_place_of_a_list_by_name_leads_back_to_it() {
        let key = "ann's rides\u{1}000000000000000000720261031";
        let place = Position::parse(&format!("9.{key}"), KeyKind::Text).expect("a place");
        let address = Asked::default().after(&place).address("/s");
        let query = address.split_once('?').expect("a query").1;
        let (_, after) = url::form_urlencoded::parse(query.as_bytes()).next().expect("the place");
        let asked = Asked {
            after: after.into_owned(),
            ..Asked::default()
        };
        assert_eq!(asked.seek(), Seek::After(place));
    }
}
