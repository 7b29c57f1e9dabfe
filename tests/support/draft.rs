//! A slow, literal reading of draft-ietf-httpbis-rfc6265bis (revision 22): how a user agent reads a
//! `Set-Cookie` field and when the cookie expires. Written to be compared with the text, step by
//! step; nothing here is shared with the crate it judges.

/// The longest lifetime that section 5.5 recommends: 400 days, in seconds.
pub(crate) const COOKIE_AGE_LIMIT: i64 = 400 * 24 * 60 * 60;

/// A cookie as section 5.6 hands it to the storage model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// `cookie-name`, empty for a nameless cookie.
    pub(crate) name: Vec<u8>,
    /// `cookie-value`.
    pub(crate) value: Vec<u8>,
    /// Name and value of every `cookie-av` that reaches section 5.6 step "process", in order:
    /// unknown and empty ones too, over-long ones not.
    pub(crate) attributes: Vec<(Vec<u8>, Vec<u8>)>,
}

/// `expiry-time` and `persistent-flag` of section 5.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// `persistent-flag` is false.
    Session,
    /// Expires: seconds since 1970-01-01 00:00:00 UTC.
    At(i64),
    /// Max-Age: seconds from now; zero or less is a deletion.
    Age(i64),
}

/// Sections 5.6 and 5.7, steps on name and value: the cookie, or `None` where it is ignored.
pub(crate) fn parse(line: &[u8]) -> Option<Parsed> {
    // 5.6 step 1: a control character other than tab makes the whole line ignored.
    if line.iter().any(|&byte| is_control(byte)) {
        return None;
    }
    let parsed = split(line);
    // 5.6 step 5: name and value may be 4096 octets together.
    if parsed.name.len() + parsed.value.len() > 4096 {
        return None;
    }
    // 5.7: a cookie with neither name nor value is ignored.
    if parsed.name.is_empty() && parsed.value.is_empty() {
        return None;
    }
    // 5.7: a nameless cookie may not pretend to a name prefix.
    if parsed.name.is_empty()
        && (starts_with_ignoring_case(&parsed.value, b"__Secure-")
            || starts_with_ignoring_case(&parsed.value, b"__Host-"))
    {
        return None;
    }
    Some(parsed)
}

/// Section 5.6 without the steps that ignore the line: what it would mean if it were stored.
pub(crate) fn split(line: &[u8]) -> Parsed {
    // Step 2: the pair is what precedes the first `;`; the attributes begin with that `;`.
    let (name_value_pair, unparsed_attributes) = match position(line, b';') {
        Some(semicolon) => (&line[..semicolon], &line[semicolon..]),
        None => (line, &line[line.len()..]),
    };
    // Step 3: no `=` means no name; otherwise the first `=` ends the name.
    let (name, value) = match position(name_value_pair, b'=') {
        Some(equals) => (&name_value_pair[..equals], &name_value_pair[equals + 1..]),
        None => (&name_value_pair[..0], name_value_pair),
    };
    // Step 4: blanks at both ends of both go. Step 6: that is the cookie.
    Parsed {
        name: without_outer_blanks(name).to_vec(),
        value: without_outer_blanks(value).to_vec(),
        attributes: attributes(unparsed_attributes),
    }
}

/// Section 5.6, the second algorithm: the attributes.
fn attributes(unparsed_attributes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut attributes = Vec::new();
    let mut unparsed = unparsed_attributes;
    // Step 1: until nothing is left. Step 2: drop the leading `;`.
    while let Some((_semicolon, rest)) = unparsed.split_first() {
        // Step 3: the next attribute goes up to the next `;`, or to the end.
        let end = position(rest, b';').unwrap_or(rest.len());
        let cookie_av = &rest[..end];
        unparsed = &rest[end..];
        // Step 4: its first `=` ends its name; without one it has no value.
        let (name, value) = match position(cookie_av, b'=') {
            Some(equals) => (&cookie_av[..equals], &cookie_av[equals + 1..]),
            None => (cookie_av, &cookie_av[..0]),
        };
        // Step 5: outer blanks go.
        let name = without_outer_blanks(name);
        let value = without_outer_blanks(value);
        // Step 6: a value of more than 1024 octets: the attribute is ignored.
        if value.len() > 1024 {
            continue;
        }
        // Step 7: the attribute is processed. Step 8: from the top.
        attributes.push((name.to_vec(), value.to_vec()));
    }
    attributes
}

/// Section 5.7, the step on `persistent-flag` and `expiry-time`, without the limit of section 5.5.
pub(crate) fn expiry(parsed: &Parsed) -> Expiry {
    // The last Max-Age that survived 5.6.2 counts; else the last Expires that survived 5.6.1;
    // else the cookie is not persistent.
    if let Some(seconds) = last(parsed, b"max-age", max_age) {
        Expiry::Age(seconds)
    } else if let Some(time) = last(parsed, b"expires", cookie_date) {
        Expiry::At(time)
    } else {
        Expiry::Session
    }
}

/// Section 5.5, as applied in 5.6.1 and 5.6.2: no expiry later than the limit.
pub(crate) fn limited(expiry: Expiry, now: i64) -> Expiry {
    match expiry {
        Expiry::Session => Expiry::Session,
        Expiry::At(time) => Expiry::At(time.min(now + COOKIE_AGE_LIMIT)),
        Expiry::Age(seconds) => Expiry::Age(seconds.min(COOKIE_AGE_LIMIT)),
    }
}

fn last(parsed: &Parsed, name: &[u8], read: fn(&[u8]) -> Option<i64>) -> Option<i64> {
    parsed
        .attributes
        .iter()
        .filter(|attribute| attribute.0.eq_ignore_ascii_case(name))
        .filter_map(|attribute| read(&attribute.1))
        .next_back()
}

/// Section 5.6.2: seconds of one Max-Age, saturating; `None` where the attribute is ignored.
pub(crate) fn max_age(value: &[u8]) -> Option<i64> {
    // Step 1: an empty value is ignored.
    // Step 2: so is one that starts with neither a digit nor `-` and a digit.
    let (negative, digits) = match value {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    // Step 3: so is one with anything but digits in the rest.
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Step 4: the number in base 10.
    let mut seconds: i64 = 0;
    for digit in digits {
        seconds = seconds.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
    }
    // Steps 5 and 6, the limit, are `limited`. Step 7: zero or less is the past.
    Some(if negative { -seconds } else { seconds })
}

/// Section 5.1.1: seconds since 1970-01-01 00:00:00 UTC; `None` where the date is no date.
pub(crate) fn cookie_date(date: &[u8]) -> Option<i64> {
    let mut found_time: Option<(i64, i64, i64)> = None;
    let mut found_day_of_month: Option<i64> = None;
    let mut found_month: Option<i64> = None;
    let mut found_year: Option<i64> = None;

    // Step 1: tokens are runs of bytes that are no delimiters.
    let tokens = date.split(|&byte| is_delimiter(byte)).filter(|token| !token.is_empty());

    // Step 2: each token is the first of these that it can be and that is still missing.
    for token in tokens {
        if found_time.is_none()
            && let Some(time) = time(token)
        {
            found_time = Some(time);
        } else if found_day_of_month.is_none()
            && let Some(day) = number(token, 1, 2)
        {
            found_day_of_month = Some(day);
        } else if found_month.is_none()
            && let Some(month) = month(token)
        {
            found_month = Some(month);
        } else if found_year.is_none()
            && let Some(year) = number(token, 2, 4)
        {
            found_year = Some(year);
        }
    }

    // Step 5, first item: all four have to be there.
    let (hour, minute, second) = found_time?;
    let day = found_day_of_month?;
    let month = found_month?;
    let mut year = found_year?;

    // Step 3: 70 to 99 are of the twentieth century.
    if (70..=99).contains(&year) {
        year += 1900;
    }
    // Step 4: 0 to 69 are of the twenty-first.
    if (0..=69).contains(&year) {
        year += 2000;
    }
    // Step 5, the other items: each within its range.
    if !(1..=31).contains(&day) || year < 1601 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    // Step 6: the day has to exist in that month.
    if day > days_in(month, year) {
        return None;
    }
    // Step 7.
    Some(((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// `time = hms-time [ non-digit *OCTET ]`, three fields of one or two digits.
fn time(token: &[u8]) -> Option<(i64, i64, i64)> {
    let (hour, rest) = time_field(token)?;
    let (minute, rest) = time_field(rest.strip_prefix(b":")?)?;
    let (second, rest) = time_field(rest.strip_prefix(b":")?)?;
    // The third field must not run on into further digits.
    match rest.first() {
        Some(byte) if byte.is_ascii_digit() => None,
        _ => Some((hour, minute, second)),
    }
}

/// `time-field = 1*2DIGIT`, and what follows it.
fn time_field(text: &[u8]) -> Option<(i64, &[u8])> {
    match text {
        [tens, ones, rest @ ..] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
            Some((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest))
        }
        [ones, rest @ ..] if ones.is_ascii_digit() => Some((i64::from(ones - b'0'), rest)),
        _ => None,
    }
}

/// `day-of-month` and `year`: so many digits, then the end or a non-digit and anything.
fn number(token: &[u8], fewest: usize, most: usize) -> Option<i64> {
    let digits = token.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits < fewest || digits > most {
        return None;
    }
    let mut number = 0;
    for digit in &token[..digits] {
        number = number * 10 + i64::from(digit - b'0');
    }
    Some(number)
}

/// `month`: three letters in any case, then anything. January is 1.
fn month(token: &[u8]) -> Option<i64> {
    const MONTHS: [(&[u8], i64); 12] = [
        (b"jan", 1),
        (b"feb", 2),
        (b"mar", 3),
        (b"apr", 4),
        (b"may", 5),
        (b"jun", 6),
        (b"jul", 7),
        (b"aug", 8),
        (b"sep", 9),
        (b"oct", 10),
        (b"nov", 11),
        (b"dec", 12),
    ];
    MONTHS.iter().find(|(name, _)| starts_with_ignoring_case(token, name)).map(|&(_, month)| month)
}

/// `delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E`.
pub(crate) fn is_delimiter(byte: u8) -> bool {
    matches!(byte, 0x09 | 0x20..=0x2f | 0x3b..=0x40 | 0x5b..=0x60 | 0x7b..=0x7e)
}

/// The control characters of section 5.6 step 1: `%x00-08 / %x0A-1F / %x7F`.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0a..=0x1f | 0x7f)
}

/// Without WSP (space and tab, nothing else) at either end.
fn without_outer_blanks(mut text: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = text {
        text = rest;
    }
    text
}

fn position(text: &[u8], wanted: u8) -> Option<usize> {
    text.iter().position(|&byte| byte == wanted)
}

fn starts_with_ignoring_case(text: &[u8], prefix: &[u8]) -> bool {
    text.len() >= prefix.len() && text[..prefix.len()].eq_ignore_ascii_case(prefix)
}

/// Days from 1970-01-01 to the given day, counted one year and one month at a time.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let years: i64 = if year >= 1970 {
        (1970..year).map(days_in_year).sum()
    } else {
        -(year..1970).map(days_in_year).sum::<i64>()
    };
    let months: i64 = (1..month).map(|earlier| days_in(earlier, year)).sum();
    years + months + day - 1
}

fn days_in_year(year: i64) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

fn days_in(month: i64, year: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}
