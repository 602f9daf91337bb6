//! Addresses with a NUL in them. No text of the books holds one, as PostgreSQL takes none: whoever sends one looks for a fault.

use axum::extract::Request;
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::errors::PageError;

/// Refuses a request whose path or query holds a NUL. Forms are looked at where they are [taken](crate::forms::taken).
pub async fn refuse_nul(request: Request, next: Next) -> Response {
    if holds_nul(request.uri()) {
        return PageError::of(StatusCode::BAD_REQUEST).into_response();
    }
    next.run(request).await
}

/// An address holds a NUL in this one spelling: it cannot hold it as it is, and 00 is not written otherwise.
fn holds_nul(address: &Uri) -> bool {
    address
        .path_and_query()
        .is_some_and(|address| address.as_str().contains("%00"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_found_in_the_path_and_in_the_query_and_a_percent_sign_is_none() {
        for (address, expected) in [
            ("/c/juniper%00/audit", true),
            ("/c/juniper/sales?name=a%00", true),
            ("/c/juniper/sales?na%00me=a", true),
            ("/c/juniper/sales?name=%2500", false),
            ("/c/juniper/sales?name=100%25&page=00", false),
        ] {
            assert_eq!(holds_nul(&Uri::from_static(address)), expected, "{address}");
        }
    }
}
