//! Those who bid.

use crate::setting::Setting;
use crate::{BATCH, Failure, Played, Round};
use market::Refusal;
use market::actions::Placed;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};
use store::{Job, Tx};

/// Tasks of a runtime, each with a new bid as soon as it has its answer. Gives how many were accepted.
pub(crate) async fn of_askers(setting: &Setting, auctions: u64, round: &Round) -> Result<u64, Failure> {
    let asker = async || {
        let mut accepted = 0;
        while !round.is_over() {
            let (who, offer) = setting.next(auctions);
            accepted += u64::from(setting.market.place_bid(&who, offer).await.is_ok());
        }
        accepted
    };
    let asking: Vec<_> = (0..BATCH).map(|_| asker()).collect();
    Ok(futures_util::future::join_all(asking).await.into_iter().sum())
}

/// Groups without any runtime, one after the other. The writer is held up until a whole group stands before the
/// auctioneer, so that batches are exactly groups and what is measured is hardly more than the writer's thread.
/// What counts is the time from the moment at which the writer may begin until the last of a group is answered.
pub(crate) fn without_runtime(setting: &Setting, auctions: u64, round: &Round) -> Result<Played, Failure> {
    let (mut bids, mut spent) = (0, Duration::ZERO);
    while !round.is_over() {
        let gate = Gate::close(setting);
        let group = Group::ask(setting, auctions);
        let begun = Instant::now();
        drop(gate);
        group.bell.recv()?;
        spent += begun.elapsed();
        bids += group.answers()?;
    }
    Ok(Played { bids, spent: Some(spent) })
}

/// Keeps the writer waiting until the other end is dropped.
struct Gate(mpsc::Receiver<()>);

impl Gate {
    fn close(setting: &Setting) -> mpsc::Sender<()> {
        let (open, opened) = mpsc::channel();
        setting.market.journal().submit(Box::new(Gate(opened)));
        open
    }
}

impl Job for Gate {
    fn run(&mut self, _: &mut Tx<'_>) -> Result<(), store::Failure> {
        let _ = self.0.recv();
        Ok(())
    }

    fn done(self: Box<Self>, _: Result<(), store::Error>) {}
}

type Asking<'a> = Pin<Box<dyn Future<Output = Result<Placed, Refusal>> + Send + 'a>>;

struct Group<'a> {
    asking: Vec<Asking<'a>>,
    bell: mpsc::Receiver<()>,
}

/// Rings when the last of a group is answered.
struct Bell {
    open: AtomicUsize,
    ring: mpsc::Sender<()>,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if self.open.fetch_sub(1, Ordering::AcqRel) == 1 {
            let _ = self.ring.send(());
        }
    }
}

impl<'a> Group<'a> {
    fn ask(setting: &'a Setting, auctions: u64) -> Group<'a> {
        let (ring, bell) = mpsc::channel();
        let waker = Waker::from(Arc::new(Bell { open: AtomicUsize::new(BATCH), ring }));
        let mut group = Group { asking: Vec::with_capacity(BATCH), bell };
        for _ in 0..BATCH {
            let (who, offer) = setting.next(auctions);
            let mut one: Asking<'a> = Box::pin(async move { setting.market.place_bid(&who, offer).await });
            match one.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Pending => group.asking.push(one),
                Poll::Ready(_) => unreachable!("the writer waits"),
            }
        }
        group
    }

    fn answers(mut self) -> Result<u64, Failure> {
        let mut accepted = 0;
        for one in &mut self.asking {
            match one.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(answer) => accepted += u64::from(answer.is_ok()),
                Poll::Pending => return Err("the bell rang too early".into()),
            }
        }
        Ok(accepted)
    }
}
