//! How the webmaster has other sites treated.

use crate::elsewhere::{clock_of_elm, networked};
use crate::town::{code, everywhere_with, id, offer};
use market::actions::TreatSite;
use market::show::Listing;
use market::{Role, Treatment};
use store::sites::SiteId;

/// The key of elm.
const ELM: [u8; 32] = [7; 32];

fn treated(key: [u8; 32], treatment: Treatment, note: &str) -> Vec<TreatSite> {
    vec![TreatSite { key, treatment, note: note.to_owned() }]
}

#[test]
fn a_webmaster_decides_about_a_site_and_it_holds_at_once() {
    everywhere_with(networked(), async |town| {
        let (ada, mo) =
            (town.somebody("ada", Role::Administrator).await, town.somebody("mo", Role::Moderator).await);
        let clock = clock_of_elm(&town, "show").await;
        let mut notices = town.market.notices().listen();
        let by_moderator = town.market.treat_sites(Some(&mo), treated(ELM, Treatment::Block, "")).await;
        assert_eq!(code(&by_moderator), "not_permitted");
        let long =
            town.market.treat_sites(Some(&ada), treated(ELM, Treatment::Block, &"x".repeat(501))).await;
        assert_eq!(code(&long), "malformed");
        town.market.treat_sites(Some(&ada), treated(ELM, Treatment::Block, "sells nothing")).await.unwrap();
        assert_eq!(code(&town.market.auction_page(None, clock).await), "no_such_auction");
        assert_eq!(&*notices.recv().await.unwrap(), [clock], "whoever watches is told");
        let rows = town.market.sites(SiteId(0), 9).await.unwrap();
        assert_eq!((rows.len(), rows[0].name.as_str(), rows[0].treatment), (1, "elm", Treatment::Block));
        assert_eq!((rows[0].note.as_str(), rows[0].auctions), ("sells nothing", 1));
        assert_eq!(rows[0].decided, Some((Some("ada".to_owned()), town.now())));

        // From the command line nobody is named; a site that was never heard is treated so when it is.
        town.market.treat_sites(None, treated(ELM, Treatment::Show, "")).await.unwrap();
        town.market.treat_sites(None, treated([9; 32], Treatment::Block, "warned of")).await.unwrap();
        assert!(town.market.auction_page(None, clock).await.is_ok());
        let rows = town.market.sites(SiteId(0), 9).await.unwrap();
        assert_eq!((&rows[0].decided, rows[1].treatment), (&Some((None, town.now())), Treatment::Block));
        let blocked = town.market.blocked_sites().await.unwrap();
        assert_eq!(
            blocked.iter().map(|(site, note)| (site.key, note.as_str())).collect::<Vec<_>>(),
            [([9; 32], "warned of")]
        );
    });
}

#[test]
fn an_auction_that_waits_for_approval_is_shown_once_a_moderator_has_approved_it() {
    everywhere_with(networked(), async |town| {
        let (mo, bo) = (town.somebody("mo", Role::Moderator).await, town.person("bo").await);
        let clock = clock_of_elm(&town, "approve").await;
        let listed = async || town.market.list(None, Listing::Open, None, 9).await.unwrap().len();
        let bid = async |n: u8| {
            let mut bid = offer(clock, id(n), "50");
            bid.version = 2;
            code(&town.market.place_bid(&bo, bid).await)
        };
        assert_eq!((listed().await, bid(1).await), (0, "no_such_auction"));
        assert_eq!(code(&town.market.waiting_replicas(&bo, 9).await), "not_permitted");
        let waiting = town.market.waiting_replicas(&mo, 9).await.unwrap();
        let titles: Vec<_> =
            waiting.iter().map(|one| (one.row.id, one.row.title.as_str(), one.seller.as_str())).collect();
        assert_eq!(titles, [(clock, "Clock", "Sue")]);
        assert_eq!(code(&town.market.approve_replica(&bo, clock, true).await), "not_permitted");
        assert_eq!(code(&town.market.approve_replica(&mo, clock + 1, true).await), "no_such_auction");

        town.market.approve_replica(&mo, clock, false).await.unwrap();
        assert_eq!((listed().await, town.market.waiting_replicas(&mo, 9).await.unwrap().len()), (0, 0));
        town.market.approve_replica(&mo, clock, true).await.unwrap();
        assert_eq!((listed().await, bid(2).await), (1, "done"));
        let origin = town.market.auction_page(None, clock).await.unwrap().origin.unwrap();
        assert!(origin.takes_bids);
    });
}
