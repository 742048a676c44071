//! What waits for a thread.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What waits for a thread: anybody puts in, one or several threads take out, in order.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    more: Condvar,
}

struct State<T> {
    waiting: VecDeque<T>,
    idle: usize,
    closed: bool,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Queue<T> {
        Queue {
            state: Mutex::new(State { waiting: VecDeque::new(), idle: 0, closed: false }),
            more: Condvar::new(),
        }
    }

    /// Gives the item back when the queue is closed.
    pub(crate) fn put(&self, item: T) -> Result<(), T> {
        let mut state = self.lock();
        if state.closed {
            return Err(item);
        }
        state.waiting.push_back(item);
        let wake = state.idle > 0;
        drop(state);
        // A thread that is busy looks again by itself; waking nobody saves a system call on every bid.
        if wake {
            self.more.notify_one();
        }
        Ok(())
    }

    /// Waits for something and moves up to `most` items into `items`. False when the queue is closed and empty.
    pub(crate) fn take(&self, items: &mut Vec<T>, most: usize) -> bool {
        let mut state = self.lock();
        while state.waiting.is_empty() {
            if state.closed {
                return false;
            }
            state.idle += 1;
            state = self.more.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.idle -= 1;
        }
        let count = state.waiting.len().min(most);
        items.extend(state.waiting.drain(..count));
        true
    }

    /// Waits for one item. `None` when the queue is closed and empty.
    pub(crate) fn next(&self) -> Option<T> {
        let mut items = Vec::with_capacity(1);
        self.take(&mut items, 1);
        items.pop()
    }

    /// Nothing more comes in; what waits is still taken out.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.more.notify_all();
    }

    // No code that can panic runs under this lock.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
