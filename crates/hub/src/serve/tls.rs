//! Encryption without a proxy.

use crate::settings::TlsSettings;
use anyhow::{Context, Result};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// The certificate of the settings, if they name one.
pub fn certificate(settings: &TlsSettings) -> Result<Option<TlsAcceptor>> {
    let (chain, key) = (&settings.certificate, &settings.key);
    if chain.as_os_str().is_empty() {
        return Ok(None);
    }
    let cannot = |file: &std::path::Path| format!("{} cannot be used", file.display());
    let certificates = CertificateDer::pem_file_iter(chain).with_context(|| cannot(chain))?;
    let certificates: Vec<_> = certificates.collect::<Result<_, _>>().with_context(|| cannot(chain))?;
    let private = PrivateKeyDer::from_pem_file(key).with_context(|| cannot(key))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = builder
        .with_no_client_auth()
        .with_single_cert(certificates, private)
        .with_context(|| format!("{} and {} do not belong together", chain.display(), key.display()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}
