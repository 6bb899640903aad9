// A browser and the page's server, for the tests of one file.

import { after, before } from 'node:test';
import { browsers } from './browser.mjs';
import { startServer } from './server.mjs';

// Called in a describe(); both are there while its tests run. `browser` is Puppeteer's.
export function useSite(name = 'chromium') {
  const site = { browser: null, server: null };
  let launched = null;
  before(async () => {
    launched = await browsers[name]();
    site.browser = launched.browser;
    site.server = await startServer();
  });
  after(async () => {
    await launched?.close();
    await site.server?.close();
  });
  return site;
}
