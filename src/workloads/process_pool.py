"""A pool of processes for many tasks that compute, beside threads and beside no pool at all.

concurrent.futures.ProcessPoolExecutor does this for you; here it is written out, so that encoding, moving and computing
can be told apart. Run with --help for the settings.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --tasks 8 --units 1000 --chunk 3 --mode serial -> 8 of 8 tasks done, 1827 found ...
#     --tasks 8 --units 1000 --chunk 3 --mode threads -> 8 of 8 tasks done, 1827 found ...
#     --tasks 8 --units 1000 --chunk 3 --mode processes -> 8 of 8 tasks done, 1827 found ...
import argparse
import multiprocessing
import pickle
import threading
import time


class State:
    def __init__(self, params):
        self.lock = threading.Lock()
        self.next = 0
        self.found = [None] * params.tasks
        self.pipes = [None] * params.workers


def work_on(task, units):
    divisor = task % 13 + 2
    return sum(number % divisor == 0 for number in range(1, units + 1))


# source: begin mode=processes
def program(pipe, units):
    pipe.send_bytes(b"ready")  # @greet
    while True:
        try:
            heard = pipe.recv_bytes()  # @read
        except EOFError:
            return
        tasks = pickle.loads(heard)  # @decode_there
        results = []
        for task in tasks:
            results.append(work_on(task, units))  # @compute_there
        frame = pickle.dumps(results)  # @encode_there
        pipe.send_bytes(frame)  # @answer


def there(state, params, worker, tasks):
    pipe = state.pipes[worker]
    message = pickle.dumps(tasks)  # @encode
    pipe.send_bytes(message)
    reply = pipe.recv_bytes()  # @exchange
    results = pickle.loads(reply)  # @decode
    for task, found in zip(tasks, results):
        state.found[task] = found


def begin(state, params, worker):
    near, far = multiprocessing.Pipe()
    child = multiprocessing.Process(target=program, args=(far, params.units))
    child.start()  # @start_child
    far.close()
    near.recv_bytes()  # @greeted
    state.pipes[worker] = near
    return child
# source: end


# source: begin mode=serial,threads
def here(state, params, task):
    found = work_on(task, params.units)  # @compute
    state.found[task] = found
# source: end


# source: begin mode=threads,processes
def worker(state, params, at):
    process = params.mode == "processes"
    child = begin(state, params, at) if process else None
    while True:  # @again
        with state.lock:  # @lock
            first = state.next  # @next
            state.next = min(first + params.chunk, params.tasks)  # @take
        tasks = range(first, min(first + params.chunk, params.tasks))
        if not tasks:
            break
        if process:
            there(state, params, at, tasks)
        else:
            for task in tasks:
                here(state, params, task)
    if process:
        state.pipes[at].close()
        child.join()  # @end
# source: end


# source: begin mode=threads,processes
def main(state, params):
    threads = []
    for at in range(params.workers):
        thread = threading.Thread(target=worker, args=(state, params, at))
        threads.append(thread)
        thread.start()  # @start
    for thread in threads:
        thread.join()  # @join
    # One task alone: what speed-up is measured by.
    work_on(0, params.units)  # @alone
# source: end


# source: begin mode=serial
def main_in_turn(state, params):
    for task in range(params.tasks):  # @done
        here(state, params, task)
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=("serial", "threads", "processes"), default="processes")
    parser.add_argument("--tasks", type=int, default=32)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--chunk", type=int, default=1)
    parser.add_argument("--units", type=int, default=100_000)
    return parser.parse_args()


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    params = settings()
    state = State(params)
    began = time.perf_counter()
    if params.mode == "serial":
        main_in_turn(state, params)
    else:
        main(state, params)
    elapsed = time.perf_counter() - began
    done = sum(found is not None for found in state.found)
    print(f"{done} of {params.tasks} tasks done, {sum(filter(None, state.found))} found, {elapsed:.3f} s")
