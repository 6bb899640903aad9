"""Makes calls that block in the kernel, one after another and then with a thread for each."""

from functools import partial
import select
import socket
import time

from common import parse, parser, report, run_together


def blocking_call(delay):
    """Waits for a message that nobody sends, until the delay is over."""
    near, far = socket.socketpair()
    with near, far:
        select.select([near], [], [], delay)


def serially(calls, delay):
    began = time.perf_counter()
    for _ in range(calls):
        blocking_call(delay)
    return time.perf_counter() - began


def in_threads(calls, delay):
    return run_together([partial(blocking_call, delay)] * calls)


def main():
    made = parser(__doc__)
    made.add_argument("--calls", type=int, default=5, help="default: %(default)s")
    made.add_argument("--delay", type=float, default=0.1, metavar="SECONDS", help="default: %(default)s")
    arguments = parse(made)
    serial = serially(arguments.calls, arguments.delay)
    threads = in_threads(arguments.calls, arguments.delay)
    report(serial=serial, threads=threads, ratio=threads / serial)


if __name__ == "__main__":
    main()
