//! Tests R7 and R14: whatever the bytes, nothing panics and nothing is granted.

use proptest::prelude::*;
use tower_cookie_consent::Decision;
use tower_cookie_consent::registry::Cmp;

use super::answers::answered;
use super::values::{base64, source};
use super::visitor::read_by;

const ASKED: [&str; 6] =
    ["functional", "analytics", "marketing", "google-analytics", "hotjar", "facebook"];

/// The cookies of all CMPs that can write a refusal.
pub(super) fn refusals() -> impl Iterator<Item = (Cmp, String)> {
    let refusing = |cmp: &&Cmp| !matches!(cmp, Cmp::AspNet | Cmp::Spatie);
    let cmps = Cmp::ALL.iter().filter(refusing);
    cmps.flat_map(|&cmp| answered(cmp, [false; 3]).into_iter().map(move |cookies| (cmp, cookies)))
}

fn grants(cmp: Cmp, cookies: impl AsRef<[u8]>) -> bool {
    let choice = read_by(&source(cmp), cookies);
    ASKED.iter().any(|id| choice.decision(id) == Some(Decision::Granted))
}

#[track_caller]
pub(super) fn grants_nothing(cmp: Cmp, cookies: &[u8]) {
    assert!(!grants(cmp, cookies), "{cmp}: {}", cookies.escape_ascii());
}

/// Applies `changes` to every refusal, and names each result that is a grant.
#[track_caller]
fn no_change_grants(changes: impl Fn(&[u8]) -> Vec<Vec<u8>>) {
    let granting = |(cmp, cookies): (Cmp, String)| {
        let grant = changes(cookies.as_bytes()).into_iter().find(|changed| grants(cmp, changed));
        grant.map(|changed| format!("{cmp}: {}", changed.escape_ascii()))
    };
    let granting: Vec<_> = refusals().filter_map(granting).collect();
    assert!(granting.is_empty(), "{granting:#?}");
}

#[test]
fn r18_a_refusal_cut_anywhere_grants_nothing() {
    no_change_grants(|cookies| {
        let cut = (0..=cookies.len()).map(|at| &cookies[..at]);
        // For Django, an empty version is a version, and only what is in quotes shows that it was cut.
        let is_quoted = |cut: &[u8]| cut.starts_with(b"cookie_consent=\"");
        let is_grant = |cut: &[u8]| {
            cut.starts_with(b"cookie_consent=") && cut.ends_with(b"=") && !is_quoted(cut)
        };
        cut.filter(|cut| !is_grant(cut)).map(<[u8]>::to_owned).collect()
    });
}

#[test]
fn r18_a_refusal_with_a_byte_changed_or_gone_grants_nothing() {
    no_change_grants(|cookies| {
        // The change begins with the value, since another name is another cookie.
        let start = cookies.iter().position(|&byte| byte == b'=').unwrap() + 1;
        let changed = |at: usize| {
            let with = move |byte| [&cookies[..at], &[byte], &cookies[at + 1..]].concat();
            let gone = [&cookies[..at], &cookies[at + 1..]].concat();
            b"%\"\xff{,:=".iter().map(move |&byte| with(byte)).chain([gone])
        };
        (start..cookies.len()).flat_map(changed).collect()
    });
}

/// An acceptance that is cut never grants more than before, and mostly is no choice.
#[test]
fn r18_json_and_base64_that_are_cut_are_no_choice() {
    for cmp in [
        Cmp::Borlabs,
        Cmp::Civic,
        Cmp::CookieFirst,
        Cmp::CookieInformation,
        Cmp::CookieScript,
        Cmp::Didomi,
        Cmp::Iubenda,
        Cmp::Klaro,
        Cmp::Orestbida,
        Cmp::Orejime,
        Cmp::PiwikPro,
        Cmp::RealCookieBanner,
        Cmp::Whitecube,
    ] {
        for cookies in answered(cmp, [true; 3]) {
            let start = cookies.find('=').unwrap() + 1;
            let end = cookies.trim_end_matches("%3D").trim_end_matches('=').len();
            for at in start..end {
                let cut = &cookies.as_bytes()[..at];
                let decided = read_by(&source(cmp), cut).is_decided();
                assert!(!decided, "{cmp}: {}", cut.escape_ascii());
            }
        }
    }
}

#[test]
fn r18_values_over_4_kib_are_no_choice() {
    for (cmp, start, padding) in [
        (
            Cmp::Complianz,
            "cmplz_banner-status=dismissed; cmplz_functional=allow; cmplz_statistics=allow; cmplz_consented_services={\"a\":true",
            " ",
        ),
        (Cmp::CookieYes, "cookieyes-consent=action:yes,analytics:yes", ",x:no"),
        (Cmp::Tarteaucitron, "tarteaucitron=!gtag=true", "!x=no"),
        (Cmp::Django, "cookie_consent=analytics=2026-03-04T03:17:01+00:00", "|x=-1"),
        (
            Cmp::Axeptio,
            "axeptio_authorized_vendors=,analytics; axeptio_all_vendors=,analytics",
            ",x",
        ),
    ] {
        let end = if cmp == Cmp::Complianz { "}" } else { "" };
        let small = format!("{start}{}{end}", padding.repeat(10));
        assert!(grants(cmp, small), "{cmp}");
        let large = format!("{start}{}{end}", padding.repeat(4_097));
        grants_nothing(cmp, large.as_bytes());
    }
}

#[test]
fn r18_escapes_that_are_none_leave_it_undecided() {
    let closed = "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z";
    for (cmp, cookies) in [
        (Cmp::Cookiebot, answered(Cmp::Cookiebot, [true; 3])[1].replace("us-06", "%us-06")),
        (Cmp::Klaro, "klaro=%7B%22analytics%22%3Atrue%7D%".into()),
        (Cmp::TrustCommander, "TC_PRIVACY=0%40019%402%40%401795262400000%40%x".into()),
        (Cmp::Iubenda, "_iub_cs-1=%7B%22consent%22%3Atrue%7D%2".into()),
        (Cmp::OneTrust, format!("{closed}; OptanonConsent=groups=C0002%3A1%")),
        (Cmp::OneTrust, format!("{closed}; OptanonConsent=groups=C0002%3A1%2")),
    ] {
        grants_nothing(cmp, cookies.as_bytes());
    }
}

/// An invalid escape also counts outside of the groups.
#[test]
fn r18_onetrust_with_a_bad_escape_is_undecided() {
    let closed = "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z";
    let cookies = format!("{closed}; OptanonConsent=groups=C0002%3A1&landingPath=%zz");
    grants_nothing(Cmp::OneTrust, cookies.as_bytes());
}

#[test]
fn r18_a_key_given_twice_is_no_choice() {
    let cookiebot = |rest: &str| {
        format!(
            "CookieConsent={{stamp:'a',necessary:true,preferences:true,statistics:true,\
             marketing:true,method:'explicit'{rest}}}"
        )
    };
    for (cmp, cookies) in [
        (Cmp::Cookiebot, cookiebot(",statistics:true")),
        (Cmp::Cookiebot, cookiebot(",method:'explicit'")),
        (Cmp::CookieYes, "cookieyes-consent=action:no,analytics:yes,action:yes".into()),
        (Cmp::CookieYes, "cookieyes-consent=action:yes,analytics:no,analytics:yes".into()),
        (Cmp::Tarteaucitron, "tarteaucitron=!gtag=wait!gtag=true".into()),
        (Cmp::Django, "cookie_consent=analytics=-1|analytics=2026-03-04T03:17:01+00:00".into()),
        (Cmp::Orestbida, r#"cc_cookie={"categories":[],"categories":["analytics"]}"#.into()),
        (Cmp::Borlabs, r#"borlabs-cookie={"consents":{},"consents":{"statistics":["a"]}}"#.into()),
        (
            Cmp::Borlabs,
            r#"borlabs-cookie={"consents":{"statistics":[],"statistics":["a"]}}"#.into(),
        ),
        (
            Cmp::CookieFirst,
            r#"cookiefirst-consent={"performance":false,"performance":true}"#.into(),
        ),
        (Cmp::Iubenda, r#"_iub_cs-1={"purposes":{"4":false,"4":true}}"#.into()),
        (Cmp::Iubenda, r#"_iub_cs-1={"purposes":{"4":false},"purposes":{"4":true}}"#.into()),
        (
            Cmp::Axeptio,
            r#"axeptio_cookies={"$$completed":false,"analytics":true,"$$completed":true}"#.into(),
        ),
        (
            Cmp::Whitecube,
            r#"laravel_cookie_consent={"consent_at":1,"stats":false,"stats":true}"#.into(),
        ),
        (
            Cmp::Didomi,
            format!(
                "didomi_token={}",
                base64(
                    r#"{"updated":"2026-11-21T12:00:00Z","purposes":{"disabled":["analytics"]},"purposes":{"enabled":["analytics"]}}"#
                )
            ),
        ),
    ] {
        grants_nothing(cmp, cookies.as_bytes());
    }
}

/// The same is true of Cookiebot's other keys, of which the last one would renew the choice.
#[test]
fn r18_cookiebot_keys_given_twice() {
    let twice = ["stamp:'-1',stamp:'a'", "stamp:'a',utc:1,utc:2", "stamp:'a',ver:1,ver:2"];
    let granting = twice.into_iter().filter(|twice| {
        let granted = "necessary:true,preferences:true,statistics:true,marketing:true";
        grants(Cmp::Cookiebot, format!("CookieConsent={{{twice},{granted},method:'explicit'}}"))
    });
    assert_eq!(granting.collect::<Vec<_>>(), Vec::<&str>::new());
}

/// Returns the names of the cookies that carry a CMP's choice.
fn names(cmp: Cmp) -> Vec<String> {
    let cookies = answered(cmp, [true; 3]);
    let pairs = cookies.iter().flat_map(|cookies| cookies.split("; "));
    pairs.map(|pair| pair.split('=').next().unwrap().to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// A header may carry these bytes, and none of them ends the value.
    #[test]
    fn r18_random_bytes_are_no_grant(bytes in prop::collection::vec(
        prop_oneof![0x21_u8..=0x3a, 0x3c_u8..=0x7e, 0x80_u8..=0xff], 2..40)
    ) {
        for &cmp in Cmp::ALL {
            for name in names(cmp) {
                let cookies = [name.as_bytes(), b"=", &bytes].concat();
                prop_assert!(!grants(cmp, &cookies), "{}: {}", cmp, cookies.escape_ascii());
            }
        }
    }

    /// The formats consist of these letters.
    #[test]
    fn r14_random_syntax_never_panics(text in "[{}\\[\\]\",:!=|@~.%&0-9a-fu'+ -]{0,60}") {
        for &cmp in Cmp::ALL {
            for name in names(cmp) {
                let _ = read_by(&source(cmp), format!("{name}={text}"));
            }
        }
    }
}
