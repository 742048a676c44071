//! Encryption without a proxy.

use crate::settings::TlsSettings;
use anyhow::{Context, Result, bail};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

/// Certificates live for weeks, and are renewed days before they end.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// Certificates, in DER, that the webmaster trusts beside those that browsers trust.
pub fn roots(settings: &TlsSettings) -> Result<Vec<Vec<u8>>> {
    if settings.roots.as_os_str().is_empty() {
        return Ok(Vec::new());
    }
    let found = chain(&settings.roots)?;
    Ok(found.iter().map(|certificate| certificate.to_vec()).collect())
}

fn chain(file: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let found = read.with_context(|| cannot(file))?;
    if found.is_empty() {
        bail!("{}: no certificate is in it", cannot(file));
    }
    Ok(found)
}

fn cannot(file: &Path) -> String {
    format!("{} cannot be used", file.display())
}

/// The certificate of the settings, if they name one.
pub fn certificate(settings: &TlsSettings) -> Result<Option<TlsAcceptor>> {
    let (file, key) = (&settings.certificate, &settings.key);
    if file.as_os_str().is_empty() {
        return Ok(None);
    }
    let certificates = chain(file)?;
    let private = PrivateKeyDer::from_pem_file(key).with_context(|| cannot(key))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = builder
        .with_no_client_auth()
        .with_single_cert(certificates, private)
        .with_context(|| format!("{} and {} do not belong together", file.display(), key.display()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

/// A certificate that is read again when its files have changed: who renews it need not start the hub again.
pub(super) struct Renewed {
    settings: TlsSettings,
    seen: [Option<(SystemTime, u64)>; 2],
    newest: watch::Sender<TlsAcceptor>,
}

impl Renewed {
    /// The certificate of the settings, if they name one.
    pub(super) fn of(settings: &TlsSettings) -> Result<Option<Renewed>> {
        let seen = files(settings);
        let renewed = |found| Renewed { settings: settings.clone(), seen, newest: watch::Sender::new(found) };
        Ok(certificate(settings)?.map(renewed))
    }

    /// The newest one, now and later.
    pub(super) fn newest(&self) -> watch::Receiver<TlsAcceptor> {
        self.newest.subscribe()
    }

    /// Looks once a minute, for as long as anybody wants to know.
    pub(super) async fn keep(mut self) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(LOOK_AGAIN_AFTER) => self.look(),
                () = self.newest.closed() => return,
            }
        }
    }

    /// A pair that cannot be used, such as one of which only half is written, is left alone until it can.
    fn look(&mut self) {
        let seen = files(&self.settings);
        if seen == self.seen {
            return;
        }
        match certificate(&self.settings) {
            Ok(Some(found)) => {
                tracing::info!("the certificate was renewed");
                (self.seen, _) = (seen, self.newest.send_replace(found));
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the certificate has changed and cannot be used: {error:#}"),
        }
    }
}

/// When the files were written, and how long they are.
fn files(settings: &TlsSettings) -> [Option<(SystemTime, u64)>; 2] {
    [&settings.certificate, &settings.key].map(|file| {
        let about = std::fs::metadata(file).ok()?;
        Some((about.modified().ok()?, about.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::prelude::BASE64_STANDARD;
    use std::fs;

    fn pem(what: &str, der: &[u8]) -> String {
        format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", BASE64_STANDARD.encode(der))
    }

    /// It needed a restart, which cut every link and every stream.
    #[test]
    fn a_certificate_that_was_renewed_is_used_without_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let [file, key] = ["certificate.pem", "key.pem"].map(|name| folder.path().join(name));
        let write = |seconds| {
            let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
            fs::write(&file, pem("CERTIFICATE", made.cert.der())).unwrap();
            fs::write(&key, pem("PRIVATE KEY", &made.signing_key.serialize_der())).unwrap();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            fs::File::options().append(true).open(&file).unwrap().set_modified(time).unwrap();
        };
        write(1);
        let settings =
            TlsSettings { certificate: file.clone(), key: key.clone(), roots: std::path::PathBuf::new() };
        let mut renewed = Renewed::of(&settings).unwrap().unwrap();
        let newest = renewed.newest();
        renewed.look();
        assert!(!newest.has_changed().unwrap());
        fs::write(&file, "half").unwrap();
        renewed.look();
        assert!(!newest.has_changed().unwrap());
        write(2);
        renewed.look();
        assert!(newest.has_changed().unwrap());
    }
}
