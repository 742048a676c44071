//! Time zones.

use super::super::value::Value;
use super::{Kind, quote};
use jiff::tz::TimeZone;

/// A name of the time zone database.
pub(in super::super) struct Zone;

impl Kind for Zone {
    type Of = TimeZone;

    fn expects() -> String {
        "the name of a time zone that this machine knows, such as \"UTC\" or \"Europe/Vienna\"".to_owned()
    }

    fn read(value: &Value) -> Option<TimeZone> {
        let name = value.text()?.trim();
        TimeZone::get(name).ok()
    }

    fn write(zone: &TimeZone) -> String {
        quote(zone.iana_name().unwrap_or("UTC"))
    }
}
