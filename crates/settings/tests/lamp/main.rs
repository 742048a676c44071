//! Settings of a lamp, from all their sources: what somebody writes, and what the lamp makes of it.

#![allow(clippy::unwrap_used, unreachable_pub)]

mod lamp;

use lamp::{Colour, Lamp, Settings, agree};
use settings::kind::{Listen, LogFormat};
use settings::{Flag, Problems, Program, Table, load};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What comes of a file (if it has text), variables without their prefix, and flags.
fn loaded(file: &str, variables: &[(&str, &str)], flags: Vec<Flag>) -> Result<Settings, Problems> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lamp.toml");
    std::fs::write(&path, file).unwrap();
    let variables = variables.iter().map(|(name, text)| (format!("SMALL_LAMP_{name}"), (*text).to_owned()));
    load(flags, variables, Some(&*path).filter(|_| !file.is_empty()), agree)
}

fn from_file(text: &str) -> Result<Settings, Problems> {
    loaded(text, &[], Vec::new())
}

/// All problems without the folder of the file.
fn problems(result: Result<Settings, Problems>) -> Vec<String> {
    let problems = result.unwrap_err().0;
    let lines = problems.iter().map(ToString::to_string);
    lines.map(|line| line.split("lamp.toml:").last().unwrap().to_owned()).collect()
}

#[test]
fn without_a_word_everything_has_its_default() {
    let settings = from_file("").unwrap();
    assert_eq!(settings.listen, [Listen::Localhost(7)]);
    assert_eq!((settings.data.as_path(), settings.colour), (Path::new("./oil"), Colour::Warm));
    assert_eq!((settings.watts, settings.flashes.len(), settings.shines), (40, 0, true));
    assert_eq!((settings.log.format, settings.log.level.as_str()), (LogFormat::Text, "info"));
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let file = "data = \"file\"\ncolour = \"cold\"\nwatts = 7";
    let variables = [("DATA", "variable"), ("WATTS", "8"), ("LOG_LEVEL", "warn")];
    let flags = vec![Flag::text("data", "flag"), Flag::list("flash", "flashes", &["5".to_owned()])];
    let settings = loaded(file, &variables, flags).unwrap();
    assert_eq!(
        (settings.data.as_path(), settings.watts, settings.colour),
        (Path::new("flag"), 8, Colour::Cold)
    );
    assert_eq!((settings.flashes, settings.log.level.as_str()), (vec![5], "warn"));
}

#[test]
fn everything_can_be_said_in_the_environment() {
    let variables = [
        ("LISTEN", "0.0.0.0:80, [::]:80"),
        ("COLOUR", "cold"),
        ("FLASHES", "1,1,2"),
        ("SHINES", "true"),
        ("LOG_FORMAT", "json"),
        ("CONFIG", "elsewhere.toml"),
    ];
    let settings = loaded("", &variables, Vec::new()).unwrap();
    assert_eq!((settings.listen.len(), settings.flashes), (2, vec![1, 1, 2]));
    assert_eq!((settings.colour, settings.log.format), (Colour::Cold, LogFormat::Json));
    assert!(loaded("", &[("FLASHES", "")], Vec::new()).unwrap().flashes.is_empty());
}

#[test]
fn all_problems_are_told_at_once_each_with_its_line_and_a_guess() {
    let file = "lissten = [\"localhost:80\"]\nwatts = 0\nbirthday = 1\n\n[log]\nfromat = \"json\"\nlevel = 7\n\n[lgo]\nlevel = \"info\"";
    let variables = [("WTATS", "3"), ("WATTS", "many"), ("LOG_LEVEL", "inof")];
    let said = problems(loaded(file, &variables, vec![Flag::text("listen", "8080")]));
    let expected = [
        "1: `lissten`: there is no such setting; did you mean `listen`?",
        "3: `birthday`: there is no such setting; `small-lamp print-config` shows all settings",
        "6: `log.fromat`: there is no such setting; did you mean `log.format`?",
        "10: `lgo.level`: there is no such setting; did you mean `log.level`?",
        "SMALL_LAMP_WTATS: there is no such variable of the environment; did you mean SMALL_LAMP_WATTS?",
        "--listen: `listen`: must be a list of 1 to 2, each an address with a port such as \"localhost:7\", \"0.0.0.0:80\" or \"[::]:80\", not \"8080\"",
        "2: `watts`: must be a whole number from 1 to 100, not 0",
        "SMALL_LAMP_WATTS: `watts`: must be a whole number from 1 to 100, not \"many\"",
        "7: `log.level`: must be off, error, warn, info, debug, trace, or such with parts: \"info,lamp::bulb=debug\", not 7",
        "SMALL_LAMP_LOG_LEVEL: `log.level`: must be off, error, warn, info, debug, trace, or such with parts: \"info,lamp::bulb=debug\", not \"inof\"",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_wrong_value_is_refused() {
    for wrong in [
        "listen = []",
        "listen = [\"localhost\"]",
        "listen = [\"localhost:99999\"]",
        "listen = \"localhost:80\"",
        "listen = [\"[::]:1\", \"[::]:2\", \"[::]:3\"]",
        "listen.port = 3",
        "data = \"\"",
        "data = \"a\\u0000\"",
        "masters = [\"127.0.0.1:80\"]",
        "name = \"\"",
        "name = \"two\\nlines\"",
        "name = \"longer than twenty bytes\"",
        "colour = \"green\"",
        "watts = 1.5",
        "watts = \"4\"",
        "watts = -1",
        "watts = 101",
        "watts = 99999999999999999999",
        "watts = 1979-05-27",
        "flashes = 60",
        "flashes = [1, 61]",
        "flashes = [1]\nshines = false",
        "shines = \"true\"",
        "shines = 1",
        "log = 3",
        "log.format = \"xml\"",
        "log.level = \"lamp\"",
        "colour = ",
        "colour = \"warm\"\ncolour = \"cold\"",
    ] {
        let said = from_file(wrong).map(|_| "nothing").unwrap_err();
        assert_eq!(said.0.len(), 1, "{wrong}: {said}");
    }
}

#[test]
fn a_right_value_is_taken() {
    for right in [
        "flashes = []",
        "masters = [\"127.0.0.1\", \"::1\"]",
        "log.level = \"warn,lamp=debug,lamp::bulb=trace\"",
        "[log]",
        "watts = 0x10",
        "colour = 'cold'",
    ] {
        from_file(right).unwrap();
    }
}

#[test]
fn a_file_that_was_asked_for_must_be_there() {
    let nowhere = Some(Path::new("nowhere.toml"));
    let said = load::<Settings>(Vec::new(), std::iter::empty(), nowhere, agree).unwrap_err();
    assert!(said.to_string().contains("nowhere.toml: cannot be read"), "{said}");
    assert_eq!(Lamp::find_file(nowhere), nowhere.map(Path::to_owned));
    assert_eq!((Lamp::find_file(None), Lamp::file()), (None, PathBuf::from("small-lamp.toml")));
}

#[test]
fn no_secret_is_printed_or_complained_about() {
    let settings = from_file("password = \"verysecret\"").unwrap();
    let shown = settings.print();
    assert!(shown.contains("\npassword = \"***\"\n") && !shown.contains("verysecret"), "{shown}");
    assert_eq!(
        problems(from_file("password = \"secret\"")),
        ["1: `password`: must be a password of 8 letters at least"]
    );
}

#[test]
fn what_is_printed_can_be_read_and_means_the_same() {
    let file = "data = \"Ann's \\\"best\\\" ☂\"\nlisten = [\"[::1]:80\", \"localhost:81\"]\nflashes = [1]\n[log]\nformat = \"json\"";
    for file in ["", file] {
        let settings = from_file(file).unwrap();
        assert_eq!(from_file(&settings.print()).unwrap(), settings, "{}", settings.print());
    }
}

#[test]
fn a_printed_file_explains_each_setting() {
    let printed = from_file("").unwrap().print();
    let head = "\
# Settings of a lamp, with the values that count now.
# A flag beats the environment (the variable stands with each setting), the environment beats this file,
# this file beats the default. Secrets are shown as ***.

# Where it listens.
";
    assert!(printed.starts_with(head), "{printed}");
    let watts = "
# How many watts it takes, at most.
# Must be a whole number from 1 to 100.
# Default 40, variable SMALL_LAMP_WATTS.
watts = 40
";
    assert!(printed.contains(watts) && printed.contains("\n\n[log]\n\n# How a line"), "{printed}");
}

#[test]
fn the_document_has_a_line_for_each_setting() {
    let document = Settings::document();
    let variables: BTreeSet<_> = Settings::table().into_iter().map(|setting| setting.variable).collect();
    assert_eq!((variables.len(), document.lines().count()), (11, 2 + 11));
    let level = "| `log.level` | `\"info\"` | `SMALL_LAMP_LOG_LEVEL` | How much is told. |";
    assert_eq!(document.lines().last(), Some(level));
}
