//! What people write.

use serde_json::{Value, json};

/// An offer in euro, on the first version of a listing.
pub fn offer(amount: &str) -> Value {
    json!({ "amount": amount, "currency": "EUR", "version": 1 })
}

/// An item that runs for so many seconds, from 10.00 EUR, with a soft close.
pub fn short_lot(title: &str, seconds: i64, window: i64) -> Value {
    json!({
        "title": title,
        "start_price": "10.00",
        "duration_seconds": seconds,
        "extension_window_seconds": window,
        "extension_cap_seconds": window.max(30),
    })
}
