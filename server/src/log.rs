//! What is logged, and how: one JSON object a line.

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// What tower-sessions warns of is a cookie whose session has ended: that happens every day and is answered by the sign-in.
const ENDED_SESSIONS: &str = "tower_sessions_core::session=error";

/// The log in `writer` of what `chosen` says, as `RUST_LOG` says it.
///
/// A line carries every span that it was written in, outermost first: the request's, which has its id, is never the innermost.
pub fn json_lines<W>(chosen: &str, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'writer> MakeWriter<'writer> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(true)
        .with_env_filter(EnvFilter::new(format!("{ENDED_SESSIONS},{chosen}")))
        .with_writer(writer)
        .finish()
}
