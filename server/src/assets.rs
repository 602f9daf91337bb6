//! The built files: their addresses for documents, and the files themselves.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use app::assets::AssetUrls;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use tower_http::services::ServeDir;

/// Reads the manifest of the last build: a flat map from file name to content hash.
///
/// # Errors
/// There is no build, or one without the files that every page needs.
pub fn read(site: &Path) -> Result<AssetUrls> {
    let path = site.join("pkg/manifest.json");
    let json = std::fs::read(&path).with_context(|| {
        format!(
            "{} is missing: run `cargo xtask build`, or set CARTEFI_SITE",
            path.display()
        )
    })?;
    let hashes: BTreeMap<String, String> =
        serde_json::from_slice(&json).with_context(|| format!("{} cannot be read", path.display()))?;
    let address = |file: &str| {
        let hash = hashes
            .get(file)
            .with_context(|| format!("{} does not list {file}", path.display()))?;
        anyhow::Ok(format!("/pkg/{file}?v={hash}"))
    };
    Ok(AssetUrls {
        stylesheet: address("cartefi.css")?,
        script: address("cartefi.js")?,
        wasm: address("cartefi_bg.wasm")?,
        // The style sheet asks for it by this address, and one that differs would be fetched beside it.
        font: "/pkg/inter-latin-wght-normal.woff2".to_owned(),
        icon: "/icon.svg".to_owned(),
        reload: site.join("reload.js").exists().then(|| "/reload.js".to_owned()),
    })
}

/// Serves the folder: `/pkg/…` and what came from `public/`. Compressed copies made by the build go first.
pub fn files<S: Clone + Send + Sync + 'static>(site: &Path) -> Router<S> {
    let folder = ServeDir::new(site)
        .append_index_html_on_directories(false)
        .precompressed_br();
    Router::new().fallback_service(folder).layer(from_fn(keep))
}

/// An address with a hash names one content for good; any other is asked for again once an hour.
async fn keep(request: Request, next: Next) -> Response {
    let is_hashed = request.uri().query().is_some_and(|query| query.starts_with("v="));
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let keep = if is_hashed {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        };
        response
            .headers_mut()
            .insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    }
    response
}
