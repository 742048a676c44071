//! The step `documents`: what a program can write about itself is what the repository holds.

use super::Step;
use crate::command;
use crate::house::House;
use crate::test::Run;
use anyhow::{Result, ensure};
use std::path::Path;
use std::process::Command;

pub(super) const STEP: Step =
    Step { name: "documents", says: "generated documents are up to date", tool: None, run };

/// One document and the command whose output it is.
struct Document {
    /// Name of the binary, then its arguments.
    command: &'static [&'static str],
    /// Where the output stands, from the root.
    file: &'static str,
}

/// A line here is all that a new generated document takes.
const DOCUMENTS: &[Document] = &[
    Document { command: &["anuko-auction", "print-refusals"], file: "docs/refusals.md" },
    Document { command: &["anuko-auction", "print-settings"], file: "docs/settings.md" },
    Document { command: &["anuko-auction", "print-openapi"], file: "docs/openapi.json" },
    Document { command: &["examples/vectors", "keys"], file: "docs/vectors/keys.json" },
    Document { command: &["examples/vectors", "signatures"], file: "docs/vectors/signatures.json" },
    Document { command: &["examples/vectors", "envelopes"], file: "docs/vectors/envelopes.json" },
    Document { command: &["examples/vectors", "frames"], file: "docs/vectors/frames.json" },
    Document { command: &["examples/auction_vectors", "messages"], file: "docs/vectors/messages.json" },
    Document { command: &["examples/auction_vectors", "sealing"], file: "docs/vectors/sealing.json" },
    Document { command: &["examples/auction_vectors", "receipts"], file: "docs/vectors/receipts.json" },
    Document { command: &["anuko-hub", "print-settings"], file: "docs/hub-settings.md" },
    Document { command: &["anuko-hub", "print-problems"], file: "docs/hub-problems.md" },
];

/// Writes them all anew.
pub(crate) fn generate(house: &House) -> Result<()> {
    house.build()?;
    for document in DOCUMENTS {
        std::fs::write(house.root.join(document.file), document.text(house)?)?;
        println!("wrote {}", document.file);
    }
    Ok(())
}

fn run(run: &mut Run) -> Result<()> {
    run.house.build()?;
    for document in DOCUMENTS {
        let file = Path::new(document.file);
        let kept = std::fs::read_to_string(run.house.root.join(file)).unwrap_or_default();
        let fresh = document.text(&run.house)? == kept;
        ensure!(fresh, "{} is old: `cargo xtask generate`", file.display());
    }
    Ok(())
}

impl Document {
    fn text(&self, house: &House) -> Result<String> {
        let (program, arguments) = self.command.split_first().unwrap_or((&"", &[]));
        let mut command = Command::new(house.binaries().join(program));
        command::output(command.args(arguments))
    }
}
