//! Generates the `Set-Cookie` lines of responses.

use super::{Dice, cookie_name, dates, values};
use crate::site::{Cap, Site};
use crate::visit::Written;

pub(super) fn lines(dice: &mut Dice, site: &Site, favourite: &str) -> Vec<Written> {
    let number = match dice.below(10) {
        0 => dice.below(13),
        _ => dice.below(5),
    };
    (0..number).map(|_| written(dice, site, favourite)).collect()
}

fn written(dice: &mut Dice, site: &Site, favourite: &str) -> Written {
    match dice.below(50) {
        0..2 => {
            let (granted, refused): (Vec<_>, Vec<_>) =
                site.ids().map(|(group, _)| group.id.clone()).partition(|_| dice.chance(60));
            Written::Store { granted, refused, by_this_request: dice.chance(85) }
        }
        2 => Written::Withdraw { by_this_request: dice.chance(85) },
        3..9 => Written::Line(consent_line(dice, site)),
        _ => {
            let name = if dice.chance(20) { favourite.to_owned() } else { cookie_name(dice, site) };
            Written::Line(line(dice, site, &name))
        }
    }
}

/// Returns a line that sets any cookie.
fn line(dice: &mut Dice, site: &Site, name: &str) -> Vec<u8> {
    let value: &[u8] = dice.pick::<&[u8]>(&[
        b"1",
        b"1",
        b"1",
        b"",
        b"a=b",
        b"\"x;y\"",
        b"\xc3\xa9",
        b"\xff",
        b"a\tb",
        b"a, b",
    ]);
    let mut line = pair(dice, name.as_bytes(), value);
    let mut attributes = lifetime(dice, site);
    attributes.extend(others(dice));
    append(dice, &mut line, attributes);
    line
}

/// Returns a name and value, usual or odd.
fn pair(dice: &mut Dice, name: &[u8], value: &[u8]) -> Vec<u8> {
    match dice.below(30) {
        0 => name.to_vec(),
        1 => [b"=", name].concat(),
        2 => [b" = ", name, b" =", value].concat(),
        3 => [b" ", name, b"\t= ", value, b" "].concat(),
        4 => [b"=", name, b"=", value].concat(),
        5 => dice.pick::<&[u8]>(&[b"", b"=", b" ", b"=="]).to_vec(),
        _ => [name, b"=", value].concat(),
    }
}

/// Returns the attributes that set a lifetime.
fn lifetime(dice: &mut Dice, site: &Site) -> Vec<Vec<u8>> {
    let seconds = seconds(dice, site);
    let end = site.clock_seconds() + seconds;
    let mut texts = match dice.below(24) {
        0..4 => Vec::new(),
        4..8 => vec![format!("Max-Age={seconds}")],
        8..11 => vec![format!("Expires={}", dates::valid(dice, end))],
        11..13 => {
            vec![format!("Max-Age={seconds}"), format!("Expires={}", dates::valid(dice, end))]
        }
        13 => {
            let end = end + *dice.pick(&[1, -1, 60, -60, 1_000_000]);
            vec![format!("Max-Age={seconds}"), format!("Expires={}", dates::valid(dice, end))]
        }
        14..16 => vec![
            dice.pick(&["Max-Age=0", "max-age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
                .to_string(),
        ],
        16 => vec!["Expires=Thu, 01 Jan 1970 00:00:00 GMT".to_owned(), "Max-Age=0".to_owned()],
        17 => vec![odd_max_age(dice)],
        18 => vec![format!("Expires={}", dates::odd(dice, end))],
        19 => vec![odd_max_age(dice), format!("Expires={}", dates::valid(dice, end))],
        20 => vec![format!("Max-Age={seconds}"), format!("Expires={}", dates::odd(dice, end))],
        21 => vec![
            format!("Max-Age={seconds}"),
            odd_max_age(dice),
            format!("Expires={}", dates::valid(dice, end)),
        ],
        22 => vec![
            format!("Expires={}", dates::valid(dice, end)),
            format!("expires = {}", dates::odd(dice, end + 60)),
        ],
        _ => vec!["Max-Age=0".to_owned(), format!("EXPIRES={}", dates::valid(dice, end))],
    };
    dice.shuffle(&mut texts);
    texts.into_iter().map(String::into_bytes).collect()
}

/// Returns seconds near the site's caps, and others.
fn seconds(dice: &mut Dice, site: &Site) -> i64 {
    let cookie = dice.pick(&site.cookies);
    match site.cap(cookie) {
        Some(Cap::Seconds(cap)) if dice.chance(60) => {
            i64::try_from(cap).unwrap() + *dice.pick(&[-1, 0, 0, 1, 60])
        }
        _ => *dice.pick(&[0, 1, 59, 60, 61, 3600, 86_400, 34_128_000, 315_360_000, -1, -86_400]),
    }
}

fn odd_max_age(dice: &mut Dice) -> String {
    match dice.below(12) {
        0 => "Max-Age".to_owned(),
        1 => "Max-Age=".to_owned(),
        2 => "Max-Age=x".to_owned(),
        3 => "Max-Age=0.5".to_owned(),
        4 => "Max-Age=+60".to_owned(),
        5 => "Max-Age=-".to_owned(),
        6 => "Max-Age=6\t0".to_owned(),
        7 => "Max-Age=\"60\"".to_owned(),
        8 => format!("Max-Age={}60", "0".repeat(1018 + dice.below(8))),
        9 => format!("Max-Age={}", "9".repeat(15 + dice.below(10))),
        10 => "MAX-AGE = 0060 ".to_owned(),
        _ => "Max-Age\t=60".to_owned(),
    }
}

fn others(dice: &mut Dice) -> Vec<Vec<u8>> {
    let usual: [&[u8]; 8] = [
        b"Path=/",
        b"Path=/",
        b"Secure",
        b"HttpOnly",
        b"SameSite=Lax",
        b"Domain=example.com",
        b"Path=/app",
        b"Partitioned",
    ];
    let odd: [&[u8]; 9] = [
        b"",
        b"x\xc3\xa9",
        b"x,y",
        b"a=1,2",
        b"x\ty=1",
        b" \t",
        b"=",
        b"Max-Age2=5",
        b"Path=/\xff",
    ];
    (0..dice.below(4))
        .map(|_| if dice.chance(85) { dice.pick(&usual) } else { dice.pick(&odd) }.to_vec())
        .collect()
}

/// Puts attributes behind a pair, in any order.
fn append(dice: &mut Dice, line: &mut Vec<u8>, mut attributes: Vec<Vec<u8>>) {
    if dice.chance(50) {
        dice.shuffle(&mut attributes);
    }
    for attribute in attributes {
        line.extend_from_slice(dice.pick::<&[u8]>(&[b"; ", b"; ", b"; ", b"; ", b";", b" ;  "]));
        line.extend(attribute);
    }
}

/// Returns a line with the name of the consent cookie.
fn consent_line(dice: &mut Dice, site: &Site) -> Vec<u8> {
    let place = &site.consent_cookie;
    let value = match dice.below(6) {
        0 => b"1".to_vec(),
        1 => values::choice(dice, site),
        _ => values::usual_choice(dice, site).into_bytes(),
    };
    let mut line = if dice.chance(90) {
        [place.name().as_bytes(), b"=", &value].concat()
    } else {
        pair(dice, place.name().as_bytes(), &value)
    };
    let mut attributes: Vec<Vec<u8>> = vec![format!("Path={}", place.path()).into_bytes()];
    if let Some(domain) = &place.domain {
        attributes.push(format!("Domain={domain}").into_bytes());
    }
    if place.secure {
        attributes.push(b"Secure".to_vec());
    }
    if place.partitioned {
        attributes.push(b"Partitioned".to_vec());
    }
    if dice.chance(35) {
        let place = dice.below(attributes.len());
        match dice.below(4) {
            0 => drop(attributes.remove(place)),
            1 => attributes.push(attributes[place].clone()),
            2 => attributes[place] = attributes[place].to_ascii_uppercase(),
            _ => attributes.extend(others(dice)),
        }
        if dice.chance(30) {
            let other: [&[u8]; 7] = [
                b"Domain=",
                b"Domain=.example.com",
                b"Domain=EXAMPLE.com",
                b"Domain=other.example",
                b"SameSite=None",
                b"Secure=1",
                b"Path",
            ];
            attributes.push(dice.pick(&other).to_vec());
        }
    }
    let mut lifetime = lifetime(dice, site);
    if dice.chance(40) {
        lifetime =
            vec![dice.pick::<&[u8]>(&[b"Max-Age=0", b"Max-Age=0", b"Max-Age=3600"]).to_vec()];
    }
    attributes.extend(lifetime);
    append(dice, &mut line, attributes);
    line
}
