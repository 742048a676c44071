//! Frames out.

use super::outbox::{Farewell, Sendings, ToSend};
use super::socket::{Gone, Outgoing, Said};
use crate::frame::{Bye, Carried, Frame, MSG_BYTES};
use crate::node::Passed;
use futures_util::SinkExt;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// Sends what is to be sent, and a ping now and then, until the link is closed or broken.
pub(super) async fn write_all(mut outgoing: Outgoing, mut sendings: Sendings, ping: Duration) {
    let mut closing = sendings.closing.clone();
    let farewell = tokio::select! {
        biased;
        closing = closing.wait_for(Option::is_some) => closing.ok().and_then(|farewell| farewell.clone()),
        Err(Gone) = go_on(&mut outgoing, &mut sendings, ping) => None,
    };
    // Who no longer listens has not missed it.
    let _ = match farewell {
        Some(Farewell::Bye(bye)) => say_bye(&mut outgoing, &mut sendings, bye).await,
        Some(Farewell::Silent) => outgoing.close().await,
        None => Ok(()),
    };
}

async fn go_on(outgoing: &mut Outgoing, sendings: &mut Sendings, ping: Duration) -> Result<(), Gone> {
    let mut pings = tokio::time::interval(ping);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            next = sendings.next() => match next {
                Some(next) => send_waiting(outgoing, sendings, next).await?,
                None => return Err(Gone),
            },
            _ = pings.tick() => outgoing.send(Said::Ping).await?,
        }
    }
}

/// Everything that waits goes out at once.
async fn send_waiting(outgoing: &mut Outgoing, sendings: &mut Sendings, first: ToSend) -> Result<(), Gone> {
    feed(outgoing, first).await?;
    feed_waiting(outgoing, sendings).await?;
    outgoing.flush().await
}

async fn feed_waiting(outgoing: &mut Outgoing, sendings: &mut Sendings) -> Result<(), Gone> {
    while let Some(to_send) = sendings.next_now() {
        feed(outgoing, to_send).await?;
    }
    Ok(())
}

async fn feed(outgoing: &mut Outgoing, to_send: ToSend) -> Result<(), Gone> {
    for frame in frames(to_send) {
        outgoing.feed(Said::Frame(frame.write().into())).await?;
    }
    Ok(())
}

async fn say_bye(outgoing: &mut Outgoing, sendings: &mut Sendings, bye: Bye) -> Result<(), Gone> {
    feed_waiting(outgoing, sendings).await?;
    outgoing.send(Said::Frame(Frame::Bye(bye).write().into())).await?;
    outgoing.close().await
}

fn frames(to_send: ToSend) -> Vec<Frame> {
    match to_send {
        ToSend::Frame(frame) => vec![frame],
        ToSend::Envelopes(envelopes) => messages(&envelopes),
    }
}

/// Envelopes in MSG frames, each as large as it may be.
fn messages(envelopes: &[Passed]) -> Vec<Frame> {
    let (mut frames, mut carried, mut bytes) = (Vec::new(), Vec::new(), 0);
    for Passed { envelope, hops } in envelopes {
        let length = envelope.bytes().len();
        if !carried.is_empty() && bytes + length > MSG_BYTES {
            frames.push(Frame::Msg(std::mem::take(&mut carried)));
            bytes = 0;
        }
        bytes += length;
        carried.push(Carried { hops: *hops, envelope: envelope.bytes().clone() });
    }
    if !carried.is_empty() {
        frames.push(Frame::Msg(carried));
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Message, SecretKey, Time};
    use std::sync::Arc;

    fn passed(number: u64, bytes: usize) -> Passed {
        let messages = [Message { media_type: "text/plain".to_owned(), body: vec![b'x'; bytes].into() }];
        let previous = [u8::from(number > 1); 32];
        let draft = Draft {
            epoch: 1,
            number,
            previous,
            predecessor: None,
            time: Time(1),
            ttl: 0,
            messages: &messages,
        };
        let envelope = Arc::new(draft.sign(&SecretKey::from_seed([1; 32])).unwrap());
        Passed { envelope, hops: 1 }
    }

    #[test]
    fn a_frame_holds_as_many_envelopes_as_fit() {
        let sizes = [30_000, 30_000, 30_000, 200_000, 10];
        let envelopes: Vec<_> = (1..).zip(sizes).map(|(number, bytes)| passed(number, bytes)).collect();
        let counts = messages(&envelopes).into_iter().map(|frame| match frame {
            Frame::Msg(carried) => carried.len(),
            _ => 0,
        });
        assert_eq!(counts.collect::<Vec<_>>(), [2, 1, 1, 1]);
        assert!(messages(&[]).is_empty());
    }
}
