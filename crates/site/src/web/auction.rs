//! `GET /auctions/{id}`: one auction, with everything that its viewer may see and do.

mod bid_box;
mod elsewhere;
mod figures;
mod history;
mod rules;
mod standing;

use super::filled::Filled;
use super::frame::Frame;
use super::posted::Number;
use super::visit::{Page, Visit};
use super::written::{Moment, paragraphs};
use crate::answer::progress_word;
use askama::Template;
use bid_box::BidBox;
use elsewhere::Elsewhere;
pub(super) use elsewhere::before;
use figures::Figures;
use history::History;
use market::show::AuctionPage;
use rules::Rules;
use standing::Standing;

#[derive(Template)]
#[template(path = "auction.html")]
struct Shown {
    page: Frame,
    form: Filled,
    id: i64,
    version: u32,
    last_entry: u32,
    zone: String,
    currency: String,
    state: &'static str,
    format: String,
    seller: String,
    elsewhere: Option<Elsewhere>,
    description: Vec<String>,
    additions: Vec<(Moment, Vec<String>)>,
    reason: Option<String>,
    figures: Figures,
    standing: Standing,
    bid: BidBox,
    rules: Rules,
    history: History,
    manages: bool,
}

/// `GET /auctions/{id}`
pub(super) async fn page(Number(id): Number, visit: Visit) -> Page {
    show(&visit, id, Filled::default()).await
}

/// The page of an auction, with a form that came back.
pub(super) async fn show(visit: &Visit, id: i64, form: Filled) -> Page {
    let market = visit.market();
    let seen =
        market.auction_page(visit.viewer.as_ref(), id).await.map_err(|refusal| visit.refuse(&refusal))?;
    let history = history::read(visit, &seen).await?;
    let page = visit.frame(seen.words.title.clone());
    let manages = seen.own.selling || page.moderates();
    let shown = Shown {
        id,
        version: seen.version,
        last_entry: seen.last_entry,
        zone: visit.zone().iana_name().unwrap_or("UTC").to_owned(),
        currency: seen.terms.currency.code().to_owned(),
        state: progress_word(seen.shown.progress),
        format: visit.format(store::encoding::format_word(&seen.terms.format)),
        seller: seen.seller.clone(),
        elsewhere: Elsewhere::new(visit, &seen),
        description: paragraphs(&seen.words.description),
        additions: additions(visit, &seen),
        reason: Some(seen.words.reason.clone()).filter(|reason| !reason.is_empty()),
        figures: Figures::new(visit, &seen),
        standing: Standing::new(visit, &seen),
        bid: BidBox::new(visit, &seen, &form),
        rules: Rules::new(visit, &seen),
        history,
        manages,
        page,
        form,
    };
    Ok(visit.page(shown.form.status(), &shown))
}

fn additions(visit: &Visit, seen: &AuctionPage) -> Vec<(Moment, Vec<String>)> {
    seen.words.additions.iter().map(|(at, text)| (visit.minute(*at), paragraphs(text))).collect()
}

impl Shown {
    fn state_words(&self, state: &str) -> String {
        self.page.words(&format!("state-{state}"))
    }
}
