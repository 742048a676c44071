use crate::vectors;

/// Bytes of a block: what stands before the spaces on each line.
fn bytes_of(block: &str) -> String {
    block.lines().filter_map(|line| line.split("  ").next()).collect()
}

#[test]
fn what_the_document_shows_in_full_is_a_vector() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol.md");
    let document = std::fs::read_to_string(path).unwrap();
    let files = ["keys", "signatures", "envelopes", "frames"].map(|name| vectors(name).to_string());
    let blocks = document.split("```").skip(1).step_by(2).map(bytes_of);
    let shown: Vec<String> = blocks
        .filter(|block| block.len() > 1 && block.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .collect();
    assert!(shown.len() >= 5, "{}", shown.len());
    for bytes in shown {
        assert!(files.iter().any(|file| file.contains(&format!("\"{bytes}\""))), "{bytes}");
    }
}
