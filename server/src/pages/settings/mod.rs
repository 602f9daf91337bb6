//! `/c/{slug}/settings` and the rooms under it.

pub mod company;
pub mod leave;
pub mod members;
pub mod people;
pub mod tax_id;

use app::view::settings::{SettingsNav, SettingsRoom};
use tenancy::{Capability, Cx};

use crate::page::PageRequest;

/// The rooms that the role opens.
fn nav(cx: &Cx, room: SettingsRoom) -> SettingsNav {
    let needed = [
        (SettingsRoom::Company, Capability::ReadBooks),
        (SettingsRoom::People, Capability::People),
        (SettingsRoom::TaxId, Capability::RevealSealed),
    ];
    SettingsNav {
        room,
        rooms: needed
            .into_iter()
            .filter(|(_, capability)| cx.may(*capability))
            .map(|(room, _)| room)
            .collect(),
    }
}

/// What was done a moment ago, as the address that a form led to says: `?done=saved`. When a form was posted to that address
/// since, its answer has something else to say.
fn done(page: &PageRequest, posted_since: bool) -> Option<&str> {
    let (_, query) = page.address.split_once('?')?;
    query.strip_prefix("done=").filter(|_| !posted_since)
}
