//! A market with people, a clock that is set by hand, and a postman who remembers.

use crate::place::Place;
use crate::post::Bag;
use auction::{CommandId, Currency, Decimal, Person, Span, Time};
use market::actions::{AddUser, Ending, ListItem, Offer, Opening, Placed, Receipt};
use market::letters::{Content, Letter, NewsReader};
use market::{Email, Identity, Market, Policy, Refusal, Role, Scopes, SetChance, SetClock};
use std::sync::Arc;
use store::Journal;

/// Monday, 5 January 2026, 12:00 UTC.
pub(crate) const NOON: Time = Time(1_767_614_400_000_000);

pub(crate) struct Town {
    pub(crate) market: Market,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) bag: Bag,
    pub(crate) place: Arc<Place>,
    reader: tokio::sync::Mutex<NewsReader>,
}

/// Plays a story on both databases.
pub(crate) fn everywhere<F: Future<Output = ()>>(story: impl Fn(Town) -> F) {
    everywhere_with(Policy { sign_in_attempts: 0, ..Policy::default() }, story);
}

/// Plays a story on both databases, on a site whose webmaster has decided so.
pub(crate) fn everywhere_with<F: Future<Output = ()>>(policy: Policy, story: impl Fn(Town) -> F) {
    for place in [Some(Place::sqlite()), Place::postgres()].into_iter().flatten() {
        let place = Arc::new(place);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let journal = place.open();
        runtime.block_on(story(Town::new(place.clone(), journal.clone(), policy.clone())));
        journal.close();
    }
}

impl Town {
    pub(crate) fn new(place: Arc<Place>, journal: Journal, policy: Policy) -> Town {
        let clock = Arc::new(SetClock::at(NOON));
        let market = Market::new(journal, clock.clone(), Arc::new(SetChance::default()), policy);
        Town { market, clock, bag: Bag::default(), place, reader: Default::default() }
    }

    pub(crate) fn now(&self) -> Time {
        self.market.now()
    }

    pub(crate) fn later(&self, span: Span) {
        self.clock.advance(span);
    }

    pub(crate) async fn person(&self, name: &str) -> Identity {
        self.somebody(name, Role::User).await
    }

    /// Somebody with an account, as at the door with a session.
    pub(crate) async fn somebody(&self, name: &str, role: Role) -> Identity {
        let email = Email::parse(&format!("{name}@example.org")).unwrap();
        let user = AddUser { email, name: name.to_owned(), role };
        let person = self.market.add_user(user).await.unwrap();
        Identity { person, name: name.to_owned(), role, scopes: Scopes::ALL, suspended: false }
    }

    pub(crate) async fn list(&self, seller: &Identity, item: ListItem) -> i64 {
        self.market.list_item(seller, self.market.fresh_id(), item).await.unwrap()
    }

    pub(crate) async fn bid(&self, who: &Identity, auction: i64, amount: &str) -> Result<Receipt, Refusal> {
        self.place(who, offer(auction, self.market.fresh_id(), amount)).await
    }

    pub(crate) async fn place(&self, who: &Identity, offer: Offer) -> Result<Receipt, Refusal> {
        self.market.place_bid(who, offer).await.map(decided)
    }

    /// Reads the news, sends what is due, and gives the letters that left.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let mut reader = self.reader.lock().await;
        while self.market.read_news(&mut reader).await.unwrap() > 0 {}
        while self.market.read_news_elsewhere(&mut reader).await.unwrap() > 0 {}
        self.post().await
    }

    /// Sends what is due, and gives the letters that left.
    pub(crate) async fn post(&self) -> Vec<Letter> {
        while self.market.send_letters(&self.bag).await.unwrap().sent > 0 {}
        self.bag.empty()
    }

    /// The secret of the link in the only letter that leaves now.
    pub(crate) async fn link(&self) -> String {
        let letters = self.post().await;
        match letters.as_slice() {
            [Letter { content: Content::Link(secret), .. }] => secret.clone(),
            other => panic!("not one letter with a link: {other:?}"),
        }
    }
}

/// A lamp: ascending from 10.00 EUR, a day long, no reserve.
pub(crate) fn lamp() -> ListItem {
    ListItem {
        title: "A lamp".to_owned(),
        description: "It shines.".to_owned(),
        format: "ascending".to_owned(),
        currency: "EUR".to_owned(),
        start_price: "10.00".to_owned(),
        reserve: None,
        buy_now: None,
        clock_step: None,
        clock_interval: None,
        clock_floor: None,
        opening: Opening::Now,
        ending: Ending::After(Span::days(1)),
        extension_window: None,
        extension_cap: None,
        draft: false,
    }
}

pub(crate) fn offer(auction: i64, id: CommandId, amount: &str) -> Offer {
    Offer { auction, id, version: 1, amount: decimal(amount), currency: None }
}

pub(crate) fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

pub(crate) fn euro() -> Currency {
    Currency::new("EUR", 2).unwrap()
}

pub(crate) fn id(n: u8) -> CommandId {
    CommandId([n; 16])
}

/// The code of a refusal, or "done".
pub(crate) fn code<T>(answer: &Result<T, Refusal>) -> &'static str {
    answer.as_ref().err().map_or("done", Refusal::code)
}

/// Kind and first name of each letter, in alphabetical order.
pub(crate) fn addressed(letters: &[Letter]) -> Vec<String> {
    let mut words: Vec<String> =
        letters.iter().map(|letter| format!("{} {}", letter.kind.word(), letter.name)).collect();
    words.sort();
    words
}

pub(crate) fn with_scopes(who: &Identity, scopes: &str) -> Identity {
    Identity { scopes: Scopes::parse(scopes).unwrap(), ..who.clone() }
}

pub(crate) fn nobody() -> Person {
    Person(999_999)
}

/// The receipt of what was decided here.
pub(crate) fn decided(placed: Placed) -> Receipt {
    match placed {
        Placed::Decided(receipt) => receipt,
        Placed::Sent(sent) => panic!("it was sent to {}", sent.site),
    }
}
