//! Tests R23 behind real shared caches: no page, token or cookie of one visitor reaches another.
//!
//! The tests are skipped on a machine without nginx and Varnish, unless `REQUIRE_CACHES` is set.

mod site;

use site::{Layered, STATES, Site, State, VARIANTS};
use test_support::cache::Cache;

/// The responses that two visitors got, one after the other, from the same address behind a cache.
struct Visits {
    first: Answer,
    second: Answer,
}

/// The response that a visitor got.
struct Answer {
    body: String,
    /// The values of what it sets.
    sets: Vec<String>,
}

impl Visits {
    /// Returns whether the second visitor got a page that was made for the first one.
    fn share(&self) -> bool {
        self.second.body == self.first.body
            || self.second.sets.iter().any(|line| self.first.sets.contains(line))
    }
}

async fn visit(url: &str, cookies: Option<&str>) -> Answer {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut request = client.get(url);
    if let Some(cookies) = cookies {
        request = request.header("cookie", cookies);
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200, "{url}");
    let lines = response.headers().get_all("set-cookie").iter();
    let sets = lines.map(|line| line.to_str().unwrap().to_owned()).collect();
    Answer { sets, body: response.text().await.unwrap() }
}

/// Lets two visitors in these states request a page that nobody requested before.
async fn visits(cache: &Cache, variant: &str, first: State, second: State) -> Visits {
    let url = cache.url(variant);
    Visits {
        first: visit(&url, first.cookies("anna").as_deref()).await,
        second: visit(&url, second.cookies("bert").as_deref()).await,
    }
}

/// The variants of the page that were shared by visitors of some pair of states.
async fn shared(cache: &Cache) -> Vec<&'static str> {
    let mut found = Vec::new();
    for variant in VARIANTS {
        let mut is_shared = false;
        for first in STATES {
            for second in STATES {
                is_shared |= visits(cache, variant, first, second).await.share();
            }
        }
        if is_shared {
            found.push(variant);
        }
    }
    found
}

/// The caches that are installed, in front of a site with or without the layer.
async fn caches(layered: Layered) -> Vec<Cache> {
    let site = Site::start(layered).await;
    Cache::installed(&site.address)
}

#[tokio::test(flavor = "multi_thread")]
async fn r23_no_page_token_or_cookie_of_a_visitor_reaches_another() {
    for cache in caches(Layered::Told).await {
        assert_eq!(shared(&cache).await, [""; 0], "{}", cache.name());
    }
}

/// The same site, so that what is asserted above can fail: without the layer its cookies keep caches
/// away, and with a layer that says nothing to caches its pages are handed around.
#[tokio::test(flavor = "multi_thread")]
async fn r23_without_a_word_to_caches_pages_are_handed_around() {
    for cache in caches(Layered::Not).await {
        assert_eq!(shared(&cache).await, [""; 0], "{}: a Set-Cookie is in each", cache.name());
    }
    for cache in caches(Layered::Silent).await {
        assert_eq!(shared(&cache).await, VARIANTS, "{}", cache.name());
    }
}

/// Responses that set nothing, or only necessary cookies, are left to the caches unchanged.
#[tokio::test(flavor = "multi_thread")]
async fn r23_a_page_that_is_for_all_is_cached() {
    for layered in [Layered::Not, Layered::Silent, Layered::Told] {
        for cache in caches(layered).await {
            for (first, second) in [(State::New, State::New), (State::Refused, State::Granted)] {
                let visits = visits(&cache, "for-all", first, second).await;
                assert!(visits.share(), "{}, {layered:?}: {}", cache.name(), visits.second.body);
            }
        }
    }
}

/// A page that differs by the consent and says that it is public: each visitor gets their own.
#[tokio::test(flavor = "multi_thread")]
async fn r23_a_page_that_differs_by_the_consent_is_not_mistaken() {
    for cache in caches(Layered::Told).await {
        for first in STATES {
            for second in STATES {
                let visits = visits(&cache, "asks", first, second).await;
                for (state, answer) in [(first, visits.first), (second, visits.second)] {
                    let want = if state == State::Granted { "counted" } else { "not counted" };
                    let name = cache.name();
                    assert_eq!(answer.body, want, "{name}: {first:?}, then {second:?}");
                }
            }
        }
        let visits = visits(&cache, "asks", State::New, State::New).await;
        assert!(visits.share(), "{}: those who send nothing share it", cache.name());
    }
    for cache in caches(Layered::Silent).await {
        let visits = visits(&cache, "asks", State::Granted, State::Refused).await;
        assert_eq!(visits.second.body, "counted", "{}: it was mistaken", cache.name());
    }
}
