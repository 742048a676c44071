//! A proxy between two hubs that makes bad weather: it cuts connections, or goes on holding them and passes nothing.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Passes bytes on, until something befalls its connections. New ones are served as if nothing had been.
pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    weather: watch::Sender<Weather>,
    /// Connections so far.
    pub(crate) connections: watch::Receiver<u32>,
    serving: JoinHandle<()>,
}

/// What befell the connections that were open then.
#[derive(Clone, Copy, Debug)]
enum Weather {
    Cut,
    Frozen,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Proxy {
    pub(crate) async fn to(target: SocketAddr) -> Proxy {
        Proxy::idle(target, None).await
    }

    /// One that cuts connections on which neither side has said anything for so long.
    pub(crate) async fn that_cuts_idle(target: SocketAddr, most: Duration) -> Proxy {
        Proxy::idle(target, Some(most)).await
    }

    async fn idle(target: SocketAddr, most: Option<Duration>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (weather, (counter, connections)) = (watch::Sender::new(Weather::Cut), watch::channel(0));
        let forecast = weather.clone();
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                counter.send_modify(|count| *count += 1);
                tokio::spawn(pass(stream, target, most, forecast.subscribe()));
            }
        });
        Proxy { address, weather, connections, serving }
    }

    pub(crate) fn cut(&self) {
        self.weather.send_replace(Weather::Cut);
    }

    /// As if a cable was pulled somewhere: sockets stay open, and nothing comes through.
    pub(crate) fn freeze(&self) {
        self.weather.send_replace(Weather::Frozen);
    }
}

async fn pass(
    mut near: TcpStream,
    target: SocketAddr,
    idle: Option<Duration>,
    mut weather: watch::Receiver<Weather>,
) {
    let mut far = TcpStream::connect(target).await.unwrap();
    tokio::select! {
        _ = weather.changed() => {}
        () = forward(&mut near, &mut far, idle) => return,
    }
    let weather = *weather.borrow();
    if matches!(weather, Weather::Frozen) {
        // For as long as the test lasts.
        std::future::pending::<()>().await;
    }
}

/// Passes on what comes from either side, until one of them ends or both are silent for too long.
async fn forward(near: &mut TcpStream, far: &mut TcpStream, idle: Option<Duration>) {
    let idle = idle.unwrap_or(Duration::MAX);
    let (mut from_near, mut from_far) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        let passed = async {
            tokio::select! {
                read = near.read(&mut from_near) => passed(read, &from_near, far).await,
                read = far.read(&mut from_far) => passed(read, &from_far, near).await,
            }
        };
        if !tokio::time::timeout(idle, passed).await.unwrap_or(false) {
            return;
        }
    }
}

async fn passed(read: std::io::Result<usize>, bytes: &[u8], to: &mut TcpStream) -> bool {
    match read {
        Ok(length) if length > 0 => to.write_all(&bytes[..length]).await.is_ok(),
        _ => false,
    }
}
