"""Finds the factors of some numbers, one number after another and then with a thread for each."""

from functools import partial
import time

from common import parse, parser, report, run_together


def factors(number):
    return [candidate for candidate in range(1, number + 1) if number % candidate == 0]


def serially(numbers):
    began = time.perf_counter()
    for number in numbers:
        factors(number)
    return time.perf_counter() - began


def in_threads(numbers):
    return run_together([partial(factors, number) for number in numbers])


def measured(way, numbers):
    """The seconds that passed, and those that processors spent on it: other programs lengthen only the first."""
    began = time.process_time()
    elapsed = way(numbers)
    return elapsed, time.process_time() - began


def main():
    made = parser(__doc__)
    made.add_argument("numbers", type=int, nargs="*", default=[10_000_000, 20_000_000], help="default: %(default)s")
    numbers = parse(made).numbers
    serial, serial_cpu = measured(serially, numbers)
    threads, threads_cpu = measured(in_threads, numbers)
    report(serial=serial, threads=threads, ratio=threads / serial, cpu_ratio=threads_cpu / serial_cpu)


if __name__ == "__main__":
    main()
