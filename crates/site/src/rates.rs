//! How much anybody may ask for.

mod streams;

pub use streams::Watcher;

use crate::settings::{LimitSettings, Settings};
use auction::Person;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use market::Refusal;
use process::client_address;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use streams::Streams;

use crate::app::Shared;

/// The limits, each with what it has seen; none where a setting is 0.
pub struct Rates {
    addresses: Option<DefaultKeyedRateLimiter<IpAddr>>,
    bidders: Option<DefaultKeyedRateLimiter<i64>>,
    streams: Option<Streams>,
}

impl Rates {
    /// As the settings say.
    pub fn new(limits: &LimitSettings) -> Rates {
        Rates {
            addresses: limiter(limits.requests_per_second_per_address, limits.requests_burst_per_address),
            bidders: limiter(limits.bids_per_second_per_person, limits.bids_burst_per_person),
            streams: NonZeroU32::new(limits.streams_per_address).map(Streams::at_most),
        }
    }

    /// Counts a bid of somebody.
    pub fn bid(&self, person: Person) -> Result<(), Refusal> {
        check(self.bidders.as_ref(), &person.0)
    }

    /// Counts a request from an address.
    pub fn request(&self, address: IpAddr) -> Result<(), Refusal> {
        check(self.addresses.as_ref(), &household(address))
    }

    /// Counts a live stream that an address opens, for as long as what comes back is kept.
    pub fn stream(&self, address: IpAddr) -> Result<Option<Watcher>, Refusal> {
        self.streams.as_ref().map(|streams| streams.begin(household(address))).transpose()
    }

    /// Whether anything is counted by address.
    pub fn counts_addresses(&self) -> bool {
        self.counts_requests() || self.streams.is_some()
    }

    /// Whether requests are counted at all.
    pub fn counts_requests(&self) -> bool {
        self.addresses.is_some()
    }

    /// Forgets who has not been seen for a while.
    pub fn forget(&self) {
        if let Some(limiter) = &self.addresses {
            limiter.retain_recent();
        }
        if let Some(limiter) = &self.bidders {
            limiter.retain_recent();
        }
    }
}

fn limiter<K: Hash + Eq + Clone>(
    per_second: impl TryInto<u32>,
    burst: impl TryInto<u32>,
) -> Option<DefaultKeyedRateLimiter<K>> {
    let per_second = NonZeroU32::new(per_second.try_into().ok()?)?;
    let burst = NonZeroU32::new(burst.try_into().ok()?)?;
    Some(RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst)))
}

fn check<K: Hash + Eq + Clone>(limiter: Option<&DefaultKeyedRateLimiter<K>>, key: &K) -> Result<(), Refusal> {
    let Some(limiter) = limiter else { return Ok(()) };
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        Refusal::TooMany { retry_after_seconds: wait.as_secs() + 1 }
    })
}

/// A household has one IPv4 address, or a /64 of IPv6.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => IpAddr::V6(Ipv6Addr::from_bits(six.to_bits() & (u128::MAX << 64))),
        },
    }
}

/// The address that a request comes from, if it came over a network and anything is counted by address.
pub fn address(request: &Request, settings: &Settings) -> Option<IpAddr> {
    let neighbour = request.extensions().get::<ConnectInfo<SocketAddr>>()?.0.ip();
    Some(client_address(neighbour, request.headers(), |one| settings.trusts(one)))
}

/// Counts every request from its address.
pub async fn count(State(app): State<Shared>, request: Request, next: Next) -> Response {
    if let Some(address) = address(&request, &app.settings)
        && let Err(refusal) = app.rates.request(address)
    {
        let of_api = request.uri().path().starts_with("/api/");
        return if of_api {
            crate::api::refused(&refusal)
        } else {
            crate::web::refused(app.clone(), request, &refusal).await
        };
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Overrides, Settings};

    #[test]
    fn a_household_shares_its_streams_and_another_has_its_own() {
        let most = [("ANUKO_AUCTION_LIMITS_STREAMS_PER_ADDRESS".to_owned(), "2".to_owned())];
        let settings = Settings::load(&Overrides::default(), most.into_iter(), None).unwrap();
        let rates = Rates::new(&settings.limits);
        let stream = |address: &str| rates.stream(address.parse().unwrap());
        let first = stream("2001:db8::1").unwrap();
        let _second = stream("2001:db8::2").unwrap();
        assert!(matches!(stream("2001:db8::3"), Err(Refusal::TooMany { .. })));
        let _other = stream("2001:db8:0:1::3").unwrap();
        drop(first);
        assert!(stream("2001:db8::3").is_ok());
    }
}
