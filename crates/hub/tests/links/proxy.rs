//! A proxy between two hubs, whose connections can be cut.

use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Passes bytes on, until its connections are cut. New ones are taken afterwards.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    cuts: watch::Sender<u32>,
    /// Connections so far.
    pub(crate) connections: watch::Receiver<u32>,
    serving: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Proxy {
    pub(crate) async fn to(target: SocketAddr) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (cuts, (counter, connections)) = (watch::Sender::new(0), watch::channel(0));
        let cut = cuts.clone();
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counter.send_modify(|count| *count += 1);
                tokio::spawn(pass(stream, target, cut.subscribe()));
            }
        });
        Proxy { address, cuts, connections, serving }
    }

    pub(crate) fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }
}

async fn pass(mut near: TcpStream, target: SocketAddr, mut cuts: watch::Receiver<u32>) {
    let mut far = TcpStream::connect(target).await.unwrap();
    tokio::select! {
        _ = cuts.changed() => {}
        _ = tokio::io::copy_bidirectional(&mut near, &mut far) => {}
    }
}
