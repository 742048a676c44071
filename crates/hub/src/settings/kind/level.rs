//! How much is logged.

use super::super::value::Value;
use super::{Kind, quote};
use tracing_subscriber::EnvFilter;

/// Levels for everything or for parts, as `tracing` writes them.
pub(in super::super) struct Level;

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

impl Kind for Level {
    type Of = String;

    fn expects() -> String {
        format!("{}, or such with parts: \"info,hub::links=debug\"", LEVELS.join(", "))
    }

    fn read(value: &Value) -> Option<String> {
        let text = value.text()?.trim();
        let good = text.split(',').all(is_directive) && EnvFilter::try_new(text).is_ok();
        good.then(|| text.to_owned())
    }

    fn write(level: &String) -> String {
        quote(level)
    }
}

/// The library takes any word for the name of a part and then logs everything of it, so that
/// `inof` would silence the hub.
fn is_directive(text: &str) -> bool {
    let level = text.rsplit('=').next().unwrap_or(text);
    LEVELS.contains(&level.trim().to_lowercase().as_str())
}
