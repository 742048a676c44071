//! One of a few words.

use super::super::value::Value;
use super::{Kind, quote};

macro_rules! choice {
    ($(
        $(#[$about:meta])*
        $name:ident { $($(#[$says:meta])* $choice:ident = $word:literal,)* }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$says])* $choice,)*
        }

        impl Kind for $name {
            type Of = $name;

            fn expects() -> String {
                let words = [$(concat!("\"", $word, "\"")),*];
                words.join(" or ")
            }

            fn read(value: &Value) -> Option<$name> {
                match value.text()? {
                    $($word => Some($name::$choice),)*
                    _ => None,
                }
            }

            fn write(value: &$name) -> String {
                match value {
                    $($name::$choice => quote($word),)*
                }
            }
        }
    )*};
}

choice! {
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

    /// How a line of the log is written.
    LogFormat {
        /// For people.
        Text = "text",
        /// For programs.
        Json = "json",
    }
}
