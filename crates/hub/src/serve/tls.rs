//! Encryption without a proxy.

use crate::settings::TlsSettings;
use anyhow::{Context, Result, bail};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

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
