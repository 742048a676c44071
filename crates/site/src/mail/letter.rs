//! What letters say. Amounts, times and links come in as people read them.

use crate::words::{Argument, Language, words};

/// A letter with everything that its sentences name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names of the values are those of the sentences in letters.ftl")]
pub enum Letter<'a> {
    /// Confirm a mail address.
    Confirm { link: &'a str },
    /// Choose a new password.
    Reset { link: &'a str },
    /// Somebody else leads now.
    Outbid { item: &'a str, price: &'a str, ends: &'a str, link: &'a str },
    /// Somebody else leads now, on an auction of another site.
    OutbidElsewhere { item: &'a str, origin: &'a str, price: &'a str, ends: &'a str, link: &'a str },
    /// To the seller: sold.
    Sold { item: &'a str, price: &'a str, winner_name: &'a str, winner_address: &'a str, link: &'a str },
    /// To the seller: not sold.
    NotSold { item: &'a str, reason: Unsold<'a>, link: &'a str },
    /// To the winner.
    Won { item: &'a str, price: &'a str, seller_name: &'a str, seller_address: &'a str, link: &'a str },
    /// To a winner who bid through another site.
    WonAsGuest {
        item: &'a str,
        price: &'a str,
        through: &'a str,
        seller_name: &'a str,
        seller_address: &'a str,
        link: &'a str,
        until: &'a str,
    },
}

/// Why an item was not sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsold<'a> {
    /// Nobody bid.
    NoBid,
    /// Somebody leads below the reserve and can still be accepted.
    LeaderWaits {
        /// At this price.
        price: &'a str,
        /// Until this time.
        until: &'a str,
    },
    /// The reserve was not met, and nobody is left to be accepted.
    ReserveNotMet,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The subject.
    pub subject: String,
    /// The text, plain.
    pub text: String,
}

impl<'a> Letter<'a> {
    /// The letter to a person of this name, from the site of that one.
    pub fn write(&self, language: Language, name: &'a str, site: &'a str) -> Written {
        let (subject, text) = self.keys();
        let mut arguments = self.arguments();
        arguments.extend([("name", name), ("site", site)]);
        let arguments: Vec<_> =
            arguments.into_iter().map(|(name, value)| (name, Argument::from(value))).collect();
        Written {
            subject: words(language, subject, &arguments),
            text: words(language, text, &arguments) + "\n",
        }
    }

    fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Letter::Confirm { .. } => ("letter-confirm-subject", "letter-confirm-body"),
            Letter::Reset { .. } => ("letter-reset-subject", "letter-reset-body"),
            Letter::Outbid { .. } => ("letter-outbid-subject", "letter-outbid-body"),
            Letter::OutbidElsewhere { .. } => {
                ("letter-outbid-elsewhere-subject", "letter-outbid-elsewhere-body")
            }
            Letter::Sold { .. } => ("letter-sold-subject", "letter-sold-body"),
            Letter::NotSold { .. } => ("letter-not-sold-subject", "letter-not-sold-body"),
            Letter::Won { .. } => ("letter-won-subject", "letter-won-body"),
            Letter::WonAsGuest { .. } => ("letter-won-guest-subject", "letter-won-guest-body"),
        }
    }

    fn arguments(&self) -> Vec<(&'static str, &'a str)> {
        match *self {
            Letter::Confirm { link } | Letter::Reset { link } => vec![("link", link)],
            Letter::Outbid { item, price, ends, link } => {
                vec![("item", item), ("price", price), ("ends", ends), ("link", link)]
            }
            Letter::OutbidElsewhere { item, origin, price, ends, link } => {
                vec![("item", item), ("origin", origin), ("price", price), ("ends", ends), ("link", link)]
            }
            Letter::Sold { item, price, winner_name, winner_address, link } => vec![
                ("item", item),
                ("price", price),
                ("winner-name", winner_name),
                ("winner-address", winner_address),
                ("link", link),
            ],
            Letter::NotSold { item, ref reason, link } => {
                let mut arguments = vec![("item", item), ("link", link)];
                arguments.extend(reason.arguments());
                arguments
            }
            Letter::Won { item, price, seller_name, seller_address, link } => vec![
                ("item", item),
                ("price", price),
                ("seller-name", seller_name),
                ("seller-address", seller_address),
                ("link", link),
            ],
            Letter::WonAsGuest { item, price, through, seller_name, seller_address, link, until } => vec![
                ("item", item),
                ("price", price),
                ("through", through),
                ("seller-name", seller_name),
                ("seller-address", seller_address),
                ("link", link),
                ("until", until),
            ],
        }
    }
}

impl<'a> Unsold<'a> {
    fn arguments(&self) -> Vec<(&'static str, &'a str)> {
        match *self {
            Unsold::NoBid => vec![("reason", "no-bid")],
            Unsold::ReserveNotMet => vec![("reason", "reserve-not-met")],
            Unsold::LeaderWaits { price, until } => {
                vec![("reason", "leader-waits"), ("price", price), ("until", until)]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ITEM: &str = "Grandmother's clock";
    const PRICE: &str = "12.50 EUR";
    const LINK: &str = "https://auctions.example.org/auctions/7";
    const TIME: &str = "Tuesday 24 November 2026, 18:00 UTC";

    fn all() -> Vec<(Letter<'static>, Vec<&'static str>)> {
        let (item, price, link, until, ends) = (ITEM, PRICE, LINK, TIME, TIME);
        let waits = Unsold::LeaderWaits { price, until };
        vec![
            (Letter::Confirm { link }, vec!["24 hours"]),
            (Letter::Reset { link }, vec!["2 hours"]),
            (Letter::Outbid { item, price, ends, link }, vec![ITEM, PRICE, TIME]),
            (
                Letter::Sold { item, price, winner_name: "Ben", winner_address: "ben@b.org", link },
                vec![ITEM, PRICE, "Ben", "ben@b.org"],
            ),
            (
                Letter::OutbidElsewhere { item, origin: "Elm", price, ends, link },
                vec![ITEM, "Elm", PRICE, TIME],
            ),
            (Letter::NotSold { item, reason: Unsold::NoBid, link }, vec![ITEM, "Nobody placed a bid."]),
            (Letter::NotSold { item, reason: Unsold::ReserveNotMet, link }, vec![ITEM, "reserve"]),
            (Letter::NotSold { item, reason: waits, link }, vec![ITEM, PRICE, TIME]),
            (
                Letter::Won { item, price, seller_name: "Cy", seller_address: "cy@c.org", link },
                vec![ITEM, PRICE, "Cy", "cy@c.org"],
            ),
            (
                Letter::WonAsGuest {
                    item,
                    price,
                    through: "Elm",
                    seller_name: "Cy",
                    seller_address: "cy@c.org",
                    link,
                    until,
                },
                vec![ITEM, PRICE, "Elm", "Cy", "cy@c.org", TIME],
            ),
        ]
    }

    #[test]
    fn every_letter_says_all_that_matters_in_every_language() {
        for language in Language::all() {
            for (letter, said) in all() {
                let written = letter.write(language, "Ann", "Clock Club");
                for word in said.into_iter().chain(["Ann", "Clock Club", LINK]) {
                    assert!(written.text.contains(word), "{word} is missing in\n{}", written.text);
                }
                assert!(!written.subject.contains('\n') && written.subject.len() < 78);
            }
        }
    }

    #[test]
    fn a_letter_is_laid_out_in_paragraphs_without_indentation() {
        for (letter, _) in all() {
            let text = letter.write(Language::spoken("en").unwrap(), "Ann", "Clock Club").text;
            assert!(text.starts_with("Hello Ann,\n\n") && text.ends_with("\nClock Club\n"), "{text}");
            assert!(!text.lines().any(|line| line.starts_with(' ') || line.ends_with(' ')), "{text}");
            assert!(!text.contains("\n\n\n"), "{text}");
        }
    }
}
