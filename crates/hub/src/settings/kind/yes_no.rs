//! Yes or no.

use super::super::value::Value;
use super::Kind;

/// Something that is so, or is not.
pub(in super::super) struct YesNo;

impl Kind for YesNo {
    type Of = bool;

    fn expects() -> String {
        "true or false".to_owned()
    }

    fn read(value: &Value) -> Option<bool> {
        value.yes()
    }

    fn write(value: &bool) -> String {
        value.to_string()
    }
}
