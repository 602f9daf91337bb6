//! A chart of accounts from a file: choosing it, looking at what it does, and recording that.

use leptos::prelude::*;

use super::account_form::MovesBox;
use super::{AccountingTabs, Tab};
use crate::components::{ColumnHead, DataTable, FileInput, Form, Notice, Panel, SubmitButton, Tag, TextArea, Tone};
use crate::forms::FormState;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::accounting::account::Moves;
use crate::view::accounting::account_import::{AccountImportView, ImportPreview, ImportRow, Outcome, action, field};
use crate::view::frame::FrameView;

const EXAMPLE: &str = "Account Number,Account Name,Type,Detail Type,Description,Balance\n\
6100,Rent,Expenses,Rent or Lease of Buildings,Shop on Main St,\n\
6110,Rent:Storage,Expenses,Rent or Lease of Buildings,,\n\
1000,Business Checking,Bank,Checking,,\n";

/// The page of the import.
#[component]
pub fn AccountImportPage(frame: FrameView, view: AccountImportView) -> impl IntoView {
    let back = format!("/c/{}/accounting", view.slug);
    let is_read = view.preview.is_some();
    view! {
        <Frame view=frame>
            <AccountingTabs slug=view.slug.clone() current=Tab::Chart />
            <PageHead
                title="Import a chart of accounts"
                explain=help::pages::CHART
                line="From QuickBooks Online’s account list, or from any spreadsheet with the same columns. You see what it \
                does before anything is recorded."
            />
            <div class="stack">
                {view.preview.map(|preview| view! { <Preview preview form=view.form.clone() back=back.clone() /> })}
                {(!is_read).then(|| view! { <Upload form=view.form back /> })}
                {(!is_read).then(|| view! { <Columns /> })}
            </div>
        </Frame>
    }
}

#[component]
fn Upload(form: FormState, back: String) -> impl IntoView {
    view! {
        <div class="narrow">
            <Form state=form upload=true>
                <div class="sheet stack">
                    <FileInput
                        name=field::FILE
                        label="CSV file"
                        accept=".csv,text/csv"
                        hint="Up to 1 MB and 5,000 accounts."
                        optional=true
                    />
                    <TextArea
                        name=field::PASTED
                        label="Or paste it here"
                        optional=true
                        max_length=1_000_000
                        hint="With its heading, as it stands in the spreadsheet saved as CSV. Keep your copy: a text of more \
                            than 80 kB may not come back if you are signed out before you send it."
                    />
                </div>
                <div class="actions">
                    <SubmitButton action=action::READ class="primary">
                        "Read it"
                    </SubmitButton>
                    <a class="btn quiet" href=back>
                        "Back to the chart"
                    </a>
                </div>
            </Form>
        </div>
    }
    .into_any()
}

#[component]
fn Columns() -> impl IntoView {
    view! {
        <Panel title="What the file looks like">
            <p>
                "A heading names the columns: Account Number, Account Name, Type, Detail Type, Description. Subaccounts are \
                written Parent:Sub. Titles above the heading and a Balance are passed over. An account that is there is found \
                by its full name, else by its number, and an empty cell leaves what is there."
            </p>
            <pre class="sample" tabindex="0" aria-label="An example">
                {EXAMPLE}
            </pre>
        </Panel>
    }
    .into_any()
}

#[component]
fn Preview(preview: ImportPreview, form: FormState, back: String) -> impl IntoView {
    let again = format!("{back}/accounts/import");
    let does_something = preview.new + preview.changed > 0;
    let (tone, title) = match (does_something, preview.refused) {
        (true, 0) => (Tone::Info, "Nothing is recorded yet"),
        (true, _) => (Tone::Warn, "Some lines are left out"),
        (false, 0) => (Tone::Good, "Every account of the file is there already"),
        (false, _) => (Tone::Warn, "Nothing in this file can be recorded"),
    };
    let button = format!("{}, {}", count(preview.new, "Add", "account"), changes(preview.changed));
    view! {
        <Notice tone title>
            {format!(
                "{} to add, {} to change, {} as they are, {} left out.",
                preview.new,
                preview.changed,
                preview.same,
                preview.refused,
            )}
        </Notice>
        <Form state=form upload=true>
            <input type="hidden" name=field::TEXT value=preview.text />
            <input type="hidden" name=field::SEEN value=preview.seen />
            {preview.moves.map(|moves| view! { <Moving moves /> })}
            <div class="actions">
                {does_something
                    .then(|| {
                        view! {
                            <SubmitButton action=action::IMPORT class="primary">
                                {button}
                            </SubmitButton>
                        }
                    })}
                <a class="btn" href=again>
                    "Choose another file"
                </a>
                <a class="btn quiet" href=back>
                    "Back to the chart"
                </a>
            </div>
        </Form>
        <Rows rows=preview.rows />
    }
    .into_any()
}

/// What moves in the statement of cash flows, and where some of it is locked the box that agrees to it.
#[component]
fn Moving(moves: Moves) -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn title="This moves history in the statement of cash flows">
            <p>{moves.what}</p>
            {moves.locked.map(|locked| view! { <MovesBox locked /> })}
        </Notice>
    }
    .into_any()
}

#[component]
fn Rows(rows: Vec<ImportRow>) -> impl IntoView {
    let head = || {
        view! {
            <ColumnHead text="Line" class="num" />
            <ColumnHead text="Number" />
            <ColumnHead text="Account" />
            <ColumnHead text="Type" class="wide" />
            <ColumnHead text="What becomes of it" />
        }
    };
    view! {
        <DataTable caption="Lines of the file" head=head>
            {rows.into_iter().map(|row| view! { <Line row /> }).collect_view()}
        </DataTable>
    }
    .into_any()
}

#[component]
fn Line(row: ImportRow) -> impl IntoView {
    let (tone, word) = match row.outcome {
        Outcome::LeftOut => (Tone::Bad, "left out"),
        Outcome::Changed => (Tone::Warn, "changes"),
        Outcome::New => (Tone::Good, "new"),
        Outcome::Same => (Tone::Plain, "as it is"),
    };
    let place = match row.type_name {
        Some(name) => format!("line {}: {name}", row.line),
        None => format!("line {}", row.line),
    };
    view! {
        <tr>
            <td class="num wide">{row.line}</td>
            <td class="how-much">{row.number}</td>
            <td class="what">{row.path} <span class="sub on-phone-only">{place}</span></td>
            <td class="wide muted">{row.type_name}</td>
            <td class="why">
                <Tag tone text=word />
                {row.details.into_iter().map(|detail| view! { <span class="sub">{detail}</span> }).collect_view()}
            </td>
        </tr>
    }
    .into_any()
}

fn count(n: usize, verb: &str, thing: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{verb} {n} {thing}{s}")
}

fn changes(n: usize) -> String {
    format!("change {n}")
}
