//! The whole door, asked as applications ask.

mod dice;
mod posting;
mod scene;
mod watching;
mod webhooks;

pub(super) use dice::SetChance;
use scene::Scene;
pub(super) use scene::{Scripted, reply};
