//! A request through each stack: of what the site sets, the session passes, and `_ga` with consent
//! alone.

mod actix;
mod axum_0_7;
mod lambda;
mod poem;
mod salvo;
mod tonic;
mod warp;

use http::HeaderMap;
use tower_cookie_consent::{Choice, Policy, Registry};

fn registry() -> Registry {
    let text = r#"
        version = "2025-01-15"
        [categories.essential]
        basis = "necessary"
        cookies = { session = "session" }
        [categories.analytics]
        basis = "consent"
        cookies = { _ga = "13 months" }
    "#;
    Registry::from_toml(text).unwrap()
}

/// The `Cookie` header of a visitor who consented.
fn granted() -> String {
    let policy = Policy::new(registry());
    let choice = Choice::decided(policy.registry()).grant_all();
    let lines = policy.consent(&HeaderMap::new()).store(&choice).unwrap();
    let line = lines.iter().next().unwrap().to_str().unwrap();
    line.split(';').next().unwrap().to_owned()
}

/// An answer as a visitor gets it: the page, and the cookies in any order.
#[derive(Debug)]
struct Answer {
    text: String,
    set: Vec<String>,
}

impl Answer {
    fn new<V: AsRef<[u8]>>(text: impl Into<String>, set: impl IntoIterator<Item = V>) -> Self {
        let line = |line: V| String::from_utf8(line.as_ref().to_vec()).unwrap();
        let mut set: Vec<_> = set.into_iter().map(line).collect();
        set.sort();
        Answer { text: text.into(), set }
    }
}

const SESSION: &str = "session=1; HttpOnly";
const CAPPED: &str = "_ga=GA1.1; Max-Age=34128000";

/// Holds what a visitor got who has not decided, and one who consented.
fn check(undecided: &Answer, granted: &Answer) {
    assert_eq!((&*undecided.text, &*undecided.set), ("not counted", &[SESSION.to_owned()][..]));
    let both = [CAPPED.to_owned(), SESSION.to_owned()];
    assert_eq!((&*granted.text, &*granted.set), ("counted", &both[..]));
}

/// Asks a server for its page.
async fn ask(address: std::net::SocketAddr, cookies: &str) -> Answer {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = client.get(format!("http://{address}/")).header("cookie", cookies);
    let response = request.send().await.unwrap();
    let headers = response.headers().clone();
    Answer::new(response.text().await.unwrap(), headers.get_all("set-cookie"))
}
