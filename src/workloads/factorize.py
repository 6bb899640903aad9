"""Dividing large numbers by every smaller one: one after the other, in threads, or in processes.

Run with --help for the settings.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     5040 97 -> divisors [60, 2] in ...
#     --mode serial 5040 97 -> divisors [60, 2] in ...
#     --mode processes 50400 97 -> divisors [108, 2] in ...
import argparse
import multiprocessing
import threading
import time


class State:
    def __init__(self, numbers):
        self.divisors = [0] * numbers


def piece_of(number):
    return number if number < 10_000 else number // 64


def divisors_between(number, begin, end):
    return sum(number % by == 0 for by in range(begin + 1, end + 1))


# source: begin mode=serial,threads
def one(state, number, at):
    piece = piece_of(number)
    for first in range(0, number, piece):  # @again
        end = min(first + piece, number)
        found = divisors_between(number, first, end)  # @divide
        state.divisors[at] += found
# source: end


# source: begin mode=processes
def program(number, out):
    piece = piece_of(number)
    for first in range(0, number, piece):
        end = min(first + piece, number)
        found = divisors_between(number, first, end)  # @divide_there
        out.send(found)  # @report
    out.close()


def sent_away(state, number, at):
    near, far = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.Process(target=program, args=(number, far))
    child.start()  # @start_child
    far.close()
    while True:
        try:
            found = near.recv()  # @listen
        except EOFError:
            break
        state.divisors[at] += found  # @heard
    child.join()  # @end
# source: end


# source: begin mode=serial
def main_in_turn(state, numbers):
    for at, number in enumerate(numbers):
        one(state, number, at)
# source: end


# source: begin mode=threads,processes
def main(state, numbers, body):
    threads = []
    for at, number in enumerate(numbers):
        thread = threading.Thread(target=body, args=(state, number, at))
        threads.append(thread)
        thread.start()  # @start
    for thread in threads:
        thread.join()  # @join
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=("serial", "threads", "processes"), default="threads")
    parser.add_argument("numbers", type=int, nargs="*", default=[1_000_000, 2_000_000])
    return parser.parse_args()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    params = settings()
    state = State(len(params.numbers))
    began = time.perf_counter()
    if params.mode == "serial":
        main_in_turn(state, params.numbers)
    else:
        main(state, params.numbers, sent_away if params.mode == "processes" else one)
    elapsed = time.perf_counter() - began
    print(f"divisors {state.divisors} in {elapsed:.3f} s")
