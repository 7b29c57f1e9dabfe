//! Cookie names that make demands on the rest of the line (RFC 6265bis, section 4.1.3).

const HOST: &[u8] = b"__Host-";
const HTTP: &[u8] = b"__Http-";
const HOST_AND_HTTP: &[u8] = b"__Host-Http-";
const SECURE: &[u8] = b"__Secure-";

/// The demands of a name: browsers do not store the cookie if the rest of its line does not meet them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Demands {
    /// The name demands `Secure`, as all do that demand anything.
    pub(crate) secure: bool,
    /// The name demands `Path=/` and no `Domain`: the cookie lies at its own host alone.
    pub(crate) host: bool,
    /// The name demands `HttpOnly`, in newer browsers.
    pub(crate) http_only: bool,
}

impl Demands {
    #[inline]
    pub(crate) fn of(name: &[u8]) -> Self {
        // Few names begin as all prefixes do.
        if name.starts_with(b"__") { Demands::of_prefixed(name) } else { Demands::default() }
    }

    fn of_prefixed(name: &[u8]) -> Self {
        let host = starts_with(name, HOST);
        let http_only = starts_with(name, if host { HOST_AND_HTTP } else { HTTP });
        Demands { secure: host || http_only || starts_with(name, SECURE), host, http_only }
    }
}

/// Returns the name without its prefix, if it has one.
#[cfg(feature = "tracing")]
pub(crate) fn without(name: &str) -> &str {
    // The longer of two prefixes comes first.
    let prefixes = [HOST_AND_HTTP, HTTP, HOST, SECURE];
    let prefix = prefixes.into_iter().find(|prefix| starts_with(name.as_bytes(), prefix));
    prefix.and_then(|prefix| name.get(prefix.len()..)).unwrap_or(name)
}

/// Browsers compare the prefixes without regard to case.
fn starts_with(name: &[u8], prefix: &[u8]) -> bool {
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
            let want = Demands { secure, host, http_only };
            assert_eq!(Demands::of(name.as_bytes()), want, "{name}");
        }
    }
}
