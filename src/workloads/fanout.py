"""Fan-out: the Game of Life, where each cell of a generation is a small task, and what carries the tasks.

Run with --help for the settings.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --width 6 --height 4 --generations 2 --wait 0 --mode serial -> 9 cells live
#     --width 6 --height 4 --generations 2 --wait 0 --mode threads -> 9 cells live
#     --width 6 --height 4 --generations 2 --wait 0 --mode queue -> 9 cells live
#     --width 6 --height 4 --generations 2 --wait 0 --mode pool -> 9 cells live
#     --width 6 --height 4 --generations 2 --wait 0 --mode tasks -> 9 cells live
import argparse
import asyncio
import itertools
import queue
import random
import threading
import time


class State:
    def __init__(self, params, grid):
        self.width, self.height = params.width, params.height
        self.cells = params.width * params.height
        self.grids = [grid, list(grid)]
        self.queue = queue.Queue()
        self.lock = threading.Lock()
        self.go = threading.Condition(self.lock)
        self.back = threading.Condition(self.lock)
        self.next = itertools.count(0, params.chunk)
        self.released = 0
        self.working = 0

    def lives(self, grid, at):
        x, y = at % self.width, at // self.width
        around = sum(
            grid[(y + dy) % self.height * self.width + (x + dx) % self.width]
            for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dx or dy
        )
        return int(around == 3 or (around == 2 and grid[at]))

    def write(self, item):
        generation, at = divmod(item, self.cells)
        old, new = self.grids[generation % 2], self.grids[(generation + 1) % 2]
        new[at] = self.lives(old, at)


def compute(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


# source: begin mode=serial,threads,queue,pool
def cell(state, params, item):
    time.sleep(params.wait)  # @wait
    compute(params.work)  # @compute
    state.write(item)  # @done
# source: end


# source: begin mode=tasks
async def cell_as_task(state, params, item):
    await asyncio.sleep(params.wait)  # @wait
    compute(params.work)  # @compute
    state.write(item)  # @done
# source: end


# source: begin mode=queue
def serve_queue(state, params):
    while True:
        item = state.queue.get()  # @get
        if item is None:
            break
        cell(state, params, item)
        state.queue.task_done()  # @task_done
# source: end


# source: begin mode=pool
def serve_pool(state, params):
    for generation in range(params.generations):
        with state.lock:  # @lock
            while state.released <= generation:
                state.go.wait()  # @wait_go
        while True:
            first = next(state.next)  # @take
            if first >= state.cells:
                break
            end = min(first + params.chunk, state.cells)
            for at in range(first, end):
                cell(state, params, generation * state.cells + at)
        with state.lock:  # @lock_back
            state.working -= 1
            if state.working == 0:
                state.back.notify()  # @back
# source: end


# source: begin mode=threads
def one_for_each(state, params):
    started = []
    for item in range(state.cells * params.generations):
        one = threading.Thread(target=cell, args=(state, params, item))
        started.append(one)
        one.start()  # @start
        if (item + 1) % state.cells == 0:
            for one in started:
                one.join()  # @join
            started.clear()
# source: end


# source: begin mode=tasks
async def a_task_for_each(state, params):
    started = []
    for item in range(state.cells * params.generations):
        coroutine = cell_as_task(state, params, item)
        started.append(asyncio.create_task(coroutine))  # @start
        if (item + 1) % state.cells == 0:
            for one in started:
                await one  # @join
            started.clear()
# source: end


# source: begin mode=queue
def feed_queue(state, params):
    for item in range(state.cells * params.generations):
        state.queue.put(item)  # @put
        if (item + 1) % state.cells == 0:
            state.queue.join()  # @join_queue
    for number in range(params.workers):
        state.queue.put(None)  # @shutdown
# source: end


# source: begin mode=pool
def lead_pool(state, params):
    for generation in range(params.generations):
        with state.lock:  # @lead
            state.next = itertools.count(0, params.chunk)  # @rewind
            state.working = params.workers
            state.released = generation + 1
            state.go.notify_all()  # @go
            while state.working > 0:
                state.back.wait()  # @wait_back
# source: end


# source: begin mode=queue,pool
def with_workers(state, params, serve, lead):
    workers = []
    for number in range(params.workers):
        worker = threading.Thread(target=serve, args=(state, params))
        workers.append(worker)
        worker.start()  # @start_worker
    lead(state, params)
    for worker in workers:
        worker.join()  # @join
# source: end


# source: begin mode=serial
def in_turn(state, params):
    for item in range(state.cells * params.generations):
        cell(state, params, item)
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=("serial", "threads", "queue", "pool", "tasks"), default="queue")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--width", type=int, default=16)
    parser.add_argument("--height", type=int, default=12)
    parser.add_argument("--generations", type=int, default=5)
    parser.add_argument("--wait", type=float, default=0.002, help="seconds")
    parser.add_argument("--work", type=float, default=0, help="seconds")
    parser.add_argument("--chunk", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    draw = random.Random(params.seed)
    state = State(params, [int(draw.random() < 1 / 3) for _ in range(params.width * params.height)])
    if params.mode == "tasks":
        asyncio.run(a_task_for_each(state, params))
    elif params.mode == "threads":
        one_for_each(state, params)
    elif params.mode == "serial":
        in_turn(state, params)
    elif params.mode == "queue":
        with_workers(state, params, serve_queue, feed_queue)
    else:
        with_workers(state, params, serve_pool, lead_pool)
    print(f"{sum(state.grids[params.generations % 2])} cells live")
