use std::net::SocketAddr;

use http::HeaderValue;
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::transport::Endpoint;
use tonic::transport::server::TcpIncoming;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};
use tower::util::MapResponseLayer;

use super::{Answer, check, granted, registry};

/// A real service, and inside of the layer one that sets cookies and says what the consent is.
async fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let sets = MapResponseLayer::new(|mut response: http::Response<Body>| {
        for line in ["session=1; HttpOnly", "_ga=GA1.1; Max-Age=63072000"] {
            response.headers_mut().append("set-cookie", HeaderValue::from_static(line));
        }
        response
    });
    let service = HealthService::from_health_reporter(HealthReporter::new());
    let service = HealthServer::with_interceptor(service, |request: tonic::Request<()>| {
        let refuses =
            request.metadata().contains_key("asks") && !stacks::tonic::is_counted(&request);
        if refuses { Err(tonic::Status::permission_denied("not counted")) } else { Ok(request) }
    });
    let server = stacks::tonic::server(registry()).layer(sets).add_service(service);
    tokio::spawn(server.serve_with_incoming(TcpIncoming::from(listener)));
    address
}

async fn visit(address: SocketAddr, cookies: &str) -> Answer {
    let endpoint = Endpoint::from_shared(format!("http://{address}")).unwrap();
    let mut client = HealthClient::new(endpoint.connect().await.unwrap());
    let mut request = tonic::Request::new(HealthCheckRequest { service: String::new() });
    if !cookies.is_empty() {
        request.metadata_mut().insert("cookie", cookies.parse().unwrap());
    }
    let response = client.check(request).await.unwrap();
    let lines = response.metadata().get_all("set-cookie").iter();
    let set: Vec<_> = lines.map(|line| line.to_str().unwrap().to_owned()).collect();

    let mut asking = tonic::Request::new(HealthCheckRequest { service: String::new() });
    asking.metadata_mut().insert("asks", "1".parse().unwrap());
    if !cookies.is_empty() {
        asking.metadata_mut().insert("cookie", cookies.parse().unwrap());
    }
    let text = match client.check(asking).await {
        Ok(_) => "counted".to_owned(),
        Err(status) => status.message().to_owned(),
    };
    Answer::new(text, set)
}

#[tokio::test]
async fn tonic_keeps_the_policy() {
    let address = start().await;
    check(&visit(address, "").await, &visit(address, &granted()).await);
}
