//! A file for each CMP, which reads what it writes down as a choice.

pub(crate) mod aspnet;
pub(crate) mod axeptio;
pub(crate) mod borlabs;
pub(crate) mod complianz;
pub(crate) mod consentmanager;
pub(crate) mod cookie_notice;
pub(crate) mod cookiebot;
pub(crate) mod cookiefirst;
pub(crate) mod cookieyes;
pub(crate) mod didomi;
pub(crate) mod django;
pub(crate) mod gpp;
pub(crate) mod iubenda;
pub(crate) mod klaro;
pub(crate) mod onetrust;
pub(crate) mod orejime;
pub(crate) mod orestbida;
pub(crate) mod osano;
pub(crate) mod real_cookie_banner;
pub(crate) mod spatie;
pub(crate) mod tarteaucitron;
pub(crate) mod tcf;
pub(crate) mod trustcommander;
pub(crate) mod whitecube;
