//! Real programs: an item of one site, bid on from others.

use super::chain::dialled_at;
use super::programs::status;
use super::town::{Client, Events, Place, Site, moment, offer, short_lot, until};
use serde_json::{Value, json};

/// Takes others in without asking.
fn open_to_all(name: &str, upstreams: &[&Site]) -> Place {
    let upstreams: Vec<String> =
        upstreams.iter().map(|site| dialled_at(&format!("http://localhost:{}", site.port))).collect();
    Place::new(&format!(
        "name = {name:?}\n[network]\ndownstreams = true\njoin = \"open\"\nupstreams = {upstreams:?}\n\
         [mail]\ntransport = \"folder\"\n"
    ))
}

/// The number that an item has here, once it is seen.
fn seen(site: &Site, title: &str) -> i64 {
    until(title, || {
        let list = site.stranger().get("/api/v1/auctions").expect(200);
        let found = list["rows"].as_array().unwrap().iter().find(|row| row["title"] == title)?;
        found["id"].as_i64()
    })
}

fn auction(site: &Site, id: i64) -> Value {
    site.stranger().get(&format!("/api/v1/auctions/{id}")).expect(200)
}

/// The letters to somebody in the folder of a site, once there are so many.
fn letters(place: &Place, to: &str, many: usize) -> Vec<String> {
    until(&format!("{many} letters to {to}"), || {
        let files = std::fs::read_dir(place.path("data/mail")).ok()?;
        let texts = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        // Long lines are written as several.
        let texts = texts.map(|text| text.replace("=\r\n", "").replace("=3D", "="));
        let theirs: Vec<String> =
            texts.filter(|text| text.contains(&format!("<{to}@example.org>"))).collect();
        (theirs.len() >= many).then_some(theirs)
    })
}

fn letters_from_the_right_sites(oak: &Place, elm: &Place, fir: &Place, at_oak: &Site) {
    let won = &letters(oak, "cy", 1)[0];
    assert!(won.contains("You bid through Fir") && won.contains("sue@example.org"), "{won}");
    let sold = letters(oak, "sue", 1);
    assert!(sold[0].contains("cy@example.org"), "{sold:?}");
    let outbid = letters(elm, "bob", 1);
    assert!(outbid[0].contains("of the site Oak"), "{outbid:?}");
    assert!(!fir.path("data/mail").exists(), "the site of the winner writes nothing");
    assert!(
        !std::fs::read_dir(elm.path("data/mail"))
            .unwrap()
            .any(|file| { std::fs::read_to_string(file.unwrap().path()).unwrap().contains("have won") })
    );

    // The page of the sale opens by the link, and not without.
    let start = won.find("/auctions/").unwrap();
    let link = won[start..].split_whitespace().next().unwrap();
    let page = at_oak.stranger().get(link);
    let text = String::from_utf8(page.body).unwrap();
    assert_eq!(page.status, 200, "{link}: {text}");
    assert!(text.contains("sue@example.org") && text.contains("You bid through Fir"), "{text}");
    assert_eq!(at_oak.stranger().get(link.split('&').next().unwrap()).status, 410);
}

#[test]
fn what_was_listed_before_a_site_joined_is_seen_by_the_others() {
    let oak = open_to_all("Oak", &[]);
    let at_oak = oak.open();
    let elm = Place::new("name = \"Elm\"\n[mail]\ntransport = \"memory\"\n");
    let alone = elm.open();
    let sue = elm.person("Sue", "user");
    alone.client(&sue).post("/api/v1/auctions", &short_lot("Chair", 3600, 2)).expect(201);
    let (ann, path) = (elm.person("Ann", "user"), "/api/v1/auctions/1/bids");
    alone.client(&ann).post(path, &offer("12.00")).expect(201);
    assert!(alone.stop().0.success());
    let settings = std::fs::read_to_string(elm.path("anuko-auction.toml")).unwrap();
    let upstream = dialled_at(&format!("http://localhost:{}", at_oak.port));
    elm.settle(&settings.replace("[mail]", &format!("[network]\nupstreams = [{upstream:?}]\n[mail]")));
    let _joined = elm.open();
    let there = seen(&at_oak, "Chair");
    until("its price", || (auction(&at_oak, there)["price"] == "10.00").then_some(()));
}

#[test]
fn an_item_of_one_site_is_bid_on_at_two_others_and_sold_by_the_first() {
    let oak = open_to_all("Oak", &[]);
    let at_oak = oak.open();
    let elm = open_to_all("Elm", &[&at_oak]);
    let at_elm = elm.open();
    let fir = open_to_all("Fir", &[&at_elm]);
    let at_fir = fir.open();
    let (sue, bob, cy) = (oak.person("Sue", "user"), elm.person("Bob", "user"), fir.person("Cy", "user"));
    let lot = short_lot("Lamp", 12, 2);
    let listed = at_oak.client(&sue).post("/api/v1/auctions", &lot).expect(201)["id"].as_i64().unwrap();
    let (there, far) = (seen(&at_elm, "Lamp"), seen(&at_fir, "Lamp"));
    let mut watched = Events::watch(at_fir.port, far, None);

    // It is sent first, and ruled at oak.
    let path = format!("/api/v1/auctions/{there}/bids");
    let sent = at_elm.client(&bob).post(&path, &offer("50.00")).expect(202);
    assert_eq!((&sent["state"], &sent["site"]), (&json!("sent"), &json!("Oak")));
    let price = |at: &Site, id: i64, price: &str| {
        until(price, || (auction(at, id)["price"] == price).then_some(()));
    };
    price(&at_elm, there, "10.00");
    price(&at_fir, far, "10.00");
    let shown = until("the price where somebody watches", || {
        let (_, shown) = watched.next()?;
        (!shown["price"].is_null()).then_some(shown)
    });
    assert_eq!((&shown["price"], &shown["origin"]["name"]), (&json!("10.00"), &json!("Oak")));

    let path = format!("/api/v1/auctions/{far}/bids");
    at_fir.client(&cy).post(&path, &offer("60.00")).expect(202);
    for (site, id) in [(&at_oak, listed), (&at_elm, there), (&at_fir, far)] {
        price(site, id, "51.00");
    }
    let ends = moment(&auction(&at_oak, listed)["ends_at"]);
    for (site, id) in [(&at_oak, listed), (&at_elm, there), (&at_fir, far)] {
        assert_eq!(moment(&auction(site, id)["ends_at"]), ends);
        until("the end", || (auction(site, id)["state"] == "sold").then_some(()));
        assert_eq!(auction(site, id)["price"], "51.00");
    }
    // What everybody may know is the same everywhere, and anybody can check it.
    let digest =
        |place: &Place, id: i64| place.run(&["db", "digest", &id.to_string()]).good().trim().to_owned();
    let everywhere = [(&oak, &at_oak, listed), (&elm, &at_elm, there), (&fir, &at_fir, far)];
    for (place, site, id) in everywhere {
        until("the same everywhere", || (digest(place, id) == digest(&oak, listed)).then_some(()));
        let report = until("the offers that are opened", || {
            let receipts = site.stranger().get(&format!("/api/v1/auctions/{id}/receipts"));
            std::fs::write(place.path("receipts.json"), &receipts.body).unwrap();
            let report = place.run(&["verify", "receipts.json"]).good();
            report.contains("All 3 entries follow from the rules").then_some(report)
        });
        assert!(report.contains("has won and pays 51.00 EUR") && !report.contains("wrong"), "{report}");
        let page = site.stranger().get(&format!("/auctions/{id}/proof"));
        assert!(String::from_utf8(page.body).unwrap().contains("data-verdict=\"good\""));
    }
    let mut forged: Value =
        serde_json::from_slice(&std::fs::read(oak.path("receipts.json")).unwrap()).unwrap();
    let of_somebody = forged["envelopes"][1].as_str().unwrap();
    let (begin, end) = of_somebody.split_at(of_somebody.len() / 2);
    let other = if end.starts_with('A') { "B" } else { "A" };
    forged["envelopes"][1] = format!("{begin}{other}{}", &end[1..]).into();
    std::fs::write(oak.path("forged.json"), forged.to_string()).unwrap();
    let said = oak.run(&["verify", "forged.json"]);
    assert!(!said.good && said.out.contains("envelope 1 of the file"), "{said:?}");
    let own = at_fir.client(&cy).get(&format!("/api/v1/auctions/{far}")).expect(200)["own"].clone();
    assert_eq!(own["leading"], true, "{own}");
    letters_from_the_right_sites(&oak, &elm, &fir, &at_oak);
    let named = at_oak.client(&sue).get(&format!("/api/v1/auctions/{listed}/bidders")).expect(200);
    let handles: Vec<_> =
        named["rows"].as_array().unwrap().iter().map(|row| row["bidder"].as_str().unwrap()).collect();
    assert!(handles.len() == 2 && handles.iter().all(|handle| handle.contains('@')), "{named}");
    let of = |place: &Place| status(place)["key"].as_str().unwrap().to_owned();
    assert!([of(&elm), of(&fir)].iter().all(|key| named.to_string().contains(key.as_str())), "{named}");
    let mo = at_oak.client(&oak.person("Mo", "moderator"));
    let path = format!("/api/v1/auctions/{listed}/suspensions/{}", handles[0]);
    let suspend =
        |mut who: Client| who.ask("PUT", &path, None, Some(&json!({ "reason": "" }))).unwrap().status;
    assert_eq!([suspend(at_oak.client(&sue)), suspend(mo)], [403, 204]);
    let named = at_oak.client(&sue).get(&format!("/api/v1/auctions/{listed}/bidders")).expect(200);
    assert_eq!([&named["rows"][0]["suspended"], &named["rows"][1]["suspended"]], [true, false]);
    for site in [at_oak, at_elm, at_fir] {
        assert!(site.stop().0.success());
    }
}
