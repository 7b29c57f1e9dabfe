//! The bytes on the wire, as curl prints them.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::process::Command;

use http::header::{HeaderName, HeaderValue};
use http::{Request, Response};
use hyper::body::Incoming;
use tower::{Layer, service_fn};

use super::server::serve;
use super::site::{granted, layer};

const HEADERS: [(&str, &[u8]); 9] = [
    ("x-first", b"1"),
    ("set-cookie", b"sid=a\xff\xc3\xa9 ;  HTTPONLY;pAtH=/ ;x=y;;"),
    ("set-cookie", b"_ga=GA1.1; Path=/"),
    ("set-cookie", b"\t_gid =\"a;b\" ; max-age=99999999 ; Secure"),
    ("set-cookie", b"=_fbp=1"),
    ("set-cookie", b"theme=; eXpIrEs=Thu, 01 Jan 1970 00:00:00 GMT"),
    ("set-cookie", b"_ga"),
    ("set-cookie", b"id=%3B; Expires=x; Max-Age=5; Max-Age=31536000; SameSite=None"),
    ("x-last", b"2"),
];

async fn site(_: Request<Incoming>) -> Result<Response<String>, Infallible> {
    let mut response = Response::new("the body\n".to_owned());
    for (name, value) in HEADERS {
        let value = HeaderValue::from_bytes(value).unwrap();
        response.headers_mut().append(HeaderName::from_static(name), value);
    }
    Ok(response)
}

/// Returns what `curl -si` prints, without the `date`, and with the header lines sorted by their names: R12
/// promises the order of the values of one name alone. `None` if there is no curl.
async fn curl(arguments: &[&str]) -> Option<Vec<u8>> {
    let address = serve(layer().layer(service_fn(site))).await;
    let mut curl = Command::new("curl");
    curl.args(["-si", "--noproxy", "*", "--max-time", "10"]);
    curl.args(arguments).arg(format!("http://{address}/"));
    let output = match tokio::task::spawn_blocking(move || curl.output()).await.unwrap() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!("skipped: curl is not installed");
            return None;
        }
        output => output.unwrap(),
    };
    assert!(output.status.success(), "{output:?}");
    let mut lines: Vec<_> = output.stdout.split_inclusive(|byte| *byte == b'\n').collect();
    let end = lines.iter().position(|line| *line == b"\r\n").expect("the end of a head");
    lines[1..end].sort_by_key(|line| line.split(|byte| *byte == b':').next());
    Some(lines.into_iter().filter(|line| !line.starts_with(b"date: ")).flatten().copied().collect())
}

#[track_caller]
fn assert_bytes(got: &[u8], want: &[u8]) {
    assert_eq!(got, want, "\n{}\nis not\n{}", got.escape_ascii(), want.escape_ascii());
}

#[tokio::test]
async fn the_head_of_an_undecided_visitor() {
    let Some(head) = curl(&[]).await else { return };
    assert_bytes(
        &head,
        b"HTTP/1.1 200 OK\r\n\
          cache-control: private\r\n\
          content-length: 9\r\n\
          set-cookie: sid=a\xff\xc3\xa9 ;  HTTPONLY;pAtH=/ ;x=y;;\r\n\
          set-cookie: theme=; eXpIrEs=Thu, 01 Jan 1970 00:00:00 GMT\r\n\
          set-cookie: id=%3B; Max-Age=2592000; SameSite=None\r\n\
          x-first: 1\r\n\
          x-last: 2\r\n\
          \r\n\
          the body\n",
    );
}

#[tokio::test]
async fn the_head_of_a_visitor_who_granted_analytics() {
    let cookie = format!("Cookie: a=b; {}", granted(&["analytics"]).to_str().unwrap());
    let Some(head) = curl(&["-H", &cookie]).await else { return };
    assert_bytes(
        &head,
        b"HTTP/1.1 200 OK\r\n\
          cache-control: private\r\n\
          content-length: 9\r\n\
          set-cookie: sid=a\xff\xc3\xa9 ;  HTTPONLY;pAtH=/ ;x=y;;\r\n\
          set-cookie: _ga=GA1.1; Path=/\r\n\
          set-cookie: \t_gid =\"a; Max-Age=86400;b\" ; Secure\r\n\
          set-cookie: theme=; eXpIrEs=Thu, 01 Jan 1970 00:00:00 GMT\r\n\
          set-cookie: _ga\r\n\
          set-cookie: id=%3B; Max-Age=2592000; SameSite=None\r\n\
          x-first: 1\r\n\
          x-last: 2\r\n\
          \r\n\
          the body\n",
    );
}

#[tokio::test]
async fn a_head_request_and_http_1_0() {
    for arguments in [&["--head"][..], &["--http1.0"]] {
        let Some(head) = curl(arguments).await else { return };
        let head = head.escape_ascii().to_string();
        assert!(head.contains(r"\r\nset-cookie: sid=a\xff\xc3\xa9 ;  HTTPONLY;pAtH=/ ;x=y;;\r\n"));
        assert!(!head.contains("_ga") && !head.contains("_fbp"), "{head}");
    }
}
