//! The network: two hubs in a row, a third that dials both, and a site at each, but two at the last.

use super::town::{Place, Site, offer, until};
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// A hub of its own.
pub(super) struct HubPlace {
    place: Place,
    upstreams: Vec<u16>,
}

impl HubPlace {
    pub(super) fn new(upstreams: &[&Site]) -> HubPlace {
        HubPlace { place: Place::new(""), upstreams: upstreams.iter().map(|hub| hub.port).collect() }
    }

    /// Opens it, at a port of its own or where it was before.
    pub(super) fn open(&self, port: u16) -> Site {
        let (listen, data) = (format!("localhost:{port}"), self.place.path("hub"));
        let mut arguments = vec!["--join", "open", "--listen", &listen, "--data", data.to_str().unwrap()];
        let upstreams: Vec<String> = self.upstreams.iter().map(|port| dialled(*port)).collect();
        for upstream in &upstreams {
            arguments.extend(["--upstream", upstream]);
        }
        Site::open(self.place.command(hub_program(), &arguments), &self.place.path("log"))
    }
}

/// The program of the hub, which stands beside that of the site.
fn hub_program() -> &'static PathBuf {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let program = Site::program().with_file_name("anuko-hub");
        if !program.exists() {
            let built = Command::new(env!("CARGO")).args(["build", "--package", "hub"]).status().unwrap();
            assert!(built.success());
        }
        program
    })
}

fn dialled(port: u16) -> String {
    format!("ws://127.0.0.1:{port}/hub")
}

/// A site, with two people who bid.
pub(super) struct Town {
    pub(super) place: Place,
    pub(super) site: Site,
    people: [String; 2],
}

impl Town {
    fn open(name: &str, hub: &Site) -> Town {
        let place = Place::new(&settings(name, hub.port));
        let site = place.open();
        let people = ["Ann", "Bob"].map(|person| place.person(person, "user"));
        Town { place, site, people }
    }

    /// The number that an item has here, once it is seen.
    pub(super) fn seen(&self, title: &str) -> i64 {
        until(title, || {
            let list = self.site.stranger().get("/api/v1/auctions").expect(200);
            let found = list["rows"].as_array().unwrap().iter().find(|row| row["title"] == title)?;
            found["id"].as_i64()
        })
    }

    /// An auction as a stranger sees it.
    pub(super) fn auction(&self, id: i64) -> Value {
        self.site.stranger().get(&format!("/api/v1/auctions/{id}")).expect(200)
    }

    /// Bids these amounts, one after the other, the two people in turn; gives how many were answered with yes.
    pub(super) fn bid(&self, id: i64, amounts: impl Iterator<Item = u32>) -> usize {
        let path = format!("/api/v1/auctions/{id}/bids");
        let mut people = [0, 1].map(|person| self.site.client(&self.people[person]));
        let answers = amounts.enumerate().map(|(turn, amount)| {
            let answer = people[turn % 2].post(&path, &offer(&format!("{amount}.00")));
            // Whoever sees a higher price already is refused at once.
            assert!(matches!(answer.status, 201 | 202 | 409), "{answer:?}");
            answer.status < 300
        });
        answers.filter(|yes| *yes).count()
    }

    /// What everybody may know of an auction, as a fingerprint.
    pub(super) fn digest(&self, id: i64) -> String {
        self.place.run(&["db", "digest", &id.to_string()]).good()
    }

    /// The ids of bids that were sent from here; with `waiting`, of those alone that nobody has ruled on.
    pub(super) fn sent(&self, waiting: bool) -> BTreeSet<Vec<u8>> {
        let and = if waiting { "WHERE verdict IS NULL" } else { "" };
        self.read(&format!("SELECT bid FROM sent_bids {and}"))
    }

    /// The ids of everything that was decided here.
    pub(super) fn decided(&self) -> BTreeSet<Vec<u8>> {
        self.read("SELECT command FROM entries")
    }

    fn read(&self, select: &str) -> BTreeSet<Vec<u8>> {
        let database =
            Connection::open_with_flags(self.place.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let mut statement = database.prepare(select).unwrap();
        let found = statement.query_map([], |row| row.get(0)).unwrap();
        found.collect::<Result<_, _>>().unwrap()
    }

    /// Kills the program and starts it again.
    pub(super) fn die_and_come_back(self) -> Town {
        self.site.kill();
        Town { site: self.place.open(), ..self }
    }
}

fn settings(name: &str, port: u16) -> String {
    format!("name = {name:?}\n[network]\nupstreams = [{:?}]\n[mail]\ntransport = \"memory\"\n", dialled(port))
}

/// An item of the first site.
pub(super) struct Lot {
    seller: String,
    /// Its number at each site.
    pub(super) ids: Vec<i64>,
}

/// Everything that runs.
pub(super) struct Net {
    pub(super) towns: Vec<Town>,
    pub(super) hubs: Vec<(HubPlace, Site)>,
}

impl Net {
    pub(super) fn open() -> Net {
        let open = |upstreams: &[&Site]| {
            let place = HubPlace::new(upstreams);
            let hub = place.open(0);
            (place, hub)
        };
        let first = open(&[]);
        let second = open(&[&first.1]);
        let third = open(&[&first.1, &second.1]);
        let towns = [("Oak", &first.1), ("Elm", &second.1), ("Fir", &third.1), ("Yew", &third.1)];
        let towns = towns.map(|(name, hub)| Town::open(name, hub)).into();
        Net { towns, hubs: vec![first, second, third] }
    }

    /// Lists an item at the first site, and waits until it is seen everywhere.
    pub(super) fn list(&self, title: &str) -> Lot {
        let origin = &self.towns[0];
        let seller = origin.place.person("Sue", "user");
        let lot = json!({ "title": title, "start_price": "10.00", "duration_seconds": 3600 });
        origin.site.client(&seller).post("/api/v1/auctions", &lot).expect(201);
        Lot { seller, ids: self.towns.iter().map(|town| town.seen(title)).collect() }
    }

    /// People of all sites bid at once, so often at each site; gives how many bids were answered with yes.
    pub(super) fn bid(&self, lot: &Lot, times: u32) -> usize {
        std::thread::scope(|scope| {
            let all: Vec<_> = self
                .towns
                .iter()
                .zip(&lot.ids)
                .zip(0..)
                .map(|((town, id), place)| {
                    let amounts = (0..times).map(move |turn| 10 + 5 * (4 * turn + place));
                    scope.spawn(move || town.bid(*id, amounts))
                })
                .collect();
            all.into_iter().map(|one| one.join().unwrap()).sum()
        })
    }

    /// The seller sells to whoever leads.
    pub(super) fn sell(&self, lot: &Lot) {
        let path = format!("/api/v1/auctions/{}/end", lot.ids[0]);
        let mut seller = self.towns[0].site.client(&lot.seller);
        seller.post(&path, &json!({ "version": 1 })).expect(201);
        for (town, id) in self.towns.iter().zip(&lot.ids) {
            until("the end everywhere", || (town.auction(*id)["state"] == "sold").then_some(()));
        }
    }

    /// Waits until every bid is ruled on, and all sites hold the same.
    pub(super) fn until_level(&self, lot: &Lot) {
        until("a ruling on every bid", || {
            self.towns.iter().all(|town| town.sent(true).is_empty()).then_some(())
        });
        until("the same everywhere", || {
            let first = self.towns[0].digest(lot.ids[0]);
            self.towns.iter().zip(&lot.ids).all(|(town, id)| town.digest(*id) == first).then_some(())
        });
    }

    /// What was answered yes was decided, and anybody can check that.
    pub(super) fn check(&self, lot: &Lot) {
        let decided = self.towns[0].decided();
        for (town, id) in self.towns.iter().zip(&lot.ids) {
            let lost: Vec<_> = town.sent(false).difference(&decided).cloned().collect();
            assert!(lost.is_empty(), "{} bids are lost", lost.len());
            let receipts = town.site.stranger().get(&format!("/api/v1/auctions/{id}/receipts"));
            std::fs::write(town.place.path("receipts.json"), &receipts.body).unwrap();
            let report = town.place.run(&["verify", "receipts.json"]).good();
            assert!(!report.contains("wrong:"), "{report}");
        }
    }
}
