//! HTTP/2, whose clients split the `cookie` header (RFC 9113, section 8.2.3).

use std::convert::Infallible;
use std::net::SocketAddr;

use http::header::{COOKIE, HeaderValue};
use http::{Request, Response, Version};
use hyper::body::Incoming;
use hyper::client::conn::http2;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;
use tower::{Layer, service_fn};

use super::server::serve;
use super::site::{EVERY_KIND, granted, layer, names, response};

async fn site(request: Request<Incoming>) -> Result<Response<String>, Infallible> {
    assert_eq!(request.version(), Version::HTTP_2);
    let mut response = response::<String>(&EVERY_KIND);
    let fields = request.headers().get_all(COOKIE).iter().count();
    response.headers_mut().insert("x-cookie-fields", HeaderValue::from(fields));
    Ok(response)
}

/// The response to one request with these `cookie` fields.
async fn get(address: SocketAddr, fields: &[HeaderValue]) -> Response<Incoming> {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut client, connection) =
        http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(connection);
    let mut request = Request::get(format!("http://{address}/")).body(String::new()).unwrap();
    for field in fields {
        request.headers_mut().append(COOKIE, field.clone());
    }
    client.send_request(request).await.unwrap()
}

#[tokio::test]
async fn r7_consent_is_read_from_whichever_field_carries_it() {
    let address = serve(layer().layer(service_fn(site))).await;
    let yes = granted(&["analytics"]);
    let no = granted(&[]);
    let [a, b, c] = ["a=1", "b=2; c=3", "d"].map(HeaderValue::from_static);
    let cases: [(&str, &[&HeaderValue], &[&str]); 8] = [
        ("none", &[], &["sid"]),
        ("others", &[&a, &b, &c], &["sid"]),
        ("alone", &[&yes], &["_ga", "sid"]),
        ("first", &[&yes, &a, &b, &c], &["_ga", "sid"]),
        ("in the middle", &[&a, &b, &yes, &c], &["_ga", "sid"]),
        ("last", &[&a, &b, &c, &yes], &["_ga", "sid"]),
        ("a refusal after a grant", &[&yes, &a, &no], &["sid"]),
        ("a grant after a refusal", &[&no, &a, &yes], &["sid"]),
    ];
    for (case, fields, want) in cases {
        let fields: Vec<_> = fields.iter().map(|field| (*field).clone()).collect();
        let response = get(address, &fields).await;
        assert_eq!(names(response.headers()), want, "{case}");
        let arrived = response.headers()["x-cookie-fields"].to_str().unwrap();
        assert_eq!(arrived, fields.len().to_string(), "the fields arrive split: {case}");
    }
}
