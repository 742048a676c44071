//! One declaration a setting: the field, its type, its default and its sentence.

/// A setting as documents and messages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// As in the file, with the name of its table before a point: `log.level`.
    pub key: &'static str,
    /// What it decides, in a sentence or two.
    pub says: &'static str,
    /// The default, as it would be written in the file.
    pub default: &'static str,
    /// What a value must look like.
    pub expects: String,
}

impl Setting {
    /// The variable of the environment that sets it.
    pub fn variable(&self) -> String {
        super::environment::variable(self.key)
    }

    /// The table it stands in (empty at the top of the file), and its name there.
    pub fn place(&self) -> (&'static str, &'static str) {
        self.key.split_once('.').unwrap_or(("", self.key))
    }
}

/// Makes a struct of settings, the way to read it, and the list that describes it.
///
/// A block is `Name at "prefix." with [group: Struct, …] { docs field: Type as Kind = "default as in the file"; … }`.
macro_rules! declare {
    ($(
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

        impl $name {
            /// Takes all values before it gives up for one, so that every problem is found.
            pub(super) fn resolve(raw: &mut Raw) -> Option<$name> {
                $(let $field = raw.take::<$kind>(concat!($prefix, stringify!($field)), $default);)*
                $($(let $group = $part::resolve(raw);)*)?
                Some($name { $($field: $field?,)* $($($group: $group?,)*)? })
            }

            /// Every setting, in the order of the file.
            pub fn table() -> Vec<Setting> {
                #[allow(unused_mut)]
                let mut table = vec![$(Setting {
                    key: concat!($prefix, stringify!($field)),
                    says: concat!($($says),+).trim_ascii(),
                    default: $default,
                    expects: <$kind as Kind>::expects(),
                }),*];
                $($(table.extend($part::table());)*)?
                table
            }

            /// The values as the file would have them, in the order of [`Self::table`].
            pub(super) fn values(&self) -> Vec<String> {
                #[allow(unused_mut)]
                let mut values = vec![$(<$kind as Kind>::write(&self.$field)),*];
                $($(values.extend(self.$group.values());)*)?
                values
            }
        }
    )*};
}

pub(super) use declare;
