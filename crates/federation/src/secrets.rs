//! What a site keeps to itself, drawn once.

use crate::pseudonym::PseudonymSecret;
use crate::sealing::SealingSecret;
use market::{Chance, Refusal};
use store::{Tx, site};

/// The secrets of a site.
#[derive(Clone)]
pub(crate) struct Secrets {
    /// Opens what is sealed to this site alone.
    pub(crate) sealing: SealingSecret,
    /// Makes pseudonyms that only this site can lead back to people.
    pub(crate) pseudonyms: PseudonymSecret,
}

impl Secrets {
    pub(crate) fn draw(chance: &dyn Chance) -> Secrets {
        Secrets {
            sealing: SealingSecret::generate(random(chance)),
            pseudonyms: PseudonymSecret::new(random(chance)),
        }
    }

    /// The secrets that the site has; these ones, if it has none yet.
    pub(crate) fn kept(&self, tx: &mut Tx<'_>) -> Result<Secrets, Refusal> {
        let sealing = kept(tx, "sealing_secret", self.sealing.bytes())?;
        let pseudonyms = kept(tx, "pseudonym_secret", self.pseudonyms.bytes())?;
        Ok(Secrets {
            sealing: SealingSecret::generate(sealing),
            pseudonyms: PseudonymSecret::new(pseudonyms),
        })
    }
}

/// Thirty-two bytes that nobody guesses.
pub(crate) fn random(chance: &dyn Chance) -> [u8; 32] {
    let mut bytes = [0; 32];
    chance.fill(&mut bytes);
    bytes
}

/// Thirty-two bytes that are kept under a name; these ones, if there are none yet.
pub(crate) fn kept(tx: &mut Tx<'_>, name: &str, fresh: &[u8; 32]) -> Result<[u8; 32], Refusal> {
    let text = site::first_fact(tx, name, &crate::wire::Hash(*fresh).to_string())?;
    hub::read_hex(&text).ok_or_else(|| Refusal::Failed(format!("the fact {name} is unreadable")))
}
