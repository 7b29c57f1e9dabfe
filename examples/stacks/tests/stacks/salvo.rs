use salvo::conn::{Acceptor, TcpListener};
use salvo::{Listener, Server};

use super::{ask, check, granted, registry};

#[tokio::test]
async fn salvo_keeps_the_policy() {
    let acceptor = TcpListener::new("127.0.0.1:0").bind().await;
    let address = acceptor.holdings()[0].local_addr.clone().into_std().unwrap();
    tokio::spawn(Server::new(acceptor).serve(stacks::salvo::app(registry())));
    check(&ask(address, "").await, &ask(address, &granted()).await);
}
