//! The same id with the same content has no second effect, for actions that are no bids.

use crate::Refusal;
use auction::{CommandId, Person, Time};
use sha2::{Digest, Sha256};
use store::{Tx, answers};

/// An action under the asker's id, with a digest of what is asked.
#[derive(Clone, Copy)]
pub(super) struct Once {
    person: Person,
    id: CommandId,
    content: [u8; 32],
    now: Time,
}

impl Once {
    /// `content` must say everything that is asked.
    pub(super) fn new(person: Person, id: CommandId, content: &str, now: Time) -> Once {
        Once { person, id, content: Sha256::digest(content.as_bytes()).into(), now }
    }

    /// The answer, if it was done before.
    pub(super) fn answer(&self, tx: &mut Tx<'_>) -> Result<Option<i64>, Refusal> {
        let Some(answer) = answers::find(tx, self.person, self.id)? else { return Ok(None) };
        if answer.content != self.content {
            return Err(auction::Refusal::IdUsed.into());
        }
        let result = answer.result.parse().map_err(|_| Refusal::Failed("unreadable answer".to_owned()))?;
        Ok(Some(result))
    }

    /// Does it, unless it was done before: then the answer of then.
    pub(super) fn run(
        &self,
        tx: &mut Tx<'_>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<i64, Refusal>,
    ) -> Result<i64, Refusal> {
        if let Some(answer) = self.answer(tx)? {
            return Ok(answer);
        }
        let result = work(tx)?;
        answers::keep(tx, self.person, self.id, &self.content, &result.to_string(), self.now)?;
        Ok(result)
    }
}
