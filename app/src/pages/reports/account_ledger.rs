//! An account's ledger: the lines behind a figure.

use ledger::accounts::{AccountType, Side};
use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::{DatesForm, notes, provenance};
use crate::components::{ColumnHead, Money, Notice, Pagination, Panel, Tag, Tone};
use crate::frame::{Frame, PageHead};
use crate::view::frame::FrameView;
use crate::view::report::{ClosedYearsView, LedgerLineView, LedgerPageView, LedgerView};

/// One account over a period.
#[component]
pub fn LedgerPage(frame: FrameView, view: LedgerPageView) -> impl IntoView {
    let csv = view.ledger.as_ref().map(|ledger| ledger.csv.clone());
    let account_type = view.account_type;
    let is_refused = view.ledger.is_none();
    let line = format!(
        "{}. Its balance is usually a {}, and shown positive then.",
        account_type.name(),
        side_words(account_type)
    );
    view! {
        <Frame view=frame>
            <PageHead title=view.account line>
                {csv.map(|href| view! { <a class="btn" href=href download>"CSV"</a> })}
            </PageHead>
            <DatesForm state=view.filter fields=vec![("from", "First day"), ("to", "Last day")] also="account" />
            {is_refused
                .then(|| view! { <Notice tone=Tone::Bad title="No lines are shown.">"Correct the date above and press Show."</Notice> })}
            {view.ledger.map(|ledger| view! { <Ledger ledger /> })}
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
fn Ledger(ledger: LedgerView) -> impl IntoView {
    let currency = ledger.currency;
    let shown = match ledger.lines.len() {
        0 => "No lines".to_owned(),
        1 => "One line".to_owned(),
        count => format!("{count} lines"),
    };
    let is_paged = ledger.first.is_some() || ledger.next.is_some();
    let pages = is_paged.then(|| {
        view! { <Pagination shown=format!("{shown} on this page") first=ledger.first.clone() next=ledger.next.clone() /> }
    });
    let caption = format!("Lines of {}", ledger.period);
    view! {
        {notes(ledger.notes.clone())}
        {ledger.closed.clone().map(|closed| view! { <ClosedYears closed currency /> })}
        <div class="statement-head ledger-head">
            <b>{ledger.company.clone()}</b>
            <span class="muted">{ledger.period.clone()}</span>
        </div>
        <section class="panel flush">
            <table class="rows ledger">
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
                    </tr>
                </thead>
                <tbody>
                    {balance_row(ledger.brought_forward, ledger.beginning, currency)}
                    {ledger.lines.iter().cloned().map(|line| line_row(line, currency)).collect_view()}
                </tbody>
                {ledger.next.is_none().then(|| foot(&ledger))}
            </table>
        </section>
        {pages}
        {provenance(ledger.notes, ledger.provenance, ledger.waiting)}
    }
}

/// The balance that this page begins with.
fn balance_row(brought_forward: Option<i64>, beginning: i64, currency: Currency) -> impl IntoView {
    let words = if brought_forward.is_some() {
        "Balance brought forward"
    } else {
        "Beginning balance"
    };
    let amount = brought_forward.unwrap_or(beginning);
    view! {
        <tr class="brought">
            <th scope="row" class="what" colspan="7">{words}</th>
            <td class="num how-much">{format_report(amount, currency)}</td>
        </tr>
    }
}

fn line_row(line: LedgerLineView, currency: Currency) -> impl IntoView {
    let side = |amount: i64| (amount > 0).then(|| format_report(amount, currency));
    let people = [line.contact.clone(), Some(line.other_side.clone())]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ");
    view! {
        <tr>
            <td class="when">{line.date}</td>
            <th scope="row" class="what">
                <a href=line.href>{line.document}</a>
                {line.is_void.then(|| view! { " " <Tag tone=Tone::Warn text="voided" /> })}
            </th>
            <td class="why">{line.memo} <span class="sub on-phone-only">{people}</span></td>
            <td class="wide">{line.contact}</td>
            <td class="wide">{line.other_side}</td>
            <td class="num how-much">{side(line.amount)}</td>
            <td class="num how-much">{side(line.amount.saturating_neg()).map(|text| view! { {text} <span class="on-phone-only">" Cr"</span> })}</td>
            <td class="num wide">{format_report(line.balance, currency)}</td>
        </tr>
    }
}

/// What the whole period comes to, under its last line.
fn foot(ledger: &LedgerView) -> impl IntoView + use<> {
    let currency = ledger.currency;
    let amount = |amount: i64| format_report(amount, currency);
    view! {
        <tfoot>
            <tr>
                <th scope="row" class="what" colspan="5">"Total of the period"</th>
                <td class="num wide">{amount(ledger.debit)}</td>
                <td class="num wide">{amount(ledger.credit)}</td>
                <td class="num how-much moved">{amount(ledger.change)}</td>
            </tr>
            <tr class="ending">
                <th scope="row" class="what" colspan="7">"Ending balance"</th>
                <td class="num how-much">{amount(ledger.ending)}</td>
            </tr>
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
                "No closing entry is posted. A fiscal year that is over counts here by computation, beside what was posted to the account itself."
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
