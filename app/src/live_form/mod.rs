//! A form that an island keeps company: its messages follow the typing, and it is sent once at a time.
//!
//! The fields themselves hold what was typed; the island reads them and never keeps a second copy, so nothing typed
//! before it woke, restored by the browser, or refused by the server can be lost.

mod browser;
mod messages;
mod rows;

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use leptos::prelude::window;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlFormElement, SubmitEvent};

use crate::browser::{find, first, listen, set, wake};
use crate::forms::FieldError;

pub use browser::{input_of, pasted_text, post_with_enter};
#[cfg(all(test, feature = "ssr"))]
pub(crate) use rows::tests::drawn_and_made;
pub use rows::{RowMark, RowModel, Rows};

/// What is written into a field as one leaves it, by its name and what is typed in it: none when that stays; or why it cannot be read.
type Complete = Box<dyn Fn(&str, &str) -> Result<Option<String>, FieldError>>;

/// What an island knows of its form.
pub struct LiveForm {
    /// The form.
    pub element: HtmlFormElement,
    complete: Complete,
    is_sending: Cell<bool>,
    // Whether a pointer is down on something that answers a click.
    is_pressing: Cell<bool>,
    // Whether leaving the page would lose what was typed.
    is_unsaved: Cell<bool>,
}

impl fmt::Debug for LiveForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveForm").finish_non_exhaustive()
    }
}

impl LiveForm {
    /// Begins to keep the first form of this kind company; none when the page has none.
    pub fn begin(
        selector: &str,
        complete: impl Fn(&str, &str) -> Result<Option<String>, FieldError> + 'static,
    ) -> Option<Rc<Self>> {
        let element: HtmlFormElement = first(selector)?.dyn_into().ok()?;
        wake(&element);
        let live = Rc::new(Self {
            // What was refused, or came back after a sign-in, is not saved yet.
            is_unsaved: Cell::new(find(&element, ".error-summary, .notice").is_some()),
            element,
            complete: Box::new(complete),
            is_sending: Cell::new(false),
            is_pressing: Cell::new(false),
        });
        live.on("change", |live, event| live.left(event));
        live.on("keydown", |_, event| browser::move_on_with_enter(event.unchecked_ref()));
        live.on("submit", |live, event| live.submit(event.unchecked_ref()));
        live.watch_window();
        Some(live)
    }

    /// Calls `run` at every event of this name in the form. Without captures, so that one kind of listener serves all of them.
    fn on(self: &Rc<Self>, name: &str, run: fn(&Rc<Self>, &Event)) {
        let live = Rc::clone(self);
        listen(&self.element, name, move |event| run(&live, &event));
    }

    /// Knows when a pointer is down on a button, and asks before the page is left with something typed and not sent.
    fn watch_window(self: &Rc<Self>) {
        let watch = |name: &str, run: fn(&Self, &Event)| {
            let live = Rc::clone(self);
            listen(&window(), name, move |event| run(&live, &event));
        };
        watch("pointerdown", |live, event| {
            live.is_pressing.set(browser::is_on_button(event))
        });
        watch("pointerup", |live, _| live.is_pressing.set(false));
        watch("pointercancel", |live, _| live.is_pressing.set(false));
        watch("beforeunload", |live, event| {
            // What is on its way, or was answered with where to go, is left without a question.
            if live.is_unsaved.get() && !live.is_sending.get() {
                event.prevent_default();
            }
        });
    }

    /// What the form would send now, without a button's action.
    pub fn pairs(&self) -> Vec<(String, String)> {
        browser::pairs(&self.element)
    }

    /// Takes the message off the field that is typed in, and off `whole`, the part of the form it belongs to; gives the
    /// field's name. A message goes as one types and not as one leaves the field: what is below it would move away from
    /// under a click.
    pub fn typed(&self, event: &Event, whole: &str) -> Option<String> {
        self.is_unsaved.set(true);
        let name = input_of(event)?.name();
        messages::clear(&name);
        messages::clear(whole);
        Some(name)
    }

    /// Puts values into fields as they are.
    pub fn put(&self, fields: &[(String, String)]) {
        self.is_unsaved.set(true);
        for (name, value) in fields {
            messages::clear(name);
            browser::set_value(name, value);
        }
    }

    /// Puts values into fields as if they had been typed and left: each is written out, or gets its message.
    pub fn fill(&self, fields: &[(String, String)]) {
        self.put(fields);
        for (name, value) in fields {
            match (self.complete)(name, value) {
                Ok(Some(completed)) => browser::set_value(name, &completed),
                Ok(None) => {}
                Err(error) => messages::show(&error),
            }
        }
    }

    /// Puts a message at a field.
    pub fn refuse(&self, field: &str, message: String) {
        messages::show(&FieldError::at(field, message));
    }

    /// Writes out what was typed in the field that one leaves, or puts the message at it. Where the field is left by pressing a
    /// button, the message would move that button away before it is released: the answer to the press says it instead.
    fn left(&self, event: &Event) {
        let Some(input) = input_of(event) else {
            return;
        };
        match (self.complete)(&input.name(), &input.value()) {
            Ok(Some(completed)) => input.set_value(&completed),
            Ok(None) => {}
            Err(_) if self.is_pressing.get() => {}
            Err(error) => messages::show(&error),
        }
    }

    /// Sends the form by the button that was pressed, unless it is on its way. A refusal shows its messages.
    fn submit(self: &Rc<Self>, event: &SubmitEvent) {
        event.prevent_default();
        if self.is_sending.replace(true) {
            return;
        }
        set(&self.element, "aria-busy", Some("true"));
        let pressed = browser::pressed(event);
        let live = Rc::clone(self);
        spawn_local(async move {
            let refusals = browser::send(&live.element, pressed).await;
            if !refusals.is_empty() {
                live.is_sending.set(false);
                set(&live.element, "aria-busy", None);
                messages::show_all(&live.element, &refusals);
            }
        });
    }
}
