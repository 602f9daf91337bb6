//! The rows of a form that grows as one types. A new one is made from the model that the server wrote beside them.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement};

use crate::browser::{all, find};

/// What stands in the model for the row's index.
const INDEX: &str = "{index}";
/// What stands in the model for the number that people read, which begins with one.
const NUMBER: &str = "{number}";

/// Which row a row of fields is, as its names and its label say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowMark {
    /// As in the fields' names: `3`.
    pub index: String,
    /// As it is read: `4`.
    pub number: String,
}

impl RowMark {
    /// That of the row with this index.
    pub fn of(index: usize) -> Self {
        Self {
            index: index.to_string(),
            number: (index + 1).to_string(),
        }
    }

    /// That of the model.
    pub fn model() -> Self {
        Self {
            index: INDEX.to_owned(),
            number: NUMBER.to_owned(),
        }
    }

    /// Whether it is the first row, in which the fields say what they are for.
    pub fn is_first(&self) -> bool {
        self.index == "0"
    }
}

/// The model of a row: it is not shown, and nothing of it is sent.
#[component]
pub fn RowModel(children: Children) -> impl IntoView {
    view! { <template data-row-model="">{children()}</template> }
}

/// The rows of a form in the browser: each is marked `data-index` and stands in `tbody`.
#[derive(Debug)]
pub struct Rows {
    body: HtmlElement,
    model: String,
    /// The hidden field that says how many there are.
    count: HtmlInputElement,
    /// What asks for more.
    more: HtmlButtonElement,
    max: usize,
}

impl Rows {
    /// The rows of this form; none where they are not as its page writes them. `more` is the action that asks for more.
    pub fn of(form: &HtmlFormElement, count: &str, more: &str, max: usize) -> Option<Self> {
        Some(Self {
            body: find(form, "tbody")?,
            model: find(form, "[data-row-model]")?.inner_html(),
            count: find(form, &format!("[name={count}]"))?.dyn_into().ok()?,
            more: find(form, &format!("button[value={more}]"))?.dyn_into().ok()?,
            max,
        })
    }

    /// The indices of those that are drawn, ascending.
    pub fn indices(&self) -> Vec<usize> {
        all(&self.body, "[data-index]").iter().filter_map(index_of).collect()
    }

    /// The rows that are drawn, each with its index.
    pub fn drawn(&self) -> Vec<(usize, HtmlElement)> {
        let rows = all(&self.body, "[data-index]").into_iter();
        rows.filter_map(|row| Some((index_of(&row)?, row))).collect()
    }

    /// Draws exactly these, ascending: rows that stay keep what is typed in them, new ones come after them.
    pub fn draw(&self, wanted: &[usize]) {
        let rows = all(&self.body, "[data-index]");
        let mut next = 0;
        for row in rows {
            match index_of(&row) {
                Some(index) if wanted.contains(&index) => next = index + 1,
                _ => row.remove(),
            }
        }
        self.append(wanted.iter().copied().filter(|index| *index >= next));
    }

    /// Adds so many, as far as there may be more.
    pub fn add(&self, count: usize) {
        let drawn = self.indices();
        let next = drawn.last().map_or(0, |last| last + 1);
        let room = self.max.saturating_sub(drawn.len()).min(count);
        self.append(next..next + room);
    }

    fn append(&self, indices: impl Iterator<Item = usize>) {
        let rows: String = indices.map(|index| row_of(&self.model, index)).collect();
        // Only numbers were put into what the server wrote. It fails only for a place that is none.
        let _ = self.body.insert_adjacent_html("beforeend", &rows);
        let count = self.indices().len();
        self.count.set_value(&count.to_string());
        self.more.set_disabled(count >= self.max);
    }
}

/// The model as the row of this index.
fn row_of(model: &str, index: usize) -> String {
    let RowMark { index, number } = RowMark::of(index);
    model.replace(INDEX, &index).replace(NUMBER, &number)
}

fn index_of(row: &HtmlElement) -> Option<usize> {
    row.get_attribute("data-index")?.parse().ok()
}

#[cfg(all(test, feature = "ssr"))]
pub(crate) mod tests {
    use super::*;

    /// A row as the server draws it, and as a browser makes it of the model.
    pub(crate) fn drawn_and_made<V: IntoView>(index: usize, row: impl Fn(RowMark) -> V) -> (String, String) {
        let html = |mark| Owner::new().with(|| row(mark).into_view().to_html());
        (html(RowMark::of(index)), row_of(&html(RowMark::model()), index))
    }

    #[test]
    fn the_number_that_is_read_begins_with_one() {
        let (drawn, made) = drawn_and_made(4, |row| view! { <p data-index=row.index>{row.number}</p> });
        assert_eq!(drawn, r#"<p data-index="4">5</p>"#);
        assert_eq!(made, drawn);
    }
}
