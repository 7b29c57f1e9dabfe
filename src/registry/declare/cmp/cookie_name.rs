//! Matches names of CMPs' cookies with the forms in the table of CMPs.

/// Returns whether the name of a cookie has this form.
///
/// A form is a name in which each `#` stands for one or more digits, and a single `*` for one or
/// more letters, digits, `_`, `-` and `:`.
pub(crate) fn has_form(name: &[u8], form: &str) -> bool {
    if !begins_like(name, form) {
        return false;
    }
    let form = form.as_bytes();
    let Some(star) = form.iter().position(|byte| *byte == b'*') else {
        return behind(name, form).is_some_and(<[u8]>::is_empty);
    };
    let (start, end) = (&form[..star], &form[star + 1..]);
    let word = behind(name, start).and_then(|rest| rest.strip_suffix(end));
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-:".contains(byte);
    word.is_some_and(|word| !word.is_empty() && word.iter().all(in_word))
}

/// Returns `false` for most names that do not have this form: for those that begin otherwise.
pub(crate) fn begins_like(name: &[u8], form: &str) -> bool {
    let letters = form.bytes().take(4).take_while(|sign| !matches!(sign, b'#' | b'*'));
    letters.zip(name).all(|(letter, byte)| letter == *byte)
}

/// Returns the rest of a name behind a start that has this form. The form has no `*`.
fn behind<'a>(mut name: &'a [u8], mut form: &[u8]) -> Option<&'a [u8]> {
    loop {
        let is_same = |(byte, sign): &(&u8, &u8)| byte == sign && **sign != b'#';
        let same = name.iter().zip(form).take_while(is_same).count();
        (name, form) = (&name[same..], &form[same..]);
        let [b'#', rest @ ..] = form else { return form.is_empty().then_some(name) };
        let digits = name.iter().take_while(|byte| byte.is_ascii_digit()).count();
        (name, form) = (&name[digits..], rest);
        if digits == 0 {
            return None;
        }
    }
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
            ("x-#", &["x-1"], &["x-#", "x-"]),
            ("x-#-*-tcf", &["x-1-a-tcf", "x-1--tcf-tcf"], &["x-1-tcf", "x-1-a-tcf2", "x--a-tcf"]),
            (
                "box-*",
                &["box-a", "box-non-necessary", "box-A_1:b"],
                &["box-", "box", "box-é", "box-a.b"],
            ),
        ] {
            for name in names {
                assert!(has_form(name.as_bytes(), form), "{name} is no {form}");
                assert!(begins_like(name.as_bytes(), form), "{name} is no {form}");
            }
            for name in others {
                assert!(!has_form(name.as_bytes(), form), "{name} is a {form}");
            }
        }
    }
}
