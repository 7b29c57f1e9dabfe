"""What the measurements share: servers on a core each, and the load on them."""

import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
UPSTREAM = 9101
PROXY_CORE, OTHER_CORE = "0", "1"
COOKIE = "Cookie: session=0123456789abcdef; theme=dark"

REGISTRY = """
version = "2025-01-15"
[categories.essential]
basis = "necessary"
cookies = { session = "session" }
[categories.analytics]
basis = "consent"
cookies = { _ga = "13 months" }
"""

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/{name}.pid;
error_log {folder}/{name}.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/{name}-body;
    proxy_temp_path {folder}/{name}-proxy;
    fastcgi_temp_path {folder}/{name}-fastcgi;
    uwsgi_temp_path {folder}/{name}-uwsgi;
    scgi_temp_path {folder}/{name}-scgi;
    {rest}
}}
"""

TEXT = "a small page of a hundred bytes, more or less, as an interface would answer with: ok ok ok ok ok."

ANSWER = """
    server {
        listen 127.0.0.1:%d;
        location / {
            default_type text/plain;
            add_header Set-Cookie "session=0123456789abcdef; Path=/; HttpOnly";
            add_header Set-Cookie "_ga=GA1.1.123456789.1700000000; Path=/; Max-Age=63072000";
            return 200 "%s";
        }
        location /without-cookies {
            default_type text/plain;
            return 200 "%s";
        }
    }
""" % (UPSTREAM, TEXT, TEXT)


class Server:
    """A server on one core, stopped at the end."""

    def __init__(self, core, command, port):
        self.process = subprocess.Popen(["taskset", "-c", core, *map(str, command)], stderr=subprocess.DEVNULL)
        # It may take long under Valgrind, or while the machine does other things.
        for _ in range(6000):
            if self.process.poll() is not None:
                sys.exit(f"{command[0]} ended with {self.process.returncode}")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.01)
        self.process.kill()
        sys.exit(f"{command[0]} does not listen on {port}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGKILL if self.process.poll() else signal.SIGTERM)
        self.process.wait()
        time.sleep(0.2)

    def processes(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *children.split()]

    def cpu_seconds(self):
        """The time that its threads have run, in the kernel and outside; the scheduler counts it in nanoseconds."""
        threads = [thread for process in self.processes() for thread in pathlib.Path(f"/proc/{process}/task").iterdir()]
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    def memory(self):
        """Resident, in KiB."""
        total = 0
        for process in self.processes():
            status = pathlib.Path(f"/proc/{process}/status").read_text()
            total += int(re.search(r"VmRSS:\s+(\d+)", status)[1])
        return total


def load(command):
    done = subprocess.run(["taskset", "-c", OTHER_CORE, *command], capture_output=True, text=True, check=True)
    return done.stdout


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def wrk(url, seconds, *script):
    """How many requests there were, and their 50th and 99th percentile in milliseconds."""
    text = load(["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", "-H", COOKIE, *script, url])
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(text)
    count = int(re.search(r"(\d+) requests in", text)[1])
    percentiles = [milliseconds(re.search(rf"\s{at}%\s+(\S+)", text)[1]) for at in (50, 99)]
    return count, percentiles


def site(folder):
    """The upstream: an nginx that answers from memory."""
    path = folder / "site.conf"
    path.write_text(NGINX.format(folder=folder, name="site", rest=ANSWER))
    return Server(OTHER_CORE, ["nginx", "-c", path], UPSTREAM)


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def needs(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
