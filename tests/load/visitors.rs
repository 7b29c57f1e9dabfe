//! The visitors whom the load generators send: one of each kind of consent, some logged in.

use std::net::SocketAddr;

use http::header::SET_COOKIE;

use super::oracle::now;

/// The `Cookie` headers of visitors.
pub(crate) struct Visitors(pub(crate) Vec<String>);

const YEAR: u64 = 365 * 24 * 60 * 60;

impl Visitors {
    /// Logs in every second one of them.
    pub(crate) async fn log_in(address: SocketAddr) -> Self {
        let mut visitors = consents();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        for (number, cookies) in visitors.iter_mut().enumerate().step_by(2) {
            let response = client
                .post(format!("http://{address}/login/standing-{number}"))
                .send()
                .await
                .unwrap();
            let lines = response.headers().get_all(SET_COOKIE).iter();
            let session = lines
                .filter_map(|line| line.to_str().unwrap().split(';').next())
                .find(|pair| pair.starts_with("id="))
                .expect("who logs in gets a session");
            cookies.insert_str(0, &format!("{session}; "));
        }
        Self(visitors.into_iter().map(|cookies| cookies + "lang=en").collect())
    }

    /// Returns a visitor with a session, who granted analytics and nothing else.
    pub(crate) fn with_analytics(&self) -> &str {
        let is_it = |cookies: &&String| {
            cookies.starts_with("id=") && cookies.contains("functional=false&analytics=true; lang")
        };
        self.0.iter().find(is_it).unwrap()
    }
}

/// Consent cookies, each followed directly by the next cookie.
fn consents() -> Vec<String> {
    let (now, stale) = (now(), now() - YEAR);
    let choice = |time: u64, version: &str, analytics: bool, functional: bool| {
        format!(
            "cookie_consent=version={version}&time={time}\
             &functional={functional}&analytics={analytics}; "
        )
    };
    let all = choice(now, "7", true, true);
    let none = choice(now, "7", false, false);
    vec![
        String::new(),
        String::new(),
        none.clone(),
        none.clone(),
        all.clone(),
        all.clone(),
        choice(now, "7", true, false),
        choice(now, "7", false, true),
        // None of these copies counts.
        choice(stale, "7", true, true),
        choice(now, "6", true, true),
        "cookie_consent=version=7&time=soon&analytics=true&functional=true; ".to_owned(),
        "cookie_consent=%ff%00&&=&=true%3Banalytics=true+; ".to_owned(),
        // Two copies allow only what both grant.
        format!("{all}{none}"),
        format!("{none}{all}"),
        format!("{all}{all}"),
    ]
}
