//! Sockets of which nobody knows yet who is at the other end.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many sockets may be open that have not proved who they are.
#[derive(Clone, Debug)]
pub(crate) struct Strangers(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most: usize,
    most_of_one: usize,
    counts: Mutex<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    all: usize,
    of_one: HashMap<IpAddr, usize>,
}

/// One such socket; it stops counting when this is dropped.
#[derive(Debug)]
pub(super) struct Stranger {
    strangers: Strangers,
    from: IpAddr,
}

impl Strangers {
    pub(crate) fn new(most: usize, most_of_one: usize) -> Strangers {
        Strangers(Arc::new(Inner { most, most_of_one, counts: Mutex::default() }))
    }

    /// Lets one in, if there are not too many already.
    pub(super) fn let_in(&self, from: IpAddr) -> Option<Stranger> {
        let from = household(from);
        let mut counts = self.counts();
        let of_one = counts.of_one.get(&from).copied().unwrap_or(0);
        if counts.all >= self.0.most || of_one >= self.0.most_of_one {
            return None;
        }
        counts.all += 1;
        counts.of_one.insert(from, of_one + 1);
        Some(Stranger { strangers: self.clone(), from })
    }

    // No code that can panic runs under this lock.
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One customer of IPv6 has at least 2^64 addresses.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let mut counts = self.strangers.counts();
        counts.all -= 1;
        if let Some(of_one) = counts.of_one.get_mut(&self.from) {
            *of_one -= 1;
            if *of_one == 0 {
                counts.of_one.remove(&self.from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_gets_its_share_and_gives_it_back() {
        let strangers = Strangers::new(3, 2);
        let [one, other, third]: [IpAddr; 3] =
            ["10.0.0.1", "10.0.0.2", "10.0.0.3"].map(|ip| ip.parse().unwrap());
        let first = strangers.let_in(one).unwrap();
        let _second = strangers.let_in(one).unwrap();
        assert!(strangers.let_in(one).is_none());
        let _third = strangers.let_in(other).unwrap();
        assert!(strangers.let_in(third).is_none());
        drop(first);
        assert!(strangers.let_in(third).is_some());
        assert!(strangers.let_in(one).is_some());
    }

    #[test]
    fn a_household_of_ipv6_counts_as_one() {
        let strangers = Strangers::new(9, 1);
        let _first = strangers.let_in("2606:4700::1".parse().unwrap()).unwrap();
        assert!(strangers.let_in("2606:4700::2".parse().unwrap()).is_none());
        assert!(strangers.let_in("2606:4700:0:1::2".parse().unwrap()).is_some());
    }
}
