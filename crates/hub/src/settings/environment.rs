//! Settings from the environment: `ANUKO_HUB_LOG_LEVEL` sets `log.level`.

use super::nearest::nearest;
use super::problem::Problem;
use super::raw::Raw;
use super::source::Source;
use super::table::Settings;
use super::value::Value;

const PREFIX: &str = "ANUKO_HUB_";

/// Names the settings file; read by the command line, because it comes before all settings.
const CONFIG: &str = "ANUKO_HUB_CONFIG";

/// The variable of a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.to_uppercase().replace('.', "_"))
}

/// The variables of this process that are ours.
pub fn process_environment() -> impl Iterator<Item = (String, String)> {
    let readable = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    std::env::vars_os()
        .map(move |(name, text)| (readable(name), readable(text)))
        .filter(|(name, _)| name.starts_with(PREFIX))
}

/// Everything in the environment that begins with our prefix; the rest is not ours.
pub(super) fn gather(raw: &mut Raw, environment: impl Iterator<Item = (String, String)>) {
    let mut ours: Vec<_> =
        environment.filter(|(name, _)| name.starts_with(PREFIX) && name != CONFIG).collect();
    ours.sort();
    let table = Settings::table();
    for (name, text) in ours {
        match table.iter().find(|setting| setting.variable() == name) {
            Some(setting) => raw.give(setting.key, Source::Variable(name), Value::Written(text)),
            None => raw.problems.push(unknown(&name)),
        }
    }
}

fn unknown(name: &str) -> Problem {
    let names = Settings::table().into_iter().map(|setting| setting.variable());
    let names: Vec<_> = names.chain([CONFIG.to_owned()]).collect();
    let hint = nearest(name, names.iter().map(String::as_str))
        .map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Problem::elsewhere(name.to_owned(), format!("there is no such variable of the environment{hint}"))
}
