//! What other projects test of their cookie guards, as our own tests: one for each behaviour, with
//! its source named.
//!
//! `replays/TABLE.md` lists every behaviour, and says which differ here or cannot apply.

#[path = "replays/answer.rs"]
mod answer;
#[path = "replays/aspnetcore/chunks.rs"]
mod aspnetcore_chunks;
#[path = "replays/aspnetcore/consent.rs"]
mod aspnetcore_consent;
#[path = "replays/aspnetcore/policy.rs"]
mod aspnetcore_policy;
#[path = "replays/faz.rs"]
mod faz;
#[path = "replays/granit.rs"]
mod granit;
#[path = "replays/peers.rs"]
mod peers;
#[path = "replays/rack_policy.rs"]
mod rack_policy;
#[path = "replays/shopware.rs"]
mod shopware;
#[path = "service/site.rs"]
mod site;
#[path = "replays/table.rs"]
mod table;
