//! Settings of the web server, from the environment or the command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result};
use identity::ProviderConfig;
use tenancy::Secret;
use url::Url;

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

    /// Scheme, host and port of the sign-in provider, to which forms may lead.
    ///
    /// # Errors
    /// [`NotAnOrigin`] when it is not an http address.
    pub fn identity_origin(&self) -> Result<String, NotAnOrigin> {
        origin("CARTEFI_OIDC_ISSUER", &self.oidc_issuer)
    }

    /// What the sign-in provider is told of us, with the secret of the file.
    ///
    /// # Errors
    /// The file cannot be read, or the public address is none.
    pub fn provider(&self) -> Result<ProviderConfig> {
        let file = &self.oidc_client_secret_file;
        let secret = std::fs::read_to_string(file)
            .with_context(|| format!("CARTEFI_OIDC_CLIENT_SECRET_FILE, {}, cannot be read", file.display()))?;
        Ok(ProviderConfig {
            issuer: self.oidc_issuer.clone(),
            client_id: self.oidc_client_id.clone(),
            client_secret: Secret::new(secret.trim()),
            public_url: self.public_origin()?.parse()?,
        })
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

    #[test]
    fn the_server_listens_on_the_machine_itself_unless_told_otherwise() {
        assert_eq!(web(&["--port", "4000"]).address().to_string(), "127.0.0.1:4000");
    }
}
