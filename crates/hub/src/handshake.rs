//! The proof at the beginning of a link: what both sides sign.

use crate::frame::{Auth, Hello, Side};
use crate::key::SecretKey;
use crate::pae::pre_authentication_encoding;

/// The kind of bytes that are signed.
pub const AUTH_SIGNED_AS: &str = "anuko-hub-auth-1";

/// What the sender of an AUTH signs: its side, its own key, the peer's key, its own nonce, the peer's nonce, and the host
/// that was dialled. Replayed on another connection, to another node or under another name it proves nothing.
pub fn auth_bytes(own: &Hello, peer: &Hello, host: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(129 + host.len());
    bytes.push(own.side.code());
    bytes.extend_from_slice(own.key.bytes());
    bytes.extend_from_slice(peer.key.bytes());
    bytes.extend_from_slice(&own.nonce);
    bytes.extend_from_slice(&peer.nonce);
    bytes.extend_from_slice(host.as_bytes());
    pre_authentication_encoding(AUTH_SIGNED_AS, &bytes)
}

/// The proof of who has this key.
pub fn prove(key: &SecretKey, own: &Hello, peer: &Hello, host: &str) -> Auth {
    Auth { host: host.to_owned(), signature: key.sign(&auth_bytes(own, peer, host)) }
}

/// Whether the peer has proved its key. `hosts`: the names that may have been dialled; of a listener those of its own
/// settings, never what a request says; of a dialler the one that it dialled.
pub fn is_proved(own: &Hello, peer: &Hello, auth: &Auth, hosts: &[String]) -> bool {
    peer.side == own.side.other()
        && peer.key != own.key
        && hosts.contains(&auth.host)
        && peer.key.has_signed(&auth_bytes(peer, own, &auth.host), &auth.signature)
}

impl Side {
    /// The word in logs.
    pub fn word(self) -> &'static str {
        match self {
            Side::Dialler => "dialler",
            Side::Listener => "listener",
        }
    }
}
