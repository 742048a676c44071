//! HELLO and AUTH: both sides say who they are, and prove it.
//!
//! Both say HELLO at once. The dialler proves itself first, and names the host that it dialled; the listener answers
//! with its own proof under that name, if it is one of its own.

use super::desk::Desk;
use super::socket::{Gone, Heard, LAST_WORD, Said, Socket, drain};
use crate::frame::{Auth, Bye, Frame, Hello, Reason, Side};
use crate::handshake::{is_proved, prove};
use crate::key::PublicKey;
use futures_util::{SinkExt, StreamExt};

/// Why there is no link.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoLink {
    #[error("the connection broke")]
    Gone,
    #[error("it took too long")]
    Late,
    #[error("the other hub ended it: {}", .0.reason.in_words())]
    TurnedAway(Bye),
    #[error("the other side does not speak the protocol")]
    Malformed,
    #[error("a frame was too large")]
    TooLarge,
    #[error("the other side has not proved its key under this name")]
    NotProved,
    #[error("this hub is not dialled under that name")]
    WrongHost,
    #[error("this proof was given before")]
    Replayed,
    #[error("{0} answered, another key was expected")]
    OtherKey(PublicKey),
}

impl From<Gone> for NoLink {
    fn from(_: Gone) -> NoLink {
        NoLink::Gone
    }
}

impl NoLink {
    fn reason(&self) -> Option<Reason> {
        match self {
            NoLink::Gone | NoLink::TurnedAway(_) => None,
            NoLink::Late => Some(Reason::Stalled),
            NoLink::Malformed => Some(Reason::Malformed),
            NoLink::TooLarge => Some(Reason::TooLarge),
            NoLink::NotProved | NoLink::WrongHost | NoLink::Replayed | NoLink::OtherKey(_) => {
                Some(Reason::NotProved)
            }
        }
    }
}

/// Greets who was dialled as `host`. `expected`: who must answer, if that is known.
pub(super) async fn as_dialler(
    socket: &mut Socket,
    desk: &Desk,
    host: &str,
    expected: Option<PublicKey>,
) -> Result<Hello, NoLink> {
    let greeting = async {
        let own = desk.hello(Side::Dialler);
        let peer = exchange(socket, &own).await?;
        if expected.is_some_and(|key| key != peer.key) {
            return Err(NoLink::OtherKey(peer.key));
        }
        say(socket, Frame::Auth(prove(&desk.key, &own, &peer, host))).await?;
        let auth = hear_auth(socket).await?;
        if is_proved(&own, &peer, &auth, &[host.to_owned()]) { Ok(peer) } else { Err(NoLink::NotProved) }
    };
    let greeted = in_time(desk, greeting).await;
    or_say_why(socket, greeted).await
}

/// Greets who dialled this hub.
pub(super) async fn as_listener(socket: &mut Socket, desk: &Desk) -> Result<Hello, NoLink> {
    let greeting = async {
        let own = desk.hello(Side::Listener);
        let peer = exchange(socket, &own).await?;
        let auth = hear_auth(socket).await?;
        let hosts = desk.hosts.for_dialled(&auth.host);
        if !hosts.contains(&auth.host) {
            return Err(NoLink::WrongHost);
        }
        if !is_proved(&own, &peer, &auth, &hosts) {
            return Err(desk.refusals.of_proof(&auth.signature));
        }
        desk.refusals.remember(auth.signature);
        say(socket, Frame::Auth(prove(&desk.key, &own, &peer, &auth.host))).await?;
        Ok(peer)
    };
    let greeted = in_time(desk, greeting).await;
    or_say_why(socket, greeted).await
}

async fn in_time(
    desk: &Desk,
    greeting: impl Future<Output = Result<Hello, NoLink>>,
) -> Result<Hello, NoLink> {
    tokio::time::timeout(desk.limits.greeting, greeting).await.unwrap_or(Err(NoLink::Late))
}

async fn or_say_why(socket: &mut Socket, greeted: Result<Hello, NoLink>) -> Result<Hello, NoLink> {
    if let Err(why) = &greeted
        && let Some(reason) = why.reason()
    {
        let bye = Frame::Bye(Bye { reason, retry_after: 0, text: why.to_string() });
        // Whether he listens or not, the socket is closed.
        let _ = tokio::time::timeout(LAST_WORD, async {
            say(socket, bye).await?;
            socket.outgoing.close().await
        })
        .await;
        drain(&mut socket.incoming).await;
    }
    greeted
}

async fn exchange(socket: &mut Socket, own: &Hello) -> Result<Hello, NoLink> {
    say(socket, Frame::Hello(own.clone())).await?;
    match hear(socket).await? {
        Frame::Hello(hello) => Ok(hello),
        _ => Err(NoLink::Malformed),
    }
}

async fn hear_auth(socket: &mut Socket) -> Result<Auth, NoLink> {
    match hear(socket).await? {
        Frame::Auth(auth) => Ok(auth),
        _ => Err(NoLink::Malformed),
    }
}

async fn hear(socket: &mut Socket) -> Result<Frame, NoLink> {
    loop {
        match socket.incoming.next().await.unwrap_or(Heard::Gone) {
            Heard::Frame(bytes) => {
                return match Frame::read(&bytes) {
                    Ok(Frame::Bye(bye)) => Err(NoLink::TurnedAway(bye)),
                    Ok(frame) => Ok(frame),
                    Err(_) => Err(NoLink::Malformed),
                };
            }
            Heard::Life => {}
            Heard::TooLarge => return Err(NoLink::TooLarge),
            Heard::Odd => return Err(NoLink::Malformed),
            Heard::Gone => return Err(NoLink::Gone),
        }
    }
}

async fn say(socket: &mut Socket, frame: Frame) -> Result<(), Gone> {
    socket.outgoing.send(Said::Frame(frame.write().into())).await
}
