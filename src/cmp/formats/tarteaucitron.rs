//! tarteaucitron.js: a list of `!service=state`, the state being `true`, `false` or `wait`.
//!
//! The cookie is there from the first page on. Services that need no consent are `true` in it
//! without being asked about, so they alone are no choice, and mean no category. Where the site set
//! `serviceDefaultState`, defaults cannot be told from a choice.

mod services;

use crate::cmp::Format;
use crate::cmp::statement::Statement;
use crate::cmp::usual::Usual;

pub(crate) const FORMAT: Format = Format {
    owns: |name| name == b"tarteaucitron",
    usual: |id| {
        let listed = |services: &[&str]| services.binary_search(&id).is_ok();
        match id {
            "gcmfunctionality" => Some(Usual::Functional),
            "gcmsecurity" => Some(Usual::Necessary),
            _ if listed(services::ANALYTICS) => Some(Usual::Analytics),
            _ if listed(services::MARKETING) => Some(Usual::Marketing),
            _ => None,
        }
    },
    read: |reader| reader.choice(FORMAT.owns, read),
};

fn read(value: &[u8], statement: &mut Statement<'_>) -> Option<()> {
    let mut answered = false;
    let states = std::str::from_utf8(value).ok()?.strip_prefix('!')?;
    for pair in states.split('!') {
        let (service, state) = pair.split_once('=')?;
        let exempt = services::EXEMPT.binary_search(&service).is_ok();
        match state {
            "true" => statement.decide(service, true),
            "false" => statement.decide(service, false),
            "wait" => statement.leave_open(service),
            // Sites put data of their own there.
            _ => continue,
        }
        answered |= state == "false" || (state == "true" && !exempt);
    }
    answered.then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r7_the_services_can_be_searched() {
        for services in [services::ANALYTICS, services::MARKETING, services::EXEMPT] {
            assert!(services.is_sorted());
        }
        assert_eq!((FORMAT.usual)("gtag"), Some(Usual::Analytics));
        assert_eq!((FORMAT.usual)("facebookpixel"), Some(Usual::Marketing));
        assert_eq!((FORMAT.usual)("matomo"), None, "needs no consent");
        assert_eq!((FORMAT.usual)("Gtag"), None);
    }
}
