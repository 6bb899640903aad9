"""Stages joined by queues: pictures are downloaded, made smaller and uploaded, by so many workers at each stage.

Python's standard library scales no pictures, so resize here is a stand-in that averages rows of numbers. Run with
--help for the settings; without a close or without task_done a run never ends, which is told after --patience seconds.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --items 5 -> 5 of 5 items done
#     --items 5 --close shutdown -> 5 of 5 items done
#     --items 5 --waiting poll -> 5 of 5 items done
#     --items 5 --close never --patience 0.5 -> everybody waits, N done
#     --items 5 --no-task-done --patience 0.5 -> everybody waits, N done
import argparse
import queue
import threading
import time


class Line:
    """A stage and the queue in front of it."""

    def __init__(self, stage, workers, capacity):
        self.stage, self.workers = stage, workers
        self.queue = queue.Queue(capacity)


def resize(side):
    return [sum(range(row, row + side)) / side for row in range(64)] if side else []


SENTINEL = object()


# source: begin
def take(line, params):
    if params.waiting == "block":
        return line.queue.get()  # @get
    for in_vain in range(params.looks):
        try:
            return line.queue.get_nowait()  # @look
        except queue.Empty:
            time.sleep(0.001)  # @nap
    return None


def treat(params, stage):
    if stage == "resize":
        resize(params.side)  # @resize
    else:
        time.sleep(params.delay)  # @transfer


def work_at(lines, params, at):
    line = lines[at]
    while True:  # @again
        item = take(line, params)
        if item is None:
            break
        last = item is SENTINEL
        if not last:
            treat(params, line.stage)
            lines[at + 1].queue.put(item)  # @hand_on
        if params.task_done:
            line.queue.task_done()  # @task_done
        if last:
            break


def close(line, how):
    # As Queue.shutdown does since Python 3.13: here,
    # too, one last item for each worker.
    if how == "shutdown":
        for number in range(line.workers):
            line.queue.put(SENTINEL)  # @shutdown
    if how == "sentinel":
        for number in range(line.workers):
            line.queue.put(SENTINEL)  # @sentinel


def main(lines, params):
    resize(params.side)  # @make
    workers = []
    for at, line in enumerate(lines[:-1]):
        for number in range(line.workers):
            worker = threading.Thread(target=work_at, args=(lines, params, at), daemon=True)
            workers.append(worker)
            worker.start()  # @start
    for item in range(params.items):  # @fed
        lines[0].queue.put(item)  # @feed
    # Stage by stage: only when all is done that came out of
    # one queue is everything in the next one.
    for line in lines[:-1]:
        close(line, params.close)
        line.queue.join()  # @join_queue
    for worker in workers:
        worker.join()  # @join
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2, help="at each stage")
    parser.add_argument("--capacity", type=int, default=4)
    parser.add_argument("--delay", type=float, default=0.004, help="seconds of a download or upload")
    parser.add_argument("--side", type=int, default=256)
    parser.add_argument("--close", choices=("sentinel", "shutdown", "never"), default="sentinel")
    parser.add_argument("--waiting", choices=("block", "poll"), default="block")
    parser.add_argument("--looks", type=int, default=500)
    parser.add_argument("--no-task-done", dest="task_done", action="store_false")
    parser.add_argument("--patience", type=float, default=30, help="seconds")
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    stages = ["download", "resize", "upload"]
    lines = [Line(stage, params.workers, params.capacity) for stage in stages] + [Line("done", 0, 0)]
    whole = threading.Thread(target=main, args=(lines, params), daemon=True)
    whole.start()
    whole.join(params.patience)
    done = lines[-1].queue.qsize()
    print(f"everybody waits, {done} done" if whole.is_alive() else f"{done} of {params.items} items done")
