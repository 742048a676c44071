//! Whatever comes, nothing panics. `HUB_NONSENSE=100000 cargo test -p hub --test nonsense` tries longer.
#![allow(clippy::unwrap_used)]

mod decoding;
mod sketch;
mod story;
mod thinking;

use proptest::test_runner::Config;

/// As many cases as the environment asks for, or so many.
fn cases(usual: u32) -> Config {
    let asked = std::env::var("HUB_NONSENSE").ok().and_then(|text| text.parse().ok());
    Config { failure_persistence: None, ..Config::with_cases(asked.unwrap_or(usual)) }
}
