//! The policy's verdicts by request and by host.

use super::support::REGISTRY;
use super::support::asking::{Lines, Stream, connect, lines, values};
use super::support::processor::Processor;
use test_support::folder::Folder;

#[tokio::test]
async fn r22_the_application_does_not_read_what_it_may_not() {
    let filtering = format!("{REGISTRY}\n[consent]\nfilter-requests = 'declared'");
    for (registry, sent, read) in [
        (&*filtering, &["session=1; _ga=2; other=3"][..], &["session=1; other=3"][..]),
        (&filtering, &["_ga=2"], &[]),
        (&filtering, &["session=1"], &["session=1"]),
        (&filtering, &["session=1", "_ga=2", "other=3"], &["session=1; other=3"]),
        (REGISTRY, &["session=1; _ga=2"], &["session=1; _ga=2"]),
    ] {
        let processor = Processor::with(registry, "");
        let mut stream = Stream::open(&connect(&processor.address).await).await;
        let cookies: Vec<_> = sent.iter().map(|line| ("cookie", *line)).collect();
        let head = [lines(&[(":authority", "shop.example")]), lines(&cookies)].concat();
        assert_eq!(values(&stream.request(&head).await, "cookie"), read, "{sent:?}");
        stream.set_cookies(&[]).await;
        let withheld = "processor_withheld_cookies_total{category=\"analytics\",\
                        reason=\"undecided\",report_only=\"false\"}";
        assert_eq!(processor.metric(withheld).await, u64::from(sent != read), "{sent:?}");
    }
}

/// The head of a browser that opens a page.
fn opened_with(cookies: &str) -> [(&str, &str); 4] {
    [
        (":authority", "shop.example"),
        ("cookie", cookies),
        ("sec-fetch-dest", "document"),
        ("sec-fetch-site", "none"),
    ]
}

#[tokio::test]
async fn r19_what_the_browser_holds_without_consent_is_swept() {
    let registry = format!("{REGISTRY}\n[consent]\nsweep = true");
    let processor = Processor::with(&registry, "");
    let mut stream = Stream::open(&connect(&processor.address).await).await;
    stream.request(&lines(&opened_with("_ga=1"))).await;
    let set = stream.set_cookies(&["session=1"]).await;
    assert_eq!(set[0], "session=1");
    assert!(set.contains(&"_ga=; Path=/; Domain=shop.example; Max-Age=0".to_owned()), "{set:?}");
    let swept = "processor_swept_cookies_total{category=\"analytics\",reason=\"undecided\",\
                 report_only=\"false\"}";
    assert_eq!(processor.metric(swept).await, 1);
}

#[tokio::test]
async fn a_host_has_its_own_policy() {
    let folder = Folder::new();
    folder.write("lenient.toml", &REGISTRY.replace("\"consent\"", "\"necessary\""));
    let config = "[[site]]\nhost = 'Free.example'\nregistry = 'lenient.toml'";
    let processor = Processor::in_folder(folder, REGISTRY, config);
    let channel = connect(&processor.address).await;
    for (host, left) in [
        (":authority free.example", &["_ga=1"][..]),
        (":authority FREE.example:8443", &["_ga=1"]),
        (":authority free.example.", &["_ga=1"]),
        ("host free.example", &["_ga=1"]),
        (":authority shop.example", &[]),
        (":authority www.free.example", &[]),
        (":authority free.example@shop.example", &[]),
        (":authority \u{e9}", &[]),
        ("x-host free.example", &[]),
    ] {
        let mut stream = Stream::open(&channel).await;
        let head: Lines = lines(&[host.split_once(' ').unwrap()]);
        stream.request(&head).await;
        assert_eq!(stream.set_cookies(&["_ga=1"]).await, left, "{host}");
    }
}

#[tokio::test]
async fn r13_a_processor_that_only_reports_changes_nothing() {
    let registry = format!("{REGISTRY}\n[consent]\nfilter-requests = 'all'");
    let processor = Processor::with(&registry, "report-only = true");
    let mut stream = Stream::open(&connect(&processor.address).await).await;
    let mut head = lines(&[(":authority", "shop.example"), ("cookie", "_ga=1")]);
    head.push(("cookie".to_owned(), b"spoilt=\x01".to_vec()));
    assert_eq!(stream.request(&head).await, head);
    let mut head = lines(&[("set-cookie", "_ga=1"), ("cache-control", "public")]);
    head.push(("set-cookie".to_owned(), b"spoilt=\x01".to_vec()));
    assert_eq!(stream.response(&head).await, head);
    let stripped = "processor_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"undecided\",report_only=\"true\"}";
    assert_eq!(processor.metric(stripped).await, 1);
}

#[tokio::test]
async fn undeclared_names_are_counted() {
    let processor = Processor::new();
    let mut stream = Stream::visit(&connect(&processor.address).await, "").await;
    assert_eq!(stream.set_cookies(&["tracker=1", "tracker=2"]).await, [""; 0]);
    let named = "processor_undeclared_cookies_total{name=\"tracker\"}";
    assert_eq!(processor.metric(named).await, 2);
    assert_eq!(processor.metric("processor_responses_total").await, 1);
    assert_eq!(processor.metric("processor_requests_total").await, 1);
}

#[tokio::test]
async fn all_that_the_readme_counts_is_counted() {
    let registry = format!("{REGISTRY}\n[consent]\nfilter-requests = 'all'\nsweep = true");
    let processor = Processor::with(&registry, "");
    let mut stream = Stream::open(&connect(&processor.address).await).await;
    stream.request(&lines(&opened_with("_ga=1"))).await;
    stream.set_cookies(&["tracker=1"]).await;
    let (_, text) = processor.asked("/metrics").await;
    let named: Vec<_> = include_str!("../../README.md")
        .split('`')
        .filter(|name| name.starts_with("processor_"))
        .collect();
    assert!(named.len() > 8, "{named:?}");
    for name in named {
        assert!(text.lines().any(|line| line.starts_with(name)), "{name} in {text}");
    }
    for head in ["request", "response"] {
        let answered = format!("processor_answer_seconds_count{{head=\"{head}\"}}");
        assert_eq!(processor.metric(&answered).await, 1);
    }
}
