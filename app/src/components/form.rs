//! The form itself, its summary of errors, its buttons.

use leptos::context::Provider;
use leptos::prelude::*;

use super::field::FormContext;
use super::message::{Places, Remedy, remedy};
use super::panel::{Notice, Tone};
use crate::forms::{ACTION, FieldError, FormState, REQUEST_KEY, VERSION, field_id};

/// A form that posts to its own page's address, or to the one it is given, with its request key and version. The fields inside find
/// their values and messages in `state`.
#[component]
pub fn Form(
    /// What the form shows.
    state: FormState,
    /// Whether a file may be among the values.
    #[prop(optional)]
    upload: bool,
    /// The address that takes the form, where it is shown at another: in the place of a page that is not there any more, say.
    #[prop(into, optional)]
    post_to: Option<String>,
    children: Children,
) -> impl IntoView {
    let errors = state.errors().to_vec();
    view! {
        <form class="form" method="post" action=post_to novalidate enctype=upload.then_some("multipart/form-data")>
            <HiddenFields state=state.clone() />
            <ReturnedNotice state=state.clone() />
            <ErrorSummary errors />
            <Provider value=FormContext::fixed(state)>{children()}</Provider>
        </form>
    }
}

/// What every form carries: its request key, and the version it was made from.
#[component]
pub(crate) fn HiddenFields(state: FormState) -> impl IntoView {
    view! {
        <input type="hidden" name=REQUEST_KEY value=state.request_key().to_owned() />
        {state
            .version()
            .map(|version| view! { <input type="hidden" name=VERSION value=version.to_string() /> })}
    }
}

/// What a form carries on that it does not show.
#[component]
pub fn CarriedFields(pairs: Vec<(&'static str, String)>) -> impl IntoView {
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view()
}

/// What a form says that was posted after the session had ended and comes back after the sign-in.
#[component]
pub(crate) fn ReturnedNotice(state: FormState) -> impl IntoView {
    state.is_returned().then(|| {
        view! {
            <Notice tone=Tone::Warn title="This was not recorded: you were signed out before you sent it.">
                "You are signed in again, and what you typed is below. Look it over and send it again."
            </Notice>
        }
    })
}

/// Everything that was refused, on top of the form, each message a link to its field.
#[component]
pub fn ErrorSummary(
    /// The messages; nothing is drawn when there are none.
    errors: Vec<FieldError>,
) -> impl IntoView {
    let places = Places::here();
    let line = |error| summary_line(error, &places);
    (!errors.is_empty()).then(|| {
        view! {
            <div class="error-summary" id="error-summary" role="alert" tabindex="-1">
                <h2>{summary_heading(errors.len())}</h2>
                <ul>{errors.into_iter().map(line).collect_view()}</ul>
            </div>
        }
    })
}

/// What the summary says of so many messages.
pub(crate) fn summary_heading(count: usize) -> String {
    match count {
        1 => "One thing keeps this from being saved".to_owned(),
        several => format!("{several} things keep this from being saved"),
    }
}

fn summary_line(error: FieldError, places: &Places) -> impl IntoView + use<> {
    let pieces = remedy(&error, places);
    let at_field = (!error.field.is_empty()).then(|| format!("#{}", field_id(&error.field)));
    match at_field {
        Some(href) => view! { <li><a href=href>{error.message}</a> <Remedy pieces /></li> }.into_any(),
        None => view! { <li>{error.message} <Remedy pieces /></li> }.into_any(),
    }
}

/// A button that posts the form and says what is asked for.
#[component]
pub fn SubmitButton(
    /// The value of the form's action.
    #[prop(into)]
    action: String,
    /// `primary`, `danger`, `quiet`, or none.
    #[prop(optional)]
    class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <button class=format!("btn {class}") name=ACTION value=action>
            {children()}
        </button>
    }
}
