//! Settings from the environment: `ANUKO_HUB_LOG_LEVEL` sets `log.level`.

use crate::nearest::nearest;
use crate::{Problem, Program, Raw, Source, Value};

/// Names the settings file; read by the command line, because it comes before all settings.
const CONFIG: &str = "config";

/// Everything in the environment that begins with the prefix of the program; the rest is not its own.
pub(crate) fn gather<P: Program>(raw: &mut Raw, environment: impl Iterator<Item = (String, String)>) {
    let (prefix, config) = (P::variable(""), P::variable(CONFIG));
    let mut ours: Vec<_> =
        environment.filter(|(name, _)| name.starts_with(&prefix) && *name != config).collect();
    ours.sort();
    for (name, text) in ours {
        match raw.table.iter().find(|setting| setting.variable == name) {
            Some(setting) => raw.give(setting.key, Source::Variable(name), Value::Written(text)),
            None => raw.problems.push(unknown(raw, &name, &config)),
        }
    }
}

fn unknown(raw: &Raw, name: &str, config: &str) -> Problem {
    let names = raw.table.iter().map(|setting| setting.variable.as_str());
    let hint = nearest(name, names.chain([config]))
        .map_or_else(String::new, |near| format!("; did you mean {near}?"));
    Problem::elsewhere(name.to_owned(), format!("there is no such variable of the environment{hint}"))
}
