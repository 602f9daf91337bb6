//! The general ledger: every account with its lines, one below another.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::lines::{LinesForm, LinesPanel, counted, face, line_row, refused};
use super::provenance;
use crate::components::{ColumnHead, EmptyState, FoldHead, Pagination};
use crate::forms::Choice;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::ledger::{GeneralLedgerPageView, GeneralLedgerView, LedgerAccountView};

/// All accounts over a period.
#[component]
pub fn GeneralLedgerPage(frame: FrameView, view: GeneralLedgerPageView) -> impl IntoView {
    let csv = view.ledger.as_ref().map(|ledger| ledger.csv.clone());
    let is_refused = view.ledger.is_none();
    let shows_who = !view.filter.state.value("who").is_empty();
    let refused_account = view.filter.state.error("account").map(str::to_owned);
    view! {
        <Frame view=frame>
            <PageHead
                title="General ledger"
                line="Every account with its lines, and its balance before them, after each, and at the end."
                explain=help::reports::GENERAL_LEDGER
            >
                {csv.map(|href| view! { <a class="btn" href=href download>"CSV"</a> })}
            </PageHead>
            <LinesForm filter=view.filter>
                <AccountChecks accounts=view.accounts error=refused_account />
            </LinesForm>
            {is_refused.then(|| refused("No lines are shown."))}
            {view.ledger.map(|ledger| view! { <Ledger ledger shows_who /> })}
        </Frame>
    }
}

/// The accounts to choose from, as boxes to check: without script, and with any number of them.
#[component]
fn AccountChecks(accounts: Vec<(Choice, bool)>, error: Option<String>) -> impl IntoView {
    let chosen = accounts.iter().filter(|(_, is_chosen)| *is_chosen).count();
    let words = match chosen {
        0 => "Accounts: all".to_owned(),
        1 => "Accounts: one".to_owned(),
        several => format!("Accounts: {several}"),
    };
    view! {
        <details class="disclosure account-checks">
            <FoldHead text=words />
            <fieldset>
                <legend class="sr">"Only these accounts"</legend>
                <ul>
                    {accounts
                        .into_iter()
                        .map(|(account, is_chosen)| {
                            view! {
                                <li>
                                    <label class="check">
                                        <input type="checkbox" name="account" value=account.id.to_string() checked=is_chosen />
                                        <span>{account.label()}</span>
                                    </label>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </fieldset>
        </details>
        {error.map(|message| view! { <p class="error">{message}</p> })}
    }
    .into_any()
}

#[component]
fn Ledger(ledger: GeneralLedgerView, shows_who: bool) -> impl IntoView {
    let currency = ledger.face.currency;
    let caption = format!("Accounts and their lines, {}", ledger.face.period);
    let lines: usize = ledger.accounts.iter().map(|account| account.lines.len()).sum();
    let shown = format!(
        "{} of {} on this page, {} in all",
        counted(lines, "line", "lines"),
        counted(ledger.accounts.len(), "account", "accounts").to_lowercase(),
        ledger.accounts_in_all
    );
    let is_empty = ledger.accounts.is_empty();
    view! {
        {face(&ledger.face)}
        {match is_empty {
            true => {
                view! {
                    <EmptyState
                        title="No account has a line or a balance here"
                        text="Choose another period, or narrow it less."
                    />
                }
                    .into_any()
            }
            false => {
                view! {
                    <LinesPanel>
                        <table class="rows ledger running general">
                            <caption class="sr">{caption}</caption>
                            <thead>
                                <tr>
                                    <ColumnHead text="Date" />
                                    <ColumnHead text="Entry" />
                                    <ColumnHead text="Memo" />
                                    <ColumnHead text="Name" class="wide" />
                                    <ColumnHead text="Split" class="wide" />
                                    <ColumnHead text="Debit" class="num" />
                                    <ColumnHead text="Credit" class="num" />
                                    <ColumnHead text="Balance" class="num wide" />
                                    {shows_who.then(|| view! { <ColumnHead text="Posted by" class="wide" /> })}
                                </tr>
                            </thead>
                            {ledger
                                .accounts
                                .into_iter()
                                .map(|account| account_rows(account, currency, shows_who))
                                .collect_view()}
                        </table>
                    </LinesPanel>
                    <Pagination shown first=ledger.pages.first next=ledger.pages.next />
                }
                    .into_any()
            }
        }}
        {provenance(ledger.face.notes, ledger.face.provenance, ledger.face.waiting)}
    }
}

fn account_rows(account: LedgerAccountView, currency: Currency, shows_who: bool) -> impl IntoView {
    let amount = move |amount: i64| format_report(amount, currency);
    let rest = shows_who.then(|| view! { <td class="wide"></td> });
    let words = if account.is_continued {
        "Balance brought forward"
    } else {
        "Beginning balance"
    };
    let earlier = account
        .of_earlier_years
        .filter(|_| !account.is_continued)
        .map(|earned| {
            format!(
                "With {} that earlier fiscal years earned, by computation.",
                amount(earned)
            )
        });
    let end = account.end.map(|(debit, credit, ending)| {
        let name = account.name.clone();
        view! {
            <tr class="totals">
                <th scope="row" class="what" colspan="5">{format!("Total for {name}")}</th>
                <td class="num side-sum" data-label="Debit">{amount(debit)}</td>
                <td class="num side-sum" data-label="Credit">{amount(credit)}</td>
                <td class="num wide"></td>
                {rest.clone()}
            </tr>
            <tr class="ending">
                <th scope="row" class="what" colspan="7">"Ending balance"</th>
                <td class="num how-much">{amount(ending)}</td>
                {rest.clone()}
            </tr>
        }
    });
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan=if shows_who { "9" } else { "8" }>
                    <a href=account.href>{account.name}</a>
                    <span class="plain-words">
                        {account.account_type.name()} {account.is_continued.then_some(", continued")}
                    </span>
                </th>
            </tr>
            <tr class="brought">
                <th scope="row" class="what" colspan="7">
                    {words} {earlier.map(|words| view! { " " <span class="plain-words">{words}</span> })}
                </th>
                <td class="num how-much">{amount(account.brought_forward)}</td>
                {rest}
            </tr>
            {account
                .lines
                .into_iter()
                .map(|line| line_row(line, currency, false, shows_who))
                .collect_view()}
            {end}
        </tbody>
    }
    .into_any()
}
