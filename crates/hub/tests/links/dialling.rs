//! Whom a hub trusts that dials.

use crate::raw::hello;
use crate::scene::{bytes, key, serve};
use futures_util::{SinkExt, StreamExt};
use hub::{Frame, Reason, SUB_PROTOCOL, SecretKey, Side, prove};
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

type Socket = WebSocketStream<TcpStream>;

async fn accept(listener: &TcpListener) -> Socket {
    let (stream, _) = listener.accept().await.unwrap();
    #[allow(clippy::result_large_err, reason = "the library wants it so")]
    let choose = |_: &Request, mut response: Response| {
        response.headers_mut().insert("Sec-WebSocket-Protocol", SUB_PROTOCOL.parse().unwrap());
        Ok(response)
    };
    accept_hdr_async(stream, choose).await.unwrap()
}

async fn hear(socket: &mut Socket) -> Frame {
    loop {
        if let Message::Binary(bytes) = socket.next().await.unwrap().unwrap() {
            return Frame::read(&bytes).unwrap();
        }
    }
}

async fn say(socket: &mut Socket, frame: Frame) {
    socket.send(Message::Binary(bytes(&frame))).await.unwrap();
}

/// Answers as a hub of this key does; gives what the dialler says to it.
async fn answer(listener: &TcpListener, key: &SecretKey, host: &str) -> Frame {
    let mut socket = accept(listener).await;
    let own = hello(key, Side::Listener, 5);
    say(&mut socket, Frame::Hello(own.clone())).await;
    let Frame::Hello(peer) = hear(&mut socket).await else { panic!("HELLO comes first") };
    let Frame::Auth(_) = hear(&mut socket).await else { return Frame::Hello(peer) };
    say(&mut socket, Frame::Auth(prove(key, &own, &peer, host))).await;
    hear(&mut socket).await
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

#[tokio::test(flavor = "multi_thread")]
async fn another_key_than_the_one_in_the_address_gets_no_proof() {
    let (listener, address) = listener().await;
    let url = format!("ws://{address}#{}", key(1).public());
    let _dialler = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    // Instead of AUTH comes BYE.
    let heard = answer(&listener, &key(9), &address.to_string()).await;
    assert!(matches!(heard, Frame::Hello(_)), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answered_first_must_answer_later() {
    let (listener, address) = listener().await;
    let url = format!("ws://{address}");
    let dialler = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    let host = address.to_string();
    let heard = answer(&listener, &key(1), &host).await;
    assert!(matches!(heard, Frame::Have(_)), "{heard:?}");
    // The link is cut; somebody else answers at the next call, and again the right one.
    let heard = answer(&listener, &key(9), &host).await;
    assert!(matches!(heard, Frame::Hello(_)), "{heard:?}");
    let heard = answer(&listener, &key(1), &host).await;
    assert!(matches!(heard, Frame::Have(_)), "{heard:?}");
    let status = dialler.hub.upstreams();
    assert_eq!(status.values().next().unwrap().key, Some(key(1).public()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_proves_another_name_is_not_trusted() {
    let (listener, address) = listener().await;
    let url = format!("ws://{address}#{}", key(1).public());
    let _dialler = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    let heard = answer(&listener, &key(1), "hub.example").await;
    let Frame::Bye(bye) = heard else { panic!("{heard:?}") };
    assert_eq!(bye.reason, Reason::NotProved);
}
