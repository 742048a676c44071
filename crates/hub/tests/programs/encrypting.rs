//! Hubs that encrypt by themselves.

use crate::place::Place;
use crate::serving::until;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// A certificate for this machine that vouches for itself, and its key; both as PEM.
pub(crate) fn certificate() -> (String, String) {
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    (pem("CERTIFICATE", made.cert.der()), pem("PRIVATE KEY", &made.signing_key.serialize_der()))
}

fn pem(what: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", lines.join("\n"))
}

/// Two hubs that have one upstream in common, which speaks TLS: what passes from one to the other passes it twice.
#[test]
fn a_hub_with_a_certificate_needs_no_proxy() {
    let (top, left, right) = (Place::new(), Place::new(), Place::new());
    let (certificate, key) = certificate();
    let (chain, key) = (top.file("chain.pem", &certificate), top.file("key.pem", &key));
    top.set(&format!("join = \"open\"\n[tls]\ncertificate = {chain:?}\nkey = {key:?}\n"));
    let upstream = top.serve(&[]);
    let url = format!("wss://localhost:{}/hub#{}", upstream.port, top.key());
    for place in [&left, &right] {
        place.set(&format!("upstreams = [{url:?}]\n[tls]\nroots = {chain:?}\n"));
    }
    let (sender, listener) = (left.token(), right.token());
    let (left, right) = (left.serve(&[]), right.serve(&[]));
    left.until_neighbour("linked for");
    right.until_neighbour("linked for");
    let mut watching = right.watch(&listener, None);
    (1..=3).for_each(|id| drop(left.post(&sender, id)));
    let ids: Vec<_> = (1..=3).map(|_| watching.next().1["id"].clone()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_in_words() {
    let (top, bottom) = (Place::new(), Place::new());
    let (certificate, key) = certificate();
    let (chain, key) = (top.file("chain.pem", &certificate), top.file("key.pem", &key));
    top.set(&format!("join = \"open\"\n[tls]\ncertificate = {chain:?}\nkey = {key:?}\n"));
    let upstream = top.serve(&[]);
    let hub = bottom.serve(&["--upstream", &format!("wss://localhost:{}/hub", upstream.port)]);
    let alarm = until(|| hub.status()["alarms"][0].as_str().map(str::to_owned));
    assert!(alarm.contains("was not reached") && alarm.contains("certificate"), "{alarm}");
}
