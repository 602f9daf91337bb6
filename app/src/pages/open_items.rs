//! Sales and Purchases as they are today: what is open with whom, and the list of customers and vendors.

mod contact;
mod contacts;
mod list;

use leptos::prelude::*;

pub use contact::{ContactPage, ContactPageProps};

use self::contacts::Contacts;
use self::list::Open;
use crate::frame::{Frame, PageHead};
use crate::help;
use crate::view::frame::FrameView;
use crate::view::open_items::{OpenItemsView, Side};

/// The page of a side.
#[component]
pub fn OpenItemsPage(frame: FrameView, view: OpenItemsView) -> impl IntoView {
    let (title, line) = match view.side {
        Side::Sales => (
            "Sales",
            "What customers owe you (accounts receivable), from the opening balances, the journal and imports. \
            Invoices are not here yet.",
        ),
        Side::Purchases => (
            "Purchases",
            "What you owe vendors (accounts payable), from the opening balances, the journal and imports. Bills are \
            not here yet.",
        ),
    };
    let csv = (!view.list.is_empty()).then(|| view.csv.clone());
    view! {
        <Frame view=frame>
            <PageHead title line explain=help::pages::OPEN_ITEMS>
                {csv.map(|href| view! { <a class="btn" href=href download="">"CSV"</a> })}
            </PageHead>
            <div class="stack">
                <Open view=view.clone() />
                <Contacts view />
            </div>
        </Frame>
    }
}
