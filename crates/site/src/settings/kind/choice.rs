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

    /// Whether decisions carry what the site itself needs to take them back.
    Memo {
        /// They do, sealed.
        On = "on",
        /// They do not.
        Off = "off",
    }

    /// Who may register.
    Registration {
        /// Everybody.
        Open = "open",
        /// Nobody; an administrator adds people.
        Closed = "closed",
    }
}
