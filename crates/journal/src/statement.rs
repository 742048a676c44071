//! A statement, and the lists in which statements stand.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// One SQL text, the same for both databases where possible: parameters are `$1`, `$2` … and first appear in that order.
///
/// A statement is prepared once per connection and found again by its address, so it must be a `static`.
#[derive(Debug)]
pub struct Statement {
    /// For error texts and for tests that go through a list.
    pub name: &'static str,
    /// The text.
    pub sql: &'static str,
}

impl Statement {
    /// False only for a plain `SELECT`. `WITH` may hide an `INSERT`, so it counts as a change.
    pub(crate) fn may_change_rows(&self) -> bool {
        let start = self.sql.trim_start().as_bytes();
        !start.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"select"))
    }

    /// The table whose rows it changes, as far as its first words tell. What triggers and cascades change besides is
    /// not seen.
    pub(crate) fn changes(&self) -> Changes {
        let mut words = self.sql.split_ascii_whitespace();
        let mut next = || words.next().unwrap_or_default();
        let table = match next().to_ascii_uppercase().as_str() {
            "SELECT" | "BEGIN" | "COMMIT" | "ROLLBACK" | "SAVEPOINT" | "RELEASE" => return Changes::Nothing,
            "UPDATE" => next(),
            "INSERT" | "DELETE" if matches!(next().to_ascii_uppercase().as_str(), "INTO" | "FROM") => next(),
            _ => return Changes::Anything,
        };
        Changes::Table(table.split('(').next().unwrap_or_default())
    }
}

/// What a statement may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changes {
    Nothing,
    Table(&'static str),
    Anything,
}

/// What a connection keeps for each statement, found by the statement's address.
pub(crate) type ByStatement<T> = HashMap<usize, T, BuildHasherDefault<AddressHasher>>;

/// The key of a statement in [`ByStatement`].
pub(crate) fn address(statement: &'static Statement) -> usize {
    std::ptr::from_ref(statement).addr()
}

/// Addresses are already distinct, so one multiplication spreads them well enough; hashing the text would cost
/// more than the lookup.
#[derive(Default)]
pub(crate) struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_usize(usize::from(*byte));
        }
    }

    fn write_usize(&mut self, address: usize) {
        self.0 = (self.0 ^ address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }
}

/// Declares the statements of a module in one list.
///
/// ```
/// journal::statements! {
///     pub ALL;
///     ADD = "INSERT INTO people (id, name) VALUES ($1, $2)";
///     FIND = "SELECT name FROM people WHERE id = $1";
/// }
/// assert_eq!(ALL.len(), 2);
/// assert_eq!(FIND.name, "FIND");
/// ```
///
/// Each name becomes a `static` [`Statement`](crate::Statement), and the first name a list of them all, which tests
/// hand to [`Journal::prepare_all`](crate::Journal::prepare_all).
#[macro_export]
macro_rules! statements {
    ($(#[$about:meta])* $vis:vis $all:ident; $($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $(
            $(#[$doc])*
            #[doc = concat!("`", stringify!($name), "`")]
            $vis static $name: $crate::Statement = $crate::Statement { name: stringify!($name), sql: $sql };
        )+
        $(#[$about])*
        /// Every statement of this list.
        $vis static $all: &[&$crate::Statement] = &[$(&$name),+];
    };
}
