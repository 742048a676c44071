//! The message that everybody carries: 512 bytes of text, which begin with the nanosecond at which they left.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What is measured everywhere.
pub(crate) const BYTES: usize = 512;

/// Hexadecimal digits of a number.
pub(crate) const DIGITS: usize = 16;

/// A message that leaves now. Its text needs no escapes in JSON.
pub(crate) fn now() -> Vec<u8> {
    let mut message = vec![b'x'; BYTES];
    message[..DIGITS].copy_from_slice(&digits(nanoseconds()));
    message
}

/// How long ago a message left; `None` if this is none of ours.
pub(crate) fn age(message: &[u8]) -> Option<Duration> {
    let left = std::str::from_utf8(message.get(..DIGITS)?).ok()?;
    let left = u64::from_str_radix(left, 16).ok()?;
    Some(Duration::from_nanos(nanoseconds().saturating_sub(left)))
}

/// Now. All processes of the machine read the same clock.
pub(crate) fn nanoseconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_nanos() as u64)
}

/// A number of a fixed width.
pub(crate) fn digits(mut number: u64) -> [u8; DIGITS] {
    let mut digits = [0; DIGITS];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdef"[(number & 15) as usize];
        number >>= 4;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_when_it_left() {
        let message = now();
        assert_eq!(message.len(), BYTES);
        assert!(age(&message).unwrap() < Duration::from_secs(1));
        assert_eq!(age(b"short"), None);
    }

    #[test]
    fn digits_can_be_read_again() {
        for number in [0, 0x1234_5678_9abc_def0, u64::MAX] {
            let digits = digits(number);
            let text = std::str::from_utf8(&digits).unwrap();
            assert_eq!(u64::from_str_radix(text, 16), Ok(number));
        }
    }
}
