#!/usr/bin/env python3
"""What Envoy costs by itself, with processors that decide nothing, and with the policy's.

    cargo build --release -p envoy --bins --examples
    examples/envoy/bench/measure.py

Needs the Envoy of the example's README, nginx, wrk and taskset. Envoy has a core to itself; the
processor, the upstream (an nginx that answers from memory) and the load share another one. All goes
over loopback, and they take turns, so that a busy minute meets them all: what is told of the policy is
the median of what the turns of a round differ by. One processor does nothing. Another one changes each
response as the policy does, without a thought. Then all of them are asked without Envoy, which does
less in a second than they do, and the policy's answers a million exchanges over one connection, while
its memory is looked at.
"""

import argparse
import os
import pathlib
import statistics
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "serving/bench"))

from running import (  # noqa: E402
    OTHER_CORE, PROXY_CORE, REGISTRY, ROOT, UPSTREAM, Server, load, medians, needs, site, wrk,
)

HERE = pathlib.Path(__file__).resolve().parents[1]
ENVOY = HERE / ".venv/bin/envoy"
BUILT = ROOT / "target/release"
PROXY, PROCESSOR = 9103, 9104
AT_A_TIME = 64
NOTHING, CHANGE, OURS = "one that does nothing", "one that always makes the change", "the policy's"


def configuration(folder, filtered):
    """The example's, in front of the measured site; without the processor's filter for plain Envoy."""
    text = (HERE / "envoy.yaml").read_text()
    for example, here in [("8080", UPSTREAM), ("10000", PROXY), ("4444", PROCESSOR), ("9900", 0)]:
        text = text.replace(f"port_value: {example}", f"port_value: {here}")
    if not filtered:
        start = text.index("                  # First of all filters")
        text = text[:start] + text[text.index("                  - name: envoy.filters.http.router"):]
    path = folder / f"envoy-{filtered}.yaml"
    path.write_text(text)
    return [ENVOY, "--disable-hot-restart", "--concurrency", "1", "--log-level", "error", "-c", path]


def compare(folder, processors, rounds, seconds):
    print(f"\n{rounds} rounds of {seconds} s each, medians; {AT_A_TIME} requests at a time\n")
    print("| | requests a second | Envoy's CPU a request | the processor's | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|")
    url = f"http://127.0.0.1:{PROXY}/"
    found = {"plain Envoy": [], **{name: [] for name in processors}}
    for _ in range(rounds):
        for name, rows in found.items():
            command = processors.get(name)
            processor = Server(OTHER_CORE, command, PROCESSOR) if command else None
            with Server(PROXY_CORE, configuration(folder, bool(command)), PROXY) as envoy:
                wrk(url, 1)
                before = envoy.cpu_seconds(), processor.cpu_seconds() if processor else 0
                start = time.monotonic()
                count, percentiles = wrk(url, seconds)
                took = time.monotonic() - start
                cpu = envoy.cpu_seconds() - before[0], processor.cpu_seconds() - before[1] if processor else 0
                rows.append([count / took, *(1e6 * part / count for part in cpu), *percentiles])
            if processor:
                processor.__exit__()
    for name, rows in found.items():
        rate, envoy, processor, p50, p99 = medians(rows)
        print(f"| {name} | {rate:,.0f} | {envoy:.1f} us | {processor:.1f} us | {p50:.2f} | {p99:.2f} |")
    print()
    for name in [NOTHING, CHANGE]:
        pairs = list(zip(found[name], found[OURS]))
        rate = statistics.median(100 * (1 - ours[0] / other[0]) for other, ours in pairs)
        cpu = statistics.median(100 * (sum(ours[1:3]) / sum(other[1:3]) - 1) for other, ours in pairs)
        p99 = statistics.median(100 * (ours[4] / other[4] - 1) for other, ours in pairs)
        print(f"Against {name}: {rate:.1f} % fewer requests a second, {cpu:.1f} % more CPU, {p99:.1f} % more p99")


def ask(exchanges):
    text = load([BUILT / "examples/exchanges", f"127.0.0.1:{PROCESSOR}", str(exchanges), str(AT_A_TIME)])
    return [float(number) for number in text.split()]


def alone(processors, rounds, exchanges):
    print(f"\nWithout Envoy, {rounds} rounds of {exchanges:,} exchanges each, medians; {AT_A_TIME} at a time\n")
    print("| | exchanges a second | the processor's CPU an exchange | p50 ms | p99 ms |")
    print("|---|---|---|---|---|")
    found = {name: [] for name in processors}
    for _ in range(rounds):
        for name, command in processors.items():
            with Server(PROXY_CORE, command, PROCESSOR) as processor:
                ask(exchanges // 10)
                before = processor.cpu_seconds()
                rate, p50, p99 = ask(exchanges)
                cpu = processor.cpu_seconds() - before
                found[name].append([rate, 1e6 * cpu / exchanges, p50 / 1000, p99 / 1000])
    for name, rows in found.items():
        rate, cpu, p50, p99 = medians(rows)
        print(f"| {name} | {rate:,.0f} | {cpu:.1f} us | {p50:.2f} | {p99:.2f} |")
    print()
    for name in [NOTHING, CHANGE]:
        cpu = statistics.median(100 * (ours[1] / other[1] - 1) for other, ours in zip(found[name], found[OURS]))
        print(f"Against {name}: {cpu:.1f} % more CPU an exchange")


def memory(command, steps, exchanges):
    print(f"\nMemory of the processor, before and after each of {steps} times {exchanges:,} exchanges:", end="")
    with Server(PROXY_CORE, command, PROCESSOR) as processor:
        print(f" {processor.memory():,}", end="", flush=True)
        for _ in range(steps):
            ask(exchanges)
            print(f" {processor.memory():,}", end="", flush=True)
        print(f" KiB; {processor.cpu_seconds():.1f} s of CPU")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--exchanges", type=int, default=1_000_000, help="for the memory; 0 leaves it out")
    options = parser.parse_args()
    needs("nginx", "wrk", "taskset", ENVOY)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "cookies.toml").write_text(REGISTRY)
        config = folder / "processor.toml"
        config.write_text(f"registry = 'cookies.toml'\nlisten = ['127.0.0.1:{PROCESSOR}']\n")
        processors = {
            NOTHING: [BUILT / "examples/nothing", f"127.0.0.1:{PROCESSOR}"],
            CHANGE: [BUILT / "examples/nothing", f"127.0.0.1:{PROCESSOR}", "change"],
            OURS: [BUILT / "envoy", "--config", config],
        }
        if options.rounds:
            with site(folder):
                compare(folder, processors, options.rounds, options.seconds)
            alone(processors, options.rounds, 50_000)
        if options.exchanges:
            memory(processors[OURS], 4, options.exchanges // 4)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


main()
