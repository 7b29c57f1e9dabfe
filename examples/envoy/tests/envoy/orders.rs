//! Every order of kept lines among stripped and capped ones: the trap that loses logins.

/// The cookies that a server sets, each with the line that reaches a visitor who has chosen nothing.
const SET: [(&str, Option<&str>); 5] = [
    ("session=1; HttpOnly", Some("session=1; HttpOnly")),
    ("csrf=2", Some("csrf=2")),
    ("lang=fr; Path=/", Some("lang=fr; Path=/")),
    ("_ga=GA1.1; Max-Age=63072000", None),
    ("cart=3; Max-Age=31536000", Some("cart=3; Max-Age=86400")),
];

/// Returns each order of the lines, with those that are left.
pub(crate) fn all() -> impl Iterator<Item = (Vec<&'static str>, Vec<&'static str>)> {
    (0..120).map(|number| {
        let (mut left, mut number, mut order) = (SET.to_vec(), number, Vec::new());
        while !left.is_empty() {
            order.push(left.remove(number % left.len()));
            number /= left.len() + 1;
        }
        let set = order.iter().map(|(line, _)| *line).collect();
        (set, order.iter().filter_map(|(_, left)| *left).collect())
    })
}

#[test]
fn they_are_all() {
    let orders: std::collections::BTreeSet<_> = all().collect();
    assert_eq!(orders.len(), 120);
}
