// The playground in somebody else's page, as a reader of that page uses it.

import assert from 'node:assert/strict';

const patienceMs = 60_000;

async function until(what, look, timeoutMs = patienceMs) {
  const deadline = performance.now() + timeoutMs;
  let seen;
  for (;;) {
    // A frame that is being navigated has no document for a moment.
    seen = await look().catch((error) => ({ failed: error.message }));
    if (seen && !seen.failed) return seen;
    if (performance.now() > deadline) assert.fail(`waited ${timeoutMs} ms for ${what}, and it did not come: ${JSON.stringify(seen ?? null)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

// Every frame of the page that shows something of the bundle's, in the order of the page.
export const framesOf = (page, host) => page.frames().filter((frame) => frame !== page.mainFrame() && frame.url().startsWith(host.url));

export async function frameOf(page, host, index = 0) {
  return until(`frame ${index} of the bundle`, async () => framesOf(page, host)[index]);
}

export async function posterOf(page, host, index = 0) {
  const frame = await frameOf(page, host, index);
  await until('the poster', () => frame.evaluate(() => document.getElementById('picture')?.complete === true));
  return frame;
}

// What the app in a frame or a page says of itself, once it is there.
export function appIn(frame) {
  return until('the app', () => frame.evaluate(() => {
    const state = globalThis.interleave?.state();
    if (!state?.ready || !document.getElementById('cover')?.classList.contains('leaving')) {
      // What it is at, for whoever reads that it did not come.
      const text = (id) => document.getElementById(id)?.innerText ?? '';
      return { failed: `${location.pathname}: ${text('loading')} ${text('notice')} ${text('broken')} ready ${state?.ready}, visible ${document.visibilityState}` };
    }
    const { nodes, runs, ...rest } = state;
    const strip = document.getElementById('strip');
    return { ...rest, isolated: crossOriginIsolated, strip: strip.hidden ? '' : strip.innerText };
  }));
}

export const hasThreads = (state) => state.engines.find(({ key }) => key === 'live').enabled;

export function outcomeIn(frame) {
  return until('an outcome', () => frame.evaluate(() => {
    const { phase, outcome, engine, workload } = globalThis.interleave.state();
    return phase === 'finished' && outcome ? { ...outcome, engine, workload } : null;
  }));
}

// Presses the poster in the middle, as a reader does, who presses again where nothing comes of it: Chromium lets no
// click through to a frame of another site that has only just moved.
export async function pressPoster(frame) {
  for (let tries = 0; tries < 5; tries += 1) {
    const poster = await frame.$('#start').catch(() => null);
    if (poster === null) return;
    await poster.click().catch(() => {});
    const gone = await frame.waitForFunction(() => document.getElementById('start') === null, { timeout: 2000 }).then(() => true, (error) => !/imeout|Waiting failed/.test(error.message));
    if (gone) return;
  }
}

export { until };
