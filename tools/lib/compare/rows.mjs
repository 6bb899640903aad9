// The one table of what is compared: a Python program, our command lines for the same, the figures that both give, and
// why they differ where they do. tools/compare-cpython runs it and docs/compare-cpython.md shows it.
//
// A row: key and title; program (of tools/cpython) and its arguments; ours(engine), the commands after `run`, each with
// the figures that it gives as { name here: key there }; derive, figures computed from figures, for both sides alike;
// columns; compared, the column whose ratio CPython : ours is shown; why. A row with variants is run once for each of
// them, with python and ours appended to the arguments.

// A timed policy, because switch intervals and delays are times; it stands for the operating system's own.
export const engineFlags = { live: [], sim: ['--policy', 'round-robin'] };

// In virtual time an increment takes about as long as in bytecode, or a run would be over before the interpreter lock
// had been handed over more than once or twice.
const bytecodeCosts = ['--cost-access', '12ns'];

const increments = { live: 20_000_000, sim: 1_000_000 };
const adders = 6;

function counting({ key, title, program, times = 1_000_000, step, lock, why }) {
  return {
    key,
    title: `${title}, ${adders} threads`,
    program,
    args: ['--threads', adders, '--increments', times],
    ours: (engine) => [{
      args: ['counter', '--threads', adders, '--increments', engine === 'live' ? increments.live * times / 1_000_000 : times,
        '--lock', lock, '--increment', step, ...(engine === 'sim' ? bytecodeCosts : [])],
      take: { expected: 'expected', found: 'found', lost: 'lost', elapsed: 'elapsed' },
    }],
    derive: ({ expected, lost, elapsed }) => ({ lost_share: lost / expected, each: elapsed / expected }),
    columns: [
      { key: 'expected', title: 'expected', unit: 'count' },
      { key: 'found', title: 'found', unit: 'count' },
      { key: 'lost_share', title: 'lost', unit: 'share' },
      { key: 'elapsed', title: 'elapsed', unit: 'seconds' },
      { key: 'each', title: 'an increment', unit: 'seconds' },
    ],
    compared: 'each',
    why,
  };
}

const intervals = [['1 ms', 0.001], ['5 ms', 0.005], ['20 ms', 0.02]].map(([name, seconds]) => ({
  name: `interval ${name}`, python: ['--switch-interval', seconds], ours: ['--switch-interval', name.replace(' ', '')],
}));

function computing({ key, title, numbers, variants, why }) {
  return {
    key,
    title,
    program: 'factorize.py',
    args: numbers,
    ours: () => ['serial', 'threads'].map((mode) => ({
      args: ['factorize', '--first', numbers[0], '--last', numbers[1], '--mode', mode],
      take: { [mode]: 'elapsed' },
    })),
    derive: ({ serial, threads }) => ({ ratio: threads / serial }),
    columns: [
      { key: 'serial', title: 'serial', unit: 'seconds' },
      { key: 'threads', title: '2 threads', unit: 'seconds' },
      { key: 'ratio', title: 'threads / serial', unit: 'times' },
      // Only the Python program counts this.
      { key: 'cpu_ratio', title: 'the same in processor time', unit: 'times' },
    ],
    compared: 'ratio',
    variants,
    why,
  };
}

function echoing({ key, title, hogs, trips, delay = ['0', '25us'], variants, why }) {
  return {
    key,
    title,
    program: 'echo.py',
    args: ['--hogs', hogs, '--round-trips', trips, '--delay', delay[0]],
    ours: () => [{
      args: ['blocking_io', '--echo', '--mode', 'serial', '--hogs', hogs, '--calls', trips, '--delay', delay[1]],
      take: { p50: 'p50', p99: 'p99', rate: 'rate' },
    }],
    columns: [
      { key: 'p50', title: 'p50', unit: 'seconds' },
      { key: 'p99', title: 'p99', unit: 'seconds' },
      { key: 'rate', title: 'round trips', unit: 'rate' },
      // Only the Python program counts these.
      { key: 'late_share', title: 'waited', unit: 'share' },
      { key: 'late_p50', title: 'p50 of these', unit: 'seconds' },
    ],
    compared: 'p99',
    variants,
    why,
  };
}

export const rows = [
  counting({
    key: 'increment',
    title: '`self.count += 1`',
    program: 'increment.py',
    step: 'plain',
    lock: 'none',
    why: 'CPython 3.9 looks for a request to drop the GIL between most bytecodes, so a thread can lose it between reading ' +
      'the count and writing it; all that the others add until it has the GIL again is then overwritten. From 3.10 on it ' +
      'looks only at backward jumps, at function entry and after calls. None of these lies inside `+= 1`, so nothing is ' +
      'lost, though no language rule promises it. Found or lost is what must agree; how much is lost depends on where the ' +
      'hand-overs of a run happen to fall, and differs from run to run. ' +
      'Our loop is compiled C++, so an increment takes a small fraction of the time of one in bytecode: on live we run 20 ' +
      'times as many, so that several switch intervals fit into a run, and compare the time of one increment, not of all.',
  }),
  counting({
    key: 'increment-call',
    title: '`self.count += one()`',
    program: 'increment_call.py',
    step: 'call',
    lock: 'none',
    why: 'The count has been read when `one()` is called, and a call is where every CPython with a GIL may hand it over: ' +
      'all of them lose. This is the same program as above to a reader who thinks of `+=` as one step.',
  }),
  counting({
    key: 'increment-through',
    title: '`self.count = successor(self.count)`',
    program: 'increment_through.py',
    step: 'call',
    lock: 'none',
    why: 'Read, call, write, as above, written so that one can see it. Ours is the same run as for `+= one()`.',
  }),
  counting({
    key: 'increment-lock',
    title: '`with self.lock: self.count += 1`',
    program: 'increment_lock.py',
    times: 20_000,
    step: 'plain',
    lock: 'mutex',
    why: 'Nothing is lost anywhere. From 3.10 on a thread cannot lose the GIL between taking the lock and giving it back ' +
      'here, so the lock is hardly ever contended and cheap. In 3.9 it can: the others then come to a lock that is held, ' +
      'block in the kernel, and from then on every release wakes somebody. That is where its time goes.',
  }),
  counting({
    key: 'increment-call-lock',
    title: '`with self.lock: self.count += one()`',
    program: 'increment_call_lock.py',
    times: 20_000,
    step: 'call',
    lock: 'mutex',
    why: 'Nothing is lost, and this is what it costs to hold a lock across a place where the GIL may be handed over: ' +
      'the lock becomes contended, also in 3.10 and later, and an increment takes microseconds instead of some hundred ' +
      'nanoseconds. Those are wake-ups by the operating system, so the figure is more about the machine than about Python.',
  }),
  computing({
    key: 'factorize-equal',
    title: 'CPU-bound: 2 threads against serial, equal halves',
    numbers: [5_000_000, 5_000_000],
    variants: intervals,
    why: 'With a GIL two threads take as long as one after the other, and a little more for handing it over: the shorter ' +
      'the interval, the more often. Without a GIL they take half, where two cores are idle. Seconds are not compared, ' +
      'since our division is compiled; the ratio is, and 1.03 to 1.07 is known from idle machines. On a busy one (see the ' +
      'load above) elapsed time is also about who else got a core: a serial run that others interrupted makes the ratio ' +
      'too small, threads that waited for a core make it too large. Processor time, the last figure, hardly depends on ' +
      'others, and is the one to read there: with a GIL or without, it shows only what handing over costs.',
  }),
  computing({
    key: 'factorize-unequal',
    title: 'CPU-bound: 2 threads against serial, 10 M beside 20 M',
    numbers: [10_000_000, 20_000_000],
    variants: [intervals[1]],
    why: 'As above; without a GIL the larger number alone decides, two thirds of the serial time.',
  }),
  {
    key: 'blocking',
    title: '5 calls blocking for 0.1 s on one end of a socket pair',
    program: 'blocking.py',
    args: ['--calls', 5, '--delay', 0.1],
    ours: () => ['serial', 'threads'].map((mode) => ({
      args: ['blocking_io', '--hogs', 0, '--calls', 5, '--delay', '100ms', '--mode', mode],
      take: { [mode]: 'elapsed' },
    })),
    derive: ({ serial, threads }) => ({ ratio: threads / serial }),
    columns: [
      { key: 'serial', title: 'serial', unit: 'seconds' },
      { key: 'threads', title: '5 threads', unit: 'seconds' },
      { key: 'ratio', title: 'threads / serial', unit: 'times' },
    ],
    compared: 'ratio',
    why: 'The GIL is released around the call, so the waits overlap with every interpreter. Here seconds agree too: the ' +
      'time is spent in the kernel, whoever calls it. What CPython takes beyond 0.1 s is starting threads and their waking.',
  },
  echoing({
    key: 'echo',
    title: 'Echo round trips beside one CPU-bound thread',
    hogs: 1,
    trips: 100,
    variants: intervals,
    why: 'A round trip lets the GIL go twice, for sending and for receiving. Where the operating system gets the computing ' +
      'thread onto a core meanwhile, that thread takes the GIL, and the round trip waits a switch interval for it: after ' +
      'one of the calls, or after both, which is two intervals. Whether it comes in time is decided within microseconds: on ' +
      'an idle machine it mostly does, on a busy one often not, and then a round trip is as quick as alone ("waited": the ' +
      'share that took half an interval or more). On sim the answer comes after 25 us, sooner than the 200 us that a ' +
      'sleeping thread takes to run, so that most find the GIL free (p50), and p99 is one interval.',
  }),
  echoing({
    key: 'echo-two-hogs',
    title: 'Echo round trips beside two CPU-bound threads',
    hogs: 2,
    trips: 50,
    variants: intervals,
    why: 'Whoever gets the GIL next is the operating system\'s choice: when the first thread drops it, the second may take ' +
      'it rather than the one with the message, which then waits another interval, or several.',
  }),
  echoing({
    key: 'echo-slow-peer',
    title: 'Echo round trips, 1 ms until the answer, beside one CPU-bound thread',
    hogs: 1,
    trips: 50,
    delay: ['0.001', '1ms'],
    variants: intervals,
    why: 'An answer that takes as long as any across a network gives the computing thread time to take the GIL, and now ' +
      'every round trip pays: about 1 ms and an interval, or two (p50). This is the convoy in full. On a busy machine ' +
      'the wait for a core is added, which is most of what p99 shows.',
  }),
  echoing({
    key: 'echo-alone',
    title: 'Echo round trips with nothing beside',
    hogs: 0,
    trips: 1_000,
    why: 'Two processes that wake each other. Nobody wants the GIL, so releasing and taking it costs next to nothing.',
  }),
];
