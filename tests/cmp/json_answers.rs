//! The cookies of CMPs that write JSON.

use super::answers::{Answer, DATE, MD5, granted};
use super::values::{NOW, base64, encoded, partly};

/// Returns a member for each of the three categories.
fn members([functional, analytics, marketing]: Answer) -> String {
    format!(r#""functional":{functional},"analytics":{analytics},"marketing":{marketing}"#)
}

pub(super) fn axeptio(answer: Answer) -> Vec<String> {
    let json = format!(
        r#"{{"$$token":"t","$$date":"{DATE}","$$cookiesVersion":{{"name":"site-fr","identifier":"0123"}},{},"$$completed":true}}"#,
        members(answer)
    );
    let lists = "axeptio_authorized_vendors=%2C%2C; axeptio_all_vendors=%2C%2C";
    [json.clone(), partly(&json), encoded(&json)]
        .map(|json| format!("axeptio_cookies={json}; {lists}"))
        .to_vec()
}

pub(super) fn borlabs(answer: Answer) -> Vec<String> {
    let mut groups = vec![r#""essential":["borlabs-cookie"]"#.to_owned()];
    let others = granted(answer, ["external-media", "statistics", "marketing"]);
    groups.extend(others.map(|group| format!(r#""{group}":["some-{group}"]"#)));
    let groups = groups.join(",");
    [r#""v3":true,"version":3"#, r#""version":"3""#]
        .map(|version| {
            let json = format!(
                r#"{{"consents":{{{groups}}},"domainPath":"a.de/","expires":"Sun, 11 Jan 2027 08:07:14 GMT","uid":"anonymous",{version}}}"#
            );
            format!("borlabs-cookie={}", encoded(&json))
        })
        .to_vec()
}

pub(super) fn civic([functional, analytics, marketing]: Answer) -> Vec<String> {
    let [functional, analytics, marketing] =
        [functional, analytics, marketing].map(|it| if it { "accepted" } else { "revoked" });
    let json = format!(
        r#"{{"necessaryCookies":["PHPSESSID","a*"],"optionalCookies":{{"functional":"{functional}","analytics":"{analytics}","marketing":"{marketing}"}},"statement":{{"shown":true,"updated":"29/11/2019"}},"consentDate":{NOW}128,"consentExpiry":90,"interactedWith":true,"user":"4A6C"}}"#
    );
    [encoded(&json), json].map(|json| format!("CookieControl={json}")).to_vec()
}

pub(super) fn cookie_information(answer: Answer) -> Vec<String> {
    let list = |answer: Answer| {
        let names = ["cookie_cat_functional", "cookie_cat_statistic", "cookie_cat_marketing"];
        granted(answer, names).map(|name| format!("\"{name}\"")).collect::<Vec<_>>()
    };
    let mut approved = vec!["\"cookie_cat_necessary\"".to_owned()];
    approved.extend(list(answer));
    let (approved, denied) = (approved.join(","), list(answer.map(|granted| !granted)).join(","));
    let json = format!(
        r#"{{"website_uuid":"w","timestamp":"{DATE}","consent_url":"https://a.example/","consent_website":"a.example","consent_domain":"a.example","user_uid":"u","consents_approved":[{approved}],"consents_denied":[{denied}],"user_agent":"Mozilla/5.0 (X11)"}}"#
    );
    [encoded(&json), json].map(|json| format!("CookieInformationConsent={json}")).to_vec()
}

pub(super) fn cookie_script(answer: Answer) -> Vec<String> {
    let names = granted(answer, ["functionality", "performance", "targeting"]);
    let names: Vec<_> = names.map(|name| format!("\"{name}\"")).collect();
    let action = if names.is_empty() { "reject" } else { "accept" };
    let list = format!("[{}]", names.join(","));
    let text = format!("\"{}\"", list.replace('"', "\\\""));
    let cookies = [list, text].map(|categories| {
        let json = format!(
            r#"{{"googleconsentmap":{{"ad_storage":"targeting"}},"bannershown":1,"action":"{action}","consenttime":{NOW},"categories":{categories},"key":"k"}}"#
        );
        [encoded(&json), json].map(|json| format!("CookieScriptConsent={json}"))
    });
    cookies.concat()
}

pub(super) fn drupal(answer: Answer) -> Vec<String> {
    let mut names = vec!["\"essential\"".to_owned()];
    names.extend(
        granted(answer, ["functional", "analytics", "marketing"]).map(|it| format!("\"{it}\"")),
    );
    let json = format!("[{}]", names.join(","));
    let status = if answer == [false; 3] { "0" } else { "1" };
    [("2", partly(&json)), (status, encoded(&json)), ("2", json)]
        .map(|(status, json)| {
            format!(
                "cookie-agreed={status}; cookie-agreed-version=1.0.0; cookie-agreed-categories={json}"
            )
        })
        .to_vec()
}

pub(super) fn piwik_pro(answer: Answer) -> Vec<String> {
    let [functional, analytics, marketing] = answer.map(u8::from);
    let json = format!(
        r#"{{"visitorId":"3b3e","domain":{{"normalized":"a.example","isWildcard":true,"pattern":"*.a.example"}},"consents":{{"analytics":{{"status":{analytics}}},"remarketing":{{"status":{marketing}}},"custom_consent":{{"status":{functional}}},"conversion_tracking":{{"status":{marketing}}}}},"staleCheckpoint":"{DATE}"}}"#
    );
    [partly(&json), encoded(&json), json]
        .map(|json| format!("ppms_privacy_283ac5bc-49a7-4696-ac18-648eb17a43f4={json}"))
        .to_vec()
}

pub(super) fn cookie_notice(granted: bool) -> Vec<String> {
    let json = format!(
        r#"{{"consent":true,"categories":{{"1":true,"2":{granted},"3":{granted},"4":{granted}}},"timestamp":{NOW}000}}"#
    );
    vec![format!("hu-consent={}", encoded(&json)), format!("cookie_notice_accepted={granted}")]
}

pub(super) fn cookiefirst([functional, analytics, marketing]: Answer) -> Vec<String> {
    let decisions = format!(
        r#""necessary":true,"performance":{analytics},"functional":{functional},"advertising":{marketing}"#
    );
    let cookies = [NOW.to_string(), format!("\"{DATE}\"")].map(|time| {
        let json =
            format!(r#"{{{decisions},"timestamp":{time},"type":"category","version":"a-b"}}"#);
        [encoded(&json), json].map(|json| format!("cookiefirst-consent={json}"))
    });
    cookies.concat()
}

pub(super) fn didomi(answer: Answer) -> Vec<String> {
    let list = |answer: Answer| {
        let ids = granted(answer, ["functional", "analytics", "marketing"]);
        ids.map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",")
    };
    let json = format!(
        r#"{{"user_id":"u","created":"2026-01-01T00:00:00.000Z","updated":"{DATE}","version":2,"vendors":{{"disabled":["google"]}},"purposes":{{"enabled":[{}],"disabled":[{}]}}}}"#,
        list(answer),
        list(answer.map(|granted| !granted))
    );
    let padded = base64(&json);
    let unpadded = padded.trim_end_matches('=').to_owned();
    [padded.clone(), unpadded, encoded(&padded)]
        .map(|token| format!("didomi_token={token}"))
        .to_vec()
}

pub(super) fn iubenda([functional, analytics, marketing]: Answer) -> Vec<String> {
    let json = format!(
        r#"{{"timestamp":"{DATE}","version":"1.57.1","purposes":{{"1":true,"2":{functional},"3":{functional},"4":{analytics},"5":{marketing}}},"id":77725586}}"#
    );
    ["_iub_cs-77725586", "_iub_cs-s123"].map(|name| format!("{name}={}", encoded(&json))).to_vec()
}

pub(super) fn klaro(answer: Answer) -> Vec<String> {
    vec![format!("klaro={}", encoded(&format!(r#"{{{},"session":true}}"#, members(answer))))]
}

pub(super) fn orejime(answer: Answer) -> Vec<String> {
    let json = format!(r#"{{{},"session":true}}"#, members(answer));
    vec![format!("eu-consent={}", partly(&json)), format!("orejime={json}")]
}

pub(super) fn orestbida(answer: Answer) -> Vec<String> {
    let mut names = vec!["\"necessary\"".to_owned()];
    let others = granted(answer, ["functionality", "analytics", "marketing"]);
    names.extend(others.map(|name| format!("\"{name}\"")));
    let names = names.join(",");
    let version_3 = format!(
        r#"{{"categories":[{names}],"revision":3,"data":null,"consentTimestamp":"2026-01-01T00:00:00.000Z","consentId":"u","services":{{"necessary":[],"analytics":[]}},"languageCode":"fr","lastConsentTimestamp":"{DATE}","expirationTime":1}}"#
    );
    let version_2 = format!(
        r#"{{"categories":[{names}],"level":[{names}],"revision":3,"data":{{"é":"a b"}},"rfc_cookie":false,"consent_date":"2026-01-01T00:00:00.000Z","consent_uuid":"u","last_consent_update":"{DATE}"}}"#
    );
    [encoded(&version_3), encoded(&version_2), version_2]
        .map(|json| format!("cc_cookie={json}"))
        .to_vec()
}

pub(super) fn real_cookie_banner(answer: Answer) -> Vec<String> {
    let mut groups = vec![r#""44":[604,603]"#.to_owned()];
    groups.extend(granted(answer, ["45", "46", "47"]).map(|id| format!(r#""{id}":[6{id}]"#)));
    let groups = format!("{{{}}}", groups.join(","));
    let new = format!(r#"{NOW}:u-1,u-2,u-3:{MD5}:{{"d":{groups},"bc":"ind_custom"}}"#);
    let old = format!("{NOW}:u-1:{MD5}:{groups}");
    let name = "real_cookie_banner";
    vec![
        format!("{name}-v:3_blog:1_path:ca6fd72={}", encoded(&new)),
        format!("{name}-v:3_blog:1_path:ca6fd72-lang:fr={}", encoded(&old)),
        format!("{name}={}", encoded(&old)),
    ]
}

pub(super) fn whitecube([functional, analytics, marketing]: Answer) -> Vec<String> {
    let json = format!(
        r#"{{"consent_at":{NOW},"mon_site_session":true,"lang":{functional},"stats":{analytics},"_fbp":{marketing}}}"#
    );
    vec![format!("laravel_cookie_consent={}", encoded(&json))]
}
