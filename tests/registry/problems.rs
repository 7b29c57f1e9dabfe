//! Broken registry files: what is said, and where.

use tower_cookie_consent::registry::{
    Category, Declaration, Problem, ProblemKind, Registry, Service,
};

struct Case {
    name: &'static str,
    /// From line 1 on.
    file: &'static str,
    /// The lines of the listing, as far as they are written here.
    want: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "r14 syntax",
        file: "version = \"1\"\n[categories.a\nbasis = 1",
        want: &["line 2: "],
    },
    Case {
        name: "r14 nothing",
        file: "",
        want: &["version: has no `version`", "categories: has no category"],
    },
    Case {
        name: "r14 everything at once, by line",
        file: r#"
version = 1
udpated = 2025-01-15
title = {}
consent-lifetime = "session"
undeclared = "keep"
[consent]
name = "a b"
same_site = "lax"
secure = "yes"
[categories.a]
basis = "neccessary"
lifetime = "1.5 years"
cookies = { x = 30, "y;" = "1 day" }
[categories.b]
purpos = "p"
"#,
        want: &[
            "line 2: version: is a number; write a text in quotes",
            "line 3: udpated: is no key of this table; did you mean `updated`?",
            "line 4: title: has no text in any language",
            "line 5: consent-lifetime: a consent cannot last for a session",
            "line 6: undeclared: \"keep\" says nothing about undeclared cookies",
            "line 8: consent.name: is no cookie name",
            "line 9: consent.same_site: is no key of this table; did you mean `same-site`?",
            "line 10: consent.secure: is a text; write true or false",
            "line 12: categories.a.basis: \"neccessary\" is no basis",
            "line 13: categories.a.lifetime: the lifetime \"1.5 years\" is not a whole number",
            "line 14: categories.a.cookies.x: is a number; write a table, or the lifetime alone",
            "line 14: categories.a.cookies.\"y;\": no cookie has this name",
            "line 15: categories.b.basis: has no `basis`",
            "line 16: categories.b.purpos: is no key of this table; did you mean `purpose`?",
        ],
    },
    Case {
        name: "r5 duplicates, in lists too",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
cookies = [
    "x",
    "_ga_*",
    "x",
]
[categories.b]
basis = "consent"
cookies = ["_ga_**"]
"#,
        want: &[
            "line 8: categories.a.cookies.x: is declared already, at categories.a.cookies.x",
            "line 12: categories.b.cookies.\"_ga_**\": is declared already, at \
             categories.a.cookies.\"_ga_*\"",
        ],
    },
    Case {
        name: "r5 equal claims",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
cookies = ["_ab*"]
[categories.b]
basis = "consent"
[categories.b.services.s]
cookies = ["*_id", "*_ide"]
[categories.b.services.t]
cookies.'*ide*' = "1 day"
"#,
        want: &[
            "line 9: categories.b.services.s.cookies.\"*_id\": matches \"_ab_id\" with as many \
             literal bytes as categories.a.cookies.\"_ab*\"; lengthen",
            "line 11: categories.b.services.t.cookies.\"*ide*\": matches \"_abide\" with as many",
            "line 11: categories.b.services.t.cookies.\"*ide*\": matches \"ide_id\" with as many",
        ],
    },
    Case {
        name: "r5 bare stars and empty names",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
cookies = ["*", "**", ""]
"#,
        want: &[
            "line 5: categories.a.cookies.\"*\": matches every cookie",
            "line 5: categories.a.cookies.\"**\": matches every cookie",
            "line 5: categories.a.cookies.\"\": has no name",
        ],
    },
    Case {
        name: "r10 lifetimes above those around them",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
lifetime = "1 year"
cookies.x = "13 months"
[categories.a.services.s]
lifetime = "2 years"
cookies.y = { lifetime = "3 years" }
[categories.b]
basis = "consent"
lifetime = "session"
cookies.z = "1 second"
[categories.b.services.t]
cookies.w = "1 day"
"#,
        want: &[
            "line 6: categories.a.cookies.x.lifetime: lives 13 months, above the 1 year of \
             categories.a;",
            "line 8: categories.a.services.s.lifetime: lives 2 years, above the 1 year of \
             categories.a;",
            "line 9: categories.a.services.s.cookies.y.lifetime: lives 3 years, above the 2 years \
             of categories.a.services.s;",
            "line 13: categories.b.cookies.z.lifetime: lives 1 second, above the session of",
            "line 15: categories.b.services.t.cookies.w.lifetime: lives 1 day, above the session",
        ],
    },
    Case {
        name: "r5 references and ids",
        file: r#"
version = "1"
undeclared = { category = "analytic" }
[categories.analytics]
basis = "consent"
[categories.time]
basis = "consent"
[categories."a b"]
basis = "consent"
[services.analytics]
category = "analytics"
[services.lost]
category = "nowhere"
cookies = ["fine"]
[services.homeless]
[cookies]
a = { category = "analytics", service = "lost" }
b = { service = "analytcs" }
c = "1 day"
d = { service = "lost" }
e = { category = "Analytics" }
"#,
        want: &[
            "line 3: undeclared: there is no category \"analytic\"; did you mean `analytics`?",
            "line 6: categories.time: is a key of the consent cookie",
            "line 8: categories.\"a b\": is no id",
            "line 10: services.analytics: has the id of categories.analytics",
            "line 13: services.lost.category: there is no category \"nowhere\"; declare it",
            "line 15: services.homeless: belongs nowhere",
            "line 17: cookies.a: belongs to two places",
            "line 18: cookies.b.service: there is no service \"analytcs\"; did you mean",
            "line 19: cookies.c: belongs nowhere",
            "line 21: cookies.e.category: there is no category \"Analytics\"; did you mean \
             `analytics`?",
        ],
    },
    Case {
        name: "r8 the consent cookie",
        file: r#"
version = "1"
[consent]
name = "__host-choice"
path = "/a"
domain = "example com"
same-site = "none"
secure = false
lifetime = "persistent"
[categories.a]
basis = "consent"
cookies = ["__host-choice"]
"#,
        want: &[
            "line 4: consent.name: browsers refuse a `__Host-` cookie",
            "line 6: consent.domain: is no domain",
            "line 7: consent.same-site: browsers refuse `SameSite=None`",
            "line 9: consent.lifetime: the lifetime \"persistent\" promises no end",
            "line 12: categories.a.cookies.__host-choice: is the consent cookie",
        ],
    },
    Case {
        name: "r8 the consent cookie outlives its declaration",
        file: r#"
version = "1"
[consent]
lifetime = "1 year"
[categories.a]
basis = "necessary"
cookies.cookie_consent = "6 months"
"#,
        want: &["line 4: consent.lifetime: lives 1 year, above the 6 months of"],
    },
    Case {
        name: "r14 wrong types",
        file: r#"
version = "1"
undeclared = 3
consent = "x"
services = "x"
cookies = 1
[categories]
a = "consent"
b = { basis = true, title = ["t"], cookies = [1], services = { s = [] } }
c = { basis = "consent", title = { fr = 1 }, cookies.x = { refresh = "no", domain = 1 } }
"#,
        want: &[
            "line 3: undeclared: is a number; write \"strip\"",
            "line 4: consent: is a text; write a table",
            "line 5: services: is a text; write a table",
            "line 6: cookies: is a number; write a table of cookies, or a list of their names",
            "line 8: categories.a: is a text; write a table",
            "line 9: categories.b.basis: is true or false; write \"necessary\"",
            "line 9: categories.b.title: is a list; write a text in quotes, or one per language",
            "line 9: categories.b.cookies: is a number",
            "line 9: categories.b.services.s: is a list; write a table",
            "line 10: categories.c.title.fr: is a number; write a text in quotes",
            "line 10: categories.c.cookies.x.domain: is a number; write a text in quotes",
            "line 10: categories.c.cookies.x.refresh: is a text; write true or false",
        ],
    },
    Case {
        name: "r14 dates, places, and keys that belong elsewhere",
        file: r#"
version = "1"
updated = "15 janvier 2025"
[categories.a]
basis = "consent"
cookies.x = { category = "a" }
cookies.y = { domain = "a.example; Secure", path = "x" }
"#,
        want: &[
            "line 3: updated: \"15 janvier 2025\" is no date",
            "line 6: categories.a.cookies.x.category: is no key of this table; it takes purpose,",
            "line 7: categories.a.cookies.y.domain: is no domain",
            "line 7: categories.a.cookies.y.path: is no path",
        ],
    },
    Case {
        name: "r14 syntax: names in quotes, keys twice",
        file: "version = \"1\"\n[categories.a]\nbasis = \"consent\"\n[categories.a.cookies]\n_ga_* = {}",
        want: &[
            "line 5: invalid unquoted key, expected letters, numbers, `-`, `_`; a key with other \
             characters stands in quotes, as in `\"_ga_*\" = …`",
        ],
    },
    Case {
        name: "r14 syntax: keys twice",
        file: "version = \"1\"\nversion = \"2\"",
        want: &["line 2: duplicate key version; remove one of the two"],
    },
    Case {
        name: "r10 lifetimes that promise nothing",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
[categories.a.cookies]
a = "Persistent"
b = "N/A"
c = "expired"
d = "a few seconds"
e = "3600"
f = "13 months (from the last visit)"
g = "Fin de session"
"#,
        want: &[
            "line 6: categories.a.cookies.a.lifetime: the lifetime \"Persistent\" promises no end \
             with \"Persistent\"; leave `lifetime` out (a cookie without any setting is written \
             `name = {}`)",
            "line 7: categories.a.cookies.b.lifetime: the lifetime \"N/A\" states nothing; leave",
            "line 8: categories.a.cookies.c.lifetime: the lifetime \"expired\" is no time at all",
            "line 9: categories.a.cookies.d.lifetime: the lifetime \"a few seconds\" has no end",
            "line 10: categories.a.cookies.e.lifetime: the lifetime \"3600\" has no unit after 3600",
            "line 11: categories.a.cookies.f.lifetime: the lifetime \"13 months (from the last \
             visit)\" goes on with \"(from the last visit)\"; write the time or range alone",
        ],
    },
    Case {
        name: "r5 placeholders in names",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
[categories.a.cookies]
"wordpress_logged_in_[hash]" = {}
"_ga_<container-id>" = {}
_ga_XXXXXXXX = {}
"_hjSession_#" = {}
"{id}" = {}
"_gid, _gat" = {}
"#,
        want: &[
            "line 6: categories.a.cookies.\"wordpress_logged_in_[hash]\": \"[hash]\" looks like a \
             placeholder; write `*` for the part that varies: \"wordpress_logged_in_*\"",
            "line 7: categories.a.cookies.\"_ga_<container-id>\": \"<container-id>\" looks like",
            "line 8: categories.a.cookies._ga_XXXXXXXX: \"XXXXXXXX\" looks like a placeholder",
            "line 9: categories.a.cookies.\"_hjSession_#\": \"#\" looks like a placeholder",
            "line 10: categories.a.cookies.\"{id}\": \"{id}\" looks like a placeholder; write a name",
            "line 11: categories.a.cookies.\"_gid, _gat\": looks like several names; write each",
        ],
    },
    Case {
        name: "r14 one mistake is one problem",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
[services.s]
category = ["a"]
[services.t]
categry = "a"
[cookies]
connect.sid = "session"
express.sid.v2 = { category = "a" }
x = { service = ["a", "b"] }
y = 3
z = { categori = "a" }
w = { service = "s" }
"#,
        want: &[
            "line 6: services.s.category: is a list; write a text in quotes",
            "line 8: services.t.categry: is no key of this table; did you mean `category`?",
            "line 10: cookies.connect.sid: is no key of this table; it takes category, service, \
             purpose, provider, lifetime, domain, path, refresh; or is the name \"connect.sid\"? \
             then put it in quotes",
            "line 11: cookies.express.sid: is no key of this table; it takes category, service, \
             purpose, provider, lifetime, domain, path, refresh; or is the name \
             \"express.sid.v2\"? then",
            "line 12: cookies.x.service: is a list; write a text in quotes",
            "line 13: cookies.y: is a number; write a table, or the lifetime alone",
            "line 14: cookies.z.categori: is no key of this table; did you mean `category`?",
        ],
    },
    Case {
        name: "r14 misspelt keys are not missing",
        file: "verson = \"1\"\n[categories.a]\nbasi = \"consent\"",
        want: &[
            "line 1: verson: is no key of this table; did you mean `version`?",
            "line 3: categories.a.basi: is no key of this table; did you mean `basis`?",
        ],
    },
    Case {
        name: "r5 one name, two declarations",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
services.s.cookies.id = { domain = "a.example.com" }
services.t.cookies.id = { domain = "b.example.com" }
"#,
        want: &["line 6: categories.a.services.t.cookies.id: is declared already, at \
             categories.a.services.s.cookies.id; remove one of the two: domain and path do not \
             tell two cookies of one name apart, and a cookie of two services is declared at \
             their category, or once at one of them"],
    },
    Case {
        name: "r14 cookies as a list of tables",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
cookies = [{ name = "a.b" }, { name = "c" }, 1]
[categories.b]
basis = "consent"
cookies = [1, 2]
[[cookies]]
id = "sid"
[[cookies]]
id = "tid"
"#,
        want: &[
            "line 5: categories.a.cookies: is a list of tables; write [categories.a.cookies] with \
             one line per cookie: `\"a.b\" = { … }`",
            "line 8: categories.b.cookies: is a number; write a table of cookies",
            "line 9: cookies: is a list of tables; write [cookies] with one line per cookie: \
             `sid = { … }`",
        ],
    },
    Case {
        name: "r5 categories and services taken for each other",
        file: r#"
version = "1"
[categories.analytics]
basis = "CONSENT"
[services.hotjar]
category = "analytics"
[services.other]
category = "hotjar"
[cookies]
_ga = { service = "analytics" }
_hj = { category = "hotjar" }
"#,
        want: &[
            "line 8: services.other.category: \"hotjar\" is a service; name its category, \
             \"analytics\"",
            "line 10: cookies._ga.service: \"analytics\" is a category; write `category = \
             \"analytics\"`",
            "line 11: cookies._hj.category: \"hotjar\" is a service; name its category, \
             \"analytics\", or for a cookie write `service = \"hotjar\"`",
        ],
    },
    Case {
        name: "r14 a category of the top level",
        file: "version = \"1\"\n[essential]\nbasis = \"necessary\"\n[other]\nx = 1",
        want: &[
            "line 2: essential: is no key of this table; did you mean `[categories.essential]`?",
            "line 4: other: is no key of this table; it takes version,",
        ],
    },
    Case {
        name: "r14 values that are almost right",
        file: r#"
version = "1"
consent.same-site = "lex"
[categories.a]
basis = "opt out"
[categories.b]
basis = "OPT_OUT"
[categories.c]
basis = "legitimate interest"
"#,
        want: &[
            "line 3: consent.same-site: \"lex\" is no SameSite; did you mean `lax`?",
            "line 5: categories.a.basis: \"opt out\" is no basis; did you mean `opt-out`?",
            "line 9: categories.c.basis: \"legitimate interest\" is no basis; write `necessary`,",
        ],
    },
    Case {
        name: "r14 host prefixes",
        file: r#"
version = "1"
[categories.a]
basis = "consent"
[categories.a.cookies]
__Host-a = { domain = "example.com" }
"__host-*" = { path = "/a" }
__Host-b = { path = "/" }
__Secure-c = { domain = "example.com" }
"#,
        want: &[
            "line 6: categories.a.cookies.__Host-a: browsers refuse a `__Host-` cookie that has a",
            "line 7: categories.a.cookies.\"__host-*\": browsers refuse a `__Host-` cookie that",
        ],
    },
];

#[test]
fn r14_every_problem_is_listed_with_its_line() {
    for Case { name, file, want } in CASES {
        let error = Registry::from_toml(file).expect_err(name);
        let listing = error.to_string();
        let lines: Vec<_> = listing.lines().collect();
        assert_eq!(lines.len(), error.problems().len(), "{name}: one line each\n{listing}");
        assert_eq!(lines.len(), want.len(), "{name}:\n{listing}");
        for (line, want) in lines.iter().zip(*want) {
            assert!(line.starts_with(want), "{name}: wanted\n{want}\nin\n{listing}");
        }
    }
}

/// `unwrap`, and a `main` that returns the error, print `Debug`.
#[test]
fn r14_debug_is_the_listing_on_lines_of_its_own() {
    let error = Registry::from_toml("title = 1").unwrap_err();
    assert_eq!(format!("{error:?}"), format!("\n{error}"));
}

/// Formats that know no lines name the entries all the same.
#[test]
fn r14_serde_errors_carry_the_whole_listing() {
    let file = r#"{"version": "", "categories": {"a": {"basis": "no", "cookies": ["*"]}}}"#;
    let error = serde_json::from_str::<Registry>(file).unwrap_err().to_string();
    let toml = "version = ''\ncategories.a = { basis = 'no', cookies = ['*'] }";
    for error in [error, toml::from_str::<Registry>(toml).unwrap_err().to_string()] {
        for want in ["version: ", "categories.a.basis: ", "categories.a.cookies.\"*\": "] {
            assert!(error.contains(want), "{want} in {error}");
        }
    }
    for not_even_a_table in ["3", "null", "[]", "\"x\""] {
        let error = serde_json::from_str::<Registry>(not_even_a_table).unwrap_err().to_string();
        assert!(error.contains("write a table"), "{error}");
    }
}

#[test]
fn r5_what_stands_inside_a_category_names_no_other() {
    let category = Category::consent("a")
        .cookie(Declaration::new("x").in_category("a"))
        .cookie(Declaration::new("y").in_service("s"))
        .service(Service::new("s").in_category("a").cookie("z"));
    let error = Registry::builder().version("1").category(category).build().unwrap_err();
    let key_path = |problem: &Problem| problem.key_path().to_string();
    let found: Vec<_> = error.problems().iter().map(key_path).collect();
    assert_eq!(
        found,
        ["categories.a.cookies.x", "categories.a.cookies.y", "categories.a.services.s"]
    );
    for problem in error.problems() {
        assert_eq!(*problem.kind(), ProblemKind::TwoHomes);
        assert_eq!(problem.line(), None);
    }
}

#[test]
fn r5_ids_are_given_once_in_code_too() {
    let error = Registry::builder()
        .version("1")
        .category(Category::consent("a").service(Service::new("s")))
        .category(Category::consent("a"))
        .service(Service::new("s").in_category("a"))
        .build()
        .unwrap_err();
    let want = [("categories.a", "categories.a"), ("services.s", "categories.a.services.s")]
        .map(|(key_path, first)| (key_path.to_owned(), first));
    let found: Vec<_> = error
        .problems()
        .iter()
        .map(|problem| match problem.kind() {
            ProblemKind::DuplicateId { first } => (problem.key_path().to_string(), first.as_str()),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(found, want);
}
