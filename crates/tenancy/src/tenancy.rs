//! The installation as the server sees it: control, the cells' pools, and the companies' keys.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;
use vault::{CompanyKeys, DataKey, KeyEncryptionKey};

use crate::gates::Gates;
use crate::pools::{SubPool, cells, control};
use crate::{Actor, Config, ControlTx, Cx, Error, Names, RequestKey, Role, TenantId, TenantRef, walls};

/// Everything that leads to a database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tenancy {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    names: Names,
    control: PgPool,
    cells: HashMap<String, Vec<SubPool>>,
    key_encryption_key: KeyEncryptionKey,
    keys: Mutex<HashMap<TenantId, Arc<CompanyKeys>>>,
    gates: Gates,
}

/// A company to be opened.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Its name as people write it.
    pub name: String,
    /// The request that opens it: a repeat gets the same company.
    pub request_key: RequestKey,
}

impl Tenancy {
    /// Companies whose keys are kept unwrapped in memory at most.
    const KEYS_KEPT_MAX: usize = 1_000;

    /// Connects, and refuses to go on when a wall is open: see `check_walls`.
    pub async fn connect(config: &Config, key_encryption_key: KeyEncryptionKey) -> Result<Self, Error> {
        let names = Names::new(&config.prefix)?;
        let options = config.control.options(&names.control_database(), &config.web);
        let control = control(options, config.read_connections_max).await?;
        let cells = cells(config, &names)?;
        for (cell, sub_pools) in &cells {
            let mut breaches = Vec::new();
            for sub_pool in sub_pools {
                breaches.extend(walls::around(&sub_pool.read.pool, &names).await?);
            }
            if let Some(any) = sub_pools.first() {
                breaches.extend(walls::inside(&any.read.pool, &names).await?);
            }
            if let Some(breach) = breaches.first() {
                return Err(Error::Walls(format!("cell {cell}: {breach}")));
            }
        }
        Ok(Self {
            inner: Arc::new(Inner {
                names,
                control,
                cells,
                key_encryption_key,
                keys: Mutex::default(),
                gates: Gates::default(),
            }),
        })
    }

    pub(crate) fn gates(&self) -> &Gates {
        &self.inner.gates
    }

    /// A transaction on control.
    pub async fn control(&self) -> Result<ControlTx, Error> {
        Ok(ControlTx(self.inner.control.begin().await?))
    }

    /// Says who asks, as what, about which company. Only what has checked the membership, and the operator's command line, may.
    pub fn cx(&self, tenant: TenantRef, actor: Actor, role: Role, request_id: String) -> Cx {
        Cx::new(self.clone(), tenant, actor, role, request_id)
    }

    /// The company of that short name.
    pub async fn tenant_by_slug(&self, slug: &str) -> Result<Option<TenantRef>, Error> {
        let mut tx = self.control().await?;
        let row: Option<TenantRow> =
            sqlx::query_as("select id, slug, name, cell, sub_pool from tenant where slug = $1")
                .bind(slug)
                .fetch_optional(&mut *tx)
                .await?;
        Ok(row.map(tenant_ref))
    }

    /// The companies whose books are open and of this program's version, in the order of their ids, from after `after`; at most
    /// `limit`. For jobs that go over all of them.
    pub async fn tenants_after(&self, after: Option<TenantId>, limit: i64) -> Result<Vec<TenantRef>, Error> {
        let mut tx = self.control().await?;
        let rows: Vec<TenantRow> = sqlx::query_as(
            "select id, slug, name, cell, sub_pool from tenant
             where state = 'active' and schema_version = $1 and ($2::uuid is null or id > $2) order by id limit $3",
        )
        .bind(crate::SCHEMA_VERSION)
        .bind(after.map(TenantId::uuid))
        .bind(limit)
        .fetch_all(&mut *tx)
        .await?;
        Ok(rows.into_iter().map(tenant_ref).collect())
    }

    /// Takes a ready schema out of stock for a new company, with a short name made of its name and a data key of its own.
    /// The company is then `opening`, until its books are set up and `activate` is called.
    pub async fn claim(&self, new: &NewTenant) -> Result<TenantRef, Error> {
        let mut tx = self.control().await?;
        // Two of the same request wait for each other here; the second finds the first one's company.
        let lock = request_lock(&new.request_key);
        sqlx::query("select pg_advisory_xact_lock($1)")
            .bind(lock)
            .execute(&mut *tx)
            .await?;
        let before: Option<TenantRow> =
            sqlx::query_as("select id, slug, name, cell, sub_pool from tenant where request_key = $1")
                .bind(new.request_key.as_str())
                .fetch_optional(&mut *tx)
                .await?;
        if let Some(row) = before {
            return Ok(tenant_ref(row));
        }
        let (id, cell, sub_pool, version): (Uuid, String, i16, i32) = sqlx::query_as(
            "delete from stock where tenant_id = (
                select tenant_id from stock where ready and schema_version = $1 order by provisioned_at limit 1 for update skip locked
             ) returning tenant_id, cell, sub_pool, schema_version",
        )
        .bind(crate::SCHEMA_VERSION)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::NoStock)?;
        let wanted = slug(&new.name);
        // Two that want the same name wait for each other here; the second gets the next number.
        sqlx::query("select pg_advisory_xact_lock($1)")
            .bind(name_lock(&wanted))
            .execute(&mut *tx)
            .await?;
        let slug: String = sqlx::query_scalar(
            "select s.slug from (select n, case when n = 1 then $1 else $1 || '-' || n end as slug from generate_series(1, 1000) n) s
             where not exists (select from tenant t where t.slug = s.slug) order by s.n limit 1",
        )
        .bind(wanted)
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(Error::SlugTaken)?;
        sqlx::query("insert into tenant (id, slug, name, cell, sub_pool, state, schema_version, request_key) values ($1, $2, $3, $4, $5, 'opening', $6, $7)")
            .bind(id)
            .bind(&slug)
            .bind(new.name.trim())
            .bind(&cell)
            .bind(sub_pool)
            .bind(version)
            .bind(new.request_key.as_str())
            .execute(&mut *tx)
            .await
            .map_err(slug_taken)?;
        let wrapped = self.inner.key_encryption_key.wrap(id, 1, &DataKey::generate()?)?;
        sqlx::query("insert into tenant_key (tenant_id, key_id, wrapped) values ($1, 1, $2)")
            .bind(id)
            .bind(wrapped)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(TenantRef {
            id: id.into(),
            slug,
            name: new.name.trim().to_owned(),
            cell,
            sub_pool,
        })
    }

    /// Says that a company's books are set up.
    pub async fn activate(&self, tenant: TenantId) -> Result<(), Error> {
        let mut tx = self.control().await?;
        sqlx::query("update tenant set state = 'active' where id = $1 and state = 'opening'")
            .bind(tenant.uuid())
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// The company that a request opened, and whether it may be entered.
    pub async fn tenant_by_request(&self, key: &RequestKey) -> Result<Option<(TenantRef, bool)>, Error> {
        let mut tx = self.control().await?;
        let row: Option<(Uuid, String, String, String, i16, bool)> = sqlx::query_as(
            "select id, slug, name, cell, sub_pool, state = 'active' from tenant where request_key = $1",
        )
        .bind(key.as_str())
        .fetch_optional(&mut *tx)
        .await?;
        Ok(row.map(|(id, slug, name, cell, sub_pool, active)| (tenant_ref((id, slug, name, cell, sub_pool)), active)))
    }

    /// Takes a company out of sight, for the operator: nobody enters it until it is activated again. Its books and its short name
    /// stay as they are.
    pub async fn withdraw(&self, tenant: TenantId) -> Result<(), Error> {
        let mut tx = self.control().await?;
        sqlx::query("update tenant set state = 'opening' where id = $1")
            .bind(tenant.uuid())
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Puts a company in the place of another, for the operator: it takes the short name, so that addresses stay, and the other one goes
    /// out of sight with its books, by another short name. Gives the short name that was taken.
    pub async fn take_place(&self, before: TenantId, after: TenantId) -> Result<String, Error> {
        let mut tx = self.control().await?;
        let slug = sqlx::query_scalar("select tenant_take_place($1, $2)")
            .bind(before.uuid())
            .bind(after.uuid())
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(slug)
    }

    /// Keeps the company's new name for the list of companies; its short name stays, as addresses do.
    pub async fn rename(&self, tenant: TenantId, name: &str) -> Result<(), Error> {
        let mut tx = self.control().await?;
        sqlx::query("update tenant set name = $2 where id = $1")
            .bind(tenant.uuid())
            .bind(name.trim())
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Whether control and every cell answer, for the readiness check.
    pub async fn ready(&self) -> Result<(), Error> {
        sqlx::query("select 1").execute(&self.inner.control).await?;
        for sub_pool in self.inner.cells.values().flatten() {
            sqlx::query("select 1").execute(&sub_pool.read.pool).await?;
        }
        Ok(())
    }

    /// The sealing key for small things that are no company's, such as a login on its way (see `vault`).
    pub fn key_encryption_key(&self) -> &KeyEncryptionKey {
        &self.inner.key_encryption_key
    }

    /// The installation's names.
    pub fn names(&self) -> &Names {
        &self.inner.names
    }

    pub(crate) fn sub_pool(&self, tenant: &TenantRef) -> Result<&SubPool, Error> {
        usize::try_from(tenant.sub_pool)
            .ok()
            .and_then(|n| self.inner.cells.get(&tenant.cell)?.get(n))
            .ok_or_else(|| Error::UnknownCell(format!("{} {}", tenant.cell, tenant.sub_pool)))
    }

    pub(crate) async fn keys(&self, tenant: TenantId) -> Result<Arc<CompanyKeys>, Error> {
        if let Some(keys) = self
            .inner
            .keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&tenant)
        {
            return Ok(Arc::clone(keys));
        }
        let mut tx = self.control().await?;
        let rows: Vec<(i32, Vec<u8>)> =
            sqlx::query_as("select key_id, wrapped from tenant_key where tenant_id = $1 order by key_id")
                .bind(tenant.uuid())
                .fetch_all(&mut *tx)
                .await?;
        let mut unwrapped = Vec::with_capacity(rows.len());
        for (key_id, wrapped) in rows {
            let key_id = u32::try_from(key_id).map_err(|_| Error::Config("a key id is negative".into()))?;
            unwrapped.push((
                key_id,
                self.inner
                    .key_encryption_key
                    .unwrap_key(tenant.uuid(), key_id, &wrapped)?,
            ));
        }
        let keys = Arc::new(CompanyKeys::new(tenant.uuid(), unwrapped)?);
        let mut kept = self.inner.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= Self::KEYS_KEPT_MAX {
            kept.clear();
        }
        kept.insert(tenant, Arc::clone(&keys));
        Ok(keys)
    }
}

/// The advisory lock of a request.
fn request_lock(key: &RequestKey) -> i64 {
    lock_number("request", key.as_str())
}

/// The advisory lock of a name in addresses.
fn name_lock(slug: &str) -> i64 {
    lock_number("name", slug)
}

/// The first eight bytes of the SHA-256 of what is locked.
fn lock_number(kind: &str, text: &str) -> i64 {
    Sha256::digest(format!("{kind} {text}"))
        .iter()
        .take(8)
        .fold(0_i64, |lock, byte| (lock << 8) | i64::from(*byte))
}

/// id, slug, name, cell, sub-pool.
type TenantRow = (Uuid, String, String, String, i16);

fn tenant_ref((id, slug, name, cell, sub_pool): TenantRow) -> TenantRef {
    TenantRef {
        id: id.into(),
        slug,
        name,
        cell,
        sub_pool,
    }
}

/// A name as it stands in an address: lower-case letters, digits and single hyphens, 50 at most, `company` when nothing is left.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' && c != '.' {
            slug.push('-');
        }
        if slug.len() >= 50 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        "company".to_owned()
    } else {
        slug.to_owned()
    }
}

fn slug_taken(error: sqlx::Error) -> Error {
    let taken = error
        .as_database_error()
        .is_some_and(|e| e.constraint() == Some("tenant_slug_once"));
    if taken { Error::SlugTaken } else { error.into() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_short_name_is_made_of_letters_digits_and_single_hyphens() {
        assert_eq!(slug("Juniper Cycles LLC"), "juniper-cycles-llc");
        assert_eq!(slug("  O'Neil & Sons, Inc. "), "oneil-sons-inc");
        assert_eq!(slug("株式会社"), "company");
        assert!(slug(&"long ".repeat(40)).len() <= 50);
    }
}
