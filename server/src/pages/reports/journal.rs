//! `/c/{slug}/reports/journal?from&to`: the journal report, as a page or as CSV.

use app::pages::reports::{JournalReportPage, JournalReportPageProps};
use app::view::frame::Section;
use app::view::ledger::{EntryLineView, EntryView, JournalReportPageView, JournalReportView, PagesView};
use app::view::report::Waiting;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use books::company::{Company as Books, company_get};
use books::documents::DocumentKind;
use books::reports::{
    JOURNAL_REPORT_COLUMNS, JournalExport, JournalKey, JournalReport, JournalReportFilter, Report, ReportEntry,
    journal_export, report_journal,
};
use ledger::csv::csv_record;
use ledger::dates::{format_date, format_iso};

use super::asked::Days;
use super::figures::numbered;
use super::file::Format;
use super::lines::{Asked, counts, document_address, document_words, face, since_words};
use super::streamed::{self, Parts, Written};
use super::words;
use crate::errors::PageError;
use crate::page::PageRequest;
use crate::pages::accounting::Facts;
use crate::state::AppState;
use crate::visitor::{Company, frame_for};

const TITLE: &str = "Journal report";

/// Lines of one page, after which its last entry ends.
const PAGE_LINES: i64 = 100;

/// What it can be narrowed to.
const KINDS: [DocumentKind; 5] = [
    DocumentKind::JournalEntry,
    DocumentKind::OpeningEntry,
    DocumentKind::Expense,
    DocumentKind::BankDeposit,
    DocumentKind::Transfer,
];

/// `GET /c/{slug}/reports/journal?from&to&kind&by&adjusting&known&since&after&format`
pub async fn show(
    State(state): State<AppState>,
    page: PageRequest,
    company: Company,
    Query(mut query): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let cx = &company.cx;
    let books = company_get(cx).await?;
    let facts = Facts::read(&state, &company).await?;
    let path = format!("/c/{}/reports/journal", facts.slug);
    // It is a report of whole entries: no customer or vendor narrows it.
    query.retain(|(name, _)| name != "contact");
    let asked = Asked::read(cx, path, query, facts.today).await?;
    let after = asked.after::<JournalKey>()?;
    if let Some(days) = asked.days
        && Format::parse(asked.state.value("format")) == Some(Format::Csv)
    {
        return file(&company, &filter(&asked, days)).await;
    }
    let frame = frame_for(&company, Section::Reports).await?;
    let waiting = words::waiting(&facts.slug, frame.count(Section::Banking));
    let journal = match asked.days {
        Some(days) => {
            let report = report_journal(cx, &filter(&asked, days), after, PAGE_LINES).await?;
            Some(shown(&facts, &books, &asked, days, after.is_some(), report, waiting))
        }
        None => None,
    };
    let status = match journal {
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = JournalReportPageView {
        filter: asked.form(),
        kinds: KINDS.map(|kind| (kind.code(), kind.name())).to_vec(),
        journal,
    };
    Ok(page.html_with(status, TITLE, || {
        JournalReportPage(JournalReportPageProps { frame, view })
    }))
}

fn filter(asked: &Asked, days: Days) -> JournalReportFilter {
    JournalReportFilter {
        moment: asked.moment,
        kind: DocumentKind::parse(asked.state.value("kind")),
        adjusting: asked.adjusting,
        shows_since: asked.shows_since(),
        entered_by: asked.has("by").then(|| asked.state.value("by").to_owned()),
        ..JournalReportFilter::over(days.from, days.to)
    }
}

fn shown(
    facts: &Facts,
    books: &Books,
    asked: &Asked,
    days: Days,
    is_later_page: bool,
    report: Report<JournalReport>,
    waiting: Option<Waiting>,
) -> JournalReportView {
    let Report { statement, provenance } = report;
    let filter = filter(asked, days);
    let mut narrowed: Vec<String> = filter.kind.iter().map(|kind| format!("{} only", kind.name())).collect();
    narrowed.extend(filter.entered_by.map(|by| format!("entered by “{by}”")));
    JournalReportView {
        face: face(TITLE, books, days, &provenance, asked.narrowed(&narrowed), waiting),
        entries: statement
            .entries
            .iter()
            .map(|entry| entry_view(facts, asked, days, entry))
            .collect(),
        totals: statement
            .totals
            .map(|totals| (totals.entries, totals.debit, totals.credit)),
        pages: PagesView {
            first: is_later_page.then(|| asked.address(&[], &[])),
            next: statement
                .next
                .map(|key| asked.address(&[], &[("after", &key.to_string())])),
        },
        csv: asked.address(&[], &[("format", Format::Csv.code())]),
    }
}

fn entry_view(facts: &Facts, asked: &Asked, days: Days, entry: &ReportEntry) -> EntryView {
    let lines = entry.lines.iter().map(|line| EntryLineView {
        account: numbered(line.number.as_deref(), &line.account),
        href: asked.register(&facts.slug, line.account_id, days),
        contact: line.contact.clone().or_else(|| entry.contact.clone()),
        description: line.description.clone(),
        since: since_words(line.since),
        counts: counts(line.since),
        amount: line.amount,
    });
    EntryView {
        date: format_date(entry.posted_on),
        document: document_words(entry.kind, entry.number.as_deref()),
        href: document_address(&facts.slug, entry.kind, entry.document_id),
        is_void: entry.voided,
        is_adjusting: entry.adjusting,
        is_accrual_only: entry.accrual_only,
        memo: entry.memo.clone(),
        entered: format!("Entered by {}, {}.", entry.entered_by, facts.moment(entry.entered_at)),
        lines: lines.collect(),
        debit: entry.total_debit,
        credit: entry.total_credit,
    }
}

/// The whole as CSV.
async fn file(company: &Company, filter: &JournalReportFilter) -> Result<Response, PageError> {
    let name = format!(
        "{}-journal-{}-to-{}",
        company.cx.tenant().slug,
        format_iso(filter.from),
        format_iso(filter.to)
    );
    let export = journal_export(&company.cx, filter).await?;
    Ok(Format::Csv.attachment(&name, streamed::body(JournalFile::new(export))))
}

/// A journal's file on its way.
pub(crate) struct JournalFile {
    export: JournalExport,
    written: Written,
}

impl JournalFile {
    /// The file of an export.
    pub(crate) fn new(export: JournalExport) -> Self {
        Self {
            export,
            written: Written::Nothing,
        }
    }
}

impl Parts for JournalFile {
    async fn next_part(&mut self) -> Result<Option<String>, books::Error> {
        let mut text = match self.written {
            Written::Nothing => csv_record(JOURNAL_REPORT_COLUMNS),
            Written::Rows => String::new(),
            Written::All => return Ok(None),
        };
        self.written = Written::Rows;
        let currency = self.export.currency();
        match self.export.next_batch().await? {
            Some(entries) => text.extend(entries.iter().map(|entry| entry.to_csv(currency))),
            None => {
                self.written = Written::All;
                text += &self.export.csv_foot();
            }
        }
        Ok(Some(text))
    }
}
