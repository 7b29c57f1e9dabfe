//! Keeps a site's cookie policy on the server.

pub mod set_cookie;
