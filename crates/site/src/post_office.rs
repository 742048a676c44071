//! From a letter of the market to mail: put into words, in the person's language, and sent.

use crate::mail::{self, Mail, Mailer, Unsold};
use crate::settings::Settings;
use crate::words::Language;
use auction::{Span, Time};
use jiff::tz::TimeZone;
use market::WinnerLink;
use market::letters::{Content, Kind, Letter, PostError, Postman};
use std::future::Future;
use std::pin::Pin;

/// The site's postman.
pub struct PostOffice {
    mailer: Mailer,
    site: String,
    public_url: String,
    language: Language,
    zone: TimeZone,
}

/// How long the leader below a reserve can be accepted.
const ACCEPT_WITHIN: Span = Span::hours(48);

impl PostOffice {
    /// A postman who sends through this mailer; links begin with `public_url`.
    pub fn new(mailer: Mailer, settings: &Settings, public_url: &str) -> PostOffice {
        PostOffice {
            mailer,
            site: settings.name.clone(),
            public_url: public_url.to_owned(),
            language: settings.language,
            zone: settings.time_zone.clone(),
        }
    }

    fn mail(&self, letter: &Letter) -> Mail {
        let language = Language::spoken(&letter.language).unwrap_or(self.language);
        let written = self.write(letter, language);
        Mail {
            message_id: letter.message_id.clone(),
            to_address: letter.address.clone(),
            to_name: letter.name.clone(),
            subject: written.subject,
            text: written.text,
            sent_at: letter.written_at.0,
            reference: None,
        }
    }

    fn write(&self, letter: &Letter, language: Language) -> mail::Written {
        let say = |words: mail::Letter<'_>| words.write(language, &letter.name, &self.site);
        match &letter.content {
            Content::Link(key) => match letter.kind {
                Kind::Reset => say(mail::Letter::Reset { link: &self.page(&format!("/reset?key={key}")) }),
                _ => say(mail::Letter::Confirm { link: &self.page(&format!("/confirm?key={key}")) }),
            },
            Content::Auction {
                id,
                title,
                currency,
                price,
                has_offers,
                ends_at,
                may_accept,
                other,
                origin,
                guest,
            } => {
                let link = &self.page(&format!("/auctions/{id}"));
                let price = &price.map_or_else(String::new, |p| format!("{} {currency}", currency.write(p)));
                let (name, address) = other.as_ref().map_or(("", ""), |(name, address)| (name, address));
                let until = &self.moment(*ends_at + ACCEPT_WITHIN);
                let item = title.as_str();
                match letter.kind {
                    Kind::Outbid => {
                        let ends = &self.moment(*ends_at);
                        match origin {
                            Some(origin) => {
                                say(mail::Letter::OutbidElsewhere { item, origin, price, ends, link })
                            }
                            None => say(mail::Letter::Outbid { item, price, ends, link }),
                        }
                    }
                    Kind::Sold => say(mail::Letter::Sold {
                        item,
                        price,
                        winner_name: name,
                        winner_address: address,
                        link,
                    }),
                    Kind::NotSold => {
                        let reason = match (may_accept, has_offers) {
                            (true, _) => Unsold::LeaderWaits { price, until },
                            (false, true) => Unsold::ReserveNotMet,
                            (false, false) => Unsold::NoBid,
                        };
                        say(mail::Letter::NotSold { item, reason, link })
                    }
                    _ => match guest {
                        Some(guest) => say(mail::Letter::WonAsGuest {
                            item,
                            price,
                            through: &guest.site,
                            seller_name: name,
                            seller_address: address,
                            link: &self.winner_page(&guest.link),
                            until: &self.moment(guest.link.until),
                        }),
                        None => say(mail::Letter::Won {
                            item,
                            price,
                            seller_name: name,
                            seller_address: address,
                            link,
                        }),
                    },
                }
            }
        }
    }

    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Where a winner without an account here sees the sale.
    fn winner_page(&self, link: &WinnerLink) -> String {
        let WinnerLink { auction, until: Time(until), signature } = link;
        self.page(&format!("/auctions/{auction}/won?until={until}&key={signature}"))
    }

    /// A moment as people write it, in the site's zone.
    fn moment(&self, time: Time) -> String {
        let timestamp = jiff::Timestamp::from_microsecond(time.0).unwrap_or_default();
        timestamp.to_zoned(self.zone.clone()).strftime("%A %-d %B %Y, %H:%M %Z").to_string()
    }
}

impl Postman for PostOffice {
    fn post<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + 'a>> {
        Box::pin(async move {
            let sent = self.mailer.send(self.mail(letter)).await;
            sent.map_err(|error| PostError { permanent: error.is_permanent(), text: error.to_string() })
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::settings::Overrides;
    use auction::{Amount, Currency};

    /// The seller of a sealed auction whose offers stayed below the reserve used to read that nobody had bid: before
    /// it is sold, a sealed auction has no price to tell them by.
    #[test]
    fn a_seller_is_told_truly_why_an_item_was_not_sold() {
        let settings = Settings::load(&Overrides::default(), [].into_iter(), None).unwrap();
        let office = PostOffice::new(Mailer::new(&settings).unwrap(), &settings, "http://localhost");
        let told = |price: Option<i64>, has_offers: bool, may_accept: bool| {
            let content = Content::Auction {
                id: 1,
                title: "A lamp".to_owned(),
                currency: Currency::new("EUR", 2).unwrap(),
                price: price.map(Amount),
                has_offers,
                ends_at: Time(0),
                may_accept,
                other: None,
                origin: None,
                guest: None,
            };
            let text = |text: &str| text.to_owned();
            office.mail(&Letter {
                message_id: text("1@localhost"),
                kind: Kind::NotSold,
                address: text("ada@example.org"),
                name: text("Ada"),
                language: text("en"),
                written_at: Time(0),
                content,
            })
        };
        for (price, has_offers, may_accept, says) in [
            (None, false, false, "Nobody placed a bid."),
            (None, true, false, "The bids did not reach your reserve."),
            (Some(1_000), true, true, "sell it to the person who leads, at 10.00 EUR"),
        ] {
            let text = told(price, has_offers, may_accept).text;
            assert!(text.contains(says), "{text}");
            assert_eq!(text.contains("Nobody placed a bid."), !has_offers, "{text}");
        }
    }
}
