//! A mail server for tests: it speaks SMTP on a loopback port and does as it is told.

#![allow(clippy::unwrap_used)]

use super::Mail;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What happens to a letter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Answer {
    Yes,
    YesAndHangUp,
    /// Takes the whole letter and hangs up without a word.
    HangUp,
    /// Takes the whole letter and says yes only when told to speak up.
    Silence,
    Later,
    NoSuchPerson,
}

#[derive(Default)]
struct State {
    /// For each letter to come; the last one stays.
    plan: Mutex<VecDeque<Answer>>,
    letters: Mutex<Vec<String>>,
    connections: AtomicUsize,
    speak_up: Notify,
    /// Told whenever a letter has been answered.
    answered: Notify,
}

pub(super) struct Sink {
    port: u16,
    state: Arc<State>,
}

/// A letter to Ann.
pub(super) fn mail(id: &str) -> Mail {
    Mail {
        message_id: id.to_owned(),
        to_address: "ann@example.org".to_owned(),
        to_name: "Ann".to_owned(),
        subject: "You have been outbid: Clock".to_owned(),
        text: "Hello Ann\n.\nBye\n".to_owned(),
        sent_at: 1_795_371_900_000_000,
        reference: Some("<first@localhost>".to_owned()),
    }
}

impl Sink {
    pub(super) async fn open(plan: &[Answer]) -> Sink {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let plan = Mutex::new(plan.iter().copied().collect());
        let state = Arc::new(State { plan, ..State::default() });
        let server = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                server.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(talk(stream, Arc::clone(&server)));
            }
        });
        Sink { port, state }
    }

    /// The address of a port that nobody listens on.
    pub(super) async fn closed() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        format!("smtp://{}", listener.local_addr().unwrap())
    }

    pub(super) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub(super) fn letters(&self) -> Vec<String> {
        self.state.letters.lock().unwrap().clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    pub(super) fn speak_up(&self) {
        self.state.speak_up.notify_one();
    }

    /// Until a letter has been answered and the client has had its turn to park the connection.
    pub(super) async fn idle(&self) {
        self.state.answered.notified().await;
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }
}

impl State {
    fn next(&self) -> Answer {
        let mut plan = self.plan.lock().unwrap();
        if plan.len() > 1 { plan.pop_front().unwrap() } else { plan[0] }
    }
}

async fn talk(stream: TcpStream, state: Arc<State>) -> Option<()> {
    let mut wire = BufReader::new(stream);
    say(&mut wire, "220 sink").await?;
    let mut answer = Answer::Yes;
    loop {
        let line = hear(&mut wire).await?;
        let verb = line.get(..4)?.to_uppercase();
        match verb.as_str() {
            "EHLO" => say(&mut wire, "250-sink\r\n250 8BITMIME").await?,
            "MAIL" => {
                answer = state.next();
                say(&mut wire, "250 go on").await?;
            }
            "RCPT" if answer == Answer::NoSuchPerson => {
                say(&mut wire, "550 5.1.1 no such person").await?;
            }
            "RCPT" if answer == Answer::Later => say(&mut wire, "451 4.3.0 come back later").await?,
            "DATA" => {
                say(&mut wire, "354 go on").await?;
                take(&mut wire, &state, answer).await?;
            }
            "QUIT" => return say(&mut wire, "221 bye").await,
            _ => say(&mut wire, "250 fine").await?,
        }
    }
}

/// A letter, up to the dot. `None` ends the connection.
async fn take(wire: &mut BufReader<TcpStream>, state: &State, answer: Answer) -> Option<()> {
    let mut letter = String::new();
    loop {
        let line = hear(wire).await?;
        if line == ".\r\n" {
            break;
        }
        letter += line.strip_prefix('.').unwrap_or(&line);
    }
    match answer {
        Answer::HangUp => return None,
        Answer::Silence => state.speak_up.notified().await,
        _ => {}
    }
    state.letters.lock().unwrap().push(letter);
    say(wire, "250 it is mine now").await?;
    state.answered.notify_one();
    (answer != Answer::YesAndHangUp).then_some(())
}

async fn hear(wire: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let length = wire.read_line(&mut line).await.ok()?;
    (length > 0).then_some(line)
}

async fn say(wire: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    wire.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}
