"""What the programs beside this one share: threads that start together, and a report of one JSON object."""

import argparse
import json
import platform
import sys
import threading
import time


def parser(description):
    """An argument parser with the one flag that every program has."""
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--switch-interval", type=float, default=0.005, metavar="SECONDS",
                      help="how long a thread waits for the GIL before it asks for it (default: %(default)s)")
    return made


def parse(made):
    """Reads the command line and sets the switch interval that it asks for."""
    arguments = made.parse_args()
    sys.setswitchinterval(arguments.switch_interval)
    return arguments


def run_together(bodies):
    """Runs each function in a thread of its own and returns the seconds until the last one has ended.

    The barrier holds the threads until all are there: short ones would otherwise be over before the next one starts.
    """
    barrier = threading.Barrier(len(bodies) + 1)

    def held(body):
        barrier.wait()
        body()

    threads = [threading.Thread(target=held, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    barrier.wait()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def report(**figures):
    """Prints the figures, and which Python they come from, as one JSON object."""
    # Free-threaded builds can switch the GIL back on; only the running interpreter knows.
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    print(json.dumps({"implementation": platform.python_implementation(), "python": platform.python_version(),
                      "gil": gil, **figures}))


def race(counter_type, description):
    """Several threads add to one counter; reports how many additions were found in the end."""
    made = parser(description)
    made.add_argument("--threads", type=int, default=6, help="default: %(default)s")
    made.add_argument("--increments", type=int, default=1_000_000, help="of each thread (default: %(default)s)")
    arguments = parse(made)
    counter = counter_type()
    elapsed = run_together([lambda: counter.add(arguments.increments)] * arguments.threads)
    expected = arguments.threads * arguments.increments
    report(expected=expected, found=counter.count, lost=expected - counter.count, elapsed=elapsed)
