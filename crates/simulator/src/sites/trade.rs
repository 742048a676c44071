//! People list and bid, while sites are cut off, die, and come back.

use super::Ending;
use super::level;
use super::site::Step;
use super::world::World;
use crate::chance::Chance;
use crate::story::Story;
use auction::{CommandId, Decimal, Span};
use market::Clock;
use market::actions::{Ending as End, ListItem, Offer, Opening, Placed};
use market::show::Listing;

/// How often something happens.
const TURNS: u64 = 600;

/// How long auctions run.
const LENGTH: Span = Span::minutes(30);

/// What goes wrong, beside sites that are cut off and start again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Losses {
    /// Sites die within a step. How far a step had got depends on threads of the system, so that the same seed may tell
    /// another story.
    pub crashes: bool,
    /// Sites are lost, and come back from an old copy.
    pub disks: bool,
}

/// Tells a story.
pub fn traded(seed: u64, losses: Losses, aloud: bool) -> Ending {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let mut chance = Chance::of(seed);
        let sites = chance.between(2, 4) as u8;
        let world = World::open(seed, sites).await;
        let mut story = Story::default();
        story.aloud = aloud;
        let mut trade = Trade { world, chance, story, bids: 0, losses };
        for _ in 0..TURNS {
            trade.turn().await;
        }
        trade.end().await;
        let wrong = level::wrong(&trade.world).await;
        let (lines, hash) = (trade.story.lines(), trade.story.hash());
        Ending { wrong, bids: trade.bids, lines, hash }
    })
}

struct Trade {
    world: World,
    chance: Chance,
    story: Story,
    bids: usize,
    losses: Losses,
}

impl Trade {
    fn place(&mut self) -> usize {
        self.chance.below(self.world.sites.len() as u64) as usize
    }

    fn tell(&mut self, what: &dyn std::fmt::Debug) {
        self.story.tell(self.world.clock.now().0.cast_unsigned(), what);
    }

    async fn turn(&mut self) {
        self.world.later(Span(self.chance.below(6_000_000).cast_signed())).await;
        let place = self.place();
        match self.chance.below(1000) {
            0..30 => self.list(place).await,
            30..300 => self.bid(place).await,
            300..550 => {
                let came = self.world.deliver(place, &mut self.chance);
                self.tell(&("comes", place, came));
            }
            550..950 => self.step(place).await,
            950..970 => {
                self.world.cut[place] = !self.world.cut[place];
                self.tell(&("cut", place, self.world.cut[place]));
            }
            970..985 => {
                self.world.sites[place].restart().await;
                self.tell(&("restarts", place));
            }
            985..995 => {
                self.world.sites[place].back_up();
                self.tell(&("copied", place));
            }
            _ if self.losses.disks => {
                let restored = self.restore(place).await;
                self.tell(&("restored", place, restored));
            }
            _ => {}
        }
    }

    /// A site is lost and comes back from its copy. Its neighbours can be reached then, and send it what they have.
    async fn restore(&mut self, place: usize) -> bool {
        if !self.world.sites[place].restore().await {
            return false;
        }
        self.world.cut.fill(false);
        while self.world.deliver(place, &mut self.chance) {}
        self.world.sites[place].catch_up().await;
        true
    }

    async fn step(&mut self, place: usize) {
        let step = Step::ALL[self.chance.below(Step::ALL.len() as u64) as usize];
        let dies_after = self.chance.in_thousand(30).then(|| self.chance.between(1, 3) as u32);
        let dies_after = dies_after.filter(|_| step.writes() && self.losses.crashes);
        let done = self.world.sites[place].step(step, dies_after).await;
        self.tell(&(step, place, dies_after, done));
    }

    async fn list(&mut self, place: usize) {
        let site = &self.world.sites[place];
        let id = CommandId(site.market().fresh_id().0);
        let listed = site.market().list_item(&site.people[0], id, item()).await;
        self.tell(&("lists", place, listed));
    }

    async fn bid(&mut self, place: usize) {
        let site = &self.world.sites[place];
        let open = site.market().list(None, Listing::Open, None, 50).await.expect("a list");
        if open.is_empty() {
            return;
        }
        let row = &open[self.chance.below(open.len() as u64) as usize];
        let who = &site.people[self.chance.between(1, 3) as usize];
        let Ok(page) = site.market().auction_page(Some(who), row.id).await else { return };
        let above = self.chance.below(40_000).cast_signed();
        let least = page.own.next_offer.map_or(1000, |amount| amount.0);
        let amount = Decimal::new(least + above, 2);
        let id = site.market().fresh_id();
        let offer = Offer { auction: row.id, id, version: page.version, amount, currency: None };
        let answer = site.market().place_bid(who, offer).await;
        let said = match &answer {
            Ok(Placed::Decided(receipt)) => format!("yes, entry {}", receipt.number),
            Ok(Placed::Sent(_)) => "sent".to_owned(),
            Err(refusal) => refusal.code().to_owned(),
        };
        self.bids += usize::from(answer.is_ok());
        self.tell(&("bids", place, row.id, amount, said));
    }

    /// Everybody is there again; auctions end, and all is told.
    async fn end(&mut self) {
        self.world.cut.fill(false);
        self.world.settle(&mut self.chance).await;
        self.world.later(LENGTH + Span::hours(2)).await;
        self.world.settle(&mut self.chance).await;
    }
}

fn item() -> ListItem {
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
        ending: End::After(LENGTH),
        extension_window: None,
        extension_cap: None,
        draft: false,
    }
}
