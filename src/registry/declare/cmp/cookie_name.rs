//! Matches names of CMPs' cookies with the forms in the table of CMPs.

/// Returns whether the name of a cookie has this form.
///
/// A form is a name in which each `#` stands for one or more digits, and a single `*` for one or
/// more letters, digits, `_`, `-` and `:`.
pub(crate) fn has_form(name: &[u8], form: &str) -> bool {
    let Some((start, end)) = form.split_once('*') else {
        return behind(name, form).is_some_and(<[u8]>::is_empty);
    };
    let word = behind(name, start).and_then(|rest| rest.strip_suffix(end.as_bytes()));
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-:".contains(byte);
    word.is_some_and(|word| !word.is_empty() && word.iter().all(in_word))
}

/// Returns the rest of a name behind a start that has this form. The form has no `*`.
fn behind<'a>(name: &'a [u8], form: &str) -> Option<&'a [u8]> {
    let mut rest = name;
    for &sign in form.as_bytes() {
        let length = match sign {
            b'#' => rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
            sign => usize::from(rest.first() == Some(&sign)),
        };
        rest = rest.get(length..).filter(|_| length > 0)?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r8_names_have_forms() {
        for (form, names, others) in [
            ("klaro", &["klaro"][..], &["", "klar", "klaro2", "Klaro"][..]),
            ("_iub_cs-#", &["_iub_cs-1", "_iub_cs-7725"], &["_iub_cs-", "_iub_cs-a", "_iub_cs-1a"]),
            ("_iub_cs-#-granular", &["_iub_cs-12-granular"], &["_iub_cs--granular", "_iub_cs-12"]),
            ("x-#-*-tcf", &["x-1-a-tcf", "x-1--tcf-tcf"], &["x-1-tcf", "x-1-a-tcf2", "x--a-tcf"]),
            (
                "box-*",
                &["box-a", "box-non-necessary", "box-A_1:b"],
                &["box-", "box", "box-é", "box-a.b"],
            ),
        ] {
            for name in names {
                assert!(has_form(name.as_bytes(), form), "{name} is no {form}");
            }
            for name in others {
                assert!(!has_form(name.as_bytes(), form), "{name} is a {form}");
            }
        }
    }
}
