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
const READER_WAIT: Duration = Duration::from_secs(60);

/// The longest that a file may take at all. Until then it holds a connection and a moment of the books, and who was let in as it began
/// reads on.
const FILE_TIME_MAX: Duration = Duration::from_secs(5 * 60);

/// How far the file of a report is: its head and rows, or its foot too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Written {
    /// Nothing yet.
    Nothing,
    /// The head, and the rows that were read.
    Rows,
    /// Everything.
    All,
}

/// The parts of a file, one after another.
pub(crate) trait Parts: Send + 'static {
    /// The next part; none after the last.
    fn next_part(&mut self) -> impl Future<Output = Result<Option<String>, books::Error>> + Send;
}

/// What goes from who reads a file to who sends it.
enum Passed {
    Part(String),
    /// Nothing is missing.
    End,
}

/// A body that is read part by part while it is sent. A part that cannot be read breaks the transfer off, so that no browser keeps
/// half a file as a whole one; so do a reader that is too slow and a file that takes too long. A reader that goes away ends the
/// reading.
pub(in crate::pages) fn body(parts: impl Parts) -> Body {
    body_within(parts, READER_WAIT, FILE_TIME_MAX)
}

fn body_within(parts: impl Parts, reader_wait: Duration, file_time: Duration) -> Body {
    let (ready, wanted) = mpsc::channel(PARTS_AHEAD);
    tokio::spawn(async move {
        if timeout(file_time, read_all(parts, ready, reader_wait)).await.is_err() {
            tracing::warn!("a file was broken off: it took too long");
        }
    });
    let sent = stream::unfold(Some(wanted), |wanted| async move {
        let mut wanted = wanted?;
        match wanted.recv().await {
            Some(Passed::Part(part)) => Some((Ok(part), Some(wanted))),
            Some(Passed::End) => None,
            // Whatever the reason is, nobody said that this is all.
            None => Some((Err(io::Error::other("the file was broken off")), None)),
        }
    });
    // What compresses a body asks once more after its end.
    Body::from_stream(sent.fuse())
}

/// Reads all the parts, as fast as they are taken.
async fn read_all(mut parts: impl Parts, ready: mpsc::Sender<Passed>, reader_wait: Duration) {
    loop {
        // Who reads may have gone while a part was made.
        let part = tokio::select! {
            part = parts.next_part() => part,
            () = ready.closed() => return,
        };
        let (passed, is_last) = match part {
            Ok(Some(part)) => (Passed::Part(part), false),
            Ok(None) => (Passed::End, true),
            Err(error) => {
                tracing::error!(%error, "a file was broken off");
                return;
            }
        };
        match timeout(reader_wait, ready.send(passed)).await {
            Ok(Ok(())) if !is_last => {}
            Ok(_) => return,
            Err(_) => {
                tracing::warn!("a file was broken off: its reader is too slow");
                return;
            }
        }
    }
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
    async fn a_reader_that_is_too_slow_gets_a_file_that_is_broken_off_and_no_half_one() {
        let (parts, read) = counted(1_000, false);
        let mut stream = body_within(parts, Duration::from_millis(20), FILE_TIME_MAX).into_data_stream();
        assert!(stream.next().await.is_some_and(|part| part.is_ok()));
        tokio::time::sleep(Duration::from_millis(200)).await;
        let rest: Vec<_> = stream.collect().await;
        assert!(read.load(Ordering::SeqCst) < 1_000);
        let (last, before) = rest.split_last().expect("what was on its way");
        assert!(last.is_err(), "{rest:?}");
        assert!(before.iter().all(Result::is_ok));
    }

    #[tokio::test]
    async fn a_file_that_takes_too_long_is_broken_off_however_fast_each_part_is() {
        let (parts, _) = counted(usize::MAX, false);
        let mut stream = body_within(parts, READER_WAIT, Duration::from_millis(100)).into_data_stream();
        let mut last = None;
        while let Some(part) = stream.next().await {
            last = Some(part);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        assert!(last.is_some_and(|part| part.is_err()));
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
