#!/usr/bin/env python3
"""What Envoy costs by itself, with processors that decide nothing, and with the policy's.

    cargo build --profile production -p envoy --bins --examples
    examples/envoy/bench/measure.py

Needs the Envoy of the example's README, nginx, wrk and taskset. There is an Envoy for each processor, and one
without. The Envoys have a core; the processors, the upstream (an nginx that answers from memory) and the load
share another one. One processor does nothing. Another one changes each response as the policy does, without
deciding anything.

Requests a second and their times are those of seconds in which the load goes to one Envoy. They depend on all
that the machine does, so the processors are compared by the CPU time that each takes for an exchange, and that
its Envoy takes for a request: each has a load of its own, and these take turns of fifty milliseconds; compared
are the turns of one round. A second processor that does nothing shows by how much the method errs. Then all of
them are asked without Envoy, and the policy's answers a million exchanges over one connection, while its memory
is looked at.
"""

import argparse
import contextlib
import os
import pathlib
import sys
import tempfile
import time

sys.dont_write_bytecode = True
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2] / "serving/bench"))

from running import (  # noqa: E402
    OTHER_CORE, PROXY_CORE, REGISTRY, ROOT, SHARED_CORE, UPSTREAM, Load, Server, Site, by_turns, load, medians, more, needs, wrk,
)

HERE = pathlib.Path(__file__).resolve().parents[1]
ENVOY = HERE / ".venv/bin/envoy"
BUILT = ROOT / "target/production"
PROCESSOR, PROXY = 9110, 9120
AT_A_TIME = 64
PLAIN, OURS = "plain Envoy", "the policy's"
NOTHING, AGAIN, CHANGE = "one that does nothing", "a second one that does nothing", "one that always makes the change"


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

    def __init__(self, folder, number, command, core, servers):
        self.url = f"http://127.0.0.1:{PROXY + number}/"
        self.processor = servers.enter_context(Server(OTHER_CORE, command, PROCESSOR + number)) if command else None
        envoy = configuration(folder, number, command)
        self.envoy = servers.enter_context(Server(core, envoy, PROXY + number))

    def cpu_seconds(self):
        return self.processor.cpu_seconds(), self.envoy.cpu_seconds()

    def row(self, seconds):
        """Requests a second, and percentiles of their time."""
        start = time.monotonic()
        count, percentiles = wrk(self.url, seconds)
        return [count / (time.monotonic() - start), *percentiles]

    def turn(self, load, site, seconds):
        """Microseconds of the processor and of Envoy for each request."""
        count, before = site.requests(), self.cpu_seconds()
        load.turn(seconds)
        after, count = self.cpu_seconds(), site.requests() - count
        return [1e6 * (now - then) / count for now, then in zip(after, before)]


@contextlib.contextmanager
def ways(folder, processors, core):
    """All Envoys on a core, by the names of their processors."""
    with contextlib.ExitStack() as servers:
        commands = {PLAIN: None} | {name: command for name, (_, command) in processors.items()}
        yield {name: Way(folder, at, command, core, servers) for at, (name, command) in enumerate(commands.items())}


def rates(folder, processors, rounds, seconds):
    with ways(folder, processors, PROXY_CORE) as those:
        found = by_turns({name: lambda way=way: way.row(seconds) for name, way in those.items()}, rounds)
    print(f"\n{rounds} rounds of {seconds} s each, medians; {AT_A_TIME} requests at a time\n")
    print("| | requests a second | p50 ms | p99 ms |")
    print("|---|---|---|---|")
    for name, rows in found.items():
        rate, p50, p99 = medians(rows)
        print(f"| {name} | {rate:,.0f} | {p50:.2f} | {p99:.2f} |", flush=True)


def cpu_times(folder, site, processors, rounds, seconds):
    with contextlib.ExitStack() as loads:
        those = loads.enter_context(ways(folder, processors, SHARED_CORE))
        del those[PLAIN]
        asking = {name: loads.enter_context(Load(way.url)) for name, way in those.items()}
        turns = {name: lambda name=name: those[name].turn(asking[name], site, seconds) for name in those}
        found = by_turns(turns, rounds)
    print(f"\nCPU time for a request in {rounds} rounds of turns of {seconds} s, medians\n")
    print("| | the processor's | Envoy's |")
    print("|---|---|---|")
    for name, rows in found.items():
        print("| {} | {:.1f} us | {:.1f} us |".format(name, *medians(rows)))
    compared(found, ["the processor's", "Envoy's"])


def compared(found, parts):
    """Tells by how much more the policy's takes than the others, and the two that are the same than each other."""
    print("\nMore CPU time: median, and where it lies with 95 %\n")
    for ours, other in [(OURS, NOTHING), (OURS, CHANGE), (AGAIN, NOTHING)]:
        ours_by_part, others_by_part = zip(*found[ours]), zip(*found[other])
        for part, one, another in zip(parts, ours_by_part, others_by_part):
            print(f"- {part}, {ours} than {other}: {more(one, another)}", flush=True)


def ask(port, exchanges):
    text = load([BUILT / "examples/exchanges", f"127.0.0.1:{port}", str(exchanges), str(AT_A_TIME)])
    return [float(number) for number in text.split()]


def alone(processors, rounds, exchanges):
    with contextlib.ExitStack() as servers:
        def turn(port, processor):
            before = processor.cpu_seconds()
            rate, p50, p99 = ask(port, exchanges)
            return [1e6 * (processor.cpu_seconds() - before) / exchanges, rate, p50 / 1000, p99 / 1000]

        running = {
            name: (port, servers.enter_context(Server(SHARED_CORE, command, port)))
            for name, (port, command) in processors.items()
        }
        found = by_turns({name: lambda of=of: turn(*of) for name, of in running.items()}, rounds)
    print(f"\nWithout Envoy, {rounds} rounds of {exchanges:,} exchanges each, medians; {AT_A_TIME} at a time\n")
    print("| | the processor's CPU an exchange | exchanges a second | p50 ms | p99 ms |")
    print("|---|---|---|---|---|")
    for name, rows in found.items():
        cpu, rate, p50, p99 = medians(rows)
        print(f"| {name} | {cpu:.1f} us | {rate:,.0f} | {p50:.2f} | {p99:.2f} |")
    compared(found, ["the processor's"])


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
    parser.add_argument("--rounds", type=int, default=10, help="in which requests a second are measured; 0 leaves them out")
    parser.add_argument("--seconds", type=int, default=1, help="of each turn in these rounds")
    parser.add_argument("--pairs", type=int, default=150, help="rounds in which CPU times are measured; 0 leaves them out")
    parser.add_argument("--turn", type=float, default=0.05, help="the seconds of each turn in these rounds")
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
        nothing, again, change, ours = (PROCESSOR + number for number in (1, 2, 3, 4))
        config.write_text(f"registry = 'cookies.toml'\nlisten = ['127.0.0.1:{ours}']\n")
        idle = BUILT / "examples/nothing"
        processors = {
            NOTHING: (nothing, [idle, f"127.0.0.1:{nothing}"]),
            AGAIN: (again, [idle, f"127.0.0.1:{again}"]),
            CHANGE: (change, [idle, f"127.0.0.1:{change}", "change"]),
            OURS: (ours, [BUILT / "envoy", "--config", config]),
        }
        with Site(folder) as site:
            if options.rounds:
                rates(folder, processors, options.rounds, options.seconds)
            if options.pairs:
                cpu_times(folder, site, processors, options.pairs, options.turn)
        if options.pairs:
            alone(processors, options.pairs, 800)
        if options.exchanges:
            memory(*processors[OURS], 4, options.exchanges // 4)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


main()
