//! The running server: from the first connection it takes to the last it finishes.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::serve::Listener;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;
use identity::{Clock, PersonSessionStore, SystemClock};
use tenancy::Tenancy;
use tokio::net::{TcpListener, TcpStream};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Semaphore, watch};
use tower_sessions::ExpiredDeletion;

use crate::config::WebConfig;
use crate::readiness::Readiness;
use crate::recurring;
use crate::routes::{router, routes};
use crate::state::AppState;

/// How long requests that were accepted may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(20);

/// How long somebody may take to send a request's head, and how long a connection stays open without one. A browser sends a head at
/// once; who sends it byte by byte, or nothing, would hold a connection for good. Tests do not wait that long.
const HEAD_TIME_MAX: Duration = Duration::from_millis(if cfg!(test) { 100 } else { 30_000 });

/// The most connections at once. Each holds a socket and up to 400 kB of what it sends; further ones wait in the system's queue, so
/// that many of them make the server late and do not end it. Tests have fewer.
const CONNECTIONS_MAX: usize = if cfg!(test) { 2 } else { 2_000 };

/// How often what has ended is removed: sessions of yesterday, forms that nobody came back for.
const SWEEP_PAUSE: Duration = Duration::from_secs(10 * 60);

/// How often it is looked whether recurring entries are due: one becomes due as a company's day begins.
const RECURRING_PAUSE: Duration = Duration::from_secs(5 * 60);

/// Serves until SIGTERM or SIGINT; then takes no connection any more and finishes what runs, for at most 20 seconds.
///
/// # Errors
/// A setting is wrong, the built pages are missing, or the port is taken.
pub async fn serve(web: WebConfig, tenancy: Tenancy) -> Result<()> {
    let address = web.address();
    let public_url = web.public_origin()?;
    let makes_recurring = web.recurring;
    let state = AppState::new(web, tenancy, Arc::new(SystemClock))?;
    let readiness = state.readiness.clone();
    let sessions = state.sessions.clone();
    let (books, clock) = (state.tenancy.clone(), state.clock.clone());
    let app = router(routes(), state)?;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be listened on: stop what runs there, or set PORT"))?;
    tracing::info!(%address, public_url, "serving");
    tokio::select! {
        () = serve_until(listener, app, readiness, stop_signal()) => Ok(()),
        never = sweep(sessions) => match never {},
        never = make_recurring(books, clock), if makes_recurring => match never {},
    }
}

/// Removes what has ended, now and then. What could not be removed is refused all the same, and removed the next time.
async fn sweep(sessions: PersonSessionStore) -> Infallible {
    loop {
        if let Err(error) = sessions.delete_expired().await {
            tracing::warn!(%error, "sessions that ended could not be removed");
        }
        tokio::time::sleep(SWEEP_PAUSE).await;
    }
}

/// Makes the recurring entries that are due, one company at a time, now and then. It stops with the server: what it had not
/// committed by then is made by the next run.
async fn make_recurring(tenancy: Tenancy, clock: Arc<dyn Clock>) -> Infallible {
    loop {
        match recurring::run_all(&tenancy, clock.now()).await {
            Ok(ran) if ran.made > 0 || ran.stopped > 0 || ran.failed > 0 => tracing::info!(
                made = ran.made,
                stopped = ran.stopped,
                failed = ran.failed,
                "recurring entries"
            ),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the companies could not be listed for their recurring entries"),
        }
        tokio::time::sleep(RECURRING_PAUSE).await;
    }
}

/// Serves until `stop` ends, then drains.
pub async fn serve_until(listener: TcpListener, app: Router, readiness: Readiness, stop: impl Future<Output = ()>) {
    let connections = Connections::default();
    tokio::select! {
        never = connections.take(listener, app) => match never {},
        () = stop => {}
    }
    readiness.drain();
    tracing::info!("stopping: finishing what runs");
    if tokio::time::timeout(DRAIN, connections.finish()).await.is_err() {
        tracing::warn!("requests that ran longer than {DRAIN:?} were cut off");
    }
}

/// The connections of a server.
struct Connections {
    /// One for each that may be open.
    places: Arc<Semaphore>,
    /// Whether they should end. Each holds a receiver while it is open.
    stopping: watch::Sender<bool>,
}

impl Default for Connections {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(CONNECTIONS_MAX)),
            stopping: watch::Sender::new(false),
        }
    }
}

impl Connections {
    /// Takes every connection for which there is a place, and serves it.
    async fn take(&self, mut listener: TcpListener, app: Router) -> Infallible {
        loop {
            // An error means that the semaphore was closed, which nobody does: then there is no place any more.
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                return std::future::pending().await;
            };
            let (socket, _) = Listener::accept(&mut listener).await;
            let (app, stopping) = (app.clone(), self.stopping.subscribe());
            tokio::spawn(async move {
                serve_connection(socket, app, stopping).await;
                drop(place);
            });
        }
    }

    /// Ends each when it has answered what it runs.
    async fn finish(&self) {
        self.stopping.send_replace(true);
        self.stopping.closed().await;
    }
}

/// Serves a connection to its end. HTTP/1 alone, as the proxy in front speaks it: to find out which version somebody speaks would be
/// to wait for their first bytes without a limit.
async fn serve_connection(socket: TcpStream, app: Router, mut stopping: watch::Receiver<bool>) {
    let mut server = auto::Builder::new(TokioExecutor::new()).http1_only();
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME_MAX);
    let connection = server.serve_connection(TokioIo::new(socket), TowerToHyperService::new(app));
    let mut connection = pin!(connection);
    // An error means that the server is gone: that is an end too.
    let stopped = async { stopping.wait_for(|stopping| *stopping).await.is_ok() };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopped => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error, "a connection broke off");
    }
}

async fn stop_signal() {
    let received = async |kind: SignalKind| match signal(kind) {
        Ok(mut signals) => {
            signals.recv().await;
        }
        Err(error) => {
            tracing::error!(%error, "signals cannot be received: only a kill stops this server");
            std::future::pending().await
        }
    };
    tokio::select! {
        () = received(SignalKind::terminate()) => {}
        () = received(SignalKind::interrupt()) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    /// Far longer than anything here takes, unless it takes forever.
    const PATIENCE: Duration = Duration::from_secs(20);

    async fn server(app: Router) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let never = std::future::pending();
        tokio::spawn(serve_until(listener, app, Readiness::default(), never));
        address
    }

    /// A connection that has sent this.
    async fn sent(server: SocketAddr, text: &str) -> TcpStream {
        let mut connection = TcpStream::connect(server).await.expect("the system's queue has room");
        connection.write_all(text.as_bytes()).await.expect("it is sent");
        connection
    }

    /// What a connection hears until the server ends it.
    async fn heard(mut connection: TcpStream) -> String {
        let mut text = String::new();
        let ended = tokio::time::timeout(PATIENCE, connection.read_to_string(&mut text)).await;
        ended.expect("the server ends it").expect("text");
        text
    }

    #[tokio::test]
    async fn a_connection_that_sends_no_whole_head_is_ended() {
        let server = server(Router::new().route("/", get(async || "page"))).await;
        for begun in ["", "P", "GET / HTTP/1.1\r\nhost: local"] {
            assert!(!heard(sent(server, begun).await).await.contains("page"), "{begun:?}");
        }
        let idle = heard(sent(server, "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await).await;
        assert!(
            idle.ends_with("page"),
            "answered, and ended when nothing more came: {idle}"
        );
    }

    #[tokio::test]
    async fn connections_beyond_the_limit_wait_for_one_to_end() {
        let (open, opened) = watch::channel(false);
        let page = get(async move || {
            let mut opened = opened.clone();
            let is_open = opened.wait_for(|open| *open).await.is_ok();
            is_open.to_string()
        });
        let server = server(Router::new().route("/held", page).route("/", get(async || "page"))).await;
        let held = "GET /held HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
        let mut holding = Vec::new();
        for _ in 0..CONNECTIONS_MAX {
            holding.push(sent(server, held).await);
        }
        let further = sent(server, "GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await;
        let further = tokio::spawn(heard(further));
        tokio::time::sleep(3 * HEAD_TIME_MAX).await;
        assert!(!further.is_finished(), "there is no place for it");
        open.send_replace(true);
        for connection in holding {
            assert!(heard(connection).await.ends_with("true"));
        }
        assert!(further.await.expect("no panic").ends_with("page"));
    }
}
