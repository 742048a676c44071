//! `doctor` looks at the world: settings that are for tests, the folder, the key, the disk, the ports, the clock, the
//! certificate, the address, the upstreams.

mod clocks;
mod others;

pub use others::others;

use crate::hub_folder;
use crate::pages::moment;
use crate::serve::certificate;
use crate::settings::Settings;
use crate::{Clock, SystemClock};
use process::doctor::{self, Finding};

/// Who runs, in sentences.
const WHO: &str = "hub";

/// Looks at everything.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let warnings = settings.warnings().into_iter();
    let mut found: Vec<Finding> =
        warnings.map(|(key, says)| Finding::Doubtful(format!("{key}: {says}"))).collect();
    let (folder, running) = doctor::folder(&settings.data, WHO);
    found.push(folder);
    found.push(key(settings));
    found.push(disk(settings));
    found.extend(doctor::ports(&settings.listen, running, WHO));
    found.push(Finding::Good(format!("clock: {}", moment(SystemClock.now()))));
    found.extend(tls(settings));
    found.extend(others(settings, true).await);
    found
}

/// Whether there is a key, and which.
pub fn key(settings: &Settings) -> Finding {
    match hub_folder::key(&settings.data) {
        Ok(Some(key)) => Finding::Good(format!("key: {}", key.public())),
        Ok(None) => Finding::Good("key: none yet; it is made when the hub first starts".to_owned()),
        Err(error) => Finding::Bad(format!("key: {error:#}")),
    }
}

/// The log may become as large as the settings allow.
fn disk(settings: &Settings) -> Finding {
    doctor::disk(&settings.data, |free, text| {
        if free < settings.retention_bytes {
            Finding::Doubtful(format!("{text}, less than `retention_bytes`"))
        } else {
            Finding::Good(text)
        }
    })
}

fn tls(settings: &Settings) -> Option<Finding> {
    match certificate(&settings.tls) {
        Ok(None) => None,
        Ok(Some(_)) => Some(Finding::Good("tls: certificate and key can be used".to_owned())),
        Err(error) => Some(Finding::Bad(format!("tls: {error:#}"))),
    }
}
