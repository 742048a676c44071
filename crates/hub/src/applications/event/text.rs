//! Forms that text can have.

use crate::time::Time;
use jiff::Timestamp;

/// Whether text has only characters that an attribute may have: no control characters, no noncharacters.
pub(super) fn is_plain(text: &str) -> bool {
    !text.chars().any(|letter| {
        letter.is_control()
            || matches!(letter, '\u{FDD0}'..='\u{FDEF}')
            || u32::from(letter) & 0xFFFE == 0xFFFE
    })
}

/// A time of RFC 3339, which is narrower than what the library reads.
pub(super) fn time(text: &str) -> Option<Time> {
    let bytes = text.as_bytes();
    let shape = b"dddd-dd-ddTdd:dd:dd";
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        b'T' => matches!(byte, b'T' | b't'),
        exact => byte == exact,
    };
    let (date, rest) = bytes.split_at_checked(shape.len())?;
    if !date.iter().zip(shape).all(fits) || !is_fraction_and_offset(rest) {
        return None;
    }
    let moment: Timestamp = text.to_uppercase().parse().ok()?;
    // What lies before 1970 is long past.
    Some(Time(u64::try_from(moment.as_microsecond()).unwrap_or(0)))
}

fn is_fraction_and_offset(rest: &[u8]) -> bool {
    let offset = match rest.strip_prefix(b".") {
        Some(fraction) => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return false;
            }
            &fraction[digits..]
        }
        None => rest,
    };
    match offset {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', hour @ .., b':', m1, m2] => {
            hour.len() == 2 && hour.iter().chain([m1, m2]).all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// Whether text is a media type: `type/subtype` of token characters, and parameters behind.
pub(super) fn is_media_type(text: &str) -> bool {
    let essence = essence(text);
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// Whether a media type says that the data is JSON: `*/json` or `*/*+json`.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a media type says that the data is text that a person could read.
pub(super) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    let text = essence.starts_with("text/") || essence.ends_with("/xml") || essence.ends_with("+xml");
    text && is_utf8(media_type)
}

/// Whether no other character set than UTF-8 is named.
pub(in super::super) fn is_utf8(media_type: &str) -> bool {
    let named = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut sets = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    sets.all(|(_, set)| {
        matches!(set.trim().trim_matches('"').to_ascii_lowercase().as_str(), "utf-8" | "us-ascii")
    })
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn is_token(text: &str) -> bool {
    let good = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(good)
}
