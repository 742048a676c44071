//! Who asks, where a proxy stands in between.

use axum::http::HeaderMap;
use std::net::IpAddr;

/// The address of a client. `seen`: whose connection it is. What a proxy of the settings says counts, and of that only the
/// last address: those before it were sent by the client, and can be anything.
pub(super) fn address(seen: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    if !proxies.contains(&seen.to_canonical()) {
        return seen;
    }
    let told = headers.get_all("x-forwarded-for").iter().next_back();
    let told = told.and_then(|told| told.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    told.unwrap_or(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen_as(from: &str, told: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for told in told {
            headers.append("x-forwarded-for", told.parse().unwrap());
        }
        address(from.parse().unwrap(), &headers, &["127.0.0.1".parse().unwrap()]).to_string()
    }

    #[test]
    fn a_proxy_of_the_settings_is_believed_and_nobody_else() {
        assert_eq!(seen_as("127.0.0.1", &["192.0.2.1"]), "192.0.2.1");
        assert_eq!(seen_as("::ffff:127.0.0.1", &["2001:db8::1"]), "2001:db8::1");
        assert_eq!(seen_as("192.0.2.9", &["192.0.2.1"]), "192.0.2.9");
        assert_eq!(seen_as("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(seen_as("127.0.0.1", &["unknown"]), "127.0.0.1");
    }

    #[test]
    fn what_a_client_claims_before_the_proxy_does_not_count() {
        assert_eq!(seen_as("127.0.0.1", &["198.51.100.1, 192.0.2.1"]), "192.0.2.1");
        assert_eq!(seen_as("127.0.0.1", &["198.51.100.1", "192.0.2.1"]), "192.0.2.1");
    }
}
