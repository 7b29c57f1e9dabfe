#!/usr/bin/env python3
"""What the gateway costs, beside nginx as the same proxy, and what its policy does of that.

    cargo build --release -p gateway
    examples/gateway/bench/measure.py

Needs nginx, wrk, h2load (nghttp2-client) and taskset. The proxy has a core to itself; the upstream,
an nginx that answers from memory, and the load share another one. All goes over loopback, and the
proxies take turns, so that a busy minute meets them all. On a machine that does other things look at
the requests per second of the proxy's own CPU time: they change the least.
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
UPSTREAM, PROXY = 9101, 9102
PROXY_CORE, OTHER_CORE = "0", "1"
COOKIE = "Cookie: session=0123456789abcdef; theme=dark"
TICKS = os.sysconf("SC_CLK_TCK")

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

ANSWER = """
    server {
        listen 127.0.0.1:%d;
        location / {
            default_type text/plain;
            add_header Set-Cookie "session=0123456789abcdef; Path=/; HttpOnly";
            add_header Set-Cookie "_ga=GA1.1.123456789.1700000000; Path=/; Max-Age=63072000";
            return 200 "a small page of a hundred bytes, more or less, as an interface would answer with: ok ok ok ok ok.";
        }
    }
""" % UPSTREAM

FORWARD = """
    upstream site { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
    server {
        listen 127.0.0.1:%d%%s;
        location / {
            proxy_pass http://site;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-Host $host;
        }
    }
""" % (UPSTREAM, PROXY)


class Server:
    """A server on one core, stopped at the end."""

    def __init__(self, core, command, port):
        self.process = subprocess.Popen(["taskset", "-c", core, *map(str, command)], stderr=subprocess.DEVNULL)
        for _ in range(500):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.01)
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
        ticks = 0
        for process in self.processes():
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICKS

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


def wrk(seconds):
    url = f"http://127.0.0.1:{PROXY}/"
    text = load(["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", "-H", COOKIE, url])
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(text)
    count = int(re.search(r"(\d+) requests in", text)[1])
    percentiles = [milliseconds(re.search(rf"\s{at}%\s+(\S+)", text)[1]) for at in (50, 99)]
    return count, percentiles


def h2load(seconds):
    url = f"http://127.0.0.1:{PROXY}/"
    log = tempfile.NamedTemporaryFile()
    text = load(["h2load", "-c8", "-m8", "-D", str(seconds), "-H", COOKIE, "--log-file", log.name, url])
    failed = re.search(r"(\d+) failed, (\d+) errored", text)
    count = int(re.search(r"(\d+) succeeded", text)[1])
    if failed.groups() != ("0", "0"):
        sys.exit(text)
    times = sorted(int(line.split()[2]) / 1000 for line in open(log.name))
    return count, [times[len(times) * at // 100] for at in (50, 99)]


def proxies(folder, plain):
    """The command of each, for HTTP/1.1 and for HTTP/2."""
    gateway = folder / "gateway.toml"
    gateway.write_text(
        f"registry = 'cookies.toml'\nlisten = '127.0.0.1:{PROXY}'\naccess-log = 'off'\n"
        f"[[upstream]]\nto = 'http://127.0.0.1:{UPSTREAM}'\n"
    )
    (folder / "cookies.toml").write_text(REGISTRY)
    nginx = {}
    for name, http2 in [("proxy", ""), ("proxy2", " http2")]:
        path = folder / f"{name}.conf"
        path.write_text(NGINX.format(folder=folder, name=name, rest=FORWARD % http2))
        nginx[http2 != ""] = ["nginx", "-c", path]
    release = ROOT / "target/release/gateway"
    commands = {"nginx": nginx, "gateway": dict.fromkeys([False, True], [release, "--config", gateway])}
    if plain:
        commands["gateway without policy"] = dict.fromkeys([False, True], [plain, "--config", gateway])
    return commands


def build_without_policy(folder):
    """The same program with the policy left out, to hold against it."""
    release = ROOT / "target/release/gateway"
    kept, plain = folder / "kept", folder / "gateway-without-policy"
    shutil.copy2(release, kept)
    environment = os.environ | {"GATEWAY_MEASURED_WITHOUT_POLICY": "1"}
    build = ["cargo", "build", "--quiet", "--release", "-p", "gateway"]
    subprocess.run(build, cwd=ROOT, env=environment, check=True)
    shutil.copy2(release, plain)
    # Cargo knows that this is another build, and makes it anew when it is asked to.
    shutil.copy2(kept, release)
    return plain


def compare(commands, rounds, seconds):
    print(f"\n{rounds} rounds of {seconds} s each, medians; 64 requests at a time\n")
    print("| | requests a second | a second of the proxy's CPU | CPU in use | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|")
    for protocol, http2, generate in [("HTTP/1.1, wrk", False, wrk), ("HTTP/2, h2load", True, h2load)]:
        found = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                with Server(PROXY_CORE, command[http2], PROXY) as server:
                    generate(1)
                    before, start = server.cpu_seconds(), time.monotonic()
                    count, percentiles = generate(seconds)
                    took, cpu = time.monotonic() - start, server.cpu_seconds() - before
                    found[name].append([count / took, count / cpu, 100 * cpu / took, *percentiles])
        medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in found.items()}
        for name, (rate, per_cpu, use, p50, p99) in medians.items():
            print(f"| {protocol}: {name} | {rate:,.0f} | {per_cpu:,.0f} | {use:.0f} % | {p50:.2f} | {p99:.2f} |")
        for what, column in [("requests a second", 0), ("requests a second of CPU", 1)]:
            nginx, ours, *plain = (medians[name][column] for name in commands)
            print(f"\n{protocol}, {what}: {ours / nginx:.2f} of nginx's", end="")
            for without in plain:
                print(f"; the policy costs {100 * (1 - ours / without):.1f} %", end="")
        print("\n")


def memory(command, steps, requests):
    print(f"Memory of the gateway, {steps} times {requests:,} requests:", end="", flush=True)
    with Server(PROXY_CORE, command[False], PROXY) as server:
        for _ in range(steps):
            load(["h2load", "--h1", "-c64", f"-n{requests}", "-H", COOKIE, f"http://127.0.0.1:{PROXY}/"])
            print(f" {server.memory():,}", end="", flush=True)
    print(" KiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--nginx-only", action="store_true", help="leaves out the build without policy")
    parser.add_argument("--requests", type=int, default=1_000_000, help="for the memory; 0 leaves it out")
    options = parser.parse_args()
    missing = [tool for tool in ("nginx", "wrk", "h2load", "taskset") if not shutil.which(tool)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        commands = proxies(folder, None if options.nginx_only else build_without_policy(folder))
        site = folder / "site.conf"
        site.write_text(NGINX.format(folder=folder, name="site", rest=ANSWER))
        with Server(OTHER_CORE, ["nginx", "-c", site], UPSTREAM):
            compare(commands, options.rounds, options.seconds)
            if options.requests:
                memory(commands["gateway"], 5, options.requests // 5)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


main()
