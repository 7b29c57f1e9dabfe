//! The cookies of consent-management platforms (CMPs), and of other writers of consent cookies.
//!
//! A file for each says which cookies are its own, what its ids usually mean, and how it writes a
//! choice. What they share: [`reader`] finds the cookies, [`statement`] takes what they say.

mod reader;
mod statement;
mod usual;

mod json;
mod percent;
mod sextets;
mod time;

mod formats;

use crate::choice::own_cookie::MAX_COOKIE;
use crate::choice::{Choice, ConsentSource, RequestHeaders};
use crate::cmp::reader::Reader;
use crate::cmp::usual::Usual;
use crate::registry::{Cmp, CmpSource, Registry};

/// How one CMP keeps the choice in cookies.
struct Format {
    /// Whether a cookie of this name is the CMP's (R8).
    owns: fn(&[u8]) -> bool,
    /// What an id means where the site does not say.
    usual: fn(&str) -> Option<Usual>,
    /// What the visitor chose. A cookie that is there is not a choice yet: every CMP has its own
    /// way of not having been answered.
    read: fn(&Reader<'_>) -> Choice,
}

fn format_of(cmp: Cmp) -> &'static Format {
    match cmp {
        Cmp::AspNet => &formats::aspnet::FORMAT,
        Cmp::Axeptio => &formats::axeptio::FORMAT,
        Cmp::Borlabs => &formats::borlabs::FORMAT,
        Cmp::Complianz => &formats::complianz::FORMAT,
        Cmp::Consentmanager => &formats::consentmanager::FORMAT,
        Cmp::Cookiebot => &formats::cookiebot::FORMAT,
        Cmp::CookieFirst => &formats::cookiefirst::FORMAT,
        Cmp::CookieNotice => &formats::cookie_notice::FORMAT,
        Cmp::CookieYes => &formats::cookieyes::FORMAT,
        Cmp::Didomi => &formats::didomi::FORMAT,
        Cmp::Django => &formats::django::FORMAT,
        Cmp::Gpp => &formats::gpp::FORMAT,
        Cmp::Iubenda => &formats::iubenda::FORMAT,
        Cmp::Klaro => &formats::klaro::FORMAT,
        Cmp::OneTrust => &formats::onetrust::FORMAT,
        Cmp::Orestbida => &formats::orestbida::FORMAT,
        Cmp::Orejime => &formats::orejime::FORMAT,
        Cmp::Osano => &formats::osano::FORMAT,
        Cmp::RealCookieBanner => &formats::real_cookie_banner::FORMAT,
        Cmp::Spatie => &formats::spatie::FORMAT,
        Cmp::Tarteaucitron => &formats::tarteaucitron::FORMAT,
        Cmp::Tcf => &formats::tcf::FORMAT,
        Cmp::TrustCommander => &formats::trustcommander::FORMAT,
        Cmp::Whitecube => &formats::whitecube::FORMAT,
    }
}

impl CmpSource {
    /// Whether a cookie of the CMP is longer than any that a browser would have stored.
    fn is_oversized(&self, request: &RequestHeaders, registry: &Registry) -> bool {
        request.may_exceed(MAX_COOKIE)
            && request
                .cookies()
                .any(|(name, value)| value.len() > MAX_COOKIE && self.owns(name, registry))
    }
}

impl ConsentSource for CmpSource {
    fn read(&self, request: &RequestHeaders, registry: &Registry) -> Choice {
        if self.is_oversized(request, registry) {
            return Choice::undecided(registry);
        }
        let format = format_of(self.cmp());
        (format.read)(&Reader::new(self, format, request, registry))
    }

    fn owns(&self, cookie_name: &[u8], _: &Registry) -> bool {
        self.cookie_name().is_some_and(|name| name.as_bytes() == cookie_name)
            || (format_of(self.cmp()).owns)(cookie_name)
    }
}
