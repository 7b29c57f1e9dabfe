//! Failures that cannot be avoided: lines on which Chromium and Firefox disagree, so that one of
//! them behaves differently than without the layer. Each says what a visitor would notice who
//! allowed the cookie, under a policy that caps it. All other visitors notice nothing.

use super::findings::Expected;

const DELETED: &str = "the other browser deletes, and this one finds no date and makes a session cookie: the visitor \
     loses a cookie that would have stayed until the browser is closed";
const KEPT_BY_CHROMIUM: &str = "Chromium takes it for a deletion, and Firefox makes a session cookie: the visitor keeps a \
     cookie until the browser is closed";
const KEPT_BY_FIREFOX: &str = "Firefox takes a date without a time, in the year 27, or on a day or at a time that does not \
     exist, for one that is past, and Chromium does not: the visitor keeps a cookie, until the \
     browser is closed or within the cap";
const NEGATIVE: &str = "Firefox takes whatever begins with `-` for a negative Max-Age, and so for a deletion, and \
     Chromium reads no Max-Age: the visitor keeps a cookie until the browser is closed";
const KEPT_LONGER: &str = "Firefox finds no date and makes a session cookie, and Chromium finds one: the visitor keeps a \
     cookie when the browser is closed, within the cap";

/// Lines are given escaped, or by the name that they have in the public suites.
pub(super) const EXPECTED: [Expected; 6] = [
    Expected {
        check: "stored",
        browser: "chromium",
        why: DELETED,
        lines: &[
            "tough-cookie-lib-tests-date-spec-ts/025",
            "tough-cookie-lib-tests-date-spec-ts/034",
        ],
    },
    Expected {
        check: "stored",
        browser: "firefox",
        why: DELETED,
        lines: &["http-state-dates-bsd-examples/004"],
    },
    Expected {
        check: "not stored",
        browser: "chromium",
        why: KEPT_BY_CHROMIUM,
        lines: &[
            "a=1; Max-Age=+0",
            "a=1; Expires=Sun, 22 Nov 226 12:00:00 GMT",
            "a=1; Expires=Sun, 22 Nov 6 12:00:00 GMT",
            "tough-cookie-lib-tests-date-spec-ts/060",
            "tough-cookie-lib-tests-date-spec-ts/083",
        ],
    },
    Expected {
        check: "not stored",
        browser: "firefox",
        why: NEGATIVE,
        lines: &[
            "a=1; Max-Age=-",
            "a=1; Max-Age=--1",
            "a=1; Max-Age=- 1",
            "a=1; Max-Age=-x",
            "a=1; Max-Age=-1x",
            "a=1; Max-Age=-1.5",
            "a=1; Max-Age=-x; Expires=Sun, 22 Nov 2026 12:00:00 GMT",
        ],
    },
    Expected {
        check: "not stored",
        browser: "firefox",
        why: KEPT_BY_FIREFOX,
        lines: &[
            "a=1; Expires=Sun, 00 Nov 2026 12:00:00 GMT",
            "a=1; Expires=Sun, 0 Nov 2026 12:00:00 GMT",
            "a=1; Expires=Sun, 21 Nov 0027 12:00:00 GMT",
            "a=1; Expires=99 Nov 2026 12:00:00 22",
            "a=1; Expires=Thu, 01 Jan 1970",
            "http-state-dates-bsd-examples/031",
            "http-state-dates-bsd-examples/047",
            "http-state-dates-bsd-examples/052",
            "http-state-dates-examples/012",
            "python-test-http-cookiejar-py/010",
            "python-test-http-cookiejar-py/011",
            "python-test-http-cookiejar-py/012",
            "python-test-http-cookiejar-py/013",
            "python-test-http-cookiejar-py/014",
            "python-test-http-cookiejar-py/015",
            "python-test-http-cookiejar-py/016",
            "python-test-http-cookiejar-py/017",
            "python-test-http-cookiejar-py/126",
            "python-test-http-cookiejar-py/127",
            "python-test-http-cookiejar-py/128",
            "tough-cookie-lib-tests-date-spec-ts/023",
            "tough-cookie-lib-tests-date-spec-ts/024",
            "tough-cookie-lib-tests-date-spec-ts/029",
            "tough-cookie-lib-tests-date-spec-ts/030",
            "tough-cookie-lib-tests-date-spec-ts/031",
            "tough-cookie-lib-tests-date-spec-ts/032",
            "tough-cookie-lib-tests-date-spec-ts/033",
            "tough-cookie-lib-tests-date-spec-ts/036",
            "tough-cookie-lib-tests-date-spec-ts/037",
            "tough-cookie-lib-tests-date-spec-ts/040",
            "tough-cookie-lib-tests-date-spec-ts/042",
            "tough-cookie-lib-tests-date-spec-ts/043",
            "tough-cookie-lib-tests-date-spec-ts/044",
            "tough-cookie-lib-tests-date-spec-ts/048",
            "tough-cookie-lib-tests-date-spec-ts/049",
            "tough-cookie-lib-tests-date-spec-ts/050",
            "tough-cookie-lib-tests-date-spec-ts/051",
            "tough-cookie-lib-tests-date-spec-ts/052",
            "tough-cookie-lib-tests-date-spec-ts/053",
            "tough-cookie-lib-tests-date-spec-ts/054",
            "tough-cookie-lib-tests-date-spec-ts/104",
            "curl-tests-libtest-lib517-c/011",
            "curl-tests-libtest-lib517-c/012",
            "curl-tests-libtest-lib517-c/013",
            "curl-tests-libtest-lib517-c/014",
            "curl-tests-libtest-lib517-c/027",
            "curl-tests-libtest-lib517-c/033",
        ],
    },
    Expected {
        check: "no longer",
        browser: "firefox",
        why: KEPT_LONGER,
        lines: &[
            "a=1; Expires=Sun-22-Nov-2026-12:00:00-GMT",
            "a=1; Expires=Sun, 22-Nov-2026-12:00:00 GMT",
            "a=1; Expires=Sun, 22.Nov.2026 12:00:00 GMT",
            "a=1; Expires=Sun, 22_Nov_2026 12:00:00 GMT",
            "a=1; Expires=GMT 12:00:00 2026-Nov-22 Sun",
            "a=1; Expires=[22]{Nov}<2026>@12:00:00~",
            "python-test-http-cookiejar-py/021",
            "http-state-dates-bsd-examples-shifted/004",
        ],
    },
];
