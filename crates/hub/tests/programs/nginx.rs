//! A real nginx before a hub, with the settings that webmasters are given.

use crate::encrypting::certificate;
use crate::place::Place;
use crate::serving::until;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What stands in the repository for everybody.
const GIVEN: &str = include_str!("../../../../packaging/anuko-hub.nginx.conf");

/// Debian puts it where only the administrator looks.
const PROGRAMS: [&str; 2] = ["/usr/sbin/nginx", "/usr/bin/nginx"];

pub(crate) struct Nginx {
    child: Child,
    pub(crate) port: u16,
    /// What vouches for it.
    pub(crate) roots: PathBuf,
    _place: Place,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free just now.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Nginx {
    /// Listens on a port and passes to another one; cuts what is idle for so many seconds.
    pub(crate) fn before(port: u16, hub: u16, idle_seconds: u64) -> Nginx {
        let place = Place::new();
        let (chain, key) = certificate();
        let (roots, key) = (place.file("chain.pem", &chain), place.file("key.pem", &key));
        let file = place.file("nginx.conf", &settings(port, hub, idle_seconds, &roots, &key));
        let program = PROGRAMS.into_iter().find(|program| Path::new(program).is_file());
        let program = program.expect("nginx is not installed; `cargo xtask test` does that");
        let mut command = Command::new(program);
        command.arg("-p").arg(file.parent().unwrap()).arg("-c").arg(&file).args(["-e", "stderr"]);
        let child = command.stderr(Stdio::inherit()).spawn().unwrap();
        let nginx = Nginx { child, port, roots, _place: place };
        until(|| TcpStream::connect(("127.0.0.1", port)).ok());
        nginx
    }

    /// Settings of a hub that dials through it, and trusts its certificate.
    pub(crate) fn dialled(&self, host: &str, key: &str, more: &str) -> String {
        let url = format!("wss://{host}:{}/hub#{key}", self.port);
        format!("upstreams = [{url:?}]\n{more}[tls]\nroots = {:?}\n", self.roots)
    }
}

/// The given settings, at home in a folder of a test. Every replacement has to find something.
fn settings(port: u16, hub: u16, idle_seconds: u64, chain: &Path, key: &Path) -> String {
    let mut server = GIVEN.to_owned();
    for (given, here) in [
        ("listen 443 ssl;", format!("listen 127.0.0.1:{port} ssl;")),
        ("listen [::]:443 ssl;", String::new()),
        ("/etc/ssl/hub.example.org/chain.pem", chain.display().to_string()),
        ("/etc/ssl/hub.example.org/key.pem", key.display().to_string()),
        ("http://127.0.0.1:8480", format!("http://127.0.0.1:{hub}")),
        ("proxy_read_timeout 60s;", format!("proxy_read_timeout {idle_seconds}s;")),
    ] {
        assert!(server.contains(given), "{given} is not in the settings that webmasters are given");
        server = server.replace(given, &here);
    }
    // One process, nothing outside of the folder.
    format!(
        "daemon off;\nmaster_process off;\npid nginx.pid;\nevents {{}}\nhttp {{\naccess_log off;\n\
         client_body_temp_path body;\nproxy_temp_path proxy;\nfastcgi_temp_path fastcgi;\n\
         uwsgi_temp_path uwsgi;\nscgi_temp_path scgi;\n{server}}}\n"
    )
}
