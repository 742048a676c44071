//! One of a few words.

settings::choice! {
    /// How letters leave.
    Transport {
        /// A file a letter.
        Folder = "folder",
        /// By a mail server.
        Smtp = "smtp",
        /// Not at all: kept for a test to look at.
        Memory = "memory",
    }

    /// Who may register.
    Registration {
        /// Everybody.
        Open = "open",
        /// Nobody; an administrator adds people.
        Closed = "closed",
    }
}
