//! Links: WebSockets to other hubs, dialled or accepted, and the tasks that read and write them.
//!
//! | file | what |
//! |---|---|
//! | `desk` | what all links share; what the node and its links tell each other |
//! | `url`, `dial` | where another hub is, whether it may be dialled, dialling it |
//! | `listen`, `strangers`, `hosts` | being dialled: how many may try, and under which names |
//! | `refusals` | who dialled and got no link, counted by reason |
//! | `socket` | one kind of socket for both |
//! | `greeting` | HELLO and AUTH, within ten seconds |
//! | `link`, `outbox`, `table` | an open link; what waits to be sent; all that are open |
//! | `failures` | what went wrong last with each neighbour |
//! | `reader`, `pace`, `checkers` | frames in, at a bounded pace; signatures, off the async threads |
//! | `writer` | frames out |
//! | `upstream`, `redial` | dialling for ever, ever more slowly |
//! | `attempt` | trying to reach a neighbour where it said that it is |

mod attempt;
mod checkers;
mod desk;
mod dial;
mod failures;
mod greeting;
mod hosts;
mod link;
mod listen;
mod outbox;
mod pace;
mod reader;
mod redial;
mod refusals;
mod socket;
mod strangers;
mod table;
mod upstream;
mod url;
mod writer;

pub use listen::ClientAddress;
pub use upstream::{UpstreamState, UpstreamStatus};
pub use url::{HubUrl, NoHubUrl};

pub(crate) use attempt::attempt;
pub(crate) use checkers::Checkers;
pub use desk::LinkLimits;
pub(crate) use desk::{About, Desk, FromLink, ToNode};
pub(crate) use dial::Connector;
pub(crate) use failures::Failures;
pub(crate) use hosts::Hosts;
pub(crate) use link::stopping;
pub(crate) use listen::router;
pub(crate) use refusals::Refusals;
pub(crate) use strangers::Strangers;
pub(crate) use table::Table;
pub(crate) use upstream::{Upstreams, keep_linked};
