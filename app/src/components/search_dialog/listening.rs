//! The dialog in the browser. None of it runs on the server.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Request;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::found::{draw, option_id};
use super::nothing_found;
use crate::browser::{self, all, by_id, find, first, listen, press, say, set, target, target_in, truth};
use crate::view::search::SearchView;

/// How long the typing rests before the server is asked, in milliseconds.
const REST_MS: u64 = 120;
/// The field in the top bar, and what stands for it on a phone.
const OPENS: &str = "[data-search]";

/// What the dialog knows.
struct Finder {
    dialog: HtmlDialogElement,
    input: HtmlInputElement,
    list: HtmlElement,
    /// What is said aloud when the results change.
    spoken: HtmlElement,
    /// Why there is no answer, above the list, and what to do when nothing was found, below it.
    words: [HtmlElement; 2],
    found: RefCell<SearchView>,
    /// Which hit Enter opens.
    chosen: Cell<usize>,
    /// The question that was asked last: an answer to an earlier one comes too late.
    asked: Cell<u32>,
    rest: Cell<Option<TimeoutHandle>>,
    /// Whether Enter was pressed before the answer was there: then the answer opens its first hit.
    opens: Cell<bool>,
    address: String,
}

/// Listens as long as the page is there.
pub fn begin(address: String) {
    let Some(finder) = Finder::new(address).map(Rc::new) else {
        return;
    };
    let window = window();
    on(&finder, &window, "keydown", |finder, event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        let is_mod = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if is_mod && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            finder.open("");
        }
    });
    on(&finder, &window, "click", |finder, event| {
        if opens_search(event.unchecked_ref()) {
            event.prevent_default();
            finder.open("");
        }
    });
    on(&finder, &window, "input", |finder, event| {
        if let Some(text) = taken_from_field(event) {
            finder.open(&text);
        }
    });
    on(&finder, &finder.dialog, "click", |finder, event| {
        // A click beside the dialog's content is one on the dialog itself.
        let is_beside = target(event).is_some_and(|element| element.is_instance_of::<HtmlDialogElement>());
        if is_beside || target_in(event, "button").is_some() {
            finder.close();
        }
    });
    // However it is closed: Esc closes a dialog by itself.
    on(&finder, &finder.dialog, "close", |finder, _| finder.forget());
    on(&finder, &finder.input, "input", |finder, _| finder.typed());
    on(&finder, &finder.input, "keydown", |finder, event| {
        finder.key(event.unchecked_ref())
    });
    on(&finder, &finder.list, "mousemove", |finder, event| {
        let at = target_in(event, "[role=option]").and_then(|hit| finder.options().iter().position(|one| *one == hit));
        if let Some(at) = at.filter(|at| *at != finder.chosen.get()) {
            finder.choose(at);
        }
    });
}

/// Without captures, so that one kind of listener serves all of them.
fn on(finder: &Rc<Finder>, target: &web_sys::EventTarget, name: &str, run: fn(&Rc<Finder>, &web_sys::Event)) {
    let finder = Rc::clone(finder);
    listen(target, name, move |event| run(&finder, &event));
}

impl Finder {
    fn new(address: String) -> Option<Self> {
        let dialog: HtmlDialogElement = first("dialog.finder")?.dyn_into().ok()?;
        Some(Self {
            input: find(&dialog, "input")?.dyn_into().ok()?,
            list: find(&dialog, ".found")?,
            spoken: find(&dialog, "[role=status]")?,
            words: all(&dialog, ".finder-none").try_into().ok()?,
            dialog,
            found: RefCell::default(),
            chosen: Cell::new(0),
            asked: Cell::new(0),
            rest: Cell::new(None),
            opens: Cell::new(false),
            address,
        })
    }

    fn open(self: &Rc<Self>, text: &str) {
        if !self.dialog.open() && self.dialog.show_modal().is_err() {
            return;
        }
        self.input.set_value(text);
        self.input.select();
        self.ask();
    }

    /// Whatever was asked before opens nothing any more.
    fn forget(&self) {
        self.opens.set(false);
        self.rests_no_more();
        self.asked.set(self.asked.get() + 1);
    }

    fn close(&self) {
        // The browser gives the focus back to where it was.
        self.dialog.close();
    }

    /// Asks once the typing rests.
    fn typed(self: &Rc<Self>) {
        self.opens.set(false);
        self.rests_no_more();
        let finder = Rc::clone(self);
        let rest = set_timeout_with_handle(move || finder.ask(), Duration::from_millis(REST_MS));
        self.rest.set(rest.ok());
    }

    fn rests_no_more(&self) {
        if let Some(earlier) = self.rest.take() {
            earlier.clear();
        }
    }

    fn ask(self: &Rc<Self>) {
        let mine = self.asked.get() + 1;
        self.asked.set(mine);
        let finder = Rc::clone(self);
        spawn_local(async move {
            let answer = search(&finder.address, &finder.input.value()).await;
            if finder.asked.get() == mine {
                finder.answered(answer);
            }
        });
    }

    fn answered(&self, answer: Result<SearchView, &'static str>) {
        let opens = self.opens.take();
        let [problem, nothing] = &self.words;
        match answer {
            Ok(found) => {
                if let Some(first) = found.first().filter(|_| opens) {
                    browser::go(first);
                }
                tell(problem, "");
                let is_nothing = found.groups.is_empty() && !found.query.is_empty();
                let words = is_nothing.then(|| nothing_found(&found.query));
                tell(nothing, &words.unwrap_or_default());
                say(&self.spoken, &found.spoken());
                // It fails only for an element's name that is none.
                let _ = draw(&self.list, &found);
                self.found.replace(found);
                self.choose(0);
            }
            Err(words) => tell(problem, words),
        }
    }

    /// Opens what is chosen. What stands there while the typing rests or the answer is on its way was found for another text, and
    /// nobody means it.
    fn enter(self: &Rc<Self>) {
        if self.found.borrow().answers(&self.input.value()) {
            press(by_id(&option_id(self.chosen.get())));
        } else {
            self.rests_no_more();
            self.opens.set(true);
            self.ask();
        }
    }

    fn key(self: &Rc<Self>, event: &KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let count = self.found.borrow().hits().count();
        let step = |by: usize| self.choose((self.chosen.get() + by) % count.max(1));
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(count.saturating_sub(1)),
            "Home" if event.ctrl_key() => self.choose(0),
            "End" if event.ctrl_key() => self.choose(count.saturating_sub(1)),
            "Enter" => self.enter(),
            _ => return,
        }
        event.prevent_default();
        self.scroll_to_chosen();
    }

    fn options(&self) -> Vec<HtmlElement> {
        all(&self.list, "[role=option]")
    }

    /// Marks the hit that Enter opens.
    fn choose(&self, chosen: usize) {
        self.chosen.set(chosen);
        let options = self.options();
        for (at, option) in options.iter().enumerate() {
            set(option, "aria-selected", Some(truth(at == chosen)));
        }
        let active = (!options.is_empty()).then(|| option_id(chosen));
        set(&self.input, "aria-activedescendant", active.as_deref());
    }

    /// Scrolls the list so far that the chosen hit is seen.
    fn scroll_to_chosen(&self) {
        let Some(option) = by_id(&option_id(self.chosen.get())) else {
            return;
        };
        let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
        let (from, height) = (self.list.scroll_top(), self.list.client_height());
        if top < from {
            self.list.set_scroll_top(top);
        } else if bottom > from + height {
            self.list.set_scroll_top(bottom - height);
        }
    }
}

/// Shows words, or nothing.
fn tell(place: &HtmlElement, words: &str) {
    say(place, words);
    place.set_hidden(words.is_empty());
}

/// Asks the search page for its short answer.
async fn search(address: &str, text: &str) -> Result<SearchView, &'static str> {
    const UNREACHED: &str = "CarteFi could not be reached. Check the connection and type on.";
    const REFUSED: &str = "CarteFi did not answer. Your session may have ended: open any page to sign in again.";
    let request = Request::get(address)
        .query([("q", text)])
        .header("Accept", "application/json");
    let response = request.send().await.map_err(|_| UNREACHED)?;
    if !response.ok() {
        return Err(REFUSED);
    }
    response.json().await.map_err(|_| REFUSED)
}

/// Whether a click is one on the search field. With a key held it does what a link does.
fn opens_search(event: &MouseEvent) -> bool {
    let is_plain = !event.ctrl_key() && !event.meta_key() && !event.shift_key();
    is_plain && target_in(event, OPENS).is_some()
}

/// What was typed into the field in the top bar, which is left empty; none for any other field.
fn taken_from_field(event: &web_sys::Event) -> Option<String> {
    let field: HtmlInputElement = target(event)?.dyn_into().ok()?;
    if !browser::is(&field, OPENS) {
        return None;
    }
    let text = field.value();
    field.set_value("");
    Some(text)
}
