//! A backup: one file with everything that a site keeps. It is a tar archive of a data folder, so that any machine can
//! look into it, and unpacked it is one.
//!
//! | name in it | what |
//! |---|---|
//! | `copied-at` | when the copy was begun: whoever is restored from it is not the newest that there was |
//! | `site.sqlite` | the site's database, unless that is on PostgreSQL |
//! | `hub/hub.sqlite`, `hub/hub.key` | log and key of the hub, if the site is or was networked; never older than the site |

mod mark;
mod read;
mod write;

pub use mark::{Mark, forget};
pub use read::restore;
pub use write::write;

use crate::site_folder::DATABASE;
use hub::hub_folder;

/// The time of the copy. It stays in a restored folder.
const MARK: &str = "copied-at";

/// The part of the hub, named as in a data folder.
const HUB: &str = "hub";

/// Everything that a backup can hold.
fn names() -> [String; 4] {
    [MARK.to_owned(), DATABASE.to_owned(), of_hub(hub::FILE), of_hub(hub_folder::KEY)]
}

fn of_hub(name: &str) -> String {
    format!("{HUB}/{name}")
}
