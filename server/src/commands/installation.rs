//! The installation that a command works on, and who works on it.

use std::future::Future;
use std::path::PathBuf;

use anyhow::{Context, Result};
use identity::IdentityError;
use tenancy::{Actor, Config, Cx, Role, Tenancy, TenantRef};
use time::OffsetDateTime;
use vault::KeyEncryptionKey;

/// Where the server's configuration is.
#[derive(clap::Args, Clone, Debug)]
pub struct Installation {
    /// The server's configuration, as `cartefi setup` wrote it
    #[arg(long, env = "CARTEFI_CONFIG", value_name = "FILE")]
    pub config: PathBuf,
    /// The key-encryption key
    #[arg(long, env = "CARTEFI_KEY_FILE", value_name = "FILE")]
    pub key_file: PathBuf,
}

impl Installation {
    /// Connects to control and the cells; refuses when a wall is open.
    ///
    /// # Errors
    /// A file is missing or wrong, a database does not answer, or something stands open that must be closed.
    pub async fn connect(&self) -> Result<Tenancy> {
        let config = Config::read(&self.config).context("run cartefi setup first")?;
        let key = KeyEncryptionKey::from_file(&self.key_file)?;
        Tenancy::connect(&config, key)
            .await
            .context("the databases of this installation cannot be used")
    }
}

/// On whose behalf a command acts: a person of the company, or whoever is at the server's keyboard.
#[derive(clap::Args, Clone, Debug)]
pub struct OnBehalf {
    /// Act as this person, with the role they have in the company
    #[arg(long = "as", global = true, value_name = "EMAIL")]
    pub email: Option<String>,
}

impl OnBehalf {
    /// Opens the company of that short name.
    ///
    /// # Errors
    /// There is no such company, or the person does not belong to it.
    pub async fn enter(&self, tenancy: &Tenancy, slug: &str) -> Result<Cx> {
        let request_id = uuid::Uuid::now_v7().to_string();
        match &self.email {
            Some(email) => match identity::person_by_email(tenancy, email).await {
                Ok(person) => Ok(identity::enter(tenancy, slug, person.id, request_id).await?.cx),
                Err(IdentityError::NoSuchPerson) => enter_before_sign_in(tenancy, slug, email, request_id).await,
                Err(error) => Err(error.into()),
            },
            None => {
                let tenant = tenant(tenancy, slug).await?;
                Ok(tenancy.cx(tenant, operator(), Role::System, request_id))
            }
        }
    }

    /// Who acts where there is no company yet.
    pub fn actor(&self) -> Actor {
        self.email.as_deref().map_or_else(operator, Actor::person)
    }
}

/// Nobody has signed in with the address yet, but a role may wait for it: who made the company its admin's, by
/// `company create --admin`, works in it at once.
async fn enter_before_sign_in(tenancy: &Tenancy, slug: &str, email: &str, request_id: String) -> Result<Cx> {
    let tenant = tenant(tenancy, slug).await?;
    let role = identity::pending_role(tenancy, tenant.id, email, OffsetDateTime::now_utc())
        .await?
        .with_context(|| {
            format!("nobody with the address {email} has signed in, and no role in {slug} waits for it")
        })?;
    Ok(tenancy.cx(tenant, Actor::person(email), role, request_id))
}

async fn tenant(tenancy: &Tenancy, slug: &str) -> Result<TenantRef> {
    let tenant = tenancy.tenant_by_slug(slug).await?;
    tenant.with_context(|| format!("there is no company {slug}"))
}

/// Whoever runs the command, by the name of their account.
fn operator() -> Actor {
    let user = std::env::var("SUDO_USER").or_else(|_| std::env::var("USER"));
    Actor::operator(user.as_deref().unwrap_or("root"))
}

/// Runs a command's work to its end.
pub fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?
        .block_on(work)
}

#[cfg(test)]
mod tests {
    use identity::membership_grant;

    use super::*;

    fn acting_as(email: &str) -> OnBehalf {
        OnBehalf {
            email: Some(email.to_owned()),
        }
    }

    #[test]
    fn an_admin_who_never_signed_in_works_in_the_company_that_was_made_for_them() {
        testkit::run(async |kit| {
            let company = kit.company("On Behalf").await;
            let slug = &company.tenant().slug;
            let email = format!("new-{}@example.com", uuid::Uuid::new_v4());
            let refused = acting_as(&email).enter(&kit.tenancy, slug).await;
            let words = refused.expect_err("no role waits").to_string();
            assert!(words.contains(&email) && words.contains(slug), "{words}");

            let tenant = company.tenant().id;
            let now = OffsetDateTime::now_utc();
            membership_grant(&kit.tenancy, tenant, &email, Role::Admin, &operator(), now)
                .await
                .expect("a grant");
            let cx = acting_as(&email)
                .enter(&kit.tenancy, slug)
                .await
                .expect("the role waits");
            assert_eq!((cx.role(), &cx.actor().name), (Role::Admin, &email));
        });
    }

    #[test]
    fn a_company_that_does_not_exist_is_named() {
        testkit::run(async |kit| {
            for on_behalf in [OnBehalf { email: None }, acting_as("nobody@example.com")] {
                let refused = on_behalf.enter(&kit.tenancy, "no-such-company").await;
                let words = refused.expect_err("there is none").to_string();
                assert_eq!(words, "there is no company no-such-company");
            }
        });
    }
}
