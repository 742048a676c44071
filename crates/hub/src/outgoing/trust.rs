//! Whose certificates are believed.

use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// The certificates that browsers trust, and others that the webmaster trusts; rustls with aws-lc-rs.
#[derive(Clone, Debug)]
pub struct Trust(Arc<ClientConfig>);

impl Trust {
    /// `extra_roots`: certificates in DER, of a network with an authority of its own.
    pub fn beside_browsers(extra_roots: &[Vec<u8>]) -> Result<Trust, rustls::Error> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        for root in extra_roots {
            roots.add(CertificateDer::from(root.as_slice()))?;
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(Trust(Arc::new(config.with_root_certificates(roots).with_no_client_auth())))
    }

    /// As a client uses it.
    pub(crate) fn client(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.0)
    }
}
