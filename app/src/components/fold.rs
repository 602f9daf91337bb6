//! What opens on demand: an arrow beside its words says so, with JavaScript or without.

use leptos::prelude::*;

use crate::forms::FormState;

/// The arrow of what opens. It turns once it is open.
#[component]
pub fn Caret() -> impl IntoView {
    view! {
        <svg class="caret" viewBox="0 0 12 12" aria-hidden="true">
            <path d="m2.5 4.5 3.5 3.5 3.5-3.5" />
        </svg>
    }
}

/// The words that are pressed to open the rest of a `<details class="disclosure">`.
#[component]
pub fn FoldHead(#[prop(into)] text: String) -> impl IntoView {
    view! { <summary class="small">{text} <Caret /></summary> }
}

/// On a phone the filters of a list stand behind this, so that the list is in sight; it opens the `filter-form` right after it. It is open
/// from the start where a filter is set or could not be read.
#[component]
pub fn FilterFold(
    /// What is typed into the filters.
    filter: FormState,
) -> impl IntoView {
    let is_open = filter.is_refused() || filter.pairs().any(|(_, value)| !value.is_empty());
    view! {
        <details class="disclosure filter-fold" open=is_open>
            <FoldHead text="Filter" />
        </details>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn html(filter: FormState) -> String {
        Owner::new().with(|| view! { <FilterFold filter /> }.to_html())
    }

    #[test]
    fn filters_that_are_set_or_refused_are_in_sight() {
        assert!(!html(FormState::fresh().with("text", "")).contains("open"));
        assert!(html(FormState::fresh().with("text", "rent")).contains("<details open"));
        let mut refused = FormState::fresh();
        refused.refuse("from", "February 2026 has only 28 days.");
        assert!(html(refused).contains("<details open"));
    }
}
