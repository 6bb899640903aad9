// Debian's Chromium, headless, and its Firefox in a display of its own, both with WebGL 2 in software.

import { spawn } from 'node:child_process';
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

export async function launchBrowser(more = []) {
  const userDataDir = mkdtempSync(join(tmpdir(), 'interleave-chromium-'));
  const browser = await puppeteer.launch({
    executablePath: executable(),
    headless: true,
    args: [...flags, ...more],
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

// A virtual display: Firefox has no WebGL 2 without one. Resolves to its name and what ends it.
function openDisplay() {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    server.once('error', () => reject(new Error('Xvfb is missing: run tools/bootstrap')));
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3].once('data', (data) => resolve({
      display: `:${String(data).trim()}`,
      close: () => server.kill(),
    }));
  });
}

export async function launchFirefox() {
  const executablePath = [process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Firefox is missing: run tools/bootstrap, or name it in FIREFOX');
  const display = await openDisplay();
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: false,
    env: { ...process.env, DISPLAY: display.display, LIBGL_ALWAYS_SOFTWARE: '1', MOZ_ENABLE_WAYLAND: '0' },
    extraPrefsFirefox: {
      'ui.prefersReducedMotion': 1,
      'webgl.force-enabled': true,
      'intl.accept_languages': 'en-US, en',
      'browser.shell.checkDefaultBrowser': false,
    },
    defaultViewport: null,
    protocolTimeout: 120_000,
  });
  return {
    browser,
    async close() {
      await browser.close();
      display.close();
    },
  };
}

// By name; each takes nothing here and gives a browser and what closes it.
export const browsers = { chromium: () => launchBrowser(), firefox: launchFirefox };

// Firefox is driven over WebDriver BiDi, which has no part of the DevTools protocol.
export const isFirefox = (browser) => browser.process()?.spawnfile.includes('firefox');
