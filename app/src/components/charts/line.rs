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

/// A line over evenly spaced moments, the last one marked.
#[component]
pub fn LineChart(
    /// What is drawn, for those who listen and for print.
    #[prop(into)]
    title: String,
    /// The amounts in order of time.
    points: Vec<ChartPoint>,
    /// Whose minor units.
    currency: Currency,
) -> impl IntoView {
    let scale = Scale::over(points.iter().map(|point| point.amount), false, currency, BOTTOM);
    let places: Vec<_> = (0_i64..)
        .zip(&points)
        .map(|(n, point)| (x(n, points.len()), scale.y(point.amount)))
        .collect();
    let line = path_of(&places);
    let base = scale.base();
    let area = format!("{LEFT},{base} {line} {},{base}", places.last().map_or(LEFT, |at| at.0));
    let last = places.last().copied();
    view! {
        <figure>
            <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=title.clone()>
                {amount_rules(&scale)}
                <polygon class="area" points=area />
                <polyline class="stroke" points=line />
                {last
                    .map(|(x, y)| view! { <circle class="now" cx=x.to_string() cy=y.to_string() r="4" /> })}
                {moment_labels(&points)}
            </svg>
            <div class="sr">
                <table>
                    <caption>{title}</caption>
                    <tbody>
                        {points
                            .into_iter()
                            .map(|point| {
                                view! {
                                    <tr>
                                        <th scope="row">{point.label}</th>
                                        <td>{format_report(point.amount, currency)}</td>
                                    </tr>
                                }
                            })
                            .collect_view()}
                    </tbody>
                </table>
            </div>
        </figure>
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

/// The first, the middle and the last moment: more would run into each other.
fn moment_labels(points: &[ChartPoint]) -> impl IntoView + use<> {
    let last = points.len().saturating_sub(1);
    let mut shown = vec![(0, "start"), (last / 2, "middle"), (last, "end")];
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
