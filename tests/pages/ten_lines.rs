//! From a site without all this to banner, preferences and policy page in ten lines, imports not counted.

mod asking;
mod bare;

use axum::Router;
use axum::body::Body;
use http::Request;
use tower::ServiceExt;
use tower_cookie_consent::Registry;

use super::site::{REGISTRY, sent, stored, text};

const BARE: &str = include_str!("ten_lines/bare.rs");
const ASKING: &str = include_str!("ten_lines/asking.rs");

fn code(source: &str) -> Vec<&str> {
    let lines = source.lines().map(str::trim);
    let is_code = |line: &&str| {
        !line.is_empty() && !["//", "use "].iter().any(|start| line.starts_with(start))
    };
    lines.filter(is_code).collect()
}

#[test]
fn a_site_asks_its_visitors_with_ten_lines_more() {
    let mut before = code(BARE);
    let new: Vec<_> = code(ASKING)
        .into_iter()
        .filter(|line| match before.iter().position(|it| it == line) {
            Some(there) => {
                before.swap_remove(there);
                false
            }
            None => true,
        })
        .collect();
    assert!(new.len() <= 10, "{} lines are new or changed: {new:#?}", new.len());
    assert!(new.iter().all(|line| line.len() <= 100), "they are no longer than others: {new:#?}");
}

async fn page(app: Router, path: &str) -> String {
    let request = Request::get(path).body(Body::empty()).unwrap();
    text(app.oneshot(request).await.unwrap()).await
}

#[tokio::test]
async fn they_are_all_that_it_takes() {
    assert!(!page(bare::app(), "/").await.contains("Accept all"));
    let app = asking::app(Registry::from_toml(REGISTRY).unwrap());
    let home = page(app.clone(), "/").await;
    for part in ["Accept all", "Refuse all", "Manage my cookies", ".css\"", ".js\""] {
        assert!(home.contains(part), "{part}: {home}");
    }
    let own = page(app.clone(), "/cookies").await;
    for part in ["Save my choice", "value=\"matomo\"", "_pk_*", "13 months"] {
        assert!(own.contains(part), "{part}: {own}");
    }
    let refused = app.oneshot(sent("choice=refuse")).await.unwrap();
    assert_eq!(stored(&refused).as_deref(), Some("analytics=false&chat=false"));
}
