#!/usr/bin/env python3
"""What the gateway costs, beside nginx as the same proxy, and what its policy does of that.

    cargo build --profile production -p gateway
    examples/gateway/bench/measure.py

Needs nginx, wrk, h2load (nghttp2-client) and taskset. The proxy has a core to itself; the upstream,
an nginx that answers from memory, and the load share another one. All goes over loopback, and the
proxies take turns, so that a busy minute meets them all. On a machine that does other things look at
the requests per second of the proxy's own CPU time: they change the least.

What the policy costs is told by one gateway, built so that a request's query can leave the policy out.
Two loads of the same requests, with and without the policy, take turns of twenty milliseconds; compared
is the CPU time that the gateway takes for a request in the two turns of a round. Two loads that both get
the policy show by how much the method errs. Callgrind counts instructions besides, which are nearly the
same in every run; the kernel's are not among them.
"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "serving/bench"))

from running import (  # noqa: E402
    COOKIE, NGINX, PROXY_CORE, REGISTRY, ROOT, SHARED_CORE, UPSTREAM, Load, Server, Site, by_turns, load, medians, more, needs, wrk,
)

PROXY = 9102
BUILT = ROOT / "target/production/gateway"

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


# What visitors of a site ask for: a page that sets two cookies, and nine images, scripts and answers that set none.
MIX = """
local paths = { "/?policy=POLICY", %s }
local next_one = 0
request = function()
    next_one = next_one %% #paths + 1
    return wrk.format(nil, paths[next_one])
end
""" % ", ".join(['"/without-cookies?policy=POLICY"'] * 9)

# The values of the query with which the gateway that is measured keeps the policy, and leaves it out.
KEPT, LEFT_OUT = 1, 0


def wrk1(seconds, port=PROXY):
    return wrk(f"http://127.0.0.1:{port}/", seconds)


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


def gateway(folder, binary):
    config = folder / "gateway.toml"
    config.write_text(
        f"registry = 'cookies.toml'\nlisten = '127.0.0.1:{PROXY}'\naccess-log = 'off'\n"
        f"[[upstream]]\nto = 'http://127.0.0.1:{UPSTREAM}'\n"
    )
    (folder / "cookies.toml").write_text(REGISTRY)
    return [binary, "--config", config]


def proxies(folder):
    """The command of each, for HTTP/1.1 and for HTTP/2."""
    nginx = {}
    for name, http2 in [("proxy", ""), ("proxy2", " http2")]:
        path = folder / f"{name}.conf"
        path.write_text(NGINX.format(folder=folder, name=name, rest=FORWARD % http2))
        nginx[http2 != ""] = ["nginx", "-c", path]
    return {"nginx": nginx, "gateway": dict.fromkeys([False, True], gateway(folder, BUILT))}


def build_measured(folder):
    """The same program, in which a request can leave the policy out."""
    kept, measured = folder / "kept", folder / "gateway-measured"
    shutil.copy2(BUILT, kept)
    environment = os.environ | {"GATEWAY_MEASURED": "1"}
    build = ["cargo", "build", "--quiet", "--profile", "production", "-p", "gateway"]
    subprocess.run(build, cwd=ROOT, env=environment, check=True)
    shutil.copy2(BUILT, measured)
    # Cargo knows that this is another build, and builds the usual one when it is asked to.
    shutil.copy2(kept, BUILT)
    return measured


def compare(commands, rounds, seconds):
    print(f"\n{rounds} rounds of {seconds} s each, medians; 64 requests at a time\n")
    print("| | requests a second | a second of the proxy's CPU | CPU in use | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|")
    for protocol, http2, generate in [("HTTP/1.1, wrk", False, wrk1), ("HTTP/2, h2load", True, h2load)]:
        found = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                with Server(PROXY_CORE, command[http2], PROXY) as server:
                    generate(1)
                    before, start = server.cpu_seconds(), time.monotonic()
                    count, percentiles = generate(seconds)
                    took, cpu = time.monotonic() - start, server.cpu_seconds() - before
                    found[name].append([count / took, count / cpu, 100 * cpu / took, *percentiles])
        middle = {name: medians(rows) for name, rows in found.items()}
        for name, (rate, per_cpu, use, p50, p99) in middle.items():
            print(f"| {protocol}: {name} | {rate:,.0f} | {per_cpu:,.0f} | {use:.0f} % | {p50:.2f} | {p99:.2f} |")
        for what, column in [("requests a second", 0), ("requests a second of CPU", 1)]:
            nginx, ours = (middle[name][column] for name in commands)
            print(f"\n{protocol}, {what}: {ours / nginx:.2f} of nginx's")
        print()


def policy(folder, site, measured, rounds, seconds):
    """What the policy adds to the CPU time for a request."""

    def page(path, policy):
        return [f"http://127.0.0.1:{PROXY}{path}?policy={policy}"]

    def mix(_, policy):
        script = folder / f"mix-{policy}.lua"
        script.write_text(MIX.replace("POLICY", str(policy)))
        return [f"http://127.0.0.1:{PROXY}/", "-s", script]

    print(f"What the policy adds to the gateway's CPU time for a request, {rounds} rounds of two turns of {seconds} s\n")
    print("| | with the policy | without | the policy adds: median, and where it lies with 95 % |")
    print("|---|---|---|---|")
    for name, load_of, path, without in [
        ("a page that sets two cookies, of which one is stripped", page, "/", LEFT_OUT),
        ("a page without Set-Cookie", page, "/without-cookies", LEFT_OUT),
        ("one page with two cookies among ten requests", mix, "", LEFT_OUT),
        ("the method itself: the page with two cookies, twice with the policy", page, "/", KEPT),
    ]:
        with (
            Server(SHARED_CORE, measured, PROXY) as server,
            Load(*load_of(path, KEPT)) as ours,
            Load(*load_of(path, without)) as plain,
        ):
            def turn(load):
                count, cpu = site.requests(), server.cpu_seconds()
                load.turn(seconds)
                cpu = server.cpu_seconds() - cpu
                return 1e6 * cpu / (site.requests() - count)

            found = by_turns({"ours": lambda: turn(ours), "plain": lambda: turn(plain)}, rounds)
        middle = [statistics.median(found[name]) for name in ("ours", "plain")]
        print(f"| {name} | {middle[0]:.2f} us | {middle[1]:.2f} us | {more(found['ours'], found['plain'])} |", flush=True)
    print()


def instructions(folder, measured, requests):
    found = []
    for policy in (KEPT, LEFT_OUT):
        counts = []
        for number in (requests, 3 * requests):
            log = folder / "callgrind.log"
            counting = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}"]
            with Server(PROXY_CORE, [*counting, *measured], PROXY):
                url = f"http://127.0.0.1:{PROXY}/?policy={policy}"
                load(["h2load", "--h1", "-c64", f"-n{number}", "-H", COOKIE, url])
            counts.append(int(re.search(r"Collected : (\d+)", log.read_text())[1]))
        # The difference of two runs leaves out the instructions of the start.
        found.append((counts[1] - counts[0]) / (2 * requests))
    ours, without = found
    print(f"Instructions for a request: {ours:,.0f}; {ours - without:,.0f} of them are the policy's\n")


def memory(command, steps, requests):
    print(f"Memory of the gateway, {steps} times {requests:,} requests:", end="", flush=True)
    with Server(PROXY_CORE, command[False], PROXY) as server:
        for _ in range(steps):
            load(["h2load", "--h1", "-c64", f"-n{requests}", "-H", COOKIE, f"http://127.0.0.1:{PROXY}/"])
            print(f" {server.memory():,}", end="", flush=True)
    print(" KiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5, help="beside nginx; 0 leaves it out")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--measured", type=pathlib.Path, help="a build with GATEWAY_MEASURED that is there already")
    parser.add_argument("--pairs", type=int, default=700, help="of turns with and without the policy; 0 leaves them out")
    parser.add_argument("--turn", type=float, default=0.02, help="its seconds")
    parser.add_argument("--instructions", type=int, default=4000, help="requests to count them in; 0 leaves it out")
    parser.add_argument("--requests", type=int, default=1_000_000, help="for the memory; 0 leaves it out")
    options = parser.parse_args()
    needs("nginx", "wrk", "h2load", "taskset", *(["valgrind"] if options.instructions else []))
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        commands = proxies(folder)
        if options.pairs or options.instructions:
            measured = gateway(folder, options.measured or build_measured(folder))
        with Site(folder) as site:
            if options.rounds:
                compare(commands, options.rounds, options.seconds)
            if options.pairs:
                policy(folder, site, measured, options.pairs, options.turn)
            if options.instructions:
                instructions(folder, measured, options.instructions)
            if options.requests:
                memory(commands["gateway"], 5, options.requests // 5)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


main()
