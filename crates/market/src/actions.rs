//! What people can do: one file for each thing. Every door leads here.

mod accept;
mod add_text;
mod approve;
mod block;
mod buy_now;
mod cancel_bid;
mod close_due;
mod confirm;
mod cut_off;
mod end_early;
mod first_administrator;
mod guest_bid;
mod guest_sale;
mod keep_tokens;
mod list_item;
mod lower_reserve;
mod moderate_people;
mod notice_outage;
mod place_bid;
mod publish;
mod register;
mod reset_password;
mod retake;
mod retract;
mod revise;
mod send_bid;
mod sign_in;
mod take_price;
mod tell_network;
mod treat_site;
mod withdraw;

mod once;

pub use cancel_bid::CancelBid;
pub use guest_bid::GuestBid;
pub use guest_sale::{GuestContact, GuestSale};
pub use keep_tokens::NewToken;
pub use list_item::{Ending, ListItem, Opening};
pub use moderate_people::AddUser;
pub use notice_outage::OUTAGE;
pub use place_bid::{Offer, Placed, Receipt};
pub use register::Register;
pub use retake::{Retaken, retake};
pub use sign_in::{SignIn, SignedIn};
pub use treat_site::TreatSite;
