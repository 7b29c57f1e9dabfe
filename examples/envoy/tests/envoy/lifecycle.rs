//! Health, reloads, and the end.

use std::time::Duration;

use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::support::REGISTRY;
use super::support::asking::{Stream, connect};
use super::support::processor::Processor;

const READ: &str = "registry and configuration were read anew";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sigterm_health_says_so_and_exchanges_end() {
    let mut processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut watched = Vec::new();
    for service in ["", "envoy.service.ext_proc.v3.ExternalProcessor"] {
        let asked = HealthCheckRequest { service: service.to_owned() };
        let mut client = HealthClient::new(channel.clone());
        let mut states = client.watch(asked).await.unwrap().into_inner();
        let state = states.message().await.unwrap().unwrap().status();
        assert_eq!(state, ServingStatus::Serving, "{service:?}");
        watched.push(states);
    }
    assert_eq!(processor.asked("/health").await, (200, "ok\n".to_owned()));
    let mut stream = Stream::visit(&channel, "").await;

    processor.signal("TERM");
    processor.logs("stopping");
    for states in &mut watched {
        let state = states.message().await.unwrap().unwrap().status();
        assert_eq!(state, ServingStatus::NotServing);
    }
    assert_eq!(processor.asked("/health").await, (503, "draining\n".to_owned()));
    assert_eq!(stream.set_cookies(&["_ga=1", "session=1"]).await, ["session=1"]);
    drop((stream, watched));
    assert!(processor.ends().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_exchange_that_does_not_end_is_not_waited_for_beyond_the_limit() {
    let mut processor = Processor::with(REGISTRY, "drain-seconds = 1");
    let stream = Stream::visit(&connect(&processor.address).await, "").await;
    processor.signal("TERM");
    assert!(processor.ends().success());
    assert!(processor.log().contains("did not end in time"), "{}", processor.log());
    drop(stream);
}

#[tokio::test]
async fn sighup_reads_anew_and_an_exchange_keeps_what_it_began_with() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut early = Stream::visit(&channel, "").await;
    processor.folder.write("cookies.toml", &REGISTRY.replace("\"consent\"", "\"necessary\""));
    processor.signal("HUP");
    processor.logs(READ);
    assert_eq!(early.set_cookies(&["_ga=1"]).await, [""; 0]);
    let mut late = Stream::visit(&channel, "").await;
    assert_eq!(late.set_cookies(&["_ga=1"]).await, ["_ga=1"]);

    processor.folder.write("cookies.toml", &REGISTRY.replace("\"consent\"", "\"maybe\""));
    processor.signal("HUP");
    processor.logs("nothing was read anew, and all stays: ");
    assert!(processor.log().contains("line 7"), "{}", processor.log());
    let mut later = Stream::visit(&channel, "").await;
    assert_eq!(later.set_cookies(&["_ga=1"]).await, ["_ga=1"]);
    assert_eq!(processor.metric("processor_reloads_total{result=\"accepted\"}").await, 1);
    assert_eq!(processor.metric("processor_reloads_total{result=\"refused\"}").await, 1);
}

#[tokio::test]
async fn a_changed_file_is_read_by_itself() {
    let processor = Processor::new();
    processor.folder.write("cookies.toml", &REGISTRY.replace("\"consent\"", "\"necessary\""));
    processor.logs(READ);
}

#[tokio::test]
async fn streams_that_are_given_up_leave_nothing_behind() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let mut streams = Vec::new();
    for _ in 0..50 {
        streams.push(Stream::visit(&channel, "").await);
    }
    assert_eq!(processor.metric("processor_exchanges").await, 50);
    drop(streams);
    for _ in 0..200 {
        if processor.metric("processor_exchanges").await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{} are open", processor.metric("processor_exchanges").await);
}
