//! The charts, all of logarithmic scale: what they compare differs by a factor of a hundred.

use crate::measured::{Figures, Measured};
use crate::shapes::{HEADERS, OURS, OURS_WITH_EXTENSIONS, RESPONSES, RIVAL, SIZES, Size};
use crate::svg::Svg;
use crate::tables::whole;

/// The rows that charts show, by their series.
const SERIES: [(&str, &str); 5] = [
    ("no_op", "a layer that does nothing"),
    ("tower_cookies", "tower-cookies"),
    (OURS, "consent"),
    (OURS_WITH_EXTENSIONS, "with extensions"),
    (RIVAL, "written by hand"),
];

/// Returns each chart with its name.
pub(crate) fn all(measured: &Measured) -> [(&'static str, String); 4] {
    [
        ("cost-instructions", dots("Instructions of a response", &measured.instructions)),
        ("cost-time", dots("Nanoseconds of a response", &measured.times)),
        ("cost-registry", by_registry(&measured.instructions)),
        ("cost-cookies", by_cookies(&measured.instructions)),
    ]
}

/// A logarithmic scale.
struct Scale {
    /// The figures that it starts and ends with.
    figures: (f64, f64),
    /// Where on the drawing both are.
    ends: (f64, f64),
}

impl Scale {
    /// A scale that holds all of these figures, which are above 0.
    fn over(figures: &[f64], ends: (f64, f64)) -> Self {
        let least = figures.iter().copied().fold(f64::INFINITY, f64::min);
        let most = figures.iter().copied().fold(0.0, f64::max);
        Scale { figures: (least * 0.7, most * 1.4), ends }
    }

    fn at(&self, figure: f64) -> f64 {
        let (first, last) = self.figures;
        self.ends.0
            + (figure / first).log10() / (last / first).log10() * (self.ends.1 - self.ends.0)
    }

    /// Round figures, each with its place.
    fn ticks(&self) -> impl Iterator<Item = (f64, f64)> {
        let (first, last) = self.figures;
        let steps: &[f64] = if last / first > 100.0 { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let powers = std::iter::successors(Some(1.0), |power| Some(power * 10.0));
        let powers = powers.take_while(move |power| *power < last);
        let round = powers.flat_map(|power| steps.iter().map(move |step| step * power));
        let shown = round.filter(move |figure| first < *figure && *figure < last);
        shown.map(|figure| (figure, self.at(figure)))
    }
}

/// A line for each response, with a mark for each row.
fn dots(title: &str, figures: &Figures) -> String {
    const LINE: f64 = 30.0;
    const TOP: f64 = 76.0;
    let bottom = TOP + RESPONSES.map(|_| LINE).iter().sum::<f64>();
    let mut svg = Svg::new(bottom + 34.0, title);
    svg.legend(50.0, &SERIES.map(|(row, says)| (series(row), says)));
    let shown =
        RESPONSES.iter().flat_map(|(shape, _)| SERIES.map(|(row, _)| figures.get(shape, row)));
    let scale = Scale::over(&shown.collect::<Vec<_>>(), (190.0, Svg::WIDTH - 40.0));
    for (figure, x) in scale.ticks() {
        svg.grid((x, TOP - 8.0), (x, bottom));
        svg.text(x, bottom + 18.0, "middle", "small", &whole(figure));
    }
    let mut y = TOP - LINE / 2.0;
    for (shape, says) in RESPONSES {
        y += LINE;
        svg.grid((scale.ends.0, y), (scale.ends.1, y));
        svg.text(178.0, y + 4.0, "end", "", &says.replace('`', ""));
        for (row, _) in SERIES {
            svg.mark(series(row), scale.at(figures.get(shape, row)), y);
        }
    }
    svg.finish()
}

fn series(row: &str) -> usize {
    SERIES.iter().position(|(it, _)| *it == row).expect("a series")
}

/// A curve: its series, whether it is dashed, and a figure for each place on the axis.
type Curve = (usize, bool, Vec<f64>);

fn by_registry(figures: &Figures) -> String {
    let over = |row: &str, shape: fn(Size) -> &'static str| {
        SIZES.map(|size| figures.over_no_op(shape(size), row)).to_vec()
    };
    let rows = [OURS, OURS_WITH_EXTENSIONS, RIVAL];
    let curves: Vec<Curve> = rows
        .into_iter()
        .flat_map(|row| {
            let of = series(row);
            [(of, false, over(row, |size| size.patterns)), (of, true, over(row, |size| size.names))]
        })
        .collect();
    let places = SIZES
        .map(|size| f64::from(size.declarations))
        .map(|declarations| (declarations.log10(), whole(declarations)))
        .to_vec();
    curves_of(
        "Instructions of 50 lines, by the size of the registry; dashed: names without a pattern",
        &places,
        &curves,
    )
}

fn by_cookies(figures: &Figures) -> String {
    let rows = [OURS, OURS_WITH_EXTENSIONS, RIVAL];
    let curves = rows.map(|row| {
        (series(row), false, HEADERS.map(|(_, shape)| figures.over_no_op(shape, row)).to_vec())
    });
    let places = HEADERS.map(|(cookies, _)| (f64::from(cookies), format!("{cookies} cookies")));
    curves_of(
        "Instructions of 3 cookies kept by choice, by those that the request sends",
        &places,
        &curves,
    )
}

/// Curves over places, each with what it is called.
fn curves_of(title: &str, places: &[(f64, String)], curves: &[Curve]) -> String {
    const TOP: f64 = 76.0;
    const BOTTOM: f64 = 300.0;
    let mut svg = Svg::new(BOTTOM + 34.0, title);
    let mut shown: Vec<usize> = curves.iter().map(|curve| curve.0).collect();
    shown.dedup();
    let names: Vec<_> = shown.into_iter().map(|series| (series, SERIES[series].1)).collect();
    svg.legend(50.0, &names);
    let (left, right) = (90.0, Svg::WIDTH - 90.0);
    let (first, last) = (places[0].0, places[places.len() - 1].0);
    let x_of = |place: f64| left + (place - first) / (last - first) * (right - left);
    let figures: Vec<f64> = curves.iter().flat_map(|curve| curve.2.iter().copied()).collect();
    let scale = Scale::over(&figures, (BOTTOM, TOP));
    for (figure, y) in scale.ticks() {
        svg.grid((left, y), (right, y));
        svg.text(left - 10.0, y + 4.0, "end", "small", &whole(figure));
    }
    for (place, says) in places {
        svg.text(x_of(*place), BOTTOM + 20.0, "middle", "small", says);
    }
    for (series, is_dashed, figures) in curves {
        let points: Vec<_> = places
            .iter()
            .zip(figures)
            .map(|((place, _), figure)| (x_of(*place), scale.at(*figure)))
            .collect();
        svg.curve(*series, &points, *is_dashed);
        for &(x, y) in &points {
            svg.mark(*series, x, y);
        }
        if !is_dashed {
            // Two curves that lie close have their figures on both sides.
            let aside = if SERIES[*series].0 == OURS { 14.0 } else { -4.0 };
            let (x, y) = points[points.len() - 1];
            svg.text(x + 10.0, y + aside, "start", "small", &whole(figures[figures.len() - 1]));
        }
    }
    svg.finish()
}
