"""A site with a login on Python's own server, which speaks HTTP/1.0."""
import http.server


class Site(http.server.BaseHTTPRequestHandler):
    def answer(self, status, text, *headers):
        self.send_response(status)
        self.send_header("Set-Cookie", "_ga=GA1.1.1; Max-Age=34560000")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def do_GET(self):
        user = "Ada" if "session=ada" in self.headers.get("Cookie", "") else "visitor"
        self.answer(200, f"Hello {user}")

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        session = ("Set-Cookie", "session=ada; HttpOnly; Path=/")
        cart = ("Set-Cookie", "cart_1234567=x; Path=/")
        self.answer(303, "", session, cart, ("Location", "/"))

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
