//! The island's hands in the browser: reading the form, moving the focus, posting. None of it runs on the server.

use gloo_net::http::Request;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    ClipboardEvent, Event, FormData, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlTextAreaElement, KeyboardEvent, SubmitEvent, UrlSearchParams,
};

use crate::browser::{all, by_id, find, focus, go, target, target_in};
use crate::forms::{FieldError, FormAnswer, LeadsTo, field_id};

/// Where Enter moves: every field, and at the end the button that posts.
const STOPS: &str = "input:not([type=hidden], [hidden] *), select, .primary";
/// The button that posts.
const POSTS: &str = "button.primary";
/// What the server answers where nobody is signed in.
const SIGNED_OUT_STATUS: u16 = 401;
/// What answers a click.
const CLICKED: &str = "button, a, summary, .check";

/// What the form would send, without a button's action.
pub fn pairs(form: &HtmlFormElement) -> Vec<(String, String)> {
    FormData::new_with_form(form)
        .map(|data| pairs_of(&data))
        .unwrap_or_default()
}

/// The name and value of the button that was pressed.
pub fn pressed(event: &SubmitEvent) -> Option<(String, String)> {
    let button: HtmlButtonElement = event.submitter()?.dyn_into().ok()?;
    Some((button.name(), button.value()))
}

fn pairs_of(data: &FormData) -> Vec<(String, String)> {
    js_sys::try_iter(data)
        .ok()
        .flatten()
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let pair = js_sys::Array::from(&pair.ok()?);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// Whether an event comes from something that answers a click: what moves away from under it answers none.
pub fn is_on_button(event: &Event) -> bool {
    target_in(event, CLICKED).is_some()
}

/// The text field that an event comes from.
pub fn input_of(event: &Event) -> Option<HtmlInputElement> {
    target(event)?.dyn_into().ok()
}

/// The field that something is pasted into, by its name, and the text that is.
pub fn pasted_text(event: &ClipboardEvent) -> Option<(String, String)> {
    let input = input_of(event)?;
    let text = event.clipboard_data()?.get_data("text/plain").ok()?;
    Some((input.name(), text))
}

/// Puts a value into the field of this name.
pub fn set_value(name: &str, value: &str) {
    let Some(element) = by_id(&field_id(name)) else {
        return;
    };
    match element.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.set_value(value),
        Err(element) => {
            if let Ok(area) = element.dyn_into::<HtmlTextAreaElement>() {
                area.set_value(value);
            }
        }
    }
}

/// Sends the form by the button that was pressed and goes where the answer leads. Gives the messages of a refusal, or of
/// whatever kept an answer from coming: what was typed stays.
pub async fn send(form: &HtmlFormElement, pressed: Option<(String, String)>) -> Vec<FieldError> {
    let pairs = pairs(form).into_iter().chain(pressed.clone()).collect();
    match post(form.get_attribute("action"), pairs).await {
        // Navigation fails only for an address that is not one; ours come from our own server.
        Ok(FormAnswer::Location(address)) => drop(go(&address)),
        Ok(FormAnswer::Page) => send_whole(form, pressed),
        Ok(FormAnswer::Errors(errors)) => return errors,
        Err(unanswered) => return vec![unanswered],
    }
    Vec::new()
}

/// Posts to the form's address, or else to the page's own, and asks for the short answer.
async fn post(address: Option<String>, pairs: Vec<(String, String)>) -> Result<FormAnswer, FieldError> {
    const UNREACHED: &str = "CarteFi could not be reached, and nothing is known to be saved. Check the connection and send it \
        again: it is recorded once.";
    const REFUSED: &str = "CarteFi did not accept this form, and nothing of it was recorded. What you typed is still here: send it \
        again, or load the page anew.";
    const SIGNED_OUT: &str = "You were signed out, and this was not recorded. What you typed is still here: sign in, come back to this \
        tab, and send it again.";
    let unreached = || FieldError::form(UNREACHED);
    let body = UrlSearchParams::new().map_err(|_: JsValue| unreached())?;
    for (name, value) in pairs {
        body.append(&name, &value);
    }
    let address = match address {
        Some(address) => address,
        None => window().location().href().map_err(|_| unreached())?,
    };
    let request = Request::post(&address)
        .header("Accept", "application/json")
        .body(body)
        .map_err(|_| unreached())?;
    let response = request.send().await.map_err(|_| unreached())?;
    if response.status() == SIGNED_OUT_STATUS {
        return Err(FieldError::form(SIGNED_OUT).leading_to(LeadsTo::SignIn));
    }
    response.json().await.map_err(|_| FieldError::form(REFUSED))
}

/// Sends the form as the browser would have, with the button that was pressed; its answer replaces the page.
fn send_whole(form: &HtmlFormElement, pressed: Option<(String, String)>) {
    if let Some((name, value)) = pressed
        && let Ok(element) = document().create_element("input")
    {
        let input: HtmlInputElement = element.unchecked_into();
        input.set_type("hidden");
        input.set_name(&name);
        input.set_value(&value);
        // A form takes any child.
        let _ = form.append_child(&input);
    }
    // It fails only for a form that has left the document.
    let _ = form.submit();
}

/// Enter in a field goes to the next one instead of posting a half-written entry.
pub fn move_on_with_enter(event: &KeyboardEvent) {
    let is_plain_enter =
        event.key() == "Enter" && !event.is_composing() && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    if !is_plain_enter {
        return;
    }
    if let Some(input) = input_of(event) {
        event.prevent_default();
        focus(stop_after(&input));
    }
}

/// Ctrl and Enter, or on a Mac Command and Enter, press the form's own button from wherever one types.
pub fn post_with_enter(event: &KeyboardEvent) {
    let is_asked =
        event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() && !event.repeat();
    if !is_asked {
        return;
    }
    let form = target_in(event, "form");
    let button = form.and_then(|form| find(&form, POSTS));
    if let Some(button) = button {
        event.prevent_default();
        // What is typed in the field that one is in is written out first, as by a click.
        focus(Some(button.clone()));
        button.click();
    }
}

/// The next stop that is shown: a field that a line does not ask for is passed over.
fn stop_after(input: &HtmlInputElement) -> Option<HtmlElement> {
    let form = input.form()?;
    let mut stops = all(&form, STOPS).into_iter();
    stops.find(|stop| stop == input.unchecked_ref::<HtmlElement>())?;
    stops.find(|stop| stop.offset_parent().is_some())
}
