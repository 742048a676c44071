//! What is signed: DSSE's pre-authentication encoding, so that a signature for one purpose is none for another.

/// `DSSEv1`, the kind and the bytes, each but the first preceded by its length in decimal, separated by spaces.
/// Source: <https://github.com/secure-systems-lab/dsse/blob/master/protocol.md>.
pub fn pre_authentication_encoding(kind: &str, bytes: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(bytes.len() + kind.len() + 32);
    encoded.extend_from_slice(format!("DSSEv1 {} {kind} {} ", kind.len(), bytes.len()).as_bytes());
    encoded.extend_from_slice(bytes);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification.
    #[test]
    fn the_example_of_dsse_is_encoded_as_it_says() {
        let encoded = pre_authentication_encoding("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
