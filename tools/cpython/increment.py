"""Threads add one to a shared counter without a lock: self.count += 1."""

from common import race


class Counter:
    def __init__(self):
        self.count = 0

    def add(self, times):
        for _ in range(times):
            self.count += 1


if __name__ == "__main__":
    race(Counter, __doc__)
