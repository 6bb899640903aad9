"""Child processes: one after the other or at the same time, talked to through pipes, with a time limit.

The name ends with an underscore because a file called subprocess.py would hide Python's own. Run with --help for the
settings.
"""
# Tested so, each with its last line (N is any number, ... any rest):
#     --children 2 --time 0.01 -> codes [0, 0], 0 bytes ...
#     --children 2 --mode serial --task echo --payload 60 -> codes [0, 0], 132 bytes ...
#     --children 1 --task transform -> codes [2], 7 bytes ...
#     --children 1 --task echo --payload 60 --collect wait-then-read -> codes [0], 66 bytes ...
#     --children 1 --time 60 --limit 0.1 -> codes [-9], 0 bytes ...
import argparse
import json
import subprocess
import sys
import time


class State:
    def __init__(self, params):
        self.children = []
        self.said = [None] * params.children
        self.input = input_for(params)


def input_for(params):
    if params.task == "sleep":
        return b""
    if params.task == "transform":
        return json.dumps([1, 20, "one"] + list(range(3, 3 + params.payload // 5))).encode()
    return b"hello\n" * (1 + params.payload // 6)


# source: begin
def program(task, seconds):
    if task == "echo":
        while True:
            some = sys.stdin.buffer.read1(4096)  # @read
            if not some:
                return 0
            sys.stdout.buffer.write(some)  # @write
            sys.stdout.flush()
    if task == "sleep":
        time.sleep(seconds)  # @sleep
        return 0
    document = sys.stdin.buffer.read()  # @read_all
    made, complaint = transformed(document)
    if complaint:
        print(complaint, file=sys.stderr)  # @complain
    sys.stdout.buffer.write(made)  # @result
    return 2 if complaint else 0
# source: end


def transformed(document):
    items = json.loads(document)
    doubles = [2 * item for item in items if not isinstance(item, str)]
    complaint = ", ".join(f"not a number: {item}" for item in items if isinstance(item, str))
    return json.dumps(doubles).encode(), complaint


# source: begin collect=communicate
def communicate(child, text, limit):
    try:
        return child.communicate(text, timeout=limit)  # @communicate
    except subprocess.TimeoutExpired:
        child.kill()
        return child.communicate()
# source: end


# source: begin collect=wait-then-read
def wait_then_read(child, text, limit):
    child.stdin.write(text)  # @wait_then_read
    child.stdin.close()
    try:
        # A child that has more to say than its pipe holds never ends.
        child.wait(timeout=limit)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    with child.stdout, child.stderr:
        return child.stdout.read(), child.stderr.read()
# source: end


# source: begin
def collect(state, params, at):
    limit = params.limit or None
    how = communicate if params.collect == "communicate" else wait_then_read
    state.said[at] = how(state.children[at], state.input, limit)  # @again


def main(state, params):
    command = [sys.executable, __file__, "--child", params.task]
    command += ["--time", str(params.time)]
    for at in range(params.children):
        child = subprocess.Popen(  # @start
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        state.children.append(child)
        if params.mode == "serial":
            collect(state, params, at)
    for at in range(params.children):
        if params.mode == "parallel":
            collect(state, params, at)
# source: end


def settings():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--task", choices=("echo", "sleep", "transform"), default="sleep")
    parser.add_argument("--children", type=int, default=10)
    parser.add_argument("--mode", choices=("serial", "parallel"), default="parallel")
    parser.add_argument("--time", type=float, default=1, help="seconds")
    parser.add_argument("--payload", type=int, default=0, help="bytes")
    parser.add_argument("--collect", choices=("communicate", "wait-then-read"), default="communicate")
    parser.add_argument("--limit", type=float, default=0, help="seconds, 0: none")
    return parser.parse_args()


if __name__ == "__main__":
    params = settings()
    if params.child:
        sys.exit(program(params.child, params.time))
    state = State(params)
    began = time.perf_counter()
    main(state, params)
    elapsed = time.perf_counter() - began
    codes = [child.returncode for child in state.children]
    heard = sum(len(out) for out, error in state.said)
    print(f"codes {codes}, {heard} bytes, {elapsed:.3f} s")
