//! Settings of the web server, from the environment or the command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use identity::{Clock, CookiePolicy, Provider, ProviderConfig};
use tenancy::Secret;
use url::{Host, Url};

/// Where to listen, and how the outside calls us.
#[derive(clap::Args, Clone, Debug)]
pub struct WebConfig {
    /// The port to listen on
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,
    /// The address to listen on; only a proxy in front should make this anything but the machine itself
    #[arg(long, env = "CARTEFI_BIND", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// The address people type; http://localhost with the port when it is not set
    #[arg(long, env = "CARTEFI_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// The folder with what `cargo xtask build` made for browsers
    #[arg(long, env = "CARTEFI_SITE", default_value = "target/site")]
    pub site: PathBuf,
    /// Whether the server makes recurring entries as they become due; where it does not, `cartefi recurring run` makes them
    #[arg(long, env = "CARTEFI_RECURRING", default_value_t = true, action = clap::ArgAction::Set, value_name = "true|false")]
    pub recurring: bool,
    /// The sign-in provider's issuer, exactly as the provider writes it
    #[arg(long, env = "CARTEFI_OIDC_ISSUER", value_name = "URL")]
    pub oidc_issuer: String,
    /// Our id at the sign-in provider
    #[arg(long, env = "CARTEFI_OIDC_CLIENT_ID", value_name = "ID")]
    pub oidc_client_id: String,
    /// The file with our secret at the sign-in provider
    #[arg(long, env = "CARTEFI_OIDC_CLIENT_SECRET_FILE", value_name = "FILE")]
    pub oidc_client_secret_file: PathBuf,
}

/// What signing in needs.
#[derive(Debug)]
pub struct SignIn {
    /// How cookies are named and marked.
    pub cookies: CookiePolicy,
    /// The sign-in service.
    pub provider: Provider,
}

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{setting} is {address}, which is no address of a website: it must begin with http:// or https://")]
pub struct NotAnOrigin {
    setting: &'static str,
    address: String,
}

impl WebConfig {
    /// The address and port to listen on.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.bind, self.port)
    }

    /// Scheme, host and port of the public address: `https://books.example`.
    ///
    /// # Errors
    /// [`NotAnOrigin`] when it is not an http address.
    pub fn public_origin(&self) -> Result<String, NotAnOrigin> {
        match &self.public_url {
            Some(url) => origin("CARTEFI_PUBLIC_URL", url.as_str()),
            None => Ok(format!("http://localhost:{}", self.port)),
        }
    }

    /// Whether this installation is for the computer it runs on alone, as one for development is.
    pub fn is_for_this_computer(&self) -> bool {
        self.public_url.as_ref().is_none_or(is_loopback)
    }

    /// Scheme, host and port of the sign-in provider, to which forms may lead.
    ///
    /// # Errors
    /// [`NotAnOrigin`] when it is not an http address.
    pub fn identity_origin(&self) -> Result<String, NotAnOrigin> {
        origin("CARTEFI_OIDC_ISSUER", &self.oidc_issuer)
    }

    /// Signing in as these settings want it. `serve` and `check-config` both ask here, so that they refuse the same.
    ///
    /// # Errors
    /// The secret's file cannot be read or is empty, an address cannot be used, or the sign-in service is one for development and
    /// this installation is not.
    pub fn sign_in(&self, clock: Arc<dyn Clock>) -> Result<SignIn> {
        let config = self.provider()?;
        let cookies = CookiePolicy::at(&config.public_url).context("CARTEFI_PUBLIC_URL cannot be used")?;
        ensure!(
            self.identity_origin()?.starts_with("https://") || is_loopback(&config.public_url),
            "CARTEFI_OIDC_ISSUER is {}, and only an installation for this computer alone may sign in by http: it must be https, or \
             CARTEFI_PUBLIC_URL on localhost",
            self.oidc_issuer
        );
        let provider = Provider::new(&config, clock).context("CARTEFI_OIDC_ISSUER cannot be used")?;
        Ok(SignIn { cookies, provider })
    }

    /// What the sign-in provider is told of us, with the secret of the file.
    fn provider(&self) -> Result<ProviderConfig> {
        let file = &self.oidc_client_secret_file;
        let secret = std::fs::read_to_string(file)
            .with_context(|| format!("CARTEFI_OIDC_CLIENT_SECRET_FILE, {}, cannot be read", file.display()))?;
        let secret = secret.trim();
        ensure!(
            !secret.is_empty(),
            "CARTEFI_OIDC_CLIENT_SECRET_FILE, {}, is empty: it must hold our secret at the sign-in provider",
            file.display()
        );
        Ok(ProviderConfig {
            issuer: self.oidc_issuer.clone(),
            client_id: self.oidc_client_id.clone(),
            client_secret: Secret::new(secret),
            public_url: self.public_origin()?.parse()?,
        })
    }
}

/// Whether an address leads to this very computer.
fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn origin(setting: &'static str, address: &str) -> Result<String, NotAnOrigin> {
    let origin = Url::parse(address)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(|url| url.origin());
    match origin {
        Some(origin) if origin.is_tuple() => Ok(origin.ascii_serialization()),
        _ => Err(NotAnOrigin {
            setting,
            address: address.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use identity::SystemClock;

    use super::*;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        web: WebConfig,
    }

    fn web(arguments: &[&str]) -> WebConfig {
        let required = [
            "cartefi",
            "--oidc-client-id",
            "cartefi",
            "--oidc-client-secret-file",
            "secret",
        ];
        let issuer = ["--oidc-issuer", "http://localhost:3005/"];
        Line::try_parse_from([&required[..], &issuer, arguments].concat())
            .expect("these arguments are right")
            .web
    }

    #[test]
    fn the_public_address_is_reduced_to_its_origin() {
        let web = web(&["--public-url", "https://books.example:443/start?x=1"]);
        assert_eq!(web.public_origin().expect("an origin"), "https://books.example");
        assert_eq!(web.identity_origin().expect("an origin"), "http://localhost:3005");
    }

    #[test]
    fn an_address_that_is_no_website_is_refused_by_name() {
        let error = web(&["--public-url", "file:///etc/passwd"])
            .public_origin()
            .expect_err("not a website");
        assert!(
            error
                .to_string()
                .starts_with("CARTEFI_PUBLIC_URL is file:///etc/passwd"),
            "{error}"
        );
    }

    /// Settings with a secret at the sign-in service.
    fn with_secret(public_url: &str, issuer: &str) -> WebConfig {
        WebConfig {
            oidc_issuer: issuer.to_owned(),
            oidc_client_secret_file: concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml").into(),
            ..web(&["--public-url", public_url])
        }
    }

    fn refusal(web: &WebConfig) -> String {
        let refused = web.sign_in(Arc::new(SystemClock)).expect_err("a refusal");
        format!("{refused:#}")
    }

    #[test]
    fn a_sign_in_service_without_https_is_for_an_installation_on_the_same_computer() {
        for issuer in ["http://localhost:3005/", "HTTP://127.0.0.1:3005", "http://[::1]:3005/"] {
            let here = with_secret("http://localhost:3000", issuer);
            here.sign_in(Arc::new(SystemClock)).expect("both are on this computer");
            let refused = refusal(&with_secret("https://books.example", issuer));
            assert!(
                refused.starts_with(&format!("CARTEFI_OIDC_ISSUER is {issuer}")),
                "{refused}"
            );
        }
        let elsewhere = with_secret("https://books.example", "https://login.example/tenant");
        elsewhere.sign_in(Arc::new(SystemClock)).expect("https on both sides");
        let far = refusal(&with_secret("http://localhost:3000", "http://login.example/tenant"));
        assert!(far.starts_with("CARTEFI_OIDC_ISSUER cannot be used"), "{far}");
        let open = refusal(&with_secret("http://books.example", "https://login.example/tenant"));
        assert!(open.starts_with("CARTEFI_PUBLIC_URL cannot be used"), "{open}");
    }

    #[test]
    fn an_empty_file_is_no_secret() {
        let empty = WebConfig {
            oidc_client_secret_file: "/dev/null".into(),
            ..with_secret("http://localhost:3000", "http://localhost:3005/")
        };
        let refused = refusal(&empty);
        assert!(
            refused.starts_with("CARTEFI_OIDC_CLIENT_SECRET_FILE, /dev/null, is empty"),
            "{refused}"
        );
    }

    #[test]
    fn the_server_listens_on_the_machine_itself_unless_told_otherwise() {
        assert_eq!(web(&["--port", "4000"]).address().to_string(), "127.0.0.1:4000");
    }
}
