//! Stopping: what runs is finished, nothing new is taken.

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
    async fn slow() -> &'static str {
        tokio::time::sleep(Duration::from_millis(150)).await;
        "posted"
    }
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
    tokio::time::sleep(Duration::from_millis(50)).await;
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
