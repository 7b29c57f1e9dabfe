//! The banner's files. This site serves them itself, so that no visitor contacts another host for
//! them.

use std::fs;
use std::io;
use std::path::Path;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

const PACKAGE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/node_modules/vanilla-cookieconsent/dist");

pub(crate) fn routes() -> io::Result<Router> {
    let script = file("cookieconsent.umd.js")?;
    let style = file("cookieconsent.css")?;
    let banner = include_str!("banner.js");
    let serve = |kind: &'static str, text: String| {
        get(move || async move { ([(CONTENT_TYPE, kind)], text) })
    };
    Ok(Router::new()
        .route("/cookieconsent.js", serve("text/javascript", script))
        .route("/cookieconsent.css", serve("text/css", style))
        .route("/banner.js", serve("text/javascript", banner.to_owned())))
}

fn file(name: &str) -> io::Result<String> {
    let path = Path::new(PACKAGE).join(name);
    fs::read_to_string(&path).map_err(|error| {
        let advice = "install the banner: npm install --prefix examples/cmp";
        io::Error::new(error.kind(), format!("{}: {error}; {advice}", path.display()))
    })
}
