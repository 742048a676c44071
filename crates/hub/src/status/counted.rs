//! Numbers and codes as people read them. Programs get them as they are.

use std::borrow::Cow;

/// So many of something, with its plural where it is one.
pub(crate) fn count(number: u64, thing: &str) -> String {
    format!("{} {thing}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with a comma before every three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Bytes in the unit that leaves the fewest digits.
pub(crate) fn size(bytes: u64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    match units.into_iter().find(|(size, _)| bytes >= *size) {
        Some((size, unit)) => format!("{:.1} {unit}", bytes as f64 / size as f64),
        None => count(bytes, "byte"),
    }
}

/// What became of envelopes that came.
pub(crate) fn received(code: &str) -> Cow<'_, str> {
    Cow::Borrowed(match code {
        "new" => "new",
        "duplicate" => "known already",
        "expired" => "too late to be worth delivering",
        "too_old" => "older than anything that is still taken",
        "skew" => "from the future, asked for again later: a clock is wrong",
        "limited" => "over a limit, asked for again later",
        "refused" => "of an origin that is blocked here",
        "forked" => "in contradiction to what their origin had sent before",
        "bad_signature" => "with a wrong signature",
        other => return unknown(other),
    })
}

/// Why envelopes did not get to somebody.
pub(crate) fn discarded(code: &str) -> Cow<'_, str> {
    Cow::Borrowed(match code {
        "expired" => "they came too late to be worth delivering",
        "deactivated" => "the neighbour was away for too long",
        "retention" => "they were kept for as long as the settings say",
        "refused" => "they are larger than the neighbour takes",
        other => return unknown(other),
    })
}

/// How many hubs new envelopes had passed.
pub(crate) fn passed(hops: &str) -> String {
    match hops {
        "unknown" => "an unknown number of hubs".to_owned(),
        "1" => "1 hub".to_owned(),
        hops => format!("{hops} hubs"),
    }
}

/// Why somebody who dialled got no link.
pub(crate) fn no_link(code: &str) -> Cow<'_, str> {
    Cow::Borrowed(match code {
        "busy" => "this hub has all the neighbours that it serves",
        "late" => "it took too long to say who it is",
        "malformed" => "it does not speak the protocol",
        "not_allowed" => "its key is blocked, or not on the list",
        "not_approved" => "the webmaster has not approved its key",
        "not_proved" => "it has not proved its key",
        "replayed" => "its proof was one that had been given before",
        "too_large" => "it sent a frame that was too large",
        "too_many" => "too many at once had not said who they are",
        "version" => "it does not speak this version of the protocol",
        "wrong_host" => "it dialled a name that is none of this hub",
        other => return unknown(other),
    })
}

/// A code that got no words yet is at least no code any more.
fn unknown(code: &str) -> Cow<'_, str> {
    Cow::Owned(code.replace('_', " "))
}

/// Without what only the operating system has to do with.
pub(crate) fn plain(words: &str) -> &str {
    words.split_once(" (os error ").map_or(words, |(words, _)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_no_plural() {
        assert_eq!([0, 1, 2].map(|number| count(number, "origin")), ["0 origins", "1 origin", "2 origins"]);
        assert_eq!(count(1_234_567, "envelope"), "1,234,567 envelopes");
        assert_eq!([12, 999, 1_000].map(grouped), ["12", "999", "1,000"]);
    }

    #[test]
    fn bytes_have_the_unit_that_fits() {
        assert_eq!([1, 1_023, 5_120, 3 << 29].map(size), ["1 byte", "1,023 bytes", "5.0 KiB", "1.5 GiB"]);
    }

    #[test]
    fn no_code_is_shown_to_people() {
        for code in ["too_old", "bad_signature", "not_known_yet"] {
            assert!(!received(code).contains('_') && !discarded(code).contains('_'));
        }
        assert_eq!(
            plain("no connection: Connection refused (os error 111)"),
            "no connection: Connection refused"
        );
    }
}
