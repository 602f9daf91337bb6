//! What was posted, read to its end before a handler runs.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use futures::StreamExt;

use crate::errors::PageError;

/// The request with its whole body, where it posts something. Of anything else the body is nobody's and is not read.
///
/// # Errors
/// The body is longer than `bytes_max`, which is said before it is read where its length is known; or it breaks off.
pub async fn whole(request: Request, bytes_max: usize) -> Result<Request, PageError> {
    if request.method() != Method::POST {
        return Ok(request);
    }
    let (parts, body) = request.into_parts();
    let bytes = read(body, bytes_max).await?;
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// In one piece, however it comes: what is kept of many small pieces is many times what was sent.
async fn read(body: Body, bytes_max: usize) -> Result<Vec<u8>, PageError> {
    let too_large = PageError::of(StatusCode::PAYLOAD_TOO_LARGE);
    if body.size_hint().lower() > bytes_max as u64 {
        return Err(too_large);
    }
    let mut bytes = Vec::new();
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| PageError::of(StatusCode::BAD_REQUEST))?;
        if bytes.len() + piece.len() > bytes_max {
            return Err(too_large);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
