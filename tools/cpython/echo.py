"""Sends a byte to another process and waits for its echo, beside threads that compute without a pause.

The other process has a GIL of its own, so that all the waiting seen here is for ours. Times are in seconds.
"""

import multiprocessing
import socket
import threading
import time

from common import parse, parser, report


def send_back(connection, delay):
    """The other process: whatever comes in goes out again after the delay, until the connection is closed."""
    while True:
        message = connection.recv(1)
        if not message:
            return
        if delay > 0:
            time.sleep(delay)
        connection.sendall(message)


def compute_until(stopped):
    """A thread that never blocks: beside it, whoever comes back from a system call has to wait for the GIL."""
    number = 0
    while not stopped.is_set():
        for _ in range(1_000):
            number = (number * 31 + 7) % 1_000_003


def round_trips(connection, count):
    """How long each of count round trips took."""
    took = []
    for _ in range(count):
        began = time.perf_counter()
        connection.sendall(b".")
        connection.recv(1)
        took.append(time.perf_counter() - began)
    return took


def percentile(values, share):
    """The smallest value that at least this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def main():
    made = parser(__doc__.splitlines()[0])
    made.add_argument("--round-trips", type=int, default=1_000, help="default: %(default)s")
    made.add_argument("--hogs", type=int, default=1, help="threads that compute (default: %(default)s)")
    made.add_argument("--delay", type=float, default=0, metavar="SECONDS",
                      help="how long the other process takes to answer (default: %(default)s)")
    arguments = parse(made)

    near, far = socket.socketpair()
    peer = multiprocessing.Process(target=send_back, args=(far, arguments.delay), daemon=True)
    peer.start()
    far.close()
    round_trips(near, 10)  # the peer has started when these are back

    stopped = threading.Event()
    hogs = [threading.Thread(target=compute_until, args=(stopped,)) for _ in range(arguments.hogs)]
    for hog in hogs:
        hog.start()
    took = round_trips(near, arguments.round_trips)
    stopped.set()
    for hog in hogs:
        hog.join()
    peer.terminate()
    peer.join()
    # Who waits for the GIL waits about an interval: half of one tells them from those who did not.
    late = [trip for trip in took if trip - arguments.delay >= arguments.switch_interval / 2]
    report(p50=percentile(took, 0.5), p99=percentile(took, 0.99), worst=max(took), rate=len(took) / sum(took),
           late_share=len(late) / len(took), late_p50=percentile(late, 0.5) if late else None)


if __name__ == "__main__":
    main()
