//! Where a program listens.

use super::{Kind, quote};
use crate::{Program, Value};
use std::fmt;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

/// One place to listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// This machine alone, by both versions of the protocol.
    Localhost(u16),
    /// This address.
    At(SocketAddr),
}

impl Listen {
    /// The sockets to open. The first must open; a second one may fail, on machines without IPv6.
    pub fn sockets(&self) -> Vec<SocketAddr> {
        match *self {
            Listen::Localhost(port) => vec![
                SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
            ],
            Listen::At(socket) => vec![socket],
        }
    }

    /// The port; 0 for any that is free.
    pub fn port(&self) -> u16 {
        match self {
            Listen::Localhost(port) => *port,
            Listen::At(socket) => socket.port(),
        }
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Listen::Localhost(port) => write!(f, "localhost:{port}"),
            Listen::At(socket) => write!(f, "{socket}"),
        }
    }
}

/// One place to listen, as a setting.
pub struct Listening<P>(PhantomData<P>);

impl<P: Program> Kind for Listening<P> {
    type Of = Listen;

    fn expects() -> String {
        format!("an address with a port such as \"localhost:{}\", \"0.0.0.0:80\" or \"[::]:80\"", P::PORT)
    }

    fn read(value: &Value) -> Option<Listen> {
        let text = value.text()?.trim();
        match text.strip_prefix("localhost:") {
            Some(port) => port.parse().ok().map(Listen::Localhost),
            None => text.parse().ok().map(Listen::At),
        }
    }

    fn write(listen: &Listen) -> String {
        quote(&listen.to_string())
    }
}
