//! What islands need of the page in the browser. An island takes what the server wrote as its children, listens, and changes what has
//! to change: drawing it all a second time from views of its own made the wasm half as large again. None of it runs on the server.

use leptos::prelude::{document, window};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement};

/// Calls `run` at every event of this name that reaches `target`, as long as the page is there.
pub fn listen(target: &EventTarget, name: &str, run: impl FnMut(Event) + 'static) {
    add_listener(target, name, false, Box::new(run));
}

/// Calls `run` at every event of this name before the page's own parts hear of it.
pub fn listen_first(name: &str, run: impl FnMut(Event) + 'static) {
    add_listener(&window(), name, true, Box::new(run));
}

/// Boxed, so that the glue around a listener is compiled once and not once a listener.
fn add_listener(target: &EventTarget, name: &str, first: bool, run: Box<dyn FnMut(Event)>) {
    let listener = Closure::<dyn FnMut(Event)>::wrap(run);
    // It fails only for an event's name that is none.
    let _ = target.add_event_listener_with_callback_and_bool(name, listener.as_ref().unchecked_ref(), first);
    listener.forget();
}

/// The element that an event comes from.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The element of this kind around the place that an event comes from, or that place itself.
pub fn target_in(event: &Event, selector: &str) -> Option<HtmlElement> {
    html(target(event)?.closest(selector).ok()?)
}

/// The first element of this kind on the page.
pub fn first(selector: &str) -> Option<HtmlElement> {
    html(document().query_selector(selector).ok()?)
}

/// The first element of this kind inside another.
pub fn find(within: &Element, selector: &str) -> Option<HtmlElement> {
    html(within.query_selector(selector).ok()?)
}

/// Every element of this kind inside another, in the page's order.
pub fn all(within: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

/// The element of this id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    html(document().get_element_by_id(id))
}

/// Whether the page has an element of this kind.
pub fn is_there(selector: &str) -> bool {
    first(selector).is_some()
}

fn html(element: Option<Element>) -> Option<HtmlElement> {
    element?.dyn_into().ok()
}

/// Whether an element is of this kind.
pub fn is(element: &Element, selector: &str) -> bool {
    element.matches(selector).unwrap_or(false)
}

/// Whether the focus is on an element of this kind.
pub fn has_focus(selector: &str) -> bool {
    document()
        .active_element()
        .is_some_and(|element| is(&element, selector))
}

/// Clicks an element; false when there is none.
pub fn press(element: Option<HtmlElement>) -> bool {
    element.inspect(HtmlElement::click).is_some()
}

/// Puts the focus on an element; false when there is none.
pub fn focus(element: Option<HtmlElement>) -> bool {
    element.is_some_and(|element| element.focus().is_ok())
}

/// Opens another page.
pub fn go(address: &str) -> bool {
    window().location().assign(address).is_ok()
}

/// Gives an element its text. What stays the same is not touched: a screen reader would say it again.
pub fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Sets an attribute, or takes it away.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    // Both fail only for a name that is no attribute's.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The value of an `aria-` attribute that is true or not.
pub const fn truth(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Makes an element with a class and a text, at the end of another.
///
/// # Errors
/// The browser's, for a name that is no element's.
pub fn append(parent: &Element, name: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document().create_element(name)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    parent.append_child(&element)?;
    Ok(element)
}

/// Hides the parts marked `data-needs` whose element is not on this page.
pub fn hide_what_is_not_here(within: &Element) {
    for part in all(within, "[data-needs]") {
        let needs = part.get_attribute("data-needs").unwrap_or_default();
        part.set_hidden(!is_there(&needs));
    }
}

/// Shows what is only there with an island, and hides what is only there without: both are marked `data-awake`.
pub fn wake(within: &Element) {
    for part in all(within, "[data-awake]") {
        part.set_hidden(!part.has_attribute("hidden"));
    }
}
