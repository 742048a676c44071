//! A proxy between two hubs that reads what it passes on, and counts the envelopes.

use futures_util::{SinkExt, StreamExt};
use hub::{Envelope, Frame, PublicKey, SUB_PROTOCOL};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::{ClientRequestBuilder, Message};
use tokio_tungstenite::{accept_hdr_async, connect_async};

/// Envelopes in MSG frames so far, by origin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted {
    /// To the hub that dialled.
    pub(crate) down: BTreeMap<PublicKey, u64>,
    /// To the hub that was dialled.
    pub(crate) up: BTreeMap<PublicKey, u64>,
    /// The greatest hop count.
    pub(crate) hops: BTreeMap<PublicKey, u8>,
}

/// Counts what passes between two hubs.
pub(crate) struct Counting {
    pub(crate) address: SocketAddr,
    counted: Arc<Mutex<Counted>>,
    serving: JoinHandle<()>,
}

impl Drop for Counting {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Counting {
    pub(crate) async fn to(target: SocketAddr) -> Counting {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let counted = Arc::new(Mutex::new(Counted::default()));
        let counts = Arc::clone(&counted);
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(pass(stream, target, Arc::clone(&counts)));
            }
        });
        Counting { address, counted, serving }
    }

    /// What was counted since it was last asked.
    pub(crate) fn take(&self) -> Counted {
        std::mem::take(&mut *self.counted.lock().unwrap())
    }
}

async fn pass(near: TcpStream, target: SocketAddr, counted: Arc<Mutex<Counted>>) {
    near.set_nodelay(true).unwrap();
    #[allow(clippy::result_large_err, reason = "the library wants it so")]
    let choose = |_: &Request, mut response: Response| {
        response.headers_mut().insert("Sec-WebSocket-Protocol", SUB_PROTOCOL.parse().unwrap());
        Ok(response)
    };
    let Ok(near) = accept_hdr_async(near, choose).await else { return };
    let uri = format!("ws://{target}/hub").parse().unwrap();
    let request = ClientRequestBuilder::new(uri).with_sub_protocol(SUB_PROTOCOL);
    let Ok((far, _)) = connect_async(request).await else { return };
    let ((near_out, near_in), (far_out, far_in)) = (near.split(), far.split());
    tokio::select! {
        () = forward(near_in, far_out, &counted, |counted| &mut counted.up) => {}
        () = forward(far_in, near_out, &counted, |counted| &mut counted.down) => {}
    }
}

async fn forward<E>(
    mut from: impl StreamExt<Item = Result<Message, E>> + Unpin,
    mut to: impl SinkExt<Message> + Unpin,
    counted: &Mutex<Counted>,
    side: fn(&mut Counted) -> &mut BTreeMap<PublicKey, u64>,
) {
    while let Some(Ok(message)) = from.next().await {
        if let Message::Binary(bytes) = &message {
            count(Frame::read(bytes).unwrap(), &mut counted.lock().unwrap(), side);
        }
        // Each end answers the pings of its own neighbour.
        if matches!(message, Message::Binary(_) | Message::Close(_)) && to.send(message).await.is_err() {
            return;
        }
    }
}

fn count(frame: Frame, counted: &mut Counted, side: fn(&mut Counted) -> &mut BTreeMap<PublicKey, u64>) {
    let Frame::Msg(carried) = frame else { return };
    for one in carried {
        let origin = Envelope::read(one.envelope).unwrap().stream().origin;
        *side(counted).entry(origin).or_default() += 1;
        let hops = counted.hops.entry(origin).or_default();
        *hops = one.hops.max(*hops);
    }
}
