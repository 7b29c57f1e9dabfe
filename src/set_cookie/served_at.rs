//! The times from which engines count an `Expires`.

use crate::set_cookie::date::{cookie_date, imf_fixdate};

/// The time at which a response is served: by its `Date` header, and by the clock.
///
/// Chromium and Firefox count an `Expires` from the response's first `Date` header, whatever their
/// own clock says; this was measured for an IMF-fixdate. Libsoup counts from the visitor's clock,
/// and a proxy between here and the visitor may replace the header. So both count ([R3](crate::rules#r3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServedAt {
    /// The time from which browsers count, in seconds since the epoch.
    date: i64,
    /// Is `true` if all browsers read the same time in the `Date` header.
    is_agreed: bool,
    /// The clock, in seconds since the epoch.
    clock: i64,
}

impl ServedAt {
    /// The time of a response without a `Date` header: the clock, in seconds since the epoch.
    pub fn clock(clock: i64) -> Self {
        ServedAt { date: clock, is_agreed: true, clock }
    }

    /// The time of a response with this first `Date` header, and the clock in seconds since the
    /// epoch.
    ///
    /// A `Date` in another form than an IMF-fixdate (RFC 9110, section 5.6.7) proves nothing, and
    /// where it is no date at all, the clock serves as the estimate.
    pub fn date_header(date: &[u8], clock: i64) -> Self {
        DateHeader::read(date).served_at(clock)
    }

    /// Returns `true` if browsers agree on [`seconds_until`](Self::seconds_until).
    pub(super) fn is_agreed(self) -> bool {
        self.is_agreed
    }

    /// Returns how long browsers keep a cookie that expires at a time; 0 if that is past.
    pub(super) fn seconds_until(self, at: i64) -> u64 {
        seconds(self.date, at)
    }

    /// Returns how long an engine keeps such a cookie that goes by its clock alone.
    pub(super) fn seconds_until_by_clock(self, at: i64) -> u64 {
        // Libsoup takes a cookie for expired when its second is over, not when it begins.
        if at == self.clock { 1 } else { seconds(self.clock, at) }
    }
}

/// A response's `Date` header, before anybody asked for the time.
#[derive(Clone, Copy)]
pub(crate) enum DateHeader {
    /// It is as long as an IMF-fixdate, and kept as it came: most responses have no `Expires` that counts
    /// from it. It is a copy, since the response's headers are edited meanwhile.
    Unread([u8; IMF_FIXDATE]),
    Read {
        /// The time from which browsers count, unless they find no date at all.
        date: Option<i64>,
        /// Is `true` if all browsers read the same time.
        is_agreed: bool,
    },
}

/// The length of an IMF-fixdate in bytes: `Sun, 06 Nov 1994 08:49:37 GMT`.
const IMF_FIXDATE: usize = 29;

impl DateHeader {
    pub(crate) fn new(date: &[u8]) -> Self {
        date.try_into().map_or_else(|_| DateHeader::read(date), DateHeader::Unread)
    }

    fn read(date: &[u8]) -> Self {
        let fixed = imf_fixdate(date);
        let date = fixed.or_else(|| cookie_date(date).map(|date| date.epoch));
        DateHeader::Read { date, is_agreed: fixed.is_some() }
    }

    pub(crate) fn served_at(self, clock: i64) -> ServedAt {
        match self {
            DateHeader::Unread(date) => DateHeader::read(&date).served_at(clock),
            DateHeader::Read { date, is_agreed } => {
                ServedAt { date: date.unwrap_or(clock), is_agreed, clock }
            }
        }
    }
}

fn seconds(from: i64, to: i64) -> u64 {
    u64::try_from(to.saturating_sub(from)).unwrap_or(0)
}
