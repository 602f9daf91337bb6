//! The running server: from the first connection it takes to the last it finishes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use identity::{PersonSessionStore, SystemClock};
use tenancy::Tenancy;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tower_sessions::ExpiredDeletion;

use crate::config::WebConfig;
use crate::readiness::Readiness;
use crate::routes::{router, routes};
use crate::state::AppState;

/// How long requests that were accepted may take once the server is told to stop.
const DRAIN: Duration = Duration::from_secs(20);

/// How often what has ended is removed: sessions of yesterday, forms that nobody came back for.
const SWEEP_PAUSE: Duration = Duration::from_secs(10 * 60);

/// Serves until SIGTERM or SIGINT; then takes no connection any more and finishes what runs, for at most 20 seconds.
///
/// # Errors
/// A setting is wrong, the built pages are missing, or the port is taken.
pub async fn serve(web: WebConfig, tenancy: Tenancy) -> Result<()> {
    let address = web.address();
    let public_url = web.public_origin()?;
    let state = AppState::new(web, tenancy, Arc::new(SystemClock))?;
    let readiness = state.readiness.clone();
    let sessions = state.sessions.clone();
    let app = router(routes(), state)?;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be listened on: stop what runs there, or set PORT"))?;
    tracing::info!(%address, public_url, "serving");
    tokio::select! {
        served = serve_until(listener, app, readiness, stop_signal()) => served,
        never = sweep(sessions) => match never {},
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

/// Serves until `stop` ends, then drains.
///
/// # Errors
/// The socket fails for good.
pub async fn serve_until(
    listener: TcpListener,
    app: Router,
    readiness: Readiness,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let (draining, mut has_begun) = watch::channel(false);
    let stopped = async move {
        stop.await;
        readiness.drain();
        tracing::info!("stopping: finishing what runs");
        draining.send_replace(true);
    };
    let server = axum::serve(listener, app).with_graceful_shutdown(stopped);
    let cut_off = async {
        // An error means that the sender is gone: the server has drained, and the other branch says so.
        if has_begun.wait_for(|begun| *begun).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        result = server => result.context("the server stopped"),
        () = cut_off => {
            tracing::warn!("requests that ran longer than {DRAIN:?} were cut off");
            Ok(())
        }
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
