//! The settings of a company, a room a file, and the navigation between the rooms.

mod company;
mod leave;
mod member;
mod people;
mod tax_id;

pub use company::{CompanySettingsPage, CompanySettingsPageProps};
pub use leave::{LeavePage, LeavePageProps};
pub use member::{MemberPage, MemberPageProps};
pub use people::{PeoplePage, PeoplePageProps};
pub use tax_id::{TaxIdPage, TaxIdPageProps};

use leptos::prelude::*;

use crate::components::Control;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::people::ROLES;
use crate::view::settings::{SettingsNav, SettingsRoom};

impl SettingsRoom {
    const fn label(self) -> &'static str {
        match self {
            Self::Company => "Company",
            Self::People => "People",
            Self::TaxId => "Tax id",
        }
    }

    /// Its address inside the company with this slug.
    pub fn path(self, slug: &str) -> String {
        match self {
            Self::Company => format!("/c/{slug}/settings"),
            Self::People => format!("/c/{slug}/settings/people"),
            Self::TaxId => format!("/c/{slug}/settings/tax-id"),
        }
    }
}

/// A room of the settings: the frame, a title, the way to the other rooms.
#[component]
fn SettingsFrame(
    frame: FrameView,
    nav: SettingsNav,
    #[prop(into)] title: String,
    #[prop(into)] line: String,
    children: Children,
) -> impl IntoView {
    let slug = frame.company.slug.clone();
    view! {
        <Frame view=frame>
            <PageHead title line explain=help::pages::SETTINGS />
            <div class="stack medium">
                <nav class="chips" aria-label="Settings">
                    {nav
                        .rooms
                        .into_iter()
                        .map(|room| {
                            let current = (room == nav.room).then_some("page");
                            view! { <a class="chip" href=room.path(&slug) aria-current=current>{room.label()}</a> }
                        })
                        .collect_view()}
                </nav>
                {children()}
            </div>
        </Frame>
    }
}

/// The roles to choose from, each with what it may.
#[component]
fn RoleChoice() -> impl IntoView {
    let control = Control::new("role", false);
    let chosen = control.value();
    view! {
        <fieldset class="field" id=control.id() aria-describedby=control.described_by()>
            <legend>"Role"</legend>
            <div class="stack tight">
                {ROLES
                    .map(|role| {
                        let checked = role.code == chosen;
                        view! {
                            <label class="check">
                                <input type="radio" name="role" value=role.code checked=checked />
                                <span>{role.name} <span class="hint">{role.sentence()}</span></span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
            {control.message()}
        </fieldset>
    }
    .into_any()
}
