//! Charts drawn by the server as SVG, shaped by attributes and colored by classes, each with a table for those who
//! listen. Figures are minor units; positions are whole units of the drawing, so no figure meets a floating point.

mod bar;
mod line;
mod scale;

pub use bar::{BarChart, Series};
pub use line::{ChartPoint, LineChart};

use leptos::prelude::*;
use scale::Scale;

/// The drawing's width; it scales to its panel.
const WIDTH: i64 = 648;
/// Room for the labels of the amounts.
const LEFT: i64 = 46;
const RIGHT: i64 = WIDTH - 8;
/// Where the highest amount lies.
const TOP: i64 = 12;

/// A horizontal rule and its amount for each step of the scale.
fn amount_rules(scale: &Scale) -> impl IntoView + use<> {
    scale
        .steps()
        .map(|step| {
            let y = scale.y(step);
            let class = if step == 0 { "zero" } else { "axis" };
            view! {
                <line class=class x1=LEFT.to_string() x2=RIGHT.to_string() y1=y.to_string() y2=y.to_string() />
                <text x=(LEFT - 8).to_string() y=(y + 4).to_string() text-anchor="end">{scale.label(step)}</text>
            }
        })
        .collect_view()
}
