// A long run is stopped half-way: at once, completely, and without the page stuttering.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Playground } from './lib/playground.mjs';
import { letGraphicsGoFirst, rendererIds, workerTimeMs } from './lib/processes.mjs';
import { useSite } from './lib/site.mjs';

const shortestRunMs = 2000;
const largestGapMs = 50;
const frameMs = 1000 / 60;
const attempts = 5;
const busyLimitMs = 100;
const size = { width: 1024, height: 768 };

describe('stopping a live run', { concurrency: 1 }, () => {
  const site = useSite();

  const open = (increments) =>
    Playground.open(site.browser, site.server, `?engine=live&threads=6&lock=atomic&increments=${increments}`, size);

  // How many increments take about twice the shortest run here.
  async function calibrate() {
    const playground = await open(1_000_000);
    await playground.run();
    const { outcome } = await playground.run();
    await playground.close();
    const wanted = (1_000_000 * 2 * shortestRunMs * 1e6) / outcome.figures.elapsed.value;
    return Math.min(100_000_000, Math.max(1_000_000, Math.round(wanted)));
  }

  // Starts a run and stops it half-way by a click. Gives the largest gap between the page's frames, and whether no
  // worker was busy when the page looked, a tenth of a second after the click, nor did anything after that.
  async function stopHalfWay(playground, t) {
    const { page } = playground;
    // From here on the page itself keeps the stamps of its frames, and looks at the pool after the click.
    await page.evaluate((limit) => {
      globalThis.frames = [];
      globalThis.afterClick = null;
      globalThis.watchClick = false;
      const stamp = (now) => {
        globalThis.frames.push(now);
        globalThis.stampHandle = requestAnimationFrame(stamp);
      };
      requestAnimationFrame(stamp);
      const canvas = document.getElementById('canvas');
      canvas.removeEventListener('mouseup', globalThis.onMouseUp, true);
      globalThis.onMouseUp = () => {
        if (!globalThis.watchClick) return;
        const clicked = performance.now();
        setTimeout(() => {
          const { pool, phase } = globalThis.interleave.state();
          globalThis.afterClick = { busy: pool.busy, phase, after: performance.now() - clicked };
        }, limit);
      };
      canvas.addEventListener('mouseup', globalThis.onMouseUp, true);
    }, busyLimitMs);

    await playground.click('run');
    const half = await playground.until('half of the run', ({ progress, phase }) => phase === 'running' && progress > 0.5, 60_000, 150);
    assert.ok(half.pool.busy >= 2, `${half.pool.busy} workers are busy half-way`);
    const renderers = await rendererIds(site.browser);
    const { x, y } = await playground.pointAt('stop');
    const workedBefore = workerTimeMs(renderers);
    await page.mouse.move(x, y);
    await page.evaluate(() => { globalThis.watchClick = true; });
    await page.mouse.down();
    await page.mouse.up();
    const afterClick = await page.waitForFunction(() => globalThis.afterClick, { polling: 10 }).then((handle) => handle.jsonValue());

    // What the operating system says, over the next 300 ms.
    const idleFrom = workerTimeMs(renderers);
    await page.evaluate(() => new Promise((resolve) => { setTimeout(resolve, 300); }));
    const idleMs = workerTimeMs(renderers) - idleFrom;

    const stopped = await playground.until('the run to have stopped', ({ phase, outcome }) => phase === 'finished' && outcome);
    const stamps = await page.evaluate(() => {
      cancelAnimationFrame(globalThis.stampHandle);
      return globalThis.frames;
    });
    const gaps = stamps.slice(1).map((now, at) => now - stamps[at]).sort((a, b) => b - a);
    const middle = gaps[Math.floor(gaps.length / 2)];
    t.diagnostic(`busy workers ${afterClick.after.toFixed(0)} ms after the click: ${afterClick.busy}`);
    t.diagnostic(`worker threads used ${idleMs.toFixed(0)} ms of processor time in the 300 ms after that (${(idleFrom - workedBefore).toFixed(0)} ms before)`);
    t.diagnostic(`progress ${(stopped.progress * 100).toFixed(1)} %`);
    t.diagnostic(`${stamps.length} frames; largest gaps ${gaps.slice(0, 3).map((gap) => gap.toFixed(1)).join(', ')} ms, median ${middle.toFixed(1)} ms`);

    // Sooner or later, whatever else the machine does, nobody is left in it.
    await playground.until('every worker to be idle', ({ pool }) => pool.busy === 0, 5_000);
    assert.equal(stopped.outcome.verdict, 'cancelled');
    assert.ok(stopped.progress > 0 && stopped.progress < 1, `progress is ${stopped.progress}`);
    return { largest: gaps[0], prompt: afterClick.busy === 0 && idleMs <= 30 };
  }

  // What this machine gives to a page that has nothing to do: it clears its canvas once a frame, beside as many workers
  // that compute. The largest gap between its frames over about as long as a run takes here until it is stopped.
  async function idlePageGap() {
    const context = await site.browser.createBrowserContext();
    const page = await context.newPage();
    await page.setViewport(size);
    await page.goto('about:blank');
    const gap = await page.evaluate(async (threads, ms) => {
      const canvas = document.body.appendChild(document.createElement('canvas'));
      [canvas.width, canvas.height] = [innerWidth, innerHeight];
      const gl = canvas.getContext('webgl2');
      const source = URL.createObjectURL(new Blob(['let x = 1; for (;;) x = (x * 16807) % 2147483647;']));
      const workers = Array.from({ length: threads }, () => new Worker(source));
      const stamps = [];
      await new Promise((resolve) => {
        const frame = (now) => {
          stamps.push(now);
          gl.clearColor(0, 0, (stamps.length % 60) / 60, 1);
          gl.clear(gl.COLOR_BUFFER_BIT);
          if (now - stamps[0] < ms) requestAnimationFrame(frame);
          else resolve();
        };
        requestAnimationFrame(frame);
      });
      for (const worker of workers) worker.terminate();
      return Math.max(...stamps.slice(1).map((now, at) => now - stamps[at]));
    }, 6, shortestRunMs);
    await context.close();
    return gap;
  }

  test('a run of more than two seconds, stopped half-way', async (t) => {
    const increments = await calibrate();
    const playground = await open(increments);

    // The whole run is long enough; this also tells when half of it is done.
    const whole = await playground.run();
    const first = await letGraphicsGoFirst(site.browser);
    t.diagnostic(first ? 'software graphics go before other threads, as a graphics card would' : 'software graphics share the cores with the workers (only root can change that)');
    const wholeMs = whole.outcome.figures.elapsed.value / 1e6;
    t.diagnostic(`${increments} atomic increments on each of 6 threads take ${wholeMs.toFixed(0)} ms`);
    assert.ok(wholeMs >= shortestRunMs, `the run takes ${wholeMs} ms only`);

    // Other programs on this machine take the cores away for longer than a frame now and then, so the limit on frames
    // may be missed a few times, and so may the one on stopping; how often is told.
    let largest = Infinity;
    let prompt = 0;
    let attempt = 0;
    do {
      attempt += 1;
      const seen = await stopHalfWay(playground, t);
      largest = Math.min(largest, seen.largest);
      prompt += seen.prompt ? 1 : 0;
    } while ((largest >= largestGapMs || prompt === 0) && attempt < attempts);
    t.diagnostic(`the largest gap between frames was ${largest.toFixed(1)} ms at best, and ${prompt} of ${attempt} stops were prompt (at most ${attempts} are tried)`);
    assert.ok(prompt > 0, 'no stop left every worker idle within a tenth of a second');

    // The next run works.
    const all = 6 * increments;
    const next = await playground.run();
    assert.equal(next.outcome.verdict, 'ok');
    assert.equal(next.outcome.figures.found.value, all);
    assert.deepEqual(playground.complaints, []);

    await playground.close();

    // Six threads that compute leave two cores little to draw with. Where the limit was missed, ours may be no worse
    // than a page with nothing to do, tried as often, by more than half and one frame.
    if (largest < largestGapMs) return;
    let idle = Infinity;
    for (let tried = 0; tried < attempts; tried += 1) idle = Math.min(idle, await idlePageGap());
    t.diagnostic(`a page with nothing to do, beside six workers that compute: ${idle.toFixed(1)} ms at best`);
    assert.ok(largest < Math.max(largestGapMs, idle * 1.5 + frameMs),
      `the largest gap between frames is ${largest.toFixed(1)} ms, and ${idle.toFixed(1)} ms on a page with nothing to do`);
  });
});
