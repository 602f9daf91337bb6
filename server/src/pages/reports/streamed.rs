//! Files that are written while they are read: no file is too long, and none is in memory whole.

use std::io;
use std::time::Duration;

use axum::body::Body;
use futures::{StreamExt, stream};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Parts that are ready before they are asked for.
const PARTS_AHEAD: usize = 2;

/// The longest that a reader may take for a part: what is open for them is closed then.
pub(super) const READER_WAIT: Duration = Duration::from_secs(60);

/// The parts of a file, one after another.
pub(crate) trait Parts: Send + 'static {
    /// The next part; none after the last.
    fn next_part(&mut self) -> impl Future<Output = Result<Option<String>, books::Error>> + Send;
}

/// A body that is read part by part while it is sent. A part that cannot be read breaks the transfer off, so that no browser keeps
/// half a file as a whole one; so does a reader that is too slow. A reader that goes away ends the reading.
pub(super) fn body(mut parts: impl Parts) -> Body {
    let (ready, wanted) = mpsc::channel::<Result<String, io::Error>>(PARTS_AHEAD);
    tokio::spawn(async move {
        loop {
            // Who reads may have gone while a part was made.
            let part = tokio::select! {
                part = parts.next_part() => part,
                () = ready.closed() => return,
            };
            let part = match part {
                Ok(Some(part)) => Ok(part),
                Ok(None) => return,
                Err(error) => {
                    tracing::error!(%error, "a report's file was broken off");
                    Err(io::Error::other("the file was broken off"))
                }
            };
            let is_last = part.is_err();
            match timeout(READER_WAIT, ready.send(part)).await {
                Ok(Ok(())) if !is_last => {}
                Ok(_) => return,
                Err(_) => {
                    tracing::warn!("a report's file was broken off: its reader is too slow");
                    return;
                }
            }
        }
    });
    let sent = stream::unfold(wanted, |mut wanted| async move {
        let part = wanted.recv().await?;
        Some((part, wanted))
    });
    // What compresses a body asks once more after its end.
    Body::from_stream(sent.fuse())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::body::to_bytes;

    use super::*;

    /// So many parts, and a count of those that were read.
    struct Counted {
        left: usize,
        read: Arc<AtomicUsize>,
        fails: bool,
    }

    impl Parts for Counted {
        async fn next_part(&mut self) -> Result<Option<String>, books::Error> {
            if self.left == 0 {
                return if self.fails {
                    Err(books::Error::of_form("broken"))
                } else {
                    Ok(None)
                };
            }
            self.left -= 1;
            self.read.fetch_add(1, Ordering::SeqCst);
            Ok(Some("part\n".to_owned()))
        }
    }

    fn counted(left: usize, fails: bool) -> (Counted, Arc<AtomicUsize>) {
        let read = Arc::new(AtomicUsize::new(0));
        let parts = Counted {
            left,
            read: Arc::clone(&read),
            fails,
        };
        (parts, read)
    }

    #[tokio::test]
    async fn a_file_is_all_its_parts_in_their_order() {
        let (parts, _) = counted(3, false);
        let bytes = to_bytes(body(parts), 1_000).await.expect("a file");
        assert_eq!(bytes, "part\npart\npart\n");
    }

    #[tokio::test]
    async fn a_part_that_cannot_be_read_breaks_the_file_off() {
        let (parts, _) = counted(1, true);
        assert!(to_bytes(body(parts), 1_000).await.is_err());
    }

    #[tokio::test]
    async fn a_reader_that_stops_early_stops_the_reading() {
        let (parts, read) = counted(1_000, false);
        let mut stream = body(parts).into_data_stream();
        assert!(stream.next().await.is_some());
        drop(stream);
        tokio::time::sleep(Duration::from_millis(50)).await;
        let before = read.load(Ordering::SeqCst);
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(before <= PARTS_AHEAD + 3, "{before}");
        assert_eq!(read.load(Ordering::SeqCst), before);
    }
}
