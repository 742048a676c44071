//! Clients that take their time, to keep a hub busy.

use crate::place::Place;
use crate::serving::Serving;
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

const SETTINGS: &str = "join = \"open\"\n[limits]\nhead_seconds = 1\n[links]\ngreeting_seconds = 1\n";
const DAWDLERS: usize = 50;
/// How many of one address may be there without having proved who they are.
const STRANGERS: usize = 5;

const UPGRADE: &str = "GET /hub HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
    Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
    Sec-WebSocket-Protocol: anuko-hub.1\r\n\r\n";

/// Two hubs, and how long a message takes from one to the other.
struct Pair {
    first: Serving,
    second: Serving,
    tokens: [String; 2],
    next: u32,
    _places: [Place; 2],
}

impl Pair {
    fn linked() -> Pair {
        let places = [Place::new(), Place::new()];
        places[0].set(SETTINGS);
        let tokens = [places[0].token(), places[1].token()];
        let first = places[0].serve(&[]);
        let second = places[1].serve(&["--upstream", &first.url()]);
        first.until_neighbour("linked for");
        Pair { first, second, tokens, next: 0, _places: places }
    }

    /// Posts at one and waits at the other.
    #[allow(clippy::disallowed_methods, reason = "it measures")]
    fn pass(&mut self) -> Duration {
        let mut watching = self.second.watch(&self.tokens[1], None);
        (0..self.next).for_each(|_| drop(watching.next()));
        self.next += 1;
        let begun = Instant::now();
        self.first.post(&self.tokens[0], self.next);
        assert_eq!(watching.next().1["id"], self.next.to_string());
        begun.elapsed()
    }

    fn median(&mut self) -> Duration {
        let mut times: Vec<_> = (0..9).map(|_| self.pass()).collect();
        times.sort();
        times[4]
    }
}

/// Somebody who says a byte now and then.
struct Dawdler(TcpStream);

impl Dawdler {
    fn dial(port: u16) -> Dawdler {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        Dawdler(stream)
    }

    /// Asks for a WebSocket, as a proxy does for a client of this number; and what is answered.
    fn upgraded(port: u16, client: usize) -> (Dawdler, String) {
        let mut one = Dawdler::dial(port);
        one.0.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let head = UPGRADE.trim_end();
        write!(one.0, "{head}\r\nX-Forwarded-For: 192.0.2.{client}\r\n\r\n").unwrap();
        let mut answer = [0; 12];
        one.0.read_exact(&mut answer).unwrap();
        (one, String::from_utf8(answer.to_vec()).unwrap())
    }

    /// Says a byte; false once it was cut.
    fn says(&mut self, byte: u8) -> bool {
        self.0.write_all(&[byte]).is_ok() && self.is_heard()
    }

    /// Whatever comes is read, for a millisecond.
    fn is_heard(&mut self) -> bool {
        match self.0.read(&mut [0; 1024]) {
            Ok(length) => length > 0,
            Err(error) => matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }
}

#[test]
fn who_sends_the_upgrade_byte_by_byte_is_cut_and_counted_and_slows_nobody() {
    let mut pair = Pair::linked();
    let alone = pair.median();
    let port = pair.first.port;
    let before = pair.first.counter("anuko_hub_connections_cut_total");
    let dawdling = std::thread::spawn(move || {
        let mut dawdlers: Vec<_> = (0..DAWDLERS).map(|_| Dawdler::dial(port)).collect();
        // Never to the end of the head: that is too long for the time at this pace.
        for byte in UPGRADE.bytes() {
            dawdlers.retain_mut(|one| one.says(byte));
        }
        dawdlers.len()
    });
    let beside = pair.median();
    assert_eq!(dawdling.join().unwrap(), 0, "all were cut before they came to an end");
    let cut = pair.first.counter("anuko_hub_connections_cut_total") - before;
    assert!(cut >= DAWDLERS as u64, "{cut}");
    println!("a message alone: {alone:?}; beside {DAWDLERS} that dawdle: {beside:?}; {cut} were cut");
    assert!(beside < Duration::from_millis(500), "{beside:?}");
    assert_eq!(pair.first.status()["neighbours"][0]["linked"], true);
}

/// Without the setting a whole network behind one proxy would be one stranger, and five silent ones would lock all others out.
#[test]
fn behind_a_proxy_of_the_settings_each_client_counts_for_itself() {
    let place = Place::new();
    for (proxies, most) in [("proxies = [\"127.0.0.1\"]", STRANGERS * 2), ("", STRANGERS)] {
        place.set(proxies);
        let hub = place.serve(&[]);
        let dialled: Vec<_> = (0..STRANGERS * 2).map(|client| Dawdler::upgraded(hub.port, client)).collect();
        let let_in = dialled.iter().filter(|(_, answer)| answer == "HTTP/1.1 101").count();
        assert_eq!(let_in, most, "{proxies}");
        hub.stop();
    }
}

#[test]
fn who_upgrades_and_says_nothing_is_cut_and_holds_up_nobody() {
    let mut pair = Pair::linked();
    let port = pair.first.port;
    let mut silent: Vec<_> = (0..STRANGERS).map(|_| Dawdler::dial(port)).collect();
    silent.iter_mut().for_each(|one| one.0.write_all(UPGRADE.as_bytes()).unwrap());
    let beside = pair.median();
    println!("a message beside {STRANGERS} silent sockets: {beside:?}");
    // Until each was told BYE, and closed.
    while !silent.is_empty() {
        silent.retain_mut(Dawdler::is_heard);
    }
    assert!(beside < Duration::from_millis(500), "{beside:?}");
    // Their places are free again.
    assert_eq!(Dawdler::upgraded(port, 0).1, "HTTP/1.1 101");
}
