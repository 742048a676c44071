//! The real program, serving.

use super::{Client, until};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// A running site. It is killed when the test is over.
pub struct Site {
    child: Child,
    pub port: u16,
    printed: Arc<Mutex<String>>,
    listening: Option<JoinHandle<()>>,
}

impl Site {
    /// The program under test.
    pub fn program() -> &'static Path {
        Path::new(env!("CARGO_BIN_EXE_anuko-auction"))
    }

    /// Starts the program and waits until it says where it is. Its log goes behind what is in the file.
    pub fn open(mut command: Command, log: &Path) -> Site {
        let file = File::options().create(true).append(true).open(log).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(file).spawn().unwrap();
        let printed = Arc::new(Mutex::new(String::new()));
        let out = child.stdout.take().unwrap();
        let heard = printed.clone();
        let listening = Some(std::thread::spawn(move || listen(out, &heard)));
        let port = until("the site to open", || {
            if let Some(status) = child.try_wait().unwrap() {
                panic!("it did not open: {status}\n{}", std::fs::read_to_string(log).unwrap());
            }
            let first = printed.lock().unwrap().lines().next()?.to_owned();
            first.rsplit(':').next()?.parse().ok()
        });
        Site { child, port, printed, listening }
    }

    /// What it has printed so far.
    pub fn printed(&self) -> String {
        self.printed.lock().unwrap().clone()
    }

    pub fn stranger(&self) -> Client {
        Client::new(self.port)
    }

    pub fn client(&self, key: &str) -> Client {
        Client::with_key(self.port, key)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Pulls the plug.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does.
    pub fn tell_to_stop(&self) {
        let id = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    }

    /// Asks it to stop and waits until it has; gives all that it printed, too.
    pub fn stop(mut self) -> (ExitStatus, String) {
        self.tell_to_stop();
        let status = until("the site to stop", || self.child.try_wait().unwrap());
        self.listening.take().unwrap().join().unwrap();
        (status, self.printed())
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps what the program prints, line by line, so that the pipe is never full.
fn listen(out: ChildStdout, heard: &Mutex<String>) {
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        let mut heard = heard.lock().unwrap();
        heard.push_str(&line);
        heard.push('\n');
    }
}
