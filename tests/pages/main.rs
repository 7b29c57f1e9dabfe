//! The pages of a policy, asked for through axum, hyper and real browsers.

mod answering;
mod browsers;
mod choosing;
mod json;
mod openapi;
mod recording;
mod seeds;
mod serving;
mod showing;
mod site;
#[cfg(feature = "axum")]
mod ten_lines;
