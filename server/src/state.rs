//! What every request may need.

use std::sync::Arc;

use anyhow::Result;
use app::assets::AssetUrls;
use identity::{Clock, CookiePolicy, PersonSessionStore, Provider};
use tenancy::Tenancy;

use crate::assets;
use crate::config::{SignIn, WebConfig};
use crate::readiness::Readiness;

/// Shared by all requests; cloning it copies pointers.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The settings of the web server.
    pub web: Arc<WebConfig>,
    /// The addresses of style sheet, script and typeface.
    pub assets: Arc<AssetUrls>,
    /// Whether requests should be sent here.
    pub readiness: Readiness,
    /// The companies' databases and control.
    pub tenancy: Tenancy,
    /// The sign-in service.
    pub provider: Arc<Provider>,
    /// Who is signed in.
    pub sessions: PersonSessionStore,
    /// How cookies are named and marked.
    pub cookies: CookiePolicy,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
}

impl AppState {
    /// The state of a server with these settings, on this installation, by this clock.
    ///
    /// # Errors
    /// The built pages are missing, or as [`WebConfig::sign_in`].
    pub fn new(web: WebConfig, tenancy: Tenancy, clock: Arc<dyn Clock>) -> Result<Self> {
        let SignIn { cookies, provider } = web.sign_in(Arc::clone(&clock))?;
        let databases = tenancy.clone();
        let readiness = Readiness::default().when("databases", move || {
            let databases = databases.clone();
            Box::pin(async move { databases.ready().await.map_err(|error| error.to_string()) })
        });
        Ok(Self {
            assets: Arc::new(assets::read(&web.site)?),
            web: Arc::new(web),
            readiness,
            cookies,
            provider: Arc::new(provider),
            sessions: PersonSessionStore::new(tenancy.clone(), Arc::clone(&clock)),
            tenancy,
            clock,
        })
    }
}
