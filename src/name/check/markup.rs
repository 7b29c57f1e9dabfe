//! Finds parts of a page's formatting in a name: white space, typography, HTML, Markdown, quotes.

use crate::name::check::mistake::Mistake;

/// Finds white space at the start or end, which browsers remove (RFC 6265bis, section 5.6).
pub(crate) fn outer_space(name: &str) -> Option<Mistake> {
    let why = "starts or ends with white space";
    (name.trim() != name).then(|| Mistake::impossible(why, name.trim()))
}

/// Finds invisible characters, and typographic ones that stand for others.
pub(crate) fn invisible(name: &str) -> Option<Mistake> {
    let typed = |char: char| match char {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some("-"),
        // Soft hyphens, joiners, marks of writing direction, and the byte order mark are removed.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => Some(""),
        // A line break separates names, and is left to the check for lists.
        ' ' | '\n' | '\r' => None,
        _ if char.is_whitespace() => Some(" "),
        _ if char.is_control() => Some(""),
        _ => None,
    };
    let first = name.chars().find(|char| typed(*char).is_some())?;
    let mut text = String::new();
    for char in name.chars() {
        match typed(char) {
            Some(other) => text.push_str(other),
            None => text.push(char),
        }
    }
    // Browsers refuse cookies with control bytes other than the tab (RFC 6265bis, section 5.7).
    if first.is_ascii_control() && first != '\t' {
        return Some(Mistake::impossible("contains a control byte", text));
    }
    let wrong = format!("holds U+{:04X}, which is no part of a name", u32::from(first));
    Some(Mistake::of_page(wrong, text))
}

/// Finds HTML entities, as the source of a page has them: `&lt;id&gt;`.
pub(crate) fn entity(name: &str) -> Option<Mistake> {
    const ENTITIES: [(&str, &str); 9] = [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&#8203;", ""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&hellip;", "..."),
        ("&#42;", "*"),
        ("&amp;", "&"),
    ];
    let (found, _) = ENTITIES.iter().find(|(entity, _)| name.contains(entity))?;
    let decode = |text: String, (entity, char): &(&str, &str)| text.replace(entity, char);
    let decoded = ENTITIES.iter().fold(name.to_owned(), decode);
    Some(Mistake::of_page(format!("holds `{found}`, which is HTML"), decoded))
}

/// Finds HTML that closes an element or breaks a line. An opening tag alone, as in `locale_<code>`,
/// is a placeholder.
pub(crate) fn tag(name: &str) -> Option<Mistake> {
    const PARTING: [&str; 6] = ["br", "div", "li", "p", "t", "ul"];
    if !name.contains("</") && !name.contains("<br") {
        return None;
    }
    let mut text = String::new();
    let mut rest = name;
    while let Some((before, (tag, after))) =
        rest.split_once('<').and_then(|(before, rest)| Some((before, rest.split_once('>')?)))
    {
        text.push_str(before);
        if PARTING.iter().any(|element| tag.trim_start_matches('/').starts_with(element)) {
            text.push('\n');
        }
        // A superscript is the number of a footnote.
        let footnote = if tag == "sup" { after.find("</sup>") } else { None };
        rest = &after[footnote.unwrap_or(0)..];
    }
    text.push_str(rest);
    (text != name).then(|| Mistake::of_page("holds HTML", text.trim()))
}

/// Finds bold text in Markdown: `**_ga**`. Italics are not found, since `*_ga*` is also a pattern.
pub(crate) fn emphasis(name: &str) -> Option<Mistake> {
    let inside = name.strip_prefix("**")?.strip_suffix("**")?;
    (!inside.contains('*')).then(|| Mistake::of_page("is written as bold", inside))
}

/// Finds quotation marks of any language, even on one side only, and brackets around a whole name.
pub(crate) fn quotes(name: &str) -> Option<Mistake> {
    const QUOTES: &[char] =
        &['"', '\'', '`', '´', '„', '“', '”', '‟', '‚', '‘', '’', '«', '»', '‹', '›', '″', '′'];
    let inside = name.trim_matches(QUOTES);
    let bracketed = |open: &str, close: &str| inside.strip_prefix(open)?.strip_suffix(close);
    let placeholder =
        || bracketed("[", "]").or(bracketed("<", ">")).filter(|it| it.starts_with('_'));
    let inside = bracketed("(", ")").or_else(placeholder).unwrap_or(inside);
    let wrong = "is in quotes, which are no part of a name";
    (inside.len() < name.len()).then(|| Mistake::of_page(wrong, inside.trim()))
}

/// Finds footnotes, as in `_ga¹`, and other signs beyond ASCII.
pub(crate) fn sign(name: &str) -> Option<Mistake> {
    let footnote = |char| matches!(char, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let is_sign = |char: char| !char.is_ascii() && (footnote(char) || !char.is_alphanumeric());
    let found = name.chars().find(|char| is_sign(*char))?;
    let inside = name.trim_matches(is_sign).replace(is_sign, "*");
    Some(Mistake::of_page(format!("holds `{found}`, which is no part of a name"), inside.trim()))
}
