//! A table of cookies that frameworks, load balancers and well-known services set under fixed
//! names.
//!
//! The table is small on purpose: it only saves work that is the same for every site. It makes
//! proposals, and the site remains responsible for the categories.

use std::sync::LazyLock;

use crate::name::pattern::Pattern;

/// The purpose of a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The cookie is for sessions, logins, load balancing, or protection against forgery or bots.
    Necessary,
    Functional,
    Analytics,
    Marketing,
}

/// A row of the table.
pub(crate) struct Known {
    /// A name or a pattern, as a registry declares it.
    pub(crate) name: &'static str,
    pub(crate) purpose: Purpose,
    /// The framework or service that sets it.
    pub(crate) setter: &'static str,
}

const fn row(name: &'static str, purpose: Purpose, setter: &'static str) -> Known {
    Known { name, purpose, setter }
}

use Purpose::{Analytics, Functional, Marketing, Necessary};

/// The table. Exact names come before patterns that also match them. The comment above each group
/// names its sources.
#[rustfmt::skip]
const KNOWN: &[Known] = &[
    // The default names in the sources of each crate: tower-sessions' `SessionManagerLayer`,
    // actix-session, axum_csrf, axum_session, poem, rocket_csrf.
    row("id", Necessary, "tower-sessions, axum-login or actix-session"),
    row("poem-session", Necessary, "poem"),
    row("Csrf_Token", Necessary, "axum_csrf"),
    row("csrf_token", Necessary, "a CSRF guard"),
    row("sid", Necessary, "a session"),
    row("session", Necessary, "a session"),
    row("session_id", Necessary, "a session"),
    // The manuals of the frameworks: PHP, Servlets, Express, Laravel, Django, Rails, ASP.NET, Next.
    row("PHPSESSID", Necessary, "PHP"),
    row("JSESSIONID", Necessary, "Java servlets"),
    row("connect.sid", Necessary, "express-session"),
    row("_csrf", Necessary, "csurf"),
    row("XSRF-TOKEN", Necessary, "Angular or Laravel"),
    row("laravel_session", Necessary, "Laravel"),
    row("remember_web_*", Necessary, "Laravel"),
    row("sessionid", Necessary, "Django"),
    row("csrftoken", Necessary, "Django"),
    row("messages", Necessary, "Django"),
    row("_session_id", Necessary, "Rails"),
    row("rack.session", Necessary, "Rack"),
    row("ASP.NET_SessionId", Necessary, "ASP.NET"),
    row(".AspNetCore.*", Necessary, "ASP.NET Core"),
    row("__RequestVerificationToken*", Necessary, "ASP.NET"),
    row("next-auth.*", Necessary, "NextAuth"),
    row("__Secure-next-auth.*", Necessary, "NextAuth"),
    row("__Host-next-auth.*", Necessary, "NextAuth"),
    row("authjs.*", Necessary, "Auth.js"),
    row("__Secure-authjs.*", Necessary, "Auth.js"),
    row("__Host-authjs.*", Necessary, "Auth.js"),
    row("wordpress_test_cookie", Necessary, "WordPress"),
    row("wordpress_logged_in_*", Necessary, "WordPress"),
    row("wordpress_sec_*", Necessary, "WordPress"),
    row("wp-settings-*", Functional, "WordPress"),
    row("woocommerce_*", Necessary, "WooCommerce"),
    row("wp_woocommerce_session_*", Necessary, "WooCommerce"),
    row("SSESS*", Necessary, "Drupal"),
    row("PrestaShop-*", Necessary, "PrestaShop"),
    row("fe_typo_user", Necessary, "TYPO3"),
    // The manuals of load balancers and of guards against bots: AWS, Azure, Google Cloud, HAProxy,
    // F5, Cloudflare, Akamai, Imperva.
    row("AWSALB*", Necessary, "AWS load balancer"),
    row("AWSELB*", Necessary, "AWS load balancer"),
    row("ARRAffinity*", Necessary, "Azure App Service"),
    row("GCLB", Necessary, "Google Cloud load balancer"),
    row("SERVERID", Necessary, "HAProxy"),
    row("BIGipServer*", Necessary, "F5 BIG-IP"),
    row("__cf_bm", Necessary, "Cloudflare"),
    row("cf_clearance", Necessary, "Cloudflare"),
    row("_cfuvid", Necessary, "Cloudflare"),
    row("_abck", Necessary, "Akamai"),
    row("ak_bmsc", Necessary, "Akamai"),
    row("bm_s*", Necessary, "Akamai"),
    row("visid_incap_*", Necessary, "Imperva"),
    row("incap_ses_*", Necessary, "Imperva"),
    row("nlbi_*", Necessary, "Imperva"),
    row("__stripe_mid", Necessary, "Stripe, against fraud"),
    row("__stripe_sid", Necessary, "Stripe, against fraud"),
    // The pages on which the services list their cookies.
    row("_ga", Analytics, "Google Analytics"),
    row("_ga_*", Analytics, "Google Analytics"),
    row("_gid", Analytics, "Google Analytics"),
    row("_gat*", Analytics, "Google Analytics"),
    row("__utm*", Analytics, "Google Analytics"),
    row("FPID", Analytics, "Google Analytics, from the server"),
    row("FPLC", Analytics, "Google Analytics, from the server"),
    row("_pk_*", Analytics, "Matomo"),
    row("_hj*", Analytics, "Hotjar"),
    row("_clck", Analytics, "Microsoft Clarity"),
    row("_clsk", Analytics, "Microsoft Clarity"),
    row("amp_*", Analytics, "Amplitude"),
    row("amplitude_*", Analytics, "Amplitude"),
    row("mp_*", Analytics, "Mixpanel"),
    row("ph_*", Analytics, "PostHog"),
    row("ajs_*", Analytics, "Segment"),
    row("AMCV_*", Analytics, "Adobe"),
    row("s_vi", Analytics, "Adobe Analytics"),
    row("optimizelyEndUserId", Analytics, "Optimizely"),
    row("_vwo_*", Analytics, "VWO"),
    row("_vis_opt_*", Analytics, "VWO"),
    row("_gcl_*", Marketing, "Google Ads"),
    row("_gac_*", Marketing, "Google Ads"),
    row("FPGCLAW", Marketing, "Google Ads, from the server"),
    row("IDE", Marketing, "Google DoubleClick"),
    row("test_cookie", Marketing, "Google DoubleClick"),
    row("NID", Marketing, "Google"),
    row("_fbp", Marketing, "Meta"),
    row("_fbc", Marketing, "Meta"),
    row("_uet*", Marketing, "Microsoft Advertising"),
    row("MUID", Marketing, "Microsoft"),
    row("_tt_*", Marketing, "TikTok"),
    row("_ttp", Marketing, "TikTok"),
    row("ttclid", Marketing, "TikTok"),
    row("_pin_unauth", Marketing, "Pinterest"),
    row("_pinterest_*", Marketing, "Pinterest"),
    row("_scid*", Marketing, "Snapchat"),
    row("_rdt_*", Marketing, "Reddit"),
    row("li_*", Marketing, "LinkedIn"),
    row("bcookie", Marketing, "LinkedIn"),
    row("muc_ads", Marketing, "X"),
    row("personalization_id", Marketing, "X"),
    row("cto_*", Marketing, "Criteo"),
    row("YSC", Marketing, "YouTube"),
    row("VISITOR_INFO1_LIVE", Marketing, "YouTube"),
    row("hubspotutk", Marketing, "HubSpot"),
    row("__hst*", Marketing, "HubSpot"),
    row("__hss*", Marketing, "HubSpot"),
    row("_mkto_trk", Marketing, "Marketo"),
    row("visitor_id*", Marketing, "Pardot"),
    row("intercom-*", Functional, "Intercom"),
    row("crisp-client*", Functional, "Crisp"),
    row("__zlcmid", Functional, "Zendesk"),
    row("lang", Functional, "a choice of language"),
    row("locale", Functional, "a choice of language"),
    row("pll_language", Functional, "Polylang"),
];

/// The pattern of each row, or `None` if its name is exact.
static PATTERNS: LazyLock<Vec<Option<Pattern>>> =
    LazyLock::new(|| KNOWN.iter().map(|known| Pattern::parse(known.name.as_bytes())).collect());

/// Returns the row for the name of a cookie.
pub(crate) fn find(name: &str) -> Option<&'static Known> {
    let mut rows = KNOWN.iter().zip(PATTERNS.iter());
    let found = rows.find(|(known, pattern)| match pattern {
        Some(pattern) => pattern.matches(name.as_bytes()),
        None => known.name == name,
    });
    found.map(|(known, _)| known)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_lead_to_their_rows() {
        for (name, want) in [
            ("id", Some("id")),
            ("PHPSESSID", Some("PHPSESSID")),
            ("_ga", Some("_ga")),
            ("_ga_X", Some("_ga_*")),
            ("_gat_UA-1-2", Some("_gat*")),
            ("_pk_id.1.1fff", Some("_pk_*")),
            (".AspNetCore.Antiforgery.abc", Some(".AspNetCore.*")),
            ("theme", None),
            ("ID", None),
            ("xid", None),
            ("", None),
        ] {
            assert_eq!(find(name).map(|known| known.name), want, "{name}");
        }
    }

    #[test]
    fn each_row_is_reached_and_stands_once() {
        let mut names = BTreeSet::new();
        for known in KNOWN {
            assert!(names.insert(known.name), "{} stands twice", known.name);
            let example = known.name.replace('*', "x1");
            assert_eq!(find(&example).unwrap().name, known.name, "{example}");
        }
    }
}
