//! The command line: words in, one chore out.

use anyhow::{Result, bail};

/// What is printed for `cargo xtask help`.
pub(crate) const HELP: &str = "\
cargo xtask test                     everything that CI runs; stops at the first failure
cargo xtask test --keep-going        the same, to the end whatever fails
cargo xtask test --only fmt,walls    some steps only
cargo xtask list                     the steps, in their order
cargo xtask walls                    one step alone; so for every step
cargo xtask generate                 writes the generated documents anew
cargo xtask postgres                 lends a PostgreSQL until Enter is pressed
cargo xtask bench NAME ...           a benchmark, on the release binary
cargo xtask audit                    known vulnerabilities; needs the advisory database";

/// One chore with what it needs to know.
#[derive(Debug, PartialEq)]
pub(crate) enum Chore {
    Help,
    List,
    Test(Wish),
    Generate,
    Postgres,
    Bench(Vec<String>),
    Audit,
}

/// Which steps to run, and what to do when one fails.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Wish {
    /// Empty means all.
    pub(crate) only: Vec<String>,
    pub(crate) keep_going: bool,
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Chore> {
    let first = words.next().unwrap_or_else(|| "help".into());
    Ok(match first.as_str() {
        "help" | "--help" | "-h" => Chore::Help,
        "list" => Chore::List,
        "test" => Chore::Test(wish(words)?),
        "generate" => Chore::Generate,
        "postgres" => Chore::Postgres,
        "bench" => Chore::Bench(words.collect()),
        "audit" => Chore::Audit,
        step => Chore::Test(Wish { only: vec![step.to_owned()], ..wish(words)? }),
    })
}

fn wish(mut words: impl Iterator<Item = String>) -> Result<Wish> {
    let mut wish = Wish::default();
    while let Some(word) = words.next() {
        match (word.as_str(), word.strip_prefix("--only=")) {
            ("--keep-going", _) => wish.keep_going = true,
            ("--only", _) => wish.only.extend(names(&words.next().unwrap_or_default())),
            (_, Some(list)) => wish.only.extend(names(list)),
            _ => bail!("{word:?} is not known here\n\n{HELP}"),
        }
    }
    Ok(wish)
}

fn names(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(str::trim).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Chore {
        parse(line.split_whitespace().map(str::to_owned)).unwrap()
    }

    #[test]
    fn test_alone_means_every_step_and_a_stop_at_the_first_failure() {
        assert_eq!(parsed("test"), Chore::Test(Wish::default()));
    }

    #[test]
    fn a_list_of_steps_is_split_at_commas() {
        let expected = Wish { only: vec!["fmt".into(), "walls".into()], keep_going: true };
        assert_eq!(parsed("test --only fmt,walls --keep-going"), Chore::Test(expected));
    }

    #[test]
    fn the_name_of_a_step_is_a_chore_of_its_own() {
        assert_eq!(parsed("tidy"), parsed("test --only=tidy"));
    }

    #[test]
    fn a_misspelt_option_is_refused_with_the_help() {
        let refusal = parse(["test", "--onyl"].map(str::to_owned).into_iter()).unwrap_err();
        assert!(refusal.to_string().contains("--keep-going"));
    }
}
