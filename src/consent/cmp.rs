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

mod aspnet;
mod axeptio;
mod borlabs;
mod complianz;
mod consentmanager;
mod cookie_notice;
mod cookiebot;
mod cookiefirst;
mod cookieyes;
mod didomi;
mod django;
mod gpp;
mod iubenda;
mod klaro;
mod onetrust;
mod orejime;
mod orestbida;
mod osano;
mod real_cookie_banner;
mod spatie;
mod tarteaucitron;
mod tcf;
mod trustcommander;
mod whitecube;

use super::own_cookie::MAX_COOKIE;
use super::{Choice, ConsentSource, RequestHeaders};
use crate::registry::{Cmp, CmpSource, Registry};
use reader::Reader;
use usual::Usual;

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
        Cmp::AspNet => &aspnet::FORMAT,
        Cmp::Axeptio => &axeptio::FORMAT,
        Cmp::Borlabs => &borlabs::FORMAT,
        Cmp::Complianz => &complianz::FORMAT,
        Cmp::Consentmanager => &consentmanager::FORMAT,
        Cmp::Cookiebot => &cookiebot::FORMAT,
        Cmp::CookieFirst => &cookiefirst::FORMAT,
        Cmp::CookieNotice => &cookie_notice::FORMAT,
        Cmp::CookieYes => &cookieyes::FORMAT,
        Cmp::Didomi => &didomi::FORMAT,
        Cmp::Django => &django::FORMAT,
        Cmp::Gpp => &gpp::FORMAT,
        Cmp::Iubenda => &iubenda::FORMAT,
        Cmp::Klaro => &klaro::FORMAT,
        Cmp::OneTrust => &onetrust::FORMAT,
        Cmp::Orestbida => &orestbida::FORMAT,
        Cmp::Orejime => &orejime::FORMAT,
        Cmp::Osano => &osano::FORMAT,
        Cmp::RealCookieBanner => &real_cookie_banner::FORMAT,
        Cmp::Spatie => &spatie::FORMAT,
        Cmp::Tarteaucitron => &tarteaucitron::FORMAT,
        Cmp::Tcf => &tcf::FORMAT,
        Cmp::TrustCommander => &trustcommander::FORMAT,
        Cmp::Whitecube => &whitecube::FORMAT,
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
