"""Threads add one to a shared counter, each holding a lock while it does: self.count += 1."""

import threading

from common import race


class Counter:
    def __init__(self):
        self.count = 0
        self.lock = threading.Lock()

    def add(self, times):
        for _ in range(times):
            with self.lock:
                self.count += 1


if __name__ == "__main__":
    race(Counter, __doc__)
