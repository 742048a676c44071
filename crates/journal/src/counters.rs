//! Numbers in blocks without holes: the table `counters`.

use crate::{Error, Tx, args};

crate::statements! {
    pub(crate) COUNTERS;
    TAKE_BLOCK = "INSERT INTO counters (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value RETURNING value";
}

/// Takes the next `how_many` numbers of a counter and gives the first of them; a counter begins at 1.
///
/// Numbers have no holes and are in the order of commits: on PostgreSQL the counter's row stays locked until the
/// commit, which is why this should be among the last statements of a transaction.
pub fn take_block(tx: &mut Tx<'_>, counter: &str, how_many: i64) -> Result<i64, Error> {
    if how_many < 1 {
        return Err(Error::database("a block of numbers has at least one"));
    }
    let last = tx.one(&TAKE_BLOCK, args![counter, how_many], |row| row.int(0))?;
    let last = last.ok_or_else(|| Error::database("a counter that was just written is gone"))?;
    Ok(last - how_many + 1)
}
