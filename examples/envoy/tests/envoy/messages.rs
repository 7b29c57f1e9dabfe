//! The processor's answers to each kind of message, over TCP and over a Unix socket.

use envoy_types::pb::envoy::config::core::v3 as core;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response;
use envoy_types::pb::envoy::service::ext_proc::v3::{HttpBody, HttpTrailers};

use super::orders;
use super::support::asking::{Lines, Stream, connect, lines, message, sent, values};
use super::support::processor::Processor;

#[tokio::test]
async fn kept_lines_survive_in_every_order() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    for (set, left) in orders::all() {
        let mut stream = Stream::visit(&channel, "").await;
        assert_eq!(stream.set_cookies(&set).await, left, "{set:?}");
    }
}

#[tokio::test]
async fn what_needs_no_change_is_not_named() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut stream = Stream::visit(&channel, "session=1").await;
    let head =
        lines(&[(":status", "200"), ("set-cookie", "session=2"), ("x-a", "1"), ("x-a", "2")]);
    assert_eq!(stream.changes(&head).await, None);
    let head = lines(&[("set-cookie", "_ga=1"), ("x-a", "1"), ("cache-control", "max-age=60")]);
    let changes = stream.changes(&head).await.unwrap();
    let set = changes.set_headers.into_iter().map(|option| option.header.unwrap().key);
    assert_eq!(set.collect::<Vec<_>>(), ["cache-control"]);
    assert_eq!(changes.remove_headers, ["set-cookie"]);
}

#[tokio::test]
async fn shared_caches_are_told() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut stream = Stream::visit(&channel, "").await;
    let head = lines(&[("set-cookie", "_ga=1"), ("cache-control", "public, max-age=60")]);
    let left = stream.response(&head).await;
    let told = values(&left, "cache-control").join(",");
    assert!(told.contains("private") && !told.contains("public"), "{left:?}");
}

#[tokio::test]
async fn bytes_that_no_header_may_have_are_no_cookie() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    for spoilt in [&b"_ga=\x01"[..], b"session=\x7f"] {
        let mut stream = Stream::visit(&channel, "").await;
        for (kept, left) in
            [(&[][..], &[][..]), (&["session=1", "csrf=1"], &["session=1", "csrf=1"])]
        {
            let mut head =
                lines(&kept.iter().map(|line| ("set-cookie", *line)).collect::<Vec<_>>());
            head.insert(head.len() / 2, ("set-cookie".to_owned(), spoilt.to_vec()));
            assert_eq!(values(&stream.response(&head).await, "set-cookie"), left, "{spoilt:?}");
        }
    }
    let mut stream = Stream::visit(&channel, "").await;
    let head = [("set-cookie".to_owned(), b"session=\xff".to_vec())].into();
    assert_eq!(stream.response(&head).await, head, "bytes beyond ASCII pass");
}

#[tokio::test]
async fn a_head_of_more_names_than_can_be_held_is_refused_and_others_go_on() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let named = |end: &str| -> Lines {
        let set = ("set-cookie".to_owned(), b"_ga=1".to_vec());
        let names = (0..40_000).map(|number| (format!("x-{number}{end}"), Vec::new()));
        names.chain([set]).collect()
    };
    let head = named("");
    let mut stream = Stream::open(&channel).await;
    assert_eq!(stream.request(&head).await, head, "what does not matter is not held");
    let left = stream.response(&head).await;
    assert_eq!(values(&left, "set-cookie"), [""; 0]);
    assert_eq!(left.len(), head.len(), "shared caches are told, and all else stays");
    stream.send(message(Request::ResponseHeaders(sent(&named("-cache-control")))));
    assert_eq!(stream.refusal().await.code(), tonic::Code::ResourceExhausted);
    let head: Lines = vec![("x-a".to_owned(), Vec::new()); 40_000];
    let mut stream = Stream::open(&channel).await;
    assert_eq!(stream.request(&head).await, head, "lines of one name can all be held");
}

#[tokio::test]
async fn values_may_come_as_text() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut stream = Stream::visit(&channel, "").await;
    let line = core::HeaderValue {
        key: "set-cookie".to_owned(),
        value: "_ga=1".to_owned(),
        ..core::HeaderValue::default()
    };
    let mut head = sent(&lines(&[]));
    head.headers.as_mut().unwrap().headers.push(line);
    stream.send(message(Request::ResponseHeaders(head)));
    let Response::ResponseHeaders(answer) = stream.answer().await else { panic!() };
    let changes = answer.response.unwrap().header_mutation.unwrap();
    assert!(changes.remove_headers.contains(&"set-cookie".to_owned()));
}

#[tokio::test]
async fn a_response_to_no_request_is_of_nobody_who_chose() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut stream = Stream::open(&channel).await;
    assert_eq!(stream.set_cookies(&["_ga=1", "session=1"]).await, ["session=1"]);
}

#[tokio::test]
async fn bodies_pass_and_trailers_set_no_cookies() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut stream = Stream::visit(&channel, "").await;
    stream.send(message(Request::RequestBody(HttpBody::default())));
    assert!(
        matches!(stream.answer().await, Response::RequestBody(body) if body.response.is_none())
    );
    stream.send(message(Request::RequestTrailers(HttpTrailers::default())));
    assert!(
        matches!(stream.answer().await, Response::RequestTrailers(it) if it.header_mutation.is_none())
    );
    stream.send(message(Request::ResponseBody(HttpBody::default())));
    assert!(
        matches!(stream.answer().await, Response::ResponseBody(body) if body.response.is_none())
    );
    stream.send(message(Request::ResponseTrailers(HttpTrailers::default())));
    let Response::ResponseTrailers(answer) = stream.answer().await else { panic!() };
    assert_eq!(answer.header_mutation.unwrap().remove_headers, ["set-cookie"]);
}

#[tokio::test]
async fn envoy_that_only_shows_gets_no_answer() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut stream = Stream::open(&channel).await;
    let mut shown = message(Request::ResponseHeaders(sent(&lines(&[("set-cookie", "_ga=1")]))));
    shown.observability_mode = true;
    stream.send(shown);
    // The answer that comes is the one to the next message.
    stream.request(&lines(&[(":authority", "shop.example")])).await;
    let stripped = "processor_cookies_total{category=\"analytics\",verdict=\"strip\",\
                    reason=\"undecided\",report_only=\"false\"}";
    assert_eq!(processor.metric(stripped).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unix_socket_answers_alike_and_takes_the_place_of_one_left_behind() {
    let listen = "listen = ['127.0.0.1:0', 'unix:cookies.sock']";
    let mut processor = Processor::with(super::support::REGISTRY, listen);
    let path = processor.folder.path("cookies.sock");
    let address = format!("unix:{}", path.display());
    let mut stream = Stream::visit(&connect(&address).await, "").await;
    assert_eq!(stream.set_cookies(&["_ga=1", "session=1"]).await, ["session=1"]);
    drop(stream);

    let folder = test_support::folder::Folder::new();
    let registry = folder.write("cookies.toml", super::support::REGISTRY);
    let refusal = super::support::processor::refusal(&folder, &[&registry, "--listen", &address]);
    assert!(refusal.contains(&address) && refusal.contains("in use"), "{refusal}");

    processor.kill();
    assert!(path.exists());
    let listen = format!("listen = ['127.0.0.1:0', '{address}']");
    let mut second = Processor::with(super::support::REGISTRY, &listen);
    let mut stream = Stream::visit(&connect(&address).await, "").await;
    assert_eq!(stream.set_cookies(&["_ga=1"]).await, [""; 0]);
    drop(stream);
    second.signal("TERM");
    assert!(second.ends().success());
    assert!(!path.exists());
}
