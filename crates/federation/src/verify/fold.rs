//! Whether the rules give what the origin said: they are folded again over the entries with the opened offers.

mod amounts;
mod check;
mod people;
mod step;

pub(super) use check::check;
