//! The fiscal years: which there are, how each stands, and setting those that do not follow from the first month.

use ledger::money::{Currency, format_report};
use leptos::context::Provider;
use leptos::prelude::*;

use super::periods::PeriodsTabs;
use crate::components::{
    ColumnHead, DataTable, DateInput, Form, FormContext, Notice, Panel, Select, SelectOption, SubmitButton, Tag,
    TextInput, Tone,
};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::periods::PeriodsPage;
use crate::view::accounting::years::{PreviewView, Standing, YearRowView, YearsView, action};
use crate::view::frame::FrameView;

/// The page of all years.
#[component]
pub fn YearsPage(frame: FrameView, view: YearsView) -> impl IntoView {
    let is_asked = view.preview.is_some();
    let line = format!(
        "A regular year begins in {}. Nothing is posted when a year ends: on its last day it earned net income, and on the next that \
        is part of retained earnings.",
        view.first_month
    );
    view! {
        <Frame view=frame>
            <PeriodsTabs slug=view.slug current=PeriodsPage::Years />
            <PageHead title="Fiscal years" line explain=help::pages::YEARS />
            <div class="stack">
                {view.done.map(|done| view! { <Notice tone=Tone::Good title=done /> })}
                {view.preview.map(|preview| view! { <Preview view=preview /> })}
                <Years rows=view.years currency=view.currency />
                <div class="grid">
                    {view.month.map(|form| view! { <FirstMonth form is_asked /> })}
                    {view.add.map(|form| view! { <SetYear form /> })}
                </div>
            </div>
        </Frame>
    }
}

/// How a year stands, as a tag.
pub(super) fn standing_tag(standing: Standing) -> impl IntoView {
    let (tone, text) = match standing {
        Standing::Open => (Tone::Plain, "Open"),
        Standing::Reopened => (Tone::Warn, "Reopened"),
        Standing::Locked => (Tone::Info, "Locked"),
        Standing::Closed => (Tone::Good, "Closed"),
    };
    view! { <Tag tone text /> }
}

#[component]
fn Years(rows: Vec<YearRowView>, currency: Currency) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Year" />
            <ColumnHead text="Days" />
            <ColumnHead text="State" />
            <ColumnHead text="Net income" class="num" />
            <ColumnHead text="Take back" hidden=true />
        }
    };
    view! {
        <DataTable caption="Fiscal years, newest first" head=head>
            {rows.into_iter().map(|row| year_row(row, currency)).collect_view()}
        </DataTable>
    }
    .into_any()
}

fn year_row(row: YearRowView, currency: Currency) -> impl IntoView {
    let name = row.name.text.clone();
    let may_remove = matches!(row.standing, Standing::Open | Standing::Reopened);
    let remove = row.remove.map(|form| {
        view! {
            <Form state=form.clone()>
                <input type="hidden" name="year" value=form.value("year").to_owned() />
                {may_remove
                    .then(|| {
                        view! {
                            <button class="btn sm" name="action" value=action::REMOVE>
                                "Take back its days"
                                <span class="sr">{format!(": {name}")}</span>
                            </button>
                        }
                    })}
            </Form>
        }
    });
    view! {
        <tr>
            <td class="what">
                <a href=row.name.href>{row.name.text}</a>
                {row.is_now.then(|| view! { <span class="sub">"this year"</span> })}
            </td>
            <td class="when">
                {row.days}
                {row.short.map(|days| view! { <span class="sub">{format!("short: {days} days")}</span> })}
                {row.set.map(|why| view! { <span class="sub">{why}</span> })}
            </td>
            <td class="state">
                {standing_tag(row.standing)}
                {row.is_changed.then(|| view! { <span class="sub">"changed since close"</span> })}
            </td>
            <td class="how-much num">{format_report(row.net_income, currency)}</td>
            <td class="act">{remove}</td>
        </tr>
    }
}

#[component]
fn Preview(view: PreviewView) -> impl IntoView {
    let years = view
        .years
        .into_iter()
        .map(|(days, note)| view! { <li><b>{days}</b> " " <span class="muted">{note}</span></li> })
        .collect_view();
    view! {
        <Panel title=format!("If the years begin in {}", view.month)>
            <p>{view.kept}</p>
            <ul class="year-list">{years}</ul>
            <Form state=view.form.clone()>
                <input type="hidden" name="first_month" value=view.form.value("first_month").to_owned() />
                <div class="actions">
                    <SubmitButton action=action::FIRST_MONTH class="primary">
                        {format!("Let the years begin in {}", view.month)}
                    </SubmitButton>
                    <a class="btn quiet" href="?">"Leave them as they are"</a>
                </div>
            </Form>
        </Panel>
    }
    .into_any()
}

#[component]
fn FirstMonth(form: FormState, is_asked: bool) -> impl IntoView {
    view! {
        <Panel title="Begin in another month" class="c6">
            <p class="small muted">
                "Years that are closed or locked for everyone stay as they were. The year between them and the first one that \
                begins in the new \
                month is short. You see all of it before anything is saved."
            </p>
            <form class="form" method="get" novalidate>
                <Provider value=FormContext::fixed(form)>
                    <div class="fields">
                        <Select name="first_month" label="The years begin in" options=months() class="short" />
                    </div>
                    <div class="actions">
                        <button class="btn">{if is_asked { "Show again" } else { "Show what would change" }}</button>
                    </div>
                </Provider>
            </form>
        </Panel>
    }
    .into_any()
}

#[component]
fn SetYear(form: FormState) -> impl IntoView {
    view! {
        <Panel title="Set a year’s days" class="c6">
            <p class="small muted">
                "For a short first year of a company that began within one, or for years of 52 or 53 weeks. The years around \
                it begin and end \
                beside it."
            </p>
            <Form state=form>
                <div class="fields">
                    <DateInput name="starts_on" label="First day" />
                    <DateInput name="ends_on" label="Last day" />
                </div>
                <div class="fields">
                    <TextInput name="reason" label="Why" max_length=500 class="long" hint="Such as: we began on March 15." />
                </div>
                <div class="actions">
                    <SubmitButton action=action::ADD>"Set this year"</SubmitButton>
                </div>
            </Form>
        </Panel>
    }
    .into_any()
}

fn months() -> Vec<SelectOption> {
    (1_u8..=12)
        .filter_map(|number| Some((number, time::Month::try_from(number).ok()?)))
        .map(|(number, month)| SelectOption::new(number.to_string(), month.to_string()))
        .collect()
}
