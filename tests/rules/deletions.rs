//! Tests R4: a deletion passes, whatever the category of its cookie.

use super::site::{check, keeps, strips};

#[test]
fn r4_a_proven_deletion_passes_untouched() {
    for name in ["sid", "_ga", "theme", "visits", "_fbp", "unheard-of"] {
        for attributes in [
            "; Max-Age=0",
            "; max-age=-1; Path=/",
            "; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
            "; Expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/",
            ";EXPIRES=Thu, 01-Jan-1970 00:00:01 GMT; X-New",
        ] {
            keeps("", &format!("{name}={attributes}"));
            keeps(
                "analytics=false&functional=false&audience=false",
                &format!("{name}=x{attributes}"),
            );
        }
    }
}

#[test]
fn r4_an_unproven_deletion_becomes_a_proven_one() {
    for name in ["_ga", "_fbp", "unheard-of"] {
        for (attributes, rest) in [
            ("; Max-Age=abc; Max-Age=0; Expires=Fri, 01 Jan 2100 00:00:00 GMT", ""),
            ("; Expires=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "; Path=/"),
            ("; Expires=Thu, 01 Jan 1970 00:00:00 +0000", ""),
            ("; Max-Age=0; Max-Age=0; Secure", "; Secure"),
            // These are not deletions for libsoup, which uses the last attribute, stops at a comma
            // in a name, and before 3.4 at bytes above 0x7f.
            ("; Path=/; Max-Age=0; Expires=Fri, 01 Jan 2100 00:00:00 GMT", "; Path=/"),
            ("; Max-Age=0; Expires=0", ""),
            ("; HttpOnly, Secure; Max-Age=0", "; HttpOnly, Secure"),
            ("\u{e9}; Max-Age=0", ""),
            // These are deletions for both browsers.
            ("; Max-Age=0; Max-Age=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", ""),
            ("; Expires=Sun, 31 Dec 1600 23:59:59 GMT", ""),
        ] {
            let line = format!("{name}={attributes}");
            check("", &line, Some(&format!("{name}=; Max-Age=0{rest}")));
        }
    }
}

#[test]
fn r4_what_only_looks_like_a_deletion_is_none() {
    for attributes in [
        "; Max-Age=0; Max-Age=31536000",
        // By the draft these are deletions, but browsers were measured to store the cookie.
        "; Max-Age=0; Max-Age=abc; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
        "; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Expires=0",
        "; Max-Age=0.5",
        "; Max-Age=",
        "; Max-Age=\"0\"",
        "; Expires=yesterday",
        "; Expires=0",
        "; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
        "",
    ] {
        strips("", &format!("_ga={attributes}"));
        strips("", &format!("_fbp={attributes}"));
    }
}

#[test]
fn r4_r10_a_logout_survives_a_cap() {
    keeps("", "auth=; Max-Age=0");
    keeps("", "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    check("", "sid=; Expires=Thu, 01 Jan 1970 00:00:00 UTC", Some("sid=; Max-Age=0"));
    check("", "auth=; Max-Age=0; Max-Age=0", Some("auth=; Max-Age=0"));
}

#[test]
fn r4_a_declined_cookie_next_to_its_deletion_is_stripped() {
    let policy = super::site::policy();
    let consent = super::site::visitor(&policy, "analytics=false");
    let lines = ["_ga=; Max-Age=0", "_ga=GA1.1; Max-Age=60"];
    let (got, _) = super::site::enforced(&policy, &consent, &lines);
    assert_eq!(got, ["_ga=; Max-Age=0"]);
}
