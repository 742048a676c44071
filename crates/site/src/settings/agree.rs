//! What settings owe each other: gaps that another one fills, and pairs that must fit.

use super::kind::choice::Transport;
use super::table::Settings;
use hub::settings::Join;
use settings::Problem;

pub(super) fn agree(settings: &mut Settings) -> Vec<Problem> {
    fill(settings);
    quarrels(settings)
}

fn fill(settings: &mut Settings) {
    if settings.public_url.is_empty() {
        let port = settings.listen.first().map_or(8080, |first| first.port());
        settings.public_url = super::PublicUrl::local(port);
    }
    if settings.currencies.is_empty() {
        settings.currencies = vec![settings.currency];
    }
}

fn quarrels(settings: &Settings) -> Vec<Problem> {
    let mut quarrels = Vec::new();
    if !settings.currencies.contains(&settings.currency) {
        let says = format!("must contain `currency`, which is {}", settings.currency);
        quarrels.push(Problem::between("currencies", says));
    }
    if settings.mail.transport == Transport::Smtp && settings.mail.smtp_url.is_empty() {
        let says = "must be given, because `mail.transport` is \"smtp\"";
        quarrels.push(Problem::between("mail.smtp_url", says));
    }
    if settings.network.join != Join::List && !settings.network.list.is_empty() {
        let says = "has keys, but `network.join` is not \"list\"";
        quarrels.push(Problem::between("network.list", says));
    }
    quarrels
}
