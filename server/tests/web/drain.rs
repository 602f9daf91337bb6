//! Stopping: what runs is finished, nothing new is taken.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use server::readiness::Readiness;
use server::serve::serve_until;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

#[tokio::test]
async fn a_request_that_runs_when_the_server_is_stopped_is_still_answered() {
    let (begun, runs) = oneshot::channel::<()>();
    let begun = Arc::new(Mutex::new(Some(begun)));
    let slow = move || {
        let begun = begun.lock().expect("nobody panicked").take();
        async move {
            begun.expect("one request").send(()).expect("the test waits for it");
            tokio::time::sleep(Duration::from_millis(150)).await;
            "posted"
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let readiness = Readiness::default();
    let server = tokio::spawn(serve_until(
        listener,
        Router::new().route("/", get(slow)),
        readiness,
        async {
            // Stopped by the message, or by its sender's end.
            let _ = stopped.await;
        },
    ));

    let mut connection = TcpStream::connect(address).await.expect("the server takes connections");
    connection
        .write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .expect("the request is sent");
    runs.await.expect("the request runs");
    stop.send(()).expect("the server waits for it");

    let mut answer = String::new();
    connection
        .read_to_string(&mut answer)
        .await
        .expect("the server closes after its answer");
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.ends_with("posted"),
        "{answer}"
    );
    server.await.expect("a clean end");
    assert!(TcpStream::connect(address).await.is_err(), "nothing new is taken");
}
