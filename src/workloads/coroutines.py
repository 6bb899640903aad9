"""Many tasks that mostly wait: on a thread each, on one event loop, or on a loop with a pool for blocking calls.

Run with --help for the settings.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --tasks 5 --delay 0.002 -> counted 15 of 15 in ...
#     --tasks 5 --delay 0.002 --count across -> counted N of 15 in ...
#     --tasks 5 --delay 0.002 --mode pool --call blocks -> counted 15 of 15 in ...
#     --tasks 5 --delay 0.002 --mode threads -> counted N of 15 in ...
import argparse
import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor


class State:
    def __init__(self):
        self.count = 0


def compute(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


# source: begin mode=loop,pool
async def wait(params, pool):
    if params.call == "awaits":
        await asyncio.sleep(params.delay)  # @wait
    elif pool is None:
        # The whole loop stands still meanwhile.
        time.sleep(params.delay)  # @wait_blocking
    else:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(pool, time.sleep, params.delay)  # @borrow @hand_over @block @handed_back @give_back


async def task(state, params, pool):
    for round in range(params.rounds):
        if params.count == "across":
            found = state.count  # @read_before
        await wait(params, pool)
        compute(params.work)  # @compute
        if params.count == "at-once":
            found = state.count  # @read
        state.count = found + 1  # @write


async def main_on_loop(state, params):
    pool = None
    if params.mode == "pool":
        pool = ThreadPoolExecutor(params.workers)  # @fill
    tasks = []
    for number in range(params.tasks):
        coroutine = task(state, params, pool)
        tasks.append(asyncio.create_task(coroutine))  # @start
    for one in tasks:
        await one  # @join
# source: end


# source: begin mode=threads
def task_in_thread(state, params):
    for round in range(params.rounds):
        if params.count == "across":
            found = state.count  # @read_before
        time.sleep(params.delay)  # @wait
        compute(params.work)  # @compute
        if params.count == "at-once":
            found = state.count  # @read
        state.count = found + 1  # @write


def main_with_threads(state, params):
    tasks = []
    for number in range(params.tasks):
        one = threading.Thread(target=task_in_thread, args=(state, params))
        tasks.append(one)
        one.start()  # @start
    for one in tasks:
        one.join()  # @join
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=("threads", "loop", "pool"), default="loop")
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--call", choices=("awaits", "blocks"), default="awaits")
    parser.add_argument("--delay", type=float, default=0.01, help="seconds")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=float, default=0, help="seconds")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--count", choices=("at-once", "across"), default="at-once")
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    state = State()
    began = time.perf_counter()
    if params.mode == "threads":
        main_with_threads(state, params)
    else:
        asyncio.run(main_on_loop(state, params))
    elapsed = time.perf_counter() - began
    print(f"counted {state.count} of {params.tasks * params.rounds} in {elapsed:.3f} s")
