"""Threads add one to a shared counter, each holding a lock while it does: self.count += one()."""

import threading

from common import race


def one():
    return 1


class Counter:
    def __init__(self):
        self.count = 0
        self.lock = threading.Lock()

    def add(self, times):
        for _ in range(times):
            with self.lock:
                self.count += one()  # a thread may lose the GIL in here, and then it keeps the lock while it waits


if __name__ == "__main__":
    race(Counter, __doc__)
