//! The pages, asked directly: what a browser is not needed for.

#![allow(clippy::unwrap_used)]

mod bidding;
mod doors;
mod house;
mod selling;
