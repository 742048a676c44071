//! What can be typed behind `anuko-hub`.

use crate::key::PublicKey;
use crate::settings::Overrides;
use crate::time::Time;
use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// A message hub in one command.
///
/// Without a command it serves: by default on http://localhost:8480, with everything it keeps in the folder ./hub-data.
#[derive(Clone, Debug, PartialEq, Parser)]
#[command(name = "anuko-hub", version, after_help = EXAMPLES)]
pub struct CommandLine {
    /// Flags that every command knows.
    #[command(flatten)]
    pub flags: Flags,
    /// What to do; nothing means [`Command::Serve`].
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  anuko-hub                              serve on http://localhost:8480, data in ./hub-data
  anuko-hub --upstream wss://hub.example.org/hub
                                         serve, and link to that hub
  anuko-hub print-config > anuko-hub.toml
                                         a settings file to start from, every line explained
  anuko-hub tokens create --name shop    let an application send and receive
  anuko-hub neighbours list              see who is linked and who waits to be let in
  anuko-hub doctor                       find out why something does not work

Every setting can stand in anuko-hub.toml, in the environment (ANUKO_HUB_...), or both: the environment
wins, and a flag wins over it. `anuko-hub print-config` lists them all.";

/// Flags that every command knows.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub struct Flags {
    /// Address to listen on, such as localhost:8480 or 0.0.0.0:80; commas between several
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Folder that holds everything the hub keeps
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<String>,
    /// Hub to dial, with its key behind a #; may be given several times
    #[arg(long = "upstream", global = true, value_name = "URL")]
    pub upstreams: Vec<String>,
    /// Who may link: approve, open or list
    #[arg(long, global = true, value_name = "POLICY")]
    pub join: Option<String>,
    /// Settings file [default: anuko-hub.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", env = "ANUKO_HUB_CONFIG")]
    pub config: Option<PathBuf>,
}

impl Flags {
    /// The flags that are settings.
    pub fn overrides(&self) -> Overrides {
        Overrides {
            listen: self.listen.clone(),
            data: self.data.clone(),
            upstreams: self.upstreams.clone(),
            join: self.join.clone(),
        }
    }
}

/// What the program can do.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Command {
    /// Serve until it is told to stop (the default)
    Serve,
    /// Look after those who link
    #[command(subcommand)]
    Neighbours(Neighbours),
    /// Look after applications, each of which has a token and a key of its own
    #[command(subcommand)]
    Tokens(Tokens),
    /// Post again after the hub has found that somebody else signs with its key
    Resume,
    /// Show one envelope, the envelopes of a stream, or the proof that a key has signed what cannot both be
    #[command(after_help = INSPECT_EXAMPLES)]
    Inspect {
        /// Whose: 64 hexadecimal digits
        key: PublicKey,
        /// Which stream: the microsecond at which its origin opened its log [default: the proof of a fork]
        epoch: Option<u64>,
        /// Which envelope [default: the first of the stream that are kept]
        number: Option<u64>,
    },
    /// Copy the log and the keys of applications into a new file, while the hub runs; not the key of the hub
    Backup {
        /// A file that is not there yet
        file: PathBuf,
    },
    /// Let go of messages that are older than a day or a time
    #[command(after_help = TRIM_EXAMPLES)]
    Trim {
        /// Such as 2026-11-01 or 2026-11-01T12:00:00Z
        #[arg(long, value_name = "TIME")]
        before: String,
        /// Even what is younger than two days, which neighbours that are away will miss then
        #[arg(long)]
        force: bool,
    },
    /// Check the settings, and nothing else
    CheckConfig,
    /// Print a settings file with the values that count now, every line explained
    PrintConfig,
    /// Look at the world: settings, folder, key, disk, port, clock, address, upstreams
    Doctor,
    /// Make the key of the hub if it has none, and print the public part
    Keygen,
    /// Print the settings as a table in Markdown
    #[command(hide = true)]
    PrintSettings,
    /// Print the problems of the interface for applications as a table in Markdown
    #[command(hide = true)]
    PrintProblems,
}

const INSPECT_EXAMPLES: &str = "\
Examples:
  anuko-hub inspect 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
  anuko-hub inspect 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29 1764072000000000
  anuko-hub inspect 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29 1764072000000000 7";

const TRIM_EXAMPLES: &str = "\
Examples:
  anuko-hub trim --before 2026-11-01
  anuko-hub trim --before 2026-11-01T12:00:00Z
  anuko-hub trim --before 2026-11-25 --force  even if that is younger than two days";

/// What can be done with those who link.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Neighbours {
    /// List them: how they stand, what waits for them; prints JSON
    List,
    /// Let one in who waits, or who was blocked
    #[command(after_help = NEIGHBOURS_EXAMPLES)]
    Approve {
        /// Its key, from the list
        key: PublicKey,
    },
    /// Turn one away, and take no more of its messages from anybody
    Block {
        /// Its key
        key: PublicKey,
    },
    /// Forget one, whose place another may have then; if it comes back, it is new
    Forget {
        /// Its key
        key: PublicKey,
    },
}

const NEIGHBOURS_EXAMPLES: &str = "\
Examples:
  anuko-hub neighbours list
  anuko-hub neighbours approve 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
  anuko-hub neighbours block 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
  anuko-hub neighbours forget 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

/// What can be done with applications.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Tokens {
    /// Make a token; prints JSON with the token, which is shown this once
    #[command(after_help = TOKENS_EXAMPLES)]
    Create {
        /// What it is for, to recognise it later
        #[arg(long)]
        name: String,
    },
    /// List tokens with their keys, without the tokens themselves
    List,
    /// Make a token worthless, at once
    Revoke {
        /// Its number, from the list
        id: i64,
    },
    /// Print the secret key of a token, for an application that moves to another hub
    Export {
        /// Its number, from the list
        id: i64,
    },
}

const TOKENS_EXAMPLES: &str = "\
Examples:
  anuko-hub tokens create --name shop
  anuko-hub tokens list
  anuko-hub tokens revoke 7";

/// A day, or a time of RFC 3339; a day begins in UTC.
pub fn moment(text: &str) -> Option<Time> {
    let day = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok();
    let moment = text.parse::<Timestamp>().ok().or_else(|| day().map(|day| day.timestamp()))?;
    u64::try_from(moment.as_microsecond()).ok().map(Time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn typed(line: &str) -> CommandLine {
        let words = std::iter::once("anuko-hub").chain(line.split_whitespace());
        CommandLine::try_parse_from(words).unwrap_or_else(|error| panic!("{line}: {error}"))
    }

    #[test]
    fn clap_finds_no_fault_with_it() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn flags_stand_before_or_behind_the_command() {
        for line in [
            "--upstream wss://a/hub --upstream wss://b/hub --data x serve",
            "serve --data x --upstream wss://a/hub --upstream wss://b/hub",
        ] {
            let typed = typed(line);
            assert_eq!(typed.command, Some(Command::Serve));
            assert_eq!(typed.flags.overrides().upstreams, ["wss://a/hub", "wss://b/hub"]);
            assert_eq!(typed.flags.overrides().data.as_deref(), Some("x"));
        }
        assert_eq!(typed("").command, None);
    }

    #[test]
    fn every_example_of_the_help_can_be_typed() {
        let examples = [EXAMPLES, INSPECT_EXAMPLES, TRIM_EXAMPLES, NEIGHBOURS_EXAMPLES, TOKENS_EXAMPLES];
        for line in examples.iter().flat_map(|text| text.lines()) {
            if let Some(example) = line.strip_prefix("  anuko-hub") {
                // The explanation stands two spaces behind, or after the redirection.
                let example = example.split("  ").next().unwrap();
                typed(example.split('>').next().unwrap());
            }
        }
    }

    #[test]
    fn a_day_begins_in_utc() {
        let day = moment("2026-11-01");
        assert_eq!(day, Some(Time(1_793_491_200_000_000)));
        assert_eq!(moment("2026-11-01T00:00:00Z"), day);
        assert_eq!(moment("2026-11-01T01:00:00+01:00"), day);
        for wrong in ["yesterday", "2026-13-01", "", "1969-01-01"] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
