//! Addresses of machines.

use super::super::value::Value;
use super::{Kind, quote};
use std::net::IpAddr;

impl Kind for IpAddr {
    type Of = IpAddr;

    fn expects() -> String {
        "an address such as \"127.0.0.1\" or \"2001:db8::1\"".to_owned()
    }

    fn read(value: &Value) -> Option<IpAddr> {
        value.text()?.trim().parse().ok()
    }

    fn write(address: &IpAddr) -> String {
        quote(&address.to_string())
    }
}
