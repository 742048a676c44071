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

    /// How a line of the log is written.
    LogFormat {
        /// For people.
        Text = "text",
        /// For programs.
        Json = "json",
    }
}
