//! The name of a request's host, and the domains of which it can set cookies (R20).

/// The most domains of a host that are looked at, the widest first. Hosts of more than six labels
/// are rare, and each domain is a line for each cookie that is deleted.
const MAX_DOMAINS: usize = 5;

/// A host name takes at most so many bytes (RFC 1035, section 2.3.4).
const MAX_BYTES: usize = 253;

/// A host that is known by a name, and not by an address.
#[derive(Clone, Copy, Default)]
pub(crate) struct HostName<'a> {
    name: &'a [u8],
    /// Where the widest of its domains start, of which the first `number` are set.
    starts: [usize; MAX_DOMAINS],
    number: usize,
}

impl<'a> HostName<'a> {
    /// Reads a host, which may have a port. `None` if it is an address or no host name.
    pub(super) fn of(host: &'a [u8]) -> Option<Self> {
        let mut this = HostName::default();
        let (mut label, mut is_number, mut end) = (0, true, host.len());
        for (at, byte) in host.iter().enumerate() {
            // Most are letters.
            if byte.is_ascii_alphabetic() {
                is_number = false;
                continue;
            }
            match byte {
                b'0'..=b'9' => {}
                b'-' | b'_' => is_number = false,
                // What follows this label is at least a top-level domain.
                b'.' if at > label => {
                    this.add(label);
                    (label, is_number) = (at + 1, true);
                }
                b':' => {
                    end = at;
                    break;
                }
                _ => return None,
            }
        }
        this.name = host.get(..end)?;
        // An address ends with a number.
        (end > label && end <= MAX_BYTES && !is_number).then_some(this)
    }

    /// Adds the start of a domain, which is wider than those before it, in the place of the narrowest if
    /// there are too many.
    fn add(&mut self, start: usize) {
        if self.number == MAX_DOMAINS {
            self.starts.copy_within(1.., 0);
            self.number -= 1;
        }
        if let Some(place) = self.starts.get_mut(self.number) {
            *place = start;
            self.number += 1;
        }
    }

    /// The host itself and its parents, as domains of which it can set cookies. A whole top-level domain
    /// is left out. Longer public suffixes are not known, and browsers refuse them.
    pub(crate) fn domains(&self) -> impl Iterator<Item = &'a [u8]> {
        let starts = self.starts.iter().take(self.number);
        starts.map(|start| self.name.get(*start..).unwrap_or_default())
    }

    /// Returns `true` if a cookie of this domain comes with a request for the host.
    pub(super) fn is_within(&self, domain: &str) -> bool {
        is_within(self.name, domain)
    }
}

/// Returns `true` if a host is a domain, or below it.
pub(crate) fn is_within(host: &[u8], domain: &str) -> bool {
    let domain = domain.strip_prefix('.').unwrap_or(domain);
    let Some(start) = host.len().checked_sub(domain.len()) else { return false };
    let (before, end) = host.split_at(start);
    end.eq_ignore_ascii_case(domain.as_bytes()) && matches!(before, [] | [.., b'.'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn domains(host: &str) -> Vec<&str> {
        let name = HostName::of(host.as_bytes()).unwrap_or_default();
        let domains = name.domains().map(|domain| str::from_utf8(domain).unwrap());
        domains.collect()
    }

    #[test]
    fn r20_the_domains_of_a_host_are_itself_and_its_parents() {
        for (host, want) in [
            ("www.example.org", &["www.example.org", "example.org"][..]),
            ("Example.org:8080", &["Example.org"]),
            (
                "a.b.c.d.e.f.example.org",
                &[
                    "c.d.e.f.example.org",
                    "d.e.f.example.org",
                    "e.f.example.org",
                    "f.example.org",
                    "example.org",
                ],
            ),
            ("localhost", &[]),
            ("127.0.0.1:3000", &[]),
            ("[::1]:3000", &[]),
            ("", &[]),
            (":80", &[]),
            (".example.org", &[]),
            ("a..b", &[]),
            ("a;b.example.org", &[]),
            ("example.org.", &[]),
            ("exämple.org", &[]),
        ] {
            assert_eq!(domains(host), want, "{host}");
        }
        let long = "a.".repeat(126) + "a";
        assert_eq!(domains(&long).len(), MAX_DOMAINS);
        assert!(HostName::of(format!("{long}a").as_bytes()).is_none(), "254 bytes");
    }

    proptest! {
        #[test]
        fn r20_only_a_host_name_has_domains(host in "[a1._:;-]{0,12}") {
            let name = host.split(':').next().unwrap();
            let labels: Vec<_> = name.split('.').collect();
            let is_address = labels.last().is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
            let is_label = |label: &&str| !label.is_empty() && !label.contains(';');
            let mut want: Vec<_> = (0..labels.len() - 1).map(|at| labels[at..].join(".")).collect();
            if is_address || !labels.iter().all(is_label) {
                prop_assert!(HostName::of(host.as_bytes()).is_none(), "{}", host);
                want.clear();
            }
            prop_assert_eq!(domains(&host), &want[want.len().saturating_sub(MAX_DOMAINS)..]);
        }
    }
}
