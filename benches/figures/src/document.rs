//! Documents of which a part is drawn: what stands between `<!-- figures: name -->` and `<!-- / -->`.

const END: &str = "<!-- / -->";

/// Returns the document with that part of it replaced.
///
/// # Panics
///
/// If the document has no such part.
pub(crate) fn with_part(document: &str, name: &str, part: &str) -> String {
    let start = format!("<!-- figures: {name} -->");
    let (before, rest) = document.split_once(&start).unwrap_or_else(|| panic!("no {start}"));
    let (_, behind) = rest.split_once(END).unwrap_or_else(|| panic!("{start} has no end"));
    format!("{before}{start}{part}{END}{behind}")
}

/// Returns the names of the parts.
pub(crate) fn parts(document: &str) -> Vec<&str> {
    let starts = document.split("<!-- figures: ").skip(1);
    starts.filter_map(|rest| Some(rest.split_once(" -->")?.0)).collect()
}

#[test]
fn a_part_is_replaced_and_nothing_else() {
    let document = "a <!-- figures: x -->1<!-- / --> b <!-- figures: y -->\n2\n<!-- / -->\n";
    assert_eq!(parts(document), ["x", "y"]);
    let replaced = with_part(&with_part(document, "x", "3"), "y", "\n4\n");
    assert_eq!(replaced, "a <!-- figures: x -->3<!-- / --> b <!-- figures: y -->\n4\n<!-- / -->\n");
}
