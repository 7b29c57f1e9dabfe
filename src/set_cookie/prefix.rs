//! Cookie names that make demands on the rest of the line (RFC 6265bis, section 4.1.3).

const HOST: &[u8] = b"__Host-";
const HTTP: [&[u8]; 2] = [b"__Http-", b"__Host-Http-"];
const SECURE: &[u8] = b"__Secure-";

/// Returns `true` if browsers store the cookie only with `Secure`.
#[inline]
pub(crate) fn demands_secure(name: &[u8]) -> bool {
    is_secure(name) || demands_host(name) || demands_http_only(name)
}

/// Returns `true` if `Secure` is all that the name demands.
#[inline]
pub(crate) fn is_secure(name: &[u8]) -> bool {
    starts_with(name, SECURE)
}

/// Returns `true` if browsers store the cookie only for its own host: with `Path=/` and without `Domain`.
#[inline]
pub(crate) fn demands_host(name: &[u8]) -> bool {
    starts_with(name, HOST)
}

/// Returns `true` if newer browsers store the cookie only with `HttpOnly`.
#[inline]
pub(crate) fn demands_http_only(name: &[u8]) -> bool {
    HTTP.iter().any(|prefix| starts_with(name, prefix))
}

/// Returns the name without its prefix, if it has one.
#[cfg(feature = "tracing")]
pub(crate) fn without(name: &str) -> &str {
    // The longer of two prefixes comes first.
    let prefixes = [HTTP[1], HTTP[0], HOST, SECURE];
    let prefix = prefixes.into_iter().find(|prefix| starts_with(name.as_bytes(), prefix));
    prefix.and_then(|prefix| name.get(prefix.len()..)).unwrap_or(name)
}

/// Browsers compare the prefixes without regard to case. Few names begin as all prefixes do.
#[inline]
fn starts_with(name: &[u8], prefix: &[u8]) -> bool {
    name.starts_with(b"__") && starts_like(name, prefix)
}

fn starts_like(name: &[u8], prefix: &[u8]) -> bool {
    name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "tracing")]
    fn r1_a_name_has_one_prefix_at_most() {
        for (name, want) in [
            ("id", "id"),
            ("__Host-id", "id"),
            ("__host-http-id", "id"),
            ("__Http-id", "id"),
            ("__Secure-__Host-id", "__Host-id"),
            ("__Hostid", "__Hostid"),
            ("__Secure-", ""),
            ("__Secure-é", "é"),
        ] {
            assert_eq!(without(name), want, "{name}");
        }
    }

    #[test]
    fn r1_prefixes_demand_in_any_case() {
        for (name, secure, host, http_only) in [
            ("a", false, false, false),
            ("__Secure-a", true, false, false),
            ("__secure-", true, false, false),
            ("__HOST-a", true, true, false),
            ("__Http-a", true, false, true),
            ("__Host-Http-a", true, true, true),
            ("__Host", false, false, false),
        ] {
            let name = name.as_bytes();
            let got = (demands_secure(name), demands_host(name), demands_http_only(name));
            assert_eq!(got, (secure, host, http_only), "{}", name.escape_ascii());
        }
    }
}
