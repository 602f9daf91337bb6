//! The HTML document around every page: head, style sheet, and the islands' script where there is an island.

use std::sync::Arc;

use hydration_context::SsrSharedContext;
use leptos::prelude::*;

use crate::assets::AssetUrls;
use crate::theme::Theme;

/// What a document says of itself.
#[derive(Clone, Debug)]
pub struct Document {
    /// The page's own title; the product's name follows it.
    pub title: String,
    /// The nonce of this answer's Content-Security-Policy.
    pub nonce: String,
    /// The person's choice of colors.
    pub theme: Theme,
    /// Where style sheet, script and typeface are.
    pub assets: Arc<AssetUrls>,
}

impl Document {
    /// Renders the page into a whole document. Rendering is synchronous: whatever a page shows was read before, by its
    /// handler, and is in the view it is given.
    pub fn render<V: IntoView>(&self, page: impl FnOnce() -> V) -> String {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| {
            let body = page().into_view().to_html();
            // The wasm and its script are loaded only where an island waits for them.
            let has_island = body.contains("<leptos-island");
            format!("<!DOCTYPE html>{}", self.html(body, has_island).into_view().to_html())
        });
        owner.unset_with_forced_cleanup();
        html
    }

    fn html(&self, body: String, has_island: bool) -> impl IntoView + use<> {
        let assets = Arc::clone(&self.assets);
        let title = format!("{} · CarteFi", self.title);
        let nonce = self.nonce.clone();
        view! {
            <html lang="en-US" data-theme=self.theme.attribute()>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="format-detection" content="telephone=no" />
                    <title>{title}</title>
                    <link rel="icon" href=assets.icon.clone() type="image/svg+xml" />
                    <link rel="preload" href=assets.font.clone() r#as="font" r#type="font/woff2" crossorigin="anonymous" />
                    <link rel="stylesheet" href=assets.stylesheet.clone() />
                    {has_island.then(|| hydration_tags(&assets, nonce.clone()))}
                    {assets
                        .reload
                        .clone()
                        .map(|address| view! { <script type="module" src=address nonce=nonce></script> })}
                </head>
                <body inner_html=body></body>
            </html>
        }
    }
}

/// Our own tags instead of Leptos' `HydrationScripts`, which writes the nonce into `crossorigin` of the preload, so that
/// the browser fetches the wasm twice and prints the nonce where scripts can read it.
fn hydration_tags(assets: &AssetUrls, nonce: String) -> impl IntoView + use<> {
    let start = include_str!("start_islands.js")
        .replace("{script}", &assets.script)
        .replace("{wasm}", &assets.wasm);
    view! {
        <link rel="modulepreload" href=assets.script.clone() nonce=nonce.clone() />
        <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous" />
        <script type="module" nonce=nonce>{start}</script>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        Document {
            title: "Profit & loss".to_owned(),
            nonce: "n0nce".to_owned(),
            theme: Theme::Dark,
            assets: Arc::new(AssetUrls {
                stylesheet: "/pkg/cartefi.css?v=1".to_owned(),
                script: "/pkg/cartefi.js?v=2".to_owned(),
                wasm: "/pkg/cartefi_bg.wasm?v=3".to_owned(),
                font: "/pkg/inter.woff2".to_owned(),
                icon: "/icon.svg".to_owned(),
                reload: None,
            }),
        }
    }

    #[island]
    fn Bell() -> impl IntoView {
        view! { <button>"Ring"</button> }
    }

    #[test]
    fn a_page_without_an_island_loads_no_script() {
        let html = document().render(|| view! { <p>"Paid & filed"</p> });
        assert!(
            html.starts_with("<!DOCTYPE html><html lang=\"en-US\" data-theme=\"dark\">"),
            "{html}"
        );
        assert!(html.contains("<title>Profit &amp; loss · CarteFi</title>"), "{html}");
        assert!(html.contains("<p>Paid &amp; filed</p>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("wasm"), "{html}");
    }

    #[test]
    fn a_page_with_an_island_starts_it_under_the_nonce_alone() {
        let html = document().render(|| view! { <Bell /> });
        assert!(html.contains(r#"<script type="module" nonce="n0nce">"#), "{html}");
        assert!(
            html.contains(r#"import("/pkg/cartefi.js?v=2")"#) || html.contains(r#"from "/pkg/cartefi.js?v=2""#),
            "{html}"
        );
        assert!(
            html.contains(
                r#"href="/pkg/cartefi_bg.wasm?v=3" as="fetch" type="application/wasm" crossorigin="anonymous""#
            ),
            "{html}"
        );
        assert!(!html.contains(r#"crossorigin="n0nce""#), "{html}");
    }
}
