//! Whether what was read is still what is there.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::statement::Changes;

/// A state of some tables. See [`Tx::mark`](crate::Tx::mark).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    connection: u64,
    statements: u64,
}

/// Counts the statements that may have changed a row, table by table, on one connection.
#[derive(Debug)]
pub(crate) struct Counted {
    connection: u64,
    tables: Vec<(&'static str, u64)>,
    anything: u64,
}

impl Counted {
    pub(crate) fn new() -> Counted {
        // Two connections never have the same mark: what the earlier one had begun may have been lost.
        static CONNECTIONS: AtomicU64 = AtomicU64::new(0);
        let connection = CONNECTIONS.fetch_add(1, Ordering::Relaxed);
        Counted { connection, tables: Vec::new(), anything: 0 }
    }

    pub(crate) fn count(&mut self, changes: Changes) {
        match changes {
            Changes::Nothing => {}
            Changes::Anything => self.anything += 1,
            Changes::Table(table) => match self.tables.iter_mut().find(|(name, _)| *name == table) {
                Some((_, count)) => *count += 1,
                None => self.tables.push((table, 1)),
            },
        }
    }

    /// Each count only grows, so their sum stays the same only if each of them does.
    pub(crate) fn mark(&self, tables: &[&'static str]) -> Mark {
        let counted = self.tables.iter().filter(|(name, _)| tables.contains(name));
        let statements = self.anything + counted.map(|(_, count)| count).sum::<u64>();
        Mark { connection: self.connection, statements }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Statement;

    #[test]
    fn a_statement_is_counted_for_the_table_that_it_changes() {
        let cases = [
            ("SELECT a FROM b", Changes::Nothing),
            ("BEGIN IMMEDIATE", Changes::Nothing),
            ("INSERT INTO b (a) VALUES ($1)", Changes::Table("b")),
            ("insert into b(a) VALUES ($1)", Changes::Table("b")),
            ("UPDATE b SET a = $1", Changes::Table("b")),
            ("DELETE FROM b", Changes::Table("b")),
            ("WITH c AS (SELECT 1) INSERT INTO b SELECT * FROM c", Changes::Anything),
            ("INSERT OR REPLACE INTO b (a) VALUES ($1)", Changes::Anything),
            ("VACUUM", Changes::Anything),
        ];
        for (sql, changes) in cases {
            assert_eq!(Statement { name: "S", sql }.changes(), changes, "{sql}");
        }
    }

    #[test]
    fn a_mark_changes_with_its_own_tables_alone() {
        let mut counted = Counted::new();
        let mark = |counted: &Counted| counted.mark(&["b", "c"]);
        let before = mark(&counted);
        counted.count(Changes::Table("d"));
        assert_eq!(mark(&counted), before);
        counted.count(Changes::Table("c"));
        let then = mark(&counted);
        assert_ne!(then, before);
        counted.count(Changes::Anything);
        assert_ne!(mark(&counted), then);
        assert_ne!(Counted::new().mark(&["b"]), Counted::new().mark(&["b"]));
    }
}
