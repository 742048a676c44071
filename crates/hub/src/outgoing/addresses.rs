//! A name may lead to several addresses, and some of them nowhere.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::timeout;

/// One address may take so long. A network that swallows what it is sent, as IPv6 often does where it is half set up, must
/// not use up the time of the others.
const PATIENCE: Duration = Duration::from_secs(4);

/// Connects to the first of these addresses that answers. Not by name: what was checked is what is connected to.
pub(crate) async fn first_that_answers<S, F>(
    addresses: &[SocketAddr],
    connect: impl Fn(SocketAddr) -> F,
) -> io::Result<S>
where
    F: Future<Output = io::Result<S>>,
{
    let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for address in addresses {
        match timeout(PATIENCE, connect(*address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first address took all the time there was, and the second was never tried.
    #[tokio::test(start_paused = true)]
    async fn an_address_that_swallows_everything_does_not_keep_from_the_next() {
        let addresses = ["[2001:db8::1]:443", "192.0.2.1:443"].map(|address| address.parse().unwrap());
        let connect = async |address: SocketAddr| {
            if address.is_ipv6() { std::future::pending().await } else { Ok(address) }
        };
        let begun = tokio::time::Instant::now();
        assert_eq!(first_that_answers(&addresses, connect).await.unwrap(), addresses[1]);
        assert_eq!(begun.elapsed(), PATIENCE);
        let nowhere = first_that_answers(&addresses[..1], connect).await.unwrap_err();
        assert_eq!(nowhere.kind(), io::ErrorKind::TimedOut);
    }
}
