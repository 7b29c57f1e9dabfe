//! Drawings as SVG, readable on light and on dark pages: they follow the reader's scheme, and stand
//! on a ground of their own, since a page may follow another.

use std::fmt::Write as _;

const WIDTH: f64 = 760.0;

const STYLE: &str = "\
text { font: 13px system-ui, sans-serif; fill: #1f2328 } .small { font-size: 11px; fill: #59636e } \
.ground { fill: #ffffff } .grid { stroke: #d1d9e0 } \
.s0 { color: #59636e } .s1 { color: #8250df } .s2 { color: #0969da } .s3 { color: #1b7c83 } .s4 { color: #bc4c00 } \
@media (prefers-color-scheme: dark) { text { fill: #f0f6fc } .small { fill: #9198a1 } \
.ground { fill: #0d1117 } .grid { stroke: #3d444d } \
.s0 { color: #9198a1 } .s1 { color: #ab7df8 } .s2 { color: #4493f8 } .s3 { color: #39c5cf } .s4 { color: #f0883e } }";

/// A drawing, whose series have a colour and a mark each.
pub(crate) struct Svg(String);

impl Svg {
    pub(crate) const WIDTH: f64 = WIDTH;

    pub(crate) fn new(height: f64, title: &str) -> Self {
        Svg(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" role=\"img\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
             <rect class=\"ground\" width=\"{WIDTH}\" height=\"{height}\" rx=\"6\"/>\n\
             <text x=\"16\" y=\"24\">{title}</text>\n"
        ))
    }

    /// Text that starts, ends or has its middle at `x`.
    pub(crate) fn text(&mut self, x: f64, y: f64, anchor: &str, class: &str, text: &str) {
        self.add(&format!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" class=\"{class}\">{text}</text>"
        ));
    }

    pub(crate) fn grid(&mut self, from: (f64, f64), to: (f64, f64)) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.add(&format!("<path class=\"grid\" d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\"/>"));
    }

    /// A line through these points, in the colour of the series.
    pub(crate) fn curve(&mut self, series: usize, points: &[(f64, f64)], is_dashed: bool) {
        let points: Vec<_> = points.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let dashes = if is_dashed { " stroke-dasharray=\"5 4\"" } else { "" };
        self.add(&format!(
            "<path class=\"s{series}\" d=\"M{}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"{dashes}/>",
            points.join("L")
        ));
    }

    /// The mark of the series: none has to be told by its colour alone.
    pub(crate) fn mark(&mut self, series: usize, x: f64, y: f64) {
        let d = match series {
            0 => "m-1.5-8h3v16h-3z",
            1 => "m0-6l6 6l-6 6l-6-6z",
            2 => "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
            3 => "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0zm3 0a3 3 0 1 1 6 0a3 3 0 1 1-6 0z",
            _ => "m-5.5-5.5h11v11h-11z",
        };
        self.add(&format!(
            "<path class=\"s{series}\" d=\"M{x:.1} {y:.1}{d}\" fill=\"currentColor\" fill-rule=\"evenodd\"/>"
        ));
    }

    /// The names of the series, in one line.
    pub(crate) fn legend(&mut self, y: f64, names: &[(usize, &str)]) {
        let mut x = 24.0;
        for &(series, name) in names {
            self.mark(series, x, y - 4.0);
            self.text(x + 12.0, y, "start", "", name);
            x += 38.0 + name.chars().map(|_| 7.0).sum::<f64>();
        }
    }

    pub(crate) fn finish(self) -> String {
        self.0 + "</svg>\n"
    }

    fn add(&mut self, element: &str) {
        writeln!(self.0, "{element}").expect("memory");
    }
}
