//! Importing journal entries: choosing the file, and looking at what it would bring before anything is in the books.

use ledger::money::Currency;
use leptos::prelude::*;

use super::{AccountingTabs, Tab};
use crate::components::{
    ChoiceList, ColumnHead, DataTable, FileInput, Form, Money, Notice, Panel, Select, SelectOption, SubmitButton,
    TextInput, Tone,
};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::journal_import::{EntryRow, FILE, MadeView, PreviewView, UnknownView, UploadView, action, field};

/// The `id` of the list of accounts.
const ACCOUNTS: &str = "accounts";

/// The upload form. Nothing is imported by it: the preview comes next.
#[component]
pub fn JournalUploadPage(frame: FrameView, view: UploadView) -> impl IntoView {
    let back = format!("/c/{}/accounting/journal", view.slug);
    let post_to = format!("{back}/import");
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug current=Tab::Journal />
            <PageHead
                title="Import journal entries"
                explain=help::pages::JOURNAL_IMPORT
                line="First you see what the file would bring. Nothing is in the books before you say so."
            />
            <div class="narrow stack">
                <Form state=view.form upload=true post_to>
                    <FileInput name=FILE label="CSV file" accept=".csv,text/csv" hint="At most 20 MB or 100,000 rows." />
                    <div class="actions">
                        <SubmitButton action="upload" class="primary">
                            "Look at the file"
                        </SubmitButton>
                        <a class="btn quiet" href=back>"Cancel"</a>
                    </div>
                </Form>
                <div class="small muted stack tight">
                    <p>
                        "The columns are those of QuickBooks Online: Journal No., Journal Date, Account Name, Debits, Credits, \
                        Description and Name, and if you like Account Type and Due Date. Rows with one Journal No. are one entry."
                    </p>
                    <p>
                        "A Due Date counts on receivable and payable lines, and is left out on others, which the preview says. Without one, what is owed is \
                        due on the entry’s own day."
                    </p>
                    <p>"A file that was imported before is fine: entries that are there are recognized and not made again."</p>
                </div>
            </div>
        </Frame>
    }
}

/// What the file would bring.
#[component]
pub fn JournalPreviewPage(frame: FrameView, view: PreviewView) -> impl IntoView {
    let [new, known, doubtful] = view.counts;
    let is_ready = view.problems.is_empty() && new > 0;
    let back = format!("/c/{}/accounting/journal", view.slug);
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Journal />
            <PageHead title="Import journal entries" line=view.file_name.clone() explain=help::pages::JOURNAL_IMPORT />
            <Form state=view.form.clone()>
                <div class="stack">
                    <Counts
                        counts=[new, known, doubtful]
                        days=view.days.clone()
                        problems=view.problems.len()
                        again=format!("{back}/import")
                    />
                    {(!view.unread.is_empty())
                        .then(|| view! { <Unread unread=view.unread.clone() count=view.unread_count /> })}
                    {(!view.problems.is_empty())
                        .then(|| view! { <ByLine title="What stands against it" rows=view.problems.clone() /> })}
                    {(!view.warnings.is_empty())
                        .then(|| view! { <ByLine title="What is left out" rows=view.warnings.clone() /> })}
                    {(!view.unknown.is_empty())
                        .then(|| view! { <Unknown unknown=view.unknown.clone() types=view.types.clone() /> })}
                    {(!view.made.is_empty()).then(|| view! { <Made made=view.made.clone() /> })}
                    {(!view.contacts.is_empty())
                        .then(|| view! { <Contacts contacts=view.contacts.clone() count=view.contact_count /> })}
                    {(!view.entries.is_empty())
                        .then(|| view! { <Entries entries=view.entries.clone() new currency=view.currency /> })}
                </div>
                <ChoiceList id=ACCOUNTS choices=view.accounts.clone() />
                <div class="entry-actions">
                    <a class="btn quiet" href=back>"Cancel"</a>
                    <span class="spacer"></span>
                    {(!view.unknown.is_empty())
                        .then(|| view! { <SubmitButton action=action::COMPARE>"Look again"</SubmitButton> })}
                    {is_ready
                        .then(|| {
                            view! {
                                <SubmitButton action=action::IMPORT class="primary">
                                    {format!("Import {}", entries_words(new))}
                                </SubmitButton>
                            }
                        })}
                </div>
            </Form>
        </Frame>
    }
}

fn entries_words(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    }
}

#[component]
fn Counts(
    counts: [usize; 3],
    days: Option<String>,
    problems: usize,
    /// Where a file is chosen.
    again: String,
) -> impl IntoView {
    let [new, known, doubtful] = counts;
    let title = match (new, problems) {
        (0, 0) => "Nothing in this file is new.".to_owned(),
        (new, 0) => format!("{} would be new{}.", entries_words(new), days.unwrap_or_default()),
        (_, 1) => "One thing keeps this file from being imported.".to_owned(),
        (_, problems) => format!("{problems} things keep this file from being imported."),
    };
    let tone = if problems > 0 { Tone::Bad } else { Tone::Info };
    let rest = [(known, "imported before and not made again"), (doubtful, "in doubt")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", entries_words(count)))
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <Notice tone title>
            {(!rest.is_empty()).then(|| view! { <p>{format!("{rest}.")}</p> })}
            {(problems > 0)
                .then(|| {
                    view! {
                        <p>
                            "Nothing is imported by halves: correct the file and " <a href=again>"choose it again"</a> "."
                        </p>
                    }
                })}
        </Notice>
    }
    .into_any()
}

#[component]
fn ByLine(title: &'static str, rows: Vec<(usize, String)>) -> impl IntoView {
    view! {
        <Panel title aside="by line of the file">
            <table class="postings">
                <caption class="sr">{title}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="num">"Line"</th>
                        <th scope="col">"What"</th>
                    </tr>
                </thead>
                <tbody>
                    {rows
                        .into_iter()
                        .map(|(line, message)| {
                            view! {
                                <tr>
                                    <td class="num">{line}</td>
                                    <td>{message}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </Panel>
    }
    .into_any()
}

/// What each account is that the books do not have.
#[component]
fn Unknown(unknown: Vec<UnknownView>, types: Vec<SelectOption>) -> impl IntoView {
    let row = move |(n, unknown): (usize, UnknownView)| {
        view! {
            <div class="fields unknown-account">
                <div class="field long">
                    <span class="label">"In the file"</span>
                    <b>{unknown.name.clone()}</b>
                    <span class="small muted">{unknown.place}</span>
                    <input type="hidden" name=field::name(n) value=unknown.name />
                </div>
                <TextInput
                    name=field::account(n)
                    label="Is this account of yours"
                    optional=true
                    placeholder="Number or name"
                    list=ACCOUNTS
                />
                <Select name=field::kind(n) label="Else make it, as" options=types.clone() />
            </div>
        }
    };
    view! {
        <Panel title="Accounts that your books do not have" aside="check each: the types are guesses where the file has none">
            <div class="stack">{unknown.into_iter().enumerate().map(row).collect_view()}</div>
        </Panel>
    }
    .into_any()
}

/// The columns that are not read: what stands in them is not missed by surprise.
#[component]
fn Unread(unread: Vec<String>, count: usize) -> impl IntoView {
    let more = match count - unread.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let names = unread
        .iter()
        .map(|name| format!("“{name}”"))
        .collect::<Vec<_>>()
        .join(", ");
    let title = match count {
        1 => "One column of the file is not read.".to_owned(),
        count => format!("{count} columns of the file are not read."),
    };
    view! {
        <Notice tone=Tone::Info title>
            <p>{format!("What stands in {names}{more} is left out.")}</p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Made(made: Vec<MadeView>) -> impl IntoView {
    let lacks_detail = made.iter().any(|made| made.detail.is_none());
    let row = |made: MadeView| {
        let kind = match made.detail {
            Some(detail) => format!("{}, {detail}", made.kind),
            None => format!("{}, detail type to be set", made.kind),
        };
        view! { <li>{made.name} " " <span class="muted">{kind}</span></li> }
    };
    view! {
        <Panel title="Accounts that would be made">
            <div class="stack tight">
                <ul class="plain-list">{made.into_iter().map(row).collect_view()}</ul>
                {lacks_detail
                    .then(|| {
                        view! {
                            <p class="small muted">
                                "An account whose name says no detail type gets none. Set it in the chart of accounts afterwards: the \
                                statement of cash flows goes by it."
                            </p>
                        }
                    })}
            </div>
        </Panel>
    }
    .into_any()
}

#[component]
fn Contacts(contacts: Vec<(String, String)>, count: usize) -> impl IntoView {
    let shown = contacts.len();
    view! {
        <Panel title="Customers and vendors that would be made">
            <div class="stack tight">
                <ul class="plain-list">
                    {contacts
                        .into_iter()
                        .map(|(name, kind)| view! { <li>{name} " " <span class="muted">{kind}</span></li> })
                        .collect_view()}
                </ul>
                {(shown < count)
                    .then(|| view! { <p class="small muted">{format!("The first {shown} of {count}.")}</p> })}
            </div>
        </Panel>
    }
    .into_any()
}

#[component]
fn Entries(entries: Vec<EntryRow>, new: usize, currency: Currency) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Date" />
            <ColumnHead text="Number" />
            <ColumnHead text="Lines" class="num" />
            <ColumnHead text="Amount" class="num" />
        }
    };
    let shown = entries.len();
    view! {
        <h2>"New entries"</h2>
        <DataTable caption="Entries that would be new" head=head>
            {entries
                .into_iter()
                .map(|entry| {
                    view! {
                        <tr>
                            <td class="when">{entry.date}</td>
                            <td class="what">{entry.number}</td>
                            <td class="num wide">{entry.lines}</td>
                            <td class="num how-much">
                                <Money amount=entry.total currency />
                            </td>
                        </tr>
                    }
                })
                .collect_view()}
        </DataTable>
        {(shown < new).then(|| view! { <p class="small muted">{format!("The first {shown} of {new}.")}</p> })}
    }
    .into_any()
}
