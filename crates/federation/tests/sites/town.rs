//! A site with its market, its hub and what joins them; steps are taken by hand.

use crate::post::Bag;
use auction::{Span, Time};
use federation::{Federation, Introduction};
use hub::{Hub, HubSettings, Join, SecretKey};
use market::actions::{AddUser, Ending, ListItem, Opening};
use market::letters::{Letter, NewsReader};
use market::show::{AuctionPage, ListRow, Listing};
use market::{Email, Identity, Market, Policy, Role, Scopes, SetClock, SystemChance};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::{Location, Options};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// Monday, 5 January 2026, 12:00 UTC.
const NOON: Time = Time(1_767_614_400_000_000);

/// Longer nothing takes that is still coming.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Town {
    pub(crate) market: Market,
    federation: Federation,
    hub: Hub,
    address: SocketAddr,
    clock: Arc<SetClock>,
    _folder: TempDir,
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
    /// Opens a site. The first is called oak, the second elm.
    pub(crate) async fn open(seed: u8, upstream: Option<&Town>) -> Town {
        let name = if seed == 1 { "oak" } else { "elm" };
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().join("site.sqlite"));
        let options = Options { readers: 2, ..Options::default() };
        let journal = tokio::task::spawn_blocking(move || store::open(&location, &options)).await.unwrap();
        let clock = Arc::new(SetClock::at(NOON));
        let policy = Policy { networked: true, sign_in_attempts: 0, ..Policy::default() };
        let market = Market::new(journal.unwrap(), clock.clone(), Arc::new(SystemChance), policy);
        let (hub, address) = serve(seed, &folder, upstream).await;
        let introduction = Introduction { name: name.to_owned(), ..Introduction::default() };
        let federation = Federation::open(market.clone(), Arc::new(hub.clone()), introduction).await.unwrap();
        federation.introduce().await.unwrap();
        Town { market, federation, hub, address, clock, _folder: folder }
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
        while self.federation.post().await.unwrap() > 0 {}
        while self.federation.send_bids().await.unwrap() > 0 {}
    }

    /// Reads what is new, sends what is due, and gives the letters that left.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let mut reader = NewsReader::default();
        while self.market.read_news(&mut reader).await.unwrap() > 0 {}
        while self.market.read_news_elsewhere(&mut reader).await.unwrap() > 0 {}
        while self.federation.reach_winners().await.unwrap() > 0 {}
        let bag = Bag::default();
        while self.market.send_letters(&bag).await.unwrap().sent > 0 {}
        bag.empty()
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
        self.hub.close().await;
        let journal = self.market.journal().clone();
        tokio::task::spawn_blocking(move || journal.close()).await.unwrap();
    }
}

/// A hub on a port of this machine, which everybody may link with.
async fn serve(seed: u8, folder: &TempDir, upstream: Option<&Town>) -> (Hub, SocketAddr) {
    let data = folder.path().join("hub");
    std::fs::create_dir(&data).unwrap();
    let mut settings = HubSettings::new(data, format!("hub {seed}"));
    settings.node.join = Join::Open;
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
