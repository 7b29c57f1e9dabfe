//! Health, reloads, and the end.

use tokio::sync::watch;
use tokio::task::JoinSet;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::support::REGISTRY;
use super::support::asking::{Stream, connect};
use super::support::processor::{Processor, configuration};

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
    processor.reaches("processor_exchanges", 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_signal_does_not_wait_for_exchanges() {
    let mut processor = Processor::new();
    let stream = Stream::visit(&connect(&processor.address).await, "").await;
    processor.signal("TERM");
    processor.logs("stopping");
    processor.signal("INT");
    assert_eq!(processor.ends().code(), Some(1));
    drop(stream);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_exchange_is_lost_while_files_are_read_anew() {
    const RELOADS: u64 = 6;
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    let (end, ended) = watch::channel(false);
    let mut visitors = JoinSet::new();
    for _ in 0..4 {
        let (channel, ended) = (channel.clone(), ended.clone());
        visitors.spawn(async move {
            let mut lenient = 0;
            while !*ended.borrow() {
                let mut stream = Stream::visit(&channel, "").await;
                let left = stream.set_cookies(&["_ga=1", "session=1"]).await;
                assert!(left.ends_with(&["session=1".to_owned()]), "{left:?}");
                lenient += u64::from(left.len() == 2);
            }
            lenient
        });
    }
    for reload in 1..=RELOADS {
        let basis = if reload % 2 == 1 { "\"necessary\"" } else { "\"consent\"" };
        processor.folder.write("cookies.toml", &REGISTRY.replace("\"consent\"", basis));
        processor.signal("HUP");
        processor.reaches("processor_reloads_total{result=\"accepted\"}", reload).await;
        let mut stream = Stream::visit(&channel, "").await;
        assert_eq!(stream.set_cookies(&["_ga=1"]).await.len() as u64, reload % 2);
    }
    end.send(true).unwrap();
    let lenient: u64 = visitors.join_all().await.into_iter().sum();
    assert!(lenient > 0, "all of them met one registry alone");
}

#[tokio::test]
async fn a_configuration_that_is_read_anew_may_add_a_site_and_not_an_address() {
    let processor = Processor::new();
    let channel = connect(&processor.address).await;
    processor.folder.write("lenient.toml", &REGISTRY.replace("\"consent\"", "\"necessary\""));
    let site = "drain-seconds = 5\n[[site]]\nhost = 'shop.example'\nregistry = 'lenient.toml'";
    processor.folder.write("processor.toml", &configuration(site));
    processor.signal("HUP");
    processor.logs(READ);
    processor.logs("listen, admin and drain-seconds hold from the next start");
    let mut stream = Stream::visit(&channel, "").await;
    assert_eq!(stream.set_cookies(&["_ga=1"]).await, ["_ga=1"]);
}
