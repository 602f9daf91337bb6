//! The balances a company begins with: typed, or read from a file and looked over.

use ledger::money::{Currency, format_amount};
use leptos::prelude::*;

use super::entry::Lines;
use super::{AccountingTabs, Tab};
use crate::components::{Confirm, FileInput, Form, Money, Notice, Panel, SubmitButton, TextArea, TextInput, Tone};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::pages::journal_form::{Conflict, JournalForm};
use crate::view::accounting::opening::{FileReadView, OpeningFileView, OpeningView, VOID};
use crate::view::banking::counted;
use crate::view::frame::FrameView;

const EXAMPLE: &str = "\
Account,Name,Due,Debit,Credit
Business Checking,,,12500.00,
Accounts Receivable,Northside Co-op,01/15/2026,840.00,
Accounts Payable,Cedar Property,01/05/2026,,1200.00";

/// The page of the opening entry.
#[component]
pub fn OpeningPage(frame: FrameView, view: OpeningView) -> impl IntoView {
    let line = match &view.balances_of {
        Some(day) => format!(
            "What every account held at the end of {day}, the day before these books begin. Take it from the trial \
            balance of your earlier books."
        ),
        None => "What every account held on the day before these books begin.".to_owned(),
    };
    let entry = view.entry.clone();
    let owners_account = view.owners_account.clone();
    let status = view.clone();
    let from_file = view
        .form
        .as_ref()
        .map(|_| format!("/c/{}/accounting/opening/file", view.slug));
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug current=Tab::Opening />
            <PageHead title="Opening balances" line explain=help::pages::OPENING>
                {entry.map(|href| view! { <a class="btn" href=href>"History and postings"</a> })}
                {from_file.map(|href| view! { <a class="btn" href=href>"Read from a file"</a> })}
            </PageHead>
            <div class="stack">
                <Status view=status />
                {view.conflict.map(|conflict| view! { <Conflict view=conflict /> })}
                {view.file.map(|file| view! { <FileRead file currency=view.currency /> })}
                {view.form.map(|form| view! { <Advice owners_account /> <JournalForm view=form /> })}
                {view
                    .read
                    .map(|entry| {
                        view! {
                            <div class="sheet">
                                <Lines lines=entry.lines total=entry.total currency=entry.currency />
                            </div>
                        }
                    })}
                {view.void.map(|form| view! { <VoidOpening form /> })}
            </div>
        </Frame>
    }
}

/// Where the set-up stands.
#[component]
fn Status(view: OpeningView) -> impl IntoView {
    let is_complete = view.missing.is_empty();
    let shows_equity = view.entry.is_some() || view.equity_balance != 0;
    let (tone, title) = match (is_complete, view.may_write, view.entry.is_some()) {
        (true, _, _) => (Tone::Good, "The set-up is complete"),
        (false, true, _) => (Tone::Warn, "Still to be done"),
        (false, false, true) => (Tone::Plain, "Entered, and not complete yet"),
        (false, false, false) => (Tone::Plain, "No opening balances were entered yet"),
    };
    let missing = (!is_complete && view.may_write).then(|| {
        let missing = view
            .missing
            .into_iter()
            .map(|missing| view! { <li>{missing}</li> })
            .collect_view();
        view! { <ul>{missing}</ul> }
    });
    let may_set_day = view.may_write && view.books_begin_on.is_none();
    let settings = may_set_day.then(|| format!("/c/{}/settings", view.slug));
    let equity = shows_equity.then(|| match (missing.is_some(), view.equity_balance) {
        // The sentence above says how much it holds.
        (true, 1.. | ..=-1) => {
            view! { <p><a href=view.equity_lines>"See the lines of Opening Balance Equity"</a></p> }.into_any()
        }
        (_, balance) => view! {
            <p>
                "Opening Balance Equity, the other side of balances whose origin is not entered yet, holds "
                <Money amount=balance currency=view.currency href=view.equity_lines /> "."
            </p>
        }
        .into_any(),
    });
    view! {
        <Notice tone title>
            {missing}
            {equity}
            {(!view.may_write).then(|| view! { <p>"Accountants and admins of the company enter and change them."</p> })}
            {settings.map(|href| view! { <p><a href=href>"Set the day the books begin"</a></p> })}
        </Notice>
    }
    .into_any()
}

#[component]
fn Advice(
    /// The account that the owners' part goes to.
    owners_account: Option<String>,
) -> impl IntoView {
    let such_as = owners_account.map(|account| view! { ", such as " <b>{account}</b> });
    view! {
        <p class="muted">
            "Money, equipment and what customers owe are debits; loans, cards and what you owe vendors are credits. \
            What customers owe and what you owe goes in by name, one line for each open invoice or bill, with the day it \
            is due."
        </p>
        <p class="muted">
            "Kept no books before? Enter what the business had and what it owed on that day: the difference is the owners’ part "
            "(owner’s equity), and goes on their equity account" {such_as} "."
        </p>
    }
    .into_any()
}

/// What was read from a file: nothing is saved yet.
#[component]
fn FileRead(file: FileReadView, currency: Currency) -> impl IntoView {
    let amount = |amount| format_amount(amount, currency);
    let read = format!(
        "{} read: debits {}, credits {}.",
        counted(
            i64::try_from(file.lines).unwrap_or(i64::MAX),
            "balance was",
            "balances were"
        ),
        amount(file.debits),
        amount(file.credits)
    );
    let is_whole = file.problems.is_empty();
    let title = if is_whole {
        "Read, and not saved yet"
    } else {
        "Read in part, and not saved yet"
    };
    let problem = |(line, message): (u64, String)| match line {
        0 => view! { <li>{message}</li> },
        line => view! { <li>{format!("Line {line}: {message}")}</li> },
    };
    view! {
        <div class=if is_whole { "notice info" } else { "notice warn" } role="status">
            <b>{title}</b>
            <p>{read} " Look them over below, then save."</p>
            {(!is_whole)
                .then(|| {
                    view! {
                        <p>"These lines were left out. Type them in, or correct the file and read it again:"</p>
                        <ul>{file.problems.into_iter().map(problem).collect_view()}</ul>
                    }
                })}
        </div>
    }
    .into_any()
}

#[component]
fn VoidOpening(form: FormState) -> impl IntoView {
    view! {
        <Form state=form>
            <Confirm
                open="Void the opening entry…"
                question="No balance is brought along any more, and the day the books begin can move. The entry's \
                history stays."
                button="Void the opening entry"
                action=VOID
            >
                <TextInput name="reason" label="Why" max_length=500 hint="It stays with the entry." />
            </Confirm>
        </Form>
    }
    .into_any()
}

/// The page on which a trial balance is read from a file.
#[component]
pub fn OpeningFilePage(frame: FrameView, view: OpeningFileView) -> impl IntoView {
    let back = format!("/c/{}/accounting/opening", view.slug);
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug current=Tab::Opening />
            <PageHead
                title="Opening balances from a file"
                explain=help::pages::OPENING
                line="Choose the trial balance that your earlier program exported, or paste it. You look it over \
                before anything is saved."
            />
            <div class="stack narrow">
                <Form state=view.form upload=true>
                    <div class="sheet stack">
                        <FileInput
                            name="file"
                            label="File"
                            accept=".csv,.txt,text/csv,text/plain"
                            hint="CSV, up to 1 MB."
                            optional=true
                        />
                        <TextArea
                            name="pasted"
                            label="Or paste it here"
                            optional=true
                            max_length=1_000_000
                            hint="With its heading, as it stands in the spreadsheet saved as CSV. Keep your copy: a text of more \
                            than 80 kB may not come back if you are signed out before you send it."
                        />
                    </div>
                    <div class="actions">
                        <SubmitButton action="read" class="primary">
                            "Read it"
                        </SubmitButton>
                        <a class="btn quiet" href=back>"Back"</a>
                    </div>
                </Form>
                <Columns />
            </div>
        </Frame>
    }
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <Panel title="What the file looks like">
            <p>
                "The first line names the columns: Account, Debit, Credit; and for what customers owe and what you \
                owe, Name and Due. Accounts are found by number or full name. A total at the end is passed over."
            </p>
            <pre class="sample" tabindex="0" aria-label="An example">
                {EXAMPLE}
            </pre>
        </Panel>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn status(may_write: bool, entry: Option<&str>) -> String {
        let view = OpeningView {
            slug: "juniper".to_owned(),
            currency: Currency::USD,
            books_begin_on: Some("Jan 1, 2026".to_owned()),
            balances_of: Some("Dec 31, 2025".to_owned()),
            entry: entry.map(str::to_owned),
            read: None,
            may_write,
            equity_balance: -1_214_000,
            equity_lines: "/lines".to_owned(),
            owners_account: None,
            missing: vec!["Opening Balance Equity holds a credit of 12,140.00.".to_owned()],
            conflict: None,
            file: None,
            form: None,
            void: None,
        };
        Owner::new().with(|| view! { <Status view /> }.to_html())
    }

    #[test]
    fn what_opening_balance_equity_holds_is_said_once() {
        let html = status(true, Some("/entry"));
        assert_eq!(html.matches("12,140.00").count(), 1, "{html}");
        assert!(
            html.contains("Still to be done") && html.contains(r#"href="/lines""#),
            "{html}"
        );
    }

    #[test]
    fn who_may_only_read_is_given_nothing_to_do() {
        let html = status(false, Some("/entry"));
        assert!(!html.contains("Still to be done") && !html.contains("<li>"), "{html}");
        assert!(
            html.contains("(12,140.00)") && html.contains("Accountants and admins"),
            "{html}"
        );
        assert!(status(false, None).contains("No opening balances were entered yet"));
    }
}
