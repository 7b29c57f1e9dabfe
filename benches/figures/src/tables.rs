//! The parts of documents, in Markdown.

use crate::aims::{self, Aim};
use crate::measured::{Figures, Measured};
use crate::shapes::{HEADERS, OURS, OURS_WITH_EXTENSIONS, RESPONSES, RIVAL, SIZES, Size};
use crate::{criterion, profile};

/// Returns the part of this name.
pub(crate) fn part(name: &str, measured: &Measured) -> String {
    match name {
        "machine" => measured.machine.trim().to_owned(),
        "instructions" => instructions(&measured.instructions),
        "times" => times(&measured.times),
        "threads" => threads(&measured.times),
        "sizes" => sizes(&measured.instructions),
        "headers" => headers(&measured.instructions),
        "site" => site(measured),
        "least" => least(&measured.instructions),
        "least with the site's profile" => measured
            .site
            .as_ref()
            .map_or_else(String::new, |site| format!(" to {}", least(&site.instructions))),
        "choices" => choices(&measured.criterion),
        "modes" => modes(&measured.criterion),
        "aims" => aims_of_responses(measured),
        "other aims" => other_aims(measured),
        "profile" => profiles(&measured.profile),
        other => panic!("{other} is no part that is drawn"),
    }
}

/// A table as it stands between the lines of a document. All columns but the first are numbers.
fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let rows: String = rows.into_iter().map(|row| line(&row)).collect();
    format!("\n{}|---{}|\n{rows}", line(&head), "|--:".repeat(head.len() - 1))
}

/// A whole number, with commas.
pub(crate) fn whole(figure: f64) -> String {
    let digits = format!("{:.0}", figure.abs());
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if figure <= -0.5 { format!("−{text}") } else { text }
}

fn bold(text: &str) -> String {
    format!("**{text}**")
}

fn verdict(is_held: bool) -> String {
    if is_held { "held".to_owned() } else { "missed".to_owned() }
}

fn instructions(figures: &Figures) -> String {
    let rows = RESPONSES.map(|(shape, says)| {
        let over = |row| whole(figures.over_no_op(shape, row));
        vec![
            says.to_owned(),
            whole(figures.get(shape, "no_op")),
            over("set_header"),
            over("tower_cookies"),
            over(RIVAL),
            bold(&over(OURS)),
            over(OURS_WITH_EXTENSIONS),
        ]
    });
    let head = [
        "response",
        "no-op layer",
        "set header",
        "tower-cookies",
        "hand-written",
        "**consent**",
        "with extensions",
    ];
    table(&head, rows)
}

fn times(figures: &Figures) -> String {
    let rows = RESPONSES.map(|(shape, says)| {
        let time = |row| whole(figures.get(shape, row));
        let mut cells = vec![says.to_owned()];
        cells.extend(["bare", "no_op", "set_header", "tower_cookies", RIVAL].map(time));
        cells.extend([bold(&time(OURS)), time(OURS_WITH_EXTENSIONS)]);
        cells.push(format!("{:.1}", figures.get(shape, "hand_written_to_consent")));
        cells
    });
    let head = [
        "response",
        "bare",
        "no-op layer",
        "set header",
        "tower-cookies",
        "hand-written",
        "**consent**",
        "with extensions",
        "hand-written is so many times as much",
    ];
    table(&head, rows)
}

fn threads(figures: &Figures) -> String {
    let shapes = [RESPONSES[0], RESPONSES[1], RESPONSES[3]];
    let rows = shapes.map(|(shape, says)| {
        let both = |row| {
            let time = |of| whole(figures.get(shape, &format!("{row}_{of}")));
            format!("{} → {}", time("alone"), time("of_two"))
        };
        let mut cells = vec![says.to_owned()];
        cells.extend(["no_op", RIVAL, OURS, OURS_WITH_EXTENSIONS].map(both));
        cells
    });
    table(&["response", "no-op layer", "hand-written", "**consent**", "with extensions"], rows)
}

fn sizes(figures: &Figures) -> String {
    let shapes = SIZES.into_iter().flat_map(|size| {
        [("names", size.names), ("patterns", size.patterns)]
            .map(|(kind, shape)| (format!("{} {kind}", whole(size.declarations.into())), shape))
    });
    over_no_op("50 lines, against", figures, shapes)
}

fn headers(figures: &Figures) -> String {
    let shapes = HEADERS.map(|(cookies, shape)| (format!("{cookies} cookies"), shape));
    over_no_op("3 kept by choice, of", figures, shapes)
}

fn over_no_op(
    head: &str,
    figures: &Figures,
    shapes: impl IntoIterator<Item = (String, &'static str)>,
) -> String {
    let rows = shapes.into_iter().map(|(says, shape)| {
        let over = |row| whole(figures.over_no_op(shape, row));
        vec![says, over(RIVAL), bold(&over(OURS)), over(OURS_WITH_EXTENSIONS)]
    });
    table(&[head, "hand-written", "**consent**", "with extensions"], rows)
}

fn site(measured: &Measured) -> String {
    let Some(site) = &measured.site else {
        return "\nThe last run did not measure this profile.\n".to_owned();
    };
    let rows = RESPONSES[..7].iter().map(|&(shape, says)| {
        let instructions = |row| {
            let figures = [&measured.instructions, &site.instructions];
            figures.map(|figures| whole(figures.over_no_op(shape, row)))
        };
        let time = |figures: &Figures| whole(figures.get(shape, &format!("{OURS}_over_no_op")));
        let mut cells = vec![says.to_owned()];
        cells.extend(instructions(OURS));
        cells.extend(instructions(OURS_WITH_EXTENSIONS));
        cells.extend([time(&measured.times), time(&site.times)]);
        cells
    });
    let head = [
        "response",
        "consent",
        "with the profile",
        "with extensions",
        "with the profile",
        "consent, in ns",
        "with the profile",
    ];
    table(&head, rows)
}

/// The instructions that a response without `Set-Cookie` takes more.
fn least(figures: &Figures) -> String {
    whole(figures.over_no_op("no_set_cookie", OURS))
}

/// Three sources a line, the fastest first.
fn choices(figures: &Figures) -> String {
    let mut sources: Vec<_> = figures.rows("choice").collect();
    sources.sort_by(|a, b| a.1.total_cmp(&b.1));
    let height = sources.len().div_ceil(3);
    let rows = (0..height).map(|line| {
        let columns = (0..3).map(|column| sources.get(column * height + line));
        let cells = columns.flat_map(|source| match source {
            Some((name, time)) => [format!("`{name}`"), whole(*time)],
            None => [String::new(), String::new()],
        });
        cells.collect()
    });
    table(&["source", "ns", "source", "ns", "source", "ns"], rows)
}

fn modes(figures: &Figures) -> String {
    let rows = criterion::MODES.iter().flat_map(|&group| {
        let off = figures.get(group, "off");
        figures.rows(group).filter(|(row, _)| *row != "off").map(move |(row, time)| {
            let words = |name: &str| name.replace('_', " ");
            vec![format!("{}: {}", words(group), words(row)), whole(off), whole(time - off)]
        })
    });
    table(&["mode", "without it", "with it, so much more"], rows)
}

fn aims_of_responses(measured: &Measured) -> String {
    let rows = aims::RESPONSES.iter().map(|aim| {
        let Aim { says, shape, row, instructions, time, site_time } = aim;
        let counted = measured.instructions.over_no_op(shape, row);
        let over = format!("{row}_over_no_op");
        let timed = measured.times.get(shape, &over);
        let timed_of_site = measured.site.as_ref().map(|site| site.times.get(shape, &over));
        let misses = |aim: &f64| timed_of_site.is_some_and(|timed| timed > *aim);
        vec![
            (*says).to_owned(),
            whole(*instructions),
            whole(counted),
            verdict(counted <= *instructions),
            site_time.map_or(whole(*time), |site| format!("{} / {}", whole(*time), whole(site))),
            format!("{} / {}", whole(timed), timed_of_site.map_or("–".to_owned(), whole)),
            verdict(timed <= *time && !site_time.as_ref().is_some_and(misses)),
        ]
    });
    let head = [
        "response",
        "instructions, aim",
        "measured",
        "",
        "ns, aim",
        "measured, cargo's profile / the site's",
        "",
    ];
    table(&head, rows)
}

fn other_aims(measured: &Measured) -> String {
    let mut rows = Vec::new();
    let against = |size: Size| measured.instructions.over_no_op(size.patterns, OURS);
    let ratio = against(SIZES[2]) / against(SIZES[0]);
    rows.push(vec![
        "2,264 patterns, to 20 patterns, in instructions".to_owned(),
        format!("{:.2}", aims::MANY_TO_FEW),
        format!("{ratio:.2}"),
        verdict(ratio <= aims::MANY_TO_FEW),
    ]);
    for (says, group, row, aim) in aims::MODES {
        let more = measured.criterion.get(group, row) - measured.criterion.get(group, "off");
        let cells = [format!("{says}, ns more"), whole(aim), whole(more), verdict(more <= aim)];
        rows.push(cells.into());
    }
    // A comma tells rows that are there to exhaust a reader.
    let sources = measured.criterion.rows("choice").filter(|(name, _)| !name.contains(','));
    let (slowest, time) = sources.max_by(|a, b| a.1.total_cmp(&b.1)).expect("a source");
    rows.push(vec![
        format!("the slowest source of the choice, `{slowest}`, ns"),
        whole(aims::CHOICE),
        whole(time),
        verdict(time <= aims::CHOICE),
    ]);
    table(&["", "at most", "measured", ""], rows)
}

fn profiles(figures: &Figures) -> String {
    let shares = profile::SHAPES.map(|(shape, row, says)| {
        let key = profile::key(shape, row);
        let all: f64 = figures.rows(&key).map(|(_, count)| count).sum();
        let mut rows: Vec<_> = figures.rows(&key).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        // What takes less than 2 % is told together.
        let (told, rest): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|(_, count)| count / all >= 0.02);
        let rest = rest.into_iter().fold(0.0, |sum, (_, count)| sum + count);
        let line = |name: String, count: f64| {
            vec![name, whole(count), format!("{:.0} %", count / all * 100.0)]
        };
        let told = told.into_iter().map(|(name, count)| line(format!("`{name}`"), count));
        let lines = told.chain([line("others, of less than 2 % each".to_owned(), rest)]);
        table(&[says, "instructions", "of all"], lines)
    });
    shares.join("")
}

#[test]
fn whole_numbers_have_commas() {
    let cases = [(0.4, "0"), (999.6, "1,000"), (1_234_567.0, "1,234,567"), (-3.0, "−3")];
    for (figure, want) in cases {
        assert_eq!(whole(figure), want);
    }
}
