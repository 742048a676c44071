//! Hubs that are dialled through a real nginx.

use crate::nginx::{Nginx, free_port};
use crate::place::Place;
use crate::serving::{Serving, until};

/// A real one would wait for a minute.
const IDLE_SECONDS: u64 = 2;

struct Scene {
    top: Place,
    bottom: Place,
    upstream: Serving,
    nginx: Nginx,
}

/// A hub behind nginx, that may be dialled as localhost with the port of nginx and by no other name.
fn behind_nginx(links: &str) -> Scene {
    let (top, bottom, port) = (Place::new(), Place::new(), free_port());
    top.set(&format!("join = \"open\"\nhosts = [\"localhost:{port}\"]\nproxies = [\"127.0.0.1\"]\n{links}"));
    let upstream = top.serve(&[]);
    let nginx = Nginx::before(port, upstream.port, IDLE_SECONDS);
    println!("nginx cuts what is idle for {IDLE_SECONDS} s");
    Scene { top, bottom, upstream, nginx }
}

impl Scene {
    fn dial(&self, host: &str, links: &str) -> Serving {
        self.bottom.set(&self.nginx.dialled(host, &self.top.key(), links));
        self.bottom.serve(&[])
    }
}

#[test]
fn messages_pass_both_ways_through_nginx_and_pings_keep_the_link() {
    let often = "[links]\nping_seconds = 1\n";
    let scene = behind_nginx(often);
    let (here, there) = (scene.top.token(), scene.bottom.token());
    let downstream = scene.dial("localhost", often);
    let (mut above, mut below) = (scene.upstream.watch(&here, None), downstream.watch(&there, None));
    let linked = downstream.until_neighbour("linked for")["linked_since"].clone();
    scene.upstream.post(&here, 1);
    assert_eq!(below.next().1["id"], "1");
    downstream.post(&there, 2);
    assert_eq!([above.next().1["id"].clone(), above.next().1["id"].clone()], ["1", "2"]);

    assert_eq!(below.next().1["id"], "2");
    below.is_quiet_for(IDLE_SECONDS * 2 + 1);
    assert_eq!(downstream.until_neighbour("linked for")["linked_since"], linked, "it is the same link");
    scene.upstream.post(&here, 3);
    assert_eq!(below.next().1["id"], "3");
}

#[test]
fn without_pings_nginx_cuts_the_link_and_it_is_dialled_again() {
    let never = "[links]\nping_seconds = 300\ndead_seconds = 900\n";
    let scene = behind_nginx(never);
    let (here, there) = (scene.top.token(), scene.bottom.token());
    let downstream = scene.dial("localhost", never);
    let linked = downstream.until_neighbour("linked for")["linked_since"].clone();
    downstream.until(|status| {
        let since = &status["neighbours"][0]["linked_since"];
        since.is_string() && *since != linked
    });
    scene.upstream.post(&here, 1);
    assert_eq!(downstream.watch(&there, None).next().1["id"], "1");
}

/// The certificate is good for both names; the hub is told only one.
#[test]
fn behind_nginx_only_the_public_name_of_the_settings_is_believed() {
    let scene = behind_nginx("");
    let downstream = scene.dial("127.0.0.1", "");
    let alarm = until(|| downstream.status()["alarms"][0].as_str().map(str::to_owned));
    assert!(alarm.ends_with("it did not believe the proof of the key"), "{alarm}");
    assert_eq!(scene.upstream.status()["neighbours"].as_array().map(Vec::len), Some(0));
}
