"""Threads add one to a shared counter without a lock, through a function: self.count = successor(self.count)."""

from common import race


def successor(number):
    return number + 1


class Counter:
    def __init__(self):
        self.count = 0

    def add(self, times):
        for _ in range(times):
            self.count = successor(self.count)


if __name__ == "__main__":
    race(Counter, __doc__)
