//! Generates random lines and dates from words and bytes that are difficult for readers.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const WORDS: &[&[u8]] = &[
    b"Max-Age",
    b"max-age",
    b"MAX-AGE",
    b"Expires",
    b"expires",
    b"EXPIRES",
    b"Path",
    b"/",
    b"Secure",
    b"HttpOnly",
    b"a",
    b"_ga",
    b"abc",
    b"__Host-x",
    b"0",
    b"1",
    b"60",
    b"007",
    b"34560001",
    b"9999999999999999999999",
    b"-1",
    b"-0",
    b"+60",
    b"0.5",
    b"-",
    b",",
];
const CUTS: &[&[u8]] = &[b";", b"; ", b";;", b" ; ", b"=", b" = ", b"==", b";\t", b"\t"];
const BLANKS: &[&[u8]] = &[b" ", b"\t", b"  ", b"", b"\"", b"\xa0", b"\xc2\xa0", b"\x80", b"\xff"];
const DATES: &[&[u8]] = &[
    b"Sun, 22 Nov 2026 12:00:00 GMT",
    b"Tue, 1 Dec 2026 12:00:00 GMT",
    b"Sun, 22-Nov-2026 12:00:00 GMT",
    b"Tue, 1-Dec-2026 12:00:00 GMT",
    b"Thu, 01 Jan 1970 00:00:00 GMT",
    b"Sun, 31 Feb 2027 12:00:00 GMT",
    b"Sunday, 22-Nov-26 12:00:00 GMT",
    b"Sun Nov 22 12:00:00 2026",
    b"sun, 22 nov 2026 12:00:00 gmt",
    b"Sun, 22 Nov 2026 12:00:00 +0100",
    b"Sun Nov 22 2026 12:00:00 GMT+0000 (UTC)",
    b"2026-11-22T12:00:00Z",
];
const DATE_WORDS: &[&[u8]] = &[
    b"Sun",
    b"Monday",
    b"jan",
    b"FEB",
    b"Mar",
    b"april",
    b"Nov",
    b"Dec",
    b"GMT",
    b"UTC",
    b"+0100",
    b"0",
    b"1",
    b"22",
    b"29",
    b"30",
    b"31",
    b"32",
    b"69",
    b"70",
    b"99",
    b"027",
    b"226",
    b"1600",
    b"1601",
    b"1900",
    b"2000",
    b"2026",
    b"2028",
    b"2100",
    b"9999",
    b"12026",
    b"12:00:00",
    b"1:2:3",
    b"23:59:59",
    b"24:00:00",
    b"12:60:00",
    b"12:00:60",
    b"12:00",
    b"012:00:00",
    b"12:00:000",
    b"12:00:00:00",
    b"12::00",
    b":",
    b"T",
    b"nd",
    b"x",
    b"\xff",
    b"PM",
];
const DATE_GAPS: &[&[u8]] =
    &[b" ", b"-", b", ", b"  ", b"/", b"\t", b".", b"_", b"~", b"", b":", b"\x80"];

fn one_of(words: &'static [&'static [u8]]) -> impl Strategy<Value = Vec<u8>> {
    select(words).prop_map(<[u8]>::to_vec)
}

/// Generates any mixture of words, separators, blanks, dates and single bytes that a header may
/// carry.
fn mixture() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => one_of(WORDS),
        8 => one_of(CUTS),
        3 => one_of(BLANKS),
        1 => one_of(DATES),
        2 => header_byte().prop_map(|byte| vec![byte]),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Generates a pair and attributes, most of them a Max-Age or an Expires with a small mistake.
fn attributes() -> impl Strategy<Value = Vec<u8>> {
    let name = prop_oneof![6 => one_of(&WORDS[..6]), 2 => one_of(WORDS), 1 => mixture()];
    let value = prop_oneof![4 => one_of(DATES), 4 => one_of(WORDS), 2 => date(), 1 => mixture()];
    let attribute = (one_of(BLANKS), name, one_of(CUTS), value, one_of(BLANKS)).prop_map(
        |(before, name, equals, value, after)| {
            let equals = if equals.contains(&b'=') { equals } else { b"=".to_vec() };
            [b";".to_vec(), before, name, equals, value, after].concat()
        },
    );
    (mixture(), vec(attribute, 0..4))
        .prop_map(|(pair, attributes)| [pair, attributes.concat()].concat())
}

/// Generates a line that a header may carry: no control bytes except tab.
pub(crate) fn line() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => mixture(),
        5 => attributes(),
        1 => vec(header_byte(), 0..64),
    ]
}

/// Generates any bytes.
pub(super) fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..256)
}

fn header_byte() -> impl Strategy<Value = u8> {
    prop_oneof![Just(b'\t'), 0x20..=0x7e_u8, 0x80..=0xff_u8]
}

/// Generates text like a date: words, numbers and times in any order, or a printed date with one
/// byte changed.
pub(super) fn date() -> impl Strategy<Value = Vec<u8>> {
    let words = vec((one_of(DATE_WORDS), one_of(DATE_GAPS)), 0..9).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(word, gap)| [word, gap].concat()).collect()
    });
    let one_off = (select(DATES), any::<prop::sample::Index>(), header_byte()).prop_map(
        |(date, at, byte)| {
            let mut date = date.to_vec();
            let at = at.index(date.len());
            date[at] = byte;
            date
        },
    );
    prop_oneof![4 => words, 2 => fixed_date(), 2 => one_off]
}

/// Generates text in one of the fixed forms, for days that do and do not exist.
pub(super) fn fixed_date() -> impl Strategy<Value = Vec<u8>> {
    let day = select(&["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][..]);
    let months =
        &["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let time = (0..25_u8, 0..61_u8, 0..61_u8);
    let year = prop_oneof![4 => 1600..2101_u16, 1 => 0..10_000_u16];
    (day, 0..33_u8, select(&months[..]), year, time, any::<bool>(), any::<bool>()).prop_map(
        |(weekday, day, month, year, (hour, minute, second), dashes, padded)| {
            let gap = if dashes { '-' } else { ' ' };
            let day = if padded { format!("{day:02}") } else { format!("{day}") };
            format!(
                "{weekday}, {day}{gap}{month}{gap}{year:04} {hour:02}:{minute:02}:{second:02} GMT"
            )
            .into_bytes()
        },
    )
}
