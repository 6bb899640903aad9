"""Reference counting as an interpreter does it, written out: threads take a reference to an object and drop it again.

Python counts its own references; this counts by hand, so that what can go wrong can be seen. Run with --help for the
settings. Objects freed too early are no error: they are what there is to see.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --rounds 50 -> freed early N, used after that N, left N
#     --rounds 50 --objects 2 --count atomic -> freed early 0, used after that 0, left 0
#     --rounds 50 --objects 2 --count lock -> freed early 0, used after that 0, left 0
#     --rounds 50 --objects 2 --count biased -> freed early 0, used after that 0, left 0
import argparse
import threading
from contextlib import nullcontext

ONE, MERGED = 2, 1  # the shared half of a biased count: twice the count, and whether it is the whole one
STEP = threading.Lock()


def fetch_add(owner, name, change):
    """Python has no atomic integer: this is what one does, in one step."""
    with STEP:
        before = getattr(owner, name)
        setattr(owner, name, before + change)
    return before


class Object:
    def __init__(self, counting):
        self.count = 1
        self.shared = 0
        self.generation = 0
        self.biased = counting == "biased"
        self.lock = threading.Lock() if counting == "lock" else nullcontext()


class State:
    def __init__(self, params):
        self.objects = [Object(params.count) for _ in range(params.objects)]
        self.freed_early = [0] * params.threads
        self.used_after_free = [0] * params.threads


# source: begin
def free_early(thing):
    fetch_add(thing, "generation", 1)  # @free
    if thing.biased:
        thing.shared = ONE + MERGED  # @renew_shared
    else:
        thing.count = 1  # @renew
# source: end


# source: begin count=biased
def merge(state):
    freed = 0
    for thing in state.objects:
        local = thing.count  # @read_own
        thing.count = 0  # @clear_own
        merging = local * ONE + MERGED
        before = fetch_add(thing, "shared", merging)  # @merge
        if before + merging == MERGED:
            freed += 1
            free_early(thing)
    return freed
# source: end


# source: begin
def change_count(thing, change, counting, owner):
    if counting == "biased" and not owner:
        before = fetch_add(thing, "shared", change * ONE)  # @shared
        return before + change * ONE == MERGED
    if counting == "atomic":
        before = fetch_add(thing, "count", change)  # @atomic
        return before + change == 0
    with thing.lock:  # @lock
        before = thing.count  # @read
        thing.count = before + change  # @write
    return before + change == 0 and not owner


def pass_around(state, params, number):
    owner = params.count == "biased" and number == 0
    for done in range(params.rounds):  # @again
        thing = state.objects[(number + done) % len(state.objects)]
        expected = thing.generation  # @look
        for change in (1, -1):
            if change < 0:
                found = thing.generation  # @use
                if found != expected:
                    state.used_after_free[number] += 1
                    break
            zero = change_count(thing, change, params.count, owner)
            if zero and change < 0:
                state.freed_early[number] += 1
                free_early(thing)
    if owner:
        state.freed_early[number] += merge(state)


def main(state, params):
    threads = []
    for number in range(params.threads):
        thread = threading.Thread(target=pass_around, args=(state, params, number))
        threads.append(thread)
        thread.start()  # @start
    for thread in threads:
        thread.join()  # @join
    # The table goes, and its references with it.
    for thing in state.objects:
        left = thing.shared if thing.biased else thing.count  # @left
        dropped = left - (ONE if thing.biased else 1)
        setattr(thing, "shared" if thing.biased else "count", dropped)  # @drop
        if dropped == (MERGED if thing.biased else 0):
            fetch_add(thing, "generation", 1)  # @collect
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", choices=("plain", "atomic", "lock", "gil", "biased"), default="plain")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=10_000)
    parser.add_argument("--objects", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    state = State(params)
    main(state, params)
    left = sum(thing.shared // ONE if thing.biased else thing.count for thing in state.objects)
    print(f"freed early {sum(state.freed_early)}, used after that {sum(state.used_after_free)}, left {left}")
