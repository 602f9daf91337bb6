//! The customers and vendors that a file names: those there are, and those to be created.

use std::collections::HashMap;

use ledger::accounts::AccountType;
use sqlx::PgConnection;
use tenancy::{TenantTx, Write};

use super::preview::MadeContact;
use crate::Error;
use crate::contacts::CONTACTS_MAX;

/// The contacts that a file names. A new one has a negative id until it is written.
pub(super) struct Contacts {
    /// How many contacts the company has, of whatever name.
    count: i64,
    named: Vec<Named>,
    by_name: HashMap<String, usize>,
}

struct Named {
    /// None for one that is to be created.
    id: Option<i64>,
    name: String,
    before: Needed,
    needed: Needed,
}

/// What a contact is needed as, or is.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
struct Needed {
    customer: bool,
    vendor: bool,
    /// Whether a line of it that is neither receivable nor payable is income.
    income: bool,
}

impl Contacts {
    /// Reads the active contacts of these names, in any case.
    pub(super) async fn load(connection: &mut PgConnection, names: &[String]) -> Result<Self, Error> {
        let count = sqlx::query_scalar!(r#"select count(*) as "n!" from contact"#)
            .fetch_one(&mut *connection)
            .await?;
        let rows = sqlx::query!(
            "select id, name, customer, vendor from contact where active and lower(name) in (select lower(u.name) from unnest($1::text[]) as u (name))",
            names
        )
        .fetch_all(connection)
        .await?;
        let mut contacts = Self {
            count,
            named: Vec::new(),
            by_name: HashMap::new(),
        };
        for row in rows {
            let before = Needed {
                customer: row.customer,
                vendor: row.vendor,
                income: false,
            };
            contacts.push(Named {
                id: Some(row.id),
                name: row.name,
                before,
                needed: before,
            });
        }
        Ok(contacts)
    }

    /// The contact of the books of that name; none is added.
    pub(super) fn peek(&self, name: &str) -> Option<i64> {
        self.named[*self.by_name.get(&name.to_lowercase())?].id
    }

    /// The contacts that will be made, in the order in which the file names them.
    pub(super) fn to_be_made(&self) -> impl Iterator<Item = MadeContact> {
        self.new_ones().map(|(_, named)| {
            let kind = named.needed.decided();
            MadeContact {
                name: named.name.clone(),
                customer: kind.customer,
                vendor: kind.vendor,
            }
        })
    }

    fn new_ones(&self) -> impl Iterator<Item = (usize, &Named)> {
        self.named.iter().enumerate().filter(|(_, named)| named.id.is_none())
    }

    fn push(&mut self, named: Named) -> usize {
        self.by_name.insert(named.name.to_lowercase(), self.named.len());
        self.named.push(named);
        self.named.len() - 1
    }

    /// The contact of that name for a line on an account of that type.
    pub(super) fn resolve(&mut self, name: &str, account_type: AccountType) -> Result<i64, String> {
        let place = match self.by_name.get(&name.to_lowercase()) {
            Some(place) => *place,
            None => {
                if self.count >= CONTACTS_MAX {
                    return Err(format!(
                        "A company has at most {CONTACTS_MAX} customers and vendors, and “{name}” would be one more."
                    ));
                }
                self.count += 1;
                self.push(Named {
                    id: None,
                    name: name.to_owned(),
                    before: Needed::default(),
                    needed: Needed::default(),
                })
            }
        };
        let named = &mut self.named[place];
        match account_type {
            AccountType::AccountsReceivable => named.needed.customer = true,
            AccountType::AccountsPayable => named.needed.vendor = true,
            AccountType::Income | AccountType::OtherIncome => named.needed.income = true,
            _ => {}
        }
        Ok(named.id.unwrap_or(provisional(place)))
    }

    /// Writes the new contacts, makes customers and vendors of those that were only the other, and gives the id of each
    /// provisional one.
    pub(super) async fn write(&self, tx: &mut TenantTx<Write>) -> Result<HashMap<i64, i64>, Error> {
        let widened = self.named.iter().filter_map(|named| {
            let wider = (named.needed.customer, named.needed.vendor) != (named.before.customer, named.before.vendor);
            named.id.filter(|_| wider).map(|id| (id, named.needed))
        });
        let (ids, needed): (Vec<i64>, Vec<Needed>) = widened.unzip();
        if !ids.is_empty() {
            let customer: Vec<bool> = needed.iter().map(|needed| needed.customer).collect();
            let vendor: Vec<bool> = needed.iter().map(|needed| needed.vendor).collect();
            sqlx::query!(
                "update contact c set customer = u.customer, vendor = u.vendor
                 from unnest($1::bigint[], $2::bool[], $3::bool[]) as u (id, customer, vendor) where c.id = u.id",
                &ids,
                &customer,
                &vendor
            )
            .execute(&mut **tx)
            .await?;
        }
        self.write_new(tx).await
    }

    async fn write_new(&self, tx: &mut TenantTx<Write>) -> Result<HashMap<i64, i64>, Error> {
        let new = || self.new_ones();
        let names: Vec<String> = new().map(|(_, named)| named.name.clone()).collect();
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        let kinds: Vec<Needed> = new().map(|(_, named)| named.needed.decided()).collect();
        let customer: Vec<bool> = kinds.iter().map(|kind| kind.customer).collect();
        let vendor: Vec<bool> = kinds.iter().map(|kind| kind.vendor).collect();
        let rows = sqlx::query!(
            "insert into contact (name, customer, vendor)
             select u.name, u.customer, u.vendor from unnest($1::text[], $2::bool[], $3::bool[]) as u (name, customer, vendor) returning id, name",
            &names,
            &customer,
            &vendor
        )
        .fetch_all(&mut **tx)
        .await?;
        let ids: HashMap<String, i64> = rows.into_iter().map(|row| (row.name, row.id)).collect();
        new()
            .map(|(place, named)| {
                let id = ids.get(&named.name).ok_or(Error::NotFound("a contact just written"))?;
                Ok((provisional(place), *id))
            })
            .collect()
    }
}

impl Needed {
    /// What a new contact becomes: one that no receivable or payable line tells is a customer where it brings income, or a vendor.
    fn decided(self) -> Self {
        match self {
            Self {
                customer: false,
                vendor: false,
                income,
            } => Self {
                customer: income,
                vendor: !income,
                income,
            },
            told => told,
        }
    }
}

/// The id of a new contact until it is written.
fn provisional(place: usize) -> i64 {
    i64::try_from(place).map_or(i64::MIN, |place| -1 - place)
}
