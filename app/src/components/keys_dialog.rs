//! The keys that work on every page, and the dialog on `?` that tells all of them.

mod browser;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::help::help_path;
use crate::keys::{Command, Key, Scope, cap, keys_of, keys_switch, read_keys, turn_keys};

/// Listens for the keys that work everywhere, and tells all keys. Without JavaScript it is a link to where Help lists them.
#[island]
pub fn PageKeys(
    /// The company's name in addresses.
    slug: String,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let are_on = keys_switch();
    let href = format!("{}#keys", help_path(Some(&slug)));
    let open = move || {
        if let Some(dialog) = dialog.get_untracked().filter(|dialog| !dialog.open()) {
            read_keys();
            browser::hide_what_is_not_here(&dialog);
            // It fails only for a dialog that is open, or not in the page any more.
            let _ = dialog.show_modal();
        }
    };
    Effect::new(move |_| {
        let slug = slug.clone();
        browser::listen(move |command| match command {
            Command::Keys => {
                open();
                true
            }
            Command::New => browser::begin_something_new(),
            Command::Go(section) => browser::go(&section.path(&slug)),
            _ => false,
        });
    });
    let asked = move |event: ev::MouseEvent| {
        event.prevent_default();
        open();
    };
    let switch = move |_| turn_keys(!are_on.get_untracked());
    view! {
        <a class="keys-link wide" href=href on:click=asked>
            <kbd aria-hidden="true">"?"</kbd>
            <span class="sr">"The keys of this page"</span>
        </a>
        <dialog class="keys-dialog" node_ref=dialog aria-labelledby="keys-title">
            <div class="head">
                <h2 id="keys-title">"Keys"</h2>
                <span class="spacer"></span>
                <form method="dialog">
                    <button class="btn sm quiet">"Close"</button>
                </form>
            </div>
            <div class="key-groups">
                {Scope::ALL.into_iter().map(|scope| view! { <KeyGroup scope /> }).collect_view()}
            </div>
            <div class="foot">
                <p class="small muted">"Everything works without them too. Who speaks to the computer may want them off."</p>
                <span class="spacer"></span>
                <button
                    type="button"
                    class="btn sm"
                    aria-pressed=move || if are_on.get() { "true" } else { "false" }
                    on:click=switch
                >
                    {move || if are_on.get() { "Keys on" } else { "Keys off" }}
                </button>
            </div>
        </dialog>
    }
}

/// The keys of a scope, each with what it does.
#[component]
pub fn KeyGroup(scope: Scope) -> impl IntoView {
    view! {
        <section class="key-group" data-needs=scope.mark()>
            <h3>{scope.title()}</h3>
            <dl>{keys_of(scope).map(|key| view! { <KeyLine key_of=key /> }).collect_view()}</dl>
        </section>
    }
    .into_any()
}

#[component]
fn KeyLine(key_of: Key) -> impl IntoView {
    let caps = key_of
        .press
        .iter()
        .enumerate()
        .map(|(at, press)| {
            let then = (at > 0).then_some(" then ");
            view! { {then} <kbd>{cap(press)}</kbd> }
        })
        .collect_view();
    view! {
        <div data-needs=key_of.target()>
            <dt>{caps}</dt>
            <dd>{key_of.words}</dd>
        </div>
    }
    .into_any()
}
