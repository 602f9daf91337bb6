//! What was posted, read to its end before a handler runs.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use futures::StreamExt;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::errors::PageError;
use crate::routes::Limits;

/// Large bodies in memory at a time; further ones wait, within their route's time. Sixteen of 64 MB are what a small server has.
const LARGE_BODIES_MAX: usize = 16;
static LARGE_BODIES: Semaphore = Semaphore::const_new(LARGE_BODIES_MAX);

/// A large body's place in memory.
pub type Place = SemaphorePermit<'static>;

/// Waits for a place where bodies of this size may come; forms need none.
pub async fn place(bytes_max: usize) -> Option<Place> {
    if bytes_max <= Limits::FORM.body_bytes {
        return None;
    }
    // The semaphore is never closed.
    LARGE_BODIES.acquire().await.ok()
}

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
///
/// # Errors
/// As [`whole`].
pub async fn read(body: Body, bytes_max: usize) -> Result<Vec<u8>, PageError> {
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

#[cfg(test)]
pub(super) mod tests {
    use std::time::Duration;

    use tokio::sync::{Mutex, MutexGuard};
    use tokio::time::timeout;

    use super::*;

    /// One test at a time takes all the places.
    static CROWD: Mutex<()> = Mutex::const_new(());

    /// Every place taken, until it is given up; and the turn of the test that took them.
    pub(in crate::layers) async fn crowd() -> (Vec<Place>, MutexGuard<'static, ()>) {
        let turn = CROWD.lock().await;
        let mut places = Vec::new();
        for _ in 0..LARGE_BODIES_MAX {
            places.extend(place(Limits::UPLOAD.body_bytes).await);
        }
        (places, turn)
    }

    #[tokio::test]
    async fn large_bodies_wait_for_each_other_and_forms_do_not() {
        let (mut places, _turn) = crowd().await;
        let soon = Duration::from_millis(50);
        assert!(timeout(soon, place(Limits::UPLOAD.body_bytes)).await.is_err());
        assert!(place(Limits::FORM.body_bytes).await.is_none());
        places.pop();
        assert!(timeout(soon, place(Limits::UPLOAD.body_bytes)).await.is_ok());
    }
}
