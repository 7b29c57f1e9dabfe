//! Checks what real browsers store of what the layer lets out: hundreds of lines, served plain and over
//! TLS, with the layer and without. A browser that is not installed is left out, with a word about
//! it; with `REQUIRE_BROWSERS` set, that is a failure. So is libsoup, which is asked without a browser.

#[allow(dead_code, reason = "other tests read more of it")]
#[path = "../support/draft.rs"]
mod draft;
#[path = "../conformance"]
mod conformance {
    #[allow(dead_code, reason = "only the lines are of interest here")]
    pub(crate) mod generators;
    #[allow(dead_code, reason = "only the lines are of interest here")]
    pub(crate) mod measured;
    #[allow(dead_code, reason = "only the lines are of interest here")]
    pub(crate) mod table;
}

mod alike;
mod attributes;
mod capping;
mod corpus;
mod dates;
mod deletions;
mod driver;
mod expected;
mod findings;
mod floors;
mod installed;
mod keeping;
mod libsoup;
mod line;
mod local_storage;
mod lookalikes;
mod run;
mod server;
mod site;
mod stripping;
mod suites;
mod sweep;
mod tls;
mod visit;
mod wrapping;
