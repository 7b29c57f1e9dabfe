"""What the measurements share: servers on a core each, the load on them, and comparisons by turns."""

import itertools
import pathlib
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]
UPSTREAM = 9101
PROXY_CORE, OTHER_CORE = "0", "1"
# Turns are short, so that what else happens on the machine meets both of a round, and all that takes part in them shares
# a core, so that nobody waits for another one, now more and now less.
SHARED_CORE = OTHER_CORE
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
        location = /-/requests {
            stub_status;
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


class Load:
    """A wrk whose connections stay open, and which is stopped except in its turns."""

    def __init__(self, url, *script):
        command = ["wrk", "-t1", "-c64", "-d1h", "--timeout", "10s", "-H", COOKIE, *script, url]
        self.process = subprocess.Popen(["taskset", "-c", SHARED_CORE, *command], stdout=subprocess.PIPE, text=True)
        # It opens its connections, and the server warms up.
        time.sleep(0.5)
        self.process.send_signal(signal.SIGSTOP)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A signal goes to the main thread, which waits for it, only once the process runs.
        self.turn(0.1, then=signal.SIGINT)
        text, _ = self.process.communicate()
        if "Non-2xx" in text or "Socket errors" in text:
            sys.exit(text)

    def turn(self, seconds, then=signal.SIGSTOP):
        self.process.send_signal(signal.SIGCONT)
        time.sleep(seconds)
        self.process.send_signal(then)
        # Meanwhile, what it has asked for is answered.
        time.sleep(0.01)


class Site(Server):
    """The upstream: an nginx that answers from memory, and counts the requests that it gets."""

    def __init__(self, folder):
        path = folder / "site.conf"
        path.write_text(NGINX.format(folder=folder, name="site", rest=ANSWER))
        super().__init__(OTHER_CORE, ["nginx", "-c", path], UPSTREAM)
        self.asked = 0

    def requests(self):
        """The number of requests, without those that ask for it."""
        with urllib.request.urlopen(f"http://127.0.0.1:{UPSTREAM}/-/requests") as answer:
            counts = answer.read().decode().splitlines()[2]
        self.asked += 1
        return int(counts.split()[2]) - self.asked


def by_turns(turns, rounds):
    """The results of each turn in each round. The order of the turns changes from round to round, and the first
    round only warms the caches."""
    found = {name: [] for name in turns}
    orders = list(itertools.permutations(turns))
    for number in range(rounds + 1):
        for name in orders[number % len(orders)]:
            result = turns[name]()
            if number > 0:
                found[name].append(result)
    return found


def more(ours, other):
    """By how much more one takes than the other in the same round: the median, with the interval in which it lies
    by the spread of the rounds with a probability of 95 %, by bootstrap."""
    percents = [100 * (one / its - 1) for one, its in zip(ours, other)]
    again = sorted(statistics.median(random.choices(percents, k=len(percents))) for _ in range(2000))
    return f"{statistics.median(percents):+.2f} % ({again[50]:+.2f} to {again[1949]:+.2f})"


def medians(rows):
    return [statistics.median(column) for column in zip(*rows)]


def needs(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
