//! What a doctor finds: in the folder, on the disk, at the ports. What else there is to examine, a program knows itself.

use crate::folder;
use anyhow::{Result, bail};
use settings::kind::Listen;
use std::fmt;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

/// How one thing is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Good(String),
    /// It works, but look at it.
    Doubtful(String),
    /// A setting that nobody should run with.
    Dangerous(String),
    /// It will not work.
    Bad(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mark, text) = match self {
            Finding::Good(text) => ("ok     ", text),
            Finding::Doubtful(text) => ("look   ", text),
            Finding::Dangerous(text) => ("DANGER ", text),
            Finding::Bad(text) => ("WRONG  ", text),
        };
        write!(f, "{mark}{text}")
    }
}

impl Finding {
    /// The line for a terminal: what is dangerous or wrong stands in red.
    fn in_colour(&self) -> String {
        match self {
            Finding::Dangerous(_) | Finding::Bad(_) => format!("\x1b[31m{self}\x1b[0m"),
            _ => self.to_string(),
        }
    }
}

/// Tells what was found, a line each; fails if something is bad.
pub fn tell(found: &[Finding], colour: bool) -> Result<()> {
    for finding in found {
        let line = if colour { finding.in_colour() } else { finding.to_string() };
        writeln!(io::stdout(), "{line}")?;
    }
    let bad = found.iter().filter(|finding| matches!(finding, Finding::Bad(_))).count();
    if bad > 0 { bail!("{bad} of {} things are wrong", found.len()) } else { Ok(()) }
}

/// Whether the folder can be used, and whether the program (`who`) runs in it.
pub fn folder(folder: &Path, who: &str) -> (Finding, bool) {
    let shown = folder.display();
    match folder::make(folder).and_then(|()| folder::hold(folder)) {
        Ok(Some(_)) => (Finding::Good(format!("data: {shown} is ours to use")), false),
        Ok(None) => (Finding::Good(format!("data: {shown} is held by a running {who}")), true),
        Err(error) => (Finding::Bad(format!("data: {error:#}")), false),
    }
}

/// What `judge` makes of the free bytes of the disk that holds the folder, and of the words for them.
pub fn disk(folder: &Path, judge: impl Fn(u64, String) -> Finding) -> Finding {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail * disk.f_frsize;
            judge(free, format!("disk: {} MiB free", free / 1024 / 1024))
        }
        Err(error) => Finding::Bad(format!("disk: {error}")),
    }
}

/// Whether each address is free, or taken by the program (`who`) that runs.
pub fn ports(places: &[Listen], running: bool, who: &str) -> Vec<Finding> {
    let look = |address: SocketAddr| match TcpListener::bind(address) {
        Ok(_) => Finding::Good(format!("port: {address} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && running => {
            Finding::Good(format!("port: {address} is in use, as it should be: the {who} runs"))
        }
        Err(error) => Finding::Bad(format!("port: cannot listen on {address}: {error}")),
    };
    let first = |listen: &Listen| listen.sockets().first().copied();
    places.iter().filter_map(first).map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_has_its_mark_and_what_needs_a_hand_is_red() {
        for (finding, line, red) in [
            (Finding::Good("a".to_owned()), "ok     a", false),
            (Finding::Doubtful("a".to_owned()), "look   a", false),
            (Finding::Dangerous("a".to_owned()), "DANGER a", true),
            (Finding::Bad("a".to_owned()), "WRONG  a", true),
        ] {
            let coloured = if red { format!("\x1b[31m{line}\x1b[0m") } else { line.to_owned() };
            assert_eq!((finding.to_string(), finding.in_colour()), (line.to_owned(), coloured));
        }
    }

    #[test]
    fn what_is_bad_is_counted() {
        let good = Finding::Good("a".to_owned());
        assert!(tell(std::slice::from_ref(&good), false).is_ok());
        let error = tell(&[good, Finding::Bad("b".to_owned())], false).unwrap_err();
        assert_eq!(error.to_string(), "1 of 2 things are wrong");
    }

    #[test]
    fn a_folder_is_ours_unless_one_runs_in_it() {
        let place = tempfile::tempdir().unwrap();
        assert!(!folder(place.path(), "mill").1);
        let _held = folder::hold(place.path()).unwrap();
        let (finding, running) = folder(place.path(), "mill");
        assert!(running && finding.to_string().ends_with(" is held by a running mill"), "{finding}");
    }

    #[test]
    fn a_port_in_use_is_good_only_while_the_program_runs() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let places = [Listen::At(taken.local_addr().unwrap())];
        for (running, good) in [(true, true), (false, false)] {
            let found = ports(&places, running, "mill");
            assert_eq!(matches!(found[..], [Finding::Good(_)]), good, "{found:?}");
        }
        drop(taken);
        assert!(matches!(ports(&places, false, "mill")[..], [Finding::Good(_)]));
    }

    #[test]
    fn a_disk_is_judged_by_who_knows_what_it_needs() {
        let place = tempfile::tempdir().unwrap();
        let judge = |_, text: String| Finding::Doubtful(text);
        assert!(matches!(disk(place.path(), judge), Finding::Doubtful(_)));
        assert!(matches!(disk(&place.path().join("missing"), judge), Finding::Bad(_)));
    }
}
