//! Name prefixes: part of the name; whether such a cookie may be stored is not judged here.

use super::Life::{Proven, Session};
use super::{Case, named, nameless};

pub(super) fn rows() -> Vec<Case> {
    vec![
        named("__Host-a=1", "__Host-a", "1", Session),
        named("__Host-a=1; Secure; Path=/; Max-Age=60", "__Host-a", "1", Proven(60)),
        named("__Secure-a=1; Secure; Max-Age=60", "__Secure-a", "1", Proven(60)),
        named("__host-a=1; Secure; Path=/", "__host-a", "1", Session),
        named("__SECURE-a=1; Secure", "__SECURE-a", "1", Session),
        named("__Http-a=1; Secure; HttpOnly", "__Http-a", "1", Session),
        named("__Host-=1; Secure; Path=/", "__Host-", "1", Session),
        named(" __Host-a =1; Secure; Path=/", "__Host-a", "1", Session),
        named("_Host-a=1", "_Host-a", "1", Session),
        // A nameless cookie that would come back looking prefixed: the draft ignores it.
        nameless("__Host-a", "__Host-a", "__Host-a", Session),
        nameless("=__Host-a=1", "__Host-a", "__Host-a=1", Session),
        nameless("=__secure-a=1; Max-Age=60", "__secure-a", "__secure-a=1", Proven(60)),
    ]
}
