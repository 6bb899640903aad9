"""Threads add one to a shared counter without a lock, and the one comes from a call: self.count += one()."""

from common import race


def one():
    return 1


class Counter:
    def __init__(self):
        self.count = 0

    def add(self, times):
        for _ in range(times):
            self.count += one()  # the count has been read when one() is called, and is written afterwards


if __name__ == "__main__":
    race(Counter, __doc__)
