"""Deadlock: philosophers around a table who need two forks each, or transfers that need two accounts each.

Run with --help for the settings. A run in which everybody waits is told as a deadlock after --patience seconds.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --threads 3 --meals 1 --patience 1 -> 3 of 3 meals | deadlock after N meals
#     --order ordered --meals 3 -> 15 of 15 meals
#     --order try --meals 3 -> 15 of 15 meals
#     --order waiter --meals 3 -> 15 of 15 meals
#     --scene accounts --order ordered --meals 3 -> 15 of 15 meals
import argparse
import random
import threading
import time
from contextlib import ExitStack, nullcontext


class State:
    def __init__(self, params):
        self.params = params
        forks = params.threads if params.scene == "philosophers" else 2
        self.locks = [threading.Lock() for _ in range(forks)]
        self.waiter = threading.Lock() if params.order == "waiter" else nullcontext()
        self.plates = [0] * params.threads
        self.balances = [1000, 1000]

    def needs(self, thread):
        count = len(self.locks)
        both = [thread % count, (thread + 1) % count]
        return sorted(both) if self.params.order == "ordered" else both


def chew(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


# source: begin
def use(state, thread):
    params = state.params
    if params.scene == "philosophers":
        chew(params.eat)  # @eat
    else:
        here, there = thread % 2, (thread + 1) % 2
        has = state.balances[here]  # @from
        moved = min(has, random.randint(1, 99))
        state.balances[here] = has - moved  # @take
        chew(params.eat)  # @count
        found = state.balances[there]  # @to
        state.balances[there] = found + moved  # @give
    state.plates[thread] += 1  # @plate


def take_both(state, thread):
    params = state.params
    first, second = state.needs(thread)
    with ExitStack() as turn, ExitStack() as held:
        turn.enter_context(state.waiter)  # @waiter
        held.enter_context(state.locks[first])  # @first
        time.sleep(params.reach)  # @reach
        if params.order == "try":
            taken = state.locks[second].acquire(blocking=False)  # @try
            if not taken:
                return False
            held.callback(state.locks[second].release)
        else:
            held.enter_context(state.locks[second])  # @second
        turn.close()
        use(state, thread)
        return True


def dine(state, thread):
    params = state.params
    for meal in range(params.meals):
        time.sleep(params.think)  # @think
        for tries in range(params.tries):
            if take_both(state, thread):
                break
            time.sleep(params.back_off)  # @back_off


def main(state, params):
    diners = []
    for number in range(params.threads):
        diner = threading.Thread(target=dine, args=(state, number), daemon=True)
        diners.append(diner)
        diner.start()  # @start
    for diner in diners:
        diner.join(params.patience)  # @join
# source: end
    return not any(diner.is_alive() for diner in diners)


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scene", choices=("philosophers", "accounts"), default="philosophers")
    parser.add_argument("--order", choices=("naive", "ordered", "try", "waiter"), default="naive")
    parser.add_argument("--threads", type=int, default=5)
    parser.add_argument("--meals", type=int, default=100)
    for name in ("think", "reach", "eat", "back-off"):
        parser.add_argument(f"--{name}", type=float, default=0.0001, help="seconds")
    parser.add_argument("--tries", type=int, default=10_000)
    parser.add_argument("--patience", type=float, default=10, help="seconds")
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    state = State(params)
    ended = main(state, params)
    eaten = sum(state.plates)
    print(f"{eaten} of {params.threads * params.meals} meals" if ended else f"deadlock after {eaten} meals")
