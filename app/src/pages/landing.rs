//! The first page for those who are not signed in.

use leptos::prelude::*;

use crate::frame::PlainFrame;
use crate::theme::Theme;

/// What CarteFi is, and the way in.
#[component]
pub fn LandingPage(theme: Theme) -> impl IntoView {
    view! {
        <PlainFrame theme address="/">
            <section class="hero">
                <h1>"Books that add up, and show how"</h1>
                <p>
                    "CarteFi keeps the books of a small business: bank statements become coded lines, the lines become a "
                    "balanced ledger, and every figure of a report opens the entries behind it."
                </p>
                <div class="row">
                    <a class="btn primary lg" href="/login">"Sign in"</a>
                    <span class="muted">"New here? Sign in first, then create your company."</span>
                </div>
            </section>
            <section class="promises" aria-label="What it does">
                <div>
                    <h2>"From the bank’s own file"</h2>
                    <p>
                        "Import an OFX, QFX or QBO statement. The same file twice adds nothing, and an import can be undone "
                        "whole."
                    </p>
                </div>
                <div>
                    <h2>"Statements an accountant reads"</h2>
                    <p>
                        "Trial balance, profit and loss and balance sheet on the accrual basis, at any date, "
                        "with the entries behind each figure one click away."
                    </p>
                </div>
                <div>
                    <h2>"A history nobody can edit"</h2>
                    <p>
                        "Who changed what and when, before and after, in a chain that is checked against the books. "
                        "Nothing is erased: an entry is corrected or voided, and both stay."
                    </p>
                </div>
                <div>
                    <h2>"One company, one vault"</h2>
                    <p>
                        "Each company’s books live in a database schema of their own, which the database itself closes to every "
                        "other. Tax ids and account numbers are sealed."
                    </p>
                </div>
            </section>
        </PlainFrame>
    }
}
