//! A list as CSV: what it shows, all of its pages, sent as it is read.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tenancy::{Cx, Download, Totals};

use crate::errors::PageError;
use crate::pages::reports::{Parts, streamed_body};

/// Most rows of a file.
pub(in crate::pages) const CSV_ROWS_MAX: u32 = 250_000;
/// Rows that are read at a time, each time in a transaction of its own: a slow line holds none open.
pub(in crate::pages) const CHUNK: u16 = 1_000;

/// The rows of a file, some at a time.
pub(in crate::pages) trait Rows: Send + 'static {
    /// The next rows as text; none after the last.
    fn next_rows(&mut self) -> impl Future<Output = Result<Option<String>, PageError>> + Send;
}

/// Refuses what would be a longer file than any.
pub(in crate::pages) fn bounded(totals: Totals) -> Result<(), PageError> {
    match totals.more {
        false => Ok(()),
        true => Err(PageError::in_words(
            StatusCode::UNPROCESSABLE_ENTITY,
            "too_many_rows",
            "That is more than one file takes",
            "A file takes up to 250,000 rows. Choose a shorter period, and take the rest as another file.",
        )),
    }
}

/// The file `name.csv`: its head, then the rows, once it is the company's turn: one file at a time, as with reports. The first rows are
/// read before anything is sent: an error is still a page then.
pub(in crate::pages) async fn answer(
    cx: &Cx,
    name: &str,
    head: String,
    mut rows: impl Rows,
) -> Result<Response, PageError> {
    let leave = cx.download().await?;
    let first = rows.next_rows().await?.unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.csv\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let beginning = Some(head + &first);
    Ok((
        headers,
        streamed_body(Begun {
            beginning,
            rows,
            _leave: leave,
        }),
    )
        .into_response())
}

/// A file of which the beginning is read.
struct Begun<R> {
    beginning: Option<String>,
    rows: R,
    _leave: Download,
}

impl<R: Rows> Parts for Begun<R> {
    async fn next_part(&mut self) -> Result<Option<String>, books::Error> {
        if let Some(beginning) = self.beginning.take() {
            return Ok(Some(beginning));
        }
        // Why it could not be is in the log already.
        let rows = self.rows.next_rows().await;
        rows.map_err(|_| books::Error::of_form("the list could not be read on"))
    }
}
