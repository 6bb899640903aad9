"""Calls that wait for the outside: one after the other, in threads, or as tasks of one event loop.

Run with --help for the settings.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --calls 3 --delay 0.005 -> 3 calls in ...
#     --calls 3 --delay 0.005 --hogs 1 --echo -> 3 calls in ...
#     --calls 3 --delay 0.005 --mode serial -> 3 calls in ...
#     --calls 3 --delay 0.005 --mode tasks -> 3 calls in ...
import argparse
import asyncio
import select
import socket
import threading
import time


class State:
    def __init__(self, params):
        self.stop = False
        self.pairs = [socket.socketpair() for _ in range(params.calls)]
        self.latencies = [0.0] * params.calls


def busy(rounds):
    for _ in range(rounds):
        pass


# source: begin mode=serial,threads
def call(state, params, at):
    near, far = state.pairs[at]
    began = time.perf_counter()
    if params.echo:
        far.send(b"!")  # @send
    # Lets the GIL go for as long as it waits.
    select.select([near], [], [], params.delay)  # @wait
    state.latencies[at] = time.perf_counter() - began  # @done
# source: end


# source: begin mode=tasks
async def call_as_task(state, params, at):
    began = time.perf_counter()
    if params.echo:
        state.pairs[at][1].send(b"!")  # @send
    await asyncio.sleep(params.delay)  # @wait
    state.latencies[at] = time.perf_counter() - began  # @done
# source: end


# source: begin
def compute_until(state, patience):
    for round in range(patience):
        if state.stop:  # @look
            break
        busy(1000)  # @compute
# source: end


# source: begin mode=serial
def make_calls_in_turn(state, params):
    for at in range(params.calls):
        call(state, params, at)
# source: end


# source: begin mode=threads
def make_calls_in_threads(state, params):
    callers = []
    for at in range(params.calls):
        caller = threading.Thread(target=call, args=(state, params, at))
        callers.append(caller)
        caller.start()  # @start
    for caller in callers:
        caller.join()  # @join
# source: end


# source: begin mode=tasks
async def make_calls_as_tasks(state, params):
    callers = []
    for at in range(params.calls):
        coroutine = call_as_task(state, params, at)
        callers.append(asyncio.create_task(coroutine))  # @start
    for caller in callers:
        await caller  # @join
# source: end


def make_calls(state, params):
    if params.mode == "tasks":
        asyncio.run(make_calls_as_tasks(state, params))
    elif params.mode == "threads":
        make_calls_in_threads(state, params)
    else:
        make_calls_in_turn(state, params)


# source: begin
def main(state, params):
    hogs = []
    for number in range(params.hogs):
        hog = threading.Thread(target=compute_until, args=(state, params.patience))
        hogs.append(hog)
        hog.start()  # @hog
    make_calls(state, params)
    state.stop = True  # @stop
    for hog in hogs:
        hog.join()  # @join_hog
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=("serial", "threads", "tasks"), default="threads")
    parser.add_argument("--calls", type=int, default=5)
    parser.add_argument("--delay", type=float, default=0.1, help="seconds")
    parser.add_argument("--hogs", type=int, default=0)
    parser.add_argument("--echo", action="store_true")
    parser.add_argument("--patience", type=int, default=1_000_000)
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    state = State(params)
    began = time.perf_counter()
    main(state, params)
    elapsed = time.perf_counter() - began
    for pair in state.pairs:
        for end in pair:
            end.close()
    print(f"{params.calls} calls in {elapsed:.3f} s, the slowest took {max(state.latencies):.3f} s")
