//! What stands around every page.

use super::assets;
use crate::words::{Argument, Language, words};
use market::{Identity, Role};

/// What stands around every page, and how it speaks.
pub(super) struct Frame {
    /// What the page is about.
    pub(super) title: String,
    /// The name of the site.
    pub(super) site: String,
    /// The language that it is written in.
    pub(super) language: Language,
    /// Who is signed in.
    pub(super) viewer: Option<Identity>,
    /// Where the viewer is.
    pub(super) path: String,
    /// Whether the site is a node of a network.
    pub(super) networked: bool,
    /// The moment by the site's clock, for countdowns.
    pub(super) now: String,
}

impl Frame {
    /// What is said under a key.
    pub(super) fn words(&self, key: &str) -> String {
        words(self.language, key, &[])
    }

    /// What is said under a key about one value.
    pub(super) fn about(&self, key: &str, name: &'static str, value: &str) -> String {
        words(self.language, key, &[(name, Argument::from(value))])
    }

    /// What is said under a key, with places in braces for the script to fill in: "{price}".
    pub(super) fn pattern(&self, key: &str, names: &[&'static str]) -> String {
        let places: Vec<_> =
            names.iter().map(|name| (*name, Argument::from(format!("{{{name}}}")))).collect();
        words(self.language, key, &places)
    }

    /// What a field is called.
    pub(super) fn label(&self, field: &str) -> String {
        self.words(&format!("field-{field}"))
    }

    /// Whether the viewer may moderate.
    pub(super) fn moderates(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Moderator)
    }

    /// Whether the viewer looks after the place of the site in a network.
    pub(super) fn has_network(&self) -> bool {
        self.networked && self.viewer.as_ref().is_some_and(|viewer| viewer.role >= Role::Administrator)
    }

    /// Whether the viewer's account is suspended.
    pub(super) fn is_suspended(&self) -> bool {
        self.viewer.as_ref().is_some_and(|viewer| viewer.suspended)
    }

    /// Marks the link to the page that the viewer is on.
    pub(super) fn is_here(&self, path: &str) -> bool {
        self.path == path
    }

    /// Where the style is.
    pub(super) fn style(&self) -> &'static str {
        &assets::STYLE.path
    }

    /// Where the script is.
    pub(super) fn script(&self) -> &'static str {
        &assets::SCRIPT.path
    }

    /// Where the icon is.
    pub(super) fn icon(&self) -> &'static str {
        &assets::ICON.path
    }
}
