//! Expires as other writers print it: the draft has a reading of many, no two user agents agree on
//! all. None of them is proven.

use super::Life::Unproven;
use super::{Case, expires};

/// A date that the draft reads as a day from now.
fn tomorrow(date: impl AsRef<[u8]>) -> Case {
    expires(date, Unproven(Some(86_400)))
}

/// A date that the draft cannot read.
fn unread(date: impl AsRef<[u8]>) -> Case {
    expires(date, Unproven(None))
}

pub(super) fn rows() -> Vec<Case> {
    vec![
        // RFC 850 and asctime.
        tomorrow("Sunday, 22-Nov-26 12:00:00 GMT"),
        tomorrow("Sun, 22-Nov-26 12:00:00 GMT"),
        tomorrow("Sunday, 22-Nov-2026 12:00:00 GMT"),
        tomorrow("Sunday, 22 Nov 2026 12:00:00 GMT"),
        tomorrow("Sun Nov 22 12:00:00 2026"),
        expires("Tue Dec  1 12:00:00 2026", Unproven(Some(864_000))),
        // Blanks and dashes in other places.
        tomorrow("Sun,22 Nov 2026 12:00:00 GMT"),
        tomorrow("Sun,  22 Nov 2026 12:00:00 GMT"),
        tomorrow("Sun, 22  Nov  2026  12:00:00  GMT"),
        tomorrow("Sun, 22 Nov 2026 12:00:00  GMT"),
        tomorrow("Sun,\t22 Nov 2026 12:00:00 GMT"),
        expires("Tue,  1 Dec 2026 12:00:00 GMT", Unproven(Some(864_000))),
        expires("Tue, 001 Dec 2026 12:00:00 GMT", Unproven(None)),
        tomorrow("Sun 22 Nov 2026 12:00:00 GMT"),
        tomorrow("22 Nov 2026 12:00:00 GMT"),
        tomorrow(", 22 Nov 2026 12:00:00 GMT"),
        tomorrow("Sun, 22-Nov 2026 12:00:00 GMT"),
        tomorrow("Sun, 22 Nov-2026 12:00:00 GMT"),
        tomorrow("Sun-22-Nov-2026-12:00:00-GMT"),
        tomorrow("Sun, 22-Nov-2026-12:00:00 GMT"),
        tomorrow("Sun, 22/Nov/2026 12:00:00 GMT"),
        tomorrow("Sun, 22.Nov.2026 12:00:00 GMT"),
        tomorrow("Sun, 22_Nov_2026 12:00:00 GMT"),
        // Zones, which the draft does not look at.
        tomorrow("Sun, 22 Nov 2026 12:00:00 +0000"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 -0000"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 +0100"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 -0500"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 UTC"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 UT"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 Z"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 EST"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 CET"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 GMT+0100"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 GMT+00:00"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 GMT GMT"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 GMT!"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 GMTx"),
        tomorrow("Sun, 22 Nov 2026 12:00:00"),
        tomorrow("Sun, 22 Nov 2026 12:00:00GMT"),
        tomorrow("Sun, 22-Nov-2026 12:00:00 UTC"),
        // Case and length of the words.
        tomorrow("sun, 22 nov 2026 12:00:00 gmt"),
        tomorrow("SUN, 22 NOV 2026 12:00:00 GMT"),
        tomorrow("sun, 22 Nov 2026 12:00:00 GMT"),
        tomorrow("Sun, 22 nov 2026 12:00:00 GMT"),
        tomorrow("Sun, 22 NOV 2026 12:00:00 GMT"),
        tomorrow("Sun, 22 nOv 2026 12:00:00 GMT"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 gmt"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 Gmt"),
        tomorrow("Sun, 22 November 2026 12:00:00 GMT"),
        tomorrow("Xyz, 22 Nov 2026 12:00:00 GMT"),
        tomorrow("Dim, 22 Nov 2026 12:00:00 GMT"),
        unread("Son, 22 Dez 2026 12:00:00 GMT"),
        unread("dim., 22 déc. 2026 12:00:00 GMT"),
        // JavaScript.
        tomorrow("Sun Nov 22 2026 12:00:00 GMT+0000 (Coordinated Universal Time)"),
        tomorrow("Sun Nov 22 2026 12:00:00 GMT+0100 (Central European Standard Time)"),
        unread("Sun Nov 22 2026"),
        unread("2026-11-22T12:00:00.000Z"),
        unread("11/22/2026, 12:00:00 PM"),
        unread("1795348800000"),
        unread("Invalid Date"),
        unread("undefined"),
        // The time of day.
        tomorrow("Sun, 22 Nov 2026 12:00:00.000 GMT"),
        tomorrow("Sun, 22 Nov 2026 12:00:00 PM GMT"),
        tomorrow("Sun, 22 Nov 2026 12:0:0 GMT"),
        expires("Sun, 22 Nov 2026 1:00:00 PM GMT", Unproven(Some(46_800))),
        expires("Sun, 22 Nov 2026 1:02:03 GMT", Unproven(Some(46_923))),
        unread("Sun, 22 Nov 2026 12:00 GMT"),
        unread("Sun, 22 Nov 2026"),
        unread("Sun, 22 Nov 2026 12.00.00 GMT"),
        unread("Sun, 22 Nov 2026 120000 GMT"),
        unread("Sun, 22 Nov 2026 012:00:00 GMT"),
        unread("Sun, 22 Nov 2026 12:00:000 GMT"),
        // Two and three digits of a year.
        tomorrow("Sun, 22 Nov 26 12:00:00 GMT"),
        expires("Fri, 22 Nov 69 12:00:00 GMT", Unproven(Some(1_357_084_800))),
        expires("Sun, 22 Nov 70 12:00:00 GMT", Unproven(Some(0))),
        expires("Mon, 22 Nov 99 12:00:00 GMT", Unproven(Some(0))),
        expires("Wed, 22 Nov 00 12:00:00 GMT", Unproven(Some(0))),
        expires("Mon, 22 Nov 027 12:00:00 GMT", Unproven(Some(31_622_400))),
        unread("Sun, 22 Nov 226 12:00:00 GMT"),
        unread("Sun, 22 Nov 6 12:00:00 GMT"),
        // Numbers, words, nothing.
        unread("2026-11-22 12:00:00"),
        unread("2026-11-22T12:00:00Z"),
        unread("22.11.2026 12:00:00"),
        unread("20261122120000"),
        unread("1795348800"),
        unread("0"),
        unread("-1"),
        unread("86400"),
        unread(""),
        unread(" "),
        unread("never"),
        unread("Session"),
        unread("tomorrow"),
        unread("yesterday"),
        unread("Thu"),
        unread("GMT"),
    ]
}
