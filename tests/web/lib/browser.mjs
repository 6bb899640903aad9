// Debian's Chromium, headless, with WebGL 2 in software.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--force-prefers-reduced-motion',
];

function executable() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .find((path) => path && existsSync(path));
  if (!found) throw new Error('Chromium is missing: run tools/bootstrap, or name it in CHROMIUM');
  return found;
}

export async function launchBrowser() {
  const userDataDir = mkdtempSync(join(tmpdir(), 'interleave-chromium-'));
  const browser = await puppeteer.launch({
    executablePath: executable(),
    headless: true,
    args: flags,
    userDataDir,
    defaultViewport: null,
    protocolTimeout: 120_000,
  });
  return {
    browser,
    async close() {
      await browser.close();
      rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
