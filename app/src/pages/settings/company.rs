//! The company itself: its form for an admin, its facts for everybody else, and what one is in it.

use ledger::accounts::EntityType;
use ledger::dates::{format_date, parse_date};
use ledger::statements::Basis;
use leptos::prelude::*;
use time::Date;

use super::SettingsFrame;
use crate::components::{Form, Notice, Panel, SubmitButton, Tone};
use crate::pages::company_new::CompanyFields;
use crate::view::accounting::periods::PeriodsPage;
use crate::view::company::{CompanyFormView, fiscal_year_words};
use crate::view::frame::FrameView;
use crate::view::people::{as_what, role_words};
use crate::view::settings::{CompanySettingsView, SettingsNav};

/// The first room of the settings.
#[component]
pub fn CompanySettingsPage(frame: FrameView, nav: SettingsNav, view: CompanySettingsView) -> impl IntoView {
    let leave = format!("/c/{}/settings/leave", frame.company.slug);
    let years = PeriodsPage::Years.path(&frame.company.slug);
    let line = if view.may_change {
        "What the company is, and when its books begin."
    } else {
        "What the company is. An admin of it can change this."
    };
    let (role, may) = (as_what(&view.role), role_words(&view.role).map_or("", |role| role.may));
    view! {
        <SettingsFrame frame nav title="Settings" line>
            {view.is_saved.then(|| view! { <Notice tone=Tone::Good title="Saved." /> })}
            {if view.may_change {
                view! { <CompanyForm view=view.company years /> }.into_any()
            } else {
                view! { <CompanyFacts view=view.company currency=view.currency masked_tax_id=view.masked_tax_id /> }
                    .into_any()
            }}
            <Panel title="You in this company">
                <p>{format!("You are {role}, who {may}.")}</p>
                <div class="row">
                    <a class="btn" href=leave>"Leave the company…"</a>
                </div>
            </Panel>
        </SettingsFrame>
    }
}

#[component]
fn CompanyForm(view: CompanyFormView, years: String) -> impl IntoView {
    view! {
        <Form state=view.form>
            <div class="sheet">
                <CompanyFields time_zones=view.time_zones />
                <p class="hint">
                    "A fiscal year that begins in another month leaves the closed and locked years as they were. "
                    <a href=years>"Fiscal years"</a> " shows first what it would make of the others."
                </p>
            </div>
            <div class="actions">
                <SubmitButton action="save" class="primary">
                    "Save the settings"
                </SubmitButton>
            </div>
        </Form>
    }
    .into_any()
}

#[component]
fn CompanyFacts(view: CompanyFormView, currency: String, masked_tax_id: Option<String>) -> impl IntoView {
    let value = |name: &str| view.form.value(name).to_owned();
    let or = |text: String, otherwise: &str| {
        if text.is_empty() { otherwise.to_owned() } else { text }
    };
    let legal_form = EntityType::parse(&value("entity_type")).map_or("", EntityType::name);
    let basis = Basis::parse(&value("basis")).map_or("", Basis::name);
    let begin = parse_date(&value("books_begin_on"), Date::MIN).map_or_else(|_| String::new(), format_date);
    let first_month = value("fiscal_year_first_month").parse().unwrap_or(1);
    let facts = [
        ("Legal name", value("name")),
        ("Legal form", legal_form.to_owned()),
        ("Fiscal year", fiscal_year_words(first_month)),
        ("Reports", basis.to_owned()),
        ("Currency", currency),
        ("Time zone", value("time_zone").replace('_', " ")),
        ("Books begin on", or(begin, "not set: any date may be posted")),
        ("Tax id", or(masked_tax_id.unwrap_or_default(), "not set")),
    ];
    view! {
        <div class="sheet">
            <dl class="facts">
                {facts
                    .into_iter()
                    .map(|(term, fact)| view! { <dt>{term}</dt><dd>{fact}</dd> })
                    .collect_view()}
            </dl>
        </div>
    }
    .into_any()
}
