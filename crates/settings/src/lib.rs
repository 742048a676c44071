//! Settings of a program, all from one list.
//!
//! A program writes down each setting once, with [`declare!`]: its name, what a value must look like, its default, and a
//! sentence. From that list follow the struct that the program reads, the file, the variables of the environment, the
//! file that `print-config` prints, the table in the documents, and every complaint with its place and what was
//! probably meant.
//!
//! A setting may stand in several places, and the first of these wins: a flag, the environment, the file, the default.
//! Weaker places are checked, too. What comes out of [`load`] is complete, so nothing behind it asks again.
//!
//! | to learn | open |
//! |---|---|
//! | what a program says about itself | `program.rs` |
//! | how a list becomes a struct | `declare.rs` |
//! | in what order everything is read | [`load`] |
//! | what a value can be | `kind.rs`; a program adds kinds of its own |
//! | where values come from | `file.rs`, `environment.rs`, `flag.rs` |
//! | what is said about a wrong one | `raw.rs`, `problem.rs`, `nearest.rs` |
//! | how settings are shown | `print.rs` |

mod declare;
mod environment;
mod file;
mod flag;
pub mod kind;
mod load;
mod nearest;
mod print;
mod problem;
mod program;
mod raw;
mod source;
mod value;

pub use declare::{Setting, Table};
pub use flag::Flag;
pub use kind::Kind;
pub use load::load;
pub use problem::{Problem, Problems};
pub use program::Program;
pub use raw::Raw;
pub use source::Source;
pub use value::Value;
