//! Replays what other projects test in their cookie guards: one test for each behaviour, which
//! names its source.
//!
//! `replays/TABLE.md` lists every behaviour, and says which differ here or cannot apply.

mod answer;
#[path = "aspnetcore/attributes.rs"]
mod aspnetcore_attributes;
#[path = "aspnetcore/chunks.rs"]
mod aspnetcore_chunks;
#[path = "aspnetcore/consent.rs"]
mod aspnetcore_consent;
#[path = "aspnetcore/policy.rs"]
mod aspnetcore_policy;
mod faz;
mod granit;
mod peers;
mod rack_policy;
mod shopware;
#[path = "../service/site.rs"]
mod site;
mod table;
