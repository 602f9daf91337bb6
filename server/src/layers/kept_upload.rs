//! What of a form with a file is kept over a sign-in: what was typed and pasted. A file is not, and its field says so.

use app::forms::FormState;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::HeaderMap;
use identity::KEPT_FORM_BYTES_MAX;
use url::form_urlencoded;

use crate::forms::FORM_FIELDS_MAX;

/// The name under which a kept form says that a file was chosen. The value is the file's field and name, between them a slash.
const FILE_NOT_KEPT: &str = "file_not_kept";
/// Longest file name that comes back, in characters.
const FILE_NAME_CHARS_MAX: usize = 200;

/// The fields of a form with a file, as a form without one is sent. A file is read to its end and let go, so that the browser gets its
/// answer. None where the form breaks off, is longer than `bytes_max`, or has more text than is kept.
pub(super) async fn typed(headers: &HeaderMap, body: Body, bytes_max: usize) -> Option<Vec<u8>> {
    let mut request = Request::new(body);
    headers.clone_into(request.headers_mut());
    // axum's limit would cut a larger file off.
    DefaultBodyLimit::max(bytes_max).apply(&mut request);
    let mut upload = Multipart::from_request(request, &()).await.ok()?;
    let mut kept: Vec<(String, String)> = Vec::new();
    let mut bytes = 0;
    while let Some(field) = upload.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let text = text(field, file_name.is_none()).await?;
        match file_name.map(|file_name| plain(&file_name)) {
            None => {
                bytes += name.len() + text.len();
                kept.push((name, text));
            }
            Some(file_name) if file_name.is_empty() => {}
            Some(file_name) => kept.push((FILE_NOT_KEPT.to_owned(), format!("{name}/{file_name}"))),
        }
        if bytes > KEPT_FORM_BYTES_MAX || kept.len() > FORM_FIELDS_MAX {
            return None;
        }
    }
    let mut form = form_urlencoded::Serializer::new(String::new());
    Some(form.extend_pairs(kept).finish().into_bytes())
}

/// The text of a field; of one that is not kept nothing, read to its end.
async fn text(mut field: Field<'_>, is_kept: bool) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.ok()? {
        if is_kept {
            if bytes.len() + chunk.len() > KEPT_FORM_BYTES_MAX {
                return None;
            }
            bytes.extend_from_slice(&chunk);
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|letter| !letter.is_control());
    letters.take(FILE_NAME_CHARS_MAX).collect()
}

/// The form that comes back with these fields, and the message at the field of each file that is to be chosen again.
pub(super) fn returned(fields: Vec<(String, String)>) -> FormState {
    let (files, fields): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(name, _)| name == FILE_NOT_KEPT);
    let mut form = FormState::posted(fields).returned();
    for (_, file) in files {
        if let Some((field, name)) = file.split_once('/') {
            let message = format!("What you typed is kept over a sign-in, a file is not. Choose “{name}” again.");
            form.refuse(field, message);
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, header};
    use url::form_urlencoded::parse;

    use super::*;

    /// A form with these fields, of which those with a file name are files.
    async fn kept(parts: &[(&str, Option<&str>, &str)], bytes_max: usize) -> Option<Vec<(String, String)>> {
        let mut body = String::new();
        for (name, file, text) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            body += &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n");
        }
        body += "--x--\r\n";
        let kind = HeaderValue::from_static("multipart/form-data; boundary=x");
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, kind)]);
        let typed = typed(&headers, Body::from(body), bytes_max).await?;
        Some(parse(&typed).into_owned().collect())
    }

    #[tokio::test]
    async fn what_was_pasted_is_kept_and_of_a_file_that_it_is_to_be_chosen_again() {
        let parts = [
            ("file", Some("chart.csv"), "Account,Type"),
            ("other", Some(""), ""),
            ("pasted", None, "Rent & co,Expense\r\n"),
        ];
        let form = returned(kept(&parts, 10_000).await.expect("a form"));
        assert!(form.is_returned());
        assert_eq!(form.value("pasted"), "Rent & co,Expense\r\n");
        let at_file = form.error("file").expect("a message");
        assert!(at_file.contains("Choose “chart.csv” again."), "{at_file}");
        assert_eq!(form.errors().len(), 1, "no file was chosen in the other field");
        assert!(form.pairs().all(|(_, value)| !value.contains("Account,Type")));
    }

    #[tokio::test]
    async fn a_long_file_is_let_go_and_a_long_text_or_a_form_that_breaks_off_is_not_kept() {
        let long = "x".repeat(KEPT_FORM_BYTES_MAX + 1);
        let whole = KEPT_FORM_BYTES_MAX * 2;
        assert!(kept(&[("file", Some("a.csv"), &long)], whole).await.is_some());
        assert!(
            kept(&[("file", Some("a.csv"), &long)], KEPT_FORM_BYTES_MAX)
                .await
                .is_none()
        );
        assert!(kept(&[("pasted", None, &long)], whole).await.is_none());
        let half = &long[..KEPT_FORM_BYTES_MAX / 2 + 1];
        assert!(kept(&[("a", None, half), ("b", None, half)], whole).await.is_none());
    }
}
