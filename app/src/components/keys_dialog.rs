//! The keys that work on every page, and the dialog on `?` that tells all of them.

mod listening;

use leptos::prelude::*;

use crate::help::help_path;
use crate::keys::{Key, KeysSwitch, Scope, cap, keys_of};

/// The link to all keys, and the dialog in which they are told. Without JavaScript the link leads to where Help lists them.
#[component]
pub fn PageKeys(
    /// The company's name in addresses.
    slug: String,
) -> impl IntoView {
    let href = format!("{}#keys", help_path(Some(&slug)));
    view! {
        <KeysAtWork slug>
            <a class="keys-link wide" href=href>
                <kbd aria-hidden="true">"?"</kbd>
                <span class="sr">"The keys of this page"</span>
            </a>
            <dialog class="keys-dialog" aria-labelledby="keys-title">
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
                    <KeysSwitch class="btn sm" />
                </div>
            </dialog>
        </KeysAtWork>
    }
    .into_any()
}

/// Listens for the keys that work everywhere, and tells all keys.
#[island]
pub fn KeysAtWork(slug: String, children: Children) -> impl IntoView {
    Effect::new(move |_| listening::begin(slug.clone()));
    children()
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
