//! Generates requests: the consent cookie in many forms, other cookies, and signals.

use super::{Dice, cookie_name};
use crate::site::Site;

/// Returns the `Cookie` lines of a request.
pub(super) fn cookie_lines(dice: &mut Dice, site: &Site, favourite: &str) -> Vec<Vec<u8>> {
    let mut pairs: Vec<Vec<u8>> = Vec::new();
    for _ in 0..dice.below(4) {
        let name = if dice.chance(25) { favourite.to_owned() } else { cookie_name(dice, site) };
        let pair = match dice.below(8) {
            0 => name,
            1 => format!("{name} = 1"),
            _ => format!("{name}=1"),
        };
        pairs.push(pair.into_bytes());
    }
    let copies = match dice.below(20) {
        0..4 => 0,
        4..16 => 1,
        16..19 => 2,
        _ => *dice.pick(&[3, 15, 16, 17, 18, 20]),
    };
    let same = choice(dice, site);
    for copy in 0..copies {
        let value = match dice.below(3) {
            0 => same.clone(),
            1 => usual_choice(dice, site).into_bytes(),
            _ => choice(dice, site),
        };
        let value = if copies > 3 && dice.chance(90) {
            [usual_choice(dice, site), format!("&copy={copy}")].concat().into_bytes()
        } else {
            value
        };
        let mut pair = site.consent_cookie.name().as_bytes().to_vec();
        pair.extend_from_slice(if dice.chance(4) { b" = " } else { b"=" });
        pair.extend(value);
        pairs.push(pair);
    }
    if dice.chance(3) {
        pairs.push(site.consent_cookie.name().as_bytes().to_vec());
    }
    if dice.chance(5) {
        pairs.push(dice.pick::<&[u8]>(&[b"", b" ", b"=", b"=1", b"=a=1", b"a"]).to_vec());
    }
    dice.shuffle(&mut pairs);
    let mut lines: Vec<Vec<u8>> = Vec::new();
    for pair in pairs {
        match lines.last_mut() {
            Some(line) if dice.chance(85) => {
                line.extend_from_slice(dice.pick::<&[u8]>(&[b"; ", b"; ", b";", b" ;\t"]));
                line.extend(pair);
            }
            _ => lines.push(pair),
        }
    }
    lines
}

/// Returns the values of `Sec-GPC` or `DNT`.
pub(super) fn signal(dice: &mut Dice) -> Vec<Vec<u8>> {
    match dice.below(16) {
        0..5 => vec![b"1".to_vec()],
        6 => vec![b"1".to_vec(), dice.pick::<&[u8]>(&[b"1", b"0", b""]).to_vec()],
        5 => vec![dice.pick::<&[u8]>(&[b"0", b"true", b"", b"1, 1", b"11", b"01"]).to_vec()],
        _ => Vec::new(),
    }
}

/// Returns a value of the consent cookie, in any form.
pub(super) fn choice(dice: &mut Dice, site: &Site) -> Vec<u8> {
    let usual = usual_choice(dice, site);
    let text = match dice.below(34) {
        0..14 => usual,
        14 => usual.replacen("version=", "version=0", 1),
        15 | 16 => with_time(dice, site, &usual),
        17 => usual.replacen("true", dice.pick::<&str>(&["1", "", "True", "yes", "false"]), 1),
        18 => format!("{usual}&{}=false", dice.pick(&site.categories).id),
        19 => format!("{usual}&{}=true", dice.pick(&site.categories).id),
        20 => format!("{usual}&other=x&&also"),
        21 => format!("{usual}&version=1"),
        22 => format!("time=1&{usual}"),
        23 => usual.replacen("&time=", "&tyme=", 1),
        24 => usual.replacen("version=", "", 1),
        25 => usual.replacen(
            "true",
            dice.pick::<&str>(&["tr%75e", "%74rue", "tru%65", "true%20", "%zz"]),
            1,
        ),
        26 => usual.replace('a', "%61"),
        27 => format!(
            "{usual}&x={}",
            "y".repeat(4090_usize.saturating_sub(usual.len()) + dice.below(9))
        ),
        28 => format!("\"{usual}\""),
        29 => usual.replace('=', " = "),
        30 => (*dice.pick(&["1", "", "true", "version=1", "{\"analytics\":true}"])).to_owned(),
        31 => usual.to_uppercase(),
        32 => format!("{usual}&{}", dice.pick(&site.categories).id),
        _ => {
            let mut bytes = usual.into_bytes();
            let place = dice.below(bytes.len());
            bytes[place] = *dice.pick(b"\xff\xe9&=%+ 1a");
            return bytes;
        }
    };
    text.into_bytes()
}

/// Returns a choice as the site writes it.
pub(super) fn usual_choice(dice: &mut Dice, site: &Site) -> String {
    let age = dice.below(3600);
    let mut value = format!(
        "version={}&time={}",
        site.version.replace('+', "%2B").replace(' ', "+"),
        site.clock_seconds() - i64::try_from(age).unwrap()
    );
    let granting = *dice.pick(&[20, 50, 80, 100]);
    for (group, _) in site.ids() {
        if dice.chance(70) {
            let granted = dice.chance(granting);
            value.extend(["&", &group.id, if granted { "=true" } else { "=false" }]);
        }
    }
    value
}

fn with_time(dice: &mut Dice, site: &Site, usual: &str) -> String {
    let (before, rest) = usual.split_once("&time=").unwrap();
    let after = rest.find('&').map_or("", |end| &rest[end..]);
    let clock = site.clock_seconds();
    let oldest = clock - i64::try_from(site.consent_lifetime).unwrap();
    let time = match dice.below(14) {
        0 => oldest.to_string(),
        1 => (oldest - 1).to_string(),
        2 => (oldest - 1_000_000).to_string(),
        3 => (clock + 60).to_string(),
        4 => (clock + 61).to_string(),
        5 => (clock + 86_400).to_string(),
        6 => (clock * 1000).to_string(),
        7 => format!("0{clock}"),
        8 => format!("+{clock}"),
        9 => format!("-{clock}"),
        10 => format!("{clock}.5"),
        11 => "99999999999999999999".to_owned(),
        12 => String::new(),
        _ => "9223372036854775807".to_owned(),
    };
    format!("{before}&time={time}{after}")
}
