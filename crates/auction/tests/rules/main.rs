//! What the page of rules promises, as tables. Each file is one rule; `scene` is the stage they play on.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub)]

mod ascending;
mod buy_now;
mod defects;
mod descending;
mod editing;
mod ending_early;
mod ids;
mod mirror;
mod money;
mod opening_and_closing;
mod outage;
mod properties;
mod reference;
mod refolding;
mod refusals;
mod replaying;
mod reserve;
mod reverse;
mod scene;
mod script;
mod sealed;
mod secrets;
mod shown;
mod soft_close;
mod steps;
mod taking_back;
mod versions;
