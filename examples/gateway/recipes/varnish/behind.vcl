# Varnish behind the gateway. It sees no visitor's consent, and needs none.
vcl 4.1;

backend site {
    .host = "127.0.0.1";
    .port = "9000";
}
