"""Lost updates: several threads add one to a shared count, with a lock or without.

Run with --help for the settings. A count that is not what was expected is no error: it is what there is to see. CPython
3.10 and later lose nothing with --increment plain, since they hand the GIL over only at calls and backward jumps.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --threads 2 --increments 500 -> expected 1000, found N, lost N
#     --threads 3 --increments 100 --increment call -> expected 300, found N, lost N
#     --threads 3 --increments 100 --increment call --lock mutex -> expected 300, found 300, lost 0
#     --threads 3 --increments 100 --lock spin -> expected 300, found 300, lost 0
#     --threads 3 --increments 100 --lock atomic -> expected 300, found 300, lost 0
import argparse
import itertools
import threading
from contextlib import nullcontext


# source: begin lock=spin
class SpinLock:
    """Keeps trying instead of sleeping."""

    def __init__(self):
        self.lock = threading.Lock()

    def __enter__(self):
        while not self.lock.acquire(blocking=False):
            pass

    def __exit__(self, *error):
        self.lock.release()
# source: end


def one():
    return 1


class State:
    def __init__(self, lock):
        kinds = {"mutex": threading.Lock, "spin": SpinLock}
        self.count = 0
        self.lock = kinds.get(lock, nullcontext)()
        self.ticket = itertools.count()


# source: begin lock=none,mutex,spin
def add_in_a_loop(state, increments, call):
    for done in range(increments):  # @again
        with state.lock:  # @lock
            value = state.count  # @read
            value += one() if call else 1  # @between
            state.count = value  # @write
# source: end


# source: begin lock=atomic
def add_atomically(state, increments):
    for done in range(increments):  # @again
        # One call into C, which nothing can come between
        # while there is a GIL. Python has no atomic integer.
        next(state.ticket)  # @add
# source: end


def add(state, params):
    if params.lock == "atomic":
        add_atomically(state, params.increments)
    else:
        add_in_a_loop(state, params.increments, params.increment == "call")


# source: begin
def main(state, params):
    adders = []
    for number in range(params.threads):
        adder = threading.Thread(target=add, args=(state, params))
        adders.append(adder)
        adder.start()  # @start
    for adder in adders:
        adder.join()  # @join
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=6)
    parser.add_argument("--increments", type=int, default=100_000)
    parser.add_argument("--lock", choices=("none", "mutex", "spin", "atomic"), default="none")
    parser.add_argument("--increment", choices=("plain", "call"), default="plain")
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    state = State(params.lock)
    main(state, params)
    found = next(state.ticket) if params.lock == "atomic" else state.count
    expected = params.threads * params.increments
    print(f"expected {expected}, found {found}, lost {expected - found}")
