//! A site says who it is.

use super::write_down;
use crate::federation::Federation;
use crate::wire::{Address, Body, Line, SiteCard, Text};
use market::Refusal;
use store::announced;

impl Federation {
    /// Writes the card of this site down for the hub: at each start, so that whoever listens knows its name and key. What
    /// was listed while the site was alone is told, too.
    pub async fn introduce(&self) -> Result<(), Refusal> {
        let now = self.0.market.now();
        let card = self.card();
        self.0
            .market
            .journal()
            .write(move |tx| {
                announced::mark_open(tx, now)?;
                let body = Body::Site(Box::new(card.clone()));
                write_down(tx, None, &format!("site-{}", now.0), body, 0, now).map(drop)
            })
            .await
    }

    fn card(&self) -> SiteCard {
        let said = &self.0.introduction;
        SiteCard {
            name: Line::cut(&said.name),
            // A site for its own house has none that others could open.
            address: Address::try_from(said.address.clone()).ok(),
            contact: Line::cut(&said.contact),
            languages: said.languages.iter().map(|language| Line::cut(language)).collect(),
            software: Line::cut(&said.software),
            policy: Text::cut(&said.policy),
            sealing_key: self.0.secrets.sealing.public(),
        }
    }
}
