//! Tests opt-outs of the United States and consents of Canada in GPP and US Privacy strings.

use std::time::{Duration, Instant, SystemTime};

use tower_cookie_consent::registry::{Category, Cmp, CmpSource};
use tower_cookie_consent::{ConsentSource, Decision, Policy, Registry};

use super::strings::{Bits, gpp, tc, tc_core};
use super::values::{NOW, decisions, encoded, source};
use super::visitor::{read, read_by, request};

/// A string for California with sale and sharing opted out, from a browser that sent `Sec-GPC`.
const CALIFORNIA: &str = "DBABBg~BUUAAAGA.YA";

/// A national string with nothing opted out, from a browser that sent `Sec-GPC`.
const NATION_GPC: &str = "DBABLA~CVVqAAAAAABY.YA";

/// A TC string in which everything is granted.
fn all() -> String {
    tc(&(1..=11).collect::<Vec<_>>())
}

#[track_caller]
fn check(rows: &[(String, &str)]) {
    for (string, want) in rows {
        let choice = read(Cmp::Gpp, format!("OTGPPConsent={string}"));
        assert_eq!(decisions(&choice), *want, "{string}");
    }
}

/// A section of a state: its version, the bits before its opt-outs, and the opt-outs.
fn state(version: u64, before: usize, opt_outs: &[u64]) -> String {
    let mut bits = Bits::default();
    bits.put(version, 6);
    bits.put(0, before - 6);
    for &field in opt_outs {
        bits.put(field, 2);
    }
    bits.put(0, 2 * (11 + 5 + 4));
    bits.letters()
}

#[test]
fn r18_an_opt_out_refuses_marketing_under_whichever_name_the_registry_has() {
    for name in ["marketing", "advertising", "ads", "targeting", "sale", "sharing"] {
        let registry = Registry::builder()
            .version("1")
            .category(Category::necessary("essential"))
            .category(Category::opt_out("analytics"))
            .category(Category::opt_out(name))
            .build()
            .unwrap();
        for cookies in [
            format!("OTGPPConsent={CALIFORNIA}"),
            format!("IABGPP_HDR_GppString={CALIFORNIA}"),
            format!("__gpp={CALIFORNIA}"),
            format!("axeptio_gpp_string={CALIFORNIA}"),
        ] {
            let policy = Policy::builder(registry.clone()).source(CmpSource::new(Cmp::Gpp)).build();
            let mut headers = http::HeaderMap::new();
            headers.insert("cookie", cookies.parse().unwrap());
            let consent = policy.consent(&headers);
            assert!(!consent.is_decided() && !consent.allows(name), "{name}: {cookies}");
            assert!(consent.allows("analytics"), "{name}: {cookies}");
        }
    }
}

#[test]
fn r18_the_gpc_of_a_section_refuses_what_the_registry_marks() {
    let registry = Registry::builder()
        .version("1")
        .category(Category::opt_out("marketing"))
        .category(Category::opt_out("tracking").refused_by_gpc(true))
        .build()
        .unwrap();
    let decided = |cookies: &str| {
        let choice = CmpSource::new(Cmp::Gpp).read(&request(cookies), &registry);
        ["marketing", "tracking"].map(|id| choice.decision(id))
    };
    let refused = Some(Decision::Refused);
    assert_eq!(decided(&format!("__gpp={NATION_GPC}")), [None, refused]);
    assert_eq!(decided(&format!("__gpp={}", NATION_GPC.replace(".YA", ".QA"))), [None, None]);
    assert_eq!(decided(&format!("__gpp={CALIFORNIA}")), [refused, refused]);
    // Fields that look like it in Indiana, Kentucky and Rhode Island are consents to sensitive data.
    for id in 24..=27 {
        let string = gpp(&[(id, "BQAA.YAA".into())]);
        let want = (id == 24).then_some(Decision::Refused);
        assert_eq!(decided(&format!("__gpp={string}")), [None, want], "{id}");
    }
}

#[test]
fn r18_an_objection_counts_whatever_stands_beside_it() {
    let opted_out = state(1, 12, &[1, 1]);
    let two = gpp(&[(8, opted_out.clone()), (9, state(1, 12, &[2, 2]))]);
    check(&[
        (gpp(&[(2, all()), (8, opted_out.clone())]), "?+-"),
        // A string that cannot be read hides nothing.
        (gpp(&[(2, "?".into()), (8, opted_out.clone())]), "none ??-"),
        (gpp(&[(2, String::new()), (8, opted_out.clone())]), "none ??-"),
        (gpp(&[(2, tc_core(1, true, &[])), (8, opted_out.clone())]), "none ??-"),
        (gpp(&[(7, "???".into()), (8, opted_out.clone())]), "none ??-"),
        (gpp(&[(8, opted_out.clone()), (9, state(63, 12, &[2, 2]))]), "none ??-"),
        (gpp(&[(8, opted_out.clone()), (28, "BAAA".into())]), "none ??-"),
        (gpp(&[(6, "1YYN".into()), (7, "A".into())]), "none ??-"),
        (gpp(&[(8, format!("{opted_out}.?"))]), "none ??-"),
        (gpp(&[(8, opted_out[..3].into())]), "none ??-"),
        // These have sections that the header does not list, and one that is listed and missing.
        (format!("{}~{opted_out}", gpp(&[(8, opted_out.clone())])), "none ??-"),
        (two.rsplit_once('~').unwrap().0.into(), "none ??-"),
        // The first copy has no objection.
        (format!("{}; __gpp={}", gpp(&[(2, all())]), gpp(&[(8, opted_out)])), "none ??-"),
    ]);
}

#[test]
fn r18_a_section_that_cannot_be_read_grants_nothing() {
    let nothing = state(1, 12, &[2, 2]);
    check(&[
        (gpp(&[(2, all()), (8, nothing.clone())]), "?++"),
        (gpp(&[(2, all()), (6, "1YNN".into())]), "?++"),
        (gpp(&[(2, all()), (9, state(2, 12, &[2, 2]))]), "none"),
        (gpp(&[(2, all()), (9, state(1, 12, &[3, 2]))]), "none"),
        (gpp(&[(2, all()), (9, nothing[..2].into())]), "none"),
        (gpp(&[(2, all()), (9, format!("{nothing}.?"))]), "none"),
        (gpp(&[(2, all()), (6, "2YNN".into())]), "none"),
        (gpp(&[(2, all()), (28, "BAAA".into())]), "none"),
        (gpp(&[(1, "B".into()), (2, all())]), "none"),
        (format!("{}~", gpp(&[(2, all())])), "none"),
        (format!("{}~1YNN", gpp(&[(2, all())])), "none"),
        (format!("DBACNY~{}", all()), "none"),
        // Here too, refusals are objections.
        (gpp(&[(2, tc(&[1, 7])), (28, "BAAA".into())]), "none ??-"),
        // These bytes belong to the header.
        (gpp(&[(2, all())]).replacen("DB", "DC", 1), "none"),
        (gpp(&[(2, all())]).replacen("DB", "CB", 1), "none"),
        ("DBAA".into(), "none"),
        ("DBABM".into(), "none"),
        ("DB".into(), "none"),
        (String::new(), "none"),
    ]);
}

/// These are examples of the Consent String Specification. The last of them has the string of
/// Europe in place of Canada's.
#[test]
fn r18_the_examples_of_the_specification() {
    let core = "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA";
    check(&[
        (format!("DBABM~{core}"), "?--"),
        (format!("DBACNY~{core}~1YNN"), "?--"),
        (format!("DBACNYA~{core}~1YYN"), "?--"),
        (format!("DBABjw~{core}~1YNN"), "none"),
        (format!("DBABjw~{core}~1YYN"), "none ??-"),
        (encoded(&format!("DBACNY~{core}~1YYN")).replace('~', "%7E"), "?--"),
        (format!("DBACNY%7~{core}~1YYN"), "none"),
    ]);
}

/// Returns a string of Canada with these express and implied consents.
fn canada(version: u64, express: &[u64], implied: &[u64]) -> String {
    let mut bits = Bits::default();
    bits.put(version, 6);
    bits.put(NOW * 10, 36);
    bits.put(NOW * 10, 36);
    bits.put(0, 12 + 12 + 6 + 12 + 12);
    bits.put(2, 6);
    bits.put(0, 1 + 12);
    for purposes in [express, implied] {
        (1..=24).for_each(|purpose| bits.put(purposes.contains(&purpose).into(), 1));
    }
    bits.put(0, 3 * 17);
    bits.letters()
}

#[test]
fn r18_in_canada_express_consent_grants_and_implied_consent_leaves_open() {
    let string = |express: &[u64], implied: &[u64]| gpp(&[(5, canada(1, express, implied))]);
    check(&[
        (string(&[2, 7], &[]), "?++"),
        (string(&[3], &[7]), "??+"),
        (string(&[9], &[2, 3, 4]), "?+?"),
        (string(&[], &[]), "?--"),
        (string(&[1, 5, 6], &[1, 10]), "?--"),
        (string(&[8], &[8]), "?+-"),
        (gpp(&[(5, canada(2, &[2, 7], &[]))]), "none"),
        (gpp(&[(2, all()), (5, canada(1, &[2], &[]))]), "?-+"),
        (gpp(&[(2, all()), (5, canada(1, &[2], &[7]))]), "??+"),
        (gpp(&[(2, tc(&[])), (5, canada(1, &[2, 7], &[]))]), "?--"),
    ]);
    // In Canada, purpose 1 is not needed.
    let mapped = source(Cmp::Gpp).with_mapping("purpose:1", "functional");
    let choice = read_by(&mapped, format!("__gpp={}", string(&[1, 2, 7], &[1])));
    assert_eq!(decisions(&choice), "?++");
}

#[test]
fn r18_opt_outs_that_the_site_maps() {
    let source = |map: &[(&str, &str)]| {
        let source = CmpSource::new(Cmp::Gpp);
        map.iter().fold(source, |source, (cmp_id, id)| source.with_mapping(*cmp_id, *id))
    };
    let both = source(&[("sale", "analytics"), ("sale", "functional"), ("sharing", "nowhere")]);
    let only_sale = format!("__gpp={}", gpp(&[(8, state(1, 12, &[1, 2]))]));
    assert_eq!(decisions(&read_by(&both, &only_sale)), "none --?");
    // A mapped opt-out that was not made takes nothing from what the visitor granted.
    let marketing = source(&[("sale", "marketing"), ("sharing", "analytics")]);
    let granted = format!("__gpp={}", gpp(&[(2, all())]));
    assert_eq!(decisions(&read_by(&marketing, &granted)), "?++");
    let opted_out = format!("__gpp={}", gpp(&[(2, all()), (8, state(1, 12, &[2, 1]))]));
    assert_eq!(decisions(&read_by(&marketing, &opted_out)), "?-+");
}

#[test]
fn r18_the_us_privacy_string_in_a_cookie_of_its_own() {
    for name in ["usprivacy", "us_privacy"] {
        for (value, want) in [
            ("1YYN", "none ??-"),
            ("1YYY", "none ??-"),
            ("1NYN", "none ??-"),
            ("1-Y-", "none ??-"),
            ("1yyn", "none ??-"),
            ("1YNN", "none"),
            ("1Y-N", "none"),
            ("1N--", "none"),
            ("1---", "none"),
            ("2YYN", "none"),
            ("1YY", "none"),
            ("1YYNN", "none"),
            ("1XYN", "none"),
            ("1YXN", "none"),
            ("1YYX", "none"),
            ("YYYY", "none"),
            ("", "none"),
            ("%7B%22a%22%3A1%7D", "none"),
        ] {
            let cookies = format!("{name}={value}");
            assert_eq!(decisions(&read(Cmp::Gpp, &cookies)), want, "{cookies}");
            // The other sources read the string under the name that they write.
            let want = if name == "usprivacy" { want } else { "none" };
            for cmp in [Cmp::Tcf, Cmp::OneTrust] {
                assert_eq!(decisions(&read(cmp, &cookies)), want, "{cmp}: {cookies}");
            }
        }
    }
}

#[test]
fn r18_opt_outs_beside_other_choices() {
    let onetrust = "OptanonAlertBoxClosed=2026-11-21T12:00:00.000Z; \
                    OptanonConsent=groups=C0002:1,C0004:1";
    let tcf = format!("euconsent-v2={}", all());
    for (cmp, own, name) in
        [(Cmp::OneTrust, onetrust, "OTGPPConsent"), (Cmp::Tcf, &tcf, "IABGPP_HDR_GppString")]
    {
        let string = |value: &str| format!("{name}={value}");
        for (beside, want) in [
            ("usprivacy=1YNN".into(), "?++"),
            ("usprivacy=?".into(), "?++"),
            ("usprivacy=1YYN".into(), "?+-"),
            ("usprivacy=1YNN; usprivacy=1YYN".into(), "?+-"),
            ("usprivacy=%31Y%59N".into(), "?+-"),
            ("usprivacy=1YYN%".into(), "?++"),
            (string(CALIFORNIA), "?+-"),
            (string(&CALIFORNIA.replace('D', "%44").replace('~', "%7E")), "?+-"),
            (string(NATION_GPC), "?++"),
            (string(&gpp(&[(2, "?".into()), (6, "1YYN".into())])), "?+-"),
            (string("?"), "?++"),
            // The answer under European law is in the CMP's own cookie.
            (string(&gpp(&[(2, tc(&[]))])), "?++"),
            // Here the string has a name that the CMP does not write.
            (format!("__gpp={CALIFORNIA}"), "?++"),
        ] {
            for cookies in [format!("{own}; {beside}"), format!("{beside}; {own}")] {
                assert_eq!(decisions(&read(cmp, &cookies)), want, "{cmp}: {cookies}");
            }
            // An objection counts even without an answer.
            let alone = if want == "?+-" { "none ??-" } else { "none" };
            assert_eq!(decisions(&read(cmp, &beside)), alone, "{cmp}: {beside}");
        }
    }
}

/// The site may also choose the name of a GPP string's cookie.
#[test]
fn r18_a_gpp_string_under_a_name_of_the_sites_own() {
    let source = CmpSource::new(Cmp::Gpp).with_cookie("gpp");
    assert_eq!(decisions(&read_by(&source, format!("gpp={CALIFORNIA}"))), "none ??-");
    assert_eq!(decisions(&read_by(&source, format!("__gpp={CALIFORNIA}"))), "none");
    assert_eq!(decisions(&read_by(&source, "usprivacy=1YYN")), "none ??-");
}

#[test]
fn r14_a_header_that_lists_more_sections_than_there_are_bytes() {
    // This is one range that ends with the 81st Fibonacci number.
    let mut header = Bits::default();
    header.put(3, 6);
    header.put(1, 6);
    header.put(1, 12);
    header.put(1, 1);
    header.put_fibonacci(1);
    header.put(0, 40);
    header.put(0, 39);
    header.put(0b11, 2);
    let string = format!("{}~{}", header.letters(), "A~".repeat(2_000));
    let start = Instant::now();
    let cookies = format!("OTGPPConsent={string}; ").repeat(50);
    assert_eq!(decisions(&read(Cmp::Gpp, cookies)), "none");
    assert!(start.elapsed() < Duration::from_secs(5), "took {:?}", start.elapsed());
    // A section has a thousand segments, and the registry thousands of categories.
    let many = (0..4_000).fold(Registry::builder().version("1"), |builder, number| {
        builder.category(Category::opt_out(format!("c{number}")).refused_by_gpc(number == 0))
    });
    let many = many.build().unwrap();
    let string = gpp(&[(8, format!("{}{}", state(1, 12, &[2, 2]), ".YA".repeat(1_300)))]);
    let start = Instant::now();
    let choice = CmpSource::new(Cmp::Gpp).read(&request(format!("__gpp={string}")), &many);
    assert_eq!(choice.decision("c0"), Some(Decision::Refused));
    assert!(start.elapsed() < Duration::from_secs(1), "took {:?}", start.elapsed());
    // This is longer than a cookie that a browser stores.
    let string = gpp(&[(2, all()), (8, state(1, 12, &[1, 1]))]);
    let long = format!("{string}.{}", "A".repeat(4_097 - string.len() - 1));
    assert_eq!(decisions(&read(Cmp::Gpp, format!("OTGPPConsent={long}"))), "none");
    let fits = format!("{string}.{}", "A".repeat(4_096 - string.len() - 1));
    assert_eq!(decisions(&read(Cmp::Gpp, format!("OTGPPConsent={fits}"))), "?+-");
}

#[test]
fn r7_tc_strings_of_policies_before_version_2_and_after_it() {
    for policy in 0..64 {
        let mut letters = all().into_bytes();
        // These 6 bits are letter 22.
        letters[22] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[policy];
        let string = String::from_utf8(letters).unwrap();
        let want = if policy < 2 { "none" } else { "?++" };
        let choice = read(Cmp::Tcf, format!("euconsent-v2={string}"));
        assert_eq!(decisions(&choice), want, "{policy}");
    }
}

#[test]
fn r18_every_segment_of_a_tc_string_is_letters_of_the_alphabet() {
    for (rest, want) in
        [("", "?++"), (".", "?++"), (".IAAA.YAAA", "?++"), (".IA=", "?++"), (".IA.?", "none")]
    {
        let cookies = format!("euconsent-v2={}{rest}", tc_core(2, true, &[1, 2, 7]));
        assert_eq!(decisions(&read(Cmp::Tcf, &cookies)), want, "{cookies}");
    }
}

/// The choice in several copies is as old as the oldest.
#[test]
fn r7_a_tc_string_states_when_it_was_updated() {
    let string = tc(&[1, 2, 7]);
    // The first six letters after the version are when it was created, the next when updated.
    let older = format!("{}A{}", &string[..11], &string[12..]);
    let created = format!("{}A{}", &string[..5], &string[6..]);
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
    let custom = format!("__cmpcccu1={}", super::strings::custom_purposes(2, true, &[52]));
    for (cmp, cookies, is_now) in [
        (Cmp::Tcf, format!("euconsent-v2={string}"), true),
        (Cmp::Tcf, format!("euconsent-v2={created}"), true),
        (Cmp::Tcf, format!("euconsent-v2={older}"), false),
        (Cmp::Tcf, format!("euconsent-v2={string}; eupubconsent-v2={older}"), false),
        (Cmp::Gpp, format!("__gpp={}", gpp(&[(2, string.clone())])), true),
        (Cmp::Gpp, format!("__gpp={}", gpp(&[(2, older.clone())])), false),
        (Cmp::Consentmanager, format!("{custom}; __cmpconsent1={string}"), true),
        (Cmp::Consentmanager, format!("{custom}; __cmpconsent1={older}"), false),
        (
            Cmp::Consentmanager,
            format!("{custom}; __cmpconsent1={string}; __cmpconsent1={older}"),
            false,
        ),
        (
            Cmp::Consentmanager,
            format!("{custom}; __cmpconsent1={older}; __cmpconsent1={string}"),
            false,
        ),
    ] {
        let time = read(cmp, &cookies).time().unwrap();
        assert!(if is_now { time == now } else { time < now }, "{cookies}: {time:?}");
    }
}

/// The objection counts, however many copies have none.
#[test]
fn r18_an_opt_out_among_many_copies() {
    for (cmp, silent, objecting) in [
        (Cmp::Gpp, "usprivacy=1YNN", "usprivacy=1YYN".to_owned()),
        (Cmp::Tcf, "usprivacy=1YNN", "usprivacy=1YYN".to_owned()),
        (Cmp::OneTrust, "OTGPPConsent=DBABBg~BAAA", format!("OTGPPConsent={CALIFORNIA}")),
        (Cmp::Gpp, "__gpp=DBABBg~BAAAAAAA", format!("__gpp={CALIFORNIA}")),
    ] {
        let silent = format!("{silent}; ").repeat(50);
        for cookies in [format!("{silent}{objecting}"), format!("{objecting}; {silent}")] {
            assert_eq!(decisions(&read(cmp, cookies)), "none ??-", "{cmp}: {objecting}");
        }
    }
}

/// If one byte of a string is changed, the opt-out beside it still refuses, and what the string
/// says without it remains.
#[test]
fn r18_an_opt_out_beside_counts_whatever_bytes_a_string_has() {
    let opted_out = gpp(&[(8, state(1, 12, &[1, 1]))]);
    let string = gpp(&[
        (2, tc(&[1, 2, 7])),
        (5, canada(1, &[2, 7], &[3])),
        (6, "1YNN".into()),
        (7, format!("{}.QA", state(2, 18, &[2, 2, 2]))),
        (8, format!("{}.YA", state(1, 12, &[2, 2]))),
        (25, format!("{}.AAA", state(1, 16, &[2, 2]))),
    ]);
    assert_eq!(decisions(&read(Cmp::Gpp, format!("__gpp={string}"))), "?++");
    for at in 0..string.len() {
        for byte in b"ABIQYgw_09~.=%-N" {
            let mut changed = string.clone().into_bytes();
            changed[at] = *byte;
            let changed = String::from_utf8(changed).unwrap();
            let alone = read(Cmp::Gpp, format!("__gpp={changed}"));
            let both = read(Cmp::Gpp, format!("__gpp={changed}; usprivacy=1YYN"));
            assert_eq!(both.decision("marketing"), Some(Decision::Refused), "{changed}");
            assert_eq!(both.decision("analytics"), alone.decision("analytics"), "{changed}");
            let copies = read(Cmp::Gpp, format!("__gpp={changed}; __gpp={opted_out}"));
            assert_eq!(copies.decision("marketing"), Some(Decision::Refused), "{changed}");
        }
    }
}

#[test]
fn r7_times_of_all_ones_are_in_the_future_and_no_panic() {
    let string = tc(&[1, 2, 7]);
    // The letters after the version are the times of creation and of the last update.
    let string = format!("{}{}{}", &string[..1], "_".repeat(12), &string[13..]);
    for (cmp, cookies) in [
        (Cmp::Tcf, format!("euconsent-v2={string}")),
        (Cmp::Gpp, format!("__gpp={}", gpp(&[(2, string.clone())]))),
        (Cmp::Didomi, format!("euconsent-v2={string}")),
        (Cmp::Consentmanager, format!("__cmpconsent1={string}")),
    ] {
        let policy =
            Policy::builder(super::visitor::registry()).source(CmpSource::new(cmp)).build();
        let mut headers = http::HeaderMap::new();
        headers.insert("cookie", cookies.parse().unwrap());
        let consent = policy.consent(&headers);
        assert!(!consent.is_decided() && !consent.allows("analytics"), "{cookies}");
    }
}

/// Such a string says nothing, and the CMP's own cookie still counts.
#[test]
fn r18_a_tc_string_that_cannot_be_read_takes_nothing_from_the_cookie_beside_it() {
    let json = r#"{"updated":"2026-11-21T12:00:00.000Z","version":2,"purposes":{"enabled":["functional"],"disabled":["marketing"]}}"#;
    let didomi = format!("didomi_token={}", super::values::base64(json));
    let custom = super::strings::custom_purposes(2, true, &[52]);
    let consentmanager = format!("__cmpcccu85689={custom}");
    let rows = [
        (Cmp::Didomi, &didomi, "euconsent-v2", "+?-", "+--"),
        (Cmp::Consentmanager, &consentmanager, "__cmpconsent85689", "-+-", "-+-"),
    ];
    for (cmp, own, name, alone, with_refusals) in rows {
        let read = |strings: &str| decisions(&read_by(&source(cmp), format!("{own}; {strings}")));
        for unreadable in ["true", "", "1", &tc_core(1, true, &[1, 7])] {
            assert_eq!(read(&format!("{name}={unreadable}")), alone, "{cmp}: {unreadable}");
            // Nor does it lift the refusal of another copy.
            let copies = format!("{name}={}; {name}={unreadable}", tc(&[]));
            assert_eq!(read(&copies), with_refusals, "{cmp}: {copies}");
        }
    }
    // A grant that only one copy has does not count.
    let copies = format!("{didomi}; euconsent-v2={}; euconsent-v2=x", tc(&[1, 7]));
    assert_eq!(decisions(&read(Cmp::Didomi, copies)), "+?-");
}
