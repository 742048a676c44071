//! Keys from fixed seeds; keys that are refused, and odd ones that are not.

use crate::points::{beyond, is_point, mixed, scalar, small_order};
use crate::shape::{Key, Keys, Odd, hex};
use hub::SecretKey;

/// The seed that is 32 times the same byte.
pub(crate) fn seed(byte: u8) -> [u8; 32] {
    [byte; 32]
}

pub(crate) fn all() -> Keys {
    let keys = (1..=4).map(|byte| {
        let key = SecretKey::from_seed(seed(byte)).public();
        Key { seed: hex(seed(byte)), key: key.to_string() }
    });
    let accepted = (1..8).map(|place| Odd {
        what: format!("the first key and a point of small order ({place} times a generator)"),
        key: hex(mixed(scalar(seed(1)), place)),
    });
    Keys { keys: keys.collect(), accepted: accepted.collect(), refused: refused() }
}

fn refused() -> Vec<Odd> {
    let mut refused: Vec<Odd> =
        small_order().into_iter().map(|(what, key)| Odd { what, key: hex(key) }).collect();
    for more in 2..19 {
        let key = beyond(more, false);
        if is_point(key) {
            refused.push(Odd { what: format!("not canonical: y = p + {more} for {more}"), key: hex(key) });
        }
    }
    let mut two = [0; 32];
    two[0] = 2;
    assert!(!is_point(two));
    refused.push(Odd { what: "no point: y = 2".to_owned(), key: hex(two) });
    refused
}
