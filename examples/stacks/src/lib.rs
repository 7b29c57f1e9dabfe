//! The code of the guide's page on other stacks (`src/docs/stacks.md`): a site in each, which sets a
//! session and `_ga`, and says whether it counts the visitor.
//!
//! A test of the crate itself holds the page against these files.

pub mod actix;
pub mod axum_0_7;
pub mod lambda;
pub mod poem;
pub mod salvo;
pub mod tonic;
pub mod warp;
