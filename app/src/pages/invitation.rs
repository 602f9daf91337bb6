//! An invitation, as whoever has its link sees it.

use leptos::prelude::*;

use crate::components::{Form, SubmitButton};
use crate::frame::PlainFrame;
use crate::theme::Theme;
use crate::view::people::{InvitationView, OfferView, action, as_what, role_words};

/// Who invites into which company as what, and the button that takes it; or why it cannot be taken.
#[component]
pub fn InvitationPage(
    view: InvitationView,
    /// The page's own address.
    address: String,
    theme: Theme,
) -> impl IntoView {
    view! {
        <PlainFrame theme address>
            <section class="trouble">
                <p class="status">"Invitation"</p>
                {match view {
                    InvitationView::Open(offer) => view! { <Offer offer /> }.into_any(),
                    InvitationView::Member { company, href } => {
                        view! {
                            <h1>{format!("You are in {company} already")}</h1>
                            <p>"There is nothing to accept. The link stays good for somebody else while it is open."</p>
                            <div class="row">
                                <a class="btn primary" href=href>{format!("Open {company}")}</a>
                            </div>
                        }
                            .into_any()
                    }
                    InvitationView::Closed { heading, advice } => {
                        view! {
                            <h1>{heading}</h1>
                            <p>{advice}</p>
                            <div class="row">
                                <a class="btn" href="/">"To the start page"</a>
                            </div>
                        }
                            .into_any()
                    }
                }}
            </section>
        </PlainFrame>
    }
}

#[component]
fn Offer(offer: OfferView) -> impl IntoView {
    let may = role_words(&offer.role).map_or("", |role| role.may);
    view! {
        <h1>{format!("Join {} as {}", offer.company, as_what(&offer.role))}</h1>
        <p>{format!("{} invited you. In this company {} {may}.", offer.invited_by, as_what(&offer.role))}</p>
        {offer.email.map(|email| view! { <p>"The invitation is for " <b>{email}</b> " alone."</p> })}
        {match offer.visitor {
            Some(visitor) => {
                view! {
                    <Form state=offer.form>
                        <p class="muted">{format!("You are signed in as {visitor}.")}</p>
                        <div class="actions">
                            <SubmitButton action=action::ACCEPT class="primary">
                                "Accept the invitation"
                            </SubmitButton>
                        </div>
                    </Form>
                    <form method="post" action="/logout">
                        <button class="btn quiet">"Sign out, to use another account"</button>
                    </form>
                }
                    .into_any()
            }
            None => {
                view! {
                    <p class="muted">"Sign in or sign up first; then you come back here to accept."</p>
                    <div class="row">
                        <a class="btn primary" href=offer.sign_in>"Sign in to accept"</a>
                    </div>
                }
                    .into_any()
            }
        }}
    }
    .into_any()
}
