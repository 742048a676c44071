//! Reads all sources and checks everything.

use crate::environment;
use crate::file;
use crate::flag::Flag;
use crate::{Problem, Problems, Raw, Table};
use std::path::Path;

/// The settings, complete and checked, or everything that is wrong with them at once.
///
/// A `file` that is given must exist: [`Program::find_file`](crate::Program::find_file) says which one there is.
/// `agree` fills what follows from other settings, and says which do not fit together.
pub fn load<T: Table>(
    flags: Vec<Flag>,
    environment: impl Iterator<Item = (String, String)>,
    file: Option<&Path>,
    agree: impl FnOnce(&mut T) -> Vec<Problem>,
) -> Result<T, Problems> {
    let mut raw = Raw::new::<T>();
    if let Some(file) = file {
        file::gather(&mut raw, file);
    }
    environment::gather::<T::Program>(&mut raw, environment);
    for Flag { name, key, value } in flags {
        raw.give(key, crate::Source::Flag(name), value);
    }
    let mut settings = T::resolve(&mut raw);
    if let Some(settings) = &mut settings {
        raw.problems.extend(agree(settings));
    }
    match settings {
        Some(settings) if raw.problems.is_empty() => Ok(settings),
        _ => Err(Problems(raw.problems)),
    }
}
