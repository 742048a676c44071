//! Chance under a seed, so that a failure can be played again.

/// SplitMix64: small, and good enough to choose with.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The seed of `ANUKO_SEED`, else this one. It is printed, for whoever sees the test fail.
    pub fn seeded(seed: u64) -> Dice {
        let seed = std::env::var("ANUKO_SEED").ok().map_or(seed, |text| text.parse().unwrap());
        #[allow(clippy::print_stdout, reason = "who looks at a failed test needs the seed")]
        {
            println!("seed {seed} (again: ANUKO_SEED={seed})");
        }
        Dice(seed)
    }

    /// Dice of their own for somebody who throws beside others.
    pub fn split(&mut self) -> Dice {
        Dice(self.next())
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `many`.
    pub fn below(&mut self, many: usize) -> usize {
        (self.next() % many.max(1) as u64) as usize
    }

    /// An `Idempotency-Key` in the form of a UUID.
    pub fn key(&mut self) -> String {
        let (one, two) = (self.next(), self.next());
        let hex = format!("{one:016x}{two:016x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }
}
