//! Hubs that link over real sockets on this machine.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod approving;
mod attempting;
mod counting;
mod delivering;
mod dialling;
mod failing;
mod hops;
mod intruding;
mod outage;
mod proxy;
mod raw;
mod refused;
mod refusing;
mod scene;
mod spreading;
mod starting;
mod stopping;
mod tls;
mod weather;
