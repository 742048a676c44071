//! A request whose bytes are ready but for token, key and amount.

use crate::keys::{KEY_BYTES, Keys};
use std::ops::Range;

/// One auction's request. Every request of a run has the same length, also those to the trivial handler.
pub(crate) struct Request {
    bytes: Vec<u8>,
    token: Range<usize>,
    key: Range<usize>,
    amount: Range<usize>,
}

/// The trivial handler, in the product and in the ten-line server.
pub(super) const TRIVIAL: &str = "/bench/echo";

/// Bytes of the longest path.
const PATH_BYTES: usize = 32;

/// Bytes of the largest amount with its quotes: ten thousand million, two decimals.
const AMOUNT_BYTES: usize = 16;

impl Request {
    pub(crate) fn new(host: &str, path: &str, version: u64, token_bytes: usize) -> Request {
        let mut request = Request { bytes: Vec::new(), token: 0..0, key: 0..0, amount: 0..0 };
        let path = padded(path);
        request.add(&format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer "));
        request.token = request.room(token_bytes);
        request.add("\r\nIdempotency-Key: ");
        request.key = request.room(KEY_BYTES);
        let (before, behind) = ("{\"amount\":", format!(",\"currency\":\"EUR\",\"version\":{version}}}"));
        let length = before.len() + AMOUNT_BYTES + behind.len();
        request
            .add(&format!("\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{before}"));
        request.amount = request.room(AMOUNT_BYTES);
        request.add(&behind);
        request
    }

    /// Writes the request with what is new in it.
    pub(crate) fn write(&self, out: &mut Vec<u8>, token: &[u8], keys: &mut Keys, hundredths: u64) {
        out.clear();
        out.extend_from_slice(&self.bytes);
        out[self.token.clone()].copy_from_slice(token);
        keys.write(&mut out[self.key.clone()]);
        write_amount(&mut out[self.amount.clone()], hundredths);
    }

    fn add(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn room(&mut self, bytes: usize) -> Range<usize> {
        let begin = self.bytes.len();
        self.bytes.resize(begin + bytes, b' ');
        begin..begin + bytes
    }
}

/// The route of the trivial handler, as long as the others.
pub(crate) fn trivial_path() -> String {
    padded(TRIVIAL)
}

/// A query that nobody reads makes all paths equally long.
fn padded(path: &str) -> String {
    format!("{path}?{}", "x".repeat(PATH_BYTES.saturating_sub(path.len())))
}

/// A decimal in quotes, behind as many blanks as are left; JSON does not mind them.
fn write_amount(room: &mut [u8], mut hundredths: u64) {
    let mut place = room.len() - 1;
    room[place] = b'"';
    for digit in 0.. {
        if digit == 2 {
            place -= 1;
            room[place] = b'.';
        }
        place -= 1;
        room[place] = b'0' + (hundredths % 10) as u8;
        hundredths /= 10;
        if digit >= 2 && hundredths == 0 {
            break;
        }
    }
    room[place - 1] = b'"';
}

#[cfg(test)]
mod tests {
    use super::write_amount;

    #[test]
    fn amounts_have_two_decimals_and_fill_the_room_with_blanks() {
        for (hundredths, wanted) in
            [(1, "        \"0.01\""), (25_000, "      \"250.00\""), (123, "        \"1.23\"")]
        {
            let mut room = [b' '; 14];
            write_amount(&mut room, hundredths);
            assert_eq!(std::str::from_utf8(&room).unwrap(), wanted);
        }
    }
}
