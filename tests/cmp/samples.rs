//! Tests samples of real CMPs with their documented meanings, each with its source.

use serde_json::Value;
use tower_cookie_consent::registry::{Category, Cmp, CmpSource, Registry, Service};
use tower_cookie_consent::{Choice, ConsentSource, Decision, Dnt, Gpc, RequestHeaders};

use super::visitor::{request, with_header};

#[test]
fn r18_every_sample_reads_as_stated() {
    let samples: Vec<Value> =
        serde_json::from_str(include_str!("samples.json")).expect("a JSON list");
    assert!(samples.len() >= 101);
    let mut wrong = Vec::new();
    for sample in &samples {
        if let Err(why) = check(sample) {
            wrong.push(format!("{} {}: {why}", sample["cmp"], sample["cookie_header"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), samples.len());
}

/// Returns the source that a site with this CMP would configure, by the sample's `cmp`.
fn cmp_of(name: &str) -> Option<Cmp> {
    Some(match name {
        "c15t" => Cmp::C15t,
        "Civic Cookie Control" => Cmp::Civic,
        "Cookie Information" => Cmp::CookieInformation,
        "CookieScript" => Cmp::CookieScript,
        "EU Cookie Compliance" => Cmp::Drupal,
        "HubSpot" => Cmp::HubSpot,
        "Piwik PRO" => Cmp::PiwikPro,
        "Tealium" => Cmp::Tealium,
        "TrustArc" => Cmp::TrustArc,
        "orestbida/cookieconsent" => Cmp::Orestbida,
        "Klaro" => Cmp::Klaro,
        "tarteaucitron.js" => Cmp::Tarteaucitron,
        "Orejime" => Cmp::Orejime,
        "Osano cookieconsent (open source)" => Cmp::Osano,
        "CookieYes" => Cmp::CookieYes,
        "Complianz" => Cmp::Complianz,
        "Real Cookie Banner" => Cmp::RealCookieBanner,
        "whitecube/laravel-cookie-consent" => Cmp::Whitecube,
        "spatie/laravel-cookie-consent" => Cmp::Spatie,
        "django-cookie-consent" => Cmp::Django,
        "ASP.NET Core" => Cmp::AspNet,
        "Cookiebot" => Cmp::Cookiebot,
        "OneTrust" => Cmp::OneTrust,
        "Axeptio" => Cmp::Axeptio,
        "Didomi" => Cmp::Didomi,
        "IAB TCF" | "Quantcast / InMobi Choice" => Cmp::Tcf,
        "IAB GPP" => Cmp::Gpp,
        "iubenda" => Cmp::Iubenda,
        "CookieFirst" => Cmp::CookieFirst,
        "Borlabs Cookie" => Cmp::Borlabs,
        "consentmanager.net" => Cmp::Consentmanager,
        "Commanders Act (TrustCommander)" => Cmp::TrustCommander,
        "Cookie Notice (Hu-manity)" => Cmp::CookieNotice,
        _ => return None,
    })
}

fn check(sample: &Value) -> Result<(), String> {
    let text = |key: &str| sample[key].as_str().unwrap_or_default();
    let meaning = sample["meaning"].as_object();
    // Each id has a category of its own, so that ids can be distinguished, with one service inside.
    let ids: Vec<&String> = meaning.into_iter().flatten().map(|(id, _)| id).collect();
    let category = |at: usize| format!("category-{at}");
    let mut builder = Registry::builder().version("1").category(Category::consent("other"));
    for at in 0..ids.len() {
        let service = Service::new(format!("service-{at}"));
        builder = builder.category(Category::consent(category(at)).service(service));
    }
    let registry = builder.build().map_err(|error| error.to_string())?;
    let choice = match cmp_of(text("cmp")) {
        Some(cmp) => {
            let mut source = CmpSource::new(cmp);
            for (at, id) in ids.iter().enumerate() {
                source = source.with_mapping(id.as_str(), category(at));
            }
            // Samples whose name was chosen by the site say so. Whitecube makes it from the app's
            // name.
            if text("note").contains("cookieName") || cmp == Cmp::Whitecube {
                source = source.with_cookie(text("cookie_name"));
            }
            source.read(&request(text("cookie_header")), &registry)
        }
        None => return check_other(text("cmp")),
    };
    let Some(meaning) = meaning else {
        return no_choice(&choice);
    };
    // The section of a GPP string for the United States is an objection, not a choice.
    if choice.is_decided() == text("cookie_name").starts_with("OTGPP") {
        return Err(format!("decided or not: {choice:?}"));
    }
    for (at, id) in ids.iter().enumerate() {
        let want = match meaning[*id].as_str() {
            Some("granted") => Some(Decision::Granted),
            Some("denied") => Some(Decision::Refused),
            _ => None,
        };
        if choice.decision(&category(at)) != want {
            return Err(format!("{id}: {choice:?}"));
        }
    }
    Ok(())
}

fn no_choice(choice: &Choice) -> Result<(), String> {
    let silent = !choice.is_decided() && choice.decision("other").is_none();
    silent.then_some(()).ok_or_else(|| format!("{choice:?}"))
}

/// Checks a sample that is not in a cookie.
fn check_other(cmp: &str) -> Result<(), String> {
    let marked = Category::consent("tracking").refused_by_gpc(true);
    let registry = Registry::builder().version("1").category(marked).build().unwrap();
    let refused = |choice: Choice| {
        let objects =
            !choice.is_decided() && choice.decision("tracking") == Some(Decision::Refused);
        objects.then_some(()).ok_or_else(|| format!("{choice:?}"))
    };
    match cmp {
        "GPC" => refused(Gpc.read(&with_header("sec-gpc", "1"), &registry)),
        "DNT" => refused(Dnt.read(&with_header("dnt", "1"), &registry)),
        // No request contains these, so nothing reads them, and nothing is granted.
        "Usercentrics" | "Termly" => Cmp::ALL.iter().try_for_each(|&cmp| {
            no_choice(&CmpSource::new(cmp).read(&RequestHeaders::new(), &registry))
        }),
        other => Err(format!("no reader for {other}")),
    }
}
