//! Who may do what: every action tried by everybody who might.

use crate::town::{Town, code, everywhere, id, lamp, offer};
use auction::CommandId;
use market::actions::{CancelBid, ListItem};
use market::{Identity, Role, Scopes};
use std::pin::Pin;

type Answer<'a> = Pin<Box<dyn Future<Output = &'static str> + 'a>>;
type Action = for<'a> fn(&'a Town, &'a Identity, i64) -> Answer<'a>;

macro_rules! action {
    (|$town:ident, $who:ident, $auction:ident| $call:expr) => {
        |$town, $who, $auction| Box::pin(async move { code(&$call.await) })
    };
}

fn fresh(town: &Town) -> CommandId {
    town.market.fresh_id()
}

fn first_bid(auction: i64, id: CommandId) -> CancelBid {
    CancelBid { auction, id, version: 1, entry: 1, reason: "because".to_owned() }
}

fn shade() -> ListItem {
    ListItem { title: "A shade".to_owned(), ..lamp() }
}

/// The action; the scope it needs; what a stranger, the seller and a moderator are told.
const ACTIONS: &[(&str, Action, &str, [&str; 3])] = &[
    (
        "place_bid",
        action!(|t, w, a| t.market.place_bid(w, offer(a, fresh(t), "50"))),
        "bid",
        ["done", "own_item", "done"],
    ),
    (
        "buy_now",
        action!(|t, w, a| t.market.buy_now(w, a, fresh(t), 1)),
        "bid",
        ["not_in_this_format", "not_in_this_format", "not_in_this_format"],
    ),
    (
        "take_price",
        action!(|t, w, a| t.market.take_price(w, offer(a, fresh(t), "50"))),
        "bid",
        ["not_in_this_format", "not_in_this_format", "not_in_this_format"],
    ),
    (
        "retract",
        action!(|t, w, a| t.market.retract(w, a, fresh(t), 1, "oops")),
        "bid",
        ["nothing_to_take_back", "nothing_to_take_back", "nothing_to_take_back"],
    ),
    (
        "cancel_bid",
        action!(|t, w, a| t.market.cancel_bid(w, first_bid(a, fresh(t)))),
        "sell",
        ["not_yours", "done", "done"],
    ),
    (
        "end_early",
        action!(|t, w, a| t.market.end_early(w, a, fresh(t), 1)),
        "sell",
        ["not_yours", "done", "not_yours"],
    ),
    (
        "withdraw",
        action!(|t, w, a| t.market.withdraw(w, a, fresh(t), 1, "because")),
        "sell",
        ["not_yours", "done", "done"],
    ),
    (
        "accept",
        action!(|t, w, a| t.market.accept(w, a, fresh(t), 1)),
        "sell",
        ["not_yours", "nothing_to_sell", "not_yours"],
    ),
    (
        "lower_reserve",
        action!(|t, w, a| t.market.lower_reserve(w, a, fresh(t), 1, None)),
        "sell",
        ["not_yours", "reserve_not_lower", "not_yours"],
    ),
    ("block", action!(|t, w, a| t.market.block(w, a, 1.into(), true)), "sell", ["not_yours", "done", "done"]),
    (
        "add_text",
        action!(|t, w, a| t.market.add_text(w, fresh(t), a, "more")),
        "sell",
        ["not_yours", "done", "not_yours"],
    ),
    (
        "revise",
        action!(|t, w, a| t.market.revise(w, fresh(t), a, 1, shade())),
        "sell",
        ["not_yours", "terms_frozen", "not_yours"],
    ),
    ("publish", action!(|t, w, a| t.market.publish(w, a)), "sell", ["not_yours", "done", "not_yours"]),
    (
        "list_item",
        action!(|t, w, _a| t.market.list_item(w, fresh(t), shade())),
        "sell",
        ["done", "done", "done"],
    ),
    (
        "approve",
        action!(|t, w, a| t.market.approve(w, a, 1)),
        "moderate",
        ["not_permitted", "not_permitted", "not_open"],
    ),
    (
        "disapprove",
        action!(|t, w, a| t.market.disapprove(w, a, "no")),
        "moderate",
        ["not_permitted", "not_permitted", "not_open"],
    ),
    (
        "suspend",
        action!(|t, w, _a| t.market.suspend(w, w.person, "")),
        "moderate",
        ["not_permitted", "not_permitted", "not_permitted"],
    ),
    (
        "people",
        action!(|t, w, _a| t.market.people(w, 0, 1)),
        "moderate",
        ["not_permitted", "not_permitted", "done"],
    ),
    (
        "create_token",
        action!(|t, w, _a| t.market.create_token(w, "x", w.scopes)),
        "account",
        ["done", "done", "done"],
    ),
    ("tokens", action!(|t, w, _a| t.market.tokens(w, 0, 1)), "account", ["done", "done", "done"]),
    ("my_bids", action!(|t, w, _a| t.market.my_bids(w, i64::MAX, 1)), "read", ["done", "done", "done"]),
    ("own_account", action!(|t, w, _a| t.market.own_account(w)), "read", ["done", "done", "done"]),
];

/// All scopes but one.
fn without(who: &Identity, scope: &str) -> Identity {
    let words: Vec<String> = who.scopes.to_string().split(' ').map(str::to_owned).collect();
    let rest: Vec<String> = words.into_iter().filter(|word| word != scope).collect();
    Identity { scopes: Scopes::parse(&rest.join(" ")).unwrap(), ..who.clone() }
}

#[test]
fn each_action_asks_for_its_scope_and_for_the_right_person() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let (cy, mo) = (town.person("cy").await, town.somebody("mo", Role::Moderator).await);
        for (name, action, scope, told) in ACTIONS {
            for (who, expected) in [&cy, &ada, &mo].into_iter().zip(told) {
                let lamp = town.list(&ada, lamp()).await;
                town.place(&bo, offer(lamp, id(1), "20")).await.unwrap();
                let poor = without(who, scope);
                if (*scope, who.role) != ("sell", Role::Moderator) {
                    assert_eq!(action(&town, &poor, lamp).await, "missing_scope", "{name} without {scope}");
                }
                assert_eq!(action(&town, who, lamp).await, *expected, "{name} by {}", who.name);
            }
        }
    });
}

#[test]
fn who_is_suspended_reads_and_does_nothing_else() {
    everywhere(async |town| {
        let mo = town.somebody("mo", Role::Moderator).await;
        let ada = town.person("ada").await;
        let lamp = town.list(&ada, lamp()).await;
        let cy = town.person("cy").await;
        town.market.suspend(&mo, cy.person, "").await.unwrap();
        let cy = Identity { suspended: true, ..cy };
        for (name, action, scope, _) in ACTIONS {
            let told = action(&town, &cy, lamp).await;
            let expected = match *name {
                "buy_now" | "take_price" => "not_in_this_format",
                "tokens" | "my_bids" | "own_account" => "done",
                _ => "suspended",
            };
            assert_eq!(told, expected, "{name}, scope {scope}");
        }
    });
}
