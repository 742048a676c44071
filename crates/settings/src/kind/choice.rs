//! One of a few words.

/// Makes kinds of which each is one of a few words.
///
/// A block is `docs Name { docs Choice = "word", … }`.
#[macro_export]
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

        impl $crate::Kind for $name {
            type Of = $name;

            fn expects() -> String {
                let words = [$(concat!("\"", $word, "\"")),*];
                words.join(" or ")
            }

            fn read(value: &$crate::Value) -> Option<$name> {
                match value.text()? {
                    $($word => Some($name::$choice),)*
                    _ => None,
                }
            }

            fn write(value: &$name) -> String {
                match value {
                    $($name::$choice => $crate::kind::quote($word),)*
                }
            }
        }
    )*};
}
