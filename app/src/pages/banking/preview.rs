//! What a staged file would bring, account by account, before it does.

use ledger::dates::format_date;
use leptos::prelude::*;
use time::Date;

use crate::components::{Form, Notice, Select, SelectOption, SubmitButton, Tag, Tone};
use crate::frame::{Frame, PageHead};
use crate::view::banking::import::{FileAccountView, FileLineView, PreviewView, account_field, action};
use crate::view::banking::{banking_path, counted};
use crate::view::frame::FrameView;

/// The preview, with the choices it needs and the button that imports.
#[component]
pub fn PreviewPage(frame: FrameView, view: PreviewView) -> impl IntoView {
    let back = banking_path(&view.slug);
    let chart = format!("/c/{}/accounting", view.slug);
    let [new, known, doubtful] = view.counts;
    let button = match new + doubtful {
        0 => "Import".to_owned(),
        1 => "Import 1 line".to_owned(),
        lines => format!("Import {lines} lines"),
    };
    let (complete, has_new) = (view.complete, new + doubtful > 0);
    let has_lines = view.line_count() > 0;
    let early_lines = view.early_lines().filter(|_| has_new || !complete);
    let books_begin_on = view.books_begin_on;
    let doubt_tone = if doubtful > 0 { Tone::Warn } else { Tone::Plain };
    let own_accounts = view.own_accounts;
    let counters = (complete && has_lines).then(|| {
        view! {
            <span class="row">
                <Tag tone=Tone::Good text=format!("{new} new") />
                <Tag text=format!("{known} known") />
                <Tag tone=doubt_tone text=format!("{doubtful} in doubt") />
            </span>
        }
    });
    view! {
        <Frame view=frame>
            <PageHead title=view.file_name line="This is what the file would bring. Nothing is in the books yet.">
                {counters}
            </PageHead>
            {(!view.bank_errors.is_empty()).then(|| view! { <BankErrors errors=view.bank_errors /> })}
            {(!has_lines)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Warn title="There is no line in this file to import.">
                            "CarteFi reads the statements of bank accounts and cards; statements of investments are not read. Download \
                            the account’s activity for a longer period, or another account’s."
                        </Notice>
                    }
                })}
            {early_lines.map(|title| view! { <Notice tone=Tone::Warn title /> })}
            {(complete && has_lines && !has_new)
                .then(|| {
                    view! {
                        <Notice tone=Tone::Info title="Every line of this file is there already.">
                            "Importing it adds nothing; what the bank says the balance is may become newer by it."
                        </Notice>
                    }
                })}
            <Form state=view.form>
                {view
                    .accounts
                    .into_iter()
                    .enumerate()
                    .map(|(n, account)| view! { <FileAccount n account own_accounts=own_accounts.clone() books_begin_on /> })
                    .collect_view()}
                <div class="entry-actions">
                    <span class="small muted wide">"An import can be undone whole, with everything that came of it."</span>
                    <span class="spacer"></span>
                    <a class="btn quiet" href=back>"Cancel"</a>
                    {has_lines
                        .then(|| {
                            view! {
                                <SubmitButton action=action::COMPARE>"Compare again"</SubmitButton>
                                <SubmitButton action=action::IMPORT class="primary">
                                    {button}
                                </SubmitButton>
                            }
                        })}
                </div>
            </Form>
            <p class="small muted">"Is the account not in the books yet? " <a href=chart>"Add it to the chart of accounts"</a>", then come back."</p>
        </Frame>
    }
}

#[component]
fn BankErrors(errors: Vec<(u64, String)>) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn title="The bank put errors into this file in place of some statements.">
            <ul>
                {errors
                    .into_iter()
                    .map(|(line, message)| view! { <li>{format!("Line {line}: {message}")}</li> })
                    .collect_view()}
            </ul>
        </Notice>
    }
}

#[component]
fn FileAccount(
    n: usize,
    account: FileAccountView,
    own_accounts: Vec<SelectOption>,
    books_begin_on: Option<Date>,
) -> impl IntoView {
    let count = |lines: usize, one, many| counted(i64::try_from(lines).unwrap_or(i64::MAX), one, many);
    let shown = account.lines.len();
    let rest = account.line_count.saturating_sub(shown);
    let is_known = account.account.is_some();
    let rest_words = match books_begin_on {
        // What is not shown may reach back before the books, and only its count is known here.
        Some(begin) => format!(
            "And {}; what is dated before {} belongs to the opening balances.",
            count(rest, "older line", "older lines"),
            format_date(begin)
        ),
        None => format!("And {}.", count(rest, "older line", "older lines")),
    };
    view! {
        <section class="panel">
            <header>
                <h2>{account.title.clone()}</h2>
                <span class="muted small">{count(account.line_count, "line", "lines")}</span>
            </header>
            <div class="body">
                <Select
                    name=account_field(n)
                    label="Account of the books"
                    options=own_accounts
                    hint=if is_known {
                        "Recognized or chosen. Change it here if it is another, then compare again."
                    } else {
                        "Say which account this is. It is remembered by its number."
                    }
                />
                {account
                    .other_number
                    .map(|mask| {
                        view! {
                            <Notice tone=Tone::Warn title="The number is another one than before.">
                                {format!("Earlier files of this account ended in {mask}. The bank may have changed it, or this is the wrong account.")}
                            </Notice>
                        }
                    })}
                {(shown > 0).then(|| view! { <Lines title=account.title lines=account.lines is_known /> })}
                {(rest > 0).then(|| view! { <p class="small muted">{rest_words}</p> })}
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Lines(
    title: String,
    lines: Vec<FileLineView>,
    /// Whether it is known which account of the books they are compared with.
    is_known: bool,
) -> impl IntoView {
    let row = |line: FileLineView| {
        let words = if line.name.is_empty() {
            line.memo.clone()
        } else {
            line.name.clone()
        };
        let memo = (!line.memo.is_empty() && line.memo != words).then_some(line.memo);
        let class = if line.amount_text.starts_with('-') {
            "how-much num"
        } else {
            "how-much num money-in"
        };
        let state = match (&line.doubt, line.known) {
            (Some(_), _) => Some(view! { <Tag tone=Tone::Warn text="in doubt" /> }),
            (None, true) => Some(view! { <Tag text="known" /> }),
            (None, false) => is_known.then(|| view! { <Tag tone=Tone::Good text="new" /> }),
        };
        view! {
            <tr>
                <td class="when">{format_date(line.posted_on)}</td>
                <td class="what">{words} {memo.map(|memo| view! { <span class="sub">{memo}</span> })}</td>
                <td class=class>{line.amount_text}</td>
                <td class="why">{state} {line.doubt.map(|why| view! { <span class="sub">{why}</span> })}</td>
            </tr>
        }
    };
    view! {
        <table class="rows file-lines">
            <caption class="sr">{format!("The newest lines of {title}")}</caption>
            <thead>
                <tr>
                    <th scope="col">"Date"</th>
                    <th scope="col">"Bank text"</th>
                    <th scope="col" class="num">"Amount"</th>
                    <th scope="col">"State"</th>
                </tr>
            </thead>
            <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
