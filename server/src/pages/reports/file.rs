//! A report as a file.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The kinds of file that a statement can be had as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets, with cells guarded against being run as formulas.
    Csv,
    /// Aligned columns.
    Text,
    /// As the command line prints it.
    Json,
}

impl Format {
    /// All of them, in the order of the page's buttons.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Text, Self::Json];

    /// The value of `format` in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Text => "text",
            Self::Json => "json",
        }
    }

    /// The word on its button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Text => "Text",
            Self::Json => "JSON",
        }
    }

    /// The format of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }

    const fn file_ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Csv | Self::Json => self.code(),
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Text => "text/plain; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// The answer that a browser saves under `name` and this format's ending.
    pub fn attachment(self, name: &str, body: impl Into<Body>) -> Response {
        let disposition = format!("attachment; filename=\"{name}.{}\"", self.file_ending());
        let headers = [
            (header::CONTENT_TYPE, self.content_type().to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        (headers, body.into()).into_response()
    }
}
