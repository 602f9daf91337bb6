//! Money as a report writes it.

use ledger::money::{Currency, format_report};
use leptos::prelude::*;

/// An amount in report format: thousands separated, negatives in parentheses, one width a digit.
#[component]
pub fn Money(
    /// Minor units.
    amount: i64,
    /// Whose minor units.
    currency: Currency,
    /// Where the lines behind the figure are.
    #[prop(into, optional)]
    href: Option<String>,
) -> impl IntoView {
    let text = format_report(amount, currency);
    match href {
        Some(href) => view! { <a class="num" href=href>{text}</a> }.into_any(),
        None => view! { <span class="num">{text}</span> }.into_any(),
    }
}
