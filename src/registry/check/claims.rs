//! Checks declarations against each other: no cookie may be declared twice, and no name may have
//! two owners (rule R5).

use std::borrow::Cow;
use std::collections::HashMap;

use crate::name::overlap::ambiguous_pairs;
use crate::name::pattern;
use crate::name::pattern::Pattern;
use crate::registry::check::problems::Problems;
use crate::registry::declare::declaration::Declaration;
use crate::registry::resolved::Placed;

/// Reports duplicate declarations and ambiguous patterns, always at the later declaration.
pub(crate) fn check(declarations: &[Placed<Declaration>], problems: &mut Problems) {
    let mut firsts: HashMap<Cow<'_, str>, usize> = HashMap::new();
    let mut patterns = Vec::new();
    for (index, declaration) in declarations.iter().enumerate() {
        let parsed = Pattern::parse(declaration.declared.name.as_bytes());
        let name = match &parsed {
            Some(_) => Cow::Owned(pattern::collapse(&declaration.declared.name)),
            None => Cow::Borrowed(declaration.declared.name.as_str()),
        };
        let first = *firsts.entry(name).or_insert(index);
        if first != index {
            let message = format!(
                "is declared already, at {}; remove one of the two: domain and path do not tell \
                 two cookies of one name apart, and a cookie of two services is declared at their \
                 category, or once at one of them",
                declarations[first].key_path
            );
            problems.add(declaration.key_path.clone(), "duplicate-cookie", message);
        } else if let Some(parsed) = parsed {
            patterns.push((index, parsed));
        }
    }
    let owned: Vec<_> =
        patterns.iter().map(|(index, pattern)| (pattern, declarations[*index].home)).collect();
    for (first, second) in ambiguous_pairs(&owned) {
        let ((first, one), (second, two)) = (&patterns[first], &patterns[second]);
        let Some(example) = one.common_name(two) else {
            continue;
        };
        let message = format!(
            "matches {:?} with as many literal bytes as {}; lengthen one of them, or put both \
             into one service or category",
            String::from_utf8_lossy(&example),
            declarations[*first].key_path
        );
        problems.add(declarations[*second].key_path.clone(), "ambiguous-patterns", message);
    }
}
