//! Whether requests should be sent here: `/ready`. That the process lives is another question: `/health`.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures::future::BoxFuture;
use serde_json::json;

/// How long a check may take before it counts as failed; tests do not wait that long.
const CHECK_TIMEOUT: Duration = Duration::from_millis(if cfg!(test) { 20 } else { 2000 });

type Probe = Box<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

struct Check {
    name: &'static str,
    probe: Probe,
}

/// The checks of what requests need, and whether the server is draining.
#[derive(Clone, Default)]
pub struct Readiness {
    checks: Arc<Vec<Check>>,
    is_draining: Arc<AtomicBool>,
}

impl Readiness {
    /// A server that is ready when all these checks pass. A check has a name, and says in words why it fails.
    #[must_use]
    pub fn when<F>(self, name: &'static str, probe: F) -> Self
    where
        F: Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync + 'static,
    {
        let mut checks = Arc::into_inner(self.checks).unwrap_or_default();
        checks.push(Check {
            name,
            probe: Box::new(probe),
        });
        Self {
            checks: Arc::new(checks),
            ..self
        }
    }

    /// From now on the answer is no: what runs is finished, nothing new should come.
    pub fn drain(&self) {
        self.is_draining.store(true, Ordering::SeqCst);
    }

    /// Why requests should not be sent here, check by check; empty when they should.
    async fn obstacles(&self) -> Vec<String> {
        if self.is_draining.load(Ordering::SeqCst) {
            return vec!["the server is stopping".to_owned()];
        }
        let mut obstacles = Vec::new();
        for check in self.checks.iter() {
            match tokio::time::timeout(CHECK_TIMEOUT, (check.probe)()).await {
                Ok(Ok(())) => {}
                Ok(Err(reason)) => obstacles.push(format!("{}: {reason}", check.name)),
                Err(_) => obstacles.push(format!("{}: no answer within {CHECK_TIMEOUT:?}", check.name)),
            }
        }
        obstacles
    }
}

impl fmt::Debug for Readiness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.checks.iter().map(|check| check.name).collect();
        formatter
            .debug_struct("Readiness")
            .field("checks", &names)
            .field("is_draining", &self.is_draining)
            .finish()
    }
}

/// `GET /health`: the process lives.
pub async fn health() -> &'static str {
    "ok\n"
}

/// `GET /ready`: 200, or 503. Why not is for the logs alone: it may name hosts.
pub async fn ready(State(readiness): State<Readiness>) -> Response {
    let obstacles = readiness.obstacles().await;
    if obstacles.is_empty() {
        return Json(json!({ "ready": true })).into_response();
    }
    tracing::warn!(?obstacles, "not ready");
    (StatusCode::SERVICE_UNAVAILABLE, Json(json!({ "ready": false }))).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failed_check_and_a_draining_server_are_not_ready() {
        let readiness = Readiness::default()
            .when("books", || Box::pin(async { Ok(()) }))
            .when("control", || Box::pin(async { Err("connection refused".to_owned()) }));
        assert_eq!(readiness.obstacles().await, ["control: connection refused"]);

        let readiness = Readiness::default();
        assert_eq!(ready(State(readiness.clone())).await.status(), StatusCode::OK);
        readiness.drain();
        assert_eq!(ready(State(readiness)).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn a_check_that_never_answers_counts_as_failed() {
        let readiness = Readiness::default().when("books", || Box::pin(std::future::pending()));
        assert_eq!(readiness.obstacles().await, ["books: no answer within 20ms"]);
    }
}
