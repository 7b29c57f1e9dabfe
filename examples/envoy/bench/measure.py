#!/usr/bin/env python3
"""What Envoy costs by itself, with processors that decide nothing, and with the policy's.

    cargo build --release -p envoy --bins --examples
    examples/envoy/bench/measure.py

Needs the Envoy of the example's README, nginx, wrk and taskset. There is an Envoy for each processor, and one
without; the load goes to one of them at a time and changes every second, so that a busy minute meets them
all. The Envoys have a core; the processors, the upstream (an nginx that answers from memory) and the load
share another one. Requests a second depend on all that the machine does. So the processors are compared by
the CPU time that each takes for an exchange, and that its Envoy takes for a request, in the seconds of one
round; told are the median and the quartiles over the rounds. One processor does nothing. Another one changes
each response as the policy does, without deciding anything. Then all of them are asked without Envoy, and the
policy's answers a million exchanges over one connection, while its memory is looked at.
"""

import argparse
import contextlib
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
PROCESSOR, PROXY = 9110, 9120
AT_A_TIME = 64
NOTHING, CHANGE, OURS = "one that does nothing", "one that always makes the change", "the policy's"


def configuration(folder, number, filtered):
    """The example's, in front of the measured site; without the processor's filter for plain Envoy."""
    text = (HERE / "envoy.yaml").read_text()
    ports = [("8080", UPSTREAM), ("10000", PROXY + number), ("4444", PROCESSOR + number), ("9900", 0)]
    for example, here in ports:
        text = text.replace(f"port_value: {example}", f"port_value: {here}")
    if not filtered:
        start = text.index("                  # First of all filters")
        text = text[:start] + text[text.index("                  - name: envoy.filters.http.router"):]
    path = folder / f"envoy-{number}.yaml"
    path.write_text(text)
    return [ENVOY, "--disable-hot-restart", "--concurrency", "1", "--log-level", "error", "-c", path]


class Way:
    """An Envoy with its processor, or without one."""

    def __init__(self, folder, number, command, servers):
        self.port = PROXY + number
        self.processor = servers.enter_context(Server(OTHER_CORE, command, PROCESSOR + number)) if command else None
        self.envoy = servers.enter_context(Server(PROXY_CORE, configuration(folder, number, command), self.port))

    def cpu_seconds(self):
        return self.envoy.cpu_seconds(), self.processor.cpu_seconds() if self.processor else 0

    def row(self, seconds):
        """Requests a second, microseconds of Envoy and of the processor for each, and percentiles of the time."""
        before, start = self.cpu_seconds(), time.monotonic()
        count, percentiles = wrk(f"http://127.0.0.1:{self.port}/", seconds)
        took = time.monotonic() - start
        envoy, processor = (1e6 * (now - then) / count for now, then in zip(self.cpu_seconds(), before))
        return [count / took, envoy, processor, *percentiles]


def more(ours, other):
    """How much more one takes than the other, in the same rounds."""
    low, middle, high = statistics.quantiles([100 * (our / its - 1) for our, its in zip(ours, other)], n=4)
    return f"{middle:+.1f} % (quartiles {low:+.1f} and {high:+.1f})"


def compare(folder, processors, rounds, seconds):
    print(f"\n{rounds} rounds of {seconds} s each, medians; {AT_A_TIME} requests at a time\n")
    print("| | requests a second | Envoy's CPU a request | the processor's | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|")
    commands = {"plain Envoy": None, **{name: command for name, (_, command) in processors.items()}}
    with contextlib.ExitStack() as servers:
        ways = {name: Way(folder, at, command, servers) for at, (name, command) in enumerate(commands.items())}
        found = {name: [] for name in ways}
        for number in range(rounds + 1):
            order = list(ways)
            # Each comes first, second, third and fourth equally often.
            order = order[number % len(order):] + order[:number % len(order)]
            for name in order:
                row = ways[name].row(seconds)
                # The first round only warms the caches.
                if number > 0:
                    found[name].append(row)
    for name, rows in found.items():
        rate, envoy, processor, p50, p99 = medians(rows)
        print(f"| {name} | {rate:,.0f} | {envoy:.1f} us | {processor:.1f} us | {p50:.2f} | {p99:.2f} |")
    print()
    columns = {name: list(zip(*rows)) for name, rows in found.items()}
    for name in [NOTHING, CHANGE]:
        for part, column in [("the processor's CPU an exchange", 2), ("Envoy's CPU a request", 1)]:
            print(f"Against {name}, {part}: {more(columns[OURS][column], columns[name][column])}")
        both = {name: [sum(row[1:3]) for row in found[name]] for name in [OURS, name]}
        print(f"Against {name}, the CPU of both: {more(both[OURS], both[name])}")


def ask(port, exchanges):
    text = load([BUILT / "examples/exchanges", f"127.0.0.1:{port}", str(exchanges), str(AT_A_TIME)])
    return [float(number) for number in text.split()]


def alone(processors, rounds, exchanges):
    print(f"\nWithout Envoy, {rounds} rounds of {exchanges:,} exchanges each, medians; {AT_A_TIME} at a time\n")
    print("| | exchanges a second | the processor's CPU an exchange | p50 ms | p99 ms |")
    print("|---|---|---|---|---|")
    found = {name: [] for name in processors}
    with contextlib.ExitStack() as servers:
        running = {
            name: (port, servers.enter_context(Server(PROXY_CORE, command, port)))
            for name, (port, command) in processors.items()
        }
        for number in range(rounds + 1):
            order = list(running)
            order = order[number % len(order):] + order[:number % len(order)]
            for name in order:
                port, processor = running[name]
                before = processor.cpu_seconds()
                rate, p50, p99 = ask(port, exchanges)
                cpu = processor.cpu_seconds() - before
                if number > 0:
                    found[name].append([rate, 1e6 * cpu / exchanges, p50 / 1000, p99 / 1000])
    for name, rows in found.items():
        rate, cpu, p50, p99 = medians(rows)
        print(f"| {name} | {rate:,.0f} | {cpu:.1f} us | {p50:.2f} | {p99:.2f} |")
    print()
    for name in [NOTHING, CHANGE]:
        cpu = {name: [row[1] for row in found[name]] for name in [OURS, name]}
        print(f"Against {name}, the processor's CPU an exchange: {more(cpu[OURS], cpu[name])}")


def memory(port, command, steps, exchanges):
    print(f"\nMemory of the processor, before and after each of {steps} times {exchanges:,} exchanges:", end="")
    with Server(PROXY_CORE, command, port) as processor:
        print(f" {processor.memory():,}", end="", flush=True)
        for _ in range(steps):
            ask(port, exchanges)
            print(f" {processor.memory():,}", end="", flush=True)
        print(f" KiB; {processor.cpu_seconds():.1f} s of CPU")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=1)
    parser.add_argument("--exchanges", type=int, default=1_000_000, help="for the memory; 0 leaves it out")
    options = parser.parse_args()
    needs("nginx", "wrk", "taskset", ENVOY)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "cookies.toml").write_text(REGISTRY)
        config = folder / "processor.toml"
        # Number 0 is plain Envoy, which has no processor.
        nothing, change, ours = (PROCESSOR + number for number in (1, 2, 3))
        config.write_text(f"registry = 'cookies.toml'\nlisten = ['127.0.0.1:{ours}']\n")
        processors = {
            NOTHING: (nothing, [BUILT / "examples/nothing", f"127.0.0.1:{nothing}"]),
            CHANGE: (change, [BUILT / "examples/nothing", f"127.0.0.1:{change}", "change"]),
            OURS: (ours, [BUILT / "envoy", "--config", config]),
        }
        if options.rounds:
            with site(folder):
                compare(folder, processors, options.rounds, options.seconds)
            alone(processors, options.rounds, 10_000)
        if options.exchanges:
            memory(*processors[OURS], 4, options.exchanges // 4)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


main()
