//! An account's register: the lines behind a figure, with the balance after each.

use ledger::accounts::{AccountType, Side};
use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::lines::{LinesForm, LinesPanel, counted, face, line_row, refused};
use super::provenance;
use crate::components::{ColumnHead, Money, Notice, Pagination, Panel, Tone};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::ledger::{ClosedYearsView, RegisterPageView, RegisterView};

/// One account over a period.
#[component]
pub fn RegisterPage(frame: FrameView, view: RegisterPageView) -> impl IntoView {
    let csv = view.register.as_ref().map(|register| register.csv.clone());
    let account_type = view.account_type;
    let is_refused = view.register.is_none();
    let shows_who = !view.filter.state.value("who").is_empty();
    let line = format!(
        "{}. Its balance is usually a {}, and shown positive then.",
        account_type.name(),
        side_words(account_type)
    );
    view! {
        <Frame view=frame>
            <PageHead title=view.account line explain=help::reports::REGISTER>
                {csv.map(|href| view! { <a class="btn" href=href download>"CSV"</a> })}
                {view.new_entry.map(|href| view! { <a class="btn primary" href=href>"New entry on this account"</a> })}
            </PageHead>
            <LinesForm filter=view.filter also=&["account", "order"] />
            {is_refused.then(|| refused("No lines are shown."))}
            {view.register.map(|register| view! { <Register register account_type shows_who /> })}
        </Frame>
    }
}

const fn side_words(account_type: AccountType) -> &'static str {
    match account_type.normal_side() {
        Side::Debit => "debit",
        Side::Credit => "credit",
    }
}

#[component]
fn Register(register: RegisterView, account_type: AccountType, shows_who: bool) -> impl IntoView {
    let currency = register.face.currency;
    let shown = counted(register.lines.len(), "line", "lines");
    let is_paged = register.pages.first.is_some() || register.pages.next.is_some();
    let pages = is_paged.then(|| {
        let shown = format!("{shown} on this page");
        view! { <Pagination shown first=register.pages.first.clone() next=register.pages.next.clone() /> }
    });
    let caption = format!("Lines of {}", register.face.period);
    let shows_matches = matches!(account_type, AccountType::Bank | AccountType::CreditCard);
    // The newest first, what stands above the lines is the end, and what stands below them the beginning.
    let is_last = register.pages.next.is_none();
    let is_turned = register.is_newest_first;
    let turn = if is_turned { "Oldest first" } else { "Newest first" };
    let turned = register.turned.clone();
    let since_then = since_then(&register);
    let said_on_paper = since_then
        .clone()
        .into_iter()
        .chain(register.face.notes.clone())
        .collect();
    let said_of_itself = provenance(
        said_on_paper,
        register.face.provenance.clone(),
        register.face.waiting.clone(),
    );
    view! {
        {face(&register.face)}
        {register.closed.clone().map(|closed| view! { <ClosedYears closed currency /> })}
        {since_then.map(|title| view! { <Notice tone=Tone::Info title /> })}
        <p class="list-line no-print">
            <span class="spacer"></span>
            <a href=turned>{turn}</a>
        </p>
        <LinesPanel>
            <table class="rows ledger running">
                <caption class="sr">{caption}</caption>
                <thead>
                    <tr>
                        <ColumnHead text="Date" />
                        <ColumnHead text="Entry" />
                        <ColumnHead text="Memo" />
                        <ColumnHead text="Name" class="wide" />
                        <ColumnHead text="Other side" class="wide" />
                        <ColumnHead text="Debit" class="num" />
                        <ColumnHead text="Credit" class="num" />
                        <ColumnHead text="Balance" class="num wide" />
                        {shows_who.then(|| view! { <ColumnHead text="Posted by" class="wide" /> })}
                    </tr>
                </thead>
                <tbody>
                    {head_row(&register)}
                    {register
                        .lines
                        .iter()
                        .cloned()
                        .map(|line| line_row(line, currency, shows_matches, shows_who))
                        .collect_view()}
                    {(is_turned && is_last)
                        .then(|| balance_row("Beginning balance", register.beginning, currency))}
                </tbody>
                {is_last.then(|| foot(&register))}
            </table>
        </LinesPanel>
        {pages}
        {said_of_itself}
    }
}

/// The balance that this page begins with.
fn head_row(register: &RegisterView) -> impl IntoView + use<> {
    let currency = register.face.currency;
    let (words, amount) = match (register.brought_forward, register.is_newest_first) {
        (Some(amount), _) => ("Balance brought forward", amount),
        (None, true) => ("Ending balance", register.ending),
        (None, false) => ("Beginning balance", register.beginning),
    };
    balance_row(words, amount, currency)
}

fn balance_row(words: &'static str, amount: i64, currency: Currency) -> impl IntoView {
    view! {
        <tr class="brought">
            <th scope="row" class="what" colspan="7">{words}</th>
            <td class="num how-much">{format_report(amount, currency)}</td>
        </tr>
    }
}

/// What changed since the register's moment, where anything did.
fn since_then(register: &RegisterView) -> Option<String> {
    let currency = register.face.currency;
    let (now, changed) = register.since_then.filter(|(_, changed)| *changed != 0)?;
    Some(format!(
        "As the books stand now, the ending balance is {}: {} since then.",
        format_report(now, currency),
        format_report(changed, currency)
    ))
}

/// What the whole period comes to, under its last line.
fn foot(register: &RegisterView) -> impl IntoView + use<> {
    let currency = register.face.currency;
    let amount = |amount: i64| format_report(amount, currency);
    let ending = (!register.is_newest_first).then(|| {
        view! {
            <tr class="ending">
                <th scope="row" class="what" colspan="7">"Ending balance"</th>
                <td class="num how-much">{amount(register.ending)}</td>
            </tr>
        }
    });
    view! {
        <tfoot>
            <tr>
                <th scope="row" class="what" colspan="5">"Total of the period"</th>
                <td class="num wide">{amount(register.debit)}</td>
                <td class="num wide">{amount(register.credit)}</td>
                <td class="num how-much moved">{amount(register.change)}</td>
            </tr>
            {ending}
        </tfoot>
    }
}

/// What the figure of retained earnings sums: no closing entry is posted, so the account's own lines are a part of it only.
#[component]
fn ClosedYears(closed: ClosedYearsView, currency: Currency) -> impl IntoView {
    let years = closed
        .years
        .into_iter()
        .map(|(words, figure)| {
            view! {
                <tr class="line in-1">
                    <th scope="row">{words}</th>
                    <td class="num"><Money amount=figure.amount currency href=figure.href.unwrap_or_default() /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Panel title="What the figure on statements sums" class="statement closed-years">
            <p class="muted">
                "No closing entry is posted. A fiscal year that is over counts here by computation, beside what was posted to the "
                "account itself."
            </p>
            <table>
                <caption class="sr">"What the figure on statements sums"</caption>
                <tbody>
                    {years}
                    <tr class="line in-1">
                        <th scope="row">"Posted to this account: the ending balance below"</th>
                        <td class="num">{format_report(closed.posted, currency)}</td>
                    </tr>
                    <tr class="grand in-0">
                        <th scope="row">"On the statements"</th>
                        <td class="num">{format_report(closed.total, currency)}</td>
                    </tr>
                </tbody>
            </table>
        </Panel>
    }
}
