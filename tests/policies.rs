//! Compares the policies of Cexro OCR and Whispever, line by line of the tables on their pages,
//! with what the layer lets through.

#![cfg(feature = "toml")]

use http::HeaderMap;
use http::header::{HeaderValue, SET_COOKIE};
use tower_cookie_consent::registry::Basis;
use tower_cookie_consent::{Choice, ConsentSource, Decision, Policy, Registry, RequestHeaders};

const CEXRO: &str = include_str!("../examples/policies/cexro.toml");
const WHISPEVER: &str = include_str!("../examples/policies/whispever.toml");

const MINUTE: u64 = 60;
const DAY: u64 = 86_400;
const YEAR: u64 = 365 * DAY;

/// The basis that the page states for a cookie.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Consent {
    /// « ne peuvent pas être désactivés »
    Never,
    /// « avec votre consentement », with the ids of the category and the service.
    Asks(&'static str, Option<&'static str>),
    /// « Non utilisés »
    NotUsed,
}
use Consent::{Asks, Never, NotUsed};

/// The longest lifetime that the page states for a cookie: a number of seconds, or the end of the
/// session.
type Lifetime = Option<u64>;

/// A line of the page's tables, for the name of one cookie.
type Row = (&'static str, Consent, Lifetime);

/// Every test visitor has the same choice.
struct Given(fn(&Registry) -> Choice);

impl ConsentSource for Given {
    fn read(&self, _: &RequestHeaders, registry: &Registry) -> Choice {
        (self.0)(registry)
    }
}

fn enforced(page: &str, choice: fn(&Registry) -> Choice, line: &str) -> Option<String> {
    let policy = Policy::builder(Registry::from_toml(page).unwrap()).source(Given(choice)).build();
    let mut response = HeaderMap::new();
    response.insert(SET_COOKIE, HeaderValue::from_str(line).unwrap());
    policy.enforce(&policy.consent(&HeaderMap::new()), &mut response);
    response.get(SET_COOKIE).map(|value| value.to_str().unwrap().to_owned())
}

/// A cookie of this name with a value. Only a choice passes under the name of the consent cookie (R8).
fn pair(page: &str, name: &str) -> String {
    let registry = Registry::from_toml(page).unwrap();
    if name == registry.consent_cookie().name() {
        format!("{name}=version={}&time=1", registry.version())
    } else {
        format!("{name}=x")
    }
}

fn with_life(pair: &str, life: Lifetime) -> String {
    match life {
        None => format!("{pair}; Path=/; Secure"),
        Some(seconds) => format!("{pair}; Max-Age={seconds}; Path=/; Secure"),
    }
}

fn walk(page: &str, rows: &[Row]) {
    let everything: fn(&Registry) -> Choice = |registry| Choice::decided(registry).grant_all();
    let nothing: fn(&Registry) -> Choice = |registry| Choice::decided(registry).refuse_all();
    let unasked: fn(&Registry) -> Choice = Choice::undecided;
    for &(name, consent, life) in rows {
        let pair = pair(page, name);
        let promised = with_life(&pair, life);
        let within = with_life(&pair, life.map(|seconds| seconds / 2));
        let beyond = with_life(&pair, Some(life.unwrap_or(0) + 1));
        let forever = format!("{pair}; Path=/; Secure; Expires=Fri, 31 Dec 9999 23:59:59 GMT");
        let allowed_to = |choice| {
            let got = [&promised, &within, &beyond, &forever].map(|l| enforced(page, choice, l));
            if got == [const { None }; 4] {
                return false;
            }
            let want = [&promised, &within, &promised, &promised].map(|l| Some(l.clone()));
            assert_eq!(got, want, "{name}: lives as long as the page says, and no longer");
            true
        };
        let allowed = [unasked, nothing, everything].map(allowed_to);
        let want = match consent {
            Never => [true, true, true],
            Asks(..) => [false, false, true],
            NotUsed => [false, false, false],
        };
        assert_eq!(allowed, want, "{name}: undecided, refused, granted");

        let registry = Registry::from_toml(page).unwrap();
        if let Asks(category, service) = consent {
            for id in [Some(category), service].into_iter().flatten() {
                let choice = Choice::decided(&registry).grant(id);
                assert_eq!(
                    choice.decision(id),
                    Some(Decision::Granted),
                    "{id} can be granted by itself"
                );
            }
            let basis = registry.category(category).map(|category| category.basis());
            assert_eq!(basis, Some(Basis::Consent));
        }
        let deletion = format!("{name}=; Max-Age=0");
        assert_eq!(enforced(page, nothing, &deletion), Some(deletion.clone()), "R4");
    }
}

#[test]
fn cexro_keeps_every_line_of_its_tables() {
    const GA: Consent = Asks("analytics", Some("google-analytics"));
    const HOTJAR: Consent = Asks("analytics", Some("hotjar"));
    const INTERCOM: Consent = Asks("functional", Some("intercom"));
    const FUNCTIONAL: Consent = Asks("functional", None);
    walk(
        CEXRO,
        &[
            // 3.1 Cookies essentiels (obligatoires)
            ("cexro_session", Never, None),
            ("csrf_token", Never, None),
            ("auth_token", Never, Some(30 * DAY)),
            ("cookie_consent", Never, Some(YEAR)),
            // 3.2 Cookies d'analyse (optionnels); 7: « Cookies d'analyse | 2 ans »
            ("_ga", GA, Some(2 * YEAR)),
            ("_ga_ABC123", GA, Some(2 * YEAR)),
            ("_gid", GA, Some(2 * YEAR)),
            ("_hjid", HOTJAR, Some(2 * YEAR)),
            ("_hjIncludedInSessionSample", HOTJAR, Some(2 * YEAR)),
            // 3.3 Cookies fonctionnels (optionnels); 7: « Cookies de préférences | 1 an »
            ("cexro_language", FUNCTIONAL, Some(YEAR)),
            ("cexro_theme", FUNCTIONAL, Some(YEAR)),
            ("cexro_export", FUNCTIONAL, Some(YEAR)),
            ("cexro_tutorials", FUNCTIONAL, Some(YEAR)),
            // 5.1 Services intégrés
            ("__stripe_mid", Never, Some(YEAR)),
            ("__stripe_sid", Never, Some(30 * MINUTE)),
            ("intercom-id-abc", INTERCOM, Some(270 * DAY)),
            ("intercom-session-abc", INTERCOM, Some(7 * DAY)),
            ("intercom-device-id-abc", INTERCOM, Some(270 * DAY)),
            // 2: « Cookies Publicitaires : Non utilisés sur Cexro »
            ("_fbp", NotUsed, None),
            ("_gcl_au", NotUsed, None),
            ("IDE", NotUsed, None),
            ("_uetsid", NotUsed, None),
            ("_ttp", NotUsed, None),
            // The following cookies are not named on the page.
            ("_pk_id.1.abc", NotUsed, None),
            ("unheard-of", NotUsed, None),
        ],
    );
}

#[test]
fn whispever_keeps_every_line_of_its_tables() {
    const PREFERENCES: Consent = Asks("preferences", None);
    walk(
        WHISPEVER,
        &[
            // 1. Cookies strictement nécessaires
            ("auth-token", Never, Some(7 * DAY)),
            ("session-id", Never, None),
            ("csrf-token", Never, None),
            // « Session à 1 an »
            ("__stripe_mid", Never, Some(YEAR)),
            ("__stripe_sid", Never, Some(YEAR)),
            // 2. Cookies de préférences
            ("language-preference", PREFERENCES, Some(YEAR)),
            ("theme-preference", PREFERENCES, Some(YEAR)),
            // 3. Matomo: « Aucun cookie déposé sur votre appareil »
            ("_pk_id.1.1fff", NotUsed, None),
            ("_pk_ses.1.1fff", NotUsed, None),
            ("_pk_ref.1.1fff", NotUsed, None),
            ("mtm_consent", NotUsed, None),
            ("MATOMO_SESSID", NotUsed, None),
            ("_ga", NotUsed, None),
            // 4. « AUCUN cookie publicitaire ou de ciblage »
            ("_fbp", NotUsed, None),
            ("_gcl_au", NotUsed, None),
            ("IDE", NotUsed, None),
            // « aucun widget de réseaux sociaux »
            ("datr", NotUsed, None),
            ("guest_id", NotUsed, None),
            ("unheard-of", NotUsed, None),
        ],
    );
}

#[test]
fn the_pages_say_what_the_files_say() {
    let cexro = Registry::from_toml(CEXRO).unwrap();
    assert_eq!((cexro.version(), cexro.updated()), ("2025-01-15", Some("2025-01-15")));
    assert_eq!(cexro.consent_lifetime().as_secs(), YEAR);
    assert_eq!(cexro.title().unwrap().get("fr"), "Politique des Cookies");
    let purpose = |name| {
        let declaration = cexro.declarations().find(|d| d.name() == name).unwrap();
        declaration.purpose().unwrap().get("fr").to_owned()
    };
    assert_eq!(purpose("cexro_session"), "Maintien de la session utilisateur");
    assert_eq!(purpose("csrf_token"), "Protection contre les attaques CSRF");
    assert_eq!(purpose("auth_token"), "Authentification sécurisée");
    assert_eq!(purpose("cookie_consent"), "Mémorisation de vos choix cookies");

    let whispever = Registry::from_toml(WHISPEVER).unwrap();
    assert_eq!(whispever.updated(), Some("2026-01-26"));
    assert_eq!(whispever.consent_lifetime().as_secs(), 180 * DAY);
    for registry in [cexro, whispever] {
        let advertising = registry.category("advertising").unwrap();
        assert_eq!(advertising.basis(), Basis::Prohibited);
    }
}
