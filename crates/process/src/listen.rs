//! Listening: sockets where the settings want them.

use anyhow::{Context, Result, bail};
use settings::kind::Listen;
use std::net::TcpListener;

/// Opens all addresses. Of `localhost` only one has to open: containers may lack IPv6.
pub fn bind(places: &[Listen]) -> Result<Vec<TcpListener>> {
    let mut sockets: Vec<TcpListener> = Vec::new();
    for listen in places {
        let (before, mut last) = (sockets.len(), None);
        for mut address in listen.sockets() {
            if let (0, Some(first)) = (address.port(), sockets.get(before)) {
                address.set_port(first.local_addr()?.port());
            }
            match TcpListener::bind(address) {
                Ok(socket) => sockets.push(socket),
                Err(error) => last = Some((address, error)),
            }
        }
        if let (Some((address, error)), true) = (last, sockets.len() == before) {
            return Err(error).with_context(|| format!("cannot listen on {address}"));
        }
    }
    if sockets.is_empty() {
        bail!("there is no address to listen on");
    }
    Ok(sockets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn localhost_is_one_port_by_both_versions_of_the_protocol() {
        let sockets = bind(&[Listen::Localhost(0)]).unwrap();
        let ports: Vec<_> = sockets.iter().map(|socket| socket.local_addr().unwrap().port()).collect();
        assert!(ports.iter().all(|port| *port == ports[0] && *port != 0), "{ports:?}");
    }

    #[test]
    fn an_address_that_cannot_be_had_is_named() {
        let taken = bind(&[Listen::At("127.0.0.1:0".parse().unwrap())]).unwrap();
        let address = taken[0].local_addr().unwrap();
        let error = bind(&[Listen::At(address)]).unwrap_err();
        assert_eq!(error.to_string(), format!("cannot listen on {address}"));
        assert_eq!(bind(&[]).unwrap_err().to_string(), "there is no address to listen on");
    }
}
