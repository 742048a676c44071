//! What can be wrong.

use std::fmt;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The entry, if it concerns one.
    pub entry: Option<u32>,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The envelope at this place (from 0) cannot be read.
    Unreadable(usize),
    /// The signature of the envelope at this place is wrong.
    Forged(usize),
    /// A message of the origin breaks the protocol: the field and its problem.
    Malformed(String),
    /// The origin said two different things about the same.
    Contradiction,
    /// `previous` is not the hash of the rulings before.
    Chain,
    /// A number is missing although nothing was left out.
    Hole,
    /// The arrival is before that of the entry before it.
    Arrival,
    /// The opened offer is not what the entry was bound to.
    Commitment,
    /// An offer was opened for an entry that is no accepted bid.
    NoBid,
    /// The opened reserve is not what the listing was bound to.
    ReserveCommitment,
    /// The entry is not about the bid that was sent: the field that differs.
    BidDiffers(&'static str),
    /// The same bid was accepted before.
    Twice,
    /// The rules refuse it, with this code.
    Refused(&'static str),
    /// The rules give another price, leader, end or list of offers taken away.
    Differs(&'static str),
    /// The rules give another state: the field that differs.
    State(String),
    /// What was said at the end is not what the rulings say: the field that differs.
    Ending(&'static str),
}

impl Reason {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::Unreadable(_) => "unreadable",
            Reason::Forged(_) => "forged",
            Reason::Malformed(_) => "malformed",
            Reason::Contradiction => "contradiction",
            Reason::Chain => "chain",
            Reason::Hole => "hole",
            Reason::Arrival => "arrival",
            Reason::Commitment => "commitment",
            Reason::NoBid => "no_bid",
            Reason::ReserveCommitment => "reserve_commitment",
            Reason::BidDiffers(_) => "bid_differs",
            Reason::Twice => "twice",
            Reason::Refused(_) => "refused",
            Reason::Differs(_) => "differs",
            Reason::State(_) => "state",
            Reason::Ending(_) => "ending",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unreadable(place) => write!(f, "envelope {place} of the file cannot be read"),
            Reason::Forged(place) => write!(f, "the signature of envelope {place} of the file is wrong"),
            Reason::Malformed(what) => write!(f, "a message of the origin breaks the protocol: {what}"),
            Reason::Contradiction => f.write_str("the origin said two different things about the same"),
            Reason::Chain => f.write_str("it does not follow the rulings before it: their hash is another"),
            Reason::Hole => f.write_str("numbers before it are missing, although no message was left out"),
            Reason::Arrival => f.write_str("it arrived before the entry before it"),
            Reason::Commitment => f.write_str("the offer that was opened is not the one that was made"),
            Reason::NoBid => f.write_str("an offer was opened for it, and it is no accepted bid"),
            Reason::ReserveCommitment => {
                f.write_str("the reserve that was opened is not the one that was set")
            }
            Reason::BidDiffers(field) => write!(f, "it is not about the bid that was sent: {field} differs"),
            Reason::Twice => f.write_str("the same bid was accepted before"),
            Reason::Refused(code) => write!(f, "by the rules it cannot be accepted: {code}"),
            Reason::Differs(what) => write!(f, "by the rules the {what} after it is another"),
            Reason::State(field) => write!(f, "by the rules the state after it is another: {field} differs"),
            Reason::Ending(field) => {
                write!(f, "what was said at the end is not what was ruled: {field} differs")
            }
        }
    }
}
