//! An auction at one site with bidders at three, and everything that is sent about it. Nothing is random.

use auction::{
    Actor, Amount, Auction, Bidder as Known, Case, Command, CommandId, Currency, Decimal, Decision, Deed,
    Entry, Extension, Format, Person, Phase, Span, StepTable, Terms, Time, decide,
};
use federation::sealing::{BidAad, Code, CodeAad, Contact, MemoAad, Offer, SealingSecret, seal_memo};
use federation::wire::{
    self, BidId, Bidder, Body, Event, Hash, Line, Listing, Money, OpenedReserve, Pledge, Register, Rulings,
    SealedBox, Site,
};
use federation::{chain, commitment, pseudonym};
use hub::{Draft, Envelope, Message, Predecessor, SecretKey};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

pub const SELLER: Person = Person(100);
pub const OPENS: Time = Time(1_764_072_000_000_000);
pub const ENDS: Time = Time(OPENS.0 + Span::days(7).0);
pub const NUMBER: u64 = 17;

pub fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32])
}

/// The origin signs with seed 1; bidders 1, 4, 7 … are its own, the others are at the sites of seeds 2 and 3.
pub fn origin() -> Site {
    Site(key(1).public())
}

pub fn secret() -> SealingSecret {
    SealingSecret::generate([9; 32])
}

/// The secret of the site of this seed, to which codes are sealed.
pub fn site_secret(seed: u8) -> SealingSecret {
    SealingSecret::generate([seed + 64; 32])
}

pub fn digest(what: &str, number: u32) -> [u8; 32] {
    Sha256::digest(format!("{what} {number}")).into()
}

pub fn terms(format: Format) -> Terms {
    Terms {
        format,
        currency: Currency::new("EUR", 2).unwrap(),
        start_price: Amount(1_000),
        reserve: None,
        buy_now: None,
        steps: StepTable::standard(0),
        opens_at: OPENS,
        ends_at: ENDS,
        extension: Some(Extension::STANDARD),
    }
    .with_clock_end()
}

pub fn seed_of(person: Person) -> u8 {
    1 + ((person.0 - 1) % 3) as u8
}

#[derive(Clone)]
pub struct Stage {
    pub auction: Auction,
    pub first: Auction,
    pub entries: Vec<Entry>,
    /// After each entry.
    pub after: Vec<Auction>,
    pub bidders: HashMap<Person, Known>,
    /// Commitments are all the same, so that bytes can be compared.
    pub blind: bool,
}

impl Stage {
    pub fn new(terms: Terms) -> Stage {
        let auction = Auction::new(SELLER, terms, Phase::Published);
        let (entries, after) = (Vec::new(), Vec::new());
        Stage { first: auction.clone(), auction, entries, after, bidders: HashMap::new(), blind: false }
    }

    pub fn give(&mut self, by: Actor, deed: Deed, at: Time) -> bool {
        let id = CommandId([self.entries.len() as u8; 16]);
        let command = Command { id, by, version: self.auction.version, deed };
        let bidder = by
            .person()
            .map(|person| self.bidders.entry(person).or_insert_with(|| Known::new(person)).clone());
        let history: Vec<Entry> = self.entries.iter().filter(|entry| entry.accepted()).cloned().collect();
        let case = Case { auction: &self.auction, bidder: bidder.as_ref(), history: &history, prior: None };
        let Decision::Append(entry) = decide(&case, &command, at) else { return false };
        if entry.accepted() {
            self.follow(&history, &entry);
        }
        self.auction.apply(&entry);
        let accepted = entry.accepted();
        self.entries.push(entry);
        self.after.push(self.auction.clone());
        accepted
    }

    fn follow(&mut self, history: &[Entry], entry: &Entry) {
        if let Some(bidder) = entry.by.person().and_then(|person| self.bidders.get_mut(&person)) {
            bidder.apply(entry);
        }
        if let Some(whose) = entry.deed.takes_from(entry.by.person()) {
            let case = Case { auction: &self.auction, bidder: None, history, prior: None };
            let standing = case.still_standing(whose, &entry.removed);
            self.bidders.entry(whose).or_insert_with(|| Known::new(whose)).standing = standing;
        }
    }

    pub fn offer(&mut self, person: i64, amount: i64, at: Time) -> bool {
        self.give(Actor::Person(Person(person)), Deed::Offer { amount: Decimal::new(amount, 2) }, at)
    }

    pub fn close(&mut self) -> bool {
        self.give(Actor::Site, Deed::Close, self.auction.standing.ends_at)
    }

    pub fn salt(entry: &Entry) -> Hash {
        Hash(digest("salt", entry.number))
    }

    fn amount(&self, entry: &Entry) -> Money {
        let amount = match entry.deed {
            Deed::Offer { amount } => self.auction.terms.currency.minor(amount),
            Deed::Take { seen } => self.auction.terms.currency.minor(seen),
            _ => self.auction.terms.buy_now,
        };
        amount.and_then(|amount| Money::try_from(amount).ok()).unwrap_or(Money(1))
    }

    fn reserve(&self) -> Option<OpenedReserve> {
        let amount = Money::try_from(self.first.terms.reserve?).ok()?;
        Some(OpenedReserve { amount, salt: Hash(digest("reserve", 0)) })
    }

    pub fn listing(&self) -> Listing {
        let reserve = self.reserve();
        Listing {
            auction: NUMBER,
            version: self.first.version,
            terms_version: self.first.terms_version,
            title: Line::cut("A chair"),
            description: wire::Text::cut("Of elm.\nWith four legs."),
            additions: Vec::new(),
            cut: false,
            category: vec![Line::cut("Furniture"), Line::cut("Chairs")],
            picture: None,
            pictures: Vec::new(),
            seller: Line::cut("Ann"),
            terms: wire::Terms::try_from(&self.first.terms).unwrap(),
            sealing_key: secret().public(),
            reserve_commitment: reserve
                .map(|reserve| commitment::reserve(origin(), NUMBER, reserve.amount, reserve.salt)),
            memo: None,
            state: wire::state(&self.first, Some(Hash::ZERO), |person| self.bidder(person)),
        }
    }

    /// The bid that came from elsewhere and caused this entry.
    pub fn bid(&self, entry: &Entry) -> Option<(u8, wire::Bid)> {
        let person = entry.by.person().filter(|_| entry.deed.is_bid())?;
        let site = self.bidder(person)?.site?;
        let pledge = self.pledge(entry)?;
        let (number, version) = (person.0 as u32, entry.version);
        let Pledge { bid, commitment } = pledge;
        let aad = BidAad { origin: origin(), auction: NUMBER, version, site, bid, number, commitment };
        let (amount, salt) = (self.amount(entry), Stage::salt(entry));
        let own = pseudonym::PseudonymSecret::new([seed_of(person); 32]);
        let pseudonym = pseudonym::pseudonym(&own, origin(), u64::from(number));
        let email = format!("bidder{number}@example.org");
        let address = pseudonym::address(&secret().public(), &email);
        let offer = Offer { amount, salt, pseudonym, address };
        let contact = Contact { name: Line::cut("Ben"), email: Line::cut(&email), language: Line::cut("en") };
        let bid = wire::Bid {
            origin: origin(),
            auction: NUMBER,
            version,
            bid,
            kind: match entry.deed {
                Deed::Take { .. } => wire::Kind::Take,
                Deed::BuyNow => wire::Kind::Buy,
                _ => wire::Kind::Offer,
            },
            number,
            commitment,
            offer: offer.seal(&secret().public(), &aad, digest("offer", entry.number)).unwrap(),
            contact: contact.seal(&secret().public(), &aad, digest("contact", entry.number)).unwrap(),
        };
        Some((seed_of(person), bid))
    }

    /// Rulings in messages of so many entries, in turn.
    pub fn rulings(&self, sizes: &[usize]) -> Vec<Rulings> {
        let (mut all, mut previous, mut from) = (Vec::new(), Hash::ZERO, 0);
        let mut sizes = sizes.iter().copied().cycle();
        while from < self.entries.len() {
            let to = (from + sizes.next().unwrap_or(1).max(1)).min(self.entries.len());
            let after = &self.after[to - 1];
            let entries = wire::rulings::entries(after, &self.entries[from..to], &mut self.clone());
            let state = wire::state(after, None, |person| self.bidder(person));
            let memo = (from == 0).then(memo);
            let rulings = Rulings { auction: NUMBER, previous, entries, state, memo };
            previous = chain::head(&written(Body::Rulings(Box::new(rulings.clone()))).data);
            all.push(rulings);
            from = to;
        }
        all
    }

    /// Everything that is said: by whom (the seed of its key), and what.
    pub fn said(&self, sizes: &[usize]) -> Vec<(u8, Body)> {
        let mut said = vec![(1, Body::Listing(Box::new(self.listing())))];
        let bids = self.entries.iter().filter_map(|entry| self.bid(entry));
        said.extend(bids.map(|(seed, bid)| (seed, Body::Bid(Box::new(bid)))));
        let rulings = self.rulings(sizes);
        let head = rulings
            .last()
            .map_or(Hash::ZERO, |last| chain::head(&written(Body::Rulings(Box::new(last.clone()))).data));
        said.extend(rulings.into_iter().map(|rulings| (1, Body::Rulings(Box::new(rulings)))));
        let closed = wire::closed(NUMBER, &self.auction, &self.entries, head, self);
        said.extend(closed.map(|closed| (1, Body::Closed(closed))));
        let withdrawn = wire::withdrawn(NUMBER, &self.auction, &self.entries, head);
        said.extend(withdrawn.map(|withdrawn| (1, Body::Withdrawn(withdrawn))));
        let salt = |entry: &Entry| Some(Stage::salt(entry));
        let opened = wire::opened(NUMBER, &self.auction, &self.entries, salt, self.reserve());
        said.extend(opened.into_iter().map(|opened| (1, Body::Opened(opened))));
        said
    }

    pub fn receipts(&self, sizes: &[usize]) -> federation::verify::Receipts {
        receipts(&self.said(sizes))
    }
}

impl Register for Stage {
    fn bidder(&self, person: Person) -> Option<Bidder> {
        let seed = seed_of(person);
        let site = (seed > 1).then(|| Site(key(seed).public()));
        Some(Bidder { site, number: person.0 as u32 })
    }

    fn pledge(&self, entry: &Entry) -> Option<Pledge> {
        let bid = BidId(*digest("bid", entry.number).first_chunk::<16>()?);
        let made = commitment::offer(origin(), NUMBER, bid, self.amount(entry), Stage::salt(entry));
        Some(Pledge { bid, commitment: if self.blind { Hash::ZERO } else { made } })
    }

    fn seal(&mut self, to: Site, entry: &Entry, code: &Code) -> Option<SealedBox> {
        let seed = (2..=3).find(|seed| Site(key(*seed).public()) == to)?;
        let bid = entry.deed.is_bid().then(|| self.pledge(entry)).flatten().map(|pledge| pledge.bid);
        let aad = CodeAad { origin: origin(), auction: NUMBER, n: entry.number, bid };
        code.seal(&site_secret(seed).public(), &aad, digest("code", entry.number)).ok()
    }
}

/// The first rulings carry one, so that one is to be seen.
fn memo() -> SealedBox {
    let aad = MemoAad { origin: origin(), auction: NUMBER, first: 1 };
    let memo = HashMap::from([("seller", SELLER.0)]);
    seal_memo(&memo, &site_secret(1).public(), &aad, digest("memo", 1)).unwrap()
}

pub fn written(body: Body) -> wire::Written {
    let (id, source) = (Line::cut("1"), Line::cut("https://site.example"));
    Event { id, source, time: None, body }.write().unwrap()
}

/// Each message signed by its site in an envelope of its own.
pub fn envelopes(said: &[(u8, Body)]) -> Vec<Envelope> {
    let mut numbers: HashMap<u8, (u64, [u8; 32])> = HashMap::new();
    let sign = |(seed, body): &(u8, Body)| {
        let (number, previous) = numbers.entry(*seed).or_insert((0, [0; 32]));
        *number += 1;
        let messages = [Message { ..written(body.clone()).message }];
        let time = hub::Time(OPENS.0.cast_unsigned() + *number);
        let (epoch, predecessor) = (OPENS.0.cast_unsigned(), None::<Predecessor>);
        let draft = Draft {
            epoch,
            number: *number,
            previous: *previous,
            predecessor,
            time,
            ttl: 0,
            messages: &messages,
        };
        let envelope = draft.sign(&key(*seed)).unwrap();
        *previous = *envelope.hash();
        envelope
    };
    said.iter().map(sign).collect()
}

pub fn receipts(said: &[(u8, Body)]) -> federation::verify::Receipts {
    federation::verify::Receipts::new(origin(), NUMBER, envelopes(said).iter().map(Envelope::bytes))
}
