//! What somebody probably meant.

/// The candidate that is nearest to a word, if any is near enough to be a slip of the fingers.
/// A name without its table counts as found in every table: `level` is near `log.level`.
pub(crate) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let measured = candidates.map(|candidate| {
        let whole = distance(word, candidate);
        (whole.min(distance(last(word), last(candidate))), whole, candidate)
    });
    let (near, _, candidate) = measured.min()?;
    let slips_max = (last(word).chars().count() / 3).clamp(1, 3);
    (near <= slips_max).then_some(candidate)
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

/// How many letters must be put in, taken out or changed (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (at, letter) in from.chars().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (place, other) in to.iter().enumerate() {
            let changed = corner + usize::from(letter != *other);
            corner = row[place + 1];
            row[place + 1] = changed.min(corner + 1).min(row[place] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = || ["listen", "data", "limits.origins", "tls.certificate", "log.level"].into_iter();
        for (word, meant) in [
            ("lissten", Some("listen")),
            ("date", Some("data")),
            ("level", Some("log.level")),
            ("lgo.level", Some("log.level")),
            ("tls.certifcate", Some("tls.certificate")),
            ("colour", None),
            ("x", None),
        ] {
            assert_eq!(nearest(word, known()), meant, "{word}");
        }
    }
}
