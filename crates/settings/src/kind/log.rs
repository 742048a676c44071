//! How the log is written, and how much.

use super::{Kind, quote};
use crate::{Program, Value};
use std::marker::PhantomData;
use tracing_subscriber::EnvFilter;

crate::choice! {
    /// How a line of the log is written.
    LogFormat {
        /// For people.
        Text = "text",
        /// For programs.
        Json = "json",
    }
}

/// Levels for everything or for parts, as `tracing` writes them.
pub struct Level<P>(PhantomData<P>);

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

impl<P: Program> Kind for Level<P> {
    type Of = String;

    fn expects() -> String {
        format!("{}, or such with parts: \"{}\"", LEVELS.join(", "), P::LEVELS)
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
/// `inof` would silence the program.
fn is_directive(text: &str) -> bool {
    let level = text.rsplit('=').next().unwrap_or(text);
    LEVELS.contains(&level.trim().to_lowercase().as_str())
}
