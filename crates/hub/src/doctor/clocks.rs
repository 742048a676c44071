//! Whether another hub tells the same time: what is signed too far in the future is not taken there.

use super::others::PATIENCE;
use crate::outgoing::{Call, Network, Trust};
use crate::settings::Address;
use crate::{Clock, Span, SystemClock, Time};
use bytes::Bytes;
use http::Request;
use http::header::DATE;
use process::doctor::Finding;
use std::time::UNIX_EPOCH;

/// Beyond this a message is from the future for the other side.
const DIFFER_MOST: Span = Span::minutes(5);

/// The other side tells whole seconds, and its answer takes its time.
const DIFFER_FREELY: Span = Span::seconds(10);

/// Compares the clocks; nothing if the other side does not tell the time.
pub(super) async fn compare(address: &Address, trust: &Trust) -> Option<Finding> {
    let caller = Network { allow_private: true, patience: PATIENCE, trust: trust.clone() };
    let request = Request::get(address.page("/.well-known/anuko-hub")).body(Bytes::new()).ok()?;
    let reply = caller.call(request).await.ok()?;
    let told = httpdate::parse_http_date(reply.headers.get(DATE)?.to_str().ok()?).ok()?;
    let told = u64::try_from(told.duration_since(UNIX_EPOCH).ok()?.as_micros()).ok()?;
    Some(judge(address.host(), Time(told), SystemClock.now()))
}

fn judge(host: &str, told: Time, now: Time) -> Finding {
    let (apart, way) = if told > now { (told.since(now), "behind") } else { (now.since(told), "ahead of") };
    let seconds = apart.0 / 1_000_000;
    let text = format!("clock: {seconds} s {way} that of {host}");
    match apart {
        apart if apart > DIFFER_MOST => Finding::Bad(text),
        apart if apart > DIFFER_FREELY => Finding::Doubtful(text),
        _ => Finding::Good(format!("clock: {host} tells the same time")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_may_differ_by_seconds_and_not_by_minutes() {
        let at = |seconds: u64| Time(seconds * 1_000_000);
        let judged = |told| judge("hub.example.org", at(told), at(1_000));
        assert_eq!(judged(995), Finding::Good("clock: hub.example.org tells the same time".to_owned()));
        assert_eq!(
            judged(900),
            Finding::Doubtful("clock: 100 s ahead of that of hub.example.org".to_owned())
        );
        assert_eq!(judged(1_400), Finding::Bad("clock: 400 s behind that of hub.example.org".to_owned()));
    }
}
