//! Colors with their contrast, type, space.

use leptos::prelude::*;

use crate::view::tokens::{PAIRS, Pair, color_tokens, contrast, hex, shades};

const TYPE: [(&str, &str); 6] = [
    ("as-h1", "Heading 1: 24 px"),
    ("figure", "$48,211.07"),
    ("as-h2", "Heading 2: 16 px"),
    ("as-text", "Text: 14 px, of which pages are made"),
    ("small", "Small: 13 px, beside and below"),
    ("tiny muted", "Tiny: 12 px, heads and badges"),
];
const SPACES: [&str; 7] = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"];

#[component]
pub fn Tokens() -> impl IntoView {
    view! {
        <section id="tokens">
            <h2>"Tokens"</h2>
            <h3>"Colors"</h3>
            <ul class="swatches">{color_tokens().into_iter().map(|token| view! { <Swatch token /> }).collect_view()}</ul>
            <h3>"Contrast"</h3>
            <p class="muted">"Text needs 4.5 to 1, the edge of a control 3 to 1. A test holds every pair to it."</p>
            <div class="contrasts">{PAIRS.map(|pair| view! { <Contrast pair /> }).collect_view()}</div>
            <h3>"Type"</h3>
            <div class="stack tight type-scale">
                {TYPE.map(|(class, words)| view! { <p class=class>{words}</p> }).collect_view()}
                <p class="num-sample">
                    <span class="num">"1,111.11"</span>
                    <span class="num">"8,888.88"</span>
                    <span class="num">"(1,204.50)"</span>
                </p>
            </div>
            <h3>"Space"</h3>
            <ul class="spaces">
                {SPACES.map(|space| view! { <li><span class=format!("space {space}")></span> {space}</li> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Swatch(token: &'static str) -> impl IntoView {
    let values = shades(token).map(|shades| format!("{} · {}", hex(shades.light), hex(shades.dark)));
    view! {
        <li>
            <span class="specimen light"><span class=format!("ground-{token}")></span></span>
            <span class="specimen dark"><span class=format!("ground-{token}")></span></span>
            <b>{token}</b>
            <span class="tiny muted">{values}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Contrast(pair: Pair) -> impl IntoView {
    let ratio = |hundredths: u32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let words = format!("{} on {}", pair.front, pair.ground);
    let class = format!("ground-{} front-{}", pair.ground, pair.front);
    contrast(pair).map(|(light, dark)| {
        view! {
            <div class="contrast">
                {[("light", light), ("dark", dark)]
                    .map(|(theme, hundredths)| {
                        // What only has to be seen at its edge is no ground for words.
                        let sample = match pair.least {
                            450 => view! { <span class=class.clone()>{ratio(hundredths)}</span> }.into_any(),
                            _ => view! { <span class="plainly">{ratio(hundredths)}</span> }.into_any(),
                        };
                        view! { <span class=format!("specimen {theme}")>{sample}</span> }
                    })
                    .collect_view()}
                <span class="small">{words}</span>
            </div>
        }
    })
}
