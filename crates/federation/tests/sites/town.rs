//! A site with its market, its hub and what joins them; steps are taken by hand.

use auction::{Entry, Span, Time};
use federation::sealing::{BidAad, Offer, SealingKey, SealingSecret};
use federation::wire::{self, Bid, BidId, Body, Event, Hash, Kind, Line, Money, SealedBox, Verdict};
use federation::{Federation, Introduction, Limits, Options, Recovered};
use hub::applications::carrier::Carrier;
use hub::{Hub, HubSettings, Join, Message, PublicKey, SecretKey};
use market::actions::{AddUser, Ending, ListItem, Opening};
use market::show::{AuctionPage, ListRow, Listing, SentState};
use market::{Email, Identity, Market, Policy, Role, Scopes, SetClock, SystemChance, Treatment};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::sites::{self, Site};
use store::{Location, Tx, passed_over};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// Monday, 5 January 2026, 12:00 UTC.
pub(crate) const NOON: Time = Time(1_767_614_400_000_000);

/// Longer nothing takes that is still coming.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Town {
    pub(crate) market: Market,
    pub(crate) federation: Federation,
    hub: Hub,
    address: SocketAddr,
    clock: Arc<SetClock>,
    folder: TempDir,
}

pub(crate) fn item() -> ListItem {
    ListItem {
        title: "Lamp".to_owned(),
        description: "It shines.".to_owned(),
        format: "ascending".to_owned(),
        currency: "EUR".to_owned(),
        start_price: "10".to_owned(),
        reserve: None,
        buy_now: None,
        clock_step: None,
        clock_interval: None,
        clock_floor: None,
        opening: Opening::Now,
        ending: Ending::After(Span::days(7)),
        extension_window: None,
        extension_cap: None,
        draft: false,
    }
}

impl Town {
    /// Opens a site: oak, elm or ash.
    pub(crate) async fn open(seed: u8, upstream: Option<&Town>) -> Town {
        Town::open_with(seed, upstream, Limits::default()).await
    }

    pub(crate) async fn open_with(seed: u8, upstream: Option<&Town>, limits: Limits) -> Town {
        Town::open_in(tempfile::tempdir().unwrap(), seed, upstream, limits, NOON).await
    }

    /// Opens a site in a folder that may have been one before.
    pub(crate) async fn open_in(
        folder: TempDir,
        seed: u8,
        upstream: Option<&Town>,
        limits: Limits,
        now: Time,
    ) -> Town {
        let name = ["oak", "elm", "ash"][usize::from(seed) - 1];
        let location = Location::Sqlite(folder.path().join("site.sqlite"));
        let options = store::Options { readers: 2, ..store::Options::default() };
        let journal = tokio::task::spawn_blocking(move || store::open(&location, &options)).await.unwrap();
        let clock = Arc::new(SetClock::at(now));
        let policy = Policy { networked: true, sign_in_attempts: 0, ..Policy::default() };
        let market = Market::new(journal.unwrap(), clock.clone(), Arc::new(SystemChance), policy);
        let (hub, address) = serve(seed, &folder, upstream).await;
        let introduction = Introduction { name: name.to_owned(), ..Introduction::default() };
        let options = Options { limits, memo: true };
        let federation =
            Federation::open(market.clone(), Arc::new(hub.clone()), introduction, options).await.unwrap();
        federation.introduce().await.unwrap();
        Town { market, federation, hub, address, clock, folder }
    }

    /// Closes it, and gives the folder with everything that it kept.
    pub(crate) async fn close_keeping(self) -> TempDir {
        self.hub.close().await;
        let journal = self.market.journal().clone();
        tokio::task::spawn_blocking(move || journal.close()).await.unwrap();
        self.folder
    }

    pub(crate) async fn person(&self, name: &str) -> Identity {
        let email = Email::parse(&format!("{name}@example.org")).unwrap();
        let user = AddUser { email, name: name.to_owned(), role: Role::User };
        let person = self.market.add_user(user).await.unwrap();
        Identity { person, name: name.to_owned(), role: Role::User, scopes: Scopes::ALL, suspended: false }
    }

    pub(crate) async fn page(&self, who: &Identity, auction: i64) -> AuctionPage {
        self.market.auction_page(Some(who), auction).await.unwrap()
    }

    pub(crate) fn later(&self, span: Span) {
        self.clock.advance(span);
    }

    /// Everything that is to be told is on the disk of the hub.
    pub(crate) async fn tell(&self) {
        while self.federation.announce().await.unwrap() > 0 {}
        while self.federation.rule().await.unwrap() > 0 {}
        while self.federation.answer().await.unwrap() > 0 {}
        while self.federation.ask().await.unwrap() > 0 {}
        while self.federation.post().await.unwrap() > 0 {}
        while self.federation.send_bids().await.unwrap() > 0 {}
    }

    /// Says that it is there, if that is due; whether it was.
    pub(crate) async fn pulse(&self) -> bool {
        let told = self.federation.pulse().await.unwrap();
        while self.federation.post().await.unwrap() > 0 {}
        told == 1
    }

    /// Takes back what it had told others, once its hub has this again.
    pub(crate) async fn catch_up(&self, has: impl Fn(&Body) -> bool) -> Recovered {
        let mut news = self.federation.news();
        let own = self.key();
        let come = async {
            while !self.said().await.iter().any(|(from, body)| *from == own && has(body)) {
                news.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, come).await.expect("it never came back");
        self.federation.catch_up(true).await.unwrap()
    }

    /// All decisions on an auction of this site.
    pub(crate) async fn entries(&self, auction: i64) -> Vec<Entry> {
        let read = move |tx: &mut Tx<'_>| {
            let stored = store::auctions::find(tx, auction)?;
            stored.map_or(Ok(Vec::new()), |stored| store::entries::all(tx, &stored))
        };
        self.market.journal().read(read).await.unwrap()
    }

    /// What it has told other sites of single bids.
    pub(crate) async fn verdicts(&self) -> Vec<Verdict> {
        self.tell().await;
        let own = self.said().await.into_iter().filter(|(from, _)| *from == self.key());
        own.filter_map(|(_, body)| if let Body::Verdict(told) = body { Some(told) } else { None }).collect()
    }

    /// Hears until it has told so much of single bids.
    pub(crate) async fn hear_verdicts(&self, count: usize) {
        self.hear_while(async || self.verdicts().await.len() < count).await;
    }

    /// Hears until others have asked for decisions on so many auctions.
    pub(crate) async fn hear_asked(&self, count: usize) {
        let asked = async || {
            let now = self.market.now();
            self.market.journal().read(move |tx| store::announced::asked(tx, now, 99)).await.unwrap()
        };
        self.hear_while(async || asked().await.len() < count).await;
    }

    /// Hears until somebody has asked for everything.
    pub(crate) async fn hear_wanted_all(&self) {
        let read =
            async || self.market.journal().read(|tx| store::site::fact(tx, "all_asked")).await.unwrap();
        self.hear_while(async || read().await.is_none()).await;
    }

    /// Hears until exactly these decisions are known.
    pub(crate) async fn hear_history(&self, auction: i64, numbers: &[u32]) {
        self.hear_while(async || self.history(auction).await != numbers).await;
    }

    /// To what bids on an auction of this site are sealed.
    pub(crate) async fn sealing_key(&self, auction: i64) -> SealingKey {
        let read = move |tx: &mut Tx<'_>| store::announced::find(tx, auction);
        let secret = self.market.journal().read(read).await.unwrap().unwrap().secret.unwrap();
        SealingSecret::generate(secret).public()
    }

    pub(crate) fn key(&self) -> PublicKey {
        self.federation.key()
    }

    /// The webmaster decides about another site.
    pub(crate) async fn treat(&self, other: &Town, treatment: Treatment) {
        let key = other.key();
        let treated = self.market.journal().write(move |tx| {
            let site = sites::named(tx, key.bytes(), NOON)?;
            sites::treat(tx, site, treatment.word())
        });
        treated.await.unwrap();
    }

    /// What is known of another site.
    pub(crate) async fn knows(&self, other: &Town) -> Site {
        let key = other.key();
        let found = self.market.journal().read(move |tx| sites::by_key(tx, key.bytes())).await.unwrap();
        found.unwrap()
    }

    /// How much was passed over of other sites for a reason.
    pub(crate) async fn passed(&self, reason: &str) -> i64 {
        let all = self.market.journal().read(passed_over::all).await.unwrap();
        all.iter().filter(|passed| passed.reason == reason).map(|passed| passed.count).sum()
    }

    /// Hears until so much was passed over for a reason.
    pub(crate) async fn hear_passed(&self, reason: &str, count: i64) {
        self.hear_while(async || self.passed(reason).await < count).await;
    }

    /// Hears until a person's newest bid on an auction of another site is no longer only sent.
    pub(crate) async fn hear_ruled(&self, who: &Identity, auction: i64) -> SentState {
        let state = async || self.page(who, auction).await.own.sent[0].state.clone();
        self.hear_while(async || state().await == SentState::Waiting).await;
        state().await
    }

    /// Hears until another site has said that it was there, at a time.
    pub(crate) async fn hear_pulse(&self, other: &Town) {
        let pulse = other.market.now();
        self.hear_while(async || self.knows(other).await.last_pulse != Some(pulse)).await;
    }

    /// How many open auctions of another site are known.
    pub(crate) async fn known_of(&self, other: &Town) -> i64 {
        let key = other.key();
        let count = self.market.journal().read(move |tx| {
            let site = sites::by_key(tx, key.bytes())?;
            site.map_or(Ok(0), |site| store::level::count_open(tx, site.id))
        });
        count.await.unwrap()
    }

    /// Hears until so many open auctions of another site are known.
    pub(crate) async fn hear_known_of(&self, other: &Town, count: i64) {
        self.hear_while(async || self.known_of(other).await < count).await;
    }

    /// Hears until another site has said so much of this kind.
    pub(crate) async fn hear_from(&self, other: &Town, is: impl Fn(&Body) -> bool, count: usize) {
        let from = other.key();
        let heard = async || self.said().await.iter().filter(|(by, body)| *by == from && is(body)).count();
        self.hear_while(async || heard().await < count).await;
    }

    /// A bid of somebody of this site that its origin can open, under an id of its own choice.
    pub(crate) fn bid_under(
        &self,
        bid: BidId,
        to: PublicKey,
        auction: i64,
        key: SealingKey,
        cents: i64,
    ) -> Bid {
        let (origin, site, auction) = (wire::Site(to), wire::Site(self.key()), auction.cast_unsigned());
        let (amount, salt, number, version) = (Money(cents), Hash([8; 32]), 1, 1);
        let commitment = federation::commitment::offer(origin, auction, bid, amount, salt);
        let aad = BidAad { origin, auction, version, site, bid, number, commitment };
        let offer = Offer { amount, salt, pseudonym: Hash([1; 32]), address: Hash([2; 32]) };
        let offer = offer.seal(&key, &aad, [3; 32]).unwrap();
        let contact = SealedBox(vec![0; 64]);
        Bid { origin, auction, version, bid, kind: Kind::Offer, number, commitment, offer, contact }
    }

    /// The numbers of the decisions that are known of an auction of another site, newest first.
    pub(crate) async fn history(&self, auction: i64) -> Vec<u32> {
        let read = move |tx: &mut Tx<'_>| store::replicas::page(tx, auction, i64::MAX, 99);
        let entries = self.market.journal().read(read).await.unwrap();
        entries.iter().map(|entry| entry.number).collect()
    }

    /// Everything about auctions that the hub of this site has, with who said it.
    pub(crate) async fn said(&self) -> Vec<(PublicKey, Body)> {
        let (mut said, mut place) = (Vec::new(), 0);
        loop {
            let envelopes = Carrier::read_after(&self.hub, place, 256).await.unwrap();
            let Some((last, _)) = envelopes.last() else { return said };
            place = *last;
            for (_, envelope) in &envelopes {
                let from = envelope.stream().origin;
                let read = |message| Some((from, wire::read(&message).ok()??.event.body));
                said.extend(envelope.messages().filter_map(read));
            }
        }
    }

    /// Says something that a site like this one would not say.
    pub(crate) async fn say(&self, bodies: Vec<Body>) {
        let write = |(place, body)| {
            let (id, source) = (Line::cut(&format!("lie-{place}")), Line::cut("/"));
            Event { id, source, time: None, body }.write().unwrap().message
        };
        let messages: Vec<Message> = bodies.into_iter().enumerate().map(write).collect();
        self.send(messages).await;
    }

    /// Sends messages as they are.
    pub(crate) async fn send(&self, messages: Vec<Message>) {
        for some in messages.chunks(16) {
            Carrier::post(&self.hub, self.key(), some.to_vec(), 0).await.unwrap();
        }
    }

    /// Hears until this holds.
    async fn hear_while(&self, mut lacks: impl AsyncFnMut() -> bool) {
        let mut news = self.federation.news();
        let heard = async {
            loop {
                while self.federation.hear().await.unwrap() > 0 {}
                if !lacks().await {
                    return;
                }
                news.changed().await.unwrap();
            }
        };
        tokio::time::timeout(PATIENCE, heard).await.expect("it never came");
    }

    pub(crate) async fn hear_until(&self, holds: impl Fn(&[ListRow]) -> bool) {
        self.hear_while(async || !holds(&self.market.list(None, Listing::Open, None, 9).await.unwrap()))
            .await;
    }

    /// Hears until an auction of another site has come to this entry.
    pub(crate) async fn hear_entry(&self, auction: i64, entry: u32) {
        self.hear_last(auction, entry).await;
    }

    /// Hears until an auction has come to this entry.
    pub(crate) async fn hear_last(&self, auction: i64, entry: u32) {
        let last = async || self.market.auction_page(None, auction).await.unwrap().last_entry;
        self.hear_while(async || last().await < entry).await;
    }

    /// Hears until so many offers stand.
    pub(crate) async fn hear_offers(&self, auction: i64, offers: u32) {
        let standing = async || self.market.auction_page(None, auction).await.unwrap().shown.offers;
        self.hear_while(async || standing().await < offers).await;
    }

    pub(crate) async fn close(self) {
        drop(self.close_keeping().await);
    }
}

/// A copy of everything that a site had kept when it was closed.
pub(crate) fn copy(folder: &TempDir) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    std::fs::create_dir(copy.path().join("hub")).unwrap();
    for part in ["", "hub"] {
        for file in std::fs::read_dir(folder.path().join(part)).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() {
                std::fs::copy(file.path(), copy.path().join(part).join(file.file_name())).unwrap();
            }
        }
    }
    copy
}

/// A hub on a port of this machine, which everybody may link with.
async fn serve(seed: u8, folder: &TempDir, upstream: Option<&Town>) -> (Hub, SocketAddr) {
    let data = folder.path().join("hub");
    std::fs::create_dir_all(&data).unwrap();
    let mut settings = HubSettings::new(data, format!("hub {seed}"));
    settings.node.join = Join::Open;
    // What a hub lets through of one origin is another matter: see its own tests.
    settings.node.limits = None;
    settings.upstreams = upstream
        .iter()
        .map(|town| format!("ws://{}#{}", town.address, town.hub.identity()).parse().unwrap())
        .collect();
    let hub = Hub::open(settings, vec![SecretKey::from_seed([seed; 32])]).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = hub.router().into_make_service_with_connect_info::<SocketAddr>();
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| stream.set_nodelay(true).unwrap());
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    (hub, address)
}
