//! Search in the top bar: a field that works as a form, and a dialog that finds while one types.

mod browser;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::view::search::{Piece, QUERY_CHARS_MAX, SearchHit, SearchView};

/// How long the typing rests before the server is asked, in milliseconds.
const REST_MS: u64 = 120;
/// What the field is for.
const PLACEHOLDER: &str = "Find an entry, a name, an amount…";

/// The field in the top bar. Without JavaScript it is a form whose answer is a page.
#[component]
pub fn SearchField(#[prop(into)] slug: String) -> impl IntoView {
    let action = format!("/c/{slug}/search");
    view! {
        <form class="find" method="get" action=action.clone() role="search" aria-label="These books">
            <input
                type="search"
                name="q"
                placeholder=PLACEHOLDER
                aria-label="Find an entry, a name, an amount or a page"
                maxlength=QUERY_CHARS_MAX.to_string()
                autocomplete="off"
                data-search=""
            />
            <kbd aria-hidden="true">"Ctrl K"</kbd>
        </form>
        <a class="find-small" href=action.clone() data-search="">
            <svg viewBox="0 0 20 20" aria-hidden="true">
                <circle cx="9" cy="9" r="5.5" />
                <path d="m13 13 4.5 4.5" />
            </svg>
            <span class="sr">"Search"</span>
        </a>
        <SearchDialog address=action />
    }
    .into_any()
}

/// What the dialog knows.
#[derive(Clone, Copy)]
struct Finder {
    dialog: NodeRef<html::Dialog>,
    input: NodeRef<html::Input>,
    found: RwSignal<SearchView>,
    /// Which hit Enter opens.
    chosen: RwSignal<usize>,
    problem: RwSignal<Option<&'static str>>,
    /// The question that was asked last: an answer to an earlier one comes too late.
    asked: StoredValue<u32>,
    rest: StoredValue<Option<TimeoutHandle>>,
    /// Whether Enter was pressed before the answer was there: then the answer opens its first hit.
    opens: StoredValue<bool>,
    address: StoredValue<String>,
}

impl Finder {
    fn open(self, text: &str) {
        let (Some(dialog), Some(input)) = (self.dialog.get_untracked(), self.input.get_untracked()) else {
            return;
        };
        if !dialog.open() && dialog.show_modal().is_err() {
            return;
        }
        input.set_value(text);
        input.select();
        self.ask();
    }

    fn close(self) {
        self.opens.set_value(false);
        if let Some(dialog) = self.dialog.get_untracked() {
            // The browser gives the focus back to where it was.
            dialog.close();
        }
    }

    /// Asks once the typing rests.
    fn typed(self) {
        self.opens.set_value(false);
        self.rests_no_more();
        let ask = move || self.ask();
        self.rest
            .set_value(set_timeout_with_handle(ask, std::time::Duration::from_millis(REST_MS)).ok());
    }

    fn rests_no_more(self) {
        if let Some(earlier) = self.rest.get_value() {
            earlier.clear();
        }
    }

    fn ask(self) {
        let Some(input) = self.input.get_untracked() else {
            return;
        };
        self.asked.update_value(|asked| *asked += 1);
        let mine = self.asked.get_value();
        let (text, address) = (input.value(), self.address.get_value());
        spawn_local(async move {
            let answer = browser::search(&address, &text).await;
            if self.asked.get_value() != mine {
                return;
            }
            let opens = self.opens.get_value();
            self.opens.set_value(false);
            match answer {
                Ok(found) => {
                    if let Some(first) = found.first().filter(|_| opens) {
                        browser::go(first);
                    }
                    self.chosen.set(0);
                    self.problem.set(None);
                    self.found.set(found);
                }
                Err(problem) => self.problem.set(Some(problem)),
            }
        });
    }

    /// Opens what is chosen. What stands there while the typing rests or the answer is on its way was found for another text, and
    /// nobody means it.
    fn enter(self) {
        let Some(input) = self.input.get_untracked() else {
            return;
        };
        if self.found.with_untracked(|found| found.answers(&input.value())) {
            browser::press(&option_id(self.chosen.get_untracked()));
        } else {
            self.rests_no_more();
            self.opens.set_value(true);
            self.ask();
        }
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let count = self.found.with_untracked(|found| found.hits().count());
        let step = |by: usize| self.chosen.update(|chosen| *chosen = (*chosen + by) % count.max(1));
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(count.saturating_sub(1)),
            "Home" if event.ctrl_key() => self.chosen.set(0),
            "End" if event.ctrl_key() => self.chosen.set(count.saturating_sub(1)),
            "Enter" => self.enter(),
            _ => return,
        }
        event.prevent_default();
        let chosen = self.chosen.get_untracked();
        request_animation_frame(move || browser::into_view(&option_id(chosen)));
    }
}

fn option_id(index: usize) -> String {
    format!("found-{index}")
}

/// The dialog. It opens on Ctrl K (Command K on a Mac) and by a press on the field.
#[island]
pub fn SearchDialog(
    /// The search page's address.
    address: String,
) -> impl IntoView {
    let finder = Finder {
        dialog: NodeRef::new(),
        input: NodeRef::new(),
        found: RwSignal::new(SearchView::default()),
        chosen: RwSignal::new(0),
        problem: RwSignal::new(None),
        asked: StoredValue::new(0),
        rest: StoredValue::new(None),
        opens: StoredValue::new(false),
        address: StoredValue::new(address),
    };
    Effect::new(move |_| {
        let keys = window_event_listener(ev::keydown, move |event| {
            let is_mod = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
            if is_mod && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                finder.open("");
            }
        });
        let clicks = window_event_listener(ev::click, move |event| {
            if browser::opens_search(&event) {
                event.prevent_default();
                finder.open("");
            }
        });
        let typing = window_event_listener(ev::input, move |event| {
            if let Some(text) = browser::taken_from_field(&event) {
                finder.open(&text);
            }
        });
        on_cleanup(move || {
            keys.remove();
            clicks.remove();
            typing.remove();
        });
    });
    let count = move || finder.found.with(|found| found.hits().count());
    let active = move || (count() > 0).then(|| option_id(finder.chosen.get()));
    let backdrop = move |event: ev::MouseEvent| {
        if browser::is_backdrop(&event) {
            finder.close();
        }
    };
    view! {
        <dialog class="finder" aria-label="Search and commands" node_ref=finder.dialog on:click=backdrop>
            <div class="finder-field">
                <input
                    type="text"
                    role="combobox"
                    aria-label="Find an entry, a name, an amount or a page"
                    aria-expanded="true"
                    aria-controls="found"
                    aria-autocomplete="list"
                    aria-activedescendant=active
                    placeholder=PLACEHOLDER
                    maxlength=QUERY_CHARS_MAX.to_string()
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=finder.input
                    on:input=move |_| finder.typed()
                    on:keydown=move |event| finder.key(&event)
                />
                <button type="button" class="btn sm quiet" on:click=move |_| finder.close()>
                    <span class="sr">"Close the search"</span>
                    <kbd aria-hidden="true">"Esc"</kbd>
                </button>
            </div>
            <p class="sr" role="status">
                {move || finder.found.with(SearchView::spoken)}
            </p>
            {move || finder.problem.get().map(|problem| view! { <p class="finder-none">{problem}</p> })}
            <div id="found" class="found" role="listbox" aria-label="What was found">
                {move || {
                    let found = finder.found.get();
                    options(found, finder)
                }}
            </div>
            {move || {
                let found = finder.found.get();
                let is_nothing = found.groups.is_empty() && !found.query.is_empty();
                is_nothing.then(|| view! { <p class="finder-none">{nothing_found(&found.query)}</p> })
            }}
        </dialog>
    }
}

/// The hits as options of the listbox, group by group.
fn options(found: SearchView, finder: Finder) -> impl IntoView {
    let mut index = 0;
    let groups: Vec<_> = found
        .groups
        .into_iter()
        .enumerate()
        .map(|(n, group)| {
            let (id, labelled_by) = (format!("found-group-{n}"), format!("found-group-{n}"));
            let options: Vec<_> = group
                .hits
                .into_iter()
                .map(|hit| {
                    let at = index;
                    index += 1;
                    let selected = move || if finder.chosen.get() == at { "true" } else { "false" };
                    view! {
                        <a
                            class="find-hit"
                            role="option"
                            id=option_id(at)
                            href=hit.href.clone()
                            tabindex="-1"
                            aria-selected=selected
                            on:mousemove=move |_| finder.chosen.set(at)
                        >
                            {hit_parts(&hit)}
                        </a>
                    }
                })
                .collect();
            view! {
                <div role="group" aria-labelledby=labelled_by>
                    <div class="found-title" id=id>
                        {group.title}
                    </div>
                    {options}
                </div>
            }
        })
        .collect();
    groups
}

/// The results on the search page.
#[component]
pub fn SearchResults(view: SearchView) -> impl IntoView {
    let groups = view
        .groups
        .into_iter()
        .map(|group| {
            let hits = group.hits.into_iter().map(|hit| {
                view! { <li><a class="find-hit" href=hit.href.clone()>{hit_parts(&hit)}</a></li> }
            });
            view! {
                <section class="panel flush">
                    <h2 class="found-title">{group.title}</h2>
                    <ul>{hits.collect_view()}</ul>
                </section>
            }
        })
        .collect_view();
    view! { <div class="found">{groups}</div> }.into_any()
}

fn hit_parts(hit: &SearchHit) -> impl IntoView + use<> {
    let amount = hit
        .amount
        .clone()
        .map(|amount| view! { <span class="hit-amount num">{amount}</span> });
    let detail = (!hit.detail.is_empty()).then(|| view! { <span class="hit-detail">{pieces(&hit.detail)}</span> });
    view! {
        <span class="hit-title">{pieces(&hit.title)}</span>
        {detail}
        <span class="hit-aside">{hit.aside.clone()}</span>
        {amount}
    }
}

fn pieces(pieces: &[Piece]) -> Vec<AnyView> {
    pieces
        .iter()
        .cloned()
        .map(|piece| match piece.is_hit {
            true => view! { <mark>{piece.text}</mark> }.into_any(),
            false => piece.text.into_any(),
        })
        .collect()
}

/// What to try when nothing was found.
pub(crate) fn nothing_found(query: &str) -> String {
    format!(
        "Nothing is called “{query}”. Try a number, a part of a name, three letters of a memo, or an amount as 1,432.17."
    )
}
