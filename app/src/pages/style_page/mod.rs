//! The living style page: every component in every state, rendered by the component itself. It is there in development alone.
//!
//! A component that is missing fails the test below.

mod controls;
mod lists;
mod tokens;
mod words;

use leptos::prelude::*;

use self::controls::Controls;
use self::lists::Lists;
use self::tokens::Tokens;
use self::words::Words;
use crate::frame::{Frame, PageHead};
use crate::view::frame::FrameView;

/// The page, in the frame that it shows too.
#[component]
pub fn StylePage(frame: FrameView) -> impl IntoView {
    view! {
        <Frame view=frame>
            <PageHead
                title="Style"
                line="Every component in every state, light and dark. The frame around this page is the frame; on a phone, lists are cards."
                explain=crate::help::pages::HOME
            >
                <a class="btn quiet" href="#lists">"A quiet button"</a>
                <a class="btn primary" href="#controls">"The page’s own"</a>
            </PageHead>
            <div class="styles">
                <Tokens />
                <Controls />
                <Lists />
                <Words />
            </div>
        </Frame>
    }
}

/// The same things in light and in dark, side by side where there is room. `draw` is told which, for names that must differ.
#[component]
fn Both<V: IntoView + 'static>(
    #[prop(into)] title: String,
    /// One below the other: what needs the page's whole width.
    #[prop(optional)]
    whole_width: bool,
    draw: impl Fn(&'static str) -> V,
) -> impl IntoView {
    view! {
        <section class="specimen-pair">
            <h3>{title}</h3>
            <div class=if whole_width { "specimens whole-width" } else { "specimens" }>
                <div class="specimen light">{draw("light")}</div>
                <div class="specimen dark">{draw("dark")}</div>
            </div>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    fn sources(folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("a folder of sources");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        paths
            .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
            .collect()
    }

    fn text(folder: &str) -> String {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let files = sources(&folder).into_iter();
        files
            .map(|file| std::fs::read_to_string(file).expect("a source"))
            .collect()
    }

    #[test]
    fn every_component_stands_on_the_style_page() {
        let components = text("src/components");
        // A part of a component that is shown is shown.
        let shown = text("src/pages/style_page") + include_str!("../../frame.rs") + &components;
        let names: Vec<&str> = components
            .split("#[component]\npub fn ")
            .skip(1)
            .chain(components.split("#[island]\npub fn ").skip(1))
            .filter_map(|rest| rest.split(['(', '<']).next())
            .collect();
        assert!(names.len() > 20, "the sources are read: {names:?}");
        let missing: Vec<_> = names
            .into_iter()
            .filter(|name| {
                let tag = format!("<{name}");
                !shown
                    .match_indices(&tag)
                    .any(|(at, _)| !shown[at + tag.len()..].starts_with(char::is_alphanumeric))
            })
            .collect();
        assert!(missing.is_empty(), "not on the style page: {missing:?}");
    }
}
