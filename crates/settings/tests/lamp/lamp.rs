//! A program with settings of every kind, and one kind of its own.

use settings::kind::{Folder, Level, Line, List, Listen, Listening, LogFormat, Whole, YesNo, quote};
use settings::{Kind, Problem, Program, Value};
use std::net::IpAddr;
use std::path::PathBuf;

/// The program.
#[derive(Debug)]
pub struct Lamp;

impl Program for Lamp {
    const NAME: &'static str = "small-lamp";
    const ABOUT: &'static str = "a lamp";
    const PORT: u16 = 7;
    const LEVELS: &'static str = "info,lamp::bulb=debug";
}

settings::choice! {
    /// How it shines.
    Colour {
        /// Like a fire.
        Warm = "warm",
        /// Like the moon.
        Cold = "cold",
    }
}

/// A kind of the program's own, which nobody may see.
struct Password;

impl Kind for Password {
    type Of = String;

    const SECRET: bool = true;

    fn expects() -> String {
        "a password of 8 letters at least".to_owned()
    }

    fn read(value: &Value) -> Option<String> {
        value.text().filter(|text| text.is_empty() || text.len() >= 8).map(str::to_owned)
    }

    fn write(password: &String) -> String {
        quote(if password.is_empty() { "" } else { "***" })
    }
}

settings::declare! {
    program Lamp;

    /// All of them.
    Settings at "" with [
        /// What it tells.
        log: LogSettings,
    ] {
        /// Where it listens.
        listen: Vec<Listen> as List<Listening<Lamp>, 1, 2> = r#"["localhost:7"]"#;
        /// The folder of its oil.
        data: PathBuf as Folder = r#""./oil""#;
        /// Whom it obeys.
        masters: Vec<IpAddr> as List<IpAddr, 0, 9> = "[]";
        /// What is written on it.
        name: String as Line<1, 20> = r#""Lamp""#;
        /// How it shines.
        colour: Colour as Colour = r#""warm""#;
        /// How many watts it takes,
        /// at most.
        watts: u32 as Whole<1, 100, u32> = "40";
        /// The seconds between its flashes.
        flashes: Vec<u64> as List<Whole<1, 60>, 0, 3> = "[]";
        /// Whether it shines.
        shines: bool as YesNo = "true";
        /// Who knows it may turn it off.
        password: String as Password = r#""""#;
    }

    /// What it tells.
    LogSettings at "log." {
        /// How a line is written.
        format: LogFormat as LogFormat = r#""text""#;
        /// How much is told.
        level: String as Level<Lamp> = r#""info""#;
    }
}

/// Flashing needs at least a second of shining.
pub fn agree(settings: &mut Settings) -> Vec<Problem> {
    let quarrel = !settings.shines && !settings.flashes.is_empty();
    quarrel
        .then(|| Problem::between("flashes", "must be empty, because `shines` is false"))
        .into_iter()
        .collect()
}
