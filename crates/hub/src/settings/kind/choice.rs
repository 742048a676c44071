//! One of a few words.

settings::choice! {
    /// Who may link.
    Join {
        /// Whom the webmaster lets in.
        Approve = "approve",
        /// Everybody.
        Open = "open",
        /// The keys of the setting `list`.
        List = "list",
    }

    /// How messages spread.
    Spread {
        /// A tree for each stream: what comes twice is asked for once.
        Tree = "tree",
        /// To every neighbour, whatever it has.
        Flood = "flood",
    }
}
