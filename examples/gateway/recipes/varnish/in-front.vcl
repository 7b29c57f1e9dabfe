# Varnish in front of the gateway: it caches what is for everybody. TLS ends before it.
vcl 4.1;

backend gateway {
    .host = "127.0.0.1";
    .port = "3000";
}

# The server that ends TLS. It replaces what visitors say of themselves.
acl terminator {
    "127.0.0.1";
}

sub vcl_recv {
    if (client.ip !~ terminator) {
        set req.http.X-Forwarded-For = client.ip;
        set req.http.X-Forwarded-Proto = "http";
        set req.http.X-Forwarded-Host = req.http.Host;
        set req.http.X-Real-IP = client.ip;
        unset req.http.X-Forwarded-Port;
        unset req.http.X-Forwarded-Prefix;
        unset req.http.Forwarded;
    }
    # A page that differs by cookies says so in Vary, so visitors with cookies can be served from the store, too.
    if ((req.method == "GET" || req.method == "HEAD") && !req.http.Authorization) {
        return (hash);
    }
}
