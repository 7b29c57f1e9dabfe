//! Expires in the forms that all user agents read alike: IMF-fixdate, the same with `-` in the
//! date, and either with a one-digit day.

use super::Life::{Proven, Unproven};
use super::{Case, expires};

pub(super) fn rows() -> Vec<Case> {
    vec![
        expires("Sat, 21 Nov 2026 12:00:01 GMT", Proven(1)),
        expires("Sat, 21 Nov 2026 13:00:00 GMT", Proven(3_600)),
        expires("Sun, 22 Nov 2026 12:00:00 GMT", Proven(86_400)),
        expires("Sat, 28 Nov 2026 12:00:00 GMT", Proven(604_800)),
        expires("Mon, 21 Dec 2026 12:00:00 GMT", Proven(2_592_000)),
        expires("Thu, 31 Dec 2026 23:59:59 GMT", Proven(3_499_199)),
        expires("Fri, 01 Jan 2027 00:00:00 GMT", Proven(3_499_200)),
        expires("Sun, 21 Nov 2027 12:00:00 GMT", Proven(31_536_000)),
        expires("Tue, 29 Feb 2028 00:00:00 GMT", Proven(40_132_800)),
        expires("Tue, 21 Nov 2028 12:00:00 GMT", Proven(63_158_400)),
        expires("Tue, 19 Jan 2038 03:14:07 GMT", Proven(352_221_247)),
        expires("Tue, 19 Jan 2038 03:14:08 GMT", Proven(352_221_248)),
        expires("Thu, 31 Dec 2099 23:59:59 GMT", Proven(2_307_182_399)),
        expires("Mon, 01 Mar 2100 00:00:00 GMT", Proven(2_312_280_000)),
        expires("Fri, 31 Dec 9999 23:59:59 GMT", Proven(251_607_038_399)),
        // The day of the week says nothing.
        expires("Mon, 22 Nov 2026 12:00:00 GMT", Proven(86_400)),
        expires("Sun, 22-Nov-2026 12:00:00 GMT", Proven(86_400)),
        expires("Thu, 31-Dec-2026 23:59:59 GMT", Proven(3_499_199)),
        expires("Sun, 21-Nov-2027 12:00:00 GMT", Proven(31_536_000)),
        expires("Tue, 1 Dec 2026 12:00:00 GMT", Proven(864_000)),
        expires("Tue, 01 Dec 2026 12:00:00 GMT", Proven(864_000)),
        expires("Tue, 1-Dec-2026 12:00:00 GMT", Proven(864_000)),
        expires("Tue, 01-Dec-2026 12:00:00 GMT", Proven(864_000)),
        // No such day, no such time, or too early.
        expires("Sun, 31 Feb 2027 12:00:00 GMT", Unproven(None)),
        expires("Mon, 29 Feb 2027 12:00:00 GMT", Unproven(None)),
        expires("Mon, 29 Feb 2100 12:00:00 GMT", Unproven(None)),
        expires("Sat, 29 Feb 2200 12:00:00 GMT", Unproven(None)),
        expires("Tue, 31 Nov 2026 12:00:00 GMT", Unproven(None)),
        expires("Sun, 00 Nov 2026 12:00:00 GMT", Unproven(None)),
        expires("Sun, 0 Nov 2026 12:00:00 GMT", Unproven(None)),
        expires("Sun, 32 Dec 2026 12:00:00 GMT", Unproven(None)),
        expires("Wed, 31-Apr-2027 12:00:00 GMT", Unproven(None)),
        expires("Sun, 22 Nov 2026 24:00:00 GMT", Unproven(None)),
        expires("Sun, 22 Nov 2026 12:60:00 GMT", Unproven(None)),
        expires("Sun, 22 Nov 2026 12:00:60 GMT", Unproven(None)),
        expires("Sun, 22-Nov-2026 24:00:00 GMT", Unproven(None)),
        expires("Sun, 31 Dec 1600 23:59:59 GMT", Unproven(None)),
        expires("Fri, 01 Jan 0226 00:00:00 GMT", Unproven(None)),
        expires("Sun, 22 Nov 12026 12:00:00 GMT", Unproven(None)),
        expires("Sun, 22 Nov 20260 12:00:00 GMT", Unproven(None)),
        // Four digits that read as two: 2027, and 1999, which has passed.
        expires("Sun, 21 Nov 0027 12:00:00 GMT", Unproven(Some(31_536_000))),
        expires("Sun, 21 Nov 0099 12:00:00 GMT", Unproven(Some(0))),
    ]
}
