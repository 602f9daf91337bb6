//! A few amounts side by side, period by period: income and expense.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

use super::{LEFT, RIGHT, Scale, WIDTH, amount_rules};

const BOTTOM: i64 = 180;
const HEIGHT: i64 = BOTTOM + 24;
/// The classes `series-1` to `series-3` have colors.
const COLORS: usize = 3;

/// One kind of amount over all periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name in the key: `Income`.
    pub name: String,
    /// Minor units, one a period.
    pub amounts: Vec<i64>,
}

/// Bars for up to three series. A period with an address is a link to what is behind its bars.
#[component]
pub fn BarChart(
    /// What is drawn, for those who listen and for print.
    #[prop(into)]
    title: String,
    /// The periods' names: `Jan`.
    periods: Vec<String>,
    /// What a period's bars lead to, one a period; none for a chart without links.
    #[prop(optional)]
    hrefs: Vec<String>,
    /// The series, in the order of their colors.
    mut series: Vec<Series>,
    /// Whose minor units.
    currency: Currency,
) -> impl IntoView {
    series.truncate(COLORS);
    let amounts = series.iter().flat_map(|series| series.amounts.iter().copied());
    let scale = Scale::over(amounts, true, currency, BOTTOM);
    let slot = (RIGHT - LEFT) / i64::try_from(periods.len()).unwrap_or(1).max(1);
    view! {
        <figure>
            <ul class="key" aria-hidden="true">
                {series
                    .iter()
                    .enumerate()
                    .map(|(n, series)| {
                        view! {
                            <li>
                                <svg class=format!("swatch series-{}", n + 1) viewBox="0 0 10 10">
                                    <rect width="10" height="10" rx="2" />
                                </svg>
                                {series.name.clone()}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            // Links inside are there for those who listen, too: an image would hide them.
            <svg
                class="chart"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                role=if hrefs.is_empty() { "img" } else { "group" }
                aria-label=title.clone()
            >
                {amount_rules(&scale)} {linked_bars(&scale, &periods, &series, &hrefs, slot, currency)}
                {period_labels(&periods, slot)}
            </svg>
            {figures(title, &periods, &series, currency)}
        </figure>
    }
}

/// The bars period by period, each period's in its link.
fn linked_bars(
    scale: &Scale,
    periods: &[String],
    series: &[Series],
    hrefs: &[String],
    slot: i64,
    currency: Currency,
) -> impl IntoView + use<> {
    (0_i64..)
        .zip(periods)
        .enumerate()
        .map(|(n, (place, period))| {
            let left = LEFT + place * slot;
            let drawn = bars(scale, series, n, left, slot);
            match hrefs.get(n) {
                None => drawn.into_any(),
                Some(href) => {
                    let name = spoken(period, series, n, currency);
                    let shown = name.clone();
                    view! {
                        <a class="period" href=href.clone() aria-label=name>
                            <title>{shown}</title>
                            <rect
                                class="hit"
                                x=left.to_string()
                                y="0"
                                width=slot.to_string()
                                height=HEIGHT.to_string()
                                rx="4"
                            />
                            {drawn}
                        </a>
                    }
                    .into_any()
                }
            }
        })
        .collect_view()
}

/// `Nov: Income 41,000.00, Expense 33,000.00`
fn spoken(period: &str, series: &[Series], n: usize, currency: Currency) -> String {
    let amounts: Vec<String> = series
        .iter()
        .map(|series| {
            let amount = series.amounts.get(n).copied().unwrap_or_default();
            format!("{} {}", series.name, format_report(amount, currency))
        })
        .collect();
    format!("{period}: {}", amounts.join(", "))
}

/// The bars of the n-th period, which begins at `left`.
fn bars(scale: &Scale, series: &[Series], n: usize, left: i64, slot: i64) -> impl IntoView + use<> {
    let count = i64::try_from(series.len()).unwrap_or(1).max(1);
    let width = (slot * 2 / 3 / count).clamp(1, 40);
    let zero = scale.y(0);
    (0_i64..)
        .zip(series)
        .map(|(place, series)| {
            let x = left + (slot - count * (width + 2)) / 2 + place * (width + 2);
            let y = scale.y(series.amounts.get(n).copied().unwrap_or_default());
            view! {
                <rect
                    class=format!("series-{}", place + 1)
                    x=x.to_string()
                    y=y.min(zero).to_string()
                    width=width.to_string()
                    height=(y - zero).abs().to_string()
                    rx="2"
                />
            }
        })
        .collect_view()
}

fn period_labels(periods: &[String], slot: i64) -> impl IntoView + use<> {
    (0_i64..)
        .zip(periods)
        .map(|(n, period)| {
            // On a phone there is room for every other name.
            let class = if n % 2 == 1 { "every-other" } else { "" };
            let x = LEFT + n * slot + slot / 2;
            view! {
                <text class=class x=x.to_string() y=(BOTTOM + 18).to_string() text-anchor="middle">{period.clone()}</text>
            }
        })
        .collect_view()
}

fn figures(title: String, periods: &[String], series: &[Series], currency: Currency) -> impl IntoView + use<> {
    let heads = series
        .iter()
        .map(|series| view! { <th scope="col">{series.name.clone()}</th> })
        .collect_view();
    let rows = periods
        .iter()
        .enumerate()
        .map(|(n, period)| {
            let cells = series
                .iter()
                .map(|series| series.amounts.get(n).copied().unwrap_or_default())
                .map(|amount| view! { <td>{format_report(amount, currency)}</td> })
                .collect_view();
            view! { <tr><th scope="row">{period.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="sr">
            <table>
                <caption>{title}</caption>
                <thead><tr><th scope="col">"Period"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_bar_chart_draws_every_amount_and_says_it_in_a_table() {
        let series = [("Income", vec![3_800_000, 0]), ("Expense", vec![3_300_000, -50_000])]
            .map(|(name, amounts)| Series {
                name: name.to_owned(),
                amounts,
            })
            .to_vec();
        let periods = vec!["Oct".to_owned(), "Nov".to_owned()];
        let html = Owner::new()
            .with(|| view! { <BarChart title="Income and expense" periods series currency=Currency::USD /> }.to_html());
        assert_eq!(
            html.matches("<rect").count(),
            4 + 2,
            "four bars and two swatches: {html}"
        );
        assert!(html.contains("38,000.00") && html.contains("(500.00)"), "{html}");
        assert!(!html.contains("style=") && !html.contains("height=\"-"), "{html}");
    }

    #[test]
    fn a_period_with_an_address_is_a_link_that_says_its_amounts() {
        let series = vec![Series {
            name: "Income".to_owned(),
            amounts: vec![3_800_000],
        }];
        let html = Owner::new().with(|| {
            let (periods, hrefs) = (vec!["Oct".to_owned()], vec!["/pl?from=2026-10-01".to_owned()]);
            view! { <BarChart title="Income" periods hrefs series currency=Currency::USD /> }.to_html()
        });
        assert!(html.contains("href=\"/pl?from=2026-10-01\""), "{html}");
        assert!(html.contains("aria-label=\"Oct: Income 38,000.00\""), "{html}");
        assert!(
            html.contains("role=\"group\"") && !html.contains("role=\"img\""),
            "{html}"
        );
    }
}
