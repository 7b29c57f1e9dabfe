//! The cookies that each CMP writes for the same answers to its banner.

use tower_cookie_consent::registry::Cmp;

use super::json_answers as json;
use super::strings::{custom_purposes, gpp, tc, tc_core};
use super::values::{NOW, encoded};

/// An answer, which says whether the visitor granted `functional`, `analytics` and `marketing`.
pub(super) type Answer = [bool; 3];

/// [`NOW`], in the form in which scripts write it.
pub(super) const DATE: &str = "2026-11-21T12:00:00.000Z";

pub(super) const MD5: &str = "1643af54c7f5c4440787fcb8ccba0427";

/// Returns the cookies of a visitor who was asked about these three, in every encoding and version
/// of the CMP.
pub(super) fn answered(cmp: Cmp, answer: Answer) -> Vec<String> {
    match cmp {
        Cmp::AspNet => vec![".AspNet.Consent=yes".into()],
        Cmp::Axeptio => json::axeptio(answer),
        Cmp::Borlabs => json::borlabs(answer),
        Cmp::C15t => c15t(answer),
        Cmp::Civic => json::civic(answer),
        Cmp::Complianz => complianz(answer),
        Cmp::Consentmanager => consentmanager(answer),
        Cmp::Cookiebot => cookiebot(answer),
        Cmp::CookieFirst => json::cookiefirst(answer),
        Cmp::CookieInformation => json::cookie_information(answer),
        Cmp::CookieNotice => json::cookie_notice(answer[0]),
        Cmp::CookieScript => json::cookie_script(answer),
        Cmp::CookieYes => cookieyes(answer),
        Cmp::Didomi => json::didomi(answer),
        Cmp::Django => django(answer),
        Cmp::Drupal => json::drupal(answer),
        Cmp::Gpp => gpp_strings(answer),
        Cmp::HubSpot => hubspot(answer),
        Cmp::Iubenda => json::iubenda(answer),
        Cmp::Klaro => json::klaro(answer),
        Cmp::OneTrust => onetrust(answer),
        Cmp::Orestbida => json::orestbida(answer),
        Cmp::Orejime => json::orejime(answer),
        Cmp::Osano => {
            vec![format!("cookieconsent_status={}", if answer[0] { "allow" } else { "deny" })]
        }
        Cmp::PiwikPro => json::piwik_pro(answer),
        Cmp::RealCookieBanner => json::real_cookie_banner(answer),
        Cmp::Spatie => vec!["laravel_cookie_consent=1".into()],
        Cmp::Tarteaucitron => tarteaucitron(answer),
        Cmp::Tcf => tc_strings(answer),
        Cmp::Tealium => tealium(answer),
        Cmp::TrustArc => trustarc(answer),
        Cmp::TrustCommander => trustcommander(answer),
        Cmp::Whitecube => json::whitecube(answer),
        other => panic!("no values of {other}"),
    }
}

/// Returns those of three names that were granted, one for each of the three categories.
pub(super) fn granted<T>(answer: Answer, names: [T; 3]) -> impl Iterator<Item = T> {
    names.into_iter().zip(answer).filter(|(_, granted)| *granted).map(|(name, _)| name)
}

fn c15t(answer: Answer) -> Vec<String> {
    let names = ["functionality", "measurement", "marketing"];
    let mut list = vec!["c.necessary:1".to_owned()];
    list.extend(granted(answer, names).map(|name| format!("c.{name}:1")));
    let value = format!("{},i.t:{NOW}000,i.sid:sub_2VZxR7YmNpKq3WfLs8TgHd", list.join(","));
    let all = names.iter().zip(answer).map(|(name, it)| format!("c.{name}:{}", u8::from(it)));
    let all: Vec<_> = all.collect();
    vec![
        format!("c15t={value},i.y:custom"),
        format!("c15t={}", encoded(&value)),
        format!("c15t=c.necessary:1,{},i.t:{NOW}000,i.id:abc", all.join(",")),
    ]
}

fn complianz(answer: Answer) -> Vec<String> {
    let [preferences, statistics, marketing] = answer.map(|g| if g { "allow" } else { "deny" });
    ["cmplz_", "cmplz_rt_"]
        .map(|x| {
            format!(
                "{x}banner-status=dismissed; {x}policy_id=16; {x}functional=allow; \
                 {x}preferences={preferences}; {x}statistics={statistics}; \
                 {x}marketing={marketing}; {x}consented_services="
            )
        })
        .to_vec()
}

fn consentmanager(answer: Answer) -> Vec<String> {
    let purposes: Vec<u64> = granted(answer, [51, 52, 54]).collect();
    let mut cookies = Vec::new();
    for (version, scope) in [(1, "u"), (2, "u"), (2, "x"), (2, "s"), (2, "")] {
        let bits = custom_purposes(version, true, &purposes);
        cookies.push(format!("__cmpccc{scope}85689={bits}"));
        cookies.push(format!("__cmpconsent85689={}; {}", tc(&[]), cookies[0]));
    }
    cookies
}

fn cookiebot([functional, analytics, marketing]: Answer) -> Vec<String> {
    let text = format!(
        "{{stamp:'Abc/+w==',necessary:true,preferences:{functional},statistics:{analytics},\
         marketing:{marketing},method:'explicit',ver:2,utc:{NOW}000,iab2:'{}',gacm:'2~AA==x',\
         region:'us-06'}}",
        tc(&[1, 2, 7])
    );
    let wire = text.replace('\'', "%27").replace(',', "%2C");
    [text.clone(), wire, encoded(&text)].map(|value| format!("CookieConsent={value}")).to_vec()
}

fn cookieyes(answer: Answer) -> Vec<String> {
    let [functional, analytics, marketing] = answer.map(|g| if g { "yes" } else { "no" });
    // Whoever accepts anything changes the first word.
    let consent = if answer.contains(&true) { "yes" } else { "no" };
    let plugin = format!(
        "cookieyes-consent=consentid:abc,consent:{consent},action:yes,necessary:yes,\
         functional:{functional},analytics:{analytics},performance:{analytics},\
         advertisement:{marketing}"
    );
    let legacy = "cookielawinfo-checkbox";
    vec![
        plugin.clone(),
        format!("{plugin},other:{marketing},lastRenewedDate:1728636632000"),
        format!(
            "viewed_cookie_policy=yes; {legacy}-necessary=yes; {legacy}-functional={functional}; \
             {legacy}-analytics={analytics}; {legacy}-performance={analytics}; \
             {legacy}-advertisement={marketing}"
        ),
    ]
}

fn django(answer: Answer) -> Vec<String> {
    let version = |granted| if granted { "2026-03-04T03:17:01.421395+00:00" } else { "-1" };
    let [functional, analytics, marketing] = answer.map(version);
    let groups = format!("functional={functional}|analytics={analytics}|marketing={marketing}");
    vec![format!("cookie_consent=\"{groups}\""), format!("cookie_consent={groups}")]
}

fn hubspot([functional, analytics, marketing]: Answer) -> Vec<String> {
    let list = format!("1:{analytics},2:{marketing},3:{functional}");
    [list.clone(), list.replace(',', "_"), list.replace(',', "%2C")]
        .map(|list| format!("__hs_cookie_cat_pref={list}; __hs_initial_opt_in=true"))
        .to_vec()
}

fn onetrust(answer: Answer) -> Vec<String> {
    let [functional, analytics, marketing] = answer.map(u8::from);
    let groups =
        format!("C0001:1,C0002:{analytics},C0003:{functional},C0004:{marketing},C0005:{marketing}");
    let old = format!("1:1,2:{analytics},3:{functional},4:{marketing}");
    [encoded(&groups), groups, encoded(&old)]
        .map(|groups| {
            format!(
                "OptanonAlertBoxClosed={DATE}; OptanonConsent=isGpcEnabled=0&\
                 datestamp=Sat+Nov+21+2026+12%3A00%3A00+GMT%2B0000+(heure+d%E2%80%99Europe)&\
                 version=202508.2.0&hosts=H12%3A1&genVendors=V2%3A1%2C&\
                 landingPath=NotLandingPage&groups={groups}&AwaitingReconsent=false"
            )
        })
        .to_vec()
}

fn tarteaucitron([functional, analytics, marketing]: Answer) -> Vec<String> {
    let states = format!("!gtag={analytics}!facebookpixel={marketing}!youtube={functional}");
    vec![format!("tarteaucitron={states}!matomo=true!id=0a1")]
}

fn tealium(answer: Answer) -> Vec<String> {
    let [functional, analytics, marketing] = answer.map(u8::from);
    let values = if answer == [true; 3] || answer == [false; 3] {
        let consent = answer[0];
        vec![format!("consent:{consent}|ts:{NOW}000"), format!("ts:{NOW}000|consent:{consent}")]
    } else {
        let categories = (1..=15).map(|number| {
            let answer = match number {
                1 => analytics,
                2 | 3 | 10 => marketing,
                6 => functional,
                _ => 0,
            };
            format!("c{number}:{answer}")
        });
        let categories = categories.collect::<Vec<_>>().join("|");
        vec![format!("{categories}|ts:{NOW}000|consent:true")]
    };
    let encodings = |value: String| [value.replace('|', "%7C"), value];
    values.into_iter().flat_map(encodings).map(|value| format!("CONSENTMGR={value}")).collect()
}

fn trustarc(answer: Answer) -> Vec<String> {
    let mut levels = vec!["0"];
    levels.extend(granted(answer, ["1", "3", "2"]));
    let levels = levels.join(",");
    let sum = "1a8b5228dd7ff0717196863a5d28ce6c";
    vec![
        format!("notice_behavior=expressed,eu; notice_gdpr_prefs={levels}:{sum}"),
        format!("notice_gdpr_prefs={}", encoded(&format!("{levels}:{sum}:expressed,eu"))),
        format!("notice_gdpr_prefs={}:; notice_behavior=expressed|eu", levels.replace(',', "|")),
    ]
}

fn trustcommander(answer: Answer) -> Vec<String> {
    let list = granted(answer, ["1", "2", "3"]).collect::<Vec<_>>().join(",");
    let status = u8::from(list.is_empty());
    let new = format!("{status}@019|5|7@{list}@9@{NOW}000,{NOW}000,1827662400000@");
    let old = format!("{status}@019@{list}@@{NOW}000@");
    let with_banner = format!("{status}@019|5|7@12@34@{list}@9@{NOW}000,{NOW}000,1827662400000@");
    [new.replace(',', "%2C"), encoded(&new), old, with_banner]
        .map(|value| format!("TC_PRIVACY={value}; TC_PRIVACY_CENTER="))
        .to_vec()
}

fn tc_strings(answer: Answer) -> Vec<String> {
    let purposes = purposes(answer);
    vec![
        format!("euconsent-v2={}; addtl_consent=1~39.43", tc(&purposes)),
        format!("eupubconsent-v2={}", tc_core(2, true, &purposes)),
    ]
}

fn gpp_strings(answer: Answer) -> Vec<String> {
    let string = || tc(&purposes(answer));
    let alone = gpp(&[(2, string())]);
    let others = [(2, string()), (6, "1YNN".into()), (7, "BAAAAAAAAgA.YA".into())];
    vec![
        format!("OTGPPConsent={alone}"),
        // Some libraries pad the header.
        format!("axeptio_gpp_string={}", alone.replace('~', "A~")),
        format!("OTGPPConsent={}", gpp(&others)),
    ]
}

/// Returns the purposes of a TC string for analytics and marketing. It has no functional one.
fn purposes([_, analytics, marketing]: Answer) -> Vec<u64> {
    let mut purposes = Vec::new();
    purposes.extend((analytics || marketing).then_some(1));
    purposes.extend(analytics.then_some(8));
    purposes.extend(marketing.then_some(4));
    purposes
}
