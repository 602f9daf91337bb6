//! `/c/{slug}/banking/import`: a statement file is taken in and kept for its preview.

use app::forms::FormState;
use app::pages::banking::upload::{UploadPage, UploadPageProps};
use app::view::banking::import::{FILE, UploadView};
use app::view::frame::Section;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::response::Response;
use books::Error;
use books::statements::statement_stage;
use feeds::STATEMENT_BYTES_MAX;

use super::path;
use crate::errors::PageError;
use crate::forms::{Reply, request_key, taken};
use crate::page::PageRequest;
use crate::refusals::NotRecorded;
use crate::visitor::{Company, frame_for};

pub(super) const TITLE: &str = "Import a statement";
/// The most bytes of a field beside the file.
const FIELD_BYTES_MAX: u64 = 1_000;

/// A file as it arrived.
pub(crate) enum Arrived {
    Whole { name: String, bytes: Vec<u8> },
    TooLarge,
}

/// `GET /c/{slug}/banking/import`
pub async fn show(page: PageRequest, company: Company) -> Result<Response, PageError> {
    upload_page(&page, &company, page.form(FormState::fresh)).await
}

/// `POST /c/{slug}/banking/import`: a file that can be read leads to its preview.
pub async fn posted(page: PageRequest, company: Company, upload: Multipart) -> Result<Response, PageError> {
    let (mut form, file) = taken_in(upload).await?;
    match staged(&company, &form, file).await {
        Ok(id) => Ok(Reply::ToPerson.done(&format!("{}/import/{id}", path(&company)))),
        Err(refusal) => {
            form.refuse_all(refusal.at_fields()?);
            upload_page(&page, &company, form).await
        }
    }
}

async fn staged(company: &Company, form: &FormState, file: Option<Arrived>) -> Result<i64, NotRecorded> {
    let (name, bytes) = match file {
        Some(Arrived::Whole { name, bytes }) => (name, bytes),
        Some(Arrived::TooLarge) => {
            let message = format!(
                "The file is larger than {} MB, and nothing of it was read. Download a shorter period from the bank: files may \
                 overlap.",
                STATEMENT_BYTES_MAX / (1024 * 1024)
            );
            return Err(Error::at(FILE, message).into());
        }
        None => return Err(Error::at(FILE, "Choose the file that you downloaded from the bank.").into()),
    };
    Ok(statement_stage(&company.cx, &name, bytes, &request_key(form)?).await?)
}

/// The form's fields and its file. Of a file beyond the limit nothing is kept.
pub(crate) async fn taken_in(mut upload: Multipart) -> Result<(FormState, Option<Arrived>), PageError> {
    let mut pairs = Vec::new();
    let mut file = None;
    while let Some(field) = upload.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        match file_name {
            Some(name) if name.is_empty() => {}
            Some(name) => file = Some(arrived(name, field).await?),
            None => {
                if let Some(bytes) = bytes_of(field, FIELD_BYTES_MAX).await? {
                    pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
                }
            }
        }
    }
    Ok((taken(pairs)?, file))
}

async fn arrived(name: String, field: Field<'_>) -> Result<Arrived, PageError> {
    let bytes = bytes_of(field, STATEMENT_BYTES_MAX).await?;
    Ok(bytes.map_or(Arrived::TooLarge, |bytes| Arrived::Whole { name, bytes }))
}

/// All bytes of a field; none where there are more than `bytes_max`.
async fn bytes_of(mut field: Field<'_>, bytes_max: u64) -> Result<Option<Vec<u8>>, PageError> {
    let mut bytes = Some(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes = bytes
            .filter(|kept| (kept.len() + chunk.len()) as u64 <= bytes_max)
            .map(|mut kept| {
                kept.extend_from_slice(&chunk);
                kept
            });
    }
    Ok(bytes)
}

fn broken(error: MultipartError) -> PageError {
    PageError::of(error.status())
}

/// The upload form; refused when it has messages.
pub(super) async fn upload_page(page: &PageRequest, company: &Company, form: FormState) -> Result<Response, PageError> {
    let frame = frame_for(company, Section::Banking).await?;
    let view = UploadView {
        slug: company.cx.tenant().slug.clone(),
        form: form.clone(),
    };
    let shown = || UploadPage(UploadPageProps { frame, view });
    if form.is_refused() && !form.is_returned() {
        Ok(Reply::ToPerson.refused(page, TITLE, &form, shown))
    } else {
        Ok(page.html(TITLE, shown))
    }
}
