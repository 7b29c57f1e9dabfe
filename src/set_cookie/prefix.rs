//! Cookie names that make demands on the rest of the line (RFC 6265bis, section 4.1.3).

const HOST: &[u8] = b"__Host-";
const HTTP: [&[u8]; 2] = [b"__Http-", b"__Host-Http-"];
const SECURE: &[u8] = b"__Secure-";

/// Returns `true` if browsers store the cookie only with `Secure`.
pub(crate) fn demands_secure(name: &[u8]) -> bool {
    is_secure(name) || demands_host(name) || demands_http_only(name)
}

/// Returns `true` if a declared name or pattern may stand for such a cookie.
pub(crate) fn may_demand_secure(declared: &[u8]) -> bool {
    let start = declared.split(|&byte| byte == b'*').next().unwrap_or_default();
    if start.len() == declared.len() {
        return demands_secure(declared);
    }
    // `__Host-Http-` begins with `__Host-`.
    [HOST, HTTP[0], SECURE].into_iter().any(|prefix| {
        let both = start.len().min(prefix.len());
        start[..both].eq_ignore_ascii_case(&prefix[..both])
    })
}

/// Returns `true` if the name in a line may make demands: it begins as all prefixes do, or there may be something
/// before it.
#[inline]
pub(crate) fn may_stand_in(line: &[u8]) -> bool {
    matches!(line, [b'_' | b' ' | b'\t' | b'=', ..])
}

/// Returns `true` if `Secure` is all that the name demands.
pub(crate) fn is_secure(name: &[u8]) -> bool {
    starts_with(name, SECURE)
}

/// Returns `true` if browsers store the cookie only for its own host: with `Path=/` and without `Domain`.
pub(crate) fn demands_host(name: &[u8]) -> bool {
    starts_with(name, HOST)
}

/// Returns `true` if newer browsers store the cookie only with `HttpOnly`.
pub(crate) fn demands_http_only(name: &[u8]) -> bool {
    HTTP.iter().any(|prefix| starts_with(name, prefix))
}

/// Browsers compare the prefixes without regard to case. Few names begin as all prefixes do.
fn starts_with(name: &[u8], prefix: &[u8]) -> bool {
    name.starts_with(b"__")
        && name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::set_cookie::SetCookie;

    #[test]
    fn r1_a_line_with_a_demanding_name_may_have_one() {
        for line in ["__Host-a=1", " __host-a=1", "\t__Secure-a=", "=__Http-a", "__Host-a"] {
            let name = SetCookie::parse(line.as_bytes()).request_name();
            assert!(demands_secure(name) && may_stand_in(line.as_bytes()), "{line}");
        }
        for line in ["", "a=1", ";__Host-a", "a__Host-a=1"] {
            let name = SetCookie::parse(line.as_bytes()).request_name();
            assert!(!demands_secure(name) && !may_stand_in(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn r1_a_declaration_demands_if_a_cookie_of_its_may() {
        for (declared, want) in [
            ("__host-a", true),
            ("__Http-*", true),
            ("__Host-Http-a*", true),
            ("_*", true),
            ("__SEC*_id", true),
            ("*", true),
            ("*_id", true),
            ("__Host", false),
            ("__Hostess*", false),
            ("_ga", false),
            ("_ga*", false),
            ("", false),
        ] {
            assert_eq!(may_demand_secure(declared.as_bytes()), want, "{declared}");
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
