//! A hub behind a proxy that speaks TLS.

use crate::scene::{port, serve, until};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Speaks TLS as `localhost` and passes on what it says; gives its port and its certificate.
async fn proxy(target: SocketAddr) -> (u16, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.clone()], key).unwrap();
    let (acceptor, listener) = (TlsAcceptor::from(Arc::new(config)), port().await);
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        loop {
            let (near, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut near) = acceptor.accept(near).await else { return };
                let mut far = TcpStream::connect(target).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (port, certificate.to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_behind_a_proxy_that_speaks_tls_is_reached() {
    let upstream = serve(1, |_| {}).await;
    let (port, certificate) = proxy(upstream.address).await;
    let url = format!("wss://localhost:{port}#{}", upstream.hub.identity());
    let downstream = serve(2, |settings| {
        settings.upstreams = vec![url.parse().unwrap()];
        settings.extra_roots = vec![certificate];
    })
    .await;
    upstream.post("sealed").await;
    assert_eq!(downstream.texts(1).await, ["sealed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let upstream = serve(1, |_| {}).await;
    let (port, _) = proxy(upstream.address).await;
    let url = format!("wss://localhost:{port}#{}", upstream.hub.identity());
    let downstream = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    let error = || downstream.hub.upstreams().into_values().next().and_then(|status| status.last_error);
    until(async || error().is_some()).await;
    assert!(error().unwrap().contains("certificate"), "{:?}", error());
    assert!(upstream.linked().await.is_empty());
}
