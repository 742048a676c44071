//! A set of numbers, kept as ranges.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Numbers from 1 on. Costs one map entry for each run without a gap, however long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranges {
    /// First number of each run to its last. Runs neither touch nor overlap.
    runs: BTreeMap<u64, u64>,
    count: u64,
}

impl Ranges {
    /// An empty set.
    pub fn new() -> Ranges {
        Ranges::default()
    }

    /// All from 1 to `last`.
    pub fn up_to(last: u64) -> Ranges {
        let mut ranges = Ranges::new();
        ranges.insert(1..=last);
        ranges
    }

    /// Whether this number is in it.
    pub fn contains(&self, number: u64) -> bool {
        self.run_at(number).is_some()
    }

    /// The run in which this number is.
    pub fn run_at(&self, number: u64) -> Option<RangeInclusive<u64>> {
        let (first, last) = self.runs.range(..=number).next_back()?;
        (number <= *last).then_some(*first..=*last)
    }

    /// How many numbers are in it.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The greatest number.
    pub fn last(&self) -> Option<u64> {
        self.runs.last_key_value().map(|(_, last)| *last)
    }

    /// The least number.
    pub fn first(&self) -> Option<u64> {
        self.runs.first_key_value().map(|(first, _)| *first)
    }

    /// The last number before the first gap; 0 if 1 is missing.
    pub fn settled(&self) -> u64 {
        self.runs.get(&1).copied().unwrap_or(0)
    }

    /// The runs, in order.
    pub fn runs(&self) -> impl Iterator<Item = RangeInclusive<u64>> + '_ {
        self.runs.iter().map(|(first, last)| *first..=*last)
    }

    /// How many runs there are. Costs nothing.
    pub fn run_count(&self) -> usize {
        self.runs.len()
    }

    /// The lowest of the runs, at most so many.
    pub fn lowest(&self, runs: usize) -> Ranges {
        self.runs().take(runs).collect()
    }

    /// Takes out the highest runs, so that at most so many are left.
    pub fn keep_lowest(&mut self, runs: usize) {
        while self.runs.len() > runs
            && let Some((first, last)) = self.runs.pop_last()
        {
            self.count -= last - first + 1;
        }
    }

    /// Adds numbers; gives how many were not in it.
    pub fn insert(&mut self, range: RangeInclusive<u64>) -> u64 {
        let (mut first, mut last) = range.into_inner();
        if first > last {
            return 0;
        }
        let asked = last - first + 1;
        let mut had = 0;
        // Runs that overlap or touch become one.
        while let Some((start, end)) = self.neighbour(first, last) {
            had += (end.min(last) + 1).saturating_sub(start.max(first));
            (first, last) = (first.min(start), last.max(end));
            self.runs.remove(&start);
        }
        // Numbers of runs that were swallowed beyond what was asked were there before.
        let new = asked - had.min(asked);
        self.runs.insert(first, last);
        self.count += new;
        new
    }

    /// A run that overlaps or touches.
    fn neighbour(&self, first: u64, last: u64) -> Option<(u64, u64)> {
        let (start, end) = self.runs.range(..=last.saturating_add(1)).next_back()?;
        (end.saturating_add(1) >= first).then_some((*start, *end))
    }

    /// Takes numbers out; gives how many were in it.
    pub fn remove(&mut self, range: RangeInclusive<u64>) -> u64 {
        let (first, last) = range.into_inner();
        let mut gone = 0;
        while let Some((start, end)) = self.overlapping(first, last) {
            self.runs.remove(&start);
            gone += end.min(last) - start.max(first) + 1;
            if start < first {
                self.runs.insert(start, first - 1);
            }
            if end > last {
                self.runs.insert(last + 1, end);
            }
        }
        self.count -= gone;
        gone
    }

    fn overlapping(&self, first: u64, last: u64) -> Option<(u64, u64)> {
        let (start, end) = self.runs.range(..=last).next_back()?;
        (first <= last && *end >= first).then_some((*start, *end))
    }

    /// Takes out all that are in `other`; gives how many.
    pub fn remove_all(&mut self, other: &Ranges) -> u64 {
        let (Some(first), Some(last)) = (self.first(), self.last()) else { return 0 };
        let start = other.run_at(first).map_or(first, |run| *run.start());
        let runs: Vec<_> = other.runs.range(start..=last).map(|(first, last)| *first..=*last).collect();
        runs.into_iter().map(|run| self.remove(run)).sum()
    }

    /// Adds all of another set; gives how many were not in it.
    pub fn insert_all(&mut self, other: &Ranges) -> u64 {
        other.runs().map(|run| self.insert(run)).sum()
    }

    /// The first number from `from` on that is not in it.
    pub fn next_absent(&self, from: u64) -> u64 {
        self.run_at(from).map_or(from, |run| run.end() + 1)
    }

    /// The first run from `from` on, cut so that it begins there.
    pub fn next_run(&self, from: u64) -> Option<RangeInclusive<u64>> {
        if let Some(run) = self.run_at(from) {
            return Some(from..=*run.end());
        }
        self.runs.range(from..).next().map(|(first, last)| *first..=*last)
    }

    /// Whether `other` has a number that this one lacks.
    pub fn lacks_any_of(&self, other: &Ranges) -> bool {
        other.runs().any(|run| self.run_at(*run.start()).is_none_or(|own| own.end() < run.end()))
    }

    /// What this one has and `other` has not.
    pub fn without(&self, other: &Ranges) -> Ranges {
        let mut rest = self.clone();
        rest.remove_all(other);
        rest
    }
}

impl FromIterator<RangeInclusive<u64>> for Ranges {
    fn from_iter<I: IntoIterator<Item = RangeInclusive<u64>>>(runs: I) -> Ranges {
        let mut ranges = Ranges::new();
        for run in runs {
            ranges.insert(run);
        }
        ranges
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[derive(Clone, Debug)]
    enum Step {
        Insert(u64, u64),
        Remove(u64, u64),
    }

    fn step() -> impl Strategy<Value = Step> {
        let bounds = || (1..40u64, 0..8u64);
        prop_oneof![
            bounds().prop_map(|(first, more)| Step::Insert(first, first + more)),
            bounds().prop_map(|(first, more)| Step::Remove(first, first + more)),
        ]
    }

    fn numbers(ranges: &Ranges) -> BTreeSet<u64> {
        ranges.runs().flatten().collect()
    }

    proptest! {
        #[test]
        fn ranges_are_a_set_of_numbers(steps in prop::collection::vec(step(), 0..60), other in prop::collection::vec(1..40u64, 0..20)) {
            let (mut ranges, mut set) = (Ranges::new(), BTreeSet::new());
            for step in steps {
                match step {
                    Step::Insert(first, last) => {
                        let new = (first..=last).filter(|number| set.insert(*number)).count() as u64;
                        prop_assert_eq!(ranges.insert(first..=last), new);
                    }
                    Step::Remove(first, last) => {
                        let gone = (first..=last).filter(|number| set.remove(number)).count() as u64;
                        prop_assert_eq!(ranges.remove(first..=last), gone);
                    }
                }
                prop_assert_eq!(&numbers(&ranges), &set);
                prop_assert_eq!(ranges.count(), set.len() as u64);
                let runs: Vec<_> = ranges.runs().collect();
                prop_assert!(runs.windows(2).all(|pair| pair[0].end() + 1 < *pair[1].start()));
            }
            let other_set: BTreeSet<u64> = other.into_iter().collect();
            let other: Ranges = other_set.iter().map(|number| *number..=*number).collect();
            prop_assert_eq!(ranges.lacks_any_of(&other), other_set.difference(&set).next().is_some());
            prop_assert_eq!(numbers(&ranges.without(&other)), set.difference(&other_set).copied().collect::<BTreeSet<_>>());
            for from in 1..45 {
                prop_assert_eq!(ranges.next_absent(from), (from..).find(|number| !set.contains(number)).unwrap());
                prop_assert_eq!(ranges.next_run(from).map(|run| *run.start()), set.range(from..).next().copied());
            }
            prop_assert_eq!(ranges.run_count(), ranges.runs().count());
            for runs in 0..5 {
                let (lowest, mut kept) = (ranges.lowest(runs), ranges.clone());
                kept.keep_lowest(runs);
                prop_assert_eq!(&lowest, &ranges.runs().take(runs).collect::<Ranges>());
                prop_assert_eq!(&kept, &lowest);
            }
            let settled = (1..).take_while(|number| set.contains(number)).count() as u64;
            prop_assert_eq!(ranges.settled(), settled);
        }
    }
}
