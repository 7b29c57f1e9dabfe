//! R21: what is stored of lines with odd and repeated attributes once a floor has raised them, beside what
//! is stored without a layer, and beside what [`Floor::missing_in`] says of them.

use std::collections::HashMap;
use std::convert::Infallible;
use std::thread;

use http::header::{CONTENT_TYPE, HOST, HeaderValue, SET_COOKIE};
use http::{Request, Response};
use hyper::body::Incoming;
use test_support::browser::{Browser, JarCookie};
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_cookie_consent::set_cookie::{Floor, SameSite, SetCookie};
use tower_cookie_consent::{CookieConsentLayer, Policy, Registry};

use super::installed::{CHROMIUM, FIREFOX, start};
use super::server::{Scheme, Server};

/// The parts of the lines behind name and value.
fn tails() -> Vec<String> {
    let long = "x".repeat(1025);
    let mut tails: Vec<String> = [
        "",
        "; Secure",
        "; Secure; Secure",
        "; Secure=false",
        "; secure=0; SECURE",
        "; Secure ; Secure=\"no\"",
        "; =Secure",
        "; Securely",
        "; HttpOnly",
        "; HttpOnly; HttpOnly=false",
        "; httponly = no",
        "; HttpOnly\t; Secure\t",
        "; SameSite=Strict",
        "; SameSite=Lax",
        "; SameSite=None; Secure",
        "; SameSite=None",
        "; SameSite",
        "; SameSite=",
        "; SameSite=Maybe",
        "; SameSite=\"Lax\"",
        "; samesite = STRICT ",
        "; SameSite=Strict; SameSite=Lax",
        "; SameSite=Lax; SameSite=Strict",
        "; SameSite=Strict; SameSite=None; Secure",
        "; SameSite=None; SameSite=Strict",
        "; SameSite=Strict; SameSite=Maybe",
        "; SameSite=Maybe; SameSite=Strict",
        "; SameSite=Strict; SameSite",
        "; SameSite=Strict; SameSite=",
        "; SameSite=Lax; SameSite=Strict; SameSite=Lax",
        "; SameSite=Strict, SameSite=Lax",
        "; Partitioned; Secure",
        "; Partitioned",
        "; Partitioned=no; Secure",
        "; Partitioned; Secure; partitioned=0",
        "; Partitioned; Secure; SameSite=Lax; SameSite=None; HttpOnly; HttpOnly",
        "; Path=/; Secure; Path=/; HttpOnly; Path=/",
    ]
    .map(str::to_owned)
    .into();
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict; SameSite", "Secure; Partitioned"] {
        tails.push(format!("; {attribute}={long}"));
    }
    tails
}

fn line(number: usize, tail: &str) -> String {
    format!("line{number}=raised{tail}")
}

/// None, each by itself, and all.
fn floors() -> Vec<Floor> {
    let set = |raise: &dyn Fn(&mut Floor)| {
        let mut floor = Floor::default();
        raise(&mut floor);
        floor
    };
    vec![
        Floor::default(),
        set(&|floor| floor.secure = true),
        set(&|floor| floor.http_only = true),
        set(&|floor| floor.same_site = Some(SameSite::Lax)),
        set(&|floor| floor.same_site = Some(SameSite::Strict)),
        set(&|floor| (floor.secure, floor.same_site) = (true, Some(SameSite::None))),
        set(&|floor| (floor.secure, floor.partitioned) = (true, true)),
        set(&|floor| {
            (floor.secure, floor.http_only, floor.partitioned) = (true, true, true);
            floor.same_site = Some(SameSite::Lax);
        }),
    ]
}

fn policy(floor: Floor) -> Policy {
    let flags = [
        ("secure", floor.secure),
        ("http-only", floor.http_only),
        ("partitioned", floor.partitioned),
    ];
    let mut demands: Vec<_> = flags
        .into_iter()
        .filter(|(_, demanded)| *demanded)
        .map(|(name, _)| format!("{name} = true\n"))
        .collect();
    if let Some(least) = floor.same_site {
        demands.push(format!("same-site = \"{}\"\n", least.to_string().to_lowercase()));
    }
    let demands = demands.concat();
    let registry = format!(
        "version = '1'\n[categories.all]\nbasis = 'necessary'\n{demands}cookies = ['line*']\n"
    );
    Policy::new(toml::from_str::<Registry>(&registry).unwrap())
}

/// The attributes of a line's cookie that a browser stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stored {
    secure: bool,
    http_only: bool,
    /// From nothing said to `Strict`.
    same_site: usize,
    partitioned: bool,
}

impl Stored {
    fn has(self, floor: Floor) -> bool {
        let same_site = floor.same_site.map_or(0, |least| rank(&least.to_string()));
        self.secure >= floor.secure
            && self.http_only >= floor.http_only
            && self.same_site >= same_site
            && self.partitioned >= floor.partitioned
    }

    /// With what a floor demands, and nothing else.
    fn raised(self, floor: Floor) -> Stored {
        let same_site = floor.same_site.map_or(0, |least| rank(&least.to_string()));
        Stored {
            secure: self.secure || floor.secure,
            http_only: self.http_only || floor.http_only,
            same_site: self.same_site.max(same_site),
            partitioned: self.partitioned || floor.partitioned,
        }
    }
}

/// The rank of a `SameSite`, in the words of either browser.
fn rank(same_site: &str) -> usize {
    match same_site.to_lowercase().as_str() {
        "strict" => 3,
        "lax" => 2,
        "none" => 1,
        _ => 0,
    }
}

/// A host for each floor sets all lines, each behind a twin of its name that is in no jar but the one of
/// all sites: a line that replaces it is not partitioned.
fn site()
-> impl Service<Request<Incoming>, Response = Response<String>, Error = Infallible, Future: Send>
+ Clone
+ Send
+ use<> {
    let layers: Vec<_> =
        floors().into_iter().map(|floor| CookieConsentLayer::new(policy(floor))).collect();
    service_fn(move |request: Request<Incoming>| {
        let host = request.headers().get(HOST).map(|host| host.to_str().unwrap().to_owned());
        let number =
            host.and_then(|host| host.strip_prefix("floor")?.split('.').next()?.parse().ok());
        let layer = number.and_then(|number: usize| layers.get(number).cloned());
        async move {
            let lines = service_fn(set_lines);
            match layer {
                Some(layer) => layer.layer(lines).oneshot(request).await,
                None => lines.oneshot(request).await,
            }
        }
    })
}

async fn set_lines(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let mut response = Response::new("<!doctype html><title>floors</title>".to_owned());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    if request.uri().path() == "/" {
        for (number, tail) in tails().iter().enumerate() {
            let line = format!("{}; Path=/", line(number, tail));
            headers.append(SET_COOKIE, HeaderValue::from_str(&line).unwrap());
        }
    }
    Ok(response)
}

/// The cookies that a browser stored at each host, by the number of their line.
fn visit(browser: &mut Browser, server: &Server) -> Vec<HashMap<usize, Stored>> {
    let lines = tails().len();
    (0..floors().len())
        .map(|floor| {
            browser.clear_cookies();
            // Twins that a script sets pass no layer.
            browser.navigate(&server.url(&format!("floor{floor}.test"), "/twins"));
            browser.evaluate(&format!(
                "(() => {{ for (let line = 0; line < {lines}; line++) {{
                    document.cookie = `line${{line}}=twin; Path=/`;
                }} }})()"
            ));
            browser.navigate(&server.url(&format!("floor{floor}.test"), "/"));
            let jar = browser.cookies();
            let of = |number: usize| {
                let name = format!("line{number}").into_bytes();
                jar.iter().filter(move |cookie| cookie.name == name)
            };
            let raised = |number: usize| {
                let cookie = of(number).find(|cookie| cookie.value == b"raised")?;
                Some((number, stored(cookie, of(number).any(|cookie| cookie.value == b"twin"))))
            };
            (0..lines).filter_map(raised).collect()
        })
        .collect()
}

fn stored(cookie: &JarCookie, has_twin: bool) -> Stored {
    if let Some(partitioned) = cookie.partitioned {
        assert_eq!(partitioned, has_twin, "{cookie:?}");
    }
    Stored {
        secure: cookie.secure,
        http_only: cookie.http_only,
        same_site: rank(&cookie.same_site),
        partitioned: has_twin,
    }
}

#[test]
fn r21_a_raised_line_is_stored_with_the_floor_and_otherwise_as_it_was() {
    thread::scope(|scope| {
        for program in [CHROMIUM, FIREFOX] {
            scope.spawn(move || start(program).iter_mut().for_each(all_floors));
        }
    });
}

fn all_floors(browser: &mut Browser) {
    let server = Server::start(Scheme::Https, site());
    let found = visit(browser, &server);
    let (mut failures, mut compared) = (Vec::new(), 0);
    for (number, tail) in tails().iter().enumerate() {
        let line = line(number, tail);
        let parsed = SetCookie::parse(line.as_bytes());
        let bare = found[0].get(&number);
        for (floor, found) in floors().into_iter().zip(&found) {
            let missing = floor.missing_in(&parsed);
            let got = found.get(&number);
            // Browsers count attributes that are too long or do not: what one of them lacks, the line gets
            // for both.
            let is_plain = tail.len() < 1024;
            let is_right = match (bare, got) {
                // A browser may store with the floor what it refuses without.
                (None, got) => got.is_none_or(|got| got.has(floor)),
                (Some(bare), Some(got)) if is_plain => {
                    *got == bare.raised(floor) && bare.has(floor) == missing.is_empty()
                }
                (Some(bare), Some(got)) => {
                    *got == bare.raised(floor).raised(missing)
                        && (bare.has(floor) || !missing.is_empty())
                }
                (Some(_), None) => false,
            };
            compared += usize::from(bare.is_some());
            if !is_right {
                failures.push(format!(
                    "{line:.60}, floor {floor:?}, lacks {missing}: {bare:?} became {got:?}"
                ));
            }
        }
    }
    println!("{}: {compared} lines compared", browser.name());
    assert!(failures.is_empty(), "{}: {failures:#?}", browser.name());
}
