//! A mail server: it speaks SMTP on a loopback port, keeps what it takes, and has moods.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What it does with a letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    #[default]
    Willing,
    /// Says: come back later.
    Busy,
    /// Hangs up in the middle, having kept nothing.
    Rude,
}

/// A letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

#[derive(Default)]
struct State {
    mood: Mood,
    taken: Vec<Mail>,
    refused: usize,
}

/// A mail server on a port of its own.
#[derive(Clone)]
pub struct MailServer {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl MailServer {
    pub fn open() -> MailServer {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = MailServer { port, state: Arc::default() };
        let itself = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = itself.clone();
                std::thread::spawn(move || server.talk(BufReader::new(stream)));
            }
        });
        server
    }

    /// The settings of a site that sends here. What was not taken is tried again after a second.
    pub fn settings(&self) -> String {
        let waits = vec!["1"; 32].join(", ");
        let url = format!("smtp://127.0.0.1:{}", self.port);
        format!("[mail]\ntransport = \"smtp\"\nsmtp_url = \"{url}\"\nretry_seconds = [{waits}]\n")
    }

    pub fn set_mood(&self, mood: Mood) {
        self.state.lock().unwrap().mood = mood;
    }

    /// Everything that was taken, in its order.
    pub fn letters(&self) -> Vec<Mail> {
        self.state.lock().unwrap().taken.clone()
    }

    /// Letters to somebody.
    pub fn letters_to(&self, address: &str) -> Vec<Mail> {
        self.letters().into_iter().filter(|mail| mail.to == address).collect()
    }

    /// How many letters it did not take.
    pub fn refused(&self) -> usize {
        self.state.lock().unwrap().refused
    }

    /// One conversation. `None` ends it.
    fn talk(&self, mut wire: BufReader<TcpStream>) -> Option<()> {
        say(&mut wire, "220 town")?;
        let mut to = String::new();
        loop {
            let line = hear(&mut wire)?;
            match line.get(..4)?.to_uppercase().as_str() {
                "EHLO" => say(&mut wire, "250-town\r\n250 8BITMIME")?,
                "RCPT" => match self.mood() {
                    Mood::Busy => say(&mut wire, "451 4.3.0 come back later")?,
                    Mood::Rude => return None,
                    Mood::Willing => {
                        to = line.split(['<', '>']).nth(1)?.to_owned();
                        say(&mut wire, "250 known here")?;
                    }
                },
                "DATA" => {
                    say(&mut wire, "354 go on")?;
                    let mail = read(&mut wire, &to)?;
                    self.state.lock().unwrap().taken.push(mail);
                    say(&mut wire, "250 it is mine now")?;
                }
                "QUIT" => return say(&mut wire, "221 bye"),
                _ => say(&mut wire, "250 fine")?,
            }
        }
    }

    /// The mood in which the next letter finds it; one that it will not take is counted.
    fn mood(&self) -> Mood {
        let mut state = self.state.lock().unwrap();
        state.refused += usize::from(state.mood != Mood::Willing);
        state.mood
    }
}

impl Mail {
    /// The key of the link in it.
    pub fn link_key(&self) -> String {
        let key = self.text.split("key=").nth(1).unwrap_or_else(|| panic!("no link: {self:?}"));
        key.chars().take_while(char::is_ascii_alphanumeric).collect()
    }
}

/// A letter, up to the dot.
fn read(wire: &mut BufReader<TcpStream>, to: &str) -> Option<Mail> {
    let (mut head, mut text) = (String::new(), String::new());
    let mut in_head = true;
    loop {
        let line = hear(wire)?;
        match line.as_str() {
            "." => break,
            "" if in_head => in_head = false,
            line if in_head => {
                // A long header goes on in the next line, behind a space.
                let new = if line.starts_with([' ', '\t']) { "" } else { "\n" };
                head += &format!("{new}{line}");
            }
            line => text += &format!("{}\n", line.strip_prefix('.').unwrap_or(line)),
        }
    }
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name));
    let header = |name: &str| header(name).unwrap_or_default().trim().to_owned();
    if header("Content-Transfer-Encoding:") == "quoted-printable" {
        text = unquoted(&text);
    }
    Some(Mail { id: header("Message-ID:"), to: to.to_owned(), subject: header("Subject:"), text })
}

/// Quoted-printable text as it was: "=3D" is "=", and a line that ends in "=" goes on.
fn unquoted(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let mut parts = joined.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(code, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

fn hear(wire: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = wire.read_line(&mut line).ok()?;
    (length > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned())
}

fn say(wire: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    wire.get_mut().write_all(format!("{line}\r\n").as_bytes()).ok()
}
