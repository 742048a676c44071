//! Waiting for what can be seen, never for an amount of time.

#![allow(clippy::disallowed_methods, reason = "a test that waits for real processes needs a real clock")]

use std::time::{Duration, Instant};

/// Between two looks.
const LOOK_AGAIN: Duration = Duration::from_millis(5);

/// Looks until there is something to see.
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    within(Duration::from_secs(60), what, &mut look)
}

/// Looks until there is something to see, or the time is over.
pub fn within<T>(limit: Duration, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < deadline, "waited in vain for: {what}");
        std::thread::park_timeout(LOOK_AGAIN);
    }
}

/// A moment of the API in microseconds since 1970.
pub fn moment(text: &serde_json::Value) -> i64 {
    let text = text.as_str().unwrap_or_else(|| panic!("no moment: {text}"));
    text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
}
