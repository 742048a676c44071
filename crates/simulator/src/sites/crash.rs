//! A crash between two writes.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Does something up to its so many-th wait, and forgets it there: what it has handed to a database or a hub by then is
/// done, what follows is not. `None`: it was interrupted.
pub(super) async fn interrupted<F: Future>(work: F, waits: u32) -> Option<F::Output> {
    let mut work = pin!(work);
    let mut left = waits;
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending if left <= 1 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}
