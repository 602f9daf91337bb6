//! The dialog's hands in the browser. None of it runs on the server.

use gloo_net::http::Request;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement};

use crate::view::search::SearchView;

/// The field in the top bar, and what stands for it on a phone.
const OPENS: &str = "[data-search]";

/// Asks the search page for its short answer.
pub async fn search(address: &str, text: &str) -> Result<SearchView, &'static str> {
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
pub fn opens_search(event: &web_sys::MouseEvent) -> bool {
    let is_plain = !event.ctrl_key() && !event.meta_key() && !event.shift_key();
    is_plain && target(event).is_some_and(|element| element.closest(OPENS).is_ok_and(|found| found.is_some()))
}

/// What was typed into the field in the top bar, which is left empty; none for any other field.
pub fn taken_from_field(event: &Event) -> Option<String> {
    let field: HtmlInputElement = target(event)?.dyn_into().ok()?;
    if !field.matches(OPENS).unwrap_or(false) {
        return None;
    }
    let text = field.value();
    field.set_value("");
    Some(text)
}

/// Whether a click is beside the dialog's content.
pub fn is_backdrop(event: &web_sys::MouseEvent) -> bool {
    target(event).is_some_and(|element| element.dyn_into::<HtmlDialogElement>().is_ok())
}

/// On to a page of ours.
pub fn go(address: &str) {
    // It fails only for an address that is none; ours come from our own server.
    let _ = window().location().assign(address);
}

/// Clicks the element of this id.
pub fn press(id: &str) {
    if let Some(element) = by_id(id) {
        element.click();
    }
}

/// Scrolls the list so far that the element of this id is seen.
pub fn into_view(id: &str) {
    let (Some(element), Some(list)) = (by_id(id), by_id("found")) else {
        return;
    };
    let (top, bottom) = (element.offset_top(), element.offset_top() + element.offset_height());
    let (from, height) = (list.scroll_top(), list.client_height());
    if top < from {
        list.set_scroll_top(top);
    } else if bottom > from + height {
        list.set_scroll_top(bottom - height);
    }
}

fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
