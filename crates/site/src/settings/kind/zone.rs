//! Time zones.

use jiff::tz::TimeZone;
use settings::kind::quote;
use settings::{Kind, Value};

/// A name of the time zone database.
pub(crate) struct Zone;

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
