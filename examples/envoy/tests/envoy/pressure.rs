//! Clients that send more than they read.

use std::time::Duration;

use envoy_types::pb::envoy::service::ext_proc::v3::processing_request::Request;
use envoy_types::pb::envoy::service::ext_proc::v3::processing_response::Response;

use tokio::task::JoinSet;

use super::support::asking::{Lines, Stream, connect, connect_narrow, lines, message, sent};
use super::support::processor::Processor;

const STREAMS: usize = 20;
const MESSAGES: usize = 100;
/// The most bytes of answers that wait in one stream.
const WINDOW: u32 = 64 * 1024;

/// A head with a large answer, since all of its lines but one have to be written anew.
fn head() -> Lines {
    let kept = format!("session={}", "x".repeat(4000));
    let mut head = vec![("set-cookie", &*kept); 10];
    head.insert(0, (":status", "200"));
    head.push(("set-cookie", "_ga=1"));
    lines(&head)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_wait_where_their_answers_are_not_read() {
    let processor = Processor::new();
    let channel = connect_narrow(&processor.address, WINDOW).await;
    let mut streams = Vec::new();
    for _ in 0..STREAMS {
        streams.push(Stream::visit(&channel, "").await);
    }
    let before = processor.memory();
    for stream in &streams {
        for _ in 0..MESSAGES {
            stream.send(message(Request::ResponseHeaders(sent(&head()))));
        }
    }
    let mut answered = processor.metric("processor_responses_total").await;
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = processor.metric("processor_responses_total").await;
        if now == answered && now > 0 {
            break;
        }
        answered = now;
    }
    assert!(answered < (STREAMS * MESSAGES / 4) as u64, "{answered} were answered to nobody");
    let grown = processor.memory().saturating_sub(before);
    assert!(grown < 48 * 1024, "{grown} KiB hold what nobody reads");

    // This is on another connection, since the clients that read nothing have filled the first one.
    let mut stream = Stream::visit(&connect(&processor.address).await, "").await;
    assert_eq!(stream.set_cookies(&["_ga=1", "session=1"]).await, ["session=1"], "others go on");
    // All are read at once, since they share the room of their connection.
    let mut readers = JoinSet::new();
    for mut stream in streams {
        readers.spawn(async move {
            for _ in 0..MESSAGES {
                assert!(matches!(stream.answer().await, Response::ResponseHeaders(_)));
            }
        });
    }
    readers.join_all().await;
    let all = (STREAMS * MESSAGES + 1) as u64;
    assert_eq!(processor.metric("processor_responses_total").await, all);
}
