//! Reading answers: the status and where the answer ends, nothing else.

use anyhow::{Context, Result, ensure};
use memchr::memmem::find;

/// Status and length of the answer at the beginning of `bytes`; `None` while it is not complete.
pub(crate) fn read(bytes: &[u8]) -> Result<Option<(u16, usize)>> {
    let Some(head) = find(bytes, b"\r\n\r\n") else { return Ok(None) };
    ensure!(bytes.starts_with(b"HTTP/1.1 ") && head > STATUS.end, "not an answer");
    let status = number(&bytes[STATUS]);
    // The servers that are measured write small letters.
    let length = find(&bytes[..head], LENGTH).context("an answer without a length")? + LENGTH.len();
    let end = head + 4 + number(&bytes[length..head]);
    Ok((bytes.len() >= end).then_some((status as u16, end)))
}

const STATUS: std::ops::Range<usize> = 9..12;
const LENGTH: &[u8] = b"content-length: ";

fn number(digits: &[u8]) -> usize {
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn an_answer_counts_when_its_last_byte_is_there() {
        let answer = b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\ndate: now\r\n\r\n{}";
        for end in 0..answer.len() {
            assert_eq!(read(&answer[..end]).unwrap(), None);
        }
        assert_eq!(read(answer).unwrap(), Some((201, answer.len())));
    }
}
