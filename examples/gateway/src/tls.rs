//! TLS towards visitors and towards upstreams.

use std::path::Path;
use std::sync::Arc;

use serving::LoadError;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, ServerConfig};

use crate::config::Tls;

/// Makes the TLS side that answers visitors.
pub(crate) fn towards_visitors(files: &Tls) -> Result<TlsAcceptor, LoadError> {
    let chain = certificates(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| LoadError::file(&files.key, error))?;
    let wrong = |error| LoadError::file(&files.certificate, error);
    let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
        .map_err(wrong)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Makes the TLS side towards an upstream. It trusts the authorities in the file, or else those of the
/// system; without TLS, it trusts nobody.
pub(crate) fn towards_upstream(
    is_tls: bool,
    authorities: Option<&Path>,
) -> Result<ClientConfig, LoadError> {
    let mut roots = RootCertStore::empty();
    if let Some(path) = authorities {
        for certificate in certificates(path)? {
            roots.add(certificate).map_err(|error| LoadError::file(path, error))?;
        }
    } else if is_tls {
        let found = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            return Err(LoadError::Settings(
                "the gateway needs certificates of the authorities that certify its upstreams: the \
                 system has none; give the upstream's ca"
                    .to_owned(),
            ));
        }
    }
    ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .map(|builder| builder.with_root_certificates(roots).with_no_client_auth())
        .map_err(|error| LoadError::file(authorities.unwrap_or(Path::new("the system's")), error))
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, LoadError> {
    let wrong = |error| LoadError::file(path, error);
    let chain: Vec<_> = CertificateDer::pem_file_iter(path)
        .map_err(wrong)?
        .collect::<Result<_, _>>()
        .map_err(wrong)?;
    if chain.is_empty() {
        return Err(LoadError::file(path, "there is no certificate in it"));
    }
    Ok(chain)
}
