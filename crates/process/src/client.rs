//! Whose request this is, where proxies stand in between.

use http::HeaderMap;
use std::net::IpAddr;

/// In which each proxy adds from where it was asked.
const FORWARDED: &str = "x-forwarded-for";

/// The address of a client. `seen`: whose connection it is; `is_trusted`: whose word on where he was asked from counts.
///
/// Read from its end, the header `X-Forwarded-For` leads from the nearest proxy to whoever was first. The first address that
/// is not trusted is the client; what stands before it was sent by that client, and can be anything.
pub fn client_address(seen: IpAddr, headers: &HeaderMap, is_trusted: impl Fn(IpAddr) -> bool) -> IpAddr {
    let told = headers.get_all(FORWARDED).iter().map(|line| line.to_str().unwrap_or_default());
    let hops: Vec<&str> = told.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut client = seen;
    for hop in hops.into_iter().rev() {
        match hop.parse() {
            Ok(before) if is_trusted(client) => client = before,
            // Nobody knows who that was: the last one who is known answers for him.
            _ => break,
        }
    }
    client
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn is_trusted(address: IpAddr) -> bool {
        let text = address.to_canonical().to_string();
        text == "127.0.0.1" || text.starts_with("10.")
    }

    #[test]
    fn the_client_is_the_last_one_who_is_not_trusted() {
        for (seen, lines, client) in [
            // Without a proxy, what is told does not count.
            ("192.0.2.9", &["192.0.2.1"][..], "192.0.2.9"),
            ("192.0.2.9", &[], "192.0.2.9"),
            // One proxy.
            ("127.0.0.1", &["192.0.2.1"], "192.0.2.1"),
            ("::ffff:127.0.0.1", &["2001:db8::1"], "2001:db8::1"),
            ("127.0.0.1", &["198.51.100.1, 192.0.2.1"], "192.0.2.1"),
            ("127.0.0.1", &["198.51.100.1", "192.0.2.1"], "192.0.2.1"),
            // Two of them.
            ("127.0.0.1", &["192.0.2.1, 10.0.0.7"], "192.0.2.1"),
            ("127.0.0.1", &["198.51.100.1,192.0.2.1", "10.0.0.7"], "192.0.2.1"),
            ("127.0.0.1", &["192.0.2.1, 198.51.100.1"], "198.51.100.1"),
            // Who asks from where the proxies are is himself.
            ("127.0.0.1", &["10.0.0.9, 10.0.0.7"], "10.0.0.9"),
            // What cannot be read hides who is before it.
            ("127.0.0.1", &[], "127.0.0.1"),
            ("127.0.0.1", &["unknown"], "127.0.0.1"),
            ("127.0.0.1", &["192.0.2.1, unknown"], "127.0.0.1"),
            ("127.0.0.1", &["192.0.2.1, unknown, 10.0.0.7"], "10.0.0.7"),
            ("127.0.0.1", &["192.0.2.1,"], "127.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(FORWARDED, line.parse().unwrap());
            }
            let found = client_address(seen.parse().unwrap(), &headers, is_trusted);
            assert_eq!(found.to_string(), client, "{seen} {lines:?}");
        }
    }
}
