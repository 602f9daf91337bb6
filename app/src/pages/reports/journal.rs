//! The journal report: every entry of a period with its lines.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::lines::{LinesForm, LinesPanel, counted, face, marks, refused};
use super::provenance;
use crate::components::{ColumnHead, EmptyState, Pagination, Select, SelectOption, TextInput};
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::ledger::{EntryLineView, EntryView, JournalReportPageView, JournalReportView};

/// Every entry over a period.
#[component]
pub fn JournalReportPage(frame: FrameView, view: JournalReportPageView) -> impl IntoView {
    let csv = view.journal.as_ref().map(|journal| journal.csv.clone());
    let is_refused = view.journal.is_none();
    let kinds = [SelectOption::new("", "All kinds")]
        .into_iter()
        .chain(view.kinds.into_iter().map(|(code, name)| SelectOption::new(code, name)))
        .collect();
    view! {
        <Frame view=frame>
            <PageHead
                title="Journal report"
                line="Every entry with its lines, in the order of days, whatever document made it."
                explain=help::reports::JOURNAL
            >
                {csv.map(|href| view! { <a class="btn" href=href download>"CSV"</a> })}
            </PageHead>
            <LinesForm filter=view.filter by_line=false>
                <Select name="kind" label="Kind" options=kinds />
                <TextInput name="by" label="Entered by" optional=true />
            </LinesForm>
            {is_refused.then(|| refused("No entries are shown."))}
            {view.journal.map(|journal| view! { <Journal journal /> })}
        </Frame>
    }
}

#[component]
fn Journal(journal: JournalReportView) -> impl IntoView {
    let currency = journal.face.currency;
    let caption = format!("Entries and their lines, {}", journal.face.period);
    let shown = format!("{} on this page", counted(journal.entries.len(), "entry", "entries"));
    let is_empty = journal.entries.is_empty();
    let totals = journal.totals.map(|(entries, debit, credit)| {
        let entries = usize::try_from(entries).unwrap_or_default();
        view! {
            <tfoot>
                <tr class="ending">
                    <th scope="row" class="what" colspan="3">
                        {format!("Total of {}", counted(entries, "entry", "entries").to_lowercase())}
                    </th>
                    <td class="num how-much">{format_report(debit, currency)}</td>
                    <td class="num wide">{format_report(credit, currency)}</td>
                </tr>
            </tfoot>
        }
    });
    view! {
        {face(&journal.face)}
        {match is_empty {
            true => {
                view! { <EmptyState title="No entry fits" text="Choose another period, or narrow it less." /> }.into_any()
            }
            false => {
                view! {
                    <LinesPanel>
                        <table class="rows ledger journal-report">
                            <caption class="sr">{caption}</caption>
                            <thead>
                                <tr>
                                    <ColumnHead text="Account" />
                                    <ColumnHead text="Name" class="wide" />
                                    <ColumnHead text="Description" class="wide" />
                                    <ColumnHead text="Debit" class="num" />
                                    <ColumnHead text="Credit" class="num" />
                                </tr>
                            </thead>
                            {journal.entries.into_iter().map(|entry| entry_rows(entry, currency)).collect_view()}
                            {totals}
                        </table>
                    </LinesPanel>
                    <Pagination shown first=journal.pages.first next=journal.pages.next />
                }
                    .into_any()
            }
        }}
        {provenance(journal.face.notes, journal.face.provenance, journal.face.waiting)}
    }
}

fn entry_rows(entry: EntryView, currency: Currency) -> impl IntoView {
    let amount = |amount: i64| format_report(amount, currency);
    view! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup" colspan="5">
                    {entry.date} " " <a href=entry.href>{entry.document}</a>
                    {marks(entry.is_adjusting, entry.is_accrual_only, entry.is_void, None)}
                    <span class="plain-words">
                        {entry.memo.map(|memo| format!("{memo}. "))} {entry.entered}
                    </span>
                </th>
            </tr>
            {entry.lines.into_iter().map(|line| line_row(line, currency)).collect_view()}
            <tr class="totals">
                <th scope="row" class="what" colspan="3"><span class="sr">"Total of the entry"</span></th>
                <td class="num wide">{amount(entry.debit)}</td>
                <td class="num wide">{amount(entry.credit)}</td>
            </tr>
        </tbody>
    }
    .into_any()
}

fn line_row(line: EntryLineView, currency: Currency) -> impl IntoView {
    let side = |amount: i64| (amount > 0).then(|| format_report(amount, currency));
    let words = [
        line.contact.clone(),
        Some(line.description.clone()).filter(|text| !text.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" · ");
    let class = match (line.counts, line.amount < 0) {
        (false, true) => "credit-line uncounted",
        (false, false) => "uncounted",
        (true, true) => "credit-line",
        (true, false) => "",
    };
    view! {
        <tr class=class>
            <th scope="row" class="what">
                <a href=line.href>{line.account}</a>
                {marks(false, false, false, line.since)}
                <span class="sub on-phone-only">{words}</span>
            </th>
            <td class="wide">{line.contact}</td>
            <td class="wide">{line.description}</td>
            <td class="num how-much">{side(line.amount)}</td>
            <td class="num how-much">
                {side(line.amount.saturating_neg()).map(|text| view! { {text} <span class="on-phone-only">" Cr"</span> })}
            </td>
        </tr>
    }
}
