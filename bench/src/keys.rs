//! Idempotency keys: random, as clients draw them.

/// A generator (SplitMix64) that costs next to nothing; the keys have to differ, not to be secret.
pub(crate) struct Keys(u64);

/// Digits and dashes of a key.
pub(crate) const KEY_BYTES: usize = 36;

impl Keys {
    /// Keys that differ from those of another seed.
    pub(crate) fn new(seed: u64) -> Keys {
        Keys(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Writes a version 4 UUID.
    pub(crate) fn write(&mut self, key: &mut [u8]) {
        let random = (u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes();
        let mut place = 0;
        for (index, byte) in random.into_iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                key[place] = b'-';
                place += 1;
            }
            let byte = match index {
                6 => 0x40 | byte & 0x0f,
                8 => 0x80 | byte & 0x3f,
                _ => byte,
            };
            key[place] = DIGITS[usize::from(byte >> 4)];
            key[place + 1] = DIGITS[usize::from(byte & 15)];
            place += 2;
        }
    }
}

const DIGITS: &[u8; 16] = b"0123456789abcdef";

#[cfg(test)]
mod tests {
    use super::{KEY_BYTES, Keys};

    #[test]
    fn a_key_has_the_form_of_a_uuid_and_no_two_are_alike() {
        let mut keys = Keys::new(1);
        let mut seen = std::collections::HashSet::new();
        for _ in 0..10_000 {
            let mut key = [0; KEY_BYTES];
            keys.write(&mut key);
            assert!([8, 13, 18, 23].iter().all(|place| key[*place] == b'-'), "{key:?}");
            assert_eq!(key[14], b'4');
            assert!(seen.insert(key));
        }
    }
}
