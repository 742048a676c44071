//! Hubs that link over real sockets on this machine.
#![allow(clippy::unwrap_used)]

mod attempting;
mod delivering;
mod dialling;
mod failing;
mod proxy;
mod raw;
mod refusing;
mod scene;
mod stopping;
mod tls;
