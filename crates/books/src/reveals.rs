//! Looking at what is sealed: nobody sees it before it is on record that they did.

use tenancy::{Capability, Cx, Opened, RequestKey, TenantTx, Write};

use crate::Error;

/// The change in which a sealed field is looked at, and which notes that it was. A request key says nothing about what it was
/// used for before, so a repeated one never counts as a look that is on record: it is a change, and a note, of its own.
pub(crate) async fn reveal_change(cx: &Cx, key: &RequestKey) -> Result<TenantTx<Write>, Error> {
    let mut opened = cx.write(Capability::RevealSealed, key).await?;
    if let Opened::Repeated(_) = opened {
        opened = cx.write(Capability::RevealSealed, &RequestKey::fresh()).await?;
    }
    match opened {
        Opened::Change(tx) => Ok(tx),
        Opened::Repeated(_) => Err(tenancy::Error::BadRequestKey.into()),
    }
}
