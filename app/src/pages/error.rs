//! What is shown instead of a page that could not be.

use leptos::prelude::*;

use crate::frame::PlainFrame;
use crate::theme::Theme;
use crate::view::error::ErrorView;

/// An error in plain words, with the code and the request's id for whoever looks for it.
#[component]
pub fn ErrorPage(view: ErrorView, theme: Theme) -> impl IntoView {
    let signed_out = view.status == 401;
    view! {
        <PlainFrame theme address="/">
            <section class="trouble">
                <p class="status">{format!("Error {}", view.status)}</p>
                <h1>{view.heading}</h1>
                <p>{view.advice}</p>
                <div class="row">
                    {if let Some(address) = view.sign_in_beside {
                        view! {
                            <a class="btn primary" href=address target="_blank" rel="noopener">
                                "Sign in, in a new tab"
                            </a>
                        }
                            .into_any()
                    } else if signed_out {
                        view! { <a class="btn primary" href="/login">"Sign in"</a> }.into_any()
                    } else if let Some(home) = view.home {
                        view! {
                            <a class="btn primary" href=home>"Back to the company’s Home"</a>
                            <a class="btn" href="/companies">"All companies"</a>
                        }
                            .into_any()
                    } else {
                        view! { <a class="btn" href="/">"To the start page"</a> }.into_any()
                    }}
                </div>
                <dl class="facts">
                    <dt>"Code"</dt>
                    <dd><code>{view.code}</code></dd>
                    <dt>"Request"</dt>
                    <dd><code>{view.request_id}</code></dd>
                </dl>
            </section>
        </PlainFrame>
    }
}
