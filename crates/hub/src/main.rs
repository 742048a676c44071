//! The daemon, once it is there.

fn main() {}
