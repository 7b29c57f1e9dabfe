//! Tests the oracle itself, by the draft's own examples and by edge cases that were worked out by
//! hand.

use crate::draft::{COOKIE_AGE_LIMIT, Expiry, cookie_date, expiry, limited, parse};

fn expiry_of(line: &[u8]) -> Expiry {
    expiry(&parse(line).expect("a cookie that is stored"))
}

#[test]
fn a_line_is_cut_at_semicolons_then_at_equals_signs() {
    let parsed = parse(b" a = b=c ; Path = / ;;X; =y; Max-Age").expect("stored");
    assert_eq!(parsed.name, b"a");
    assert_eq!(parsed.value, b"b=c");
    let attributes: Vec<(&[u8], &[u8])> =
        parsed.attributes.iter().map(|(name, value)| (&name[..], &value[..])).collect();
    let want: [(&[u8], &[u8]); 5] =
        [(b"Path", b"/"), (b"", b""), (b"X", b""), (b"", b"y"), (b"Max-Age", b"")];
    assert_eq!(attributes, want);
}

#[test]
fn what_the_draft_ignores() {
    for byte in 0..=u8::MAX {
        let stored = parse(&[b'a', b'=', byte, b'b']).is_some();
        let control = byte != b'\t' && byte.is_ascii_control();
        assert_eq!(stored, !control, "{byte:#04x}");
    }
    for line in [&b""[..], b"=", b" \t", b"; Max-Age=1", b"=__Host-a=1", b"__SECURE-a"] {
        assert_eq!(parse(line), None, "{}", line.escape_ascii());
    }
    let pair = |name: usize, value: usize| ["n".repeat(name), "v".repeat(value)].join("=");
    assert!(parse(pair(2_048, 2_048).as_bytes()).is_some());
    assert!(parse(pair(2_048, 2_049).as_bytes()).is_none());
}

#[test]
fn max_age_goes_before_expires_and_the_last_valid_one_counts() {
    assert_eq!(expiry_of(b"a=1"), Expiry::Session);
    assert_eq!(expiry_of(b"a=1; Max-Age=60; Max-Age=x"), Expiry::Age(60));
    assert_eq!(expiry_of(b"a=1; Max-Age=-60"), Expiry::Age(-60));
    assert_eq!(expiry_of(b"a=1; Max-Age=-"), Expiry::Session);
    let both = b"a=1; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:10 GMT";
    assert_eq!(expiry_of(both), Expiry::Age(0));
    let date_only = b"a=1; Max-Age=x; Expires=Thu, 01 Jan 1970 00:00:10 GMT; Expires=0";
    assert_eq!(expiry_of(date_only), Expiry::At(10));
    assert_eq!(expiry_of(b"a=1; Max-Age=99999999999999999999"), Expiry::Age(i64::MAX));
}

#[test]
fn nothing_lives_longer_than_the_limit() {
    assert_eq!(limited(Expiry::Session, 0), Expiry::Session);
    assert_eq!(limited(Expiry::Age(i64::MAX), 0), Expiry::Age(COOKIE_AGE_LIMIT));
    assert_eq!(limited(Expiry::Age(-5), 0), Expiry::Age(-5));
    assert_eq!(limited(Expiry::At(i64::MAX), 7), Expiry::At(COOKIE_AGE_LIMIT + 7));
    assert_eq!(limited(Expiry::At(8), 7), Expiry::At(8));
}

#[test]
fn days_are_counted_as_the_calendar_does() {
    for (date, want) in [
        ("1 Jan 1970 00:00:00", 0),
        ("31 Dec 1969 23:59:59", -1),
        ("1 Mar 1972 00:00:00", 68_256_000),
        ("29 Feb 2000 12:34:56", 951_827_696),
        ("19 Jan 2038 03:14:08", 2_147_483_648),
        ("1 Jan 1601 00:00:00", -11_644_473_600),
        ("31 Dec 9999 23:59:59", 253_402_300_799),
    ] {
        assert_eq!(cookie_date(date.as_bytes()), Some(want), "{date}");
    }
}
