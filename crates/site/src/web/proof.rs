//! `GET /auctions/{id}/proof`: whether an auction of the network follows from what its sites have signed.

use super::frame::Frame;
use super::posted::Number;
use super::visit::{Page, Visit};
use crate::answer::plain;
use askama::Template;
use federation::verify::{Report, Verdict};
use http::StatusCode;
use market::Refusal;

#[derive(Template)]
#[template(path = "proof.html")]
struct Proof {
    page: Frame,
    id: i64,
    item: String,
    /// The word of the result.
    verdict: &'static str,
    result: String,
    faults: Vec<Line>,
    unchecked: Vec<Line>,
    envelopes: String,
}

/// Something that was found.
struct Line {
    /// Which entry it concerns.
    entry: Option<String>,
    words: String,
}

/// `GET /auctions/{id}/proof`
pub(super) async fn page(Number(id): Number, visit: Visit) -> Page {
    let Some(hub) = &visit.app.hub else {
        return Err(visit.refused(&plain("not_found", visit.language(), &[])).into());
    };
    let refuse = |refusal: Refusal| visit.refuse(&refusal);
    // Who may see the auction may check it.
    let seen = visit.market().auction_page(visit.viewer.as_ref(), id).await.map_err(refuse)?;
    let receipts = federation::receipts(visit.market(), hub.hub().identity(), id).await.map_err(refuse)?;
    let envelopes = visit.words("proof-envelopes", &[("count", receipts.envelopes.len().into())]);
    // Every signature is checked, and every rule applied again: not between the requests of others.
    let report = tokio::task::spawn_blocking(move || federation::verify(&receipts)).await;
    let report = report.map_err(|error| refuse(Refusal::Failed(error.to_string())))?;
    let shown = Proof {
        page: visit.frame(visit.words("proof-title", &[])),
        id,
        item: seen.words.title,
        verdict: verdict(&report),
        result: result(&visit, &report),
        faults: report.faults.iter().map(|fault| fault_line(&visit, fault)).collect(),
        unchecked: report.unchecked.iter().map(|gap| gap_line(&visit, gap)).collect(),
        envelopes,
    };
    Ok(visit.page(StatusCode::OK, &shown))
}

fn verdict(report: &Report) -> &'static str {
    match report.verdict {
        Verdict::Good => "good",
        Verdict::Incomplete => "incomplete",
        Verdict::Bad => "bad",
    }
}

fn result(visit: &Visit, report: &Report) -> String {
    let counts = [("folded", report.folded.into()), ("last", report.last.into())];
    visit.words(&format!("proof-result-{}", verdict(report)), &counts)
}

fn fault_line(visit: &Visit, fault: &federation::verify::Fault) -> Line {
    let words = visit.words(&format!("proof-fault-{}", key(fault.reason.code())), &[]);
    Line { entry: fault.entry.map(|n| entry(visit, n)), words }
}

fn gap_line(visit: &Visit, unchecked: &federation::verify::Unchecked) -> Line {
    let words = visit.words(&format!("proof-gap-{}", key(unchecked.gap.code())), &[]);
    Line { entry: unchecked.entry.map(|n| entry(visit, n)), words }
}

fn entry(visit: &Visit, n: u32) -> String {
    visit.words("proof-entry", &[("number", n.into())])
}

/// Keys of words have dashes where codes have lines.
fn key(code: &str) -> String {
    code.replace('_', "-")
}
