//! The addresses of the built files that every document links.

/// Addresses under `/pkg`, most with its content's hash (`/pkg/cartefi.css?v=3f9a…`), so that browsers may keep them
/// for a year and still see a new build at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssetUrls {
    /// The style sheet of all pages.
    pub stylesheet: String,
    /// The script that starts the islands.
    pub script: String,
    /// The islands themselves.
    pub wasm: String,
    /// The typeface.
    pub font: String,
    /// The icon in the browser's tab.
    pub icon: String,
    /// The script that loads open pages anew, while `cargo xtask dev` runs.
    pub reload: Option<String>,
}
