// The page in Chromium: from opening it to its first frame, and the processor's part of the timeline's frames there.
// `tools/bench --only page` builds what it opens and runs it. Prints medians.

import { launchBrowser } from '../tests/web/lib/browser.mjs';
import { appIn, frameOf, outcomeIn, posterOf, pressPoster } from '../tests/web/lib/embedded.mjs';
import { page, startBlog, startHost } from '../tests/web/lib/hosts.mjs';
import { Playground } from '../tests/web/lib/playground.mjs';
import { startServer } from '../tests/web/lib/server.mjs';

const rounds = 5;
const frames = 64;  // of which the page keeps the cost

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const spread = (values, digits = 0) =>
  `${median(values).toFixed(digits)} ms (${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`;

async function firstFrames({ browser, server }) {
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const playground = await Playground.open(browser, server);
    times.push(await playground.page.evaluate(() => performance.getEntriesByName('first-frame')[0].startTime));
    await playground.close();
  }
  console.log(`first frame, from opening the page on loopback: ${spread(times)} over ${rounds} opens, each with an empty cache`);
}

// A run with as many events as a trace keeps, in which somebody else is on at nearly every step; then frames that zoom
// and move.
async function timelineFrames({ browser, server }) {
  const query = '?workload=counter&engine=sim&policy=random&threads=16&increments=30000&lock=none';
  const playground = await Playground.open(browser, server, query);
  await playground.run();
  await playground.settled();
  const { events, unrecorded, spans } = await playground.state();
  const { rect: [x, y, w, h] } = await playground.control('timeline.lanes');
  console.log(`a trace of ${events} events, ${spans} spans, ${unrecorded} events more than it keeps`);
  for (const [name, notches] of [['nearly the whole run', 1], ['a hundredth', 20], ['single spans', 40]]) {
    await playground.page.mouse.move(x + w / 2, y + h / 2);
    for (let notch = 0; notch < notches; notch += 1) await playground.page.mouse.wheel({ deltaY: -100 });
    await playground.settled();
    const { frame: before } = await playground.state();
    for (let round = 0; round < frames * 2; round += 1) {
      await playground.page.keyboard.press(round % 2 === 0 ? 'd' : 'a');
      await playground.state();
    }
    const { frame: after, frameCpuMs } = await playground.state();
    console.log(`  ${name}: ${frameCpuMs.toFixed(2)} ms of the processor, median of the last ${frames} of ${after - before} frames`);
  }
  await playground.close();
}

// In somebody else's page, from a host without headers: from the click on the poster to the first frame and to the
// first outcome, which comes by itself.
async function posterTimes({ browser }) {
  const frames = [];
  const outcomes = [];
  for (let round = 0; round < rounds; round += 1) {
    const host = await startHost();
    const query = 'workload=counter&engine=live&threads=2&increments=100000&lang=en';
    const blog = await startBlog({ '/': page(`<iframe src="${host.url}v1/embed.html?${query}" width="760" height="480"></iframe>
      <script>addEventListener('message', ({ data }) => { (globalThis.told ??= {})[data.type] ??= performance.timeOrigin + performance.now(); });</script>`) });
    const context = await browser.createBrowserContext();
    const tab = await context.newPage();
    await tab.goto(`${blog.url}/`, { waitUntil: 'load' });
    const poster = await posterOf(tab, host);
    await poster.evaluate(() => navigator.serviceWorker.ready.then(() => null));
    const clicked = poster.evaluate(() => new Promise((resolve) => {
      document.addEventListener('click', (event) => resolve(performance.timeOrigin + event.timeStamp), true);
    }));
    await pressPoster(poster);
    const from = await clicked;
    const app = await frameOf(tab, host);
    await appIn(app);
    await outcomeIn(app);
    const first = await app.evaluate(() => performance.timeOrigin + performance.getEntriesByName('first-frame')[0].startTime);
    frames.push(first - from);
    outcomes.push(await tab.waitForFunction(() => globalThis.told.outcome).then((handle) => handle.jsonValue()) - from);
    await context.close();
    await blog.close();
    await host.close();
  }
  console.log(`from the click on a poster to the first frame: ${spread(frames)}; to the first outcome: ${spread(outcomes)}`);
}

const chromium = await launchBrowser();
const server = await startServer();
try {
  await firstFrames({ browser: chromium.browser, server });
  await posterTimes({ browser: chromium.browser });
  await timelineFrames({ browser: chromium.browser, server });
} finally {
  await chromium.close();
  await server.close();
}
