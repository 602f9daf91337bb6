//! What reports of lines share: the form that asks for them, their face, a line.

use ledger::money::{Currency, format_report};
use leptos::context::Provider;
use leptos::prelude::*;

use super::notes;
use crate::components::{
    CheckBox, ChoiceList, DateInput, FoldHead, FormContext, Notice, Select, SelectOption, Tag, TextInput, Tone,
};
use crate::view::ledger::{LineView, LinesFaceView, LinesFilterView};

/// The form that asks for a report of lines: what it says stands in the address, so that a link reproduces the report. The children
/// are what one report asks for besides.
#[component]
pub(super) fn LinesForm(
    filter: LinesFilterView,
    /// What else stands in the address.
    #[prop(optional)]
    also: &'static [&'static str],
    /// Whether customers and vendors narrow it, and who posted a line is asked for.
    #[prop(default = true)]
    by_line: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let state = filter.state.clone();
    let hidden = also
        .iter()
        .filter(|name| !state.value(name).is_empty())
        .map(|name| view! { <input type="hidden" name=*name value=state.value(name).to_owned() /> })
        .collect_view();
    let is_narrowed = ["contact", "known", "adjusting", "who", "account", "kind", "by", "since"]
        .iter()
        .any(|name| !state.value(name).is_empty() && !also.contains(name));
    let periods = filter
        .periods
        .into_iter()
        .map(|(code, words)| SelectOption::new(code, words))
        .collect();
    let entries = filter
        .adjusting
        .into_iter()
        .map(|(code, words)| SelectOption::new(code, words))
        .collect();
    let lists_contacts = !filter.contacts.is_empty();
    view! {
        <form class="dates asks no-print" method="get" novalidate>
            {hidden}
            <Provider value=FormContext::fixed(filter.state)>
                <div class="fields">
                    <Select name="period" label="Period" options=periods />
                    <div class="own-days">
                        <DateInput name="from" label="First day" />
                        <DateInput name="to" label="Last day" />
                    </div>
                    <button class="btn">"Show"</button>
                </div>
                <details class="disclosure" open=is_narrowed>
                    <FoldHead text="Narrow it, or go back in time" />
                    <div class="body fields">
                        {by_line
                            .then(|| match lists_contacts {
                                true => {
                                    view! { <TextInput name="contact" label="Customer or vendor" optional=true list="contacts" /> }
                                        .into_any()
                                }
                                false => {
                                    view! { <TextInput name="contact" label="Customer or vendor" optional=true /> }.into_any()
                                }
                            })}
                        {children.map(|children| children())}
                        <Select name="adjusting" label="Entries" options=entries />
                        <TextInput
                            name="known"
                            label="As known at"
                            optional=true
                            max_length=40
                            hint="The books as they stood: a day, a time like 10/31/2026 5:00 PM, or the number of a change. Empty is now."
                            class="long"
                        />
                        <div class="checks">
                            <CheckBox name="since" label="With what was entered since then" />
                            {by_line.then(|| view! { <CheckBox name="who" label="Who posted it, and when" /> })}
                        </div>
                    </div>
                </details>
            </Provider>
            <ChoiceList id="contacts" choices=filter.contacts />
        </form>
        {filter
            .clear
            .map(|href| view! { <p class="no-print"><a class="small" href=href>"Show everything again"</a></p> })}
    }
    .into_any()
}

/// Where what was asked for was refused.
pub(super) fn refused(title: &'static str) -> impl IntoView {
    view! { <Notice tone=Tone::Bad title>"Correct what is marked above and press Show."</Notice> }
}

/// Whose books, what and when: the head of the report, and on paper of its first page.
pub(super) fn face(face: &LinesFaceView) -> impl IntoView + use<> {
    view! {
        {notes(face.notes.clone())}
        <div class="statement-head ledger-head">
            <b>{face.company.clone()}</b>
            <span>{face.title.clone()}</span>
            <span class="muted">{face.period.clone()}</span>
            {face.known.clone().map(|words| view! { <span class="muted">{words}</span> })}
            {face.narrowed.clone().map(|words| view! { <span class="muted">{words}</span> })}
        </div>
    }
}

/// The panel of a report of lines. On a narrow page the table scrolls by itself, also by keyboard.
#[component]
pub(super) fn LinesPanel(children: Children) -> impl IntoView {
    view! {
        <section class="panel flush">
            <div class="scroll ledger-lines" role="region" aria-label="The lines" tabindex="0">{children()}</div>
        </section>
    }
}

/// `3 lines`
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    match count {
        0 => format!("No {several}"),
        1 => format!("One {one}"),
        count => format!("{count} {several}"),
    }
}

/// The words of a document's state beside its name.
pub(super) fn marks(is_adjusting: bool, is_accrual_only: bool, is_void: bool, since: Option<String>) -> impl IntoView {
    view! {
        {is_adjusting.then(|| view! { " " <Tag text="adjusting" /> })}
        {is_accrual_only.then(|| view! { " " <Tag text="accrual only" /> })}
        {is_void.then(|| view! { " " <Tag tone=Tone::Warn text="voided" /> })}
        {since.map(|words| view! { " " <Tag tone=Tone::Info text=words /> })}
    }
}

/// A line of an account, as a row: eight cells, and one more where who posted it is asked for.
pub(super) fn line_row(line: LineView, currency: Currency, shows_matches: bool, shows_who: bool) -> impl IntoView {
    let side = |amount: i64| (amount > 0).then(|| format_report(amount, currency));
    let other_side = Some(line.other_side.clone()).filter(|words| !words.is_empty());
    let people = [line.contact.clone(), other_side]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    let balance = line.counts.then(|| format_report(line.balance, currency));
    let is_matched = shows_matches && line.is_matched;
    view! {
        <tr class=(!line.counts).then_some("uncounted")>
            <td class="when">{line.date}</td>
            <th scope="row" class="what">
                {match line.href {
                    Some(href) => view! { <a href=href>{line.document}</a> }.into_any(),
                    None => line.document.into_any(),
                }}
                {marks(line.is_adjusting, line.is_accrual_only, line.is_void, line.since)}
                {is_matched.then(|| view! { " " <Tag tone=Tone::Good text="matched" /> })}
            </th>
            <td class="why">{line.memo} <span class="sub on-phone-only">{people}</span></td>
            <td class="wide">{line.contact}</td>
            <td class="wide">{line.other_side}</td>
            <td class="num how-much">{side(line.amount)}</td>
            <td class="num how-much">
                {side(line.amount.saturating_neg()).map(|text| view! { {text} <span class="on-phone-only">" Cr"</span> })}
            </td>
            <td class="num so-far">{balance}</td>
            {shows_who.then(|| view! { <td class="wide small muted">{line.posted}</td> })}
        </tr>
    }
    .into_any()
}
