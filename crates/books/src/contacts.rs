//! Customers and vendors: the people and companies that receivable and payable amounts are with.

use tenancy::{Capability, Cx, RequestKey, TenantTx, Write};

use crate::fields::{accept, required};
use crate::{Error, Problem};

/// Most contacts of a company.
pub const CONTACTS_MAX: i64 = 10_000;
/// Most contacts of one page of the list.
pub const CONTACT_PAGE_MAX: i64 = 200;

const NAME_CHARS_MAX: usize = 200;

/// What a contact is needed as.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ContactKind {
    /// Owes, or could.
    Customer,
    /// Is owed, or could be.
    Vendor,
}

/// A contact as it stands; many are customer and vendor both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Whether it can owe.
    pub customer: bool,
    /// Whether it can be owed.
    pub vendor: bool,
    /// Whether it is offered for new entries.
    pub active: bool,
}

/// A page of the list of contacts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactPage {
    /// The contacts by name.
    pub contacts: Vec<Contact>,
    /// Where the next page begins, when there is one.
    pub next: Option<ContactPosition>,
}

/// The last contact of a page: the next page begins after it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactPosition {
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: i64,
}

/// A contact to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewContact {
    /// Its name, 1 to 200 characters, which no other active contact has in whatever case.
    pub name: String,
    /// Whether it can owe.
    pub customer: bool,
    /// Whether it can be owed.
    pub vendor: bool,
}

/// The contacts whose name begins with `prefix`, in any case, by name; at most 200, from after `after`.
pub async fn contact_list(cx: &Cx, prefix: &str, after: Option<&ContactPosition>) -> Result<ContactPage, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let mut contacts = sqlx::query_as!(
        Contact,
        "select id, name, customer, vendor, active from contact
         where starts_with(lower(name), lower($1)) and ($2::text is null or (lower(name), id) > (lower($2), $3::bigint))
         order by lower(name), id limit $4",
        prefix.trim(),
        after.map(|position| position.name.as_str()),
        after.map(|position| position.id),
        CONTACT_PAGE_MAX + 1
    )
    .fetch_all(&mut *tx)
    .await?;
    let more = contacts.len() as i64 > CONTACT_PAGE_MAX;
    if more {
        contacts.pop();
    }
    let next = contacts.last().filter(|_| more).map(|last| ContactPosition {
        name: last.name.clone(),
        id: last.id,
    });
    Ok(ContactPage { contacts, next })
}

/// One contact by its id.
///
/// # Errors
/// `NotFound`.
pub async fn contact_get(cx: &Cx, id: i64) -> Result<Contact, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let contact = sqlx::query_as!(
        Contact,
        "select id, name, customer, vendor, active from contact where id = $1",
        id
    )
    .fetch_optional(&mut *tx)
    .await?;
    contact.ok_or(Error::NotFound("that customer or vendor"))
}

/// The active contacts by name, for pickers.
pub async fn contact_choices(cx: &Cx) -> Result<Vec<Contact>, Error> {
    let mut tx = cx.read(Capability::ReadBooks).await?;
    let contacts = sqlx::query_as!(
        Contact,
        "select id, name, customer, vendor, active from contact where active order by lower(name), id"
    )
    .fetch_all(&mut *tx)
    .await?;
    Ok(contacts)
}

/// Adds a contact and gives its id.
///
/// # Errors
/// `Invalid` at `name` or `kind`.
pub async fn contact_create(cx: &Cx, new: &NewContact, key: &RequestKey) -> Result<i64, Error> {
    let mut problems = Vec::new();
    let name = required(
        "name",
        &new.name,
        NAME_CHARS_MAX,
        "Enter the customer's or vendor's name.",
        &mut problems,
    );
    if !new.customer && !new.vendor {
        problems.push(Problem::at("kind", "Choose customer, vendor, or both."));
    }
    accept(problems)?;
    let mut tx = change!(cx, Capability::Documents, key);
    let id = insert(&mut tx, &name, new.customer, new.vendor).await?;
    tx.commit(&id).await?;
    Ok(id)
}

/// The active contact of that name in any case, in a change that the caller opened. Added when there is none; one that was
/// only the other of customer and vendor becomes both.
///
/// # Errors
/// `Invalid` at `name`.
pub(crate) async fn find_or_create(tx: &mut TenantTx<Write>, name: &str, kind: ContactKind) -> Result<i64, Error> {
    let mut problems = Vec::new();
    let name = required(
        "name",
        name,
        NAME_CHARS_MAX,
        "Enter the customer's or vendor's name.",
        &mut problems,
    );
    accept(problems)?;
    let (customer, vendor) = (kind == ContactKind::Customer, kind == ContactKind::Vendor);
    let found = sqlx::query!(
        "select id, customer, vendor from contact where active and lower(name) = lower($1)",
        name
    )
    .fetch_optional(&mut **tx)
    .await?;
    let Some(found) = found else {
        return insert(tx, &name, customer, vendor).await;
    };
    if (customer && !found.customer) || (vendor && !found.vendor) {
        sqlx::query!(
            "update contact set customer = customer or $2, vendor = vendor or $3 where id = $1",
            found.id,
            customer,
            vendor
        )
        .execute(&mut **tx)
        .await?;
    }
    Ok(found.id)
}

async fn insert(tx: &mut TenantTx<Write>, name: &str, customer: bool, vendor: bool) -> Result<i64, Error> {
    let id = sqlx::query_scalar!(
        "insert into contact (name, customer, vendor) select $1, $2, $3 where (select count(*) from contact) < $4 returning id",
        name,
        customer,
        vendor,
        CONTACTS_MAX
    )
    .fetch_optional(&mut **tx)
    .await?;
    id.ok_or_else(|| Error::of_form(format!("A company has at most {CONTACTS_MAX} customers and vendors.")))
}
