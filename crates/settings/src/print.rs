//! All settings as a file with comments, and as a table for the documents.

use crate::{Program, Setting, Table};
use std::fmt::Write;

/// A complete settings file with the effective values, secrets masked.
pub(crate) fn file<T: Table>(settings: &T) -> String {
    let list = T::table();
    let mut text = head::<T::Program>(list.iter().any(|setting| setting.is_secret));
    let mut table = "";
    for (setting, value) in list.iter().zip(settings.values()) {
        let (own_table, name) = setting.place();
        if own_table != table {
            table = own_table;
            write!(text, "\n[{table}]\n").unwrap_or_default();
        }
        write!(text, "\n{}{name} = {value}\n", comment(setting)).unwrap_or_default();
    }
    text
}

fn head<P: Program>(has_secrets: bool) -> String {
    let secrets = if has_secrets { " Secrets are shown as ***." } else { "" };
    format!(
        "\
# Settings of {}, with the values that count now.
# A flag beats the environment (the variable stands with each setting), the environment beats this file,
# this file beats the default.{secrets}
",
        P::ABOUT
    )
}

fn comment(setting: &Setting) -> String {
    let Setting { says, expects, default, variable, .. } = setting;
    format!("# {says}\n# Must be {expects}.\n# Default {default}, variable {variable}.\n")
}

/// All settings as a table in Markdown.
pub(crate) fn document<T: Table>() -> String {
    let mut text = "| setting | default | variable | what it decides |\n|---|---|---|---|\n".to_owned();
    for Setting { key, default, variable, says, .. } in T::table() {
        writeln!(text, "| `{key}` | `{default}` | `{variable}` | {says} |").unwrap_or_default();
    }
    text
}
