//! All settings as a file with comments, and as a table for the documents.

use super::declare::Setting;
use super::table::Settings;
use std::fmt::Write;

const HEAD: &str = "\
# Settings of a hub, with the values that count now.
# A flag beats the environment (the variable stands with each setting), the environment beats this file,
# this file beats the default.
";

impl Settings {
    /// A complete settings file with the effective values.
    pub fn print(&self) -> String {
        let mut text = HEAD.to_owned();
        let mut table = "";
        for (setting, value) in Settings::table().iter().zip(self.values()) {
            let (own_table, name) = setting.place();
            if own_table != table {
                table = own_table;
                write!(text, "\n[{table}]\n").unwrap_or_default();
            }
            write!(text, "\n{}{name} = {value}\n", comment(setting)).unwrap_or_default();
        }
        text
    }

    /// All settings as a table in Markdown.
    pub fn document() -> String {
        let mut text = "| setting | default | variable | what it decides |\n|---|---|---|---|\n".to_owned();
        for setting in Settings::table() {
            let (key, says) = (setting.key, setting.says);
            let variable = setting.variable();
            let default = setting.default;
            writeln!(text, "| `{key}` | `{default}` | `{variable}` | {says} |").unwrap_or_default();
        }
        text
    }
}

fn comment(setting: &Setting) -> String {
    let Setting { says, expects, default, .. } = setting;
    let variable = setting.variable();
    format!("# {says}\n# Must be {expects}.\n# Default {default}, variable {variable}.\n")
}
