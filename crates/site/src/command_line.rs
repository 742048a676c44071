//! What can be typed behind `anuko-auction`.

use crate::settings::Overrides;
use clap::{Args, Parser, Subcommand};
use hub::PublicKey;
use std::path::PathBuf;

/// An auction site in one command.
///
/// Without a command it serves the site: by default on http://localhost:8080, with everything it keeps in
/// the folder ./data.
#[derive(Clone, Debug, PartialEq, Parser)]
#[command(name = "anuko-auction", version, after_help = EXAMPLES)]
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
  anuko-auction                            serve on http://localhost:8080, data in ./data
  anuko-auction demo                       look at a site full of bidding, then throw it away
  anuko-auction --listen 0.0.0.0:80 serve  serve everybody who can reach this machine
  anuko-auction print-config > anuko-auction.toml
                                           a settings file to start from, every line explained
  anuko-auction doctor                     find out why something does not work
  anuko-auction db backup site.backup      copy everything into one file while the site runs

Every setting can stand in anuko-auction.toml, in the environment (ANUKO_AUCTION_...), or both: the
environment wins, and a flag wins over it. `anuko-auction print-config` lists them all.";

/// Flags that every command knows.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub struct Flags {
    /// Address to listen on, such as localhost:8080 or 0.0.0.0:80; commas between several
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub listen: Option<String>,
    /// Folder that holds everything the site keeps
    #[arg(long, global = true, value_name = "FOLDER")]
    pub data: Option<String>,
    /// Address of a PostgreSQL database, instead of SQLite in the data folder
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// Settings file [default: anuko-auction.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE", env = "ANUKO_AUCTION_CONFIG")]
    pub config: Option<PathBuf>,
}

impl Flags {
    /// The flags that are settings.
    pub fn overrides(&self) -> Overrides {
        Overrides { listen: self.listen.clone(), data: self.data.clone(), database: self.database.clone() }
    }
}

/// What the program can do.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Command {
    /// Serve the site until it is told to stop (the default)
    Serve,
    /// Check the settings, and nothing else
    CheckConfig,
    /// Print a settings file with the values that count now, every line explained
    PrintConfig,
    /// Look at the world: port, disk, clock, mail, address
    Doctor,
    /// Look after accounts
    #[command(subcommand)]
    Users(Users),
    /// Look after personal tokens, which let programs act for people
    #[command(subcommand)]
    Tokens(Tokens),
    /// Look after the database
    #[command(subcommand)]
    Db(Database),
    /// Check an auction of the network from its receipts: signatures, order, promises, and the rules themselves
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify {
        /// File of receipts, as the page "Check this auction" gives it
        file: PathBuf,
    },
    /// Look after the place of the site in a network
    #[command(subcommand)]
    Network(Network),
    /// Fill a throw-away site with auctions, and bid while you watch
    #[command(after_help = DEMO_EXAMPLES)]
    Demo {
        /// Stop after so many minutes [default: when interrupted]
        #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..))]
        minutes: Option<u32>,
        /// How many times faster than life the bidders are
        #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
        speed: u32,
    },
    /// Print docs/refusals.md
    #[command(hide = true)]
    PrintRefusals,
    /// Print the OpenAPI document
    #[command(hide = true)]
    PrintOpenapi,
    /// Print the settings as a table in Markdown
    #[command(hide = true)]
    PrintSettings,
}

const DEMO_EXAMPLES: &str = "\
Examples:
  anuko-auction demo                         until Ctrl-C
  anuko-auction demo --minutes 5 --speed 20  five lively minutes";

const VERIFY_EXAMPLES: &str = "\
Examples:
  anuko-auction verify receipts-7.json

Needs neither a site nor a network. Ends with 1 if something is wrong, and names the first bad entry.";

/// What can be done with accounts.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Users {
    /// Add an account whose mail address needs no confirmation; prints JSON
    #[command(after_help = USERS_EXAMPLES)]
    Add {
        /// Mail address
        #[arg(long)]
        email: String,
        /// Name that others see
        #[arg(long)]
        name: String,
        /// What the person may do, such as user or administrator
        #[arg(long)]
        role: String,
        /// Make a personal token too and print it: it is shown this once
        #[arg(long)]
        with_token: bool,
    },
}

const USERS_EXAMPLES: &str = "\
Examples:
  anuko-auction users add --email ann@example.org --name Ann --role administrator
  anuko-auction users add --email robot@example.org --name Robot --role user --with-token";

/// What can be done with personal tokens.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Tokens {
    /// Make a token; prints JSON with the token, which is shown this once
    #[command(after_help = TOKENS_EXAMPLES)]
    Create {
        /// Whose token it is
        #[arg(long)]
        email: String,
        /// What it is for, to recognise it later
        #[arg(long)]
        name: String,
        /// What it allows, commas between
        #[arg(long, value_delimiter = ',', required = true)]
        scopes: Vec<String>,
    },
    /// List somebody's tokens, without the tokens themselves
    List {
        /// Whose tokens
        #[arg(long)]
        email: String,
    },
    /// Make a token worthless, at once
    Revoke {
        /// Its number, from the list
        id: i64,
    },
}

const TOKENS_EXAMPLES: &str = "\
Examples:
  anuko-auction tokens create --email ann@example.org --name phone --scopes read,bid
  anuko-auction tokens list --email ann@example.org
  anuko-auction tokens revoke 7";

/// What can be done with the network.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Network {
    /// Show the key of the site and its neighbours: how they stand, what waits for them; prints JSON
    Status,
    /// Let a neighbour in who waits, or who was blocked
    #[command(after_help = NETWORK_EXAMPLES)]
    Approve {
        /// Its key, from the status
        key: PublicKey,
    },
    /// Turn a neighbour away, and take no more of its messages from anybody
    Block {
        /// Its key
        key: PublicKey,
    },
}

const NETWORK_EXAMPLES: &str = "\
Examples:
  anuko-auction network status
  anuko-auction network approve 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29
  anuko-auction network block 3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";

/// What can be done with the database.
#[derive(Clone, Debug, PartialEq, Subcommand)]
pub enum Database {
    /// Copy everything into one file; safe while the site runs
    Backup {
        /// File to write; it must not exist yet
        file: PathBuf,
    },
    /// Unpack such a file into an empty data folder
    #[command(after_help = RESTORE_EXAMPLES)]
    Restore {
        /// File that `db backup` wrote
        file: PathBuf,
    },
    /// Check that nothing is damaged and that every auction follows from its bids
    Check,
    /// Print a fingerprint of what everybody may know of an auction: sites that are level print the same
    #[command(after_help = DIGEST_EXAMPLES)]
    Digest {
        /// Number of the auction on this site
        auction: i64,
        /// Print what the fingerprint is of, instead
        #[arg(long)]
        text: bool,
    },
}

const DIGEST_EXAMPLES: &str = "\
Examples:
  anuko-auction db digest 7
  anuko-auction db digest 7 --text > auction.json";

const RESTORE_EXAMPLES: &str = "\
Examples:
  anuko-auction db restore site.backup --data new-data";

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::CommandFactory;

    fn typed(line: &str) -> CommandLine {
        let words = std::iter::once("anuko-auction").chain(line.split_whitespace());
        CommandLine::try_parse_from(words).unwrap()
    }

    #[test]
    fn clap_finds_no_fault_with_it() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn flags_stand_before_or_behind_the_command() {
        for line in ["--listen [::]:80 --data x serve", "serve --data x --listen [::]:80"] {
            let typed = typed(line);
            assert_eq!(typed.command, Some(Command::Serve));
            assert_eq!(typed.flags.overrides().listen.as_deref(), Some("[::]:80"));
            assert_eq!(typed.flags.overrides().data.as_deref(), Some("x"));
        }
        assert_eq!(typed("").command, None);
    }

    #[test]
    fn every_example_of_the_help_can_be_typed() {
        let examples = [
            EXAMPLES,
            DEMO_EXAMPLES,
            VERIFY_EXAMPLES,
            USERS_EXAMPLES,
            TOKENS_EXAMPLES,
            NETWORK_EXAMPLES,
            DIGEST_EXAMPLES,
            RESTORE_EXAMPLES,
        ];
        for line in examples.iter().flat_map(|text| text.lines()) {
            if let Some(example) = line.strip_prefix("  anuko-auction") {
                // The explanation stands two spaces behind, or after the redirection.
                let example = example.split("  ").next().unwrap();
                let example = example.split('>').next().unwrap();
                typed(example);
            }
        }
    }

    #[test]
    fn scopes_are_separated_by_commas() {
        let typed = typed("tokens create --email a@b --name c --scopes read,bid");
        let Some(Command::Tokens(Tokens::Create { scopes, .. })) = typed.command else {
            panic!("{typed:?}");
        };
        assert_eq!(scopes, ["read", "bid"]);
    }
}
