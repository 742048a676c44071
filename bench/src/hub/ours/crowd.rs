//! Many who post one event at a time, each on a connection of his own: in one thread, because whoever asks shares the
//! processors with whoever answers, and a thread for each would be woken for each answer.

use super::Hubs;
use super::event::Template;
use super::poster::head;
use crate::hub::meter::BREATHER;
use crate::load::{Connection, Errand};
use anyhow::{Result, ensure};
use mio::{Events, Interest, Poll, Token};
use std::time::{Duration, Instant};

/// A hub that does not answer for so long is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// What everybody posts.
struct Posts<'a> {
    hubs: &'a Hubs,
    heads: Vec<Vec<u8>>,
    template: Template,
}

impl Errand for Posts<'_> {
    fn write(&mut self, connection: usize, request: &mut Vec<u8>) {
        request.clear();
        request.extend_from_slice(&self.heads[connection]);
        self.template.write(request, self.hubs.next_id(1), 1);
    }

    fn answered(&mut self, _: usize, _: u16) {}
}

/// Posts from all tokens until the meter is over and everything is answered.
pub(super) fn post(hubs: &Hubs) -> Result<()> {
    let mut poll = Poll::new()?;
    let heads = hubs.tokens.iter().map(|token| head(hubs.a.address, token, 1)).collect();
    let mut posts = Posts { hubs, heads, template: Template::new() };
    let open = |number| {
        let mut connection = Connection::open(hubs.a.address)?;
        poll.registry().register(connection.stream(), Token(number), Interest::READABLE)?;
        Ok(connection)
    };
    let mut connections = (0..posts.heads.len()).map(open).collect::<Result<Vec<Connection>>>()?;
    let mut idle: Vec<usize> = (0..connections.len()).collect();
    let mut events = Events::with_capacity(connections.len());
    while idle.len() < connections.len() || !hubs.meter.is_over() {
        while !hubs.meter.is_over() && !idle.is_empty() && hubs.meter.may_publish(1) {
            let Some(number) = idle.pop() else { break };
            connections[number].send(&mut posts, number, Instant::now())?;
        }
        let wants_room = !hubs.meter.is_over() && !idle.is_empty();
        poll.poll(&mut events, Some(if wants_room { BREATHER } else { PATIENCE }))?;
        ensure!(wants_room || !events.is_empty(), "the hub did not answer");
        for event in &events {
            let number = event.token().0;
            let Some(status) = connections[number].receive()? else { continue };
            ensure!(status == 202, "the hub refused with {status}");
            idle.push(number);
        }
    }
    Ok(())
}
