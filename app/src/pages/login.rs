//! What is shown when signing in does not simply lead to the sign-in service and back.

use leptos::prelude::*;

use crate::frame::PlainFrame;
use crate::theme::Theme;

/// What happened, what it means, and the way to try again.
#[component]
pub fn LoginPage(
    /// What happened.
    #[prop(into)]
    heading: String,
    /// What it means and what to do.
    #[prop(into)]
    advice: String,
    /// Where signing in begins anew.
    #[prop(into)]
    retry: String,
    theme: Theme,
) -> impl IntoView {
    view! {
        <PlainFrame theme address="/">
            <section class="trouble">
                <p class="status">"Sign in"</p>
                <h1>{heading}</h1>
                <p>{advice}</p>
                <div class="row">
                    <a class="btn primary" href=retry>"Sign in again"</a>
                    <a class="btn quiet" href="/">"To the start page"</a>
                </div>
                <p class="muted small">
                    "CarteFi keeps no passwords. You sign in at the sign-in service, which tells CarteFi who you are, by name and "
                    "e-mail address."
                </p>
            </section>
        </PlainFrame>
    }
}
