use tokio::net::TcpListener;

use super::{ask, check, granted, registry};

#[tokio::test]
async fn warp_keeps_the_policy() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(stacks::warp::serve(listener, registry()));
    check(&ask(address, "").await, &ask(address, &granted()).await);
}
