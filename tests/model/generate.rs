//! Generates sites and visits from a seed: mostly ordinary ones, and every oddity that the rules
//! mention.

mod dates;
mod lines;
mod sites;
mod values;

use crate::site::Site;
use crate::visit::Visit;

pub(crate) use sites::site;

/// Numbers that look random and depend on the seed alone (`SplitMix64`).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below this one, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// Returns true with this probability in percent.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub(crate) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Returns at most this many letters.
    fn text(&mut self, letters: &[&str], most: usize) -> String {
        (0..self.below(most + 1)).map(|_| *self.pick(letters)).collect()
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Returns a visit to a site.
pub(crate) fn visit(dice: &mut Dice, site: &Site) -> Visit {
    // By chance, the response sets a cookie that the request carries.
    let favourite = cookie_name(dice, site);
    Visit {
        cookies: values::cookie_lines(dice, site, &favourite),
        gpc: values::signal(dice),
        dnt: values::signal(dice),
        dates: dates::date_headers(dice, site.clock_seconds()),
        lines: lines::lines(dice, site, &favourite),
    }
}

/// Returns a name that a cookie of the site may have.
fn cookie_name(dice: &mut Dice, site: &Site) -> String {
    let declared = &dice.pick(&site.cookies).name;
    let mut name: String = declared
        .split('*')
        .enumerate()
        .map(|(index, literal)| {
            let run =
                if index > 0 { dice.text(&["a", "b", "_", "1", "."], 2) } else { String::new() };
            run + literal
        })
        .collect();
    match dice.below(12) {
        0 => name = dice.text(&["a", "b", "_", "1"], 4),
        1 => name.push(*dice.pick(&['a', '_', 'é'])),
        2 => name = name.to_uppercase(),
        3 => name.insert(0, *dice.pick(&['a', '_'])),
        _ => {}
    }
    name
}
