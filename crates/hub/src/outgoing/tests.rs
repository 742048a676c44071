//! Calls to a server on this machine.

use super::*;
use http::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn network(allow_private: bool) -> Network {
    let trust = Trust::beside_browsers(&[]).unwrap();
    Network { allow_private, patience: Duration::from_secs(10), trust }
}

fn request(uri: &str) -> Request<Bytes> {
    let request = Request::builder().method(Method::POST).uri(uri).header("webhook-id", "7");
    request.body(Bytes::from_static(b"hello")).unwrap()
}

/// Answers one request, and gives what was asked.
async fn once(answer: &'static str) -> (u16, tokio::task::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (mut asked, mut buffer) = (String::new(), [0; 1024]);
        while !asked.ends_with("hello") {
            let length = stream.read(&mut buffer).await.unwrap();
            asked.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
        asked
    });
    (port, serving)
}

#[tokio::test]
async fn a_request_arrives_as_a_server_expects_it() {
    let (port, serving) = once("HTTP/1.1 204 No Content\r\nx-a: b\r\n\r\n").await;
    let reply = network(true).call(request(&format!("http://127.0.0.1:{port}/hook?a=b"))).await.unwrap();
    assert_eq!((reply.status.as_u16(), reply.headers["x-a"].to_str().unwrap()), (204, "b"));
    let asked = serving.await.unwrap();
    assert!(asked.starts_with("POST /hook?a=b HTTP/1.1\r\n"), "{asked}");
    assert!(
        asked.contains(&format!("host: 127.0.0.1:{port}\r\n")) && asked.contains("content-length: 5\r\n"),
        "{asked}"
    );
}

#[tokio::test]
async fn a_redirect_is_told_and_not_followed() {
    let (port, serving) =
        once("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n").await;
    let reply = network(true).call(request(&format!("http://127.0.0.1:{port}/"))).await.unwrap();
    assert_eq!(reply.status.as_u16(), 302);
    serving.await.unwrap();
}

#[tokio::test]
async fn private_addresses_and_plain_http_are_refused_before_anything_is_sent() {
    for uri in [
        "http://example.org/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://0x7f.1/",
        "ftp://example.org/",
        "/hook",
    ] {
        match network(false).call(request(uri)).await {
            Err(CallError::NotAllowed(_)) => {}
            // Where the resolver does not know such a form, nothing is called either.
            Err(CallError::Failed(words)) if words.contains("has no address") => {}
            other => panic!("{uri}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn whoever_does_not_answer_is_a_failure_in_words() {
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let error = network(true).call(request(&format!("http://127.0.0.1:{free}/"))).await.unwrap_err();
    assert!(error.to_string().contains("cannot connect to 127.0.0.1"), "{error}");
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    let network = Network { patience: Duration::from_millis(1), ..network(true) };
    let error = network.call(request(&format!("http://127.0.0.1:{port}/"))).await.unwrap_err();
    assert!(error.to_string().contains("no answer within"), "{error}");
}
