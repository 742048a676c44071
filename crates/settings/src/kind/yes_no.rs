//! Yes or no.

use super::Kind;
use crate::Value;

/// Something that is so, or is not.
pub struct YesNo;

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
