//! Numbers of several rounds.

/// The middle of some numbers, with the smallest and the largest.
#[derive(Clone, Copy)]
pub(crate) struct Median {
    pub(crate) middle: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Median {
    /// Of no numbers all three are 0.
    pub(crate) fn of(numbers: impl IntoIterator<Item = f64>) -> Median {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let count = sorted.len();
        let at = |place: usize| sorted.get(place).copied().unwrap_or(0.0);
        let middle =
            if count % 2 == 1 { at(count / 2) } else { (at(count / 2) + at((count / 2).max(1) - 1)) / 2.0 };
        Median { middle, least: at(0), most: at(count.max(1) - 1) }
    }

    /// Middle (least..most) with so many decimals.
    pub(crate) fn show(self, decimals: usize) -> String {
        let Median { middle, least, most } = self;
        format!("{middle:.decimals$} ({least:.decimals$}..{most:.decimals$})")
    }
}

#[cfg(test)]
mod tests {
    use super::Median;

    #[test]
    fn the_middle_of_an_even_count_lies_between_two() {
        assert_eq!(Median::of([4.0, 1.0, 3.0, 2.0]).show(1), "2.5 (1.0..4.0)");
        assert_eq!(Median::of([3.0, 1.0, 2.0]).show(0), "2 (1..3)");
        assert_eq!(Median::of([]).show(0), "0 (0..0)");
    }
}
