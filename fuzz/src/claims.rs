//! R5 by going through all declarations.

/// Returns `true` if the pattern matches the name: `*` is any run of bytes.
pub fn matches(pattern: &[u8], name: &[u8]) -> bool {
    // The numbers of bytes of the pattern that are used up, in each way to match what was read of the name.
    let mut used = past_stars(pattern, vec![0]);
    for byte in name {
        let next = used.iter().filter_map(|&at| match pattern.get(at) {
            Some(b'*') => Some(at),
            Some(literal) if literal == byte => Some(at + 1),
            _ => None,
        });
        used = past_stars(pattern, next.collect());
    }
    used.contains(&pattern.len())
}

/// Adds the ways in which a `*` holds nothing more.
fn past_stars(pattern: &[u8], mut used: Vec<usize>) -> Vec<usize> {
    let mut index = 0;
    while let Some(&at) = used.get(index) {
        if pattern.get(at) == Some(&b'*') && !used.contains(&(at + 1)) {
            used.push(at + 1);
        }
        index += 1;
    }
    used
}

/// Returns how many bytes of a pattern are literal.
pub fn literals(pattern: &[u8]) -> usize {
    pattern.iter().filter(|byte| **byte != b'*').count()
}

/// The declarations of the strongest claim to a name: the one of that name, or else the patterns
/// that match it with the most literal bytes.
pub fn strongest<'a, T>(
    declarations: &'a [T],
    declared: impl Fn(&T) -> &[u8],
    name: &[u8],
) -> Vec<&'a T> {
    let is_pattern = |it: &&T| declared(it).contains(&b'*');
    let exact = |it: &&T| declared(it) == name && !is_pattern(it);
    if let Some(exact) = declarations.iter().find(exact) {
        return vec![exact];
    }
    let matching: Vec<&T> =
        declarations.iter().filter(|it| is_pattern(it) && matches(declared(it), name)).collect();
    let most = matching.iter().map(|it| literals(declared(it))).max();
    matching.into_iter().filter(|it| Some(literals(declared(it))) == most).collect()
}
