//! One declaration a setting: the field, its type, its default and its sentence.

use crate::{Program, Raw, print};

/// A setting as documents and messages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As in the file, with the name of its table before a point: `log.level`.
    pub key: &'static str,
    /// What it decides, in a sentence or two.
    pub says: &'static str,
    /// The default, as it would be written in the file.
    pub default: &'static str,
    /// Whether its value holds what nobody may read in a log or on a screen.
    pub is_secret: bool,
    /// What a value must look like.
    pub expects: String,
    /// The variable of the environment that sets it.
    pub variable: String,
}

impl Setting {
    /// The table it stands in (empty at the top of the file), and its name there.
    pub fn place(&self) -> (&'static str, &'static str) {
        self.key.split_once('.').unwrap_or(("", self.key))
    }
}

/// A struct of settings: what [`declare!`](crate::declare!) makes of a list.
pub trait Table: Sized {
    /// Whose settings they are.
    type Program: Program;

    /// Takes all values before it gives up for one, so that every problem is found.
    fn resolve(raw: &mut Raw) -> Option<Self>;

    /// Every setting, in the order of the file.
    fn table() -> Vec<Setting>;

    /// The values as the file would have them, in the order of [`Self::table`], secrets masked.
    fn values(&self) -> Vec<String>;

    /// A complete settings file with the effective values, secrets masked.
    fn print(&self) -> String {
        print::file(self)
    }

    /// All settings as a table in Markdown.
    fn document() -> String {
        print::document::<Self>()
    }
}

/// Makes a struct of settings, the way to read it, and the list that describes it.
///
/// The first line is `program Name;`. A block is `Name at "prefix." with [group: Struct, …] { docs field: Type as Kind =
/// "default as in the file"; … }`.
#[macro_export]
macro_rules! declare {
    (program $program:ty; $(
        $(#[$about:meta])*
        $name:ident at $prefix:literal $(with [$($(#[$group_says:meta])* $group:ident: $part:ident,)*])? {
            $($(#[doc = $says:literal])+ $field:ident: $type:ty as $kind:ty = $default:literal;)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $says])+ pub $field: $type,)*
            $($($(#[$group_says])* pub $group: $part,)*)?
        }

        impl $crate::Table for $name {
            type Program = $program;

            fn resolve(raw: &mut $crate::Raw) -> Option<$name> {
                $(let $field = raw.take::<$kind>(concat!($prefix, stringify!($field)), $default);)*
                $($(let $group = <$part as $crate::Table>::resolve(raw);)*)?
                Some($name { $($field: $field?,)* $($($group: $group?,)*)? })
            }

            fn table() -> Vec<$crate::Setting> {
                #[allow(unused_mut)]
                let mut table = vec![$($crate::Setting {
                    key: concat!($prefix, stringify!($field)),
                    says: concat!($($says),+).trim_ascii(),
                    default: $default,
                    is_secret: <$kind as $crate::Kind>::SECRET,
                    expects: <$kind as $crate::Kind>::expects(),
                    variable: <$program as $crate::Program>::variable(concat!($prefix, stringify!($field))),
                }),*];
                $($(table.extend(<$part as $crate::Table>::table());)*)?
                table
            }

            fn values(&self) -> Vec<String> {
                #[allow(unused_mut)]
                let mut values = vec![$(<$kind as $crate::Kind>::write(&self.$field)),*];
                $($(values.extend($crate::Table::values(&self.$group));)*)?
                values
            }
        }
    )*};
}
