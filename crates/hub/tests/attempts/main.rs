//! Neighbours that are away, by an injected clock: no socket, nothing but the node.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod scene;
mod schedule;
mod stalled;
mod too_large;
