//! A form that an island keeps company: its messages follow the typing, and it is sent once at a time.
//!
//! The fields themselves hold what was typed; the island reads them and never keeps a second copy, so nothing typed
//! before it woke, restored by the browser, or refused by the server can be lost.

mod browser;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::{ev, html};

use crate::components::FormContext;
use crate::forms::{FieldError, FormState};

pub use browser::{move_on_with_enter, pasted_text, post_with_enter};

/// What an island knows of its form. Copies share it.
#[derive(Clone, Copy, Debug)]
pub struct LiveForm {
    /// For the form's `node_ref`.
    pub element: NodeRef<html::Form>,
    /// What the last answer said, for the summary above the fields.
    pub refused: RwSignal<Vec<FieldError>>,
    // The messages at the fields: they change as one types.
    errors: RwSignal<Vec<FieldError>>,
    is_sending: RwSignal<bool>,
    // Whether a pointer is down on something that answers a click.
    is_pressing: RwSignal<bool>,
    // Whether leaving the page would lose what was typed.
    is_unsaved: RwSignal<bool>,
}

impl LiveForm {
    /// With the messages that the form came with.
    pub fn new(state: &FormState) -> Self {
        let live = Self {
            element: NodeRef::new(),
            refused: RwSignal::new(state.errors().to_vec()),
            errors: RwSignal::new(state.errors().to_vec()),
            is_sending: RwSignal::new(false),
            is_pressing: RwSignal::new(false),
            is_unsaved: RwSignal::new(state.is_refused() || state.is_returned()),
        };
        Effect::new(move |_| live.watch_window());
        live
    }

    /// Knows when a pointer is down on a button, and asks before the page is left with something typed and not sent.
    fn watch_window(self) {
        let listeners = [
            window_event_listener(ev::pointerdown, move |event| {
                self.is_pressing.set(browser::is_on_button(&event));
            }),
            window_event_listener(ev::pointerup, move |_| self.is_pressing.set(false)),
            window_event_listener(ev::pointercancel, move |_| self.is_pressing.set(false)),
            window_event_listener(ev::beforeunload, move |event| {
                // What is on its way, or was answered with where to go, is left without a question.
                if self.is_unsaved.get_untracked() && !self.is_sending.get_untracked() {
                    event.prevent_default();
                }
            }),
        ];
        on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    }

    /// What the fields inside the form look for.
    pub fn context(self, state: FormState) -> FormContext {
        FormContext {
            state: Arc::new(state),
            errors: self.errors.into(),
        }
    }

    /// For the form's `aria-busy`.
    pub fn busy(self) -> Option<&'static str> {
        self.is_sending.get().then_some("true")
    }

    /// What the form would send now, without a button's action; none before it is in the document.
    pub fn pairs(self) -> Option<Vec<(String, String)>> {
        self.element.get_untracked().map(|form| browser::pairs(&form))
    }

    /// Takes the message off the field that is typed in, and off `whole`, the part of the form it belongs to; gives the
    /// field's name. A message goes as one types and not as one leaves the field: what is below it would move away from
    /// under a click.
    pub fn typed(self, event: &ev::Event, whole: &str) -> Option<String> {
        self.is_unsaved.set(true);
        let name = browser::input_of(event)?.name();
        let is_of = |error: &FieldError| error.field == name || error.field == whole;
        // A change that changes nothing would have every field of a long form look for its message again.
        if self.errors.with_untracked(|errors| errors.iter().any(is_of)) {
            self.errors.update(|errors| errors.retain(|error| !is_of(error)));
        }
        Some(name)
    }

    /// Puts values into fields as if they had been typed and left: each is written out, or gets its message.
    pub fn fill(
        self,
        fields: Vec<(String, String)>,
        completed: impl Fn(&str, &str) -> Result<Option<String>, FieldError>,
    ) {
        self.is_unsaved.set(true);
        let filled: Vec<&String> = fields.iter().map(|(name, _)| name).collect();
        let mut errors = self.errors.get_untracked();
        errors.retain(|error| !filled.contains(&&error.field));
        for (name, value) in &fields {
            match completed(name, value) {
                Ok(completed) => browser::set_value(name, completed.as_deref().unwrap_or(value)),
                Err(error) => {
                    browser::set_value(name, value);
                    errors.push(error);
                }
            }
        }
        self.errors.set(errors);
    }

    /// Puts a message at a field.
    pub fn refuse(self, error: FieldError) {
        self.errors.update(|errors| {
            errors.retain(|before| before.field != error.field);
            errors.push(error);
        });
    }

    /// Writes out what was typed in the field that one leaves, or puts the message at it. `completed` takes the field's
    /// name and value, and gives none when the value stays as it is. Where the field is left by pressing a button, the
    /// message would move that button away before it is released: the answer to the press says it instead.
    pub fn left(self, event: &ev::Event, completed: impl FnOnce(&str, &str) -> Result<Option<String>, FieldError>) {
        let Some(input) = browser::input_of(event) else {
            return;
        };
        match completed(&input.name(), &input.value()) {
            Ok(Some(completed)) => input.set_value(&completed),
            Ok(None) => {}
            Err(_) if self.is_pressing.get_untracked() => {}
            Err(error) => self.errors.update(|errors| errors.push(error)),
        }
    }

    /// Sends the form by the button that was pressed, unless it is on its way. A refusal shows its messages and takes the
    /// focus to their summary.
    pub fn submit(self, event: &ev::SubmitEvent) {
        event.prevent_default();
        let Some(form) = self
            .element
            .get_untracked()
            .filter(|_| !self.is_sending.get_untracked())
        else {
            return;
        };
        self.is_sending.set(true);
        let pressed = browser::pressed(event);
        spawn_local(async move {
            let refusals = browser::send(&form, pressed).await;
            if !refusals.is_empty() {
                self.errors.set(refusals.clone());
                self.refused.set(refusals);
                self.is_sending.set(false);
                request_animation_frame(browser::focus_summary);
            }
        });
    }
}
