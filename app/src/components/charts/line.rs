//! One amount over time: cash.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::{LEFT, RIGHT, Scale, WIDTH, amount_rules};

const BOTTOM: i64 = 150;
const HEIGHT: i64 = BOTTOM + 22;

/// An amount at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartPoint {
    /// The moment as people read it: `Sep 1`.
    pub label: String,
    /// Minor units.
    pub amount: i64,
}

/// A line over evenly spaced moments, now marked. What is expected after now is dashed, on a ground of its own.
#[component]
pub fn LineChart(
    /// What is drawn, for those who listen and for print.
    #[prop(into)]
    title: String,
    /// The amounts in order of time; the last one is now.
    points: Vec<ChartPoint>,
    /// The amounts expected after now.
    #[prop(optional)]
    ahead: Vec<ChartPoint>,
    /// What stands on the ground of what is expected: `what is due`.
    #[prop(into, optional)]
    ahead_words: String,
    /// Whose minor units.
    currency: Currency,
) -> impl IntoView {
    let now = points.len().saturating_sub(1);
    let all: Vec<ChartPoint> = points.into_iter().chain(ahead).collect();
    let scale = Scale::over(all.iter().map(|point| point.amount), false, currency, BOTTOM);
    let places: Vec<_> = (0_i64..)
        .zip(&all)
        .map(|(n, point)| (x(n, all.len()), scale.y(point.amount)))
        .collect();
    let (past, expected) = (
        &places[..places.len().min(now + 1)],
        places.get(now..).unwrap_or_default(),
    );
    let line = path_of(past);
    let base = scale.base();
    let area = format!("{LEFT},{base} {line} {},{base}", past.last().map_or(LEFT, |at| at.0));
    let last = past.last().copied();
    view! {
        <figure>
            <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=title.clone()>
                {(expected.len() > 1).then(|| ground(expected[0], &scale, ahead_words.clone()))} {amount_rules(&scale)}
                <polygon class="area" points=area /> <polyline class="stroke" points=line />
                {(expected.len() > 1).then(|| view! { <polyline class="stroke expected" points=path_of(expected) /> })}
                {last
                    .map(|(x, y)| view! { <circle class="now" cx=x.to_string() cy=y.to_string() r="4" /> })}
                {moment_labels(&all, now)}
            </svg>
            {figures(title, all, now, &ahead_words, currency)}
        </figure>
    }
}

/// The ground behind what is expected, with its words between two rules; at the foot where the line begins on top, where they would
/// stand on it.
fn ground((from, begin): (i64, i64), scale: &Scale, words: String) -> impl IntoView + use<> {
    let middle = match begin < BOTTOM / 3 {
        true => BOTTOM - 12,
        false => scale.middle_of_top(),
    };
    view! {
        <rect class="ahead" x=from.to_string() y="0" width=(RIGHT - from).to_string() height=BOTTOM.to_string() />
        <text x=(from + 8).to_string() y=(middle + 4).to_string()>{words}</text>
    }
}

fn figures(
    title: String,
    points: Vec<ChartPoint>,
    now: usize,
    ahead_words: &str,
    currency: Currency,
) -> impl IntoView + use<> {
    let rows = points
        .into_iter()
        .enumerate()
        .map(|(n, point)| {
            let label = if n > now {
                format!("{}, {ahead_words}", point.label)
            } else {
                point.label
            };
            view! { <tr><th scope="row">{label}</th><td>{format_report(point.amount, currency)}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="sr">
            <table>
                <caption>{title}</caption>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// The place of the n-th of so many points.
fn x(n: i64, count: usize) -> i64 {
    let gaps = i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1).max(1);
    LEFT + n * (RIGHT - LEFT) / gaps
}

fn path_of(places: &[(i64, i64)]) -> String {
    let places: Vec<_> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
    places.join(" ")
}

/// The first moment, now or the middle, and the last one: more would run into each other.
fn moment_labels(points: &[ChartPoint], now: usize) -> impl IntoView + use<> {
    let last = points.len().saturating_sub(1);
    let middle = if now < last { now } else { last / 2 };
    let mut shown = vec![(0, "start"), (middle, "middle"), (last, "end")];
    shown.dedup_by_key(|(n, _)| *n);
    let y = (BOTTOM + 18).to_string();
    shown
        .into_iter()
        .filter_map(|(n, anchor)| {
            let label = points.get(n)?.label.clone();
            let x = x(i64::try_from(n).ok()?, points.len()).to_string();
            Some(view! { <text x=x y=y.clone() text-anchor=anchor>{label}</text> })
        })
        .collect_view()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_line_chart_says_its_figures_in_a_table_too() {
        let points = [("Sep 1", 2_200_000), ("Oct 1", 2_700_050), ("Nov 1", -12_000)]
            .map(|(label, amount)| ChartPoint {
                label: label.to_owned(),
                amount,
            })
            .to_vec();
        let html = Owner::new().with(|| view! { <LineChart title="Cash" points currency=Currency::USD /> }.to_html());
        assert!(html.contains("27,000.50") && html.contains("(120.00)"), "{html}");
        assert!(
            html.contains("aria-label=\"Cash\"") && !html.contains("style="),
            "{html}"
        );
    }

    fn point(label: &str, amount: i64) -> ChartPoint {
        ChartPoint {
            label: label.to_owned(),
            amount,
        }
    }

    #[test]
    fn what_is_expected_is_dashed_from_now_on_and_told_apart_in_the_table() {
        let points = vec![point("Nov 15", 900), point("today", 1_000)];
        let ahead = vec![point("Nov 29", 500), point("Dec 6", -25_000)];
        let html = Owner::new().with(|| {
            view! { <LineChart title="Cash" points ahead ahead_words="what is due" currency=Currency::USD /> }.to_html()
        });
        assert_eq!(html.matches("<polyline").count(), 2, "{html}");
        assert!(
            html.contains("stroke expected") && html.contains("class=\"ahead\""),
            "{html}"
        );
        assert!(
            html.contains("Dec 6, what is due") && html.contains("(250.00)"),
            "{html}"
        );
        assert!(
            html.contains(">today<") && !html.contains("today, what is due"),
            "{html}"
        );
    }

    #[test]
    fn a_chart_of_nothing_or_of_one_point_is_drawn_all_the_same() {
        for points in [
            vec![],
            vec![ChartPoint {
                label: "Nov 1".to_owned(),
                amount: 5,
            }],
        ] {
            let html =
                Owner::new().with(|| view! { <LineChart title="Cash" points currency=Currency::USD /> }.to_html());
            assert!(html.contains("<svg"), "{html}");
        }
    }
}
