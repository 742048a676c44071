//! A neighbour of the table.

use super::super::visit::Visit;
use super::super::written::Moment;
use hub::status::Neighbour;
use hub::{ATTEMPTS, Standing};

/// A neighbour, in words.
pub(super) struct Row {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) is_upstream: bool,
    pub(super) is_pending: bool,
    pub(super) is_blocked: bool,
    pub(super) is_linked: bool,
    pub(super) state: String,
    pub(super) waits: String,
    pub(super) seen: Option<Moment>,
    pub(super) discarded: u64,
    /// What was delivered after all, in words.
    pub(super) recovered: Option<String>,
    pub(super) error: Option<(Moment, String)>,
}

pub(super) fn of(visit: &Visit, one: &Neighbour) -> Row {
    let recovered = one.account.recovered;
    let say_recovered = || visit.words("network-recovered", &[("count", whole(recovered).into())]);
    Row {
        key: one.key.to_string(),
        name: one.name.clone(),
        address: one.address.clone(),
        is_upstream: one.is_upstream,
        is_pending: one.standing == Standing::Pending,
        is_blocked: one.standing == Standing::Blocked,
        is_linked: one.linked_since.is_some(),
        state: state(visit, one),
        waits: waits(visit, one),
        seen: one.last_seen.map(|at| visit.short(time(at))),
        discarded: one.account.discarded,
        recovered: (recovered > 0).then(say_recovered),
        error: one.last_error.as_ref().map(|(at, words)| (visit.short(time(*at)), words.clone())),
    }
}

fn state(visit: &Visit, one: &Neighbour) -> String {
    let at = |moment| visit.short(time(moment)).text;
    let attempts = ATTEMPTS.len();
    match (one.standing, one.linked_since) {
        (Standing::Blocked, _) => visit.words("network-state-blocked", &[]),
        (Standing::Pending, _) => visit.words("network-state-pending", &[]),
        (Standing::Inactive, _) => visit.words("network-state-inactive", &[("count", attempts.into())]),
        (Standing::Active, Some(since)) => visit.words("network-state-linked", &[("time", at(since).into())]),
        (Standing::Active, None) if one.is_upstream => visit.words("network-state-redialled", &[]),
        (Standing::Active, None) => match one.next_attempt.filter(|_| one.attempts > 0) {
            Some(next) => {
                let made = ("made", one.attempts.into());
                let values = [made, ("count", attempts.into()), ("time", at(next).into())];
                visit.words("network-state-tried", &values)
            }
            None => visit.words("network-state-away", &[]),
        },
    }
}

pub(super) fn waits(visit: &Visit, one: &Neighbour) -> String {
    let count = ("count", whole(one.lag_messages).into());
    match one.oldest_waiting {
        Some(oldest) if one.lag_messages > 0 => {
            let since = ("time", visit.short(time(oldest)).text.into());
            visit.words("network-waits-since", &[count, since])
        }
        _ => visit.words("network-waits", &[count]),
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn time(time: hub::Time) -> auction::Time {
    auction::Time(whole(time.0))
}
