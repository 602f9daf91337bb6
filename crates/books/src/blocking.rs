//! What takes a processor for a while is done away from the threads that serve requests.

use crate::Error;

/// Does the work on a thread of its own kind. It goes on when the request is given up.
///
/// # Errors
/// Of the form, while the server stops.
pub(crate) async fn off_the_threads<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done),
        Err(stopped) => match stopped.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::of_form("The server is being restarted. Try again in a minute.")),
        },
    }
}
