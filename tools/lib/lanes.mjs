// Two things at a time, which two cores can do: the builds, one after the other, and beside them the tests of what has
// been built. When nothing is left to build, that lane runs tests, too.
//
//   builds   [{ key, run }]: run() resolves when it is done, whatever came of it
//   jobs     [{ needs: [key...], run, beside, alone }]: `beside: 'builds'` is for the lane of builds, in order;
//            `alone` begins when no other test runs, and none begins beside it
//   hold     called with true before a job that is alone, and with false after it: builds are to stand still meanwhile
//
// Jobs are begun in their order, as soon as what they need is there. Neither kind of run() may reject.
export async function runInLanes(builds, jobs, { lanes = 2, hold = () => {} } = {}) {
  const built = new Set();
  const waiting = jobs.filter(({ beside }) => beside !== 'builds');
  const wakes = new Set();
  const wake = () => {
    for (const one of wakes) one();
    wakes.clear();
  };
  let running = 0;
  let held = false;
  const ready = ({ needs, alone }) => !held && !(alone && running > 0) && needs.every((key) => built.has(key));

  async function tests() {
    while (waiting.length > 0) {
      const at = waiting.findIndex(ready);
      if (at < 0) {
        await new Promise((resolve) => wakes.add(resolve));
        continue;
      }
      const [job] = waiting.splice(at, 1);
      running += 1;
      held = Boolean(job.alone);
      if (held) hold(true);
      await job.run();
      if (held) hold(false);
      running -= 1;
      held = false;
      wake();
    }
  }

  async function work() {
    for (const { key, run } of builds) {
      await run();
      built.add(key);
      wake();
    }
    for (const job of jobs.filter(({ beside }) => beside === 'builds')) await job.run();
    await tests();
  }

  if (lanes < 2) return work();
  await Promise.all([work(), ...Array.from({ length: lanes - 1 }, tests)]);
}
